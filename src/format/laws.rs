//! Properties of the writers: feed-rs (an independent reader) reads back what was written, the same feed gives the
//! same bytes, the three formats have the same contents, and the gaps of the XML crates stay closed.

use super::sample::{entries, feed, full_entry, plain_entry, site, url};
use super::{Carried, document, markup};
use crate::diagnostic::Diagnostic;
use crate::model::{ContentMode, Entry, Feed, FeedAddresses, Format, Outline, Site, Timestamp, is_xml_char};
use crate::validate::{self, Subject};
use feed_rs::model::Feed as Read;
use proptest::prelude::*;
use std::sync::Arc;

fn text(feed: &Feed, format: Format) -> String {
    String::from_utf8(document(feed, format).unwrap().bytes).unwrap()
}

fn read(feed: &Feed, format: Format) -> Read {
    feed_rs::parser::parse(text(feed, format).as_bytes()).unwrap_or_else(|e| panic!("{format:?}: {e}"))
}

/// Text as the model lets it through: legal characters, one line, trimmed, not empty.
pub(super) fn words() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("<b>".to_owned()),
        Just("]]>".to_owned()),
        Just("&amp;".to_owned()),
        Just("</entry><entry>".to_owned()),
        Just("\u{a0}😀 ".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(pieces, 0..6).prop_map(|pieces| {
        let legal: String = pieces.concat().chars().filter(|c| is_xml_char(*c) && !c.is_control()).collect();
        let line = legal.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() { "x".to_owned() } else { line }
    })
}

fn any_entry(n: i64) -> impl Strategy<Value = Entry> {
    (words(), words(), words(), proptest::collection::vec(words(), 0..3), 0..2_000_000_000_i64, any::<bool>()).prop_map(
        move |(title, summary, html, tags, at, full)| {
            let entry = if full { full_entry(n) } else { plain_entry(n) };
            let published = Timestamp::from_unix(at).unwrap().in_zone(chrono_tz::Asia::Kathmandu);
            let html = format!("<p>{}</p>", markup::html_text(&html));
            Entry { title, summary, html, tags, published, updated: published.plus_seconds(n), ..entry }
        },
    )
}

pub(super) fn any_feed() -> impl Strategy<Value = Feed> {
    let mode = prop_oneof![Just(ContentMode::Both), Just(ContentMode::Full), Just(ContentMode::Summary)];
    (words(), mode, any_entry(0), any_entry(1))
        .prop_map(|(title, mode, a, b)| Feed { title, ..feed("all", "", mode, vec![Arc::new(a), Arc::new(b)]) })
}

fn unescaped(text: Option<&feed_rs::model::Text>) -> String {
    let text = text.unwrap();
    if text.content_type.essence().to_string() != "text/html" {
        return text.content.clone();
    }
    text.content.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn an_outside_reader_reads_what_was_meant(feed in any_feed()) {
        for format in Format::ALL {
            let read = read(&feed, format);
            // feed-rs guesses HTML in RSS text; there the plain comparison counts.
            let title = |t: Option<&feed_rs::model::Text>| match format {
                Format::Atom => unescaped(t),
                _ => t.unwrap().content.clone(),
            };
            prop_assert_eq!(&title(read.title.as_ref()), &feed.title);
            prop_assert_eq!(read.entries.len(), feed.entries.len());
            for (got, meant) in read.entries.iter().zip(&feed.entries) {
                prop_assert_eq!(&got.id, meant.id.as_str());
                prop_assert_eq!(&title(got.title.as_ref()), &meant.title);
                prop_assert_eq!(got.published.unwrap().timestamp(), meant.published.unix());
                prop_assert!(got.links.iter().any(|link| link.href == meant.permalink.as_str()));
                let tags: Vec<&str> = got.categories.iter().map(|c| c.term.as_str()).collect();
                prop_assert_eq!(&tags, &meant.tags);
                if format != Format::Rss {
                    prop_assert_eq!(got.updated.unwrap().timestamp(), meant.updated.unix());
                }
            }
        }
    }

    #[test]
    fn same_feed_same_bytes(feed in any_feed()) {
        for format in Format::ALL {
            prop_assert_eq!(document(&feed, format), document(&feed.clone(), format));
        }
    }
}

#[test]
fn attributes_of_atom_extensions_are_escaped_once() {
    // The crate writes them raw; if a later version escapes them, this test fails.
    let atom = text(&feed("all", "", ContentMode::Both, entries()), Format::Atom);
    assert!(atom.contains("url=\"https://cdn.example.org/img/a%20b.webp?x=1&amp;y=%222%22\""));
    assert!(!atom.contains("&amp;amp;y="));
}

#[test]
fn titles_of_rss_use_numeric_references() {
    let rss = text(&feed("all", "", ContentMode::Both, entries()), Format::Rss);
    assert!(rss.contains("<title>Vec&#x3C;T&gt; &#x26; Co ]]&gt; \u{a0}\"quoted\" 'single' 😀 עברית</title>"), "{rss}");
}

#[test]
fn modes_say_what_an_entry_carries() {
    let of = |mode| feed("all", "", mode, vec![Arc::new(plain_entry(0))]);
    let (both, full, summary) = (of(ContentMode::Both), of(ContentMode::Full), of(ContentMode::Summary));
    assert!(text(&both, Format::Rss).contains("<description><![CDATA[Short &amp; sweet: Vec&lt;T&gt;"));
    assert!(text(&both, Format::Rss).contains("<content:encoded><![CDATA[<p>"));
    assert!(text(&full, Format::Rss).contains("<description><![CDATA[<p>"));
    assert!(!text(&full, Format::Rss).contains("<content:encoded>"));
    assert!(!text(&full, Format::Atom).contains("<summary"));
    assert!(!text(&full, Format::Json).contains("\"summary\""));
    assert!(!text(&summary, Format::Rss).contains("<content:encoded>"));
    assert!(!text(&summary, Format::Atom).contains("<content"));
    assert!(text(&summary, Format::Json).contains("\"content_text\":\"Short & sweet"));
    let empty = Entry { html: " \n".into(), ..plain_entry(0) };
    assert!(matches!(Carried::for_entry(&empty, ContentMode::Full), Carried::Summary(_)));
}

#[test]
fn a_permalink_is_called_one_only_where_it_is_the_page() {
    let rss = text(&feed("all", "", ContentMode::Both, entries()), Format::Rss);
    assert!(rss.contains("<guid>https://example.org/entry-1/</guid>"));
    assert!(rss.contains("<guid isPermaLink=\"false\">old &#x3C;guid&gt; &#x26; 'x'</guid>"));
    assert!(rss.contains("<guid isPermaLink=\"false\">tag:example.org,2025:entry-0</guid>"));
}

#[test]
fn rss_shows_only_images_it_knows() {
    let with = |image| Feed { image: Some(url(image)), ..feed("all", "", ContentMode::Both, entries()) };
    assert!(
        text(&with("https://example.org/a.PNG?v=1"), Format::Rss).contains("<url>https://example.org/a.PNG?v=1</url>")
    );
    let webp = with("https://example.org/a.webp");
    assert!(!text(&webp, Format::Rss).contains("<image>"));
    assert!(text(&webp, Format::Atom).contains("<logo>https://example.org/a.webp</logo>"));
}

#[test]
fn a_source_is_named_only_with_its_feed() {
    let half = entries().into_iter().filter(|e| e.id.as_str().ends_with("entry-3")).collect();
    let half = feed("all", "", ContentMode::Both, half);
    assert!(!text(&half, Format::Rss).contains("<source"));
    assert!(!text(&half, Format::Atom).contains("<source"));
    assert!(text(&half, Format::Json).contains("\"source\":{\"name\":\"Half\"}"));
}

#[test]
fn languages_stand_where_they_differ() {
    let atom = text(&feed("all", "", ContentMode::Both, entries()), Format::Atom);
    assert_eq!(atom.matches("xml:lang=").count(), 2, "the feed's and the first entry's");
    assert!(atom.contains("<entry xml:lang=\"en-GB\">\n<title"));
}

#[test]
fn no_size_is_claimed_that_is_not_known() {
    let unknown = entries().into_iter().skip(2).take(1).collect();
    let unknown = feed("all", "", ContentMode::Both, unknown);
    assert!(text(&unknown, Format::Rss).contains("length=\"0\""));
    assert!(!text(&unknown, Format::Rss).contains("fileSize"));
    assert!(!text(&unknown, Format::Json).contains("size_in_bytes"));
}

#[test]
fn a_feed_is_named_by_the_site_not_by_its_format() {
    let outline = |name: &str, folder: &str| Outline {
        name: name.into(),
        axis: None,
        label: "T".into(),
        folder: folder.into(),
        addresses: FeedAddresses::in_folder(folder),
        title: "T".into(),
        description: "D".into(),
        lang: None,
        content: ContentMode::Both,
        entries: vec![0],
        total: 1,
        related: Vec::new(),
    };
    let site = site("https://example.org/");
    let made = super::feed(&outline("tag/layer2", "tags/layer2/"), entries(), &site).unwrap();
    assert_eq!(made.id.as_str(), "tag:example.org,2025-06:feeds/tag/layer2");
    assert_eq!(made.urls.topic(Format::Rss).unwrap().as_str(), "https://example.org/feeds/tags/layer2/rss.xml");
    assert_eq!(made.updated.unix(), entries().iter().map(|e| e.updated.unix()).max().unwrap());
    assert_eq!(made.authors.first().unwrap().name, "Site & Co");
    assert_eq!(made.lang, site.lang);
    assert!(super::feed(&outline("all", ""), Vec::new(), &site).is_none());
    let without = Site { since: None, ..site.clone() };
    let made = super::feed(&outline("all", ""), entries(), &without).unwrap();
    assert_eq!(made.id.as_str(), "https://example.org/feeds/atom.xml");
    let numeric =
        super::feed(&outline("all", ""), entries(), &Site { since: site.since, ..self::site("http://[::1]:8080/") });
    assert_eq!(numeric.unwrap().id.as_str(), "http://[::1]:8080/feeds/atom.xml");
}

#[test]
fn our_own_judge_finds_nothing() {
    for mode in [ContentMode::Both, ContentMode::Full, ContentMode::Summary] {
        let feed = feed("tag/layer2", "tags/layer2/", mode, entries());
        for format in Format::ALL {
            let document = document(&feed, format).unwrap();
            let mut found: Vec<Diagnostic> = Vec::new();
            let subject =
                Subject { path: &document.path, format, topic: Some(&document.topic), bytes: &document.bytes };
            validate::verify(subject, &mut found);
            validate::document(subject, &mut found);
            assert_eq!(found, [], "{mode:?}");
        }
    }
}
