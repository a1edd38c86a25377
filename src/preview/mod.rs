//! How readers display a finished document: its bytes → what each item offers → what each reader picks for title,
//! image, date and body, and what is lost.
//!
//! Items are read from the bytes that readers get, never from the model. The rules are data (`readers.rs`), each with
//! its source; a reader's next release may change them.

mod items;
mod json;
mod prose;
mod readers;
#[cfg(test)]
mod tests;
mod xml;

pub use items::{Item, ItemKind, Offer};
pub use prose::prose;
pub use readers::{FeedReader, Pick, READERS};

use crate::model::Format;

/// Every item of a feed with what it offers. Empty for a document that is not a feed.
pub fn items(bytes: &[u8], format: Format) -> Vec<Item> {
    match format {
        Format::Rss | Format::Atom => xml::items(bytes),
        Format::Json => json::items(bytes),
        Format::Page | Format::Opml => Vec::new(),
    }
}
