//! JSON Feed 1.1 (jsonfeed.org/version/1.1) through serde: one entry a line, so that a change of one is a change of
//! one line.
//!
//! Keys without a value are left out. The feed has no `authors`: every item names its own, and Miniflux adds the feed's to
//! them. `external_url` is for articles on other sites; the source of an article and the
//! addresses of several authors are in the extension `_feedmill`.

use super::text::push_json;
use super::{Carried, byline, own_lang, pictures};
use crate::model::{AbsUrl, Entry, Feed, MediaType, Person};
use serde::Serialize;
use std::borrow::Cow;

/// The JSON document's bytes.
pub(super) fn bytes(feed: &Feed, topic: &AbsUrl) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(super::room(feed));
    serde_json::to_writer(&mut out, &head(feed, topic)).ok()?;
    // The head is an object that is never empty: its brace opens again for the items.
    out.pop();
    out.extend_from_slice(b",\"items\":[");
    for (n, entry) in feed.entries.iter().enumerate() {
        out.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
        push_item(&mut out, entry, feed)?;
    }
    out.extend_from_slice(b"\n]}\n");
    Some(out)
}

/// An item: the keys before the texts, the texts, and the keys after them. The texts are nearly all of its bytes, and
/// are escaped straight into the document.
fn push_item(out: &mut Vec<u8>, entry: &Entry, feed: &Feed) -> Option<()> {
    let first = First { id: entry.json_id(), url: &entry.permalink, external_url: entry.via.as_ref() };
    serde_json::to_writer(&mut *out, &first).ok()?;
    // Neither object is ever empty: the texts go between them.
    out.pop();
    push_text(out, "title", &entry.title);
    match Carried::for_entry(entry, feed.content) {
        Carried::Both(summary, html) => {
            push_text(out, "content_html", html);
            push_text(out, "summary", summary);
        }
        Carried::Html(html) => push_text(out, "content_html", html),
        Carried::Summary(summary) => push_text(out, "content_text", summary),
    }
    let brace = out.len();
    serde_json::to_writer(&mut *out, &last(entry, feed)).ok()?;
    *out.get_mut(brace)? = b',';
    Some(())
}

fn push_text(out: &mut Vec<u8>, key: &str, text: &str) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":\"");
    push_json(out, text);
    out.push(b'"');
}

#[derive(Serialize)]
struct Head<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a AbsUrl,
    feed_url: &'a AbsUrl,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a AbsUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
}

#[derive(Serialize)]
struct Hub<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    url: &'a AbsUrl,
}

#[derive(Serialize)]
struct Author<'a> {
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a AbsUrl>,
}

/// The keys before the texts of an item.
#[derive(Serialize)]
struct First<'a> {
    id: &'a str,
    url: &'a AbsUrl,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a AbsUrl>,
}

/// The keys after the texts.
#[derive(Serialize)]
struct Last<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a AbsUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    banner_image: Option<&'a AbsUrl>,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(rename = "_feedmill", skip_serializing_if = "Option::is_none")]
    extension: Option<Extension<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a AbsUrl,
    mime_type: &'a MediaType,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

#[derive(Serialize)]
struct Extension<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceOf<'a>>,
}

#[derive(Serialize)]
struct SourceOf<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a AbsUrl>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed: Option<&'a AbsUrl>,
}

fn head<'a>(feed: &'a Feed, topic: &'a AbsUrl) -> Head<'a> {
    Head {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.urls.home,
        feed_url: topic,
        description: &feed.description,
        icon: feed.image.as_ref().filter(|_| pictures::site_type(feed).is_none_or(|kind| kind.is_image())),
        language: feed.lang.as_ref().map(|lang| lang.as_str()),
        hubs: feed.hubs.iter().map(|url| Hub { kind: "WebSub", url }).collect(),
    }
}

fn last<'a>(entry: &'a Entry, feed: &Feed) -> Last<'a> {
    let image = entry.image.as_ref().filter(|image| image.media_type.is_image());
    Last {
        image: image.map(|image| &image.url),
        banner_image: image.filter(|image| feed.parts.banner && pictures::is_banner(image)).map(|image| &image.url),
        date_published: entry.published.rfc3339(),
        date_modified: entry.updated.rfc3339(),
        authors: byline::author(&entry.authors).into_iter().map(author).collect(),
        tags: &entry.tags,
        language: own_lang(entry, feed),
        attachments: pictures::enclosure(entry, feed.parts.attachments).map(attachment).into_iter().collect(),
        extension: extension(entry),
    }
}

fn author(person: Cow<'_, Person>) -> Author<'_> {
    match person {
        Cow::Borrowed(person) => Author { name: Cow::Borrowed(&person.name), url: person.url.as_ref() },
        // A joined name has no address.
        Cow::Owned(person) => Author { name: Cow::Owned(person.name), url: None },
    }
}

fn attachment(enclosure: &crate::model::Enclosure) -> Attachment<'_> {
    Attachment {
        url: &enclosure.url,
        mime_type: &enclosure.media_type,
        title: enclosure.alt.as_deref().filter(|alt| !alt.trim().is_empty()),
        size_in_bytes: (enclosure.length > 0).then_some(enclosure.length),
        duration_in_seconds: enclosure.duration,
    }
}

fn extension(entry: &Entry) -> Option<Extension<'_>> {
    let authors = byline::addressed(&entry.authors).iter().map(|person| author(Cow::Borrowed(person)));
    let source = entry.attribution.as_ref().map(|attribution| SourceOf {
        name: &attribution.name,
        url: attribution.url.as_ref(),
        feed: attribution.feed.as_ref(),
    });
    let extension = Extension { authors: authors.collect(), source };
    (!extension.authors.is_empty() || extension.source.is_some()).then_some(extension)
}
