//! The brake: a run that would flood or rob subscribers is refused until `--accept`, and a day's
//! ordinary work is not.

use crate::project::TestProject;
use crate::site::{WITHOUT_SINCE, remove, twelve, write};

/// Built once, changed, refused with the feeds untouched, then accepted.
#[track_caller]
fn stops(project: &TestProject, code: &str, change: impl FnOnce(&TestProject)) -> usize {
    project.run(&["build"]).ends(0);
    let before = project.tree("feeds");
    change(project);
    let reported = project.run(&["build"]).ends(1);
    assert!(reported.stderr.contains("--accept"), "{}", reported.stderr);
    assert!(reported.stderr.contains(code), "{}", reported.stderr);
    let report = project.run(&["build", "--report", "json"]).ends(1);
    assert_eq!(report.json()["verdict"], "refused");
    assert_eq!(project.tree("feeds"), before, "a refused run has changed the feeds");
    project.run(&["build", "--accept"]).ends(0);
    assert_ne!(project.tree("feeds"), before);
    project.run(&["build"]).ends(0);
    report.codes().iter().filter(|c| *c == code).count()
}

/// Built once, changed, and built again without a question.
#[track_caller]
fn passes(change: impl FnOnce(&TestProject)) {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let before = project.tree("feeds");
    change(&project);
    project.run(&["build"]).ends(0);
    assert_ne!(project.tree("feeds"), before, "the change has not arrived");
}

#[test]
fn an_emptied_content_folder_is_refused_even_with_accept() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    let before = project.tree("feeds");
    (1..=12).for_each(|n| remove(&project, n));
    assert!(project.run(&["build", "--report", "json"]).ends(1).codes().contains(&"P001".to_owned()));
    project.run(&["build", "--accept"]).ends(1);
    assert_eq!(project.tree("feeds"), before);
    std::fs::remove_dir(project.path("content")).unwrap();
    let gone = project.run(&["build", "--accept"]);
    assert!(matches!(gone.code, 1 | 3), "{gone:?}");
    assert_eq!(project.tree("feeds"), before);
}

#[test]
fn half_the_articles_gone_is_refused() {
    let project = twelve();
    let findings = stops(&project, "P004", |project| (1..=6).for_each(|n| remove(project, n)));
    assert!(findings >= 1);
    assert!(!project.read("feeds/rss.xml").contains("article-3"));
}

#[test]
fn three_articles_gone_are_enough() {
    stops(&twelve(), "P004", |project| (1..=3).for_each(|n| remove(project, n)));
}

#[test]
fn articles_that_became_faulty_count_as_gone() {
    let project = twelve();
    stops(&project, "P004", |project| {
        for n in 1..=6 {
            project.write(&format!("content/{n:02}.md"), "---\ntitle: No date any more\n---\n\nText.\n");
        }
    });
}

#[test]
fn a_changed_permalink_pattern_without_since_is_refused() {
    let project = twelve();
    project.write("feedmill.yaml", WITHOUT_SINCE);
    let named = stops(&project, "P002", |project| {
        project.write("feedmill.yaml", format!("{WITHOUT_SINCE}content: {{permalink: \"/blog/{{slug}}/\"}}\n"));
    });
    assert_eq!(named, 1, "one finding for all twelve");
}

#[test]
fn a_changed_permalink_pattern_with_since_passes() {
    passes(|project| {
        let config = project.read("feedmill.yaml");
        project.write("feedmill.yaml", format!("{config}content: {{permalink: \"/blog/{{slug}}/\"}}\n"));
    });
}

#[test]
fn a_changed_since_is_refused() {
    let named = stops(&twelve(), "P002", |project| {
        let config = project.read("feedmill.yaml");
        project.write("feedmill.yaml", config.replace("since: 2025", "since: 2024"));
    });
    assert_eq!(named, 1, "one finding for all twelve");
}

#[test]
fn one_changed_slug_is_held_and_named() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    project.write("content/03.md", project.read("content/03.md").replace("slug: article-3", "slug: another-3"));
    let feed = project.read("feeds/rss.xml");
    let reported = project.run(&["build"]).ends(0);
    assert!(
        reported.stderr.contains("P016") && reported.stderr.contains("tag:example.org,2025:article-3"),
        "{}",
        reported.stderr
    );
    assert!(project.read("feeds/rss.xml").contains(">tag:example.org,2025:article-3<"), "{feed}");
    project.run(&["build", "--accept=ids"]).ends(0);
    assert!(project.read("feeds/rss.xml").contains(">tag:example.org,2025:another-3<"));
}

#[test]
fn many_lost_tags_are_refused_and_a_tag_counts_once() {
    let project = twelve();
    (1..=12).for_each(|n| write(&project, n, &format!("Tag{n}"), "Text."));
    let named = stops(&project, "P003", |project| (1..=6).for_each(|n| write(project, n, "Shared", "Text.")));
    assert!(named == 1 || named == 6, "one finding, or one for each of the six feeds, not of their 18 files: {named}");
    assert!(!project.has("feeds/tags/tag1/rss.xml") && project.has("feeds/tags/shared/feed.json"));
}

#[test]
fn ordinary_days_pass() {
    passes(|project| write(project, 13, "Odd", "One more."));
    passes(|project| remove(project, 4));
    passes(|project| write(project, 4, "Even", "Edited."));
    passes(|project| write(project, 4, "Renamed", "With another tag."));
    passes(|project| [4, 5].iter().for_each(|n| remove(project, *n)));
}

#[test]
fn articles_pushed_out_by_the_limit_are_not_lost() {
    passes(|project| {
        let config = project.read("feedmill.yaml");
        project.write("feedmill.yaml", format!("{config}output: {{limit: 3}}\n"));
    });
}

#[test]
fn an_edited_body_without_updated_is_a_note() {
    let project = twelve();
    project.run(&["build"]).ends(0);
    write(&project, 4, "Even", "Edited, and no word of it in the head.");
    let report = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(report.codes().iter().filter(|c| *c == "P006").count(), 1, "{}", report.stdout);
    assert_eq!(report.json()["verdict"], "clean");
    let again = project.run(&["build", "--report", "json"]).ends(0);
    assert!(!again.codes().contains(&"P006".to_owned()), "told once");
}
