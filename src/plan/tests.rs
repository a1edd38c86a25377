//! The plan as a decider: old state and new in, intents out.

use super::*;
use crate::model::trial;
use crate::model::{AbsUrl, ArticlePath, EntryId, Format, Listed, Outcome};
use std::sync::Arc;

/// A ground of numbered articles, each in a feed of its own, with `edit` in the bodies of some.
fn build(numbers: impl IntoIterator<Item = u32>, site: &str, edited: &[u32]) -> Build {
    let mut build = Build { ledger: Some(Ledger::default()), ..Build::default() };
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

fn planned(now: &Build, before: &Before, accept: Accept) -> Plan {
    let (site, mut ledger) = (trial::site("https://e.org/"), Ledger::default());
    if let Some(manifest) = before.known() {
        manifest.complete(&mut ledger);
    }
    plan(now, before, &PlanContext { site: &site, ledger: &ledger, accept })
}

fn codes(before: &Build, now: &Build, accept: Accept) -> Vec<Code> {
    let plan = planned(now, &Before::Known(Manifest::from_build(before)), accept);
    let mut codes: Vec<Code> = plan.findings.iter().map(|f| f.code).collect();
    codes.dedup();
    codes
}

#[test]
fn small_changes_pass() {
    let before = build(0..10, "https://e.org", &[]);
    assert_eq!(codes(&before, &build(0..11, "https://e.org", &[]), Accept::NONE), []);
    assert_eq!(codes(&before, &build(1..10, "https://e.org", &[]), Accept::NONE), []);
    assert_eq!(codes(&before, &build(0..10, "https://e.org", &[3]), Accept::NONE), [Code::SilentEdit]);
}

#[test]
fn mass_changes_are_refused_until_accepted() {
    let before = build(0..10, "https://e.org", &[]);
    let half = build(0..5, "https://e.org", &[]);
    assert_eq!(codes(&before, &half, Accept::NONE), [Code::LostEntries]);
    assert_eq!(codes(&before, &half, Accept::ALL), []);
    assert_eq!(codes(&before, &build(0..0, "https://e.org", &[]), Accept::ALL), [Code::NoArticles]);
}

#[test]
fn a_lost_manifest_deletes_nothing() {
    let now = build(0..3, "https://e.org", &[]);
    let planned = planned(&now, &Before::Lost("it is cut".into()), Accept::NONE);
    assert_eq!(planned.findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::DamagedManifest]);
    assert!(planned.delete.is_empty() && planned.documents.iter().all(|(_, change)| *change == Change::Written));
}

#[test]
fn what_vanished_is_deleted_and_planning_twice_is_empty() {
    let (before, mut now) = (build(0..10, "https://e.org", &[]), build(1..10, "https://e.org", &[]));
    assert_eq!(planned(&now, &Before::Known(Manifest::from_build(&before)), Accept::NONE).delete, ["tags/0/rss.xml"]);
    now.staged.iter_mut().for_each(|s| s.state = DocumentState::AsListed);
    let again = planned(&now, &Before::Known(Manifest::from_build(&now)), Accept::NONE);
    assert!(again.delete.is_empty() && again.documents.iter().all(|(_, change)| *change == Change::Unchanged));
}
