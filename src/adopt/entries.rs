//! The entries of all sources together. One entry that several documents list is one.

use crate::model::{AbsUrl, EntryId, Format, Timestamp};
use crate::parse::feed::{SourceEntry, SourceFeed, is_usable_id};
use std::collections::{BTreeMap, BTreeSet};

/// A feed or an export, all pages of it together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDocument {
    /// What was read.
    pub feed: SourceFeed,
    /// Where it was read from, if that is an address.
    pub url: Option<AbsUrl>,
}

/// All that is adopted in one run.
#[derive(Debug, Default)]
pub struct Sources {
    /// The entries, in the order of the documents.
    pub(super) entries: Vec<ListedEntry>,
    /// Addresses of the main feed: RSS, Atom, JSON Feed.
    pub(super) addresses: [Box<str>; 3],
    /// How many entries the main feed lists; 0 where only exports were given.
    pub(super) main_entries: usize,
    /// The address of each document.
    pub(super) documents: Vec<SourceAddress>,
}

/// Where a document was read from, and its format.
#[derive(Debug)]
pub(super) struct SourceAddress {
    pub(super) address: String,
    pub(super) format: Format,
}

/// An entry with the formats whose id it has.
#[derive(Debug, Clone, Default)]
pub(super) struct ListedEntry {
    pub(super) id: String,
    pub(super) is_usable: bool,
    pub(super) formats: BTreeSet<Format>,
    pub(super) link: String,
    /// What the link is relative to.
    pub(super) base: Option<AbsUrl>,
    pub(super) title: String,
    pub(super) published: Option<Timestamp>,
    pub(super) updated: Option<Timestamp>,
    pub(super) text: String,
    /// Whether the main feed lists it.
    pub(super) in_main_feed: bool,
    /// The documents that list it.
    pub(super) documents: BTreeSet<usize>,
}

impl Sources {
    /// Of documents. The main feed is the one with the most entries, in all formats that it has.
    pub fn new(documents: Vec<SourceDocument>) -> Self {
        let feeds = documents.iter().filter(|document| !document.feed.is_export);
        let main_entries = feeds.map(|document| document.feed.entries.len()).max().unwrap_or_default();
        let mut sources = Self { main_entries, ..Self::default() };
        let mut known: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        for SourceDocument { feed, url } in documents {
            let is_main = !feed.is_export && feed.entries.len() == main_entries;
            if is_main {
                sources.add_address(&feed, url.as_ref());
            }
            let document = sources.documents.len();
            let address = url.as_ref().map_or_else(|| feed.address.clone(), |url| url.as_str().to_owned());
            let address = if feed.is_export { String::new() } else { address };
            sources.documents.push(SourceAddress { address, format: feed.format });
            let parsed = |text: &str| AbsUrl::parse(text).ok();
            let base = url.or_else(|| parsed(&feed.address)).or_else(|| parsed(&feed.home));
            for entry in feed.entries {
                // What Atom does not accept is kept for the other formats alone.
                let is_atom_fault = feed.format == Format::Atom && EntryId::new(&entry.id).is_none();
                let key = (entry.id.clone(), entry.title.clone(), is_atom_fault);
                let at = *known.entry(key).or_insert(sources.entries.len());
                if at == sources.entries.len() {
                    sources.entries.push(ListedEntry { base: base.clone(), ..ListedEntry::default() });
                }
                if let Some(all) = sources.entries.get_mut(at) {
                    all.take(entry, feed.format);
                    all.is_usable &= !is_atom_fault;
                    all.in_main_feed |= is_main;
                    all.documents.insert(document);
                }
            }
        }
        sources
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn add_address(&mut self, feed: &SourceFeed, url: Option<&AbsUrl>) {
        let address = url.map(|url| url.as_str().to_owned()).or_else(|| Some(feed.address.clone()));
        let at = Format::ALL.iter().position(|format| *format == feed.format);
        let place = at.and_then(|at| self.addresses.get_mut(at)).filter(|place| place.is_empty());
        if let (Some(place), Some(address)) = (place, address.and_then(|text| AbsUrl::parse(&text).ok())) {
            *place = address.as_str().into();
        }
    }
}

impl ListedEntry {
    fn take(&mut self, entry: SourceEntry, format: Format) {
        let SourceEntry { id, link, title, published, updated, text, .. } = entry;
        self.is_usable = is_usable_id(&id);
        self.id = id;
        self.formats.insert(format);
        if self.link.is_empty() {
            self.link = link;
        }
        if self.title.is_empty() {
            self.title = title;
        }
        self.published = self.published.or(published);
        self.updated = self.updated.max(updated);
        if self.text.len() < text.len() {
            self.text = text;
        }
    }

    /// The instant by which it is near an article's.
    pub(super) fn at(&self) -> Option<Timestamp> {
        self.published.or(self.updated)
    }
}
