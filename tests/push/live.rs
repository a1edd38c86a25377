//! Live before ping: a hub is pinged about a topic only when its public URL serves the document.

use crate::frame::{frame, outcomes, served};
use crate::web::Reply;
use serde_json::Value;

#[test]
fn a_topic_is_pinged_when_it_gives_the_new_bytes_and_not_before() {
    let site = served(|asked| match (asked.method.as_str(), asked.path.as_str()) {
        ("POST", _) => Reply::status(204),
        (_, "/atom.xml") if asked.nth < 2 => Reply::Status(200, Vec::new(), "<feed/>".into()),
        (_, "/rss.xml") if asked.nth < 1 => Reply::status(404),
        _ => Reply::File,
    });
    let ran = site.push(&[]).ends(0);
    assert_eq!(outcomes(&ran), [("accepted".into(), 204.into(), 1)]);
    for (path, looks) in [("/atom.xml", 3), ("/rss.xml", 2), ("/feed.json", 1)] {
        let asked = site.web.asked();
        let gets: Vec<_> = asked.iter().filter(|a| a.method == "GET" && a.path == path).collect();
        assert_eq!(gets.len(), looks, "{path}");
        assert!(gets.iter().all(|get| get.headers["cache-control"] == "no-cache"));
        let ping = asked.iter().find(|a| a.topic().ends_with(path) && !a.topic().contains("tags")).unwrap();
        assert!(ping.at >= gets.last().unwrap().at, "{path}");
    }
}

#[test]
fn what_does_not_become_live_stays_owed() {
    let site = served(|asked| match (asked.method.as_str(), asked.path.as_str()) {
        ("POST", _) => Reply::status(204),
        (_, "/atom.xml") => Reply::Status(200, Vec::new(), "<feed/>".into()),
        (_, "/rss.xml") => Reply::to(301, "/elsewhere.xml?token=abc"),
        _ => Reply::File,
    });
    let ran = site.push(&["--deadline", "3"]).ends(4);
    assert_eq!(ran.codes(), ["W004", "W004"]);
    let report = ran.json();
    let line = |path: &str| {
        let topic = site.topic(path);
        report["push"].as_array().unwrap().iter().find(|p| p["topic"] == topic.as_str()).unwrap().clone()
    };
    assert_eq!((&line("atom.xml")["outcome"], &line("rss.xml")["outcome"]), (&"not_live".into(), &"not_live".into()));
    assert!(
        line("atom.xml")["message"].as_str().unwrap().contains("returns 7 bytes, but the document has "),
        "{report}"
    );
    assert!(line("rss.xml")["message"].as_str().unwrap().contains("redirects to /elsewhere.xml?token=…"), "{report}");
    assert_eq!((&line("rss.xml")["status"], &line("rss.xml")["attempts"]), (&301.into(), &0.into()));
    assert_eq!(site.web.topics().len(), 4, "the others are pinged");
    site.web.forget();
    let ran = site.push(&["--verify", "off"]).ends(0);
    assert_eq!(outcomes(&ran), [("accepted".into(), 204.into(), 1)]);
    assert!(site.web.asked().iter().all(|asked| asked.method == "POST") && site.web.topics().len() == 2);
}

#[test]
fn the_config_may_switch_it_off_and_the_flag_on() {
    let site = served(|asked| if asked.method == "POST" { Reply::status(204) } else { Reply::status(404) });
    site.config("push: {verify: off}");
    site.push(&["--verify", "bytes", "--deadline", "1"]).ends(4);
    assert!(site.web.pings().is_empty());
    site.push(&[]).ends(0);
    assert_eq!(site.web.pings().len(), 6);
}

#[test]
fn a_purge_gets_the_changed_urls_before_they_are_looked_at() {
    let site = frame(|_| Reply::status(204));
    let log = site.project.path("purged.txt");
    let config = |exit: u8| {
        let script =
            format!("echo called >> {0}; printf '%s\\n' \"$@\" >> {0}; echo sorry >&2; exit {exit}", log.display());
        site.config(&format!("push: {{purge: [sh, -c, {}, sh]}}", Value::from(script)));
    };
    config(0);
    site.push(&["--dry-run"]).ends(0);
    assert!(!log.exists(), "a dry run runs nothing");
    assert_eq!(site.push(&[]).ends(0).codes(), Vec::<String>::new());
    let first = site.project.read("purged.txt");
    assert_eq!(first.lines().count(), 12, "six topics, two pages under two addresses, the list: {first}");
    assert!(first.contains(&format!("{}\n", site.topic("tags/news/"))), "{first}");
    site.push(&[]).ends(0);
    site.push(&["--hub", &format!("{}hub", site.web.base), "--hub", &format!("{}new", site.web.base)]).ends(0);
    assert_eq!(site.project.read("purged.txt").lines().count(), 12, "what is owed to a new hub alone has not changed");
    site.touch("atom.xml");
    config(7);
    let ran = site.push(&[]).ends(0);
    let urls = ["atom.xml", "feeds.opml", "", "index.html"].map(|path| site.topic(path));
    let second = site.project.read("purged.txt").replacen(&first, "", 1);
    assert_eq!(second, format!("called\n{}\n", urls.join("\n")));
    assert_eq!(ran.codes(), ["W007"]);
    assert!(ran.json()["diagnostics"][0]["message"].as_str().unwrap().ends_with(": sorry"), "{}", ran.stdout);
}
