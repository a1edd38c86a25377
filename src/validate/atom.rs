//! Atom 1.0: the document, the feed and the source of an entry (RFC 4287; RFC 5005 for paging).

use super::atom_metadata::{FEED, SOURCE, metadata};
use super::elements::{self, required};
use super::judge::Judge;
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{atom_entry, atom_parts, extensions, rss};
use crate::diagnostic::Code;
use crate::model::AbsUrl;
use std::collections::BTreeMap;

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
