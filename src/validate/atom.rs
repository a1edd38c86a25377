//! Atom 1.0: the document, the feed and the source of an entry (RFC 4287; RFC 5005 for paging).

use super::elements::{self, KnownElement, required};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{atom_entry, atom_parts, atom_text, dates, extensions, people, rss, urls};
use crate::diagnostic::Code;
use crate::model::AbsUrl;
use std::collections::BTreeMap;

const SOURCE: &str = "RFC 4287 section 4.1.1";
const FEED: &[KnownElement] = &[
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

/// A whole document.
pub(super) fn document(root: &XmlElement, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    if root.local() == "feed" && root.space != Space::Atom {
        let message = "<feed> is not in the namespace of Atom 1.0, `http://www.w3.org/2005/Atom`";
        return judge.report(Code::UndeclaredPrefix, root.at, message, "RFC 4287 section 1.2");
    }
    if !root.is(Space::Atom, "feed") {
        let message = format!("the document begins with <{}>, not with <feed>", root.name);
        return judge.report(Code::UnknownElement, root.at, message, "RFC 4287 section 2");
    }
    feed(root, topic, judge);
}

fn feed(feed: &XmlElement, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    elements::children(feed, Space::Atom, FEED, SOURCE, judge);
    atom_parts::language(feed, judge);
    for name in ["id", "title", "updated"] {
        required(feed, Space::Atom, name, SOURCE, judge);
    }
    metadata(feed, judge);
    let links: Vec<&XmlElement> = feed.all(Space::Atom, "link").collect();
    rss::self_link(feed, &links, topic, "RFC 4287 section 4.1.1", judge);
    order(feed, judge);
    history(feed, &links, judge);
    extensions::feed(feed, judge);
    let (mut ids, mut instants) = (BTreeMap::new(), BTreeMap::new());
    let signed = feed.first(Space::Atom, "author").is_some();
    for entry in feed.all(Space::Atom, "entry") {
        atom_entry::entry(entry, judge);
        if !signed {
            atom_entry::author(entry, judge);
        }
        atom_entry::once(entry, &mut ids, &mut instants, judge);
    }
}

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

fn metadata(feed: &XmlElement, judge: &mut Judge<'_>) {
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

fn order(feed: &XmlElement, judge: &mut Judge<'_>) {
    let entry = |child: &&XmlElement| child.is(Space::Atom, "entry");
    let after = feed.children.iter().skip_while(|child| !entry(child));
    if let Some(late) = after.into_iter().find(|child| !entry(child)) {
        let message = format!("<{}> comes after the first entry", late.name);
        judge.report(Code::Misplaced, late.at, message, "RFC 4287 section 4.1.1: metadata comes first");
    }
}

/// A complete feed has no pages; an archived one names the current one (RFC 5005).
fn history(feed: &XmlElement, links: &[&XmlElement], judge: &mut Judge<'_>) {
    const PAGES: [&str; 6] = ["first", "last", "previous", "next", "prev-archive", "next-archive"];
    let rel = |link: &&&XmlElement, names: &[&str]| link.attribute("rel").is_some_and(|rel| names.contains(&rel));
    if feed.first(Space::History, "complete").is_some()
        && let Some(page) = links.iter().find(|link| rel(link, &PAGES))
    {
        judge.report(Code::Misplaced, page.at, "a complete feed links to further pages", "RFC 5005 section 2");
    }
    let Some(archive) = feed.first(Space::History, "archive") else { return };
    for (names, message) in [
        (&["current"][..], "an archived feed has no link with rel=\"current\""),
        (&["prev-archive", "next-archive"], "an archived feed has no link to its neighbours"),
    ] {
        if feed.first(Space::History, "complete").is_none() && !links.iter().any(|link| rel(&link, names)) {
            judge.report(Code::MissingElement, archive.at, message, "RFC 5005 section 4");
        }
    }
}
