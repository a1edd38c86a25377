//! Properties of outlines: order, limits, folders, languages, and the time for a hundred thousand articles.

use super::*;
use crate::ledger::{FeedIndex, Ledger};
use crate::model::trial;
use crate::model::{Accept, Condition, EntryId, Person, Place as At, TagKey, Timestamp};
use crate::normalise;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The feeds of a site that has no subscribers yet.
fn new_outlines(collection: &Collection, site: &Site, sink: &mut dyn Sink) -> Vec<Outline> {
    let (ledger, now) = (Ledger::default(), Timestamp::from_unix(1_800_000_000).unwrap());
    let feeds = FeedIndex::new(&ledger, site);
    outlines(collection, site, &Windows::new(&ledger, &feeds, Accept::NONE, now), sink).outlines
}

fn article(n: i64, tags: &[&str]) -> Article {
    Article {
        published: Timestamp::from_unix(1_750_000_000 + n / 2).unwrap(),
        id: EntryId::new(&format!("urn:{n:06}")).unwrap(),
        tags: tags.iter().map(|t| (TagKey::new(t).unwrap(), (*t).into(), At::WHOLE)).collect(),
        ..trial::article(&format!("{n:06}.md"), &format!("a{n}"))
    }
}

fn site() -> Site {
    let by = |axis| FeedRule::By { axis, paths: Default::default(), limit: Some(2), content: None };
    let mut site = trial::site("https://e.org/");
    site.authors = vec![Person { name: "Ann Lee".into(), email: None, url: None }];
    site.feeds = vec![by(Axis::Tag), by(Axis::Author), by(Axis::Lang)];
    site
}

fn custom(name: &str, condition: Condition) -> FeedRule {
    let content = Some(ContentMode::Full);
    FeedRule::Custom {
        name: name.into(),
        title: None,
        description: None,
        condition,
        paths: Default::default(),
        limit: None,
        content,
    }
}

#[test]
fn everything_first_then_the_families() {
    let mut all: Vec<Article> =
        (0..5).map(|n| article(n, if n % 2 == 0 { &["C++", "Layer2"] } else { &["layer2"] })).collect();
    all[4].lang = Lang::new("en-GB");
    all[4].authors = [Person { name: "Боб".into(), email: None, url: None }].into();
    let mut site = site();
    site.feeds.push(custom("best", Condition::Featured(true)));
    site.feeds.push(custom("en", Condition::Lang(Lang::new("en").unwrap())));
    let mut sink: Vec<Diagnostic> = Vec::new();
    let collection = normalise::collection(all, &site, &BTreeMap::new(), &mut ());
    let got = new_outlines(&collection, &site, &mut sink);
    let names: Vec<(&str, &str, usize, usize)> =
        got.iter().map(|o| (&*o.name, &*o.folder, o.entries.len(), o.total)).collect();
    assert_eq!(
        names,
        [
            ("all", "", 5, 5),
            ("tag/c-plus-plus", "tags/c-plus-plus/", 2, 3),
            ("tag/layer2", "tags/layer2/", 2, 5),
            ("author/ann-lee", "authors/ann-lee/", 2, 4),
            ("author/bob", "authors/bob/", 1, 1),
            ("lang/en-gb", "lang/en-gb/", 1, 1),
            ("lang/ru", "lang/ru/", 2, 4),
            ("en", "en/", 1, 1),
        ]
    );
    assert_eq!(got[0].entries, [4, 2, 3, 0, 1], "newest first, ties by id");
    assert_eq!((got[0].lang.as_ref(), got[6].lang.as_ref().map(Lang::as_str)), (None, Some("ru")));
    assert_eq!(
        (got[2].title.as_str(), got[7].title.as_str(), got[7].content),
        ("Site: Layer2", "en", ContentMode::Full)
    );
    assert!(got.iter().all(|o| !o.description.is_empty()));
    assert_eq!(sink.iter().map(|f| (f.code, &*f.path)).collect::<Vec<_>>(), [(Code::EmptyFeed, "feedmill.yaml")]);
}

#[test]
fn nothing_at_all_is_one_empty_outline() {
    let got = new_outlines(&Collection::default(), &site(), &mut ());
    assert_eq!((got.len(), got[0].total), (1, 0));
}

#[test]
fn many_articles_and_tags_are_no_square() {
    let names: Vec<String> = (0..2_000).map(|n| format!("tag {n}")).collect();
    let tag = |n: usize| names[n % 2_000].as_str();
    let all: Vec<Article> =
        (0..20_000).map(|n| article(n as i64, &[tag(n), tag(n * 7 + 1), tag(n * 13 + 5)])).collect();
    let collection = normalise::collection(all, &site(), &BTreeMap::new(), &mut ());
    assert_eq!(collection.articles.len(), 20_000);
    assert_eq!(new_outlines(&collection, &site(), &mut ()).len(), 1 + 2_000 + 1 + 1);
}

proptest! {
    #[test]
    fn the_order_of_the_input_has_no_say(mut input in Just((0..12i64).collect::<Vec<_>>()).prop_shuffle()) {
        let tags: [&[&str]; 4] = [&["C", "DeFi"], &["C++"], &["c#", "defi"], &["DEFI", "тег"]];
        let make = |order: &[i64]| {
            let mut sink: Vec<Diagnostic> = Vec::new();
            let mut site = site();
            site.since = crate::model::Since::new("2025");
            let all: Vec<Article> = order.iter().map(|n| Article {
                slug: crate::model::Slug::new(&format!("s{}", n / 3)).unwrap(),
                precision: crate::model::Precision::DayOnly,
                ..article(*n, tags[(*n % 4) as usize])
            }).collect();
            let collection = normalise::collection(all, &site, &BTreeMap::new(), &mut sink);
            let outlines = new_outlines(&collection, &site, &mut sink);
            let instants: Vec<_> = collection.articles.iter().map(|a| (a.id.clone(), a.published, a.updated)).collect();
            (outlines, instants, collection.tags, crate::diagnostic::in_order(sink))
        };
        let shuffled = make(&input);
        input.sort_unstable();
        prop_assert_eq!(shuffled, make(&input));
    }
}
