//! What a run may remember of the last one, so that it costs what changed. Only speed hangs on it: every answer is what
//! the run would come to by itself, and `None` is always a right answer. The edge keeps it in files.

use super::{Article, ArticlePath, DateOrder, Outcome};
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// What earlier runs came to.
pub trait Archive: Sync {
    /// What the head of this file came to, if neither the file nor what it is read by has changed. `at` is the place of
    /// the path among those of the run.
    fn head(&self, at: usize, path: &ArticlePath) -> Option<KnownHead>;

    /// Keeps what a head came to.
    fn keep_head(&self, at: usize, path: &ArticlePath, head: &KnownHead);
}

/// What one head came to, by itself: nothing of it hangs on another article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownHead {
    /// The article, or why there is none.
    pub article: Result<Box<Article>, Outcome>,
    /// What its dates tell of their order.
    pub told: Vec<DateOrder>,
    /// What was found in it.
    pub findings: Vec<Diagnostic>,
}

/// Remembers nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Forgetful;

impl Archive for Forgetful {
    fn head(&self, _: usize, _: &ArticlePath) -> Option<KnownHead> {
        None
    }

    fn keep_head(&self, _: usize, _: &ArticlePath, _: &KnownHead) {}
}
