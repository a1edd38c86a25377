//! An article's head, complete and resolved. The body stays on disk until an entry needs it.

use super::{AbsUrl, Attribution, EntryId, Guids, Lang, Person, Place, Slug, Tagged, Timestamp};
use std::sync::Arc;

/// A path under the content folder, with `/` between its parts, on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ArticlePath(Arc<str>);

impl ArticlePath {
    /// Takes a relative path with `/` between its parts.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// Resolves a reference against a folder, without query and fragment. `None` if it leaves the top folder, names no
    /// file, or hides a separator in an encoded character.
    pub fn below(folder: &str, reference: &str) -> Option<Self> {
        let mut parts: Vec<String> = folder.split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        let name = reference.split(['?', '#']).next().unwrap_or_default();
        for part in name.split('/') {
            let part = super::url::decoded(part)?;
            match &*part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ if part.contains(|c: char| matches!(c, '/' | '\\') || c.is_control()) => return None,
                _ => parts.push(part),
            }
        }
        (!parts.is_empty() && !name.ends_with('/')).then(|| Self::new(&parts.join("/")))
    }

    /// Whether the body is HTML, by the file's extension; any other body is Markdown.
    pub fn is_html(&self) -> bool {
        self.0.ends_with(".html") || self.0.ends_with(".htm")
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder, without a slash at its end; empty at the top.
    pub fn folder(&self) -> &str {
        self.last_slash().and_then(|slash| self.0.get(..slash)).unwrap_or_default()
    }

    /// The file name without its extension.
    pub fn stem(&self) -> &str {
        let name = self.last_slash().and_then(|slash| self.0.get(slash + 1..)).unwrap_or(&self.0);
        let dot = memchr::memrchr(b'.', name.as_bytes()).filter(|dot| *dot > 0);
        dot.and_then(|dot| name.get(..dot)).unwrap_or(name)
    }

    fn last_slash(&self) -> Option<usize> {
        memchr::memrchr(b'/', self.0.as_bytes())
    }
}

impl std::fmt::Display for ArticlePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an article's body begins in its file, and how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct BodyRef {
    /// Bytes from the start of the file.
    pub offset: u64,
    /// The line, from 1, on which the body begins.
    pub line: u32,
    /// Whether the document was wrapped in a code fence; the closing line of the fence is not part of the body.
    pub fenced: bool,
}

/// How exactly a publication date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Precision {
    /// With a time, which is never moved.
    Written,
    /// A day only: feedmill chooses the time and may move it to the next free second.
    DayOnly,
}

/// The outcome of a file found in the content folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It may appear in feeds.
    Accepted,
    /// `draft: true` or `published: false`.
    Draft,
    /// Its date is in the future.
    Future,
    /// Its `expires` has passed.
    Expired,
    /// It has an error.
    Error,
    /// It is not an article: no front matter, or an empty file.
    Other,
}

/// Which articles a run includes besides those that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRule {
    /// The time of the run.
    pub now: Timestamp,
    /// Whether drafts are included.
    pub drafts: Admit,
    /// Whether articles dated in the future are included.
    pub future: Admit,
}

/// Whether something usually left out is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Admit {
    /// It is included.
    Yes,
    /// It is left out.
    #[default]
    No,
}

/// What an article's address was derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
pub enum AddressFrom {
    /// The address is written in the front matter.
    Written,
    /// The permalink pattern and a slug that is written in the front matter.
    Slug,
    /// The permalink pattern and the name of the file.
    #[default]
    File,
}

/// An image of an article, resolved to the URL that readers get.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Image {
    /// The URL from which readers fetch it.
    pub url: AbsUrl,
    /// Its possible path under the content folder, if the image belongs to the site.
    pub file: Option<ArticlePath>,
    /// Its alternative text and caption.
    pub texts: Option<Box<ImageTexts>>,
    /// Where it is written.
    pub at: Place,
}

/// The texts that belong to an image.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct ImageTexts {
    /// The alternative text.
    pub alt: Option<String>,
    /// The caption below the image.
    pub caption: Option<String>,
}

impl ImageTexts {
    /// `None` if there is neither text.
    pub fn new(alt: Option<String>, caption: Option<String>) -> Option<Box<Self>> {
        (alt.is_some() || caption.is_some()).then(|| Box::new(Self { alt, caption }))
    }
}

impl Image {
    /// The alternative text.
    pub fn alt(&self) -> Option<&str> {
        self.texts.as_ref()?.alt.as_deref()
    }

    /// The caption below the image.
    pub fn caption(&self) -> Option<&str> {
        self.texts.as_ref()?.caption.as_deref()
    }
}

/// An audio, video or other file that an article has in addition to its image.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MediaFile {
    /// Its URL and place; the alternative text and the caption are unused.
    pub file: Image,
    /// The media type as written.
    pub media_type: Option<super::MediaType>,
    /// The length in bytes as written.
    pub length: Option<u64>,
    /// The duration in seconds as written.
    pub duration: Option<u32>,
}

/// The complete head of an article.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// The article's file.
    pub path: ArticlePath,
    /// The entry id: equal in all formats, never changes.
    pub id: EntryId,
    /// The ids of RSS and JSON Feed, where they are others.
    pub guids: Option<Box<Guids>>,
    /// What the ledger knows it by.
    pub record: LedgerRecord,
    /// Whether the id was written by the author (`id`, `guid`).
    pub id_written: bool,
    /// The URL of its own page.
    pub permalink: AbsUrl,
    /// The slug: a safe part of a URL path, not always unique.
    pub slug: Slug,
    /// Plain text, no control characters, trimmed, never empty.
    pub title: Box<str>,
    /// When it is published; the article is due from this time on.
    pub published: Timestamp,
    /// Whether the publication time was written.
    pub precision: Precision,
    /// When it was last changed; never before `published`.
    pub updated: Timestamp,
    /// When it leaves the feeds.
    pub expires: Option<Timestamp>,
    /// Its tags in order, without duplicates, each with the spelling used here and its place.
    pub tags: Box<[Tagged]>,
    /// Its categories likewise; they are among the tags too, unless the config makes feeds by category.
    pub categories: Box<[Tagged]>,
    /// The summary as written, plain text.
    pub description: Option<Box<str>>,
    /// The main image.
    pub image: Option<Image>,
    /// The audio, video or other file.
    pub enclosure: Option<Box<MediaFile>>,
    /// The source it comes from.
    pub attribution: Option<Arc<Attribution>>,
    /// A page elsewhere that the article comes from (`canonical` on another host).
    pub via: Option<AbsUrl>,
    /// Its authors; if empty, the site's authors apply.
    pub authors: Arc<[Person]>,
    /// Its language, if known.
    pub lang: Option<Lang>,
    /// Whether it is featured (`feature: true`).
    pub featured: bool,
    /// Whether its front matter marks it as a draft.
    pub draft: bool,
    /// What its address was derived from.
    pub address: AddressFrom,
    /// Where its body begins in the file.
    pub body: BodyRef,
    /// The places of its date, slug and id or permalink, for findings about the whole collection.
    pub places: Places,
    /// Whether its [`EntryDetails`] have been taken out of it.
    pub abridged: bool,
    /// Whether checks over the whole collection changed its id, address or time.
    pub moved: bool,
}

/// Texts of an article that only its own entry uses. In a run of many articles they are stored elsewhere until then.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct EntryDetails {
    description: Option<Box<str>>,
    image: Option<Box<ImageTexts>>,
}

impl Article {
    /// Takes out the texts that only its entry uses.
    pub fn abridge(&mut self) -> EntryDetails {
        self.abridged = true;
        let image = self.image.as_mut().and_then(|image| image.texts.take());
        EntryDetails { description: self.description.take(), image }
    }

    /// Puts the texts back that [`abridge`](Self::abridge) took out.
    pub fn complete(&mut self, details: EntryDetails) {
        self.description = details.description;
        if let Some(image) = &mut self.image {
            image.texts = details.image;
        }
        self.abridged = false;
    }
}

/// What the ledger knows an article by.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct LedgerRecord {
    /// The key of its line: subscribers have it.
    pub line: Option<Box<str>>,
    /// Whether its date is the one that subscribers have.
    pub was_published: bool,
    /// Hash of the id that the front matter or the rule gives, whatever subscribers have.
    pub rule: u32,
    /// Hashes of what was written.
    pub written: WrittenHashes,
    /// How much earlier feedmill 0.1 dated it.
    pub earlier: DayShift,
}

/// Seconds between the times that feedmill gives to days without one and those of feedmill 0.1, which subscribers of older entries
/// have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct DayShift {
    /// The seconds of `published`.
    pub published: u16,
    /// The seconds of `updated`.
    pub updated: u16,
}

/// Hashes of what was written in an article; 0 where nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct WrittenHashes {
    /// Hash of `date`.
    pub date: u32,
    /// Hash of `updated`.
    pub updated: u32,
    /// Hash of `slug`.
    pub slug: u32,
}

/// Places of an article that checks over the whole collection refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Places {
    /// The front matter.
    pub head: Place,
    /// The publication date.
    pub date: Place,
    /// The slug, or what it was derived from.
    pub slug: Place,
    /// The id, otherwise the permalink, otherwise the slug.
    pub id: Place,
    /// The source's name.
    pub source: Place,
}
