//! The cache interface of a run: what a run may reuse from the last one. It only saves work: a cached result equals
//! what the run would compute itself, and `None` is always a valid answer. The edge stores it in files.

use super::{Article, ArticlePath, DateOrder, EntryDetails, Fingerprint, Image, Outcome, Staged};
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// Cached results of earlier runs.
pub trait Archive: Sync {
    /// The cached head of this file, if neither the file nor the settings it is read with have changed. `at` is the
    /// index of the path among the paths of the run.
    fn head(&self, at: usize, path: &ArticlePath) -> Option<KnownHead>;

    /// Caches a head and the details taken out of its article. Returns whether the details can be fetched again; if
    /// not, the article must be completed.
    fn keep_head(&self, at: usize, path: &ArticlePath, head: &KnownHead, details: &EntryDetails) -> bool;

    /// The details taken out of an article that was cached or returned from the cache.
    fn entry_details(&self, _at: usize, _path: &ArticlePath) -> Option<EntryDetails> {
        None
    }

    /// Whether entries and feeds are cached at all, so that looking them up and storing them makes sense.
    fn remembers(&self) -> bool {
        false
    }

    /// The cached entry of this file, if neither the file nor the settings it is rendered with have changed.
    fn entry(&self, _at: usize, _path: &ArticlePath) -> Option<KnownEntry> {
        None
    }

    /// Caches a rendered entry.
    fn keep_entry(&self, _at: usize, _path: &ArticlePath, _entry: &KnownEntry) {}

    /// The head of this file in the last run, if of everything a run depends on only this file and a few like it have
    /// changed since.
    fn before(&self, _at: usize, _path: &ArticlePath) -> Option<KnownHead> {
        None
    }

    /// Carries over the cached results of the last run that this run did not ask for; they remain valid.
    fn reuse(&self) {}

    /// The documents made from this input (`None`: from the input of the last run), if each is in the target where it
    /// was written and has not been changed since.
    fn documents(&self, _name: &str, _of: Option<&Fingerprint>) -> Option<KnownDocuments> {
        None
    }

    /// Caches the documents that were made from an input.
    fn keep_documents(&self, _name: &str, _of: &Fingerprint, _made: KnownDocuments) {}
}

/// The cached result of rendering an article, without the HTML and texts that readers see.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownEntry {
    /// Fingerprint of what other articles influence: its id, permalink, slug and dates, and the labels of its tags.
    pub under: Fingerprint,
    /// Fingerprint of the addresses of all articles, if rendering looked any up.
    pub uses_addresses: Option<Fingerprint>,
    /// The images it looked up, each with a fingerprint of everything known about it.
    pub images: Vec<(Image, Fingerprint)>,
    /// Fingerprint of the entry as writers see it.
    pub entry: Fingerprint,
    /// BLAKE3 of its body as written.
    pub body: [u8; 32],
    /// Findings in the entry.
    pub findings: Vec<Diagnostic>,
}

/// The cached documents of a feed, without their bytes.
#[derive(Debug, Clone)]
pub struct KnownDocuments {
    /// The staged documents, in their order.
    pub staged: Vec<Staged>,
    /// Findings in the documents.
    pub findings: Vec<Diagnostic>,
}

/// The cached result of reading one head. It does not depend on any other article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownHead {
    /// The article, or the reason why there is none.
    pub article: Result<Box<Article>, Outcome>,
    /// The date orders that its unambiguous dates show.
    pub date_orders: Vec<DateOrder>,
    /// Findings in the head.
    pub findings: Vec<Diagnostic>,
}

/// An archive that caches nothing.
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
