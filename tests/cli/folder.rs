//! The output folder: feedmill deletes only what its manifest lists, survives a damaged one, and waits for another
//! run (issue 2 section 4, DESIGN section 5).

use crate::mill::NOW;
use crate::site::{remove, twelve, write};
use std::fs::OpenOptions;
use std::io::Write;
use std::time::{Duration, Instant};

const MANIFEST: &str = "feeds/.feedmill/manifest.json";

#[test]
fn only_what_the_manifest_lists_is_removed() {
    let mill = twelve();
    write(&mill, 12, "Rare", "Text.");
    mill.run(&["build"]).ends(0);
    mill.write("feeds/tags/rare/notes.txt", "mine");
    mill.write("feeds/tags/stranger/rss.xml", "<rss/>");
    mill.write("feeds/index.html", "mine");
    mill.write("feeds/tags/rare/index.html", "mine");
    remove(&mill, 12);
    let pages = &mill.run(&["build", "--report", "json"]).ends(0).json()["pages"];
    assert_eq!(pages["removed"], 0, "what stays is not told as removed: {pages}");
    assert!(!mill.has("feeds/tags/rare/rss.xml") && !mill.has("feeds/tags/rare/feed.json"));
    assert_eq!(mill.read("feeds/tags/rare/notes.txt"), "mine");
    assert_eq!(mill.read("feeds/tags/rare/index.html"), "mine");
    assert_eq!(mill.read("feeds/tags/stranger/rss.xml"), "<rss/>");
    assert_eq!(mill.read("feeds/index.html"), "mine");
}

#[test]
fn a_manifest_cannot_name_what_lies_outside() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    mill.write("precious.txt", "mine");
    let manifest = mill.read(MANIFEST);
    let evil = manifest.replace("tags/odd/rss.xml", "../precious.txt");
    assert_ne!(manifest, evil);
    mill.write(MANIFEST, evil);
    let ran = mill.run(&["build"]);
    assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    assert_eq!(mill.read("precious.txt"), "mine");
}

#[test]
fn a_damaged_manifest_is_a_warning_and_deletes_nothing() {
    for damage in ["", "{", "null", "[]", "{\"version\":99}", "\u{0}\u{0}"] {
        let mill = twelve();
        write(&mill, 12, "Rare", "Text.");
        mill.run(&["build"]).ends(0);
        let whole = mill.read(MANIFEST);
        remove(&mill, 12);
        mill.write(MANIFEST, damage);
        let ran = mill.run(&["build", "--report", "json"]).ends(0);
        assert!(ran.codes().contains(&"P005".to_owned()), "{damage:?}: {}", ran.stdout);
        assert_eq!(ran.json()["verdict"], "warned");
        assert!(mill.has("feeds/tags/rare/rss.xml"), "{damage:?}: deleted without a list");
        assert_ne!(mill.read(MANIFEST), whole);
        assert!(!mill.run(&["build", "--report", "json"]).ends(0).codes().contains(&"P005".to_owned()));
    }
}

#[test]
fn a_lost_manifest_is_told_and_a_new_folder_is_not() {
    let mill = twelve();
    assert!(!mill.run(&["build", "--report", "json"]).ends(0).codes().contains(&"P005".to_owned()));
    let whole = mill.read(MANIFEST);
    std::fs::remove_file(mill.path(MANIFEST)).unwrap();
    let ran = mill.run(&["build", "--report", "json"]).ends(0);
    assert!(ran.codes().contains(&"P005".to_owned()));
    assert!(ran.stdout.contains("if another program made them"), "{}", ran.stdout);
    assert_eq!(mill.read(MANIFEST), whole, "the same set has the same manifest");
}

#[test]
fn the_manifest_holds_no_time_and_nothing_of_the_machine() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let manifest = mill.read(MANIFEST);
    assert!(!manifest.contains(&*mill.root().to_string_lossy()));
    assert!(!manifest.contains("elapsed") && !manifest.contains("2030-01-01"), "{manifest}");
    assert!(
        manifest.contains("tags/even/rss.xml") && manifest.contains("tag:example.org,2025:article-3"),
        "{manifest}"
    );
}

#[test]
fn a_torn_set_is_completed() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let whole = mill.tree("feeds");
    mill.write("feeds/atom.xml", "<feed");
    std::fs::remove_file(mill.path("feeds/tags/odd/feed.json")).unwrap();
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.tree("feeds"), whole);
    let left: Vec<_> = mill.tree("feeds/.feedmill").into_keys().filter(|p| p.contains("stage")).collect();
    assert!(left.is_empty(), "stage files are left behind: {left:?}");
}

#[test]
fn a_second_run_waits_for_the_first() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let held = OpenOptions::new().read(true).write(true).open(mill.path("feeds/.feedmill/lock")).unwrap();
    held.lock().unwrap();
    let release = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(700));
        drop(held);
    });
    let began = Instant::now();
    mill.run(&["build"]).ends(0);
    assert!(began.elapsed() >= Duration::from_millis(600), "it has not waited");
    release.join().unwrap();
}

#[test]
fn a_lock_that_stays_is_exit_3_and_names_its_holder() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let mut held = OpenOptions::new().write(true).truncate(true).open(mill.path("feeds/.feedmill/lock")).unwrap();
    held.lock().unwrap();
    held.write_all(b"pid 424242 since 2030-01-01T00:00:00Z\n").unwrap();
    let before = mill.tree("feeds");
    let report = mill.run(&["build", "--report", "json"]).ends(3).json();
    assert_eq!(report["verdict"], "failed");
    assert!(report["error"].as_str().unwrap().contains("424242"), "{report}");
    assert_eq!(mill.tree("feeds"), before);
    mill.run(&["check"]).ends(0);
}

#[test]
fn builds_at_once_end_as_one_would() {
    let mill = twelve();
    let alone = twelve();
    alone.run(&["build"]).ends(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| mill.run(&["build"]).ends(0));
        }
    });
    assert_eq!(mill.tree("feeds"), alone.tree("feeds"));
}

#[test]
fn what_belongs_to_one_run_is_kept_out_of_git() {
    let mill = twelve();
    let file = "feeds/.feedmill/.gitignore";
    mill.run(&["build"]).ends(0);
    let ours = mill.read(file);
    assert_eq!(ours, "/lock\n/stage\n/pushed.lock\n/pushed.new\n", "the manifest is committed");
    mill.write(file, "/lock\n/stage\n");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.read(file), ours, "what an earlier version wrote is brought up to date");
    for own in ["", "*\n", "/lock\n/stage\n/manifest.json\n", "/lock\r\n/stage\r\n", "/stage\n/lock\n"] {
        mill.write(file, own);
        mill.run(&["build"]).ends(0);
        assert_eq!(mill.read(file), own, "the user's own stays");
    }
}

#[test]
fn the_output_may_lie_inside_the_content() {
    let mill = twelve();
    let args = ["build", "--content", ".", "--out", "feeds", "--report", "json", "--now", NOW];
    let ran = |()| crate::mill::Ran::of(mill.command(&args).output().unwrap(), &args).ends(0).json();
    let first = ran(());
    mill.write("feeds/readme.md", "---\ntitle: No article of ours\ndate: 2025-01-01T00:00:00Z\n---\n\nX.\n");
    assert_eq!(ran(())["articles"], first["articles"], "what lies in the output folder is no article");
}
