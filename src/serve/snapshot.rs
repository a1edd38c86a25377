//! The state of the preview at one moment: the last good set of documents, and the present findings. Made by the
//! build thread, read by every response; never changed.

use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::store::Set;
use crate::model::{Directory, Timestamp};
use std::collections::BTreeMap;
use std::time::Duration;

/// The state at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Counts the moments.
    pub revision: u64,
    /// The path under which documents are served; begins and ends with `/`.
    pub base: String,
    /// The last good set.
    pub documents: Set,
    /// The site's feeds.
    pub directory: Directory,
    /// Articles that a build would leave out, by the addresses of their pages.
    pub marks: BTreeMap<String, Mark>,
    /// The findings, errors first.
    pub findings: Vec<(Severity, Diagnostic)>,
    /// Why there is no newer set.
    pub failure: Option<String>,
    /// Hubs, for `Link` headers.
    pub hubs: Vec<String>,
    /// When this process saw something change.
    pub changed: Option<Timestamp>,
    /// Articles in the set.
    pub articles: usize,
    /// Documents that were made anew.
    pub renewed: usize,
    /// How long it took.
    pub took: Duration,
}

/// An article that a build would leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Why it is left out.
    pub why: HeldBack,
    /// Title of the article.
    pub title: String,
}

/// Why a build would leave an article out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeldBack {
    /// It is a draft.
    Draft,
    /// Its date has not come.
    Future,
}

impl HeldBack {
    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Future => "Future",
        }
    }
}

impl Snapshot {
    /// How many findings are as grave.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|(own, _)| *own == severity).count()
    }
}
