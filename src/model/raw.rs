//! What was written: an article's head as found, located and optional.

use super::{ArticlePath, BodyRef, DateOrder, Located, PermalinkPattern, Place};

/// The head of an article as it was written. Every field is read independently; a bad one is reported and absent.
#[derive(Debug, Clone, Default)]
pub struct RawArticle {
    /// Where the file lies under the content folder.
    pub path: ArticlePath,
    /// `title`.
    pub title: Option<Located<String>>,
    /// The text of the first level-one heading, when the head needed it (no title, or one that looks like a slug).
    pub heading: Option<Located<String>>,
    /// `slug`.
    pub slug: Option<Located<String>>,
    /// `id`, `guid`.
    pub id: Option<Located<String>>,
    /// `url`, `permalink`: the article's own address.
    pub permalink: Option<Located<String>>,
    /// `permalink: /:year/:title/`: a pattern of the article's own.
    pub pattern: Option<Located<PermalinkPattern>>,
    /// `canonical`: another page that holds the article, or the permalink.
    pub canonical: Option<Located<String>>,
    /// `date` and its kin.
    pub date: Option<Located<WrittenDate>>,
    /// `updated`, `lastmod`.
    pub updated: Option<Located<WrittenDate>>,
    /// `expires`.
    pub expires: Option<Located<WrittenDate>>,
    /// `tag`, `tags`, `topics`: as spelt, in order.
    pub tags: Vec<Located<String>>,
    /// `category`, `categories`: tags as well, unless the config makes feeds by category.
    pub categories: Vec<Located<String>>,
    /// `description`, `summary`, `excerpt`.
    pub description: Option<Located<String>>,
    /// `img`, `image`, `cover`, `thumbnail`, `banner`.
    pub image: Option<RawImage>,
    /// `audio`, `video`, `enclosure`.
    pub enclosure: Option<RawEnclosure>,
    /// `source`.
    pub source: Option<RawAttribution>,
    /// `author`, `authors`.
    pub authors: Vec<RawAuthor>,
    /// `lang`.
    pub lang: Option<Located<String>>,
    /// `feature`, `featured`.
    pub featured: bool,
    /// `draft: true` or `published: false`.
    pub draft: bool,
    /// Whether a date was written that could not be read; the fault has been reported.
    pub date_is_bad: bool,
    /// Dates such as `03/04/2020`, which the other files may settle; their own fields are absent meanwhile.
    pub unsettled: Vec<Unsettled>,
    /// The orders that dates of this file tell by having one reading only.
    pub orders: Vec<DateOrder>,
    /// Where the body begins.
    pub body: BodyRef,
    /// Where the front matter begins, for findings about what is missing.
    pub head: Place,
}

/// An image as written.
#[derive(Debug, Clone)]
pub struct RawImage {
    /// A URL or a path.
    pub url: Located<String>,
    /// `alt`.
    pub alt: Option<Located<String>>,
    /// `caption`.
    pub caption: Option<Located<String>>,
}

/// An audio, video or other file as written.
#[derive(Debug, Clone)]
pub struct RawEnclosure {
    /// The key: `audio`, `video`, `enclosure`.
    pub field: &'static str,
    /// A URL or a path.
    pub url: Located<String>,
    /// `type`.
    pub media_type: Option<Located<String>>,
    /// `length`.
    pub length: Option<Located<String>>,
    /// `duration`.
    pub duration: Option<Located<String>>,
}

/// A source as written: a name, or a mapping.
#[derive(Debug, Clone)]
pub struct RawAttribution {
    /// The name.
    pub name: Option<Located<String>>,
    /// `source.url`, `source_url`.
    pub url: Option<Located<String>>,
    /// `source.feed`.
    pub feed: Option<Located<String>>,
}

/// An author as written.
#[derive(Debug, Clone)]
pub struct RawAuthor {
    /// The name.
    pub name: Located<String>,
    /// The address.
    pub email: Option<String>,
    /// A page.
    pub url: Option<String>,
}

/// A date as far as its text alone tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// A day, no time.
    Day(chrono::NaiveDate),
    /// A day and a time, no zone.
    Local(chrono::NaiveDateTime),
    /// An instant.
    Instant(chrono::DateTime<chrono::FixedOffset>),
}

/// A date with two readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Which date of the article.
    pub field: DateField,
    /// The key as written.
    pub name: String,
    /// The value as written.
    pub text: String,
    /// Where it stands.
    pub at: Place,
    /// `03/04` is 3 April.
    pub day_first: WrittenDate,
    /// `03/04` is 4 March.
    pub month_first: WrittenDate,
}

/// A date of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateField {
    /// `date`.
    Published,
    /// `updated`.
    Updated,
    /// `expires`.
    Expires,
}
