//! Entries that another program gave out, taken into the ledger.

use super::assign::rule;
use super::hash::{entry_key, short};
use super::{Ledger, LedgerEntry, LineHashes, LineIds, LineKey, LineState};
use crate::model::{Article, EntryId, Timestamp, sound_id};
use std::collections::{BTreeSet, HashMap};

/// An article's entry as another program gave it out.
#[derive(Debug, Clone)]
pub struct Adopted<'a> {
    /// The article it belongs to.
    pub article: &'a Article,
    /// Ids of all formats.
    pub ids: LineIds,
    /// When it was published.
    pub published: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// The keys of the feeds that listed it.
    pub feeds: Vec<LineKey>,
}

/// Whether validators accept an id of another format in Atom.
pub fn is_atom_id(id: &EntryId) -> bool {
    id.as_str().is_ascii() && sound_id(id.as_str()).is_ok()
}

impl Ledger {
    /// Takes entries in; returns which were taken. A line that a feed has listed stays as it is: its entry is taken where the ids are
    /// the same. An id that another line has is not taken.
    pub fn adopt(&mut self, entries: Vec<Adopted<'_>>) -> Vec<bool> {
        let ids = |line: &LineIds| [line.rss.to_string(), line.atom.to_string(), line.json.to_string()];
        let mut owners: HashMap<String, LineKey> = HashMap::new();
        for (key, line) in &self.entries {
            owners.extend(ids(&line.ids).map(|id| (id, key.clone())));
        }
        let mut taken = Vec::with_capacity(entries.len());
        for adopted in entries {
            let own = adopted.article.record.line.clone();
            let line = own.as_ref().and_then(|key| self.entries.get(key));
            let is_kept = line.is_some_and(|line| !line.feeds.is_empty() && line.ids != adopted.ids);
            let is_free = |id: &String| owners.get(id).is_none_or(|owner| Some(owner) == own.as_ref());
            let ids = ids(&adopted.ids);
            taken.push(!is_kept && ids.iter().all(is_free));
            if taken.last() == Some(&true) {
                let key = self.put(adopted);
                owners.extend(ids.map(|id| (id, key.clone())));
            }
        }
        taken
    }

    /// Writes the line of an entry in the place of the one that its article has.
    fn put(&mut self, adopted: Adopted<'_>) -> LineKey {
        let Adopted { article, ids, published, updated, feeds } = adopted;
        let before = article.record.line.as_ref().and_then(|key| self.entries.remove(key));
        let mut all: BTreeSet<LineKey> = before.map(|line| line.feeds.into_iter().collect()).unwrap_or_default();
        all.extend(feeds);
        let key = entry_key(&ids.rss, |key| self.entries.contains_key(key));
        let line = LedgerEntry {
            state: LineState::Live,
            published: Some(published),
            updated: Some(updated),
            path: article.path.as_str().into(),
            ids,
            hashes: hashes(article),
            feeds: all.into_iter().collect(),
        };
        self.entries.insert(key.clone(), line);
        key
    }

    /// Makes what the rule gives now the state of an article's line, so that a changed rule does not count as a change.
    pub fn settle_rule(&mut self, article: &Article) -> bool {
        let line = article.record.line.as_ref().and_then(|key| self.entries.get_mut(key));
        let Some(line) = line else { return false };
        let body = line.hashes.body;
        line.hashes = LineHashes { body, rule: article.record.rule, ..hashes(article) };
        line.published = line.published.or(Some(article.published));
        line.updated = line.updated.or(Some(article.updated));
        line.path = article.path.as_str().into();
        line.state = LineState::Live;
        true
    }
}

/// What is written in an article, and the id that its front matter or the rule gives.
fn hashes(article: &Article) -> LineHashes {
    let rule = if article.record.rule == 0 { rule(article) } else { article.record.rule };
    let written = article.record.written;
    LineHashes {
        rule,
        held: 0,
        date: written.date,
        updated: written.updated,
        slug: written.slug,
        title: short(&article.title),
        body: 0,
    }
}
