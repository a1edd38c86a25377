//! A run costs what changed: which documents are made and written again, and which entries rendered, after one edit
//! of an article or of one feed's config.

use crate::project::TestProject;
use serde_json::Value;
use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;

const FEEDS: &str = "feeds: [{by: tag}, {name: picks, description: First, where: {tag: t2}}]\n";

/// Ten articles of five tags, and a feed of its own for those of the second.
fn site() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", format!("site: {{url: https://e.org/}}\n{FEEDS}"));
    for n in 1..=10 {
        write(&project, n, "One two three.");
    }
    project
}

fn write(project: &TestProject, n: u32, text: &str) {
    let head = format!("title: Number {n}\ndate: 2024-02-{n:02}T08:00:00Z\ntags: [t{}]", n % 5);
    project.write(&format!("content/{n}.md"), format!("---\n{head}\n---\n{text}\n"));
}

/// The documents by the inode that each lies in: one that was written again lies in another.
fn places(project: &TestProject) -> BTreeMap<String, u64> {
    let paths = project.tree("feeds").into_keys().filter(|path| !path.starts_with(".feedmill"));
    paths.map(|path| (path.clone(), project.path(&format!("feeds/{path}")).metadata().unwrap().ino())).collect()
}

/// What a build counts, and which documents it writes.
fn build(project: &TestProject) -> (BTreeMap<String, u64>, Vec<String>) {
    let before = places(project);
    let ran = project.run(&["build", "--timings", "json", "-q"]).ends(0);
    let reported: Value = serde_json::from_str(ran.stderr.lines().find(|line| line.starts_with('{')).unwrap()).unwrap();
    let stages = reported["stages"].as_array().unwrap();
    let counts = stages.iter().flat_map(|stage| stage["counts"].as_object().unwrap());
    let counts = counts.map(|(name, count)| (name.clone(), count.as_u64().unwrap())).collect();
    let other = places(project).into_iter().filter(|(path, place)| before.get(path) != Some(place));
    (counts, other.map(|(path, _)| path).collect())
}

const THREE: [&str; 3] = ["atom.xml", "feed.json", "rss.xml"];

/// The documents of these feeds and their pages, and what speaks of all feeds.
fn figures(folders: &[&str]) -> Vec<String> {
    let each = |folder: &&str| {
        let at = |name: &str| format!("{folder}{name}");
        THREE.iter().chain(&["index.html"]).map(|name| at(name)).collect::<Vec<_>>()
    };
    let mut paths: Vec<String> = folders.iter().flat_map(each).collect();
    paths.sort();
    paths
}

#[test]
fn one_edited_article_costs_the_feeds_that_hold_it() {
    let project = site();
    build(&project);
    write(&project, 7, "Another text.");
    let (counts, written) = build(&project);
    let feeds = figures(&["", "picks/", "tags/t2/"]);
    assert!(THREE.iter().all(|name| written.contains(&format!("tags/t2/{name}"))), "{written:?}");
    assert!(written.iter().all(|path| feeds.contains(path) || path == "feeds.opml"), "{written:?}");
    assert_eq!(counts["files_read"], 1);
    assert!(counts["documents_made"] <= feeds.len() as u64 + 1, "{counts:?}");
    // Of the nine that stayed as they were those are rendered that stand beside it.
    assert_eq!(counts["entries_rendered"], 10, "the feed of all articles holds all");
}

#[test]
fn one_feeds_config_costs_that_feed() {
    let project = site();
    build(&project);
    project.write("feedmill.yaml", format!("site: {{url: https://e.org/}}\n{}", FEEDS.replace("First", "Second")));
    let (counts, written) = build(&project);
    assert_eq!(written, figures(&["picks/"]), "the index and the list of feeds tell nothing of descriptions");
    assert!(!counts.contains_key("files_read"), "{counts:?}");
    assert_eq!((counts["entries_rendered"], counts["documents_made"]), (2, 4), "only what it holds");
    // It stands again.
    let (counts, written) = build(&project);
    assert!(written.is_empty() && !counts.contains_key("documents_made"), "{counts:?}");
}

#[test]
fn a_document_touched_by_hand_costs_its_feed() {
    let project = site();
    build(&project);
    project.write("feeds/tags/t3/rss.xml", "mine");
    let (counts, written) = build(&project);
    assert_eq!(written, ["tags/t3/rss.xml"]);
    assert!(!counts.contains_key("files_read"), "{counts:?}");
    assert_eq!((counts["entries_rendered"], counts["documents_made"]), (2, 4));
}

/// No other article and no selection depends on one body: the selection of the last run is reused.
#[test]
fn a_changed_body_costs_no_look_at_articles_of_other_feeds() {
    let project = TestProject::empty();
    project.write("feedmill.yaml", "site: {url: https://e.org/}\noutput: {limit: 2}\nfeeds: [{by: tag}]\n");
    (1..=20).for_each(|n| write(&project, n, "One two three."));
    build(&project);
    // Of t3 are 18, 13, 8 and 3.
    write(&project, 13, "Another text.");
    let (counts, written) = build(&project);
    assert_eq!(written, figures(&["tags/t3/"]));
    assert_eq!((counts["heads"], counts["files_read"], counts["entries_rendered"]), (2, 1, 2), "{counts:?}");
    // One that no feed holds.
    write(&project, 3, "Another text.");
    let (counts, written) = build(&project);
    assert_eq!((counts["heads"], counts["files_read"], written.len()), (1, 1, 0), "{counts:?}");
    assert!(!counts.contains_key("documents_made"), "{counts:?}");
    // And again, from what such a run has kept.
    write(&project, 18, "Another text.");
    assert_eq!(build(&project).0["heads"], 2);
    assert_eq!(build(&project).0.get("heads"), None, "nothing has changed");
    // Nor does anything depend on when it was changed, while no time is made.
    project.write(
        "content/18.md",
        project.read("content/18.md").replace("title: ", "updated: 2024-05-06T07:08:09Z\ntitle: "),
    );
    let (counts, written) = build(&project);
    let documents = THREE.map(|name| format!("tags/t3/{name}")).to_vec();
    assert_eq!((counts["heads"], written), (2, documents), "{counts:?}");
    assert!(project.read("feeds/tags/t3/atom.xml").contains("2024-05-06T07:08:09"));
    project.write("content/20.md", project.read("content/20.md") + "\nSee [that](3.md).\n");
    assert_eq!(build(&project).0["heads"], 20);
    project.write("content/3.md", project.read("content/3.md").replace("Number 3", "Another"));
    assert_eq!(build(&project).0["heads"], 20, "the ledger knows an article by its title");
    project.write("content/4.md", project.read("content/4.md").replace("t4", "t3"));
    assert_eq!(build(&project).0["heads"], 20, "a tag is of two feeds");
}
