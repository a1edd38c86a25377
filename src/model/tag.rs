//! Tags: one per key whatever the spelling, with the most common spelling as label and a unique slug.

use super::Place;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The key that makes two spellings one tag: lower case, white space collapsed, in Unicode NFC (file systems and PDFs
/// decompose `é` into two characters that look the same).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct TagKey(Arc<str>);

impl TagKey {
    /// The key of a spelling; `None` if nothing remains of it.
    pub fn new(spelling: &str) -> Option<Self> {
        let lower = composed(spelling.to_lowercase());
        let is_collapsed = lower.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
        let key = if is_collapsed { lower } else { lower.split_whitespace().collect::<Vec<_>>().join(" ") };
        (!key.is_empty()).then(|| Self(key.into()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text in Unicode normalisation form C.
pub fn composed(text: String) -> String {
    match icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(&text) {
        Cow::Owned(composed) => composed,
        Cow::Borrowed(_) => text,
    }
}

/// A tag of the collection.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tag {
    /// The most common spelling.
    pub label: String,
    /// `[a-z0-9-]`, or as the site's engine spelt it (`content.ids`); unique in the collection.
    pub slug: String,
}

/// All tags of the collection by key.
pub type TagTable = BTreeMap<TagKey, Tag>;

/// A tag of an article: its key, how it is spelt there, and where.
pub type Tagged = (TagKey, Arc<str>, Place);
