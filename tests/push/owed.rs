//! Which pings are due is derived from bytes and acceptances: none is sent twice, none is lost.

use crate::frame::{frame, outcomes};
use crate::web::Reply;
use std::fs::OpenOptions;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const STATE: &str = "feeds/.feedmill/pushed";

#[test]
fn every_topic_once_then_only_what_changed() {
    let site = frame(|_| Reply::status(204));
    let ran = site.push(&[]).ends(0);
    assert_eq!(ran.json()["verdict"], "clean");
    assert_eq!(outcomes(&ran), [("accepted".into(), 204.into(), 1)]);
    let pings = site.web.pings();
    assert_eq!(pings.len(), 6);
    for ping in &pings {
        assert_eq!(ping.path, "/hub");
        assert_eq!(ping.headers["content-type"], "application/x-www-form-urlencoded");
        let keys: Vec<_> = ping.form.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["hub.mode", "hub.url", "hub.topic"]);
        assert_eq!((ping.form[0].1.as_str(), &ping.form[1].1), ("publish", &ping.form[2].1));
        assert!(!ping.headers.contains_key("authorization") && ping.headers["user-agent"].starts_with("feedmill/"));
    }
    site.web.forget();
    assert_eq!(site.push(&[]).ends(0).json()["push"], serde_json::json!([]));
    assert!(site.web.asked().is_empty(), "nothing owed, nothing sent, nothing looked at");
    site.touch("tags/news/rss.xml");
    site.push(&[]).ends(0);
    assert_eq!(site.web.topics(), [site.topic("tags/news/rss.xml")]);
    site.web.forget();
    site.push(&["--all"]).ends(0);
    assert_eq!(site.web.topics().len(), 6);
}

#[test]
fn a_new_hub_is_owed_everything_and_an_old_one_nothing() {
    let site = frame(|_| Reply::status(202));
    site.push(&[]).ends(0);
    site.web.forget();
    let hubs = [format!("{}hub", site.web.base), format!("{}second", site.web.base)];
    let ran = site.push(&["--hub", &hubs[0], "--hub", &hubs[1], "--hub", &hubs[1]]).ends(0);
    assert!(site.web.pings().iter().all(|ping| ping.path == "/second") && site.web.pings().len() == 6);
    assert_eq!(ran.codes(), ["W006"], "no feed names the second hub");
}

#[test]
fn a_folder_of_feeds_needs_no_config() {
    let site = frame(|_| Reply::status(200));
    let hub = format!("{}hub", site.web.base);
    for name in ["feedmill.yaml", "content/01.md", "content/02.md", "content/03.md", "feeds/.feedmill/manifest.json"] {
        std::fs::remove_file(site.project.path(name)).unwrap();
    }
    site.push(&["--hub", &hub, "--out", "feeds", "--state", "elsewhere/state"]).ends(0);
    assert_eq!(site.web.pings().len(), 6);
    assert!(site.project.has("elsewhere/state") && !site.project.has(STATE));
    site.push(&["--out", "nowhere", "--hub", &hub]).ends(3);
    assert!(!site.project.has("nowhere"));
}

#[test]
fn a_dry_run_sends_and_writes_nothing() {
    let site = frame(|_| Reply::status(200));
    let before = site.project.tree(".");
    let ran = site.push(&["--dry-run"]).ends(0);
    assert_eq!(outcomes(&ran), [("owed".into(), serde_json::Value::Null, 0)]);
    assert_eq!(ran.json()["push"].as_array().unwrap().len(), 6);
    assert_eq!(site.project.tree("."), before);
    assert!(site.web.asked().is_empty());
    let human = site.project.run_at(None, &["push", "--dry-run"]).ends(0).stdout;
    assert!(human.contains("1 hub, 6 topics: 6 to ping"), "{human}");
}

#[test]
fn without_a_hub_there_is_nothing_to_do() {
    let site = frame(|_| Reply::status(200));
    site.project.write("feedmill.yaml", "site: {title: Test}\n");
    assert_eq!(site.push(&[]).ends(0).codes(), ["W001"]);
    site.config("");
    assert!(!site.push(&[]).ends(0).codes().contains(&"W001".into()));
}

#[test]
fn an_acceptance_is_on_disk_before_the_next_request() {
    let site = frame(|_| Reply::status(204));
    site.config("push: {at_once: 1}");
    let state = site.project.path(STATE);
    let torn = Arc::new(AtomicBool::new(false));
    let (seen, path) = (Arc::clone(&torn), state.clone());
    let watched = crate::web::Web::serve(site.project.path("feeds"), move |asked| {
        if asked.method != "POST" {
            return Reply::File;
        }
        let lines = std::fs::read_to_string(&path).unwrap_or_default().lines().count();
        let before = PINGS.fetch_add(1, Ordering::SeqCst);
        seen.fetch_or(lines != before, Ordering::SeqCst);
        Reply::status(204)
    });
    site.push(&["--hub", &format!("{}hub", watched.base)]).ends(0);
    assert_eq!(PINGS.load(Ordering::SeqCst), 6);
    assert!(!torn.load(Ordering::SeqCst), "a ping went out before the last acceptance was kept");
}

static PINGS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

#[test]
fn a_damaged_record_is_told_and_owed_again() {
    let site = frame(|_| Reply::status(204));
    site.push(&[]).ends(0);
    let whole = site.project.read(STATE);
    site.web.forget();
    site.project.write(STATE, whole.replacen("http", "\u{0}", 1).replacen("/hub", "/hub\textra", 2));
    let ran = site.push(&[]).ends(0);
    assert!(ran.codes().contains(&"W008".into()), "{}", ran.stdout);
    assert!((1..6).contains(&site.web.pings().len()));
    assert_eq!(site.project.read(STATE), whole);
    site.project.write(STATE, &whole[..whole.len() - 7]);
    site.web.forget();
    assert!(!site.push(&[]).ends(0).codes().contains(&"W008".into()), "a torn last line is what a killed run leaves");
    assert_eq!((site.web.pings().len(), site.project.read(STATE)), (1, whole));
}

#[test]
fn our_own_disk_and_lock_are_exit_3() {
    let site = frame(|_| Reply::status(204));
    let ran = site.push(&["--state", "feedmill.yaml/state"]).ends(3);
    assert!(ran.json()["error"].as_str().unwrap().contains("feedmill.yaml"), "{}", ran.stdout);
    assert!(site.web.asked().is_empty());
    let lock = site.project.path("feeds/.feedmill/pushed.lock");
    let mut held = OpenOptions::new().write(true).create(true).truncate(true).open(lock).unwrap();
    held.lock().unwrap();
    held.write_all(b"pid 424242 since then\n").unwrap();
    assert!(site.push(&[]).ends(3).json()["error"].as_str().unwrap().contains("424242"));
    drop(held);
    assert_eq!(site.push(&[]).ends(0).codes(), ["P009"], "whoever said so has died");
    assert!(!site.project.has("feeds/.feedmill/pushed.lock"));
}
