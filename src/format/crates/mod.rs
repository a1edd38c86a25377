//! Whole documents through the crates for RSS and Atom, and a whole item through serde. Used only by tests, which
//! compare the faster hand-written output with it, byte for byte.

mod atom;
mod rss;
mod tree;

use super::document;
use super::laws::{any_feed, words};
use super::sample::{entries, feed};
use crate::model::{Attribution, ContentMode, Enclosure, Entry, Feed, Format, Person};
use proptest::prelude::*;
use std::sync::Arc;

fn ours(feed: &Feed, format: Format) -> String {
    String::from_utf8(document(feed, format).unwrap().bytes).unwrap()
}

/// A feed whose texts are all of the awkward kind, HTML included.
fn awkward_feed() -> impl Strategy<Value = Feed> {
    (any_feed(), proptest::collection::vec(words(), 8), any::<[bool; 4]>()).prop_map(|(feed, words, coins)| {
        let word = |n: usize| words[n % words.len()].clone();
        let entry = |(n, entry): (usize, &Arc<Entry>)| {
            let entry = Entry::clone(entry);
            let person = |p: Person| Person { name: word(n), email: p.email.map(|_| word(n + 1)), ..p };
            let image = |i: Enclosure| Enclosure { alt: coins[0].then(|| word(n + 2)), ..i };
            let source = |a: Attribution| {
                let id = a.id.filter(|_| coins[1]).map(|_| word(n + 3));
                Attribution { name: word(n + 4), title: word(n + 5), id, ..a }
            };
            Arc::new(Entry {
                authors: entry.authors.into_iter().map(person).collect(),
                image: entry.image.map(image),
                attribution: entry.attribution.map(source),
                html: if coins[2] { word(n + 6) } else { entry.html },
                ..entry
            })
        };
        let mut parts = feed.parts;
        (parts.media, parts.enclosure) = (coins[3], coins[0] || coins[3]);
        Feed { entries: feed.entries.iter().enumerate().map(entry).collect(), parts, ..feed }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_by_hand_is_what_the_crates_write(feed in awkward_feed()) {
        prop_assert_eq!(ours(&feed, Format::Rss), rss::text(&feed));
        prop_assert_eq!(ours(&feed, Format::Atom), atom::text(&feed));
        let json = ours(&feed, Format::Json);
        let items: serde_json::Value = serde_json::from_str(&json).unwrap();
        for (line, item) in json.lines().skip(1).zip(items["items"].as_array().unwrap()) {
            prop_assert_eq!(line.trim_end_matches(','), serde_json::to_string(item).unwrap());
        }
    }
}

#[test]
fn samples_are_written_as_the_crates_write_them() {
    for mode in [ContentMode::Both, ContentMode::Full, ContentMode::Summary] {
        let feed = feed("all", "", mode, entries());
        assert_eq!(ours(&feed, Format::Rss), rss::text(&feed));
        assert_eq!(ours(&feed, Format::Atom), atom::text(&feed));
    }
    let long = Entry { html: "<p>я]]></p>&".repeat(20_000), ..Entry::clone(&entries()[0]) };
    let feed = feed("all", "", ContentMode::Both, vec![Arc::new(long)]);
    assert_eq!(ours(&feed, Format::Rss), rss::text(&feed));
    assert_eq!(ours(&feed, Format::Atom), atom::text(&feed));
}
