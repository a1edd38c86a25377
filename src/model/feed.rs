//! Feeds: first an outline (which articles, in which order), then the whole with its entries.

use super::{
    AbsUrl, Axis, ContentMode, Document, Entry, EntryId, Format, ImageFacts, ImageParts, Lang, PageContext, Person,
    Related, Timestamp,
};
use std::sync::Arc;

/// Which articles a feed holds, before any body is read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Outline {
    /// `all`, `tag/layer2`, `author/ivan`, `source/defibank`, `lang/ru`, or a custom name.
    pub name: String,
    /// The family that it belongs to.
    pub axis: Option<Axis>,
    /// What it is called among its family: `Layer2`.
    pub label: String,
    /// Folder under the output folder, with `/` at its end; empty for the feed of all articles.
    pub folder: String,
    /// Shown to readers.
    pub title: String,
    /// Shown to readers; never empty.
    pub description: String,
    /// The language of all entries, when it is one.
    pub lang: Option<Lang>,
    /// What the entries carry.
    pub content: ContentMode,
    /// Indices into the collection, newest first, ties by id, cut to the limit.
    pub entries: Vec<usize>,
    /// How many articles belong to it before the limit.
    pub total: usize,
    /// Other tags of its entries that have feeds, for its page.
    pub related: Vec<Related>,
}

/// The addresses of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedUrls {
    /// The page that the feed belongs to.
    pub home: AbsUrl,
    /// The folder of the feed's documents, ending with `/`.
    pub base: AbsUrl,
}

impl FeedUrls {
    /// The self URL of one format, which is also its WebSub topic. `None` only if the base were no base.
    pub fn topic(&self, format: Format) -> Option<AbsUrl> {
        self.base.join(format.file_name()).ok()
    }
}

/// A feed, complete: writers ask nothing else.
#[derive(Debug, Clone)]
pub struct Feed {
    /// As in [`Outline`].
    pub name: String,
    /// As in [`Outline`].
    pub folder: String,
    /// Its `atom:id` (RFC 4287 section 4.2.6): never changes, and is no entry's.
    pub id: EntryId,
    /// Plain text.
    pub title: String,
    /// Plain text; never empty.
    pub description: String,
    /// The language of the feed.
    pub lang: Option<Lang>,
    /// What the entries carry.
    pub content: ContentMode,
    /// Its addresses.
    pub urls: FeedUrls,
    /// The newest `updated` of its entries.
    pub updated: Timestamp,
    /// Of the site; at least one.
    pub authors: Vec<Person>,
    /// The site's image; RSS takes only GIF, JPEG and PNG.
    pub image: Option<AbsUrl>,
    /// What is known of it.
    pub image_facts: Option<ImageFacts>,
    /// Which parts of the recipe for images are written.
    pub parts: ImageParts,
    /// The site's copyright line.
    pub copyright: Option<String>,
    /// WebSub hubs, in the order of the config.
    pub hubs: Vec<AbsUrl>,
    /// The formats that are written of this feed, for `rel=alternate`.
    pub formats: Vec<Format>,
    /// What its page needs besides; `None` where no page is written.
    pub face: Option<PageContext>,
    /// Newest first. Never empty.
    pub entries: Vec<Arc<Entry>>,
}

impl Feed {
    /// A finished document of this feed.
    pub fn document(&self, format: Format, topic: AbsUrl, bytes: Vec<u8>) -> Document {
        Document {
            path: format!("{}{}", self.folder, format.file_name()),
            feed: self.name.clone(),
            format,
            topic,
            items: self.entries.len(),
            updated: self.updated,
            bytes,
        }
    }
}
