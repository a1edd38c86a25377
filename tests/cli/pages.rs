//! Pages for people, the list of all feeds, and the commands that speak of them (issue 7, items 1 to 3).

use crate::mill::{Mill, Ran};
use crate::site::{CONFIG, twelve, write};
use std::collections::BTreeSet;

/// Documents whose bytes a step changed, came or went.
fn changed(mill: &Mill, step: impl FnOnce()) -> BTreeSet<String> {
    let before = mill.tree("feeds");
    step();
    let after = mill.tree("feeds");
    let differs = |path: &&String| before.get(*path) != after.get(*path) && !path.starts_with(".feedmill");
    before.keys().chain(after.keys()).filter(differs).cloned().collect()
}

fn counts(ran: &Ran) -> [u64; 3] {
    ["written", "unchanged", "removed"].map(|key| ran.json()["pages"][key].as_u64().unwrap())
}

#[test]
fn every_feed_has_a_page_and_all_have_an_index_and_a_list() {
    let mill = twelve();
    let ran = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), [4, 0, 0]);
    assert_eq!(ran.json()["feeds"].as_array().unwrap().len(), 9, "pages are no feeds");
    assert!(mill.read("feeds/tags/even/index.html").contains("Article number 12"));
    assert!(mill.read("feeds/index.html").contains("<a href=\"tags/odd/\"><bdi>Odd</bdi><small>6</small></a>"));
    assert!(mill.read("feeds/feeds.opml").contains("xmlUrl=\"https://example.org/feeds/tags/even/rss.xml\""));
    let again = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&again), [0, 4, 0]);
    assert_eq!(counts(&mill.run(&["check", "--report", "json"])), [0, 4, 0]);
}

#[test]
fn a_change_of_one_article_rewrites_its_own_pages() {
    let mill = twelve();
    for n in 1..=6 {
        write(&mill, 12 + n, "Third", "Text.");
    }
    mill.run(&["build"]).ends(0);
    let edited = changed(&mill, || {
        let text = mill.read("content/12.md").replace("What number 12 is about.", "News.");
        mill.write("content/12.md", text);
        mill.run(&["build"]).ends(0);
    });
    let own =
        ["", "tags/even/"].map(|f| ["atom.xml", "feed.json", "index.html", "rss.xml"].map(|name| format!("{f}{name}")));
    assert_eq!(edited, own.into_iter().flatten().collect(), "its feeds and pages, and no other tag's");
    let retagged = changed(&mill, || {
        write(&mill, 1, "Even", "As first written.");
        mill.run(&["build"]).ends(0);
    });
    assert!(retagged.iter().all(|path| !path.contains("third")), "{retagged:?}");
    let came = changed(&mill, || {
        write(&mill, 19, "Fresh", "Text.");
        mill.run(&["build"]).ends(0);
    });
    assert!(came.contains("feeds.opml") && came.contains("index.html") && came.contains("tags/fresh/index.html"));
    assert!(came.iter().all(|path| !path.contains("tags/even") && !path.contains("tags/odd")), "{came:?}");
}

#[test]
fn pages_can_be_switched_off_and_on_again() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    mill.write("feedmill.yaml", format!("{CONFIG}output: {{pages: false}}\n"));
    let off = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&off), [1, 0, 3], "the list stays, and names the site instead of pages");
    assert!(!mill.has("feeds/index.html") && !mill.has("feeds/tags/odd/index.html") && mill.has("feeds/feeds.opml"));
    assert!(mill.read("feeds/feeds.opml").contains("htmlUrl=\"https://example.org/\""));
    mill.write("feedmill.yaml", CONFIG);
    assert_eq!(counts(&mill.run(&["build", "--report", "json"]).ends(0)), [4, 0, 0]);
}

#[test]
fn a_page_of_the_sites_own_is_never_replaced() {
    let mill = twelve();
    mill.write("feeds/index.html", "mine");
    let ran = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!((ran.codes(), counts(&ran)), (vec!["P008".to_owned()], [3, 0, 0]));
    mill.write("feeds/tags/odd/index.html", "mine too");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.read("feeds/tags/odd/index.html"), "mine too", "also one that took the place of ours");
    mill.write("feedmill.yaml", format!("{CONFIG}output: {{pages: false}}\n"));
    mill.run(&["build"]).ends(0);
    assert_eq!(
        (mill.read("feeds/index.html"), mill.read("feeds/tags/odd/index.html")),
        ("mine".into(), "mine too".into())
    );
    mill.write("feedmill.yaml", CONFIG);
    mill.write("feeds/index.html", "");
    mill.write("feeds/tags/odd/index.html", "");
    let ran = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(ran.codes(), Vec::<String>::new(), "an empty file is nobody's");
    assert!(mill.read("feeds/index.html").contains("Article number 12"));
}

#[test]
fn the_config_brings_other_languages() {
    let mill = twelve();
    let texts = "pages: {texts: {de: {subscribe: Abonnieren, latest: Neues}}}\n";
    mill.write("feedmill.yaml", CONFIG.replace("language: en", "language: de") + texts);
    mill.run(&["build"]).ends(0);
    let page = mill.read("feeds/tags/odd/index.html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"de\" dir=\"ltr\">"), "{page}");
    assert!(
        page.contains("<h2 id=\"subscribe\">Abonnieren</h2>")
            && page.contains("<time datetime=\"2025-03-11T10:00:00Z\">2025-03-11</time>")
    );
    mill.write("feedmill.yaml", format!("{CONFIG}pages: {{texts: {{de: {{subscrbe: x}}, '?': {{}}}}}}\n"));
    let ran = mill.run(&["build", "--report", "json"]).ends(2);
    assert_eq!(ran.codes(), ["C002", "C003"]);
    assert!(ran.stdout.contains("did you mean `subscribe`?"), "{}", ran.stdout);
}

#[test]
fn list_shows_every_feed() {
    let mill = twelve();
    let ran = mill.run(&["list"]).ends(0);
    assert_eq!(ran.stderr, "");
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["feed", "items", "newest", "bytes", "url"]);
    assert_eq!((lines[1][0], lines[1][1], lines[1][2]), ("all", "12", "2025-03-12"));
    assert_eq!((lines[2][0], lines[2][4]), ("tag/even", "https://example.org/feeds/tags/even/rss.xml"));
    assert!(!mill.has("feeds"), "a list writes nothing");
    let json = mill.run(&["list", "--report", "json"]).ends(0).json();
    let odd = &json["feeds"][2];
    assert_eq!(
        (&odd["name"], &odd["axis"], &odd["label"], &odd["total"]),
        (&"tag/odd".into(), &"tag".into(), &"Odd".into(), &6.into())
    );
    assert_eq!(odd["documents"].as_array().unwrap().len(), 3);
    assert_eq!(odd["documents"][1]["url"], "https://example.org/feeds/tags/odd/atom.xml");
    mill.write("feedmill.yaml", "site: {titel: x}\n");
    assert!(mill.run(&["list"]).ends(2).stderr.contains("C002"));
}

#[test]
fn snippet_prints_the_lines_for_the_sites_head() {
    let mill = twelve();
    mill.write(
        "feedmill.yaml",
        CONFIG.replace("Test", "\"Tom & \\\"Jerry\\\"\"") + "tags: {aliases: {Strange: Odd}}\n",
    );
    let all = mill.run_at(None, &["snippet"]).ends(0).stdout;
    let first = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Tom &amp; &quot;Jerry&quot; (RSS)\" href=\"https://example.org/feeds/rss.xml\">";
    assert_eq!((all.lines().next(), all.lines().count()), (Some(first), 3));
    for tag in ["odd", "ODD ", "Strange"] {
        let lines = mill.run(&["snippet", "--tag", tag]).ends(0).stdout;
        assert!(
            lines.contains(
                "title=\"Tom &amp; &quot;Jerry&quot;: Odd (Atom)\" href=\"https://example.org/feeds/tags/odd/atom.xml\""
            ),
            "{lines}"
        );
    }
    let unknown = mill.run(&["snippet", "--tag", "Evne"]).ends(2);
    assert!(unknown.stderr.contains("did you mean `Even`?") && unknown.stdout.is_empty(), "{unknown:?}");
}
