//! Stores that do less than S3 does, and what a broken copy leaves in one.

use super::*;

/// A copy that broke off leaves an empty object, which has no first byte.
#[test]
fn an_empty_manifest_is_a_lost_one() {
    let store = Store::new();
    publish(&mut store.bucket(), ONE).unwrap();
    store.objects().put(MANIFEST, Vec::new(), &Said::default(), &When::Always).unwrap();
    let mut bucket = store.bucket();
    assert_eq!(bucket.try_conditions().unwrap(), None);
    assert!(matches!(bucket.before().unwrap(), Before::Lost(_)));
    publish(&mut bucket, ONE).unwrap();
    assert!(store.manifest().documents.contains_key("rss.xml"));
}

#[test]
fn a_store_without_ranges_and_listed_tags_gets_only_what_changed() {
    let store = Store { is_complete: false, ..Store::new() };
    publish(&mut store.bucket(), ONE).unwrap();
    store.writes();
    let mut bucket = store.bucket();
    assert_eq!(bucket.try_conditions().unwrap(), None);
    publish(&mut bucket, ONE).unwrap();
    assert_eq!(store.writes(), 0, "nothing changed");
    publish(&mut bucket, TWO).unwrap();
    assert_eq!(store.feeds(), set(TWO));
    store.objects().put("index.html", "<html>mine</html>".into(), &Said::default(), &When::Always).unwrap();
    let plan = planned(&mut store.bucket(), &[("rss.xml", "2"), ("index.html", "1")]).unwrap();
    assert!(plan.findings.iter().any(|finding| finding.code == Code::ForeignPage), "{:?}", plan.findings);
}

#[test]
fn a_lost_manifest_is_told_and_deletes_nothing() {
    let store = Store::new();
    publish(&mut store.bucket(), ONE).unwrap();
    store.objects().delete(MANIFEST).unwrap();
    let mut bucket = store.bucket();
    assert!(matches!(bucket.before().unwrap(), Before::Lost(_)));
    publish(&mut bucket, TWO).unwrap();
    assert!(store.feeds().contains_key("tags/c/rss.xml"));
    store.objects().put(MANIFEST, b"{".to_vec(), &Said::default(), &When::Always).unwrap();
    assert!(matches!(bucket.before().unwrap(), Before::Lost(_)));
    publish(&mut bucket, TWO).unwrap();
    assert!(store.manifest().documents.contains_key("tags/d/rss.xml"));
}
