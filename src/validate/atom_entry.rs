//! Atom 1.0: the entry (RFC 4287 section 4.1.2).

use super::elements::{self, KnownElement, required};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{atom_metadata, atom_parts, atom_text, extensions, people};
use crate::diagnostic::Code;
use std::collections::BTreeMap;

const SOURCE: &str = "RFC 4287 section 4.1.2";
const ENTRY: &[KnownElement] = &[
    KnownElement::many("author").inner(),
    KnownElement::many("category").with(&["term", "scheme", "label"]),
    KnownElement::once("content").with(&["type", "src"]).inner(),
    KnownElement::many("contributor").inner(),
    KnownElement::once("id"),
    KnownElement::many("link").with(atom_parts::LINK),
    KnownElement::once("published"),
    KnownElement::once("rights").with(&["type"]).inner(),
    KnownElement::once("source").inner(),
    KnownElement::once("summary").with(&["type"]).inner(),
    KnownElement::once("title").with(&["type"]).inner(),
    KnownElement::once("updated"),
];

/// An entry for itself.
pub(super) fn entry(entry: &XmlElement, judge: &mut Judge<'_>) {
    elements::children(entry, Space::Atom, ENTRY, SOURCE, judge);
    atom_parts::language(entry, judge);
    for name in ["id", "title", "updated"] {
        required(entry, Space::Atom, name, SOURCE, judge);
    }
    for child in entry.children.iter().filter(|child| child.space == Space::Atom) {
        match child.local() {
            "author" | "contributor" => people::person(child, judge),
            "category" => atom_parts::category(child, judge),
            "link" => atom_parts::link(child, judge),
            "title" | "summary" | "rights" => atom_text::text(child, judge),
            "content" => atom_text::content(child, judge),
            "updated" | "published" => atom_metadata::date(child, judge),
            "id" => atom_metadata::id(child, judge),
            "source" => atom_metadata::source(child, judge),
            _ => {}
        }
    }
    atom_parts::alternates(entry, judge);
    atom_parts::no_paging(entry, judge);
    carries(entry, judge);
    extensions::entry(entry, judge);
}

/// Of a feed that no one has signed: every entry is, or its source.
pub(super) fn author(entry: &XmlElement, judge: &mut Judge<'_>) {
    let signed = |element: &XmlElement| element.first(Space::Atom, "author").is_some();
    if !signed(entry) && !entry.first(Space::Atom, "source").is_some_and(signed) {
        let message = "<entry> has no <author>, and its feed has none";
        judge.report(Code::MissingElement, entry.at, message, "RFC 4287 section 4.1.2");
    }
}

/// Ids are given once, and so are instants: a feed stamped with the time of its build tells readers nothing.
pub(super) fn once<'a>(
    entry: &'a XmlElement,
    ids: &mut BTreeMap<&'a str, usize>,
    instants: &mut BTreeMap<i64, usize>,
    judge: &mut Judge<'_>,
) {
    if let Some(id) = entry.first(Space::Atom, "id").filter(|id| !id.value().is_empty())
        && ids.insert(id.value(), id.at).is_some()
    {
        let message = format!("a second entry has the id {}", quoted_value(id.value()));
        judge.report(Code::DuplicateEntryId, id.at, message, "RFC 4287 section 4.1.1");
    }
    if let Some(updated) = entry.first(Space::Atom, "updated")
        && let Ok(instant) = chrono::DateTime::parse_from_rfc3339(updated.value())
        && instants.insert(instant.timestamp(), updated.at).is_some()
    {
        let message = format!("a second entry has the `updated` time {}", quoted_value(updated.value()));
        judge.report(Code::SameUpdated, updated.at, message, "RFC 4287 section 4.2.15: the instant of a change");
    }
}

/// Requires content or a page, content or a summary, and a summary if the content is at another URL.
fn carries(entry: &XmlElement, judge: &mut Judge<'_>) {
    let content = entry.first(Space::Atom, "content");
    let summary = entry.first(Space::Atom, "summary");
    let alternate = |l: &XmlElement| l.attribute("rel").is_none_or(|rel| rel == "alternate");
    if content.is_none() && !entry.all(Space::Atom, "link").any(alternate) {
        judge.report(Code::NoFeedContent, entry.at, "<entry> has neither <content> nor an alternate link", SOURCE);
    } else if content.is_none() && summary.is_none() {
        judge.report(
            Code::NoFeedContent,
            entry.at,
            "<entry> has neither <content> nor <summary>",
            "RFC 4287 section 4.1.1.1",
        );
    }
    let elsewhere = |content: &XmlElement| content.attribute("src").is_some() || atom_text::is_binary(content);
    if content.is_some_and(elsewhere) && summary.is_none() {
        judge.report(
            Code::MissingElement,
            entry.at,
            "<entry> has no <summary> although its content is not text",
            SOURCE,
        );
    }
}
