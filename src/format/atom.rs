//! Atom 1.0 (RFC 4287): the feed itself through the `atom_syndication` crate, its entries by
//! [`atom_entry`](super::atom_entry).

use super::markup::{html_text, rewrite_references};
use super::references::EntityStyle;
use super::{GENERATOR, atom_entry, media, pictures};
use crate::model::{self, AbsUrl, Feed, Format};
use atom_syndication::{self as atom, Generator, Link, Person, Text, WriteConfig};
use std::collections::BTreeMap;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// The Atom document's bytes.
pub(super) fn bytes(feed: &Feed, topic: &AbsUrl) -> Option<Vec<u8>> {
    let frame = written(feed, topic, Vec::new())?;
    let (head, end) = frame.split_at_checked(frame.rfind("</feed>")?)?;
    let mut out = String::with_capacity(frame.len() + super::room(feed));
    out.push_str(head);
    for entry in &feed.entries {
        atom_entry::push(&mut out, entry, feed);
    }
    out.push_str(end);
    Some(out.into_bytes())
}

/// The feed with these entries, as the crate writes them.
pub(super) fn written(feed: &Feed, topic: &AbsUrl, entries: Vec<atom::Entry>) -> Option<String> {
    let written = atom::Feed {
        title: title(&feed.title),
        id: feed.id.to_string(),
        updated: feed.updated.datetime(),
        authors: feed.authors.iter().map(person).collect(),
        generator: Some(Generator { value: GENERATOR.into(), uri: None, version: None }),
        links: feed_links(feed, topic),
        icon: site_image(feed, pictures::is_icon),
        logo: site_image(feed, |feed| !pictures::is_icon(feed)),
        rights: feed.copyright.as_deref().map(prose),
        subtitle: Some(prose(&feed.description)),
        entries,
        namespaces: BTreeMap::from([(media::PREFIX.into(), media::NAMESPACE.into())]),
        lang: feed.lang.as_ref().map(|lang| lang.to_string()),
        ..atom::Feed::default()
    };
    let config = WriteConfig { write_document_declaration: false, indent_size: Some(0) };
    let written = written.write_with_config(Vec::new(), config).ok()?;
    let text = rewrite_references(simdutf8::basic::from_utf8(&written).ok()?, references);
    Some([DECLARATION, &text, "\n"].concat())
}

/// The site's image where it is one, and has the form.
fn site_image(feed: &Feed, form: impl Fn(&Feed) -> bool) -> Option<String> {
    let url = feed.image.as_ref().filter(|_| form(feed))?;
    pictures::site_type(feed).is_none_or(|kind| kind.is_image()).then(|| url.as_str().to_owned())
}

/// Plain text and plain-text attributes use numeric references, which mark literal characters; HTML content, which
/// has many references, uses the short ones.
fn references(tag: &str) -> EntityStyle {
    match tag.split(' ').next() {
        Some("content") => EntityStyle::Named,
        Some("link" | "category") if tag.contains('&') && has_plain_attribute(tag) => EntityStyle::NumericAttributes,
        _ => EntityStyle::Numeric,
    }
}

fn has_plain_attribute(tag: &str) -> bool {
    tag.contains(" title=\"") || tag.contains(" label=\"")
}

/// Plain where it can be, as a title of an entry is.
pub(super) fn title(plain: &str) -> Text {
    if atom_entry::is_plain_title(plain) { Text::plain(plain) } else { Text::html(html_text(plain)) }
}

/// Longer text, which readers are freer with: as HTML wherever that makes a difference.
pub(super) fn prose(plain: &str) -> Text {
    if plain.contains(['<', '&']) { Text::html(html_text(plain)) } else { Text::plain(plain) }
}

/// As the crate has people.
pub(super) fn person(person: &model::Person) -> Person {
    Person {
        name: person.name.clone(),
        email: person.email.clone(),
        uri: person.url.as_ref().map(|url| url.as_str().to_owned()),
        ..Person::default()
    }
}

/// With an `alternate` of type HTML alone: the other formats are not what a feed is an alternate of.
fn feed_links(feed: &Feed, topic: &AbsUrl) -> Vec<Link> {
    let own = Link { mime_type: Some(Format::Atom.media_type().into()), ..link("self", topic) };
    let home = Link { mime_type: Some("text/html".into()), ..link("alternate", &feed.urls.home) };
    [own, home].into_iter().chain(feed.hubs.iter().map(|hub| link("hub", hub))).collect()
}

/// As the crate has links.
pub(super) fn link(rel: &str, url: &AbsUrl) -> Link {
    Link { href: url.as_str().to_owned(), rel: rel.to_owned(), ..Link::default() }
}
