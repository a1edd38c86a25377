//! What a run may remember of the last one, so that it costs what changed. Only speed hangs on it: every answer is what
//! the run would come to by itself, and `None` is always a right answer. The edge keeps it in files.

use super::{Article, ArticlePath, DateOrder, EntryDetails, Fingerprint, Image, Outcome, Staged};
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// What earlier runs came to.
pub trait Archive: Sync {
    /// What the head of this file came to, if neither the file nor what it is read by has changed. `at` is the place of
    /// the path among those of the run.
    fn head(&self, at: usize, path: &ArticlePath) -> Option<KnownHead>;

    /// Keeps what a head came to, and what was taken out of its article. Whether that will be given again: else the article
    /// must be completed.
    fn keep_head(&self, at: usize, path: &ArticlePath, head: &KnownHead, details: &EntryDetails) -> bool;

    /// What was taken out of an article that was kept or given.
    fn entry_details(&self, _at: usize, _path: &ArticlePath) -> Option<EntryDetails> {
        None
    }

    /// Whether it is worth asking, and telling, what entries and feeds came to.
    fn remembers(&self) -> bool {
        false
    }

    /// What rendering the article of this file came to, if neither the file nor what it is read by has changed.
    fn entry(&self, _at: usize, _path: &ArticlePath) -> Option<KnownEntry> {
        None
    }

    /// Keeps what rendering came to.
    fn keep_entry(&self, _at: usize, _path: &ArticlePath, _entry: &KnownEntry) {}

    /// What the head of this file came to in the last run, if nothing that a run hangs on has changed since but this file and
    /// a few like it.
    fn before(&self, _at: usize, _path: &ArticlePath) -> Option<KnownHead> {
        None
    }

    /// The run takes over from the last what it did not ask for: all else that is known holds on.
    fn reuse(&self) {}

    /// The documents that were made of this, or of whatever they were made the last time, if each lies where it was put and
    /// nobody has touched it since.
    fn documents(&self, _name: &str, _of: Option<&Fingerprint>) -> Option<KnownDocuments> {
        None
    }

    /// Keeps what was made.
    fn keep_documents(&self, _name: &str, _of: &Fingerprint, _made: KnownDocuments) {}
}

/// What rendering an article came to, without what readers see of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownEntry {
    /// Of what other articles had a say in: its id, its dates, the labels of its tags.
    pub under: Fingerprint,
    /// Of the addresses of all articles, where it asked for any.
    pub uses_addresses: Option<Fingerprint>,
    /// The images that it asked for, each with a print of all that is known of it.
    pub images: Vec<(Image, Fingerprint)>,
    /// Of the entry as writers see it.
    pub entry: Fingerprint,
    /// BLAKE3 of its body as written.
    pub body: [u8; 32],
    /// What was found in it.
    pub findings: Vec<Diagnostic>,
}

/// What was made of a feed, without the bytes.
#[derive(Debug, Clone)]
pub struct KnownDocuments {
    /// In their order.
    pub staged: Vec<Staged>,
    /// What was found in them.
    pub findings: Vec<Diagnostic>,
}

/// What one head came to, by itself: nothing of it hangs on another article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownHead {
    /// The article, or why there is none.
    pub article: Result<Box<Article>, Outcome>,
    /// What its dates tell of their order.
    pub date_orders: Vec<DateOrder>,
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

    fn keep_head(&self, _: usize, _: &ArticlePath, _: &KnownHead, _: &EntryDetails) -> bool {
        false
    }
}
