//! What a fetch of the new document does in each reader: the table `readers.toml`, by reader, and the comparison.

use super::Subscription;
use super::documents::Pairs;
use crate::model::{Format, Timestamp};
use crate::parse::feed::SourceEntry;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

static READERS: LazyLock<BTreeMap<String, ReaderRules>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, ReaderRules> = toml::from_str(include_str!("readers.toml")).unwrap_or_default();
    all.iter_mut().for_each(|(name, rules)| rules.name.clone_from(name));
    all
});

/// The names of all readers, in order.
pub fn reader_names() -> impl Iterator<Item = &'static str> {
    READERS.keys().map(String::as_str)
}

/// The rules of the readers of these names; of all where none is named.
pub(super) fn rules(names: &[&str]) -> impl Iterator<Item = &'static ReaderRules> {
    READERS.values().filter(move |rules| names.is_empty() || names.contains(&rules.name.as_str()))
}

/// What a reader keys on, and what makes an entry unread again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderRules {
    #[serde(skip)]
    name: String,
    /// Formats it reads.
    formats: Vec<Format>,
    /// What an entry is keyed on: the first of these that it has. Parts are joined by `+`.
    key: Vec<Key>,
    /// The same for Atom, where that is different.
    #[serde(default)]
    atom_key: Option<Vec<Key>>,
    /// By what it also knows an entry again.
    #[serde(default)]
    also: Vec<Key>,
    /// Changes that make a known entry unread.
    #[serde(default)]
    unread_when: Vec<Part>,
    /// The same for JSON Feed, where that is different.
    #[serde(default)]
    json_unread_when: Option<Vec<Part>>,
}

/// Parts of an entry that are one key together, as `id+published`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct Key(Vec<Part>);

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let part = |name: &str| Part::deserialize(serde::de::value::StrDeserializer::new(name));
        let parts: Result<_, serde::de::value::Error> = text.split('+').map(part).collect();
        parts.map(Self).map_err(|why| why.to_string())
    }
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    /// Its id as written.
    Id,
    /// An id that is a web address.
    UrlId,
    /// The path of an id that is a web address.
    IdPath,
    /// Address of its page.
    Link,
    /// Title as plain text.
    Title,
    /// When it was published.
    Published,
    /// The day of that, in UTC.
    Day,
    /// When it was last changed; RSS has no element for that.
    Updated,
    /// The date that Atom and JSON Feed say last: `updated`, else `published`; in RSS `pubDate`.
    Latest,
    /// Its text with tags.
    Text,
    /// The names of its authors.
    Authors,
    /// All its tags.
    Tags,
}

impl Part {
    /// Its value; empty where the entry has none.
    fn value(self, entry: &SourceEntry, format: Format) -> String {
        let instant = |at: Option<Timestamp>| at.map(|at| at.unix().to_string()).unwrap_or_default();
        let url = || entry.id.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"));
        match self {
            Self::Id => entry.id.clone(),
            Self::UrlId => url().map(|_| entry.id.clone()).unwrap_or_default(),
            Self::IdPath => {
                url().and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path.to_owned()).unwrap_or_default()
            }
            Self::Link => entry.link.clone(),
            Self::Title => entry.title.clone(),
            Self::Published => instant(entry.published),
            Self::Day => entry.published.map(|at| at.unix().div_euclid(86_400).to_string()).unwrap_or_default(),
            Self::Updated => instant(entry.updated),
            Self::Latest if format == Format::Rss => instant(entry.published),
            Self::Latest => instant(entry.updated.or(entry.published)),
            Self::Text => entry.markup.to_string(),
            Self::Authors => entry.authors.clone(),
            Self::Tags => entry.tags.clone(),
        }
    }
}

impl ReaderRules {
    /// Its name, as in `--as`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it reads a format.
    pub fn reads(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// How many entries are unread after the next fetch, if all were read, and how many of these the reader has twice then.
    pub(super) fn unread(&self, subscription: &Subscription<'_>, pairs: &Pairs) -> (usize, usize) {
        let format = subscription.format;
        let mut stored: HashMap<String, &SourceEntry> = HashMap::new();
        let mut old_ids = HashSet::new();
        for entry in subscription.old {
            old_ids.insert(entry.id.as_str());
            stored.extend(self.keys(entry, format).map(|key| (key, entry)));
        }
        let mut fetched = HashSet::new();
        let (mut unread, mut duplicates) = (0, 0);
        for (new, _, is_known) in pairs.iter(subscription) {
            let keys: Vec<String> = self.keys(new, format).collect();
            if !keys.first().is_none_or(|key| fetched.insert(key.clone())) {
                continue;
            }
            let stored = keys.iter().find_map(|key| stored.get(key));
            // An entry that has left the old document is known by its id alone.
            let was_seen = || subscription.seen.contains(new.id.as_str()) && !old_ids.contains(new.id.as_str());
            match stored {
                Some(old) => unread += usize::from(self.is_unread_again(old, new, format)),
                None if was_seen() => {}
                None => {
                    unread += 1;
                    duplicates += usize::from(is_known);
                }
            }
        }
        (unread, duplicates)
    }

    /// The key of an entry, then by what it is also known again.
    fn keys<'a>(&'a self, entry: &'a SourceEntry, format: Format) -> impl Iterator<Item = String> + 'a {
        let keys = self.atom_key.as_ref().filter(|_| format == Format::Atom).unwrap_or(&self.key);
        let value = move |key: &Key| {
            let parts: Vec<String> = key.0.iter().map(|part| part.value(entry, format)).collect();
            let names = key.0.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join("+");
            (!parts.iter().any(String::is_empty)).then(|| format!("{names}\n{}", parts.join("\n")))
        };
        keys.iter().find_map(value).into_iter().chain(self.also.iter().filter_map(value))
    }

    fn is_unread_again(&self, old: &SourceEntry, new: &SourceEntry, format: Format) -> bool {
        let parts = self.json_unread_when.as_ref().filter(|_| format == Format::Json).unwrap_or(&self.unread_when);
        parts.iter().any(|part| part.value(old, format) != part.value(new, format))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let all: BTreeMap<String, ReaderRules> = toml::from_str(include_str!("readers.toml")).unwrap();
        for (name, rules) in &all {
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
            assert!(!rules.key.is_empty() && !rules.formats.is_empty(), "{name}");
        }
        assert_eq!(READERS.len(), all.len());
        let wrong = toml::from_str::<BTreeMap<String, ReaderRules>>("[a]\nformats = [\"rss\"]\nkey = [\"id+color\"]\n");
        assert!(wrong.unwrap_err().to_string().contains("color"));
    }
}
