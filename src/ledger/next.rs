//! The ledger after a run.

use super::hash::{entry_key, from_hex, hidden_path, short};
use super::{Ledger, LedgerEntry, LedgerFeed, LineHashes, LineIds, LineKey, LineState};
use crate::model::{Article, EntryId, Listed};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A feed as a run gives it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFeed {
    /// The key of its line.
    pub key: LineKey,
    /// Its line after the run.
    pub line: LedgerFeed,
    /// The places of its entries among the articles.
    pub entries: Vec<usize>,
}

impl Ledger {
    /// The ledger after a run that gave out these feeds. `listed` has the entries that were rendered, `closed` the feeds that
    /// are given up.
    pub fn next(
        &self,
        articles: &[Article],
        feeds: Vec<ListedFeed>,
        listed: &BTreeMap<EntryId, Listed>,
        closed: &BTreeSet<LineKey>,
    ) -> Self {
        let mut next = self.clone();
        let mut feeds_of: HashMap<usize, Vec<LineKey>> = HashMap::new();
        for ListedFeed { key, line, entries } in feeds {
            for entry in entries {
                feeds_of.entry(entry).or_default().push(key.clone());
            }
            next.feeds.insert(key, line);
        }
        for key in closed {
            if let Some(line) = next.feeds.get_mut(key) {
                line.state = LineState::Gone;
            }
        }
        let mut live = BTreeSet::new();
        for (at, article) in articles.iter().enumerate() {
            let of_feeds = feeds_of.remove(&at);
            let key = match (&article.record.line, &of_feeds) {
                (Some(key), _) => key.clone(),
                (None, None) => continue,
                (None, Some(_)) => entry_key(article.id.as_str(), |key| next.entries.contains_key(key)),
            };
            let old = next.entries.get(&key);
            let line = line_of(article, old, of_feeds.unwrap_or_default(), listed.get(&article.id));
            live.insert(key.clone());
            if !old.is_some_and(|old| says_the_same(old, &line)) {
                next.entries.insert(key, line);
            }
        }
        for (key, line) in &mut next.entries {
            if !live.contains(key) && line.state == LineState::Live {
                line.state = LineState::Gone;
                line.path = hidden_path(&line.path);
            }
        }
        next
    }

    /// How many lines say other ids, dates or addresses in another ledger. Subscribers do not see a new path.
    pub fn changes_for_subscribers(&self, next: &Self) -> usize {
        let entries = self.entries.iter().filter(|(key, line)| {
            let now = next.entries.get(*key);
            now.is_none_or(|now| (&now.ids, now.published) != (&line.ids, line.published.or(now.published)))
        });
        let feeds = self.feeds.iter().filter(|(key, line)| {
            let now = next.feeds.get(*key);
            now.is_none_or(|now| (now.state, &now.addresses) != (line.state, &line.addresses))
        });
        entries.count() + feeds.count()
    }

    /// Takes the hash of a body from what was listed last.
    pub fn refresh(&mut self, listed: &BTreeMap<EntryId, Listed>) {
        for line in self.entries.values_mut() {
            if let Some(listed) = listed.get(&line.ids.atom) {
                line.hashes.body = from_hex(&listed.body);
            }
        }
    }

    /// Adds an entry of which an id and a path alone are known.
    pub fn add_listed(&mut self, id: &EntryId, listed: &Listed) {
        let key = entry_key(id.as_str(), |key| self.entries.contains_key(key));
        let line = LedgerEntry {
            state: LineState::Live,
            published: None,
            updated: None,
            path: listed.path.as_str().into(),
            ids: LineIds::same(id),
            hashes: LineHashes { body: from_hex(&listed.body), ..LineHashes::default() },
            feeds: Vec::new(),
        };
        self.entries.insert(key, line);
    }
}

/// Whether two lines say the same, but for what an edit of the text changes: the hash of the body, and `updated`. The ledger is not
/// written for such an edit alone, so that a typo fixed leaves no second file to commit.
pub(super) fn says_the_same(old: &LedgerEntry, new: &LedgerEntry) -> bool {
    let hashes = |line: &LedgerEntry| LineHashes { body: 0, updated: 0, ..line.hashes };
    let rest = |line: &LedgerEntry| LedgerEntry { updated: None, hashes: hashes(line), ..line.clone() };
    rest(old) == rest(new)
}

/// Whether a line's id is what the rule gives now.
fn is_rule(line: &LedgerEntry, rule: u32) -> bool {
    match line.hashes.rule {
        0 => short(&line.ids.rss) == rule,
        known => known == rule,
    }
}

fn line_of(article: &Article, old: Option<&LedgerEntry>, feeds: Vec<LineKey>, listed: Option<&Listed>) -> LedgerEntry {
    let mut all: BTreeSet<LineKey> = old.map(|line| line.feeds.iter().cloned().collect()).unwrap_or_default();
    all.extend(feeds);
    let guid = |of: fn(&crate::model::Guids) -> &str| article.guids.as_deref().map_or(article.id.as_str(), of).into();
    let ids = LineIds { rss: guid(|g| &g.rss), atom: article.id.clone(), json: guid(|g| &g.json) };
    let is_held = |old: &&LedgerEntry| old.ids == ids && !is_rule(old, article.record.rule);
    let (rule, held) = match old.filter(is_held) {
        Some(LedgerEntry { hashes: LineHashes { rule: 0, .. }, .. }) => (short(&ids.rss), article.record.rule),
        Some(old) => (old.hashes.rule, article.record.rule),
        None => (article.record.rule, 0),
    };
    let body = listed.map(|listed| from_hex(&listed.body)).or(old.map(|line| line.hashes.body));
    LedgerEntry {
        state: LineState::Live,
        published: Some(article.published),
        updated: Some(article.updated),
        path: article.path.as_str().into(),
        hashes: LineHashes {
            rule,
            held,
            date: article.record.written.date,
            updated: article.record.written.updated,
            slug: article.record.written.slug,
            title: short(&article.title),
            body: body.unwrap_or_default(),
        },
        ids,
        feeds: all.into_iter().collect(),
    }
}
