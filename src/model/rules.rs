//! The rules of the config: what is read, where articles live, which feeds there are.

use super::{AbsUrl, Format, Lang, Pages, TagKey};

/// `content:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentRules {
    /// The content folder, relative to the project folder or absolute.
    pub dir: String,
    /// Globs of files to read, relative to the content folder.
    pub include: Vec<String>,
    /// Globs of files to leave alone.
    pub exclude: Vec<String>,
    /// How permalinks are made.
    pub permalink: PermalinkPattern,
}

/// A permalink pattern such as `/{slug}/`, with `{slug} {year} {month} {day} {lang} {path}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermalinkPattern(pub String);

impl Default for PermalinkPattern {
    fn default() -> Self {
        Self("/{slug}/".into())
    }
}

/// `output:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputRules {
    /// The output folder, relative to the project folder or absolute.
    pub dir: String,
    /// The URL under which the output folder is served; ends with `/`.
    pub url: AbsUrl,
    /// What is written, in the fixed order.
    pub formats: Vec<Format>,
    /// Entries a feed holds at most.
    pub limit: usize,
    /// What entries carry.
    pub content: ContentMode,
    /// Whether a page for people is written beside each feed.
    pub pages: Pages,
}

/// What entries carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContentMode {
    /// Summary and whole HTML.
    #[default]
    Both,
    /// Whole HTML, no summaries.
    Full,
    /// Summaries only.
    Summary,
}

/// What a family of feeds is made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// `tags/<slug>/`.
    Tag,
    /// `authors/<slug>/`.
    Author,
    /// `sources/<slug>/`.
    Source,
    /// `lang/<tag>/`.
    Lang,
}

impl Axis {
    /// All axes.
    pub const ALL: [Self; 4] = [Self::Tag, Self::Author, Self::Source, Self::Lang];

    /// The folder of the family, without a slash.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Author => "authors",
            Self::Source => "sources",
            Self::Lang => "lang",
        }
    }

    /// The word before the slash in a feed's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Author => "author",
            Self::Source => "source",
            Self::Lang => "lang",
        }
    }
}

/// One rule of `feeds:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedRule {
    /// One feed for each value of an axis.
    By {
        /// The axis.
        axis: Axis,
        /// Overrides `output.limit`.
        limit: Option<usize>,
        /// Overrides `output.content`.
        content: Option<ContentMode>,
    },
    /// One feed of its own.
    Custom {
        /// `[a-z0-9-]`; also its folder.
        name: String,
        /// The name where unset.
        title: Option<String>,
        /// For readers.
        description: Option<String>,
        /// Which articles.
        condition: Condition,
        /// Overrides `output.limit`.
        limit: Option<usize>,
        /// Overrides `output.content`.
        content: Option<ContentMode>,
    },
}

/// `where:` of a custom feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Has the tag (aliases resolved).
    Tag(TagKey),
    /// Is featured, or is not.
    Featured(bool),
    /// Is in this language (a primary language matches its regions).
    Lang(Lang),
    /// Comes from this source.
    Source(String),
    /// Is by this author.
    Author(String),
    /// Holds when all hold.
    All(Vec<Condition>),
    /// Holds when any holds.
    Any(Vec<Condition>),
    /// Holds when it does not.
    Not(Box<Condition>),
}
