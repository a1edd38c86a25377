//! What was published before, as needed to decide which of several articles or tags keeps an id, address or folder.

use crate::model::Article;
use std::collections::BTreeMap;

/// How certain it is that an article is the one published under its id, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It is a new article.
    None,
    /// It has the file of a published article.
    File,
    /// It has the text and date of a published article, in another file.
    Text,
    /// It has the file, and the text or the date of a published article.
    Whole,
}

/// Gives access to what was published before.
pub trait Published {
    /// How certain it is that this article was published under its id. May read its body.
    fn claim(&self, article: &Article) -> Claim;

    /// Whether the article of this file was published under its id. Reads no files.
    fn lists(&self, article: &Article) -> bool;

    /// The tag folders that several tags claim, each with the key of the tag that has it.
    fn tag_folders(&self) -> &BTreeMap<String, String>;
}

/// Nothing was published before.
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
