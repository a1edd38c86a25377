//! The plan as a decider: old state and new in, intents out.

use super::*;
use crate::model::{AbsUrl, ArticlePath, EntryId, Format, Listed, Outcome};
use std::sync::Arc;

/// A ground of numbered articles, each in a feed of its own, with `edit` in the bodies of some.
fn build(numbers: impl IntoIterator<Item = u32>, site: &str, edited: &[u32]) -> Build {
    let mut build = Build::default();
    for n in numbers {
        let (path, id) = (ArticlePath::new(&format!("{n}.md")), EntryId::new(&format!("{site}/{n}/")).unwrap());
        let body = format!("{n}{}", if edited.contains(&n) { "*" } else { "" });
        build.articles.insert(path.clone(), Outcome::Accepted);
        build.ids.insert(path.clone(), id.clone());
        Arc::make_mut(&mut build.listed).insert(id, Listed { path, body: body.clone(), revision: "r".into() });
        build.staged.push(Staged {
            path: format!("tags/{n}/rss.xml"),
            feed: format!("tag/{n}"),
            format: Format::Rss,
            topic: AbsUrl::parse("https://e.org/").unwrap(),
            items: 1,
            size: 1,
            digest: body,
            state: DocumentState::Differs,
        });
    }
    build
}

fn codes(before: &Build, now: &Build, consent: Consent) -> Vec<Code> {
    let plan = plan(now, &Before::Known(Manifest::from_build(before)), consent);
    let mut codes: Vec<Code> = plan.findings.iter().map(|f| f.code).collect();
    codes.dedup();
    codes
}

#[test]
fn small_changes_pass() {
    let before = build(0..10, "https://e.org", &[]);
    assert_eq!(codes(&before, &build(0..11, "https://e.org", &[]), Consent::Ask), []);
    assert_eq!(codes(&before, &build(1..10, "https://e.org", &[]), Consent::Ask), []);
    assert_eq!(codes(&before, &build(0..10, "https://e.org", &[3]), Consent::Ask), [Code::SilentEdit]);
}

#[test]
fn mass_changes_are_refused_until_accepted() {
    let before = build(0..10, "https://e.org", &[]);
    let half = build(0..5, "https://e.org", &[]);
    assert_eq!(codes(&before, &half, Consent::Ask), [Code::LostEntries, Code::LostFeeds]);
    assert_eq!(codes(&before, &half, Consent::Accepted), []);
    let moved = build(0..10, "https://e.org/new", &[]);
    assert_eq!(codes(&before, &moved, Consent::Ask), [Code::ChangedId]);
    assert_eq!(plan(&moved, &Before::Known(Manifest::from_build(&before)), Consent::Ask).findings.len(), 10);
    assert_eq!(codes(&before, &build(0..0, "https://e.org", &[]), Consent::Accepted), [Code::NoArticles]);
}

#[test]
fn a_renamed_file_with_a_new_id_is_a_changed_id() {
    let before = build(0..4, "https://e.org", &[]);
    let mut now = build(1..4, "https://e.org", &[]);
    let (path, id) = (ArticlePath::new("zero.md"), EntryId::new("https://e.org/zero/").unwrap());
    now.articles.insert(path.clone(), Outcome::Accepted);
    now.ids.insert(path.clone(), id.clone());
    Arc::make_mut(&mut now.listed).insert(id, Listed { path, body: "0".into(), revision: "r".into() });
    assert_eq!(codes(&before, &now, Consent::Ask), [Code::ChangedId]);
}

#[test]
fn a_lost_manifest_deletes_nothing() {
    let now = build(0..3, "https://e.org", &[]);
    let planned = plan(&now, &Before::Lost("it is cut".into()), Consent::Ask);
    assert_eq!(planned.findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::DamagedManifest]);
    assert!(planned.delete.is_empty() && planned.documents.iter().all(|(_, change)| *change == Change::Written));
}

#[test]
fn what_vanished_is_deleted_and_planning_twice_is_empty() {
    let (before, mut now) = (build(0..10, "https://e.org", &[]), build(1..10, "https://e.org", &[]));
    assert_eq!(plan(&now, &Before::Known(Manifest::from_build(&before)), Consent::Ask).delete, ["tags/0/rss.xml"]);
    now.staged.iter_mut().for_each(|s| s.state = DocumentState::AsListed);
    let again = plan(&now, &Before::Known(Manifest::from_build(&now)), Consent::Ask);
    assert!(again.delete.is_empty() && again.documents.iter().all(|(_, change)| *change == Change::Unchanged));
}
