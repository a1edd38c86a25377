//! What an article means: its head, complete. The body stays on disk until an entry needs it.

use super::{AbsUrl, Attribution, EntryId, Guids, Lang, Person, Place, Slug, Tagged, Timestamp};
use std::sync::Arc;

/// A path under the content folder, with `/` between its parts, on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ArticlePath(Arc<str>);

impl ArticlePath {
    /// From a relative path with `/` between its parts.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// A reference resolved against a folder, without query and fragment. `None` where it leaves the top, names no file,
    /// or hides a separator in an encoded character.
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

    /// Whether the body is HTML, by the file's extension; any other is Markdown.
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
    /// Whether the document was wrapped in a code fence, whose closing line is no part of the body.
    pub fenced: bool,
}

/// How exactly a publication date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Precision {
    /// With a time: never moved.
    Written,
    /// A day only: the time is feedmill's, and may move to the next free second.
    DayOnly,
}

/// What became of an article found in the content folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It may stand in feeds.
    Accepted,
    /// `draft: true` or `published: false`.
    Draft,
    /// Its date has not come.
    Future,
    /// Its `expires` has passed.
    Expired,
    /// It has an error.
    Error,
    /// It is no article: no front matter, empty.
    Other,
}

/// Which articles a run lets in besides those that are due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeRule {
    /// The instant of the run.
    pub now: Timestamp,
    /// Whether drafts are let in.
    pub drafts: Admit,
    /// Whether articles of the future are let in.
    pub future: Admit,
}

/// Whether something usually left out is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Admit {
    /// Let in.
    Yes,
    /// Left out.
    #[default]
    No,
}

/// What an article's address was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
pub enum AddressFrom {
    /// It was written.
    Written,
    /// The pattern, and a slug that was written.
    Slug,
    /// The pattern, and the name of the file.
    #[default]
    File,
}

/// An image of an article, resolved to the URL that readers get.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Image {
    /// Where readers fetch it.
    pub url: AbsUrl,
    /// Where it may lie under the content folder, when it is the site's own.
    pub file: Option<ArticlePath>,
    /// What is said of it.
    pub texts: Option<Box<ImageTexts>>,
    /// Where it was written.
    pub at: Place,
}

/// What is said of an image.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct ImageTexts {
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// What stands under it.
    pub caption: Option<String>,
}

impl ImageTexts {
    /// `None` where nothing is said.
    pub fn new(alt: Option<String>, caption: Option<String>) -> Option<Box<Self>> {
        (alt.is_some() || caption.is_some()).then(|| Box::new(Self { alt, caption }))
    }
}

impl Image {
    /// What it shows, for those who do not see it.
    pub fn alt(&self) -> Option<&str> {
        self.texts.as_ref()?.alt.as_deref()
    }

    /// What stands under it.
    pub fn caption(&self) -> Option<&str> {
        self.texts.as_ref()?.caption.as_deref()
    }
}

/// An audio, a video or another file that an article carries beside its image.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MediaFile {
    /// Where it lies; it has no alternative text and no caption.
    pub file: Image,
    /// Its type as written.
    pub media_type: Option<super::MediaType>,
    /// Its bytes as written.
    pub length: Option<u64>,
    /// Seconds as written.
    pub duration: Option<u32>,
}

/// An article's head, complete.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// Its file.
    pub path: ArticlePath,
    /// Its id; the same in all formats, for ever.
    pub id: EntryId,
    /// The ids of RSS and JSON Feed, where they are others.
    pub guids: Option<Box<Guids>>,
    /// What the ledger knows it by.
    pub record: LedgerRecord,
    /// Whether the id was written by the author (`id`, `guid`).
    pub id_written: bool,
    /// Its own page.
    pub permalink: AbsUrl,
    /// Its slug.
    pub slug: Slug,
    /// Plain text, no control characters, trimmed, never empty.
    pub title: Box<str>,
    /// When it is published; its due instant.
    pub published: Timestamp,
    /// Whether the time was written.
    pub precision: Precision,
    /// When it was last changed; never before `published`.
    pub updated: Timestamp,
    /// When it leaves the feeds.
    pub expires: Option<Timestamp>,
    /// Its tags in order, without twins, with the spelling used here and its place.
    pub tags: Box<[Tagged]>,
    /// Its categories likewise; they stand among the tags as well, unless the config makes feeds by category.
    pub categories: Box<[Tagged]>,
    /// The summary as written, plain text.
    pub description: Option<Box<str>>,
    /// Its image.
    pub image: Option<Image>,
    /// Its audio, video or other file.
    pub enclosure: Option<Box<MediaFile>>,
    /// Where it comes from.
    pub attribution: Option<Arc<Attribution>>,
    /// A page elsewhere that the article comes from (`canonical` on another host).
    pub via: Option<AbsUrl>,
    /// Its authors; empty: the site's.
    pub authors: Arc<[Person]>,
    /// Its language, where it is known.
    pub lang: Option<Lang>,
    /// `feature: true`.
    pub featured: bool,
    /// A draft, by its own word.
    pub draft: bool,
    /// What its address was made of.
    pub address: AddressFrom,
    /// Where its body is.
    pub body: BodyRef,
    /// Where its date, its slug and its id or permalink stand, for findings about the whole collection.
    pub places: Places,
    /// Whether its [`EntryDetails`] has been taken out of it.
    pub abridged: bool,
    /// Whether checks over the whole collection gave it another id, address or time than its file does.
    pub moved: bool,
}

/// Words of an article that nothing but its own entry shows: in a run of many articles they wait elsewhere until then.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct EntryDetails {
    description: Option<Box<str>>,
    image: Option<Box<ImageTexts>>,
}

impl Article {
    /// Takes out what only its entry shows.
    pub fn abridge(&mut self) -> EntryDetails {
        self.abridged = true;
        let image = self.image.as_mut().and_then(|image| image.texts.take());
        EntryDetails { description: self.description.take(), image }
    }

    /// Puts in what was taken out.
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
}

/// Hashes of what was written in an article; 0 where nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct WrittenHashes {
    /// Of `date`.
    pub date: u32,
    /// Of `updated`.
    pub updated: u32,
    /// Of `slug`.
    pub slug: u32,
}

/// Places of an article that checks over the whole collection point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Places {
    /// The front matter.
    pub head: Place,
    /// The date.
    pub date: Place,
    /// The slug, or what it was made from.
    pub slug: Place,
    /// The id, else the permalink, else the slug.
    pub id: Place,
    /// The source's name.
    pub source: Place,
}
