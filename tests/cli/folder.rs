//! The output folder: feedmill deletes only what its manifest lists, survives a damaged one, and waits for another
//! run.

use crate::project::NOW;
use crate::site::{remove, twelve, write};
use std::fs::OpenOptions;
use std::io::Write;
use std::time::{Duration, Instant};

const MANIFEST: &str = "feeds/.feedmill/manifest.json";

#[test]
fn only_what_the_manifest_lists_is_removed() {
    let project = twelve();
    write(&project, 12, "Rare", "Text.");
    project.run(&["build"]).ends(0);
    project.write("feeds/tags/rare/notes.txt", "mine");
    project.write("feeds/tags/stranger/rss.xml", "<rss/>");
    project.write("feeds/index.html", "mine");
    project.write("feeds/tags/rare/index.html", "mine");
    remove(&project, 12);
    let pages = &project.run(&["build", "--report", "json"]).ends(0).json()["pages"];
    assert_eq!(pages["removed"], 0, "what stays is not told as removed: {pages}");
    assert!(!project.has("feeds/tags/rare/rss.xml") && !project.has("feeds/tags/rare/feed.json"));
    assert_eq!(project.read("feeds/tags/rare/notes.txt"), "mine");
    assert_eq!(project.read("feeds/tags/rare/index.html"), "mine");
    assert_eq!(project.read("feeds/tags/stranger/rss.xml"), "<rss/>");
    assert_eq!(project.read("feeds/index.html"), "mine");
}

#[test]
fn a_manifest_cannot_name_what_lies_outside() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    project.write("precious.txt", "mine");
    let manifest = project.read(MANIFEST);
    let evil = manifest.replace("tags/odd/rss.xml", "../precious.txt");
    assert_ne!(manifest, evil);
    project.write(MANIFEST, evil);
    let ran = project.run(&["build"]);
    assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    assert_eq!(project.read("precious.txt"), "mine");
}

#[test]
fn a_damaged_manifest_is_a_warning_and_deletes_nothing() {
    for damage in ["", "{", "null", "[]", "{\"version\":99}", "\u{0}\u{0}"] {
        let project = twelve();
        write(&project, 12, "Rare", "Text.");
        project.run(&["build"]).ends(0);
        let whole = project.read(MANIFEST);
        remove(&project, 12);
        project.write(MANIFEST, damage);
        let ran = project.run(&["build", "--report", "json"]).ends(0);
        assert!(ran.codes().contains(&"P005".to_owned()), "{damage:?}: {}", ran.stdout);
        assert_eq!(ran.json()["verdict"], "warned");
        assert!(project.has("feeds/tags/rare/rss.xml"), "{damage:?}: deleted without a list");
        assert_ne!(project.read(MANIFEST), whole);
        assert!(!project.run(&["build", "--report", "json"]).ends(0).codes().contains(&"P005".to_owned()));
    }
}

#[test]
fn a_lost_manifest_is_told_and_a_new_folder_is_not() {
    let project = twelve();
    assert!(!project.run(&["build", "--report", "json"]).ends(0).codes().contains(&"P005".to_owned()));
    let whole = project.read(MANIFEST);
    std::fs::remove_file(project.path(MANIFEST)).unwrap();
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert!(ran.codes().contains(&"P005".to_owned()));
    assert!(ran.stdout.contains("if another program made them"), "{}", ran.stdout);
    assert_eq!(project.read(MANIFEST), whole, "the same set has the same manifest");
}

#[test]
fn the_manifest_holds_no_time_and_nothing_of_the_machine() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let manifest = project.read(MANIFEST);
    assert!(!manifest.contains(&*project.root().to_string_lossy()));
    assert!(!manifest.contains("elapsed") && !manifest.contains("2030-01-01"), "{manifest}");
    assert!(
        manifest.contains("tags/even/rss.xml") && manifest.contains("tag:example.org,2025:article-3"),
        "{manifest}"
    );
}

#[test]
fn a_torn_set_is_completed() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let whole = project.tree("feeds");
    project.write("feeds/atom.xml", "<feed");
    std::fs::remove_file(project.path("feeds/tags/odd/feed.json")).unwrap();
    project.run(&["build"]).ends(0);
    assert_eq!(project.tree("feeds"), whole);
    let left: Vec<_> = project.tree("feeds/.feedmill").into_keys().filter(|p| p.contains("stage")).collect();
    assert!(left.is_empty(), "stage files are left behind: {left:?}");
}

#[test]
fn a_second_run_waits_for_the_first() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let held = OpenOptions::new().read(true).write(true).open(project.path("feeds/.feedmill/lock")).unwrap();
    held.lock().unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        drop(held);
    });
    let began = Instant::now();
    project.run(&["build"]).ends(0);
    assert!(began.elapsed() >= Duration::from_millis(600), "it has not waited");
    release.join().unwrap();
}

#[test]
fn a_lock_that_stays_is_exit_3_and_names_its_holder() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let mut held = OpenOptions::new().write(true).truncate(true).open(project.path("feeds/.feedmill/lock")).unwrap();
    held.lock().unwrap();
    held.write_all(b"pid 424242 since 2030-01-01T00:00:00Z\n").unwrap();
    let before = project.tree("feeds");
    let report = project.run(&["build", "--report", "json"]).ends(3).json();
    assert_eq!(report["verdict"], "failed");
    assert!(report["error"].as_str().unwrap().contains("424242"), "{report}");
    assert_eq!(project.tree("feeds"), before);
    project.run(&["check"]).ends(0);
}

#[test]
fn builds_at_once_end_as_one_would() {
    let project = twelve();
    let alone = twelve();
    alone.run(&["build"]).ends(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| project.run(&["build"]).ends(0));
        }
    });
    assert_eq!(project.tree("feeds"), alone.tree("feeds"));
}

#[test]
fn what_belongs_to_one_run_is_kept_out_of_git() {
    let project = twelve();
    let file = "feeds/.feedmill/.gitignore";
    project.run(&["build"]).ends(0);
    let ours = project.read(file);
    assert_eq!(ours, "/lock\n/stage\n/pushed.lock\n/pushed.new\n", "the manifest is committed");
    project.write(file, "/lock\n/stage\n");
    project.run(&["build"]).ends(0);
    assert_eq!(project.read(file), ours, "what an earlier version wrote is brought up to date");
    for own in ["", "*\n", "/lock\n/stage\n/manifest.json\n", "/lock\r\n/stage\r\n", "/stage\n/lock\n"] {
        project.write(file, own);
        project.run(&["build"]).ends(0);
        assert_eq!(project.read(file), own, "the user's own stays");
    }
}

#[test]
fn the_output_may_lie_inside_the_content() {
    let project = twelve();
    let args = ["build", "--content", ".", "--out", "feeds", "--report", "json", "--now", NOW];
    let ran = |()| crate::project::Ran::new(project.command(&args).output().unwrap(), &args).ends(0).json();
    let first = ran(());
    project.write("feeds/readme.md", "---\ntitle: No article of ours\ndate: 2025-01-01T00:00:00Z\n---\n\nX.\n");
    assert_eq!(ran(())["articles"], first["articles"], "what lies in the output folder is no article");
}
