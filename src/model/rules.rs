//! The rules of the config: what is read, where articles live, which feeds there are.

use super::{
    AbsUrl, BodyImage, ChangeDetection, DateOrder, Engine, Format, Lang, Pages, PermalinkPattern, TagKey, TagSeparator,
};
use std::collections::BTreeMap;

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
    /// How they are made below a folder, without slashes around it; the longest counts.
    pub permalinks: BTreeMap<String, PermalinkPattern>,
    /// Dotted keys of the front matter that are asked before all others, by the field they fill.
    pub fields: BTreeMap<String, Vec<String>>,
    /// chrono's patterns of dates, tried first.
    pub date_formats: Vec<String>,
    /// The order of `03/04/2020`.
    pub date_order: Option<DateOrder>,
    /// How one text with several tags is split.
    pub tag_separator: TagSeparator,
    /// A file of people, or a folder of such, relative to the project folder.
    pub authors_file: Option<String>,
    /// Where bare image file names lie, relative to the project folder.
    pub image_dir: Option<String>,
    /// Where root-relative URLs lie on disk, relative to the project folder.
    pub static_dir: Option<String>,
    /// Whether the body's first image stands in.
    pub body_image: BodyImage,
    /// Languages recognised in `post.ru.md` and `ru/post.md`.
    pub languages: Vec<Lang>,
    /// Whose articles these are.
    pub engine: Engine,
    /// How a changed file is told.
    pub change_detection: ChangeDetection,
}

impl Default for ContentRules {
    fn default() -> Self {
        Self {
            dir: "content".into(),
            include: vec!["**/*.md".into(), "**/*.markdown".into()],
            exclude: Vec::new(),
            permalink: PermalinkPattern::default(),
            permalinks: BTreeMap::new(),
            fields: BTreeMap::new(),
            date_formats: Vec::new(),
            date_order: None,
            tag_separator: TagSeparator::default(),
            authors_file: None,
            image_dir: None,
            static_dir: None,
            body_image: BodyImage::default(),
            languages: Vec::new(),
            engine: Engine::default(),
            change_detection: ChangeDetection::default(),
        }
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
    /// Seconds that an entry stays in its feeds at least, whatever the limit (`output.min_age`).
    pub min_age: Option<i64>,
    /// What entries carry.
    pub content: ContentMode,
    /// Whether a page for people is written beside each feed.
    pub pages: Pages,
}

/// What entries carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Axis {
    /// `tags/<slug>/`.
    Tag,
    /// `authors/<slug>/`.
    Author,
    /// `sources/<slug>/`.
    Source,
    /// `lang/<tag>/`.
    Lang,
    /// `categories/<slug>/`; categories are then no tags.
    Category,
}

impl Axis {
    /// All axes.
    pub const ALL: [Self; 5] = [Self::Tag, Self::Author, Self::Source, Self::Lang, Self::Category];

    /// The folder of the family, without a slash.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Author => "authors",
            Self::Source => "sources",
            Self::Lang => "lang",
            Self::Category => "categories",
        }
    }

    /// The word before the slash in a feed's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Author => "author",
            Self::Source => "source",
            Self::Lang => "lang",
            Self::Category => "category",
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
