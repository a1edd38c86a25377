//! Feeds for the tests of the writers: one that uses every field, with text that is hard for writers and readers.

use crate::model::{
    AbsUrl, Attribution, ContentMode, Enclosure, Entry, EntryId, Feed, FeedAddresses, FeedUrls, Format, Guids,
    ImageRules, Lang, MediaType, Person, Since, Site, Timestamp,
};
use std::sync::Arc;

/// A URL of the sample site.
pub(super) fn url(text: &str) -> AbsUrl {
    AbsUrl::parse(text).unwrap()
}

/// An entry with nothing that may be left out.
pub(super) fn plain_entry(n: i64) -> Entry {
    let published = Timestamp::from_unix(1_749_330_000 - n * 3600).unwrap();
    Entry {
        id: EntryId::new(&format!("tag:example.org,2025:entry-{n}")).unwrap(),
        guids: None,
        permalink: url(&format!("https://example.org/entry-{n}/")),
        title: format!("Entry {n}"),
        published,
        updated: published,
        authors: vec![Person { name: "Ivan".into(), email: None, url: None }],
        tags: Vec::new(),
        lang: Lang::new("ru"),
        summary: "Short & sweet: Vec<T>, a < b > c, &amp; literal".into(),
        html: "<p>Vec&lt;T&gt; &amp; Co ]]&gt;</p>\n<pre><code>if a ]]> b &amp;&amp; c\n</code></pre>".into(),
        image: None,
        media: None,
        attribution: None,
        via: None,
        body_hash: String::new(),
    }
}

/// An entry with everything that may be there.
pub(super) fn full_entry(n: i64) -> Entry {
    Entry {
        title: "Vec<T> & Co ]]> \u{a0}\"quoted\" 'single' 😀 עברית".into(),
        updated: Timestamp::from_unix(1_749_330_000 + n).unwrap().in_zone(chrono_tz::Europe::Moscow),
        authors: vec![
            Person {
                name: "Анна & Ко".into(),
                email: Some("anna@example.org".into()),
                url: Some(url("https://example.org/a?b=1&c=2")),
            },
            Person { name: "O'Neil \"Bob\" <b>".into(), email: None, url: None },
        ],
        tags: vec!["Layer2".into(), "C++ & C#".into(), "vec<t>".into(), "Криптовалюты".into()],
        lang: Lang::new("en-GB"),
        image: Some(Enclosure {
            url: url("https://cdn.example.org/img/a%20b.webp?x=1&y=\"2\""),
            media_type: MediaType::new("image/webp").unwrap(),
            length: 1234,
            width: Some(800),
            height: Some(600),
            alt: Some("A \"picture\" of <b> &amp; more\nin two lines".into()),
            duration: None,
        }),
        attribution: Some(Attribution {
            name: "DeFiBank <&>".into(),
            url: Some(url("https://defibank.example/?a=1&b=2")),
            feed: Some(url("https://defibank.example/rss.xml?a=1&b=2")),
            title: "DeFi <Bank> & Co".into(),
            id: Some("urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6".into()),
        }),
        via: Some(url("https://elsewhere.example/story?x=1&y=2")),
        ..plain_entry(n)
    }
}

/// Entries of every kind: full, plain, web id, permalink id, empty body, unknown size, half a source.
pub(super) fn entries() -> Vec<Arc<Entry>> {
    let unsized_image =
        full_entry(0).image.map(|image| Enclosure { length: 0, width: None, height: None, alt: None, ..image });
    let half = Attribution { name: "Half".into(), url: None, feed: None, title: "Half".into(), id: None };
    let entries = [
        full_entry(0),
        Entry { id: EntryId::new("https://example.org/entry-1/").unwrap(), ..plain_entry(1) },
        Entry {
            id: EntryId::new("https://example.org/#old-guid").unwrap(),
            guids: guids("old <guid> & 'x'"),
            image: unsized_image,
            ..plain_entry(2)
        },
        Entry { html: "\n".into(), lang: None, attribution: Some(half), ..plain_entry(3) },
        Entry { id: EntryId::new("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a").unwrap(), ..plain_entry(4) },
        Entry { title: "AT&T, R&D &amp; <3 a<b".into(), ..plain_entry(5) },
    ];
    entries.into_iter().map(Arc::new).collect()
}

fn guids(written: &str) -> Option<Box<Guids>> {
    Some(Box::new(Guids { rss: written.into(), json: written.into() }))
}

/// A feed of these entries.
pub(super) fn feed(name: &str, folder: &str, content: ContentMode, entries: Vec<Arc<Entry>>) -> Feed {
    Feed {
        name: name.into(),
        folder: folder.into(),
        id: EntryId::new(&format!("tag:example.org,2025:feeds/{name}")).unwrap(),
        title: "Feeds <of> Tom & \"Jerry\"".into(),
        description: "All of <it> & more".into(),
        lang: Lang::new("ru"),
        content,
        urls: FeedUrls {
            home: url("https://example.org/"),
            base: url("https://example.org/feeds/").join(folder).unwrap(),
            output: url("https://example.org/feeds/"),
            addresses: FeedAddresses::in_folder(folder),
        },
        updated: entries.iter().map(|e| e.updated).max().unwrap(),
        authors: vec![Person { name: "Site & Co".into(), email: None, url: Some(url("https://example.org/")) }],
        image: Some(url("https://example.org/logo.png")),
        image_facts: None,
        parts: ImageRules::default().parts,
        copyright: Some("© 2025 Tom & Jerry <all>".into()),
        hubs: vec![url("https://hub.example.org/?a=1&b=2"), url("https://hub2.example.org/")],
        copies: Vec::new(),
        formats: Format::ALL.to_vec(),
        face: None,
        entries,
    }
}

/// A site without people, under a root.
pub(super) fn site(root: &str) -> Site {
    Site { title: "Site & Co".into(), since: Since::new("2025-06"), ..crate::model::trial::site(root) }
}
