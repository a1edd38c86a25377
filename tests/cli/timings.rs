//! `-v` and `--timings`: which steps a run reached, and how much work each had. No test here checks a time.

use crate::project::{Ran, TestProject};
use crate::site::{CONFIG, remove, twelve, write};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a run counted, by stage. Also: the object is whole, and its times are numbers.
#[track_caller]
fn stages(object: &Value, command: &str) -> Vec<(String, BTreeMap<String, u64>)> {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(object), ["version", "command", "elapsed_ms", "stages", "slowest"]);
    assert_eq!((&object["version"], &object["command"]), (&json!(1), &json!(command)));
    let stages = object["stages"].as_array().unwrap();
    let name = |stage: &Value| stage["stage"].as_str().unwrap().to_owned();
    let time = |stage: &Value| stage["ms"].as_f64().unwrap();
    for stage in stages {
        assert_eq!(keys(stage), ["stage", "ms", "counts"]);
        assert!(time(stage) >= 0.0 && time(stage) <= object["elapsed_ms"].as_f64().unwrap());
    }
    assert_eq!(stages.last().map(name).as_deref(), Some("other"));
    let slowest = stages.iter().find(|stage| object["slowest"] == stage["stage"]).unwrap();
    assert!(stages.iter().all(|stage| name(stage) == "other" || time(stage) <= time(slowest)), "{object}");
    let counts = |stage: &Value| serde_json::from_value(stage["counts"].clone()).unwrap();
    stages.iter().map(|stage| (name(stage), counts(stage))).collect()
}

#[track_caller]
fn object(ran: &Ran) -> Value {
    assert_eq!(ran.stderr.lines().filter(|line| line.starts_with('{')).count(), 1, "{}", ran.stderr);
    serde_json::from_str(ran.stderr.lines().find(|line| line.starts_with('{')).unwrap()).unwrap()
}

#[track_caller]
fn build(project: &TestProject, more: &[&str]) -> BTreeMap<String, BTreeMap<String, u64>> {
    let args = [&["build", "--timings", "json"], more].concat();
    stages(&object(&project.run(&args).ends(0)), "build").into_iter().collect()
}

#[test]
fn the_stages_of_a_build_and_what_they_did() {
    let project = twelve();
    let ran = project.run(&["build", "--timings", "json", "-q"]).ends(0);
    let cold = stages(&object(&ran), "build");
    let names: Vec<&str> = cold.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["discover", "cache", "heads", "select", "render", "serialise", "plan", "commit", "other"],
        "in the order of the line"
    );
    let cold: BTreeMap<_, _> = cold.into_iter().collect();
    let bytes: usize = project.tree("content").values().map(Vec::len).sum();
    let documents = project.tree("feeds").into_iter().filter(|(path, _)| !path.starts_with('.'));
    let (many, size) = documents.fold((0, 0), |(many, size), (_, bytes)| (many + 1, size + bytes.len() as u64));
    let of = |stage: &str| serde_json::to_value(&cold[stage]).unwrap();
    assert_eq!(of("discover"), json!({ "files": 12 }));
    assert_eq!(of("heads"), json!({ "heads": 12, "files_read": 12, "bytes_read": bytes }));
    assert_eq!(of("render"), json!({ "entries": 12, "entries_rendered": 12 }));
    assert_eq!(of("serialise"), json!({ "documents_made": many, "bytes_made": size }));
    assert_eq!(of("commit"), json!({ "documents_written": many, "bytes_written": size }));
}

#[test]
fn what_did_not_change_is_not_done() {
    let project = twelve();
    let cold = build(&project, &[]);
    let same = build(&project, &[]);
    assert_eq!(same.keys().map(String::as_str).collect::<Vec<_>>(), ["cache", "commit", "discover", "other"]);
    assert_eq!(same["commit"], [("documents_kept".to_owned(), cold["commit"]["documents_written"])].into());
    write(&project, 3, "Odd", "Another text.");
    let changed = build(&project, &[]);
    assert_eq!((changed["heads"]["heads"], changed["heads"]["files_read"]), (12, 1));
    assert!(changed["commit"]["documents_kept"] > 0 && changed["commit"]["documents_written"] > 0);
    remove(&project, 3);
    assert_eq!(build(&project, &["--no-cache"])["heads"]["files_read"], 11);
    project.write("content/03.md", "---\ntitle: Back\ndate: 2025-01-03\n---\nX.\n");
    assert!(!build(&project, &["--dry-run"]).contains_key("commit"), "a dry run commits nothing");
}

#[test]
fn a_check_tells_its_stages_as_well() {
    let project = twelve();
    let ran = project.run(&["check", "--timings", "json", "--lenient"]).ends(0);
    let names: Vec<String> = stages(&object(&ran), "check").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["discover", "heads", "select", "render", "serialise", "other"]);
    // Without images nothing is asked for.
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    project.write("content/a.md", "---\ntitle: A\ndate: 2025-01-03\n---\nX.\n");
    let ran = project.run(&["publish", "--timings", "json"]).ends(0);
    assert!(stages(&object(&ran), "publish").iter().any(|(name, _)| name == "probe"));
}

#[test]
fn rows_in_the_summary_of_those_who_ask() {
    let project = twelve();
    let rows = |args: &[&str]| {
        let ran = project.run(args).ends(0);
        assert!(!ran.stderr.contains("slowest"), "{}", ran.stderr);
        ran.stdout.lines().filter(|line| line.starts_with("  stage ") || line.starts_with("  slowest ")).count()
    };
    assert_eq!(rows(&["build"]), 0);
    assert_eq!(rows(&["build", "-q", "--timings", "text"]), 0, "quiet has no summary");
    assert_eq!(rows(&["build", "--no-cache", "-v"]), 9);
    assert_eq!(rows(&["build", "--no-cache", "--timings", "text"]), 9);
    assert_eq!(rows(&["check", "--lenient", "-v"]), 7);
    assert_eq!(rows(&["build", "-v", "--report", "json"]), 0);
}

#[test]
fn among_events_it_is_one() {
    let project = twelve();
    let ran = project.run(&["build", "--timings", "json", "--log", "json"]).ends(0);
    let events = ran.stderr.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let reported: Vec<Value> = events.filter(|event| event["event"] == "timings").collect();
    assert_eq!(reported.len(), 1);
    assert_eq!(reported[0]["level"], "info");
    assert!(stages(&reported[0]["fields"], "build").len() > 5);
    let ran = project.run(&["build", "-v", "--log", "json"]).ends(0);
    assert!(!ran.stderr.contains("\"timings\""));
    // A document on stdout stays one.
    let ran = project.run(&["build", "--timings", "json", "--report", "json"]).ends(0);
    assert!(ran.json().get("timings").is_none());
    stages(&object(&ran), "build");
}
