//! What subscribers were given before, as far as it decides who keeps what several articles or tags want.

use crate::model::Article;
use std::collections::BTreeMap;

/// How sure it is that an article is the one that subscribers were given under its id; a later one is surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It is new.
    None,
    /// It has the file of a published article.
    File,
    /// It has its text and date, in another file.
    Text,
    /// It has its file, and its text or its date.
    Whole,
}

/// What subscribers were given before.
pub trait Published {
    /// How sure it is that this article was published under its id. May read its body.
    fn claim(&self, article: &Article) -> Claim;

    /// Whether the article of this file was published under its id. Reads nothing.
    fn lists(&self, article: &Article) -> bool;

    /// The folders of tags that compete for one, each with the key of its tag.
    fn tag_folders(&self) -> &BTreeMap<String, String>;
}

/// Nothing was published.
impl Published for () {
    fn claim(&self, _: &Article) -> Claim {
        Claim::None
    }

    fn lists(&self, _: &Article) -> bool {
        false
    }

    fn tag_folders(&self) -> &BTreeMap<String, String> {
        const NONE: &BTreeMap<String, String> = &BTreeMap::new();
        NONE
    }
}
