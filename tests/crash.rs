//! A publish that is killed at random moments while a reader reads every feed: no feed is ever truncated, empty or
//! missing, and the next run leaves the bytes of an undisturbed one. `FEEDMILL_CRASHES` sets the number of kills; CI
//! runs 200.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/project.rs"]
mod project;

use project::{NOW, TestProject, without_history};
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const ARGS: [&str; 6] = ["publish", "--no-push", "--quiet", "--accept", "--now", NOW];

type Tree = BTreeMap<String, Vec<u8>>;

/// Forty articles under ten tags; the second version edits all, drops a tag and brings another.
fn write(project: &TestProject, version: usize) {
    for n in 0..40 {
        let tag = if n % 10 == 0 { format!("only-{version}") } else { format!("tag-{}", n % 10) };
        let text = format!(
            "---\ntitle: Article number {n}\nslug: article-{n}\ndate: 2025-03-{:02}T10:{n:02}:00Z\ntags: [{tag}]\n---\n\n{}\n",
            n % 28 + 1,
            format!("Version {version}. ").repeat(200)
        );
        project.write(&format!("content/{n:02}.md"), text);
    }
}

fn site() -> TestProject {
    let project = TestProject::empty();
    let site = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n";
    project.write("feedmill.yaml", format!("{site}output: {{precompress: [gz], headers: [netlify, nginx]}}\n"));
    project
}

/// The set of a version, made without a disturbance after the other.
fn undisturbed(version: usize) -> (Tree, Duration) {
    let project = site();
    write(&project, 1 - version);
    project.run_at(None, &ARGS).ends(0);
    write(&project, version);
    let began = Instant::now();
    project.run_at(None, &ARGS).ends(0);
    (project.tree("feeds"), began.elapsed())
}

/// Reads every feed that both versions have, over and over.
fn read_on(feeds: &Path, sets: &[Tree; 2], stop: &AtomicBool, reads: &AtomicUsize) {
    let both: Vec<&String> = sets[0].keys().filter(|p| sets[1].contains_key(*p) && !p.starts_with('.')).collect();
    while !stop.load(Ordering::Relaxed) {
        for path in &both {
            let bytes = std::fs::read(feeds.join(path)).unwrap_or_else(|why| panic!("{path} is missing: {why}"));
            let whole = sets.iter().any(|set| set[*path] == bytes);
            assert!(whole, "{path} is torn: {} bytes", bytes.len());
            reads.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn a_killed_publish_leaves_whole_feeds_and_the_next_completes_the_set() {
    let crashes: usize = std::env::var("FEEDMILL_CRASHES").ok().and_then(|n| n.parse().ok()).unwrap_or(15);
    let ((first, one), (second, other)) = (undisturbed(0), undisturbed(1));
    let took = one.min(other);
    let sets = [first, second];
    let project = site();
    write(&project, 0);
    project.run_at(None, &ARGS).ends(0);
    assert_eq!(
        without_history(project.tree("feeds")),
        without_history(sets[0].clone()),
        "the same set without a predecessor"
    );
    let (stop, reads, killed) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(&project.path("feeds"), &sets, &stop, &reads));
        for crash in 1..=crashes {
            let version = crash % 2;
            write(&project, version);
            let mut child = Command::new(env!("CARGO_BIN_EXE_feedmill"))
                .args(ARGS)
                .current_dir(project.root())
                .env_remove("SOURCE_DATE_EPOCH")
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let random = RandomState::new().hash_one(crash) % 1000;
            std::thread::sleep(took.mul_f64(random as f64 / 1000.0));
            child.kill().unwrap();
            killed.fetch_add(usize::from(!child.wait().unwrap().success()), Ordering::Relaxed);
            if reader.is_finished() {
                break;
            }
            project.run_at(None, &ARGS).ends(0);
            assert_eq!(project.tree("feeds"), sets[version], "after crash {crash}");
        }
        stop.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
    // Another machine's load can make the measured run slower than those that follow.
    assert!(killed.into_inner() * 4 >= crashes, "a quarter of the runs was killed before its end");
    assert!(reads.into_inner() > crashes, "the reader has read");
}
