//! A site and an article for tests, with plain values that a test overrides where needed.

use super::{
    AbsUrl, AddressFrom, Article, ArticlePath, BodyRef, ContentMode, ContentRules, Credit, EntryId, Format, ImageRules,
    Lang, OutputRules, PageRules, Pages, Places, Precision, Site, Slug, Timestamp,
};
use std::collections::BTreeMap;

/// A Russian-language site at this URL, in UTC.
pub fn site(url: &str) -> Site {
    let url = AbsUrl::parse(url).unwrap();
    Site {
        title: "Site".into(),
        description: None,
        lang: Lang::new("ru"),
        timezone: chrono_tz::Tz::UTC,
        since: None,
        id_host: None,
        authors: Vec::new(),
        image: None,
        copyright: None,
        content: ContentRules::default(),
        output: OutputRules {
            dir: "feeds".into(),
            url: url.join("feeds/").unwrap(),
            formats: Format::ALL.to_vec(),
            limit: 50,
            min_age: None,
            content: ContentMode::Both,
            pages: Pages::Written,
            condition: None,
            old_addresses: Default::default(),
            paths: Default::default(),
        },
        feeds: Vec::new(),
        aliases: BTreeMap::new(),
        sources: BTreeMap::new(),
        people: BTreeMap::new(),
        hubs: Vec::new(),
        credit: Credit::Shown,
        pages: PageRules::default(),
        images: ImageRules::default(),
        targets: Vec::new(),
        publishing: Default::default(),
        push: Default::default(),
        policy: crate::diagnostic::PolicyRules::default(),
        url,
    }
}

/// An article with this path and slug, published on a day of 2025.
pub fn article(path: &str, slug: &str) -> Article {
    let permalink = AbsUrl::parse(&format!("https://e.org/{path}/{slug}/")).unwrap();
    let published = Timestamp::from_unix(1_750_000_000).unwrap();
    Article {
        path: ArticlePath::new(path),
        id: EntryId::new(permalink.as_str()).unwrap(),
        guids: None,
        record: Default::default(),
        id_written: false,
        permalink,
        slug: Slug::new(slug).unwrap(),
        title: slug.into(),
        published,
        precision: Precision::Written,
        updated: published,
        expires: None,
        tags: Box::default(),
        categories: Box::default(),
        description: None,
        image: None,
        enclosure: None,
        attribution: None,
        via: None,
        authors: Default::default(),
        lang: None,
        featured: false,
        draft: false,
        address: AddressFrom::default(),
        body: BodyRef::default(),
        places: Places::default(),
        abridged: false,
        moved: false,
    }
}
