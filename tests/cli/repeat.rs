//! Same input, same bytes: a second run writes nothing, and the machine's directory order, time zone, locale, thread
//! count and ignore files have no effect.

use crate::project::{TestProject, tree};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

/// Files with their bytes, in the order in which they are created.
type Files = Vec<(String, Vec<u8>)>;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The repository's own site, its files created in this order.
fn own_site(order: impl FnOnce(&mut Files)) -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", std::fs::read(repository().join("feedmill.yaml")).unwrap());
    for state in ["images.lock", "feedmill.ids"] {
        project.write(state, std::fs::read(repository().join(state)).unwrap());
    }
    let mut files: Files = tree(&repository().join("content")).into_iter().collect();
    order(&mut files);
    for (path, bytes) in files {
        project.write(&format!("content/{path}"), bytes);
    }
    project
}

/// Every path below a folder, folders and locks included, with its time of change.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let mut times = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        let seen = path.metadata().unwrap();
        if seen.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        // The lock is taken by every run; its folder therefore may not move, its content may.
        if path.file_name().is_some_and(|name| name != "lock") && seen.is_file() {
            times.insert(path.to_string_lossy().into_owned(), seen.modified().unwrap());
        }
    }
    times
}

#[test]
fn the_repositorys_feeds_are_what_its_content_gives() {
    let project = own_site(|_| {});
    project.run_at(None, &["build"]).ends(0);
    let (made, kept) = (project.tree("feeds"), tree(&repository().join("feeds")));
    let differing: Vec<_> = made.keys().chain(kept.keys()).filter(|path| made.get(*path) != kept.get(*path)).collect();
    assert!(
        differing.is_empty(),
        "feeds/ is not what content/ gives: cargo run -- build, then look at git diff\n{differing:#?}"
    );
}

#[test]
fn a_second_build_writes_nothing() {
    let project = own_site(|_| {});
    let first = project.run(&["build", "--report", "json"]).ends(0).json();
    assert!(first["feeds"].as_array().unwrap().iter().all(|feed| feed["change"] == "written"), "{first}");
    let before = times(&project.path("feeds"));
    let second = project.run(&["build", "--report", "json"]).ends(0).json();
    assert!(second["feeds"].as_array().unwrap().iter().all(|feed| feed["change"] == "unchanged"), "{second}");
    assert_eq!(first["feeds"].as_array().unwrap().len(), second["feeds"].as_array().unwrap().len());
    assert_eq!(first["diagnostics"], second["diagnostics"], "a second report tells less or more");
    assert_eq!(times(&project.path("feeds")), before);
}

#[test]
fn order_threads_zone_and_locale_have_no_say() {
    let mut plain = own_site(|_| {});
    plain.env = [("TZ", "UTC"), ("LC_ALL", "C")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    let first = plain.run(&["build", "--report", "json"]).ends(0);
    let shuffles: [fn(&mut Files); 2] = [
        |files| files.reverse(),
        |files| files.sort_by_key(|(path, bytes)| (bytes.len() % 7, path.chars().rev().collect::<String>())),
    ];
    for (shuffle, jobs, zone, locale) in
        [(shuffles[0], "1", "Asia/Kathmandu", "ru_RU.UTF-8"), (shuffles[1], "7", "America/St_Johns", "tr_TR.UTF-8")]
    {
        let mut project = own_site(shuffle);
        project.env = [("TZ", zone), ("LC_ALL", locale)].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        project.write("content/.gitignore", "*\n");
        project.write(".ignore", "*.md\n");
        let ran = project.run(&["build", "--jobs", jobs, "--report", "json"]).ends(0);
        assert!(project.tree("feeds") == plain.tree("feeds"), "{zone}, {jobs} jobs: other bytes");
        assert_eq!(ran.json()["diagnostics"], first.json()["diagnostics"]);
    }
}

#[test]
fn the_folder_it_is_called_from_has_no_say() {
    let project = own_site(|_| {});
    project.run(&["build"]).ends(0);
    let before = project.tree("feeds");
    let elsewhere = TestProject::empty();
    let root = project.root().to_string_lossy().into_owned();
    let report = elsewhere.run(&["build", "-C", &root, "--report", "json"]).ends(0).json();
    assert!(report["feeds"].as_array().unwrap().iter().all(|feed| feed["change"] == "unchanged"), "{report}");
    let paths = report["diagnostics"].as_array().unwrap().iter().map(|d| d["path"].as_str().unwrap());
    assert!(paths.into_iter().all(|path| !path.starts_with('/') && !path.contains("..")), "{report}");
    assert_eq!(project.tree("feeds"), before);
    assert!(elsewhere.tree(".").is_empty());
}

#[test]
fn the_clock_changes_only_what_is_due() {
    let project = own_site(|_| {});
    project.run_at(Some("2026-01-01T00:00:00Z"), &["build"]).ends(0);
    let before = times(&project.path("feeds"));
    project.run_at(Some("2039-07-01T12:00:00+09:00"), &["build"]).ends(0);
    assert_eq!(times(&project.path("feeds")), before);
    project.run_at(Some("2099-01-01T22:00:00Z"), &["build"]).ends(0);
    assert_ne!(times(&project.path("feeds")), before, "the scheduled article has become due");
    assert!(project.read("feeds/rss.xml").contains("devyanosto-let-pervomu-bloku"));
}
