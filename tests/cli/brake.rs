//! The brake (issue 2, Done 7): a run that would flood or rob subscribers is refused until `--accept`, and a day's
//! ordinary work is not.

use crate::mill::Mill;
use crate::site::{WITHOUT_SINCE, remove, twelve, write};

/// Built once, changed, refused with the feeds untouched, then accepted.
#[track_caller]
fn stops(mill: &Mill, code: &str, change: impl FnOnce(&Mill)) -> usize {
    mill.run(&["build"]).ends(0);
    let before = mill.tree("feeds");
    change(mill);
    let told = mill.run(&["build"]).ends(1);
    assert!(told.stderr.contains("--accept"), "{}", told.stderr);
    assert!(told.stderr.contains(code), "{}", told.stderr);
    let report = mill.run(&["build", "--report", "json"]).ends(1);
    assert_eq!(report.json()["verdict"], "refused");
    assert_eq!(mill.tree("feeds"), before, "a refused run has changed the feeds");
    mill.run(&["build", "--accept"]).ends(0);
    assert_ne!(mill.tree("feeds"), before);
    mill.run(&["build"]).ends(0);
    report.codes().iter().filter(|c| *c == code).count()
}

/// Built once, changed, and built again without a question.
#[track_caller]
fn passes(change: impl FnOnce(&Mill)) {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let before = mill.tree("feeds");
    change(&mill);
    mill.run(&["build"]).ends(0);
    assert_ne!(mill.tree("feeds"), before, "the change has not arrived");
}

#[test]
fn an_emptied_content_folder_is_refused_even_with_accept() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    let before = mill.tree("feeds");
    (1..=12).for_each(|n| remove(&mill, n));
    assert!(mill.run(&["build", "--report", "json"]).ends(1).codes().contains(&"P001".to_owned()));
    mill.run(&["build", "--accept"]).ends(1);
    assert_eq!(mill.tree("feeds"), before);
    std::fs::remove_dir(mill.path("content")).unwrap();
    let gone = mill.run(&["build", "--accept"]);
    assert!(matches!(gone.code, 1 | 3), "{gone:?}");
    assert_eq!(mill.tree("feeds"), before);
}

#[test]
fn half_the_articles_gone_is_refused() {
    let mill = twelve();
    let findings = stops(&mill, "P004", |mill| (1..=6).for_each(|n| remove(mill, n)));
    assert!(findings >= 1);
    assert!(!mill.read("feeds/rss.xml").contains("article-3"));
}

#[test]
fn three_articles_gone_are_enough() {
    stops(&twelve(), "P004", |mill| (1..=3).for_each(|n| remove(mill, n)));
}

#[test]
fn articles_that_became_faulty_count_as_gone() {
    let mill = twelve();
    stops(&mill, "P004", |mill| {
        for n in 1..=6 {
            mill.write(&format!("content/{n:02}.md"), "---\ntitle: No date any more\n---\n\nText.\n");
        }
    });
}

#[test]
fn a_changed_permalink_pattern_without_since_is_refused() {
    let mill = twelve();
    mill.write("feedmill.yaml", WITHOUT_SINCE);
    let named = stops(&mill, "P002", |mill| {
        mill.write("feedmill.yaml", format!("{WITHOUT_SINCE}content: {{permalink: \"/blog/{{slug}}/\"}}\n"));
    });
    assert_eq!(named, 12, "every id that would change is named");
}

#[test]
fn a_changed_permalink_pattern_with_since_passes() {
    passes(|mill| {
        let config = mill.read("feedmill.yaml");
        mill.write("feedmill.yaml", format!("{config}content: {{permalink: \"/blog/{{slug}}/\"}}\n"));
    });
}

#[test]
fn a_changed_since_is_refused() {
    let named = stops(&twelve(), "P002", |mill| {
        let config = mill.read("feedmill.yaml");
        mill.write("feedmill.yaml", config.replace("since: 2025", "since: 2024"));
    });
    assert_eq!(named, 12, "every id that would change is named");
}

#[test]
fn one_changed_slug_is_refused_and_named() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    mill.write("content/03.md", mill.read("content/03.md").replace("slug: article-3", "slug: another-3"));
    let told = mill.run(&["build"]).ends(1);
    assert!(told.stderr.contains("P002") && told.stderr.contains("tag:example.org,2025:article-3"), "{}", told.stderr);
}

#[test]
fn many_lost_tags_are_refused_and_a_tag_counts_once() {
    let mill = twelve();
    (1..=12).for_each(|n| write(&mill, n, &format!("Tag{n}"), "Text."));
    let named = stops(&mill, "P003", |mill| (1..=6).for_each(|n| write(mill, n, "Shared", "Text.")));
    assert!(named == 1 || named == 6, "one finding, or one for each of the six feeds, not of their 18 files: {named}");
    assert!(!mill.has("feeds/tags/tag1/rss.xml") && mill.has("feeds/tags/shared/feed.json"));
}

#[test]
fn ordinary_days_pass() {
    passes(|mill| write(mill, 13, "Odd", "One more."));
    passes(|mill| remove(mill, 4));
    passes(|mill| write(mill, 4, "Even", "Edited."));
    passes(|mill| write(mill, 4, "Renamed", "With another tag."));
    passes(|mill| [4, 5].iter().for_each(|n| remove(mill, *n)));
}

#[test]
fn articles_pushed_out_by_the_limit_are_not_lost() {
    passes(|mill| {
        let config = mill.read("feedmill.yaml");
        mill.write("feedmill.yaml", format!("{config}output: {{limit: 3}}\n"));
    });
}

#[test]
fn an_edited_body_without_updated_is_a_note() {
    let mill = twelve();
    mill.run(&["build"]).ends(0);
    write(&mill, 4, "Even", "Edited, and no word of it in the head.");
    let report = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(report.codes().iter().filter(|c| *c == "P006").count(), 1, "{}", report.stdout);
    assert_eq!(report.json()["verdict"], "clean");
    let again = mill.run(&["build", "--report", "json"]).ends(0);
    assert!(!again.codes().contains(&"P006".to_owned()), "told once");
}
