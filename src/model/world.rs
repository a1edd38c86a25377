//! The narrow window through which the pure floors see bodies and images. The edge implements it over disk, tests over a map.

use super::{Article, Image, ImageFacts};

/// What the pure floors may ask of the outside.
pub trait World: Sync {
    /// The body of an article as text, line ends as written, without the closing line of a wrapping fence.
    fn body(&self, article: &Article) -> Result<String, BodyFault>;

    /// What is known of an image.
    fn image(&self, image: &Image) -> Option<ImageFacts>;
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
