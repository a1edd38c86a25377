//! What a run tells at its end: counts, feeds, findings. Printers are in `cli/`.

use super::{AbsUrl, ArticlePath, Axis, Format, Outcome, Ping, Staged, Timestamp};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeMap;

/// The finished report of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Every article found, in order of path, with what became of it.
    pub articles: BTreeMap<ArticlePath, Outcome>,
    /// Every document of the set, in order, and those removed.
    pub feeds: Vec<FeedLine>,
    /// In the fixed order.
    pub findings: Vec<Diagnostic>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// Why the world failed (disk, lock, network).
    pub failure: Option<String>,
    /// What became of every topic that was owed, hub by hub; for commands that push.
    pub push: Option<Vec<Ping>>,
}

/// One document in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// What happens to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
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

impl FeedLine {
    /// The line of a document.
    pub fn of(staged: &Staged, change: Change) -> Self {
        Self {
            name: staged.feed.clone(),
            format: staged.format,
            path: staged.path.clone(),
            url: staged.topic.to_string(),
            items: staged.items,
            bytes: staged.size,
            change,
        }
    }

    /// The line of a document whose feed is gone; the manifest knows no more of it than its path.
    pub fn removed(path: &str, base: &AbsUrl) -> Self {
        let format = Format::ALL.into_iter().find(|f| path.ends_with(f.file_name())).unwrap_or(Format::Rss);
        let name = match path.rsplit_once('/').map_or("", |(folder, _)| folder) {
            "" => "all".to_owned(),
            folder => Axis::ALL
                .iter()
                .find_map(|axis| {
                    Some(format!("{}/{}", axis.name(), folder.strip_prefix(axis.folder())?.strip_prefix('/')?))
                })
                .unwrap_or_else(|| folder.to_owned()),
        };
        let url = base.join(path).map(|url| url.to_string()).unwrap_or_default();
        Self { name, format, path: path.to_owned(), url, items: 0, bytes: 0, change: Change::Removed }
    }
}
