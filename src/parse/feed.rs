//! Anyone's feed or export, read raw: ids exactly as written, nothing made up. RSS 0.9x to 2.0, RDF (RSS 0.9, 1.0), Atom 0.3
//! and 1.0, JSON Feed 1.x, WordPress exports (WXR) and Ghost exports.
//!
//! The input is hostile: sizes are bounded, entities of a document type are never expanded, and a document that is not
//! well-formed is refused as a whole, so that no entry is lost without a word.

mod dates;
mod json;
mod parts;
mod xml;

use crate::model::{Format, Timestamp};
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The largest document that is read, in bytes.
pub const MAX_SOURCE_BYTES: u64 = 64 << 20;

/// The most entries of one document.
const MAX_ENTRIES: usize = 100_000;

/// The longest text of an entry that is kept, in bytes.
const MAX_TEXT_BYTES: usize = 64 << 10;

/// The longest id that is taken over, in bytes.
const MAX_ID_BYTES: usize = 2048;

/// A feed or an export as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFeed {
    /// RSS, Atom or JSON Feed. An export has the format of the engine's feed.
    pub format: Format,
    /// Whether it is an export, which holds all posts and is not what subscribers read.
    pub is_export: bool,
    /// The program that wrote it, as it says.
    pub generator: String,
    /// Its own address (`rel="self"`, `feed_url`); empty where it names none.
    pub address: String,
    /// The page of the site that it belongs to.
    pub home: String,
    /// The address of the next page of the same feed (RFC 5005, `next_url`); empty on the last one.
    pub next: String,
    /// The entries in order.
    pub entries: Vec<SourceEntry>,
}

/// An entry of a feed or an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceEntry {
    /// Its id as written, without white space around it. The link where it has none.
    pub id: String,
    /// The address of its page as written.
    pub link: String,
    /// Its title as plain text.
    pub title: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// Its text, without tags.
    pub text: String,
    /// The names of its authors, one a line.
    pub authors: String,
    /// Its tags, one a line.
    pub tags: String,
    /// A hash of its text with its tags: another one is an edit.
    pub markup: u64,
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedFault {
    /// It is larger than [`MAX_SOURCE_BYTES`].
    #[error("it is larger than {} MiB", MAX_SOURCE_BYTES >> 20)]
    TooLarge,
    /// It has more than [`MAX_ENTRIES`].
    #[error("it has more than {MAX_ENTRIES} entries")]
    TooMany,
    /// Its characters cannot be read.
    #[error("it is not written in {0}, as it says")]
    Encoding(String),
    /// Its XML is not well-formed.
    #[error("it is not well-formed XML at byte {at}: {why}")]
    Xml {
        /// Bytes from the start of the document.
        at: u64,
        /// What is wrong.
        why: String,
    },
    /// Its JSON cannot be read.
    #[error("it is not JSON that can be read: {0}")]
    Json(String),
    /// It is another kind of document.
    #[error("it is not a feed and not an export of WordPress or Ghost: {0}")]
    NotAFeed(String),
}

/// Reads a document.
pub fn read(bytes: &[u8]) -> Result<SourceFeed, FeedFault> {
    if bytes.len() as u64 > MAX_SOURCE_BYTES {
        return Err(FeedFault::TooLarge);
    }
    let text = text(bytes)?;
    match text.trim_start().chars().next() {
        Some('{') => json::read(text.trim()),
        Some('<') => xml::read(text.trim_start()),
        Some(_) => Err(FeedFault::NotAFeed("it is neither XML nor a JSON object".into())),
        None => Err(FeedFault::NotAFeed("it is empty".into())),
    }
}

/// Whether feeds may carry an id: one line, no control character, and not longer than [`MAX_ID_BYTES`].
pub fn is_usable_id(id: &str) -> bool {
    let is_sound = |c: char| crate::model::is_xml_char(c) && !c.is_control() && c != UNRESOLVED;
    !id.is_empty() && id.len() <= MAX_ID_BYTES && id.chars().all(is_sound)
}

/// What a reference to an unknown entity becomes: an id that holds it is not usable.
const UNRESOLVED: char = '\u{fffd}';

/// The characters of a document, by its byte order mark or the encoding that its XML declaration names; else UTF-8.
fn text(bytes: &[u8]) -> Result<Cow<'_, str>, FeedFault> {
    let start = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes));
    let declaration = start.trim_start_matches('\u{feff}').split("?>").next().filter(|text| text.starts_with("<?xml"));
    let named = declaration.and_then(|text| text.split_once("encoding")).map(|(_, rest)| rest);
    let named = named.and_then(|rest| rest.split(['"', '\'']).nth(1)).unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(named.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let (text, used, is_broken) = encoding.decode(bytes);
    if is_broken { Err(FeedFault::Encoding(used.name().to_owned())) } else { Ok(text) }
}

impl SourceEntry {
    /// Completes an entry that was read: the link serves as the id where there is none, and texts lose their tags.
    fn completed(mut self) -> Self {
        if self.id.is_empty() {
            self.id.clone_from(&self.link);
        }
        let mut hasher = DefaultHasher::new();
        self.text.hash(&mut hasher);
        self.markup = hasher.finish();
        self.title = one_line(&crate::model::html::plain_text(&self.title, 2048));
        self.text = one_line(&crate::model::html::plain_text(&self.text, MAX_TEXT_BYTES));
        self
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
