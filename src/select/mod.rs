//! Heads → feed outlines: who is due, grouped, ordered and cut to the limit.

mod axis;
mod condition;
mod outline;
mod related;
mod visible;
mod window;

pub use outline::{Selected, outlines};
pub use visible::visible;
pub use window::Windows;

use crate::model::{Article, ArticlePath, Outcome, Timestamp};

/// Articles told apart by time and draft state.
#[derive(Debug, Clone, Default)]
pub struct Visible {
    /// Those that may stand in feeds.
    pub articles: Vec<Article>,
    /// Those left out, with why.
    pub left_out: Vec<(ArticlePath, Outcome)>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// When the clock next changes any of this: an article becomes due, was changed, or expires.
    pub holds_until: Option<Timestamp>,
}
