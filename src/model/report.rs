//! What a run tells at its end: counts, feeds, findings. Printers are in `cli/`.

use super::{AbsUrl, ArticlePath, Axis, Directory, Format, Outcome, Ping, Staged, Timestamp};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// The finished report of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Every article found, in order of path, with what became of it.
    pub articles: BTreeMap<ArticlePath, Outcome>,
    /// Every feed document of the set, in order, and those removed.
    pub feeds: Vec<FeedLine>,
    /// The other documents: pages for people and the list of all feeds.
    pub pages: PageCount,
    /// The files that go, or would: documents, packed copies of them, and files for servers.
    pub removed: Vec<String>,
    /// The feeds by name.
    pub directory: Directory,
    /// In the fixed order.
    pub findings: Vec<Diagnostic>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// Of `probe`, `images` and `build --probe`.
    pub images: Option<ImageReport>,
    /// Why the world failed (disk, lock, network).
    pub failure: Option<String>,
    /// What became of every topic that was owed, hub by hub; for commands that push.
    pub push: Option<Vec<Ping>>,
    /// Lines that were mended in articles, or would be, in order.
    pub mended: Vec<Mended>,
}

/// A line of an article that was mended. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Mended {
    /// The file, relative to the project folder.
    pub path: String,
    /// The line in the file as it was, from 1; what was added stands before it.
    pub line: u32,
    /// What was done.
    pub what: String,
}

/// One document in a report. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FeedLine {
    /// The feed's name.
    pub name: String,
    /// Its format.
    pub format: Format,
    /// Under the output folder.
    pub path: String,
    /// Its topic.
    pub url: String,
    /// Entries it holds.
    pub items: usize,
    /// Its size.
    pub bytes: u64,
    /// What happens to it.
    pub change: Change,
}

/// What happens to documents that are no feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct PageCount {
    /// New, or different.
    pub written: usize,
    /// As they stand.
    pub unchanged: usize,
    /// Gone.
    pub removed: usize,
}

/// What happens to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is new or differs.
    Written,
    /// It stands as it is.
    Unchanged,
    /// Its feed is gone.
    Removed,
}

impl Report {
    /// How many articles came out so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.articles.values().filter(|o| **o == outcome).count()
    }
}

impl PageCount {
    /// Of the documents among these that are no feeds.
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
    /// The line of a document.
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

    /// The line of a document whose feed is gone; the manifest knows no more of it than its path.
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

/// What a run knows of its images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReport {
    /// How many of which kind.
    pub count: ImageCount,
    /// The instant of the run, for ages.
    pub now: Timestamp,
    /// Every image in use or remembered, by URL.
    pub lines: Vec<ImageLine>,
}

/// Images of a run by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct ImageCount {
    /// Different images in use.
    pub all: usize,
    /// Files of the site itself: read, never asked for.
    pub own: usize,
    /// Known already, and not asked for.
    pub known: usize,
    /// Asked for, with an answer.
    pub learned: usize,
    /// Asked for, and as they were.
    pub confirmed: usize,
    /// Asked for in vain.
    pub failed: usize,
    /// Not asked for, and nothing known.
    pub unknown: usize,
    /// Forgotten, because nothing uses them.
    pub forgotten: usize,
}

/// One image in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageLine {
    /// Where readers fetch it.
    pub url: AbsUrl,
    /// Whether it is a file of the content folder.
    pub own: bool,
    /// What is known of it.
    pub facts: Option<super::ImageFacts>,
    /// When a probe learned it.
    pub learned: Option<Timestamp>,
    /// Whether the next probe asks again.
    pub stale: bool,
    /// The files that name it.
    pub used_by: Vec<String>,
    /// Why no reader could show it.
    pub fault: Option<String>,
}
