//! By what a reader knows an entry again, and what makes a known one unread.

use crate::model::{Format, Timestamp};
use crate::parse::feed::SourceEntry;
use serde::Deserialize;

/// What a reader keys on, and what makes an entry unread again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRules {
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

impl EntryRules {
    /// The key of an entry, then by what it is also known again.
    pub fn keys<'a>(&'a self, entry: &'a SourceEntry, format: Format) -> impl Iterator<Item = String> + 'a {
        let keys = self.atom_key.as_ref().filter(|_| format == Format::Atom).unwrap_or(&self.key);
        let value = move |key: &Key| {
            let parts: Vec<String> = key.0.iter().map(|part| part.value(entry, format)).collect();
            let names = key.0.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join("+");
            (!parts.iter().any(String::is_empty)).then(|| format!("{names}\n{}", parts.join("\n")))
        };
        keys.iter().find_map(value).into_iter().chain(self.also.iter().filter_map(value))
    }

    /// Whether what changed in a known entry makes it unread.
    pub fn is_unread_again(&self, old: &SourceEntry, new: &SourceEntry, format: Format) -> bool {
        let parts = self.json_unread_when.as_ref().filter(|_| format == Format::Json).unwrap_or(&self.unread_when);
        parts.iter().any(|part| part.value(old, format) != part.value(new, format))
    }
}
