//! `feedmill diff`: what it predicts for every reader is what the real readers did (`diff.tsv`), and it names the cause.

use crate::project::{Ran, TestProject};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a site is made with.
#[derive(Clone, Copy)]
struct Config<'a> {
    has_tag_ids: bool,
    url: &'a str,
    limit: usize,
    zone: &'a str,
    author: &'a str,
    more: &'a str,
}

const USUAL: Config<'_> =
    Config { has_tag_ids: true, url: "https://e.org/", limit: 12, zone: "Europe/Berlin", author: "Ann", more: "" };

fn configure(project: &TestProject, config: Config<'_>) {
    let Config { has_tag_ids, url, limit, zone, author, more } = config;
    let since = if has_tag_ids { "since: 2020, " } else { "" };
    let text = format!(
        "site: {{title: T, url: \"{url}\", {since}timezone: {zone}, authors: [{author}]}}\noutput: {{limit: {limit}}}\n{more}"
    );
    project.write("feedmill.yaml", text);
}

fn article(project: &TestProject, n: u32, head: &str, text: &str) {
    let title = if head.contains("title:") { String::new() } else { format!("title: Post {n}\n") };
    let date = if head.contains("date:") { String::new() } else { format!("date: 2025-01-{n:02} 10:00\n") };
    let image = "image: {src: https://e.org/p.png, alt: A picture}\n";
    let text = format!("---\n{title}{date}tags: [a]\n{image}{head}---\n{text} {n} of the site.\n");
    project.write(&format!("content/p{n}.md"), text);
}

/// Twelve articles, published.
fn site(config: Config<'_>) -> TestProject {
    let project = TestProject::empty();
    configure(&project, config);
    (1..=12).for_each(|n| article(&project, n, "", "Text"));
    project.run_at(None, &["build", "--quiet"]).ends(0);
    project
}

/// A site to which one event of the table has happened since it was published.
fn after(event: &str, usual: Config<'_>) -> TestProject {
    let before = match event {
        "https" => Config { url: "http://e.org/", ..usual },
        "three new" => Config { limit: 10, ..usual },
        "limit" => Config { limit: 6, ..usual },
        _ => usual,
    };
    let project = site(before);
    let remove = |n: u32| std::fs::remove_file(project.path(&format!("content/p{n}.md"))).unwrap();
    match event {
        "same" => {}
        "typo" => article(&project, 12, "", "Texd"),
        "edit with updated" => article(&project, 12, "updated: 2025-03-01 10:00\n", "Other text"),
        "title" => article(&project, 12, "title: Another\n", "Text"),
        "prefix" => configure(&project, Config { more: "content: {permalink: \"/blog/{slug}/\"}\n", ..usual }),
        "https" | "limit" => configure(&project, usual),
        "new host" => configure(&project, Config { url: "https://new.example/", ..usual }),
        "since" => configure(&project, Config { has_tag_ids: !usual.has_tag_ids, ..usual }),
        "one withdrawn" => remove(12),
        "four withdrawn" => (9..=12).for_each(remove),
        "three new" => (13..=15).for_each(|n| article(&project, n, "", "Text")),
        "timezone" => configure(&project, Config { zone: "America/New_York", ..usual }),
        "date" => article(&project, 12, "date: 2025-01-12 15:00\n", "Text"),
        "figure" => configure(&project, Config { more: "images: {figure: false}\n", ..usual }),
        "author" => configure(&project, Config { author: "Bob", ..usual }),
        other => panic!("{other}"),
    }
    project
}

fn diff(project: &TestProject, more: &[&str]) -> Ran {
    project.run_at(None, &[&["diff", "--report", "json"], more].concat())
}

/// `unread/duplicates` by reader and format of the main feed.
fn predicted(report: &Value) -> BTreeMap<(String, String), String> {
    let formats = BTreeMap::from([("rss.xml", "rss"), ("atom.xml", "atom"), ("feed.json", "json")]);
    let rows = report["diff"]["readers"].as_array().unwrap().iter();
    let row = |row: &Value| {
        let format = (*formats.get(row["path"].as_str()?)?).to_owned();
        Some(((row["reader"].as_str()?.to_owned(), format), format!("{}/{}", row["unread"], row["duplicates"])))
    };
    rows.filter_map(row).collect()
}

#[test]
fn each_reader_does_what_was_measured() {
    let table = include_str!("diff.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<[&str; 5]> = table.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect();
    let mut events: Vec<&str> = rows.iter().map(|row| row[0]).collect();
    events.dedup();
    let mut wrong = Vec::new();
    for (event, ids) in events.iter().flat_map(|event| [(*event, "tag"), (*event, "url")]) {
        let project = after(event, Config { has_tag_ids: ids == "tag", ..USUAL });
        let report = diff(&project, &["--as", "all"]).ends(0).json();
        for ((reader, format), seen) in predicted(&report) {
            let says = |row: &&[&str; 5]| {
                row[0] == event
                    && (row[1] == "both" || row[1] == ids)
                    && (row[2] == "all" || row[2].split(',').any(|name| name == format))
                    && (row[4] == "others" || row[4].split(',').any(|name| name == reader))
            };
            let expected = rows.iter().find(says).unwrap()[3];
            if seen != expected {
                wrong.push(format!("{event}, {ids} ids, {reader}, {format}: {seen}, measured {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The causes as `kind what entries`.
fn causes(report: &Value) -> Vec<String> {
    let causes = report["diff"]["causes"].as_array().unwrap().iter();
    causes
        .map(|c| format!("{} {} {}", c["kind"].as_str().unwrap(), c["what"].as_str().unwrap(), c["entries"]))
        .collect()
}

#[test]
fn each_event_has_its_cause_and_its_count() {
    for (event, has_tag_ids, expected) in [
        ("typo", true, vec!["text content/p12.md 1"]),
        ("title", true, vec!["title content/p12.md 1"]),
        ("prefix", false, vec!["id content.permalink 12", "link content.permalink 12"]),
        ("https", true, vec!["link site.url 12"]),
        ("new host", true, vec!["id site.id_host 12", "link site.url 12"]),
        ("since", false, vec!["id site.since 12"]),
        ("one withdrawn", true, vec!["gone content/p12.md 1"]),
        ("limit", true, vec!["kept out output.limit 6"]),
        ("figure", true, vec!["text feedmill.yaml 12"]),
        ("author", true, vec!["authors site.authors 12"]),
        ("date", true, vec!["date content/p12.md 1"]),
        ("same", true, vec![]),
        ("timezone", true, vec![]),
    ] {
        let report = diff(&after(event, Config { has_tag_ids, ..USUAL }), &[]).ends(0).json();
        assert_eq!(causes(&report), expected, "{event}");
    }
}

#[test]
fn what_a_burst_loses_is_counted_in_each_feed() {
    let project = site(Config { limit: 3, ..USUAL });
    (13..=20).for_each(|n| article(&project, n, "", "Text"));
    let report = diff(&project, &["--as", "newsboat"]).ends(0).json();
    let rows = report["diff"]["readers"].as_array().unwrap();
    assert!(rows.iter().all(|row| (&row["unread"], &row["lost"]) == (&3.into(), &5.into())), "{rows:?}");
    assert!(causes(&report).contains(&"lost output.limit 5".to_owned()), "{report}");
}

#[test]
fn a_renamed_tag_names_the_key_that_keeps_its_feed() {
    let project = site(Config { more: "feeds: [{by: tag}]\n", ..USUAL });
    for n in 1..=12 {
        let path = format!("content/p{n}.md");
        project.write(&path, project.read(&path).replace("tags: [a]", "tags: [b]"));
    }
    let report = diff(&project, &[]).ends(0).json();
    assert!(causes(&report).contains(&"held feed tags.aliases: a 12".to_owned()), "{report}");
}

#[test]
fn it_writes_nothing_and_needs_no_earlier_build() {
    let project = TestProject::empty();
    configure(&project, USUAL);
    article(&project, 1, "", "Text");
    let before = project.tree("");
    let report = diff(&project, &[]).ends(0).json();
    assert!(report["diff"]["readers"].as_array().unwrap().is_empty(), "nobody is subscribed: {report}");
    assert_eq!(report["diff"]["feeds"][0]["new"], 1);
    assert_eq!(project.tree(""), before);

    let project = after("since", USUAL);
    let before = project.tree("");
    diff(&project, &[]).ends(0);
    assert_eq!(project.tree(""), before);
}

#[test]
fn a_limit_of_unread_entries_ends_with_1() {
    let project = after("three new", USUAL);
    diff(&project, &["--max-unread", "3"]).ends(0);
    let ran = project.run_at(None, &["diff", "--max-unread", "2", "--report", "github"]).ends(1);
    assert!(ran.stdout.starts_with("::error title=feedmill diff::"), "{}", ran.stdout);
}

#[test]
fn other_states_are_compared_with() {
    let project = after("typo", USUAL);
    std::fs::rename(project.path("feeds"), project.path("saved")).unwrap();
    let report = diff(&project, &["--against", "saved", "--as", "freshrss-updated"]).ends(0).json();
    assert!(predicted(&report).values().all(|seen| seen == "1/0"), "{report}");

    let git = |args: &[&str]| {
        let ran = std::process::Command::new("git").args(args).current_dir(project.root()).output().unwrap();
        assert!(ran.status.success(), "git {args:?}");
    };
    std::fs::rename(project.path("saved"), project.path("feeds")).unwrap();
    git(&["init", "-q"]);
    git(&["add", "feeds"]);
    git(&["-c", "user.name=a", "-c", "user.email=a@e.org", "commit", "-q", "-m", "feeds"]);
    project.run_at(None, &["build", "--quiet"]).ends(0);
    assert_eq!(causes(&diff(&project, &[]).ends(0).json()), [""; 0], "the last build is what subscribers have");
    let report = diff(&project, &["--against", "HEAD"]).ends(0).json();
    assert_eq!(report["diff"]["feeds"][0]["silent"], 1, "{report}");

    for wrong in ["no-such-revision", "-x", "HEAD:feeds"] {
        let ran = diff(&project, &[&format!("--against={wrong}")]).ends(3);
        assert!(ran.stdout.contains(wrong) || ran.stderr.contains(wrong), "{ran:?}");
    }
}

#[test]
fn people_get_one_screen_and_a_pull_request_a_table() {
    let project = after("title", USUAL);
    let ran = project.run_at(None, &["diff"]).ends(0);
    assert!(ran.stdout.lines().count() <= 24, "{}", ran.stdout);
    assert!(ran.stdout.contains("title: content/p12.md"), "{}", ran.stdout);
    let ran = project.run_at(None, &["diff", "--report", "markdown"]).ends(0);
    assert!(ran.stdout.contains("| 1 | title | `content/p12.md` |"), "{}", ran.stdout);
    project.run_at(None, &["diff", "--as", "netscape"]).ends(2);
    let ran = site(USUAL).run_at(None, &["diff"]).ends(0);
    assert_eq!(ran.stdout, "nothing changes for subscribers\n");
}

#[test]
fn a_dry_run_of_publish_says_what_would_turn_unread() {
    let project = after("three new", USUAL);
    let ran = project.run_at(None, &["publish", "--dry-run", "--no-push"]).ends(0);
    assert!(ran.stdout.contains("3 entries at most would turn unread"), "{}", ran.stdout);
}
