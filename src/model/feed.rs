//! Feeds: first an outline (which articles, in which order), then the complete feed with its entries.

use super::{
    AbsUrl, Axis, ContentMode, Document, Entry, EntryId, FeedAddresses, Format, ImageFacts, ImageParts, Lang,
    PageContext, Person, Related, Site, Timestamp,
};
use std::sync::Arc;

/// Which articles a feed holds, before any body is read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Outline {
    /// `all`, `tag/layer2`, `author/ivan`, `source/defibank`, `lang/ru`, or a custom name.
    pub name: String,
    /// The axis that made it, if one did.
    pub axis: Option<Axis>,
    /// Its name within its axis: `Layer2`.
    pub label: String,
    /// The folder under the output folder, ending with `/`; empty for the feed of all articles.
    pub folder: String,
    /// Where its documents lie.
    pub addresses: FeedAddresses,
    /// The title that readers display.
    pub title: String,
    /// The description that readers display; never empty.
    pub description: String,
    /// The language of all entries, if they share one.
    pub lang: Option<Lang>,
    /// Whether entries carry summaries, HTML or both.
    pub content: ContentMode,
    /// Indices into the collection, newest first, ties by id, cut to the limit.
    pub entries: Vec<usize>,
    /// The number of its articles before the limit is applied.
    pub total: usize,
    /// Other tags of its entries that have feeds, for its page.
    pub related: Vec<Related>,
}

/// The addresses of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedUrls {
    /// The URL of the page that the feed belongs to.
    pub home: AbsUrl,
    /// The folder of the feed's page, ending with `/`.
    pub base: AbsUrl,
    /// The output folder.
    pub output: AbsUrl,
    /// The addresses of the feed's documents below the output folder.
    pub addresses: FeedAddresses,
}

impl FeedUrls {
    /// Those of a feed with its page in this folder.
    pub fn new(site: &Site, folder: &str, addresses: &FeedAddresses) -> Option<Self> {
        let base = site.output.url.join(folder).ok()?;
        Some(Self { home: site.url.clone(), base, output: site.output.url.clone(), addresses: addresses.clone() })
    }

    /// The self URL of one format, which is also its WebSub topic. `None` only if the base cannot be a base URL.
    pub fn topic(&self, format: Format) -> Option<AbsUrl> {
        match self.addresses.get(format) {
            Some(path) => self.output.join(&format!("./{}", path.address())).ok(),
            None => self.base.join(format.file_name()).ok(),
        }
    }
}

/// A complete feed: writers need nothing else.
#[derive(Debug, Clone)]
pub struct Feed {
    /// As in [`Outline`].
    pub name: String,
    /// As in [`Outline`].
    pub folder: String,
    /// Its `atom:id` (RFC 4287 section 4.2.6): never changes, and differs from every entry's id.
    pub id: EntryId,
    /// The title as plain text.
    pub title: String,
    /// The description as plain text; never empty.
    pub description: String,
    /// The language of the feed.
    pub lang: Option<Lang>,
    /// Whether entries carry summaries, HTML or both.
    pub content: ContentMode,
    /// The URLs of the feed.
    pub urls: FeedUrls,
    /// The newest `updated` of its entries.
    pub updated: Timestamp,
    /// The authors of the site; at least one.
    pub authors: Vec<Person>,
    /// The site's image; RSS accepts only GIF, JPEG and PNG.
    pub image: Option<AbsUrl>,
    /// What is known about the site's image.
    pub image_facts: Option<ImageFacts>,
    /// Which elements for images are written.
    pub parts: ImageParts,
    /// The site's copyright line.
    pub copyright: Option<String>,
    /// WebSub hubs, in the order of the config.
    pub hubs: Vec<AbsUrl>,
    /// Full copies of its documents at other addresses: the format, the path, and the URL that the copy gives as its own.
    pub copies: Vec<(Format, String, AbsUrl)>,
    /// The formats written for this feed, for `rel=alternate`.
    pub formats: Vec<Format>,
    /// What its page needs in addition; `None` if no page is written.
    pub face: Option<PageContext>,
    /// The entries, newest first. Never empty.
    pub entries: Vec<Arc<Entry>>,
}

impl Feed {
    /// A finished document of this feed.
    pub fn document(&self, format: Format, topic: AbsUrl, bytes: Vec<u8>) -> Document {
        Document {
            path: match self.urls.addresses.get(format) {
                Some(path) => path.file(format),
                None => format!("{}{}", self.folder, format.file_name()),
            },
            feed: self.name.clone(),
            format,
            topic,
            items: self.entries.len(),
            updated: self.updated,
            bytes,
        }
    }
}
