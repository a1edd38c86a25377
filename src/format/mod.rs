//! Feed → Document, one file per format. Writers refuse nothing: types below have refused already.

use crate::model::{Document, Entry, Feed, Format, Outline, Site};
use std::sync::Arc;

/// Assembles a feed from its outline and rendered entries. `None` when there is no entry.
pub fn feed(outline: &Outline, entries: Vec<Arc<Entry>>, site: &Site) -> Option<Feed> {
    let _ = (outline, entries, site);
    None
}

/// Writes a feed in one format. `None` when a writer fails, which only a fault of ours can bring about.
pub fn document(feed: &Feed, format: Format) -> Option<Document> {
    let _ = (feed, format);
    None
}
