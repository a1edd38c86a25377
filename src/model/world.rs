//! The narrow windows through which the pure floors see the outside. The edge implements them over disk, tests over a map.

use super::{Article, ArticlePath, Document, Fingerprint, Format, Image, ImageFacts};

/// What the pure floors may ask of the outside.
pub trait World: Sync {
    /// The bytes of an article's file: at least its first 4 KiB, or all of it.
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault>;

    /// The body of an article as text, line ends as written, without the closing line of a wrapping fence.
    fn body(&self, article: &Article) -> Result<String, BodyFault>;

    /// What is known of an image.
    fn image(&self, image: &Image) -> Option<ImageFacts>;

    /// Of all that [`World::image`] hangs on: while it is the same, so is the answer. `None` where it may change unseen.
    fn image_fingerprint(&self, image: &Image) -> Option<Fingerprint> {
        Some(Fingerprint::of_debug(&self.image(image)))
    }
}

/// How much of a file is wanted, or was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The first bytes only.
    Start,
    /// All of it.
    Whole,
}

/// Bytes of a file.
#[derive(Debug, Clone)]
pub struct FileBytes {
    /// From its beginning.
    pub bytes: Vec<u8>,
    /// Whether these are all.
    pub extent: Extent,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// It went away, or may not be read; the text says why.
    #[error("{0}")]
    Unreadable(String),
    /// It is larger than feedmill reads; its size in bytes.
    #[error("it has {0} bytes")]
    TooLarge(u64),
}

/// Why a body could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// The file went away or cannot be read; the text says why.
    #[error("its body cannot be read: {0}")]
    Unreadable(String),
    /// Bytes that are no UTF-8, on this line of the file; the text without them.
    #[error("its body is not UTF-8 on line {line}")]
    NotUtf8 {
        /// Line of the file, from 1.
        line: u32,
        /// The body without the offending bytes.
        rest: String,
    },
}

/// Takes finished documents off memory: to a stage file, or nowhere on a dry run.
pub trait Stage: Sync {
    /// Takes a document; what stays is its digest and size.
    fn put(&self, document: Document) -> Result<Staged, String>;

    /// Takes a document at its word, which says that it lies in the target as it was made; `None` where the target knows
    /// otherwise, or of no such word.
    fn again(&self, _staged: &Staged) -> Option<Staged> {
        None
    }
}

/// What stays in memory of a finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// Under the output folder.
    pub path: String,
    /// The feed's name.
    pub feed: String,
    /// Its format.
    pub format: Format,
    /// Its self URL and WebSub topic.
    pub topic: super::AbsUrl,
    /// Entries it holds.
    pub items: usize,
    /// Bytes.
    pub size: u64,
    /// BLAKE3 of its bytes, hexadecimal.
    pub digest: String,
    /// Whether it lies in the target already.
    pub state: DocumentState,
}

/// Whether a document lies in the target as it was made, by the manifest's word and by its own bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentState {
    /// Byte for byte.
    AsListed,
    /// New, edited, cut or gone.
    Differs,
    /// Something stands there that feedmill did not write: a page of the site itself. It is left alone.
    Foreign,
    /// A feed of another program lies there. It is replaced only with `--accept`.
    OtherProgram,
}

impl Staged {
    /// The note of a document that is not yet in its place.
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
