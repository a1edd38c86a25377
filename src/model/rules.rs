//! The rules of the config: which files are read, where articles are published, which feeds exist.

use super::{
    AbsUrl, BodyImage, ChangeDetection, DateOrder, Engine, FeedPaths, Format, Lang, MarkdownDialect, OldAddresses,
    Pages, PermalinkPattern, Recipe, TagKey, TagSeparator,
};
use std::collections::BTreeMap;

/// `content:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentRules {
    /// The content folder, relative to the project folder or absolute.
    pub dir: String,
    /// Globs of files to read, relative to the content folder.
    pub include: Vec<String>,
    /// Globs of files to skip.
    pub exclude: Vec<String>,
    /// The permalink pattern of all articles.
    pub permalink: PermalinkPattern,
    /// Permalink patterns by folder, without slashes around the folder; the longest matching folder wins.
    pub permalinks: BTreeMap<String, PermalinkPattern>,
    /// Dotted keys of the front matter that take precedence over all others, by the field they fill.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Date formats in chrono's syntax, which are tried first.
    pub date_formats: Vec<String>,
    /// The order of `03/04/2020`.
    pub date_order: Option<DateOrder>,
    /// How one text with several tags is split.
    pub tag_separator: TagSeparator,
    /// A file that describes people, or a folder of such files, relative to the project folder.
    pub authors_file: Option<String>,
    /// The folder of images given by a bare file name, relative to the project folder.
    pub image_dir: Option<String>,
    /// The folder that root-relative URLs refer to, relative to the project folder.
    pub static_dir: Option<String>,
    /// Whether the body's first image is used if the front matter has none.
    pub body_image: BodyImage,
    /// Languages recognised in `post.ru.md` and `ru/post.md`.
    pub languages: Vec<Lang>,
    /// The engine that the articles were written for.
    pub engine: Engine,
    /// The dialect of Markdown, if it is not the engine's.
    pub markdown: Option<&'static MarkdownDialect>,
    /// The engine whose feeds the site had: ids, dates and links are made by its rules.
    pub ids: Option<&'static Recipe>,
    /// Whether articles dated in the future are in the feeds.
    pub future: bool,
    /// How a changed file is detected.
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
            markdown: None,
            ids: None,
            future: false,
            change_detection: ChangeDetection::default(),
        }
    }
}

impl ContentRules {
    /// The dialect of Markdown that articles are read in.
    pub fn dialect(&self) -> &'static MarkdownDialect {
        self.markdown.unwrap_or_else(|| MarkdownDialect::for_engine(self.engine))
    }
}

/// `output:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputRules {
    /// The output folder, relative to the project folder or absolute.
    pub dir: String,
    /// The URL under which the output folder is served; ends with `/`.
    pub url: AbsUrl,
    /// The formats written, in the fixed order.
    pub formats: Vec<Format>,
    /// The maximum number of entries in a feed.
    pub limit: usize,
    /// Seconds that an entry stays in its feeds at least, whatever the limit (`output.min_age`).
    pub min_age: Option<i64>,
    /// Whether entries carry summaries, HTML or both.
    pub content: ContentMode,
    /// Whether a page for people is written for each feed.
    pub pages: Pages,
    /// Which articles the feed of all articles holds (`output.where`); all of them if unset.
    pub condition: Option<Condition>,
    /// Where the documents of the feed of all articles lie.
    pub paths: FeedPaths,
    /// Addresses that readers still ask for.
    pub old_addresses: OldAddresses,
}

/// Whether entries carry summaries, HTML or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ContentMode {
    /// Summary and full HTML.
    #[default]
    Both,
    /// Full HTML without summaries.
    Full,
    /// Summaries without full HTML.
    Summary,
}

/// The property by which a family of feeds groups articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Axis {
    /// The folders `tags/<slug>/`.
    Tag,
    /// The folders `authors/<slug>/`.
    Author,
    /// The folders `sources/<slug>/`.
    Source,
    /// The folders `lang/<tag>/`.
    Lang,
    /// `categories/<slug>/`; categories are then not tags.
    Category,
    /// The folders `sections/<slug>/`: one feed for each first folder below the content folder.
    Section,
}

impl Axis {
    /// All axes, in a fixed order.
    pub const ALL: [Self; 6] = [Self::Tag, Self::Author, Self::Source, Self::Lang, Self::Category, Self::Section];

    /// The folder of the family, without a slash.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            Self::Author => "authors",
            Self::Source => "sources",
            Self::Lang => "lang",
            Self::Category => "categories",
            Self::Section => "sections",
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
            Self::Section => "section",
        }
    }
}

/// One rule of `feeds:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedRule {
    /// One feed for each value of an axis.
    By {
        /// The property that groups the articles.
        axis: Axis,
        /// Where the documents lie, with `{slug}`.
        paths: FeedPaths,
        /// If set, overrides `output.limit`.
        limit: Option<usize>,
        /// If set, overrides `output.content`.
        content: Option<ContentMode>,
    },
    /// One feed with its own condition.
    Custom {
        /// Its name, `[a-z0-9-]`; also its folder.
        name: String,
        /// The title; the name if unset.
        title: Option<String>,
        /// The description that readers display.
        description: Option<String>,
        /// Which articles belong to it.
        condition: Condition,
        /// Where the documents lie.
        paths: FeedPaths,
        /// If set, overrides `output.limit`.
        limit: Option<usize>,
        /// If set, overrides `output.content`.
        content: Option<ContentMode>,
    },
}

/// `where:` of a custom feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Has the tag (aliases resolved).
    Tag(TagKey),
    /// Is featured, or is not featured.
    Featured(bool),
    /// Is in this language (a primary language matches its regions).
    Lang(Lang),
    /// Comes from this source.
    Source(String),
    /// Is by this author.
    Author(String),
    /// Lies in this section: the first folder below the content folder.
    Section(String),
    /// Holds when all hold.
    All(Vec<Condition>),
    /// Holds when any holds.
    Any(Vec<Condition>),
    /// Holds when it does not.
    Not(Box<Condition>),
}
