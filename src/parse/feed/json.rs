//! JSON Feed 1.x, and the export of Ghost. Entries are read one by one, so that memory stays near the size of the document.

use super::{FeedFault, MAX_ENTRIES, SourceEntry, SourceFeed, dates};
use crate::model::Format;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The top of a document: a JSON Feed has `version` and `items`, an export of Ghost `db` or `data`.
#[derive(Deserialize)]
struct Top<'a> {
    #[serde(default)]
    version: Option<Word>,
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
    #[serde(default)]
    feed_url: Option<String>,
    #[serde(default)]
    home_page_url: Option<String>,
    #[serde(default)]
    next_url: Option<String>,
    #[serde(borrow, default)]
    db: Option<Vec<Database<'a>>>,
    #[serde(borrow, default)]
    data: Option<Tables<'a>>,
}

#[derive(Deserialize)]
struct Database<'a> {
    #[serde(borrow)]
    data: Tables<'a>,
}

#[derive(Deserialize)]
struct Tables<'a> {
    #[serde(borrow, default)]
    posts: Vec<&'a RawValue>,
}

/// A text, or a number as it was written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Number(serde_json::Number),
    Flag(bool),
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text.trim()),
            Self::Number(number) => number.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// An item of JSON Feed.
#[derive(Deserialize)]
struct JsonItem {
    id: Option<Word>,
    url: Option<String>,
    external_url: Option<String>,
    title: Option<String>,
    content_html: Option<String>,
    content_text: Option<String>,
    summary: Option<String>,
    date_published: Option<String>,
    date_modified: Option<String>,
    #[serde(default)]
    authors: Vec<Author>,
    #[serde(default)]
    tags: Vec<Word>,
}

/// An author of an item of JSON Feed.
#[derive(Deserialize)]
struct Author {
    name: Option<String>,
}

/// A post of Ghost. Before version 1.0 ids were numbers, `page` was a flag, and feeds had the `uuid`.
#[derive(Deserialize)]
struct GhostPost {
    id: Option<Word>,
    uuid: Option<String>,
    title: Option<String>,
    slug: Option<String>,
    html: Option<String>,
    plaintext: Option<String>,
    status: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    page: Option<Word>,
    published_at: Option<Word>,
    updated_at: Option<Word>,
}

pub(super) fn read(text: &str) -> Result<SourceFeed, FeedFault> {
    let top: Top<'_> = serde_json::from_str(text).map_err(|why| FeedFault::Json(why.to_string()))?;
    let version = top.version.map(|version| version.to_string()).unwrap_or_default();
    let export = top.db.into_iter().flatten().map(|db| db.data).chain(top.data).next();
    let (raw, is_export) = match (top.items, export) {
        (Some(items), _) if version.contains("jsonfeed") => (items, false),
        (_, Some(tables)) => (tables.posts, true),
        _ => return Err(FeedFault::NotAFeed("its `version` is not that of JSON Feed".into())),
    };
    if raw.len() > MAX_ENTRIES {
        return Err(FeedFault::TooMany);
    }
    let mut entries = Vec::new();
    for item in raw {
        let fault = |why: serde_json::Error| FeedFault::Json(why.to_string());
        if is_export {
            entries.extend(ghost_entry(serde_json::from_str(item.get()).map_err(fault)?));
        } else {
            entries.push(json_entry(serde_json::from_str(item.get()).map_err(fault)?));
        }
    }
    Ok(SourceFeed {
        format: if is_export { Format::Rss } else { Format::Json },
        is_export,
        generator: String::new(),
        address: top.feed_url.unwrap_or_default(),
        home: top.home_page_url.unwrap_or_default(),
        next: top.next_url.unwrap_or_default(),
        entries,
    })
}

fn json_entry(item: JsonItem) -> SourceEntry {
    let date = |text: Option<String>| text.and_then(|text| dates::read(&text));
    let text = item.content_html.or(item.content_text).or(item.summary);
    let authors = item.authors.into_iter().filter_map(|author| author.name);
    SourceEntry {
        authors: authors.fold(String::new(), |lines, name| lines + &name + "\n"),
        tags: item.tags.into_iter().fold(String::new(), |lines, tag| lines + &tag.to_string() + "\n"),
        id: item.id.map(|id| id.to_string()).unwrap_or_default(),
        link: item.url.or(item.external_url).unwrap_or_default().trim().to_owned(),
        title: item.title.unwrap_or_default(),
        published: date(item.date_published),
        updated: date(item.date_modified),
        text: text.unwrap_or_default(),
        markup: 0,
    }
    .completed()
}

/// A post that is published. Ghost serves it at its slug, unless its routes say otherwise.
fn ghost_entry(post: GhostPost) -> Option<SourceEntry> {
    let is_page = post.kind.is_some_and(|kind| kind != "post")
        || post.page.is_some_and(|page| matches!(page.to_string().as_str(), "1" | "true"));
    if is_page || post.status.as_deref() != Some("published") {
        return None;
    }
    let date = |at: Option<Word>| match at? {
        Word::Text(text) => dates::read(&text),
        Word::Number(millis) => crate::model::Timestamp::from_unix(millis.as_i64()? / 1000),
        Word::Flag(_) => None,
    };
    let id = match post.id {
        Some(Word::Text(id)) => id.trim().to_owned(),
        _ => post.uuid.unwrap_or_default(),
    };
    let entry = SourceEntry {
        id,
        link: post.slug.map(|slug| format!("/{slug}/")).unwrap_or_default(),
        title: post.title.unwrap_or_default(),
        published: date(post.published_at),
        updated: date(post.updated_at),
        text: post.html.or(post.plaintext).unwrap_or_default(),
        ..SourceEntry::default()
    };
    Some(entry.completed())
}
