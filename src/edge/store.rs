//! Targets: where documents are staged, committed and remembered.

#[cfg(feature = "net")]
pub mod bucket;
mod companions;
mod dir;
mod durable;
mod foreign;
mod gitignore;
#[cfg(feature = "serve")]
mod in_memory;
mod memory;
#[cfg(feature = "net")]
mod published;
mod stage_folders;

pub use dir::Dir;
#[cfg(feature = "serve")]
pub use in_memory::{Kept, MemoryStage, Set};
pub use memory::Nowhere;
#[cfg(feature = "net")]
pub use published::FolderDocuments;

use super::EdgeError;
use crate::model::{HostFile, Progress, Stage};
use crate::plan::{Before, Plan, Removal};

/// A place that documents are committed to: a stage that remembers.
pub trait Target: Stage {
    /// What subscribers had before this run.
    fn before(&mut self) -> Result<Before, EdgeError>;

    /// Takes files for web servers, to be committed with the documents. Returns the paths of those that are not
    /// written because the site has such a file of its own. A bucket stores headers with its objects and needs none.
    fn host(&mut self, _files: Vec<HostFile>) -> Result<Vec<String>, EdgeError> {
        Ok(Vec::new())
    }

    /// The paths of the files that a commit wrote or found in addition to the documents.
    fn beside(&self) -> Vec<String> {
        Vec::new()
    }

    /// Packed copies of other programs that a commit would replace.
    fn others(&self) -> Vec<String> {
        Vec::new()
    }

    /// What may become of a document that the manifest lists and the run does not make.
    fn removal(&self, path: &str) -> Removal;

    /// The files other than documents that a commit deletes.
    fn removed_beside(&self) -> Vec<String> {
        Vec::new()
    }

    /// Carries a plan out: documents, deletions, the manifest last.
    fn commit(&mut self, plan: &Plan, progress: &dyn Progress) -> Result<Committed, EdgeError>;

    /// Lets staged documents go: the run is refused, or was dry.
    fn discard(&mut self) -> Result<(), EdgeError>;
}

/// Identifies this publisher to another one that commits at the same time.
#[cfg(feature = "net")]
fn whoami() -> String {
    let host = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("HOSTNAME").ok());
    let host: String = host.unwrap_or_default().trim().chars().filter(char::is_ascii_graphic).take(64).collect();
    let host = if host.is_empty() { "an unnamed host" } else { &host };
    let now = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    format!("{host}, pid {}, at {now}", std::process::id())
}

/// How a commit came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// The target holds the plan's set.
    Done,
    /// Another publisher committed first, with its description. Read again, plan again, and retry.
    Overtaken(String),
}
