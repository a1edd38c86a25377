//! The traits through which the pure layers see the outside. The edge implements them over disk, tests over a map.

use super::{Article, ArticlePath, Document, Fingerprint, Format, Image, ImageFacts};

/// What the pure layers may request from the outside.
pub trait World: Sync {
    /// The bytes of an article's file: at least its first 4 KiB, or all of it.
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault>;

    /// The body of an article as text, line ends as written, without the closing line of a code fence around the
    /// document.
    fn body(&self, article: &Article) -> Result<String, BodyFault>;

    /// What is known about an image.
    fn image(&self, image: &Image) -> Option<ImageFacts>;

    /// Fingerprint of everything [`World::image`] depends on. While it is unchanged, so is the result. `None` if the
    /// result may change unnoticed.
    fn image_fingerprint(&self, image: &Image) -> Option<Fingerprint> {
        Some(Fingerprint::of_debug(&self.image(image)))
    }
}

/// How much of a file is requested, or was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The first bytes only.
    Start,
    /// The whole file.
    Whole,
}

/// Bytes of a file.
#[derive(Debug, Clone)]
pub struct FileBytes {
    /// The bytes from the beginning of the file.
    pub bytes: Vec<u8>,
    /// Whether these are all bytes of the file.
    pub extent: Extent,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// It disappeared or may not be read; the text says why.
    #[error("{0}")]
    Unreadable(String),
    /// It is larger than feedmill reads; its size in bytes.
    #[error("it has {0} bytes")]
    TooLarge(u64),
}

/// Why a body could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// The file disappeared or cannot be read; the text says why.
    #[error("its body cannot be read: {0}")]
    Unreadable(String),
    /// This line of the file has bytes that are not UTF-8; `rest` is the text without them.
    #[error("its body is not UTF-8 on line {line}")]
    NotUtf8 {
        /// The line of the file, from 1.
        line: u32,
        /// The body without the offending bytes.
        rest: String,
    },
}

/// Moves finished documents out of memory: to a stage file, or nowhere on a dry run.
pub trait Stage: Sync {
    /// Takes a document; only its digest and size stay in memory.
    fn put(&self, document: Document) -> Result<Staged, String>;

    /// Reuses a cached document that should be in the target as it was written; `None` if the target differs or the
    /// stage does not support it.
    fn again(&self, _staged: &Staged) -> Option<Staged> {
        None
    }
}

/// What stays in memory of a finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// The path under the output folder.
    pub path: String,
    /// The feed's name.
    pub feed: String,
    /// The document's format.
    pub format: Format,
    /// Its self URL and WebSub topic.
    pub topic: super::AbsUrl,
    /// The number of entries in it.
    pub items: usize,
    /// The size in bytes.
    pub size: u64,
    /// BLAKE3 of its bytes, hexadecimal.
    pub digest: String,
    /// Its state in the target.
    pub state: DocumentState,
}

/// Whether the target holds a document as it was written, by the manifest and by the bytes themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentState {
    /// Equal byte for byte.
    AsListed,
    /// New, edited, truncated or missing.
    Differs,
    /// Another file is in its place that feedmill did not write: a page of the site itself. It is left alone.
    Foreign,
    /// A feed of another program is in its place. It is replaced only with `--accept`.
    OtherProgram,
}

impl Staged {
    /// Describes a document that is not yet in its place.
    pub fn for_document(document: &Document) -> Self {
        Self {
            path: document.path.clone(),
            feed: document.feed.clone(),
            format: document.format,
            topic: document.topic.clone(),
            items: document.items,
            size: document.bytes.len() as u64,
            digest: blake3::hash(&document.bytes).to_hex().to_string(),
            state: DocumentState::Differs,
        }
    }
}
