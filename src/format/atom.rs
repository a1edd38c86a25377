//! Atom 1.0 (RFC 4287) through the `atom_syndication` crate.
//!
//! Two gaps of the crate are closed here: it writes attributes of extensions raw (escaped by `media`'s tree on its way),
//! and it knows no `xml:lang` on an entry. A `source` is written only with the feed it names: the crate would date it 1970.

use super::inlay::{self, Dress, Inlay};
use super::markup::{References, attribute, html_text, rewrite_references};
use super::media::{self, Media};
use super::{Carried, GENERATOR, own_lang, pictures, via};
use crate::model::{self, AbsUrl, Attribution, Enclosure, Feed, Format};
use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{self as atom, Category, Content, Generator, Link, Person, Source, Text, WriteConfig};
use std::collections::BTreeMap;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The document.
pub(super) fn bytes(feed: &Feed, topic: &AbsUrl) -> Option<Vec<u8>> {
    inlay::laid(|inlay| written(feed, topic, inlay)).map(String::into_bytes)
}

fn written<'a>(feed: &'a Feed, topic: &AbsUrl, inlay: &mut Inlay<'a>) -> Option<String> {
    let written = atom::Feed {
        title: title(&feed.title),
        id: feed.id.to_string(),
        updated: feed.updated.datetime(),
        authors: feed.authors.iter().map(person).collect(),
        generator: Some(Generator { value: GENERATOR.into(), uri: Some(super::ABOUT.into()), version: None }),
        links: feed_links(feed, topic),
        icon: site_image(feed, pictures::is_icon),
        logo: site_image(feed, |feed| !pictures::is_icon(feed)),
        rights: feed.copyright.as_deref().map(prose),
        subtitle: Some(prose(&feed.description)),
        entries: feed.entries.iter().map(|e| entry(e, feed, inlay)).collect(),
        namespaces: BTreeMap::from([(media::PREFIX.into(), media::NAMESPACE.into())]),
        lang: feed.lang.as_ref().map(|lang| lang.to_string()),
        ..atom::Feed::default()
    };
    let config = WriteConfig { write_document_declaration: false, indent_size: Some(0) };
    let written = written.write_with_config(Vec::new(), config).ok()?;
    let text = rewrite_references(simdutf8::basic::from_utf8(&written).ok()?, references);
    Some([DECLARATION, &with_entry_langs(text, feed), "\n"].concat())
}

/// The site's image where it is one, and has the form.
fn site_image(feed: &Feed, form: impl Fn(&Feed) -> bool) -> Option<String> {
    let url = feed.image.as_ref().filter(|_| form(feed))?;
    pictures::site_type(feed).is_none_or(|kind| kind.is_image()).then(|| url.to_string())
}

/// In plain text and plain-text attributes a reference by number says that a character is meant; HTML content, which is
/// full of them, has the short ones.
fn references(tag: &str) -> References {
    match tag.split(' ').next() {
        Some("content") => References::Named,
        Some("link" | "category") if tag.contains('&') && has_plain_attribute(tag) => References::NumericAttributes,
        _ => References::Numeric,
    }
}

fn has_plain_attribute(tag: &str) -> bool {
    tag.contains(" title=\"") || tag.contains(" label=\"")
}

fn entry<'a>(entry: &'a model::Entry, feed: &Feed, inlay: &mut Inlay<'a>) -> atom::Entry {
    let carried = Carried::of(entry, feed.content);
    atom::Entry {
        title: title(&entry.title),
        id: entry.id.to_string(),
        updated: entry.updated.datetime(),
        authors: entry.authors.iter().map(person).collect(),
        categories: entry.tags.iter().map(|tag| category(tag)).collect(),
        links: entry_links(entry, feed),
        published: Some(entry.published.datetime()),
        source: entry.attribution.as_ref().and_then(|a| source(a, entry)),
        summary: carried.summary().map(prose),
        content: carried.html().map(|html| content(inlay.mark(html, Dress::Text).to_owned())),
        extensions: picture(entry, feed, &carried),
        ..atom::Entry::default()
    }
}

fn content(html: String) -> Content {
    Content { content_type: Some("html".into()), value: Some(html), ..Content::default() }
}

/// Plain where it can be: only what looks like a tag is sent as HTML, for in plain text readers would take it for one
/// (validator class ContainsUndeclaredHTML).
fn title(plain: &str) -> Text {
    let tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && after.contains('>');
    if plain.split('<').skip(1).any(tag) { Text::html(html_text(plain)) } else { Text::plain(plain) }
}

/// Longer text, which readers are freer with: as HTML wherever that makes a difference.
fn prose(plain: &str) -> Text {
    if plain.contains(['<', '&']) { Text::html(html_text(plain)) } else { Text::plain(plain) }
}

fn person(person: &model::Person) -> Person {
    Person {
        name: person.name.clone(),
        email: person.email.clone(),
        uri: person.url.as_ref().map(AbsUrl::to_string),
        ..Person::default()
    }
}

/// The term is the label, as RSS and JSON Feed write it: readers show and compare the term.
fn category(tag: &str) -> Category {
    Category { term: tag.to_owned(), scheme: None, label: Some(tag.to_owned()) }
}

/// With an `alternate` of type HTML alone: the other formats are not what a feed is an alternate of.
fn feed_links(feed: &Feed, topic: &AbsUrl) -> Vec<Link> {
    let own = Link { mime_type: Some(Format::Atom.media_type().into()), ..link("self", topic) };
    let home = Link { mime_type: Some("text/html".into()), ..link("alternate", &feed.urls.home) };
    [own, home].into_iter().chain(feed.hubs.iter().map(|hub| link("hub", hub))).collect()
}

fn entry_links(entry: &model::Entry, feed: &Feed) -> Vec<Link> {
    let page = |rel, url| Link { mime_type: Some("text/html".into()), ..link(rel, url) };
    let enclosure = |image: &Enclosure| Link {
        mime_type: Some(image.media_type.to_string()),
        length: Some(image.length.to_string()),
        title: image.alt.clone().filter(|alt| !alt.trim().is_empty()),
        ..link("enclosure", &image.url)
    };
    std::iter::once(page("alternate", &entry.permalink))
        .chain(pictures::enclosure(entry, feed.parts.enclosure).map(enclosure))
        .chain(via(entry).map(|url| page("via", url)))
        .collect()
}

fn link(rel: &str, url: &AbsUrl) -> Link {
    Link { href: url.to_string(), rel: rel.to_owned(), ..Link::default() }
}

/// The feed that an entry was taken from (RFC 4287 section 4.2.11): id, title and updated should be there.
fn source(attribution: &Attribution, entry: &model::Entry) -> Option<Source> {
    let feed = attribution.feed.as_ref()?;
    Some(Source {
        title: title(&attribution.title),
        id: attribution.id.clone().unwrap_or_else(|| feed.to_string()),
        updated: entry.updated.datetime(),
        links: vec![link("self", feed)],
        ..Source::default()
    })
}

fn picture(entry: &model::Entry, feed: &Feed, carried: &Carried<'_>) -> ExtensionMap {
    let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) else { return ExtensionMap::new() };
    let content = media::content(image, entry, carried);
    let elements = BTreeMap::from([(content.name.to_owned(), vec![extension(content)])]);
    BTreeMap::from([(media::PREFIX.to_owned(), elements)])
}

/// The crate writes these attributes raw.
fn extension(media: Media) -> Extension {
    let attrs = media.attributes.into_iter().map(|(name, value)| (name.to_owned(), attribute(&value))).collect();
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
