//! Pages for people, the list of all feeds, and the commands that list them.

use crate::project::{Ran, TestProject};
use crate::site::{CONFIG, twelve, write};
use std::collections::BTreeSet;

/// Documents whose bytes a step changed, came or went.
fn changed(project: &TestProject, step: impl FnOnce()) -> BTreeSet<String> {
    let before = project.tree("feeds");
    step();
    let after = project.tree("feeds");
    let differs = |path: &&String| before.get(*path) != after.get(*path) && !path.starts_with(".feedmill");
    before.keys().chain(after.keys()).filter(differs).cloned().collect()
}

fn counts(ran: &Ran) -> [u64; 3] {
    ["written", "unchanged", "removed"].map(|key| ran.json()["pages"][key].as_u64().unwrap())
}

#[test]
fn every_feed_has_a_page_and_all_have_an_index_and_a_list() {
    let project = twelve();
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), [4, 0, 0]);
    assert_eq!(ran.json()["feeds"].as_array().unwrap().len(), 9, "pages are no feeds");
    assert!(project.read("feeds/tags/even/index.html").contains("Article number 12"));
    assert!(project.read("feeds/index.html").contains("<a href=\"tags/odd/\"><bdi>Odd</bdi><small>6</small></a>"));
    assert!(project.read("feeds/feeds.opml").contains("xmlUrl=\"https://example.org/feeds/tags/even/rss.xml\""));
    let again = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&again), [0, 4, 0]);
    assert_eq!(counts(&project.run(&["check", "--report", "json"])), [0, 4, 0]);
}

#[test]
fn a_change_of_one_article_rewrites_its_own_pages() {
    let project = twelve();
    for n in 1..=6 {
        write(&project, 12 + n, "Third", "Text.");
    }
    project.run(&["build"]).ends(0);
    let edited = changed(&project, || {
        let text = project.read("content/12.md").replace("What number 12 is about.", "News.");
        project.write("content/12.md", text);
        project.run(&["build"]).ends(0);
    });
    let own =
        ["", "tags/even/"].map(|f| ["atom.xml", "feed.json", "index.html", "rss.xml"].map(|name| format!("{f}{name}")));
    assert_eq!(edited, own.into_iter().flatten().collect(), "its feeds and pages, and no other tag's");
    let retagged = changed(&project, || {
        write(&project, 1, "Even", "As first written.");
        project.run(&["build"]).ends(0);
    });
    assert!(retagged.iter().all(|path| !path.contains("third")), "{retagged:?}");
    let came = changed(&project, || {
        write(&project, 19, "Fresh", "Text.");
        project.run(&["build"]).ends(0);
    });
    assert!(came.contains("feeds.opml") && came.contains("index.html") && came.contains("tags/fresh/index.html"));
    assert!(came.iter().all(|path| !path.contains("tags/even") && !path.contains("tags/odd")), "{came:?}");
}

#[test]
fn pages_can_be_switched_off_and_on_again() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    project.write("feedmill.yaml", format!("{CONFIG}output: {{pages: false}}\n"));
    let off = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(counts(&off), [0, 1, 3], "the list stays: it names the site, never a page");
    assert!(
        !project.has("feeds/index.html")
            && !project.has("feeds/tags/odd/index.html")
            && project.has("feeds/feeds.opml")
    );
    assert!(project.read("feeds/feeds.opml").contains("htmlUrl=\"https://example.org/\""));
    project.write("feedmill.yaml", CONFIG);
    assert_eq!(counts(&project.run(&["build", "--report", "json"]).ends(0)), [3, 1, 0]);
}

#[test]
fn a_page_of_the_sites_own_is_never_replaced() {
    let project = twelve();
    project.write("feeds/index.html", "mine");
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!((ran.codes(), counts(&ran)), (vec!["P008".to_owned()], [3, 0, 0]));
    project.write("feeds/tags/odd/index.html", "mine too");
    project.run(&["build"]).ends(0);
    assert_eq!(project.read("feeds/tags/odd/index.html"), "mine too", "also one that took the place of ours");
    project.write("feedmill.yaml", format!("{CONFIG}output: {{pages: false}}\n"));
    project.run(&["build"]).ends(0);
    assert_eq!(
        (project.read("feeds/index.html"), project.read("feeds/tags/odd/index.html")),
        ("mine".into(), "mine too".into())
    );
    project.write("feedmill.yaml", CONFIG);
    project.write("feeds/index.html", "");
    project.write("feeds/tags/odd/index.html", "");
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(ran.codes(), Vec::<String>::new(), "an empty file is nobody's");
    assert!(project.read("feeds/index.html").contains("Article number 12"));
}

#[test]
fn the_config_brings_other_languages() {
    let project = twelve();
    let texts = "pages: {texts: {de: {subscribe: Abonnieren, latest: Neues}}}\n";
    project.write("feedmill.yaml", CONFIG.replace("language: en", "language: de") + texts);
    project.run(&["build"]).ends(0);
    let page = project.read("feeds/tags/odd/index.html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"de\" dir=\"ltr\">"), "{page}");
    assert!(
        page.contains("<h2 id=\"subscribe\">Abonnieren</h2>")
            && page.contains("<time datetime=\"2025-03-11T10:00:00Z\">2025-03-11</time>")
    );
    project.write("feedmill.yaml", format!("{CONFIG}pages: {{texts: {{de: {{subscrbe: x}}, '?': {{}}}}}}\n"));
    let ran = project.run(&["build", "--report", "json"]).ends(2);
    assert_eq!(ran.codes(), ["C002", "C003"]);
    assert!(ran.stdout.contains("did you mean `subscribe`?"), "{}", ran.stdout);
}

#[test]
fn list_shows_every_feed() {
    let project = twelve();
    let ran = project.run(&["list"]).ends(0);
    assert_eq!(ran.stderr, "");
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["feed", "items", "newest", "bytes", "url"]);
    assert_eq!((lines[1][0], lines[1][1], lines[1][2]), ("all", "12", "2025-03-12"));
    assert_eq!((lines[2][0], lines[2][4]), ("tag/even", "https://example.org/feeds/tags/even/rss.xml"));
    assert!(!project.has("feeds"), "a list writes nothing");
    let json = project.run(&["list", "--report", "json"]).ends(0).json();
    let odd = &json["feeds"][2];
    assert_eq!(
        (&odd["name"], &odd["axis"], &odd["label"], &odd["total"]),
        (&"tag/odd".into(), &"tag".into(), &"Odd".into(), &6.into())
    );
    assert_eq!(odd["documents"].as_array().unwrap().len(), 3);
    assert_eq!(odd["documents"][1]["url"], "https://example.org/feeds/tags/odd/atom.xml");
    project.write("feedmill.yaml", "site: {titel: x}\n");
    assert!(project.run(&["list"]).ends(2).stderr.contains("C002"));
}

#[test]
fn snippet_prints_the_lines_for_the_sites_head() {
    let project = twelve();
    project.write(
        "feedmill.yaml",
        CONFIG.replace("Test", "\"Tom & \\\"Jerry\\\"\"") + "tags: {aliases: {Strange: Odd}}\n",
    );
    let all = project.run_at(None, &["snippet"]).ends(0).stdout;
    let first = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Tom &amp; &quot;Jerry&quot; (RSS)\" href=\"https://example.org/feeds/rss.xml\">";
    assert_eq!((all.lines().next(), all.lines().count()), (Some(first), 3));
    for tag in ["odd", "ODD ", "Strange"] {
        let lines = project.run(&["snippet", "--tag", tag]).ends(0).stdout;
        assert!(
            lines.contains(
                "title=\"Tom &amp; &quot;Jerry&quot;: Odd (Atom)\" href=\"https://example.org/feeds/tags/odd/atom.xml\""
            ),
            "{lines}"
        );
    }
    let unknown = project.run(&["snippet", "--tag", "Evne"]).ends(2);
    assert!(unknown.stderr.contains("did you mean `Even`?") && unknown.stdout.is_empty(), "{unknown:?}");
}
