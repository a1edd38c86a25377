//! The feeds that an engine writes by itself: a table `[[feed]]` of a recipe for each.

use super::{Axis, Format};
use serde::Deserialize;

/// One feed, or one family of feeds.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct RecipeFeed {
    /// The format of its documents.
    pub format: RecipeFormat,
    /// The articles that it lists.
    pub kind: RecipeFeedKind,
    /// Its address, with a placeholder such as `{tag}` for a family.
    pub path: String,
    /// Settings without which it is not written: `key` must be set, `key=value` must hold the value, `key?=value` only
    /// where it is set.
    #[serde(default)]
    pub only_with: Vec<String>,
    /// The setting that gives another address.
    pub moved_by: Option<String>,
    /// The setting that gives another name of the first folder.
    pub folder_by: Option<String>,
}

/// The format of an engine's feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecipeFormat {
    /// A feed in RSS 2.0.
    Rss,
    /// A feed in Atom 1.0.
    Atom,
    /// A feed in JSON Feed 1.1.
    Json,
}

/// The articles that an engine's feed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecipeFeedKind {
    /// All of them.
    All,
    /// All of them, the last edited first.
    Updated,
    /// Those with a tag.
    Tag,
    /// Those of a category.
    Category,
    /// Those of a section.
    Section,
    /// Those of a collection of Jekyll.
    Collection,
    /// Those of an author.
    Author,
    /// None: it lists the tags or categories themselves.
    Terms,
}

impl From<RecipeFormat> for Format {
    fn from(format: RecipeFormat) -> Self {
        match format {
            RecipeFormat::Rss => Self::Rss,
            RecipeFormat::Atom => Self::Atom,
            RecipeFormat::Json => Self::Json,
        }
    }
}

impl RecipeFeedKind {
    /// The axis of a family.
    pub const fn axis(self) -> Option<Axis> {
        match self {
            Self::Tag => Some(Axis::Tag),
            Self::Category => Some(Axis::Category),
            Self::Section | Self::Collection => Some(Axis::Section),
            Self::Author => Some(Axis::Author),
            Self::All | Self::Updated | Self::Terms => None,
        }
    }
}

/// How many entries an engine's feed lists.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "LimitValue")]
pub enum EntryLimit {
    /// All articles are listed.
    #[default]
    All,
    /// At most this number.
    Number(usize),
}

/// A limit as a recipe has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum LimitValue {
    Number(usize),
    Word(String),
}

impl TryFrom<LimitValue> for EntryLimit {
    type Error = String;

    fn try_from(value: LimitValue) -> Result<Self, String> {
        match value {
            LimitValue::Number(number) => Ok(Self::Number(number)),
            LimitValue::Word(word) if word == "all" => Ok(Self::All),
            LimitValue::Word(word) => Err(format!("`limit` is a number or `all`, not `{word}`")),
        }
    }
}
