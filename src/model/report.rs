//! The result of a run: counts, feeds, findings. Printers are in `cli/`.

use super::{AbsUrl, ArticlePath, Axis, Directory, Format, Outcome, Ping, Staged, Timestamp};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// The finished report of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Every article found, by path, with its outcome.
    pub articles: BTreeMap<ArticlePath, Outcome>,
    /// Every feed document of the run, in order, and those removed.
    pub feeds: Vec<FeedLine>,
    /// The other documents: pages for people and the list of all feeds.
    pub pages: PageCount,
    /// The files that are removed, or would be: documents, their compressed copies, and files for servers.
    pub removed: Vec<String>,
    /// The feeds by name.
    pub directory: Directory,
    /// The findings in their fixed order.
    pub findings: Vec<Diagnostic>,
    /// When the next article dated in the future becomes due.
    pub next_due: Option<Timestamp>,
    /// The images, for `probe`, `images` and `build --probe`.
    pub images: Option<ImageReport>,
    /// The error that stopped the run (disk, lock, network).
    pub failure: Option<String>,
    /// The outcome of every pending topic at each hub; for commands that push.
    pub push: Option<Vec<Ping>>,
    /// Lines that were fixed in articles, or would be, in order.
    pub mended: Vec<Mended>,
}

/// A line of an article that was fixed. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Mended {
    /// The file, relative to the project folder.
    pub path: String,
    /// The line number before the fix, from 1; added lines are inserted before it.
    pub line: u32,
    /// A description of the fix.
    pub what: String,
}

/// One document in a report. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FeedLine {
    /// The feed's name.
    pub name: String,
    /// The document's format.
    pub format: Format,
    /// The path under the output folder.
    pub path: String,
    /// The URL of the document, its topic.
    pub url: String,
    /// The number of entries in it.
    pub items: usize,
    /// The size in bytes.
    pub bytes: u64,
    /// Whether it is written, unchanged or removed.
    pub change: Change,
}

/// Counts of changes to documents that are not feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct PageCount {
    /// New or different documents.
    pub written: usize,
    /// Documents that stay as they are.
    pub unchanged: usize,
    /// Documents that are removed.
    pub removed: usize,
}

/// What happens to a document in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is new or differs.
    Written,
    /// It stays as it is.
    Unchanged,
    /// Its feed no longer exists.
    Removed,
}

impl Report {
    /// The number of articles with this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.articles.values().filter(|o| **o == outcome).count()
    }
}

impl PageCount {
    /// Counts the documents among these that are not feeds.
    pub fn from_changes(changes: impl IntoIterator<Item = (Option<Format>, Change)>) -> Self {
        let mut count = Self::default();
        for (_, change) in changes.into_iter().filter(|(format, _)| format.is_some_and(|f| !f.is_feed())) {
            match change {
                Change::Written => count.written += 1,
                Change::Unchanged => count.unchanged += 1,
                Change::Removed => count.removed += 1,
            }
        }
        count
    }
}

impl FeedLine {
    /// Describes a staged document.
    pub fn from_staged(staged: &Staged, change: Change) -> Self {
        Self {
            name: staged.feed.clone(),
            format: staged.format,
            path: staged.path.clone(),
            url: staged.topic.as_str().to_owned(),
            items: staged.items,
            bytes: staged.size,
            change,
        }
    }

    /// Describes a document whose feed no longer exists; the manifest has only its path.
    pub fn removed(path: &str, base: &AbsUrl) -> Self {
        let format = Format::of_path(path).unwrap_or(Format::Rss);
        let name = match path.rsplit_once('/').map_or("", |(folder, _)| folder) {
            "" => "all".to_owned(),
            folder => Axis::ALL
                .iter()
                .find_map(|axis| {
                    Some(format!("{}/{}", axis.name(), folder.strip_prefix(axis.folder())?.strip_prefix('/')?))
                })
                .unwrap_or_else(|| folder.to_owned()),
        };
        let url = base.join(path).map(|url| url.as_str().to_owned()).unwrap_or_default();
        Self { name, format, path: path.to_owned(), url, items: 0, bytes: 0, change: Change::Removed }
    }
}

/// The images of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReport {
    /// Counts by outcome.
    pub count: ImageCount,
    /// The time of the run, from which ages are computed.
    pub now: Timestamp,
    /// Every image that is used or cached, by URL.
    pub lines: Vec<ImageLine>,
}

/// Images of a run, counted by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct ImageCount {
    /// Distinct images in use.
    pub all: usize,
    /// Files of the site itself: read from disk, never requested.
    pub own: usize,
    /// Images with cached facts that were not requested.
    pub known: usize,
    /// Images that were requested and answered.
    pub learned: usize,
    /// Images that were requested and unchanged.
    pub confirmed: usize,
    /// Images whose request failed.
    pub failed: usize,
    /// Images without facts that were not requested.
    pub unknown: usize,
    /// Images dropped from the cache because nothing uses them.
    pub forgotten: usize,
}

/// One image in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageLine {
    /// The URL from which readers fetch it.
    pub url: AbsUrl,
    /// Whether it is a file of the content folder.
    pub own: bool,
    /// The facts known about it.
    pub facts: Option<super::ImageFacts>,
    /// When a probe received the facts.
    pub learned: Option<Timestamp>,
    /// Whether the next probe requests it again.
    pub stale: bool,
    /// The files that use it.
    pub used_by: Vec<String>,
    /// Why no reader can display it.
    pub fault: Option<String>,
}
