//! An entry of Atom 1.0, written straight into the document as the `atom_syndication` crate writes it: what a feed
//! repeats by the thousand. Tests hold every byte to the crate's.
//!
//! The crate knows no `xml:lang` on an entry, and would date a `source` 1970: it is written only with the feed it names.

use super::markup::{attribute, html_text};
use super::references::EntityStyle;
use super::text::{push_element, push_end, push_pair, push_text};
use super::{Carried, byline, media, own_lang, pictures, via};
use crate::model::{self, AbsUrl, Attribution, Enclosure, Entry, Feed};
use memchr::memchr2;

/// Writes an entry.
pub(super) fn push(out: &mut String, entry: &Entry, feed: &Feed) {
    let carried = Carried::for_entry(entry, feed.content);
    out.push_str("<entry");
    if let Some(lang) = own_lang(entry, feed) {
        push_pair(out, "xml:lang", lang, EntityStyle::Named);
    }
    out.push_str(">\n");
    let updated = entry.updated.datetime().to_rfc3339();
    plain_or_html(out, "title", &entry.title, is_plain_title(&entry.title));
    push_element(out, "id", entry.id.as_str());
    push_element(out, "updated", &updated);
    if let Some(author) = byline::author(&entry.authors) {
        person(out, "author", &author);
    }
    for tag in &entry.tags {
        category(out, tag);
    }
    for author in byline::addressed(&entry.authors) {
        person(out, "contributor", author);
    }
    links(out, entry, feed);
    push_element(out, "published", &entry.published.datetime().to_rfc3339());
    if let Some(attribution) = &entry.attribution {
        source(out, attribution, &updated);
    }
    if let Some(summary) = carried.summary() {
        // Longer text, which readers are freer with: as HTML wherever that makes a difference.
        plain_or_html(out, "summary", summary, memchr2(b'<', b'&', summary.as_bytes()).is_none());
    }
    if let Some(html) = carried.html() {
        // HTML is full of references; they have the short names.
        out.push_str("<content type=\"html\">");
        push_text(out, html, EntityStyle::Named);
        push_end(out, "content");
    }
    if let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) {
        media::push_content(out, image, media_pair);
    }
    push_end(out, "entry");
}

/// Plain where it can be: only what looks like a tag is sent as HTML, for in plain text readers would take it for one
/// (validator class ContainsUndeclaredHTML).
pub(super) fn is_plain_title(title: &str) -> bool {
    let tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && after.contains('>');
    !title.split('<').skip(1).any(tag)
}

fn plain_or_html(out: &mut String, name: &str, text: &str, is_plain: bool) {
    if is_plain {
        return push_element(out, name, text);
    }
    out.push('<');
    out.push_str(name);
    out.push_str(" type=\"html\">");
    push_text(out, &html_text(text), EntityStyle::Numeric);
    push_end(out, name);
}

fn person(out: &mut String, role: &str, person: &model::Person) {
    out.push('<');
    out.push_str(role);
    out.push_str(">\n");
    push_element(out, "name", &person.name);
    if let Some(email) = &person.email {
        push_element(out, "email", email);
    }
    if let Some(url) = &person.url {
        push_element(out, "uri", url.as_str());
    }
    push_end(out, role);
}

/// The term is the label, as RSS and JSON Feed write it: readers show and compare the term.
fn category(out: &mut String, tag: &str) {
    out.push_str("<category");
    push_pair(out, "term", tag, EntityStyle::NumericAttributes);
    push_pair(out, "label", tag, EntityStyle::NumericAttributes);
    out.push_str("/>\n");
}

fn links(out: &mut String, entry: &Entry, feed: &Feed) {
    page(out, "alternate", &entry.permalink);
    if let Some(file) = pictures::enclosure(entry, feed.parts.enclosure) {
        enclosure(out, file);
    }
    if let Some(url) = via(entry) {
        page(out, "via", url);
    }
}

fn page(out: &mut String, rel: &str, url: &AbsUrl) {
    link(out, rel, url, EntityStyle::Named);
    out.push_str(" type=\"text/html\"/>\n");
}

/// Of a link with a title all attributes are written as plain text is.
fn enclosure(out: &mut String, file: &Enclosure) {
    let title = file.alt.as_deref().filter(|alt| !alt.trim().is_empty());
    let references = if title.is_some() { EntityStyle::NumericAttributes } else { EntityStyle::Named };
    link(out, "enclosure", &file.url, references);
    push_pair(out, "type", file.media_type.as_str(), references);
    if let Some(title) = title {
        push_pair(out, "title", title, references);
    }
    push_pair(out, "length", &file.length.to_string(), references);
    out.push_str("/>\n");
}

fn link(out: &mut String, rel: &str, url: &AbsUrl, references: EntityStyle) {
    out.push_str("<link");
    push_pair(out, "href", url.as_str(), references);
    push_pair(out, "rel", rel, references);
}

/// The feed that an entry was taken from (RFC 4287 section 4.2.11): id, title and updated should be there.
fn source(out: &mut String, attribution: &Attribution, updated: &str) {
    let Some(feed) = &attribution.feed else { return };
    out.push_str("<source>\n");
    plain_or_html(out, "title", &attribution.title, is_plain_title(&attribution.title));
    push_element(out, "id", attribution.id.as_deref().unwrap_or(feed.as_str()));
    push_element(out, "updated", updated);
    link(out, "self", feed, EntityStyle::Named);
    out.push_str("/>\n");
    push_end(out, "source");
}

/// Writes an attribute as the crate does for extensions, whose attributes it writes raw.
fn media_pair(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&attribute(value));
    out.push('"');
}
