//! An article's head as written: every value is located and optional.

use super::{ArticlePath, BodyRef, DateOrder, Located, PermalinkPattern, Place};

/// The head of an article as written. Every field is read independently; a bad one is reported and left out.
#[derive(Debug, Clone, Default)]
pub struct RawArticle {
    /// The path of the file under the content folder.
    pub path: ArticlePath,
    /// The key `title`.
    pub title: Option<Located<String>>,
    /// The text of the first level-one heading, if the head needs it (no title, or one that looks like a slug).
    pub heading: Option<Located<String>>,
    /// The key `slug`.
    pub slug: Option<Located<String>>,
    /// The keys `id`, `guid`.
    pub id: Option<Located<String>>,
    /// `url`, `permalink`: the article's own address.
    pub permalink: Option<Located<String>>,
    /// `permalink: /:year/:title/`: a pattern for this article only.
    pub pattern: Option<Located<PermalinkPattern>>,
    /// `canonical`: another page that holds the article, or the permalink.
    pub canonical: Option<Located<String>>,
    /// `date` and its synonyms.
    pub date: Option<Located<WrittenDate>>,
    /// The keys `updated`, `lastmod`.
    pub updated: Option<Located<WrittenDate>>,
    /// The key `expires`.
    pub expires: Option<Located<WrittenDate>>,
    /// `tag`, `tags`, `topics`: as written, in order.
    pub tags: Vec<Located<String>>,
    /// `category`, `categories`: tags as well, unless the config makes feeds by category.
    pub categories: Vec<Located<String>>,
    /// `description`, `summary`, `excerpt`.
    pub description: Option<Located<String>>,
    /// `img`, `image`, `cover`, `thumbnail`, `banner`.
    pub image: Option<RawImage>,
    /// `audio`, `video`, `enclosure`.
    pub enclosure: Option<RawEnclosure>,
    /// The key `source`.
    pub source: Option<RawAttribution>,
    /// The keys `author`, `authors`.
    pub authors: Vec<RawAuthor>,
    /// The key `lang`.
    pub lang: Option<Located<String>>,
    /// The keys `feature`, `featured`.
    pub featured: bool,
    /// `draft: true` or `published: false`.
    pub draft: bool,
    /// Whether a date could not be read; that has been reported already.
    pub date_is_bad: bool,
    /// Ambiguous dates such as `03/04/2020`, which other files may settle; until then their own fields are `None`.
    pub unsettled: Vec<Unsettled>,
    /// The date orders that the unambiguous dates of this file show.
    pub orders: Vec<DateOrder>,
    /// Where the body begins.
    pub body: BodyRef,
    /// Where the front matter begins, for findings about what is missing.
    pub head: Place,
}

/// An image as written.
#[derive(Debug, Clone)]
pub struct RawImage {
    /// Its URL or path.
    pub url: Located<String>,
    /// The key `alt`.
    pub alt: Option<Located<String>>,
    /// The key `caption`.
    pub caption: Option<Located<String>>,
}

/// An audio, video or other file as written.
#[derive(Debug, Clone)]
pub struct RawEnclosure {
    /// The key: `audio`, `video`, `enclosure`.
    pub field: &'static str,
    /// Its URL or path.
    pub url: Located<String>,
    /// The key `type`.
    pub media_type: Option<Located<String>>,
    /// The key `length`.
    pub length: Option<Located<String>>,
    /// The key `duration`.
    pub duration: Option<Located<String>>,
}

/// A source as written: a name or a mapping.
#[derive(Debug, Clone)]
pub struct RawAttribution {
    /// The source's name.
    pub name: Option<Located<String>>,
    /// The keys `source.url`, `source_url`.
    pub url: Option<Located<String>>,
    /// The key `source.feed`.
    pub feed: Option<Located<String>>,
}

/// An author as written.
#[derive(Debug, Clone)]
pub struct RawAuthor {
    /// The author's name.
    pub name: Located<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The URL of a page about the author.
    pub url: Option<String>,
}

/// A date, as precise as its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenDate {
    /// A day without a time.
    Day(chrono::NaiveDate),
    /// A day and a time without a zone.
    Local(chrono::NaiveDateTime),
    /// A day, a time and an offset.
    Instant(chrono::DateTime<chrono::FixedOffset>),
}

/// A date that can be read in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Which date of the article.
    pub field: DateField,
    /// The key as written.
    pub name: String,
    /// The value as written.
    pub text: String,
    /// The place of the value.
    pub at: Place,
    /// The reading in which `03/04` is 3 April.
    pub day_first: WrittenDate,
    /// The reading in which `03/04` is 4 March.
    pub month_first: WrittenDate,
}

/// A date of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateField {
    /// The key `date`.
    Published,
    /// The key `updated`.
    Updated,
    /// The key `expires`.
    Expires,
}
