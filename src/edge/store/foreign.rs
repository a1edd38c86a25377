//! Pages and lists that are not ours: an output folder may be the site's own, with a page of its own where one of a feed
//! would go. Ours say who made them, within their first bytes.

/// What pages and lists say of their maker.
const GENERATED: &str = "name=\"generator\" content=\"feedmill\"";

/// The bytes in which they say it.
pub(super) const MARKED_WITHIN: u64 = 2048;

/// Whether a page that begins so is ours. An empty one is nobody's.
pub(super) fn is_marked(start: &[u8]) -> bool {
    start.is_empty() || String::from_utf8_lossy(start).contains(GENERATED)
}
