//! Feeds as they were read, and which entry of the old document is which of the new one.

use super::{FeedChanges, Subscription};
use crate::model::Format;
use crate::parse::feed::{FeedFault, SourceEntry, read};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Feeds by their paths below the output folder.
pub type FeedDocuments = BTreeMap<String, FeedDocument>;

/// A feed with its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedDocument {
    /// The name of the feed in reports; empty where it is not known.
    pub feed: String,
    /// RSS, Atom or JSON Feed.
    pub format: Format,
    /// The entries in order.
    pub entries: Vec<SourceEntry>,
}

impl FeedDocument {
    /// Reads the bytes of a feed. Fails where they are none, and where they are larger than [`crate::parse::feed::MAX_SOURCE_BYTES`].
    pub fn read(feed: &str, bytes: &[u8]) -> Result<Self, FeedFault> {
        let read = read(bytes)?;
        Ok(Self { feed: feed.to_owned(), format: read.format, entries: read.entries })
    }
}

/// For each new entry the old one of the same article.
pub(super) struct Pairs {
    /// Index of the old entry for each index of a new one.
    pub old: Vec<Option<usize>>,
    /// Whether the feed ever had the article.
    pub is_known: Vec<bool>,
}

impl Pairs {
    /// Pairs by id, then by the ledger, by link, and by title and day. Each step is one to one.
    pub(super) fn new(subscription: &Subscription<'_>) -> Self {
        let Subscription { old, new, seen, lines, format } = *subscription;
        let mut pairs = Self { old: vec![None; new.len()], is_known: vec![false; new.len()] };
        let mut taken = HashSet::new();
        pairs.step(subscription, &mut taken, |entry| Some(entry.id.clone()));
        for (at, entry) in new.iter().enumerate() {
            let is_same =
                |(other, old): &(usize, &SourceEntry)| !taken.contains(other) && lines.is_same(&old.id, &entry.id);
            if let Some(place) = pairs.old.get_mut(at).filter(|place| place.is_none()) {
                *place = old.iter().enumerate().find(is_same).map(|(other, _)| other);
                taken.extend(*place);
            }
        }
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        pairs.step(subscription, &mut taken, |entry| some(without_scheme(&entry.link).to_owned()));
        pairs.step(subscription, &mut taken, |entry| {
            let day = entry.published.map(|at| at.unix().div_euclid(86_400))?;
            some(entry.title.clone()).map(|title| format!("{day} {title}"))
        });
        for (at, (entry, known)) in new.iter().zip(&mut pairs.is_known).enumerate() {
            let was_given = || lines.given_id(&entry.id, format).is_some_and(|id| seen.contains(id));
            *known = pairs.old.get(at).is_some_and(Option::is_some) || seen.contains(entry.id.as_str()) || was_given();
        }
        pairs
    }

    /// Pairs what has one value on both sides and nobody else has.
    fn step(
        &mut self,
        subscription: &Subscription<'_>,
        taken: &mut HashSet<usize>,
        value: impl Fn(&SourceEntry) -> Option<String>,
    ) {
        let mut olds: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in subscription.old.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            olds.entry(value(entry).unwrap_or_default()).or_default().push(at);
        }
        let open = subscription.new.iter().zip(&mut self.old).filter(|(_, place)| place.is_none());
        for (entry, place) in open {
            let Some([one]) = value(entry).and_then(|value| olds.get(&value)).map(Vec::as_slice) else { continue };
            if taken.insert(*one) {
                *place = Some(*one);
            }
        }
    }

    /// New entries, each with the old one of its article.
    pub(super) fn iter<'a>(
        &'a self,
        subscription: &'a Subscription<'a>,
    ) -> impl Iterator<Item = (&'a SourceEntry, Option<&'a SourceEntry>, bool)> {
        let olds = self.old.iter().map(|at| at.and_then(|at| subscription.old.get(at)));
        subscription.new.iter().zip(olds).zip(&self.is_known).map(|((new, old), known)| (new, old, *known))
    }

    /// Old entries that no new one stands for.
    pub(super) fn gone<'a>(&'a self, subscription: &'a Subscription<'a>) -> impl Iterator<Item = &'a SourceEntry> {
        let kept: HashSet<usize> = self.old.iter().flatten().copied().collect();
        subscription.old.iter().enumerate().filter(move |(at, _)| !kept.contains(at)).map(|(_, entry)| entry)
    }

    pub(super) fn changes(&self, subscription: &Subscription<'_>) -> FeedChanges {
        let mut row = FeedChanges { gone: self.gone(subscription).count(), ..FeedChanges::default() };
        for (new, old, is_known) in self.iter(subscription) {
            let has_id = subscription.seen.contains(new.id.as_str()) || old.is_some_and(|old| old.id == new.id);
            match old {
                _ if is_known && !has_id => row.duplicate += 1,
                None if !is_known => row.new += 1,
                Some(old) if is_edited(old, new) => row.changed += 1,
                Some(old) if old.markup != new.markup => row.silent += 1,
                _ => {}
            }
        }
        row
    }
}

/// Whether readers can see that an entry changed without comparing its text.
fn is_edited(old: &SourceEntry, new: &SourceEntry) -> bool {
    let parts = |entry: &SourceEntry| {
        let instant = |at: Option<crate::model::Timestamp>| at.map(|at| at.unix());
        let texts = [&entry.title, &entry.link, &entry.authors, &entry.tags].map(Clone::clone);
        (texts, instant(entry.published), instant(entry.updated))
    };
    parts(old) != parts(new)
}

/// An address without what a move of the scheme or of `www.` changes.
pub(super) fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/')
}
