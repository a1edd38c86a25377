//! `--report json`: one document on stdout, whatever the exit code, of exactly this shape.

use crate::project::{Ran, TestProject};
use crate::site::{CONFIG, remove, twelve, write};
use serde_json::Value;

/// Checks a report against the published shape.
#[track_caller]
fn shaped(ran: &Ran, verdict: &str) -> Value {
    let report = ran.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let top = ["version", "command", "verdict", "articles", "feeds", "pages", "diagnostics", "next_due", "elapsed_ms"];
    for key in top {
        assert!(report.get(key).is_some(), "{key} is missing in {report}");
    }
    assert!(keys(&report).iter().all(|key| top.contains(&key.as_str()) || key == "error"), "{report}");
    assert_eq!(report["version"], 1);
    assert_eq!(report["verdict"], verdict, "{report}");
    assert_eq!(report.get("error").is_some(), verdict == "failed", "{report}");
    assert_eq!(keys(&report["articles"]["left_out"]), ["draft", "future", "expired", "error", "other"]);
    assert_eq!(keys(&report["pages"]), ["written", "unchanged", "removed"]);
    for feed in report["feeds"].as_array().unwrap() {
        assert_eq!(keys(feed), ["name", "format", "path", "url", "items", "bytes", "change"]);
    }
    for finding in report["diagnostics"].as_array().unwrap() {
        assert_eq!(keys(finding), ["code", "name", "severity", "path", "line", "column", "message", "help"]);
    }
    report
}

#[test]
fn a_clean_run() {
    let project = twelve();
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    let report = shaped(&ran, "clean");
    assert_eq!((&report["command"], &report["articles"]["found"]), (&"build".into(), &12.into()));
    assert_eq!(report["articles"]["accepted"], 12);
    assert!(report["next_due"].is_null() && report["articles"].get("list").is_none());
    let names: Vec<_> = report["feeds"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(names[..3], ["rss.xml", "atom.xml", "feed.json"]);
    assert_eq!(names.len(), 9);
    let even = &report["feeds"][3];
    assert_eq!((&even["name"], &even["format"], &even["items"]), (&"tag/even".into(), &"rss".into(), &6.into()));
    assert_eq!(even["url"], "https://example.org/feeds/tags/even/rss.xml");
    assert_eq!(even["bytes"], project.read("feeds/tags/even/rss.xml").len());
    assert_eq!(ran.stderr, "", "a JSON report keeps stderr free");
}

#[test]
fn articles_left_out_are_counted_and_listed() {
    let project = twelve();
    project.write("content/13.md", "---\ntitle: Draft\ndate: 2025-03-13T10:00:00Z\ndraft: true\n---\n\nX.\n");
    project.write("content/14.md", "---\ntitle: Later\nslug: later\ndate: 2099-01-01T10:00:00Z\n---\n\nX.\n");
    project.write(
        "content/15.md",
        "---\ntitle: Old\nslug: old\ndate: 2025-01-01T10:00:00Z\nexpires: 2025-02-01T00:00:00Z\n---\n\nX.\n",
    );
    project.write("content/16.md", "---\ntitle: Bad\nslug: bad\ndate: \"30.02.2025\"\n---\n\nX.\n");
    project.write("content/17.md", "No front matter.\n");
    let report = shaped(&project.run(&["build", "-v", "--report", "json"]).ends(0), "warned");
    let left_out = serde_json::json!({"draft": 1, "future": 1, "expired": 1, "error": 1, "other": 1});
    assert_eq!(report["articles"]["left_out"], left_out);
    assert_eq!((&report["articles"]["found"], &report["articles"]["accepted"]), (&17.into(), &12.into()));
    assert_eq!(report["next_due"], "2099-01-01T10:00:00Z");
    let list = report["articles"]["list"].as_array().unwrap();
    let outcomes: Vec<_> = list[12..].iter().map(|a| a["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["draft", "future", "expired", "error", "other"]);
    assert!(list[0]["path"].as_str().unwrap().ends_with("01.md"));

    let let_in = project.run(&["build", "--drafts", "--future", "--report", "json"]).ends(0).json();
    assert_eq!(let_in["articles"]["accepted"], 14);
}

#[test]
fn a_finding_points_to_its_place() {
    let project = twelve();
    project.write("content/16.md", "---\ntitle: Bad\nslug: bad\ndate: \"30.02.2025\"\n---\n\nX.\n");
    let report = shaped(&project.run(&["build", "--report", "json"]).ends(0), "warned");
    let finding = report["diagnostics"].as_array().unwrap().iter().find(|d| d["code"] == "A010").unwrap();
    assert_eq!((&finding["name"], &finding["severity"]), (&"bad-date".into(), &"error".into()));
    assert_eq!((&finding["path"], &finding["line"]), (&"content/16.md".into(), &4.into()));
    assert!(finding["message"].as_str().unwrap().contains("30.02.2025"), "{finding}");
    assert!(finding["help"].as_str().is_some(), "{finding}");

    let short = project.run(&["build", "--report", "short"]).ends(0);
    assert!(short.stderr.lines().any(|l| l.starts_with("content/16.md:4:") && l.contains("A010")), "{}", short.stderr);
    let human = project.run(&["build"]).ends(0);
    assert!(human.stderr.contains("30.02.2025") && human.stderr.contains("error[A010]"), "{}", human.stderr);
    assert!(human.stdout.contains("12"), "the summary counts: {}", human.stdout);
}

#[test]
fn a_refused_run() {
    let project = twelve();
    project.write("content/16.md", "---\ntitle: Bad\nslug: bad\ndate: \"30.02.2025\"\n---\n\nX.\n");
    let report = shaped(&project.run(&["build", "--strict", "--report", "json"]).ends(1), "refused");
    assert_eq!(report["articles"]["left_out"]["error"], 1);
    assert!(!project.has("feeds/rss.xml"));
}

#[test]
fn a_faulty_config() {
    let project = twelve();
    project.write("feedmill.yaml", format!("{CONFIG}otput: {{limit: 3}}\n"));
    let report = shaped(&project.run(&["build", "--report", "json"]).ends(2), "failed");
    let finding = &report["diagnostics"][0];
    assert_eq!(
        (&finding["code"], &finding["path"], &finding["line"]),
        (&"C002".into(), &"feedmill.yaml".into(), &2.into())
    );
    assert!(finding.to_string().contains("output"), "did you mean: {finding}");
}

#[test]
fn a_failing_disk() {
    let project = twelve();
    project.write("feeds", "a file where the folder should be");
    let report = shaped(&project.run(&["build", "--report", "json"]).ends(3), "failed");
    assert!(!report["error"].as_str().unwrap().is_empty());
    let human = project.run(&["build"]).ends(3);
    assert!(human.stderr.contains("feeds"), "{}", human.stderr);
}

#[test]
fn a_wrong_argument() {
    let project = twelve();
    let ran = project.run(&["build", "--no-such-flag", "--report", "json"]).ends(2);
    shaped(&ran, "failed");
    assert!(ran.json()["error"].as_str().unwrap().contains("--no-such-flag"));
    shaped(&project.run(&["check", "--report", "json", "--jobs", "many"]).ends(2), "failed");
}

#[test]
fn human_reports_stop_at_twenty_of_a_kind_and_json_does_not() {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    (1..=28).for_each(|n| write(&project, n, "Even", "Text."));
    (2..=28).for_each(|n| project.write(&format!("content/{n:02}.md"), "---\ntitle: No date\n---\n\nX.\n"));
    let human = project.run(&["build"]).ends(0);
    assert_eq!(human.stderr.matches("error[A011]").count(), 20, "{}", human.stderr);
    assert!(human.stderr.contains("7 more"), "{}", human.stderr);
    let json = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(json.codes().iter().filter(|c| *c == "A011").count(), 27);
}

#[test]
fn a_vanished_tag_is_told_as_removed() {
    let project = twelve();
    write(&project, 12, "Rare", "Text.");
    project.run(&["build"]).ends(0);
    remove(&project, 12);
    let report = shaped(&project.run(&["build", "--report", "json"]).ends(0), "clean");
    let removed: Vec<_> = report["feeds"].as_array().unwrap().iter().filter(|f| f["change"] == "removed").collect();
    assert_eq!(removed.len(), 3, "{report}");
    assert!(removed.iter().all(|f| f["path"].as_str().unwrap().starts_with("tags/rare/")));
    assert!(!project.has("feeds/tags/rare"), "its empty folder goes with it");
}
