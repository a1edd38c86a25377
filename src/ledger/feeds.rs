//! Which feed is which line. A feed is known by its family and value. A tag that the config makes an alias of another passes its
//! line, and so its address, to that tag, unless the other has one of its own.

use super::hash::feed_key;
use super::{Ledger, LedgerFeed, LineKey};
use crate::model::{Site, TagKey};
use std::collections::{BTreeMap, HashMap};

/// The lines of feeds by family and value.
#[derive(Debug)]
pub struct FeedIndex<'a> {
    ledger: &'a Ledger,
    by_value: HashMap<(&'a str, String), &'a LineKey>,
    aliases: BTreeMap<&'a str, TagKey>,
}

impl<'a> FeedIndex<'a> {
    /// Of a ledger, with the aliases of a site's config.
    pub fn new(ledger: &'a Ledger, site: &'a Site) -> Self {
        let own = ledger.feeds.iter().map(|(key, feed)| ((&*feed.family, feed.value.to_string()), key));
        let mut by_value: HashMap<_, _> = own.collect();
        let aliases = site.aliases.iter().filter_map(|(alias, tag)| Some((alias.as_str(), TagKey::new(tag)?)));
        let aliases: BTreeMap<&str, TagKey> = aliases.filter(|(alias, tag)| *alias != tag.as_str()).collect();
        for (alias, tag) in &aliases {
            if let Some(key) = by_value.get(&("tag", (*alias).to_owned())).copied() {
                by_value.entry(("tag", tag.as_str().to_owned())).or_insert(key);
            }
        }
        Self { ledger, by_value, aliases }
    }

    /// The line of a feed.
    pub fn find(&self, family: &'a str, value: &str) -> Option<(&'a LineKey, &'a LedgerFeed)> {
        let key = self.by_value.get(&(family, value.to_owned()))?;
        self.ledger.feeds.get_key_value(*key)
    }

    /// The key of a feed's line, also of one that has none yet.
    pub fn key(&self, family: &'a str, value: &str) -> LineKey {
        let new = || {
            let key = feed_key(family, value);
            if self.ledger.feeds.contains_key(&key) { feed_key(&format!("{family}/again"), value) } else { key }
        };
        self.find(family, value).map_or_else(new, |(key, _)| key.clone())
    }

    /// The tag that an aliased tag's feed is a copy of.
    pub fn alias(&self, line: &LedgerFeed) -> Option<&TagKey> {
        self.aliases.get(&*line.value).filter(|_| &*line.family == "tag")
    }

    /// The folders that the values of a family were given, each with its value.
    pub fn folders(&self, family: &str) -> BTreeMap<String, String> {
        let values = self.by_value.iter().filter(|((of, _), _)| *of == family);
        let mut folders = BTreeMap::new();
        for ((_, value), key) in values {
            let Some(feed) = self.ledger.feeds.get(*key) else { continue };
            let is_own = *feed.value == **value;
            // An alias passes its folder on; a value keeps its own.
            let heir =
                self.alias(feed).filter(|tag| self.find("tag", tag.as_str()).is_some_and(|(own, _)| own == *key));
            if is_own != heir.is_some() {
                folders.insert(feed.slug.to_string(), value.clone());
            }
        }
        folders
    }
}
