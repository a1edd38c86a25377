//! Atom 1.0: the metadata of a feed, which the `source` of an entry repeats (RFC 4287 sections 4.1.1 and 4.2.11).

use super::elements::{self, KnownElement, required};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{atom_parts, atom_text, dates, people, urls};
use crate::diagnostic::Code;

/// Where the rules of a feed come from.
pub(super) const SOURCE: &str = "RFC 4287 section 4.1.1";
/// The elements of a feed; `entry` is the last.
pub(super) const FEED: &[KnownElement] = &[
    KnownElement::many("author").inner(),
    KnownElement::many("category").with(&["term", "scheme", "label"]),
    KnownElement::many("contributor").inner(),
    KnownElement::once("generator").with(&["uri", "version"]),
    KnownElement::once("icon"),
    KnownElement::once("id"),
    KnownElement::many("link").with(atom_parts::LINK),
    KnownElement::once("logo"),
    KnownElement::once("rights").with(&["type"]).inner(),
    KnownElement::once("subtitle").with(&["type"]).inner(),
    KnownElement::once("title").with(&["type"]).inner(),
    KnownElement::once("updated"),
    KnownElement::many("entry").inner(),
];

/// The feed that an entry was taken from (RFC 4287 section 4.2.11): a feed's metadata without entries.
pub(super) fn source(source: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RFC 4287 section 4.2.11";
    let known = FEED.split_last().map_or(FEED, |(_, known)| known);
    elements::children(source, Space::Atom, known, SOURCE, judge);
    for name in ["id", "title", "updated"] {
        required(source, Space::Atom, name, SOURCE, judge);
    }
    metadata(source, judge);
}

/// The elements that describe a feed, whether it is this one or a source.
pub(super) fn metadata(feed: &XmlElement, judge: &mut Judge<'_>) {
    for child in feed.children.iter().filter(|child| child.space == Space::Atom) {
        match child.local() {
            "author" | "contributor" => people::person(child, judge),
            "category" => atom_parts::category(child, judge),
            "link" => atom_parts::link(child, judge),
            "title" | "subtitle" | "rights" => atom_text::text(child, judge),
            "updated" => date(child, judge),
            "id" => id(child, judge),
            "icon" | "logo" => address(child, child.value(), judge),
            "generator" => generator(child, judge),
            _ => {}
        }
    }
    atom_parts::alternates(feed, judge);
}

/// A date of Atom.
pub(super) fn date(element: &XmlElement, judge: &mut Judge<'_>) {
    if let Err(why) = dates::rfc3339(&element.text) {
        let message = format!("<{}> {} {why}", element.name, quoted_value(&element.text));
        judge.report(Code::BadFeedDate, element.at, message, "RFC 4287 section 3.3");
    }
}

/// An id, which readers compare as a string, white space included.
pub(super) fn id(element: &XmlElement, judge: &mut Judge<'_>) {
    if element.value().is_empty() {
        return; // Reported as missing.
    }
    if let Err(why) = crate::model::sound_id(&element.text) {
        let message = format!("the id {} {why}", quoted_value(&element.text));
        judge.report(Code::BadFeedId, element.at, message, "RFC 4287 section 4.2.6");
    }
}

fn address(element: &XmlElement, value: &str, judge: &mut Judge<'_>) {
    if value.is_empty() {
        return judge.report(Code::MissingElement, element.at, format!("<{}> is empty", element.name), SOURCE);
    }
    if let Err(why) = urls::absolute(value) {
        let message = format!("<{}> {} {why}", element.name, quoted_value(value));
        judge.report(Code::BadFeedUrl, element.at, message, SOURCE);
    }
}

fn generator(generator: &XmlElement, judge: &mut Judge<'_>) {
    if generator.value().is_empty() {
        judge.report(Code::MissingElement, generator.at, "<generator> is empty", "RFC 4287 section 4.2.4");
    }
    if let Some(uri) = generator.attribute("uri") {
        address(generator, uri, judge);
    }
}
