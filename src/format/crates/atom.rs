//! Entries through the `atom_syndication` crate: what [`atom_entry`](super::super::atom_entry) is held to.

use super::super::markup::attribute;
use super::super::{Carried, atom, byline, media, own_lang, pictures, via};
use super::tree::{self, Media};
use crate::model::{self, Attribution, Enclosure, Feed, Format};
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, Link, Source};
use std::collections::BTreeMap;

/// The Atom document's text.
pub(super) fn text(feed: &Feed) -> String {
    let topic = feed.urls.topic(Format::Atom).unwrap();
    let entries = feed.entries.iter().map(|e| entry(e, feed)).collect();
    with_entry_langs(atom::written(feed, &topic, entries).unwrap(), feed)
}

fn entry(entry: &model::Entry, feed: &Feed) -> Entry {
    let carried = Carried::for_entry(entry, feed.content);
    Entry {
        title: atom::title(&entry.title),
        id: entry.id.to_string(),
        updated: entry.updated.datetime(),
        authors: byline::author(&entry.authors).iter().map(|author| atom::person(author)).collect(),
        contributors: byline::addressed(&entry.authors).iter().map(atom::person).collect(),
        categories: entry.tags.iter().map(|tag| category(tag)).collect(),
        links: entry_links(entry, feed),
        published: Some(entry.published.datetime()),
        source: entry.attribution.as_ref().and_then(|a| source(a, entry)),
        summary: carried.summary().map(atom::prose),
        content: carried.html().map(|html| content(html.to_owned())),
        extensions: picture(entry, feed),
        ..Entry::default()
    }
}

fn content(html: String) -> Content {
    Content { content_type: Some("html".into()), value: Some(html), ..Content::default() }
}

/// The term is the label, as RSS and JSON Feed write it: readers show and compare the term.
fn category(tag: &str) -> Category {
    Category { term: tag.to_owned(), scheme: None, label: Some(tag.to_owned()) }
}

fn entry_links(entry: &model::Entry, feed: &Feed) -> Vec<Link> {
    let page = |rel, url: &model::AbsUrl| Link { mime_type: Some("text/html".into()), ..atom::link(rel, url) };
    let enclosure = |image: &Enclosure| Link {
        mime_type: Some(image.media_type.to_string()),
        length: Some(image.length.to_string()),
        title: image.alt.clone().filter(|alt| !alt.trim().is_empty()),
        ..atom::link("enclosure", &image.url)
    };
    std::iter::once(page("alternate", &entry.permalink))
        .chain(pictures::enclosure(entry, feed.parts.enclosure).map(enclosure))
        .chain(via(entry).map(|url| page("via", url)))
        .collect()
}

/// The feed that an entry was taken from (RFC 4287 section 4.2.11): id, title and updated should be there.
fn source(attribution: &Attribution, entry: &model::Entry) -> Option<Source> {
    let feed = attribution.feed.as_ref()?;
    Some(Source {
        title: atom::title(&attribution.title),
        id: attribution.id.clone().unwrap_or_else(|| feed.as_str().to_owned()),
        updated: entry.updated.datetime(),
        links: vec![atom::link("self", feed)],
        ..Source::default()
    })
}

fn picture(entry: &model::Entry, feed: &Feed) -> ExtensionMap {
    let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) else { return ExtensionMap::new() };
    let content = tree::content(image);
    let elements = BTreeMap::from([(content.name.to_owned(), vec![extension(content)])]);
    BTreeMap::from([(media::PREFIX.to_owned(), elements)])
}

/// The crate writes these attributes raw.
fn extension(media: Media) -> Extension {
    let attrs =
        media.attributes.into_iter().map(|(name, value)| (name.to_owned(), attribute(&value).into_owned())).collect();
    let children = media.children.into_iter().map(|child| (child.name.to_owned(), vec![extension(child)])).collect();
    Extension { name: format!("{}:{}", media::PREFIX, media.name), value: Some(media.text), attrs, children }
}

/// In escaped text `<entry>` can only be the tag; the n-th one is the n-th entry's.
fn with_entry_langs(text: String, feed: &Feed) -> String {
    if feed.entries.iter().all(|e| own_lang(e, feed).is_none()) {
        return text;
    }
    let mut parts = text.split("<entry>");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, entry) in parts.zip(&feed.entries) {
        match own_lang(entry, feed) {
            Some(lang) => out.push_str(&format!("<entry xml:lang=\"{lang}\">")),
            None => out.push_str("<entry>"),
        }
        out.push_str(part);
    }
    out
}
