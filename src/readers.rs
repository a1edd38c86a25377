//! What feed readers make of a finished document: the rules of each reader (a file each, `src/readers/README.md`), and
//! what an item offers → what each reader picks for title, image, date, author and body, and what is lost.
//!
//! Items are read from the bytes that readers get, never from the model. A reader's next release may change its rules.

mod entries;
mod items;
mod json;
mod prose;
mod rules;
mod shows;
#[cfg(test)]
mod tests;
mod xml;

pub use entries::EntryRules;
pub use items::{Item, ItemKind, Offer};
pub use prose::prose;
pub use rules::{FeedReader, readers};
pub use shows::{Displayed, Pick};

use crate::model::Format;

/// Every item of a feed with what it offers. Empty for a document that is not a feed.
pub fn items(bytes: &[u8], format: Format) -> Vec<Item> {
    match format {
        Format::Rss | Format::Atom => xml::items(bytes),
        Format::Json => json::items(bytes),
        Format::Page | Format::Opml => Vec::new(),
    }
}
