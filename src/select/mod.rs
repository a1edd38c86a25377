//! Heads → feed outlines: articles that are due, grouped, ordered and cut to the limit.

mod axis;
mod condition;
mod copies;
mod outline;
mod path_conflicts;
mod related;
mod visible;
mod window;

pub use copies::copies;
pub use outline::{Selected, outlines};
pub use path_conflicts::TakenPaths;
pub use visible::visible;
pub use window::Windows;

use crate::model::{Article, ArticlePath, Outcome, Timestamp};

/// Articles separated by time and draft state.
#[derive(Debug, Clone, Default)]
pub struct Visible {
    /// Those that may appear in feeds.
    pub articles: Vec<Article>,
    /// Those left out, each with the reason.
    pub left_out: Vec<(ArticlePath, Outcome)>,
    /// When the next article dated in the future becomes due.
    pub next_due: Option<Timestamp>,
    /// When this result next changes with the clock: an article becomes due, its `updated` is reached, or it expires.
    pub holds_until: Option<Timestamp>,
}
