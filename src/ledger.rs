//! The ledger: the ids, dates and addresses that subscribers were given. `feedmill.ids` beside the config keeps it, one line for
//! each entry that a feed has listed and one for each feed; a target's manifest keeps what was given since.
//!
//! [`assign`] finds the line of each article, so that an entry keeps its id and date whatever moves: the file, the slug, the
//! host, the time zone. [`Ledger::next`] gives the ledger after a run. Nothing here reads a file or a clock.

mod adopted;
mod assign;
mod feeds;
mod hash;
mod lines;
mod matching;
mod next;

pub use adopted::{Adopted, is_atom_id};
pub use assign::{Assigned, IdChange, assign};
pub use feeds::FeedIndex;
pub use hash::{condition_hash, short};
pub use lines::to_bytes;
pub use next::ListedFeed;

use crate::model::{EntryId, Timestamp};
use std::collections::BTreeMap;

/// The file's name, beside the config.
pub const FILE_NAME: &str = "feedmill.ids";

/// What orders the lines: made from the first id of an entry, or from the name of a feed, and never changed. Two branches that
/// each add an article write lines in different places, so that they merge.
pub type LineKey = Box<str>;

/// What subscribers were given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The entries that a feed has listed.
    pub entries: BTreeMap<LineKey, LedgerEntry>,
    /// The feeds that were given out.
    pub feeds: BTreeMap<LineKey, LedgerFeed>,
    /// Folders that older versions of feedmill gave to tags, each with the key of its tag.
    pub tags: BTreeMap<String, String>,
}

/// Whether the article of a line, or the feed of a line, is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineState {
    /// It is there.
    Live,
    /// It was withdrawn. Its ids wait for its return; its path is kept as a hash alone.
    Gone,
}

/// An entry that a feed has listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Whether its article is still there.
    pub state: LineState,
    /// When it was published, as feeds say; unknown in what older versions of feedmill kept.
    pub published: Option<Timestamp>,
    /// When it was last changed, as feeds say.
    pub updated: Option<Timestamp>,
    /// The article's file below the content folder; of a withdrawn one the hash of that.
    pub path: Box<str>,
    /// Its ids in the three formats.
    pub ids: LineIds,
    /// Hashes of what was written, by which an article is found again; 0 where nothing was written or is known.
    pub hashes: LineHashes,
    /// The keys of the feeds that have listed it.
    pub feeds: Vec<LineKey>,
}

/// The ids of an entry, per format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIds {
    /// `<guid>` of RSS.
    pub rss: Box<str>,
    /// `atom:id` of Atom.
    pub atom: EntryId,
    /// `id` of JSON Feed.
    pub json: Box<str>,
}

impl LineIds {
    /// One id in all formats.
    pub fn same(id: &EntryId) -> Self {
        Self { rss: id.as_str().into(), atom: id.clone(), json: id.as_str().into() }
    }

    /// Whether one of them is this string.
    pub fn contains(&self, id: &str) -> bool {
        &*self.rss == id || self.atom.as_str() == id || &*self.json == id
    }
}

/// Hashes of what was written in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineHashes {
    /// Of the id that the front matter or the rule gave when subscribers got the entry. Another one is a change.
    pub rule: u32,
    /// Of the id that was given later and is held back; 0 where none is.
    pub held: u32,
    /// Of `date`, as written.
    pub date: u32,
    /// Of `updated`, as written.
    pub updated: u32,
    /// Of a written slug.
    pub slug: u32,
    /// Of the title.
    pub title: u32,
    /// Of the body.
    pub body: u64,
}

/// A feed that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFeed {
    /// Whether it is still given out.
    pub state: LineState,
    /// `all`, `tag`, `author` …, or `custom`.
    pub family: Box<str>,
    /// The key of its tag or other value; the name of a custom feed.
    pub value: Box<str>,
    /// Its folder within that of the family.
    pub slug: Box<str>,
    /// What readers see.
    pub label: Box<str>,
    /// The oldest instant at which an entry that it has not listed may have been published to enter.
    pub floor: Option<Timestamp>,
    /// How many entries it listed at most.
    pub limit: u32,
    /// Hash of the condition by which it chooses.
    pub rule: u32,
    /// The site's root when it was written.
    pub home: Box<str>,
    /// Its addresses: RSS, Atom, JSON Feed; empty where it has none.
    pub addresses: [Box<str>; 3],
}

impl Ledger {
    /// Whether nothing was given yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.feeds.is_empty()
    }

    /// Takes in lines that this ledger does not have: what a target's manifest kept. Its own lines win.
    pub fn extend(&mut self, other: Self) {
        for (key, line) in other.entries {
            self.entries.entry(key).or_insert(line);
        }
        for (key, line) in other.feeds {
            self.feeds.entry(key).or_insert(line);
        }
    }

    /// The lines that another ledger does not have, or that say more there than an edit of the text changes.
    pub fn without(&self, other: &Self) -> Self {
        let is_same =
            |key: &LineKey, line| other.entries.get(key).is_some_and(|other| next::says_the_same(other, line));
        let entries = self.entries.iter().filter(|(key, line)| !is_same(key, line));
        let feeds = self.feeds.iter().filter(|(key, line)| other.feeds.get(*key) != Some(line));
        Self {
            entries: entries.map(|(key, line)| (key.clone(), line.clone())).collect(),
            feeds: feeds.map(|(key, line)| (key.clone(), line.clone())).collect(),
            tags: BTreeMap::new(),
        }
    }

    /// The folders that tags were given, each with the key of its tag.
    pub fn tag_folders(&self, feeds: &FeedIndex<'_>) -> BTreeMap<String, String> {
        let mut folders = self.tags.clone();
        folders.extend(feeds.folders("tag"));
        folders
    }

    /// The host of the site whose feeds these are.
    pub fn home(&self) -> Option<&str> {
        let all = self.feeds.values().find(|feed| &*feed.family == "all");
        all.map(|feed| &*feed.home).filter(|home| !home.is_empty())
    }
}
