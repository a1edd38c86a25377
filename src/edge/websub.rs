//! Telling hubs what changed (W3C WebSub; the request is that of PubSubHubbub 0.3 section 7.1, in the one shape that every
//! hub measured takes: one topic a request, as `hub.url` and as `hub.topic`).
//!
//! What is owed is derived: a topic whose document has another digest than the one a hub accepted last. So a hub that is
//! new is owed every topic, and a crash repeats a ping and never loses one. Refuses to tell a hub before the topic's
//! public URL gives the document; never lets one hub hold another up.

mod answer;
mod ask;
mod findings;
mod hub;
mod ledger;
mod limits;
mod live;
mod purge;
mod push_run;
mod queue;

pub use ledger::{FileLedger, Paid};

use super::EdgeError;
use crate::diagnostic::Diagnostic;
use crate::model::{AbsUrl, Ping, Progress, PushRules};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The documents of a target, as they lie there now.
pub trait PublishedDocuments: Send + Sync {
    /// Every document that says where it lives, in the order of their paths.
    fn documents(&self) -> Result<Vec<PublishedDocument>, EdgeError>;

    /// Pages and lists that stand beside the documents; none where there is no manifest to say so.
    fn pages(&self) -> Result<Vec<String>, EdgeError>;

    /// A document's bytes, in short, read again: another run may have changed it meanwhile.
    fn print(&self, path: &str) -> Option<ContentDigest>;
}

/// What hubs have accepted, kept with the target. Safe to share between workers.
pub trait Ledger: Send + Sync {
    /// The digest a hub accepted last for a topic.
    fn last(&self, hub: &AbsUrl, topic: &AbsUrl) -> Option<String>;

    /// Keeps an acceptance before it returns, as well as the target allows.
    fn accept(&self, hub: &AbsUrl, topic: &AbsUrl, digest: &str) -> Result<(), EdgeError>;

    /// Brings what is kept into order; `topics` are all that the target holds.
    fn close(&self, topics: &[AbsUrl]) -> Result<(), EdgeError>;
}

/// A document in its target.
#[derive(Debug, Clone)]
pub struct PublishedDocument {
    /// Under the target.
    pub path: String,
    /// Where it says it lives.
    pub topic: AbsUrl,
    /// The hubs it names, where it was read.
    pub hubs: Option<Vec<AbsUrl>>,
    /// Its bytes, in short.
    pub print: ContentDigest,
}

/// Bytes, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentDigest {
    /// How many.
    pub size: u64,
    /// BLAKE3, hexadecimal.
    pub digest: String,
}

impl ContentDigest {
    /// Of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, digest: blake3::hash(bytes).to_hex().to_string() }
    }
}

/// What a run is to do.
#[derive(Debug, Clone)]
pub struct PushRun {
    /// Whom to tell.
    pub hubs: Vec<AbsUrl>,
    /// How.
    pub rules: PushRules,
    /// How long a hub is waited for since it accepted something.
    pub deadline: Duration,
    /// Which topics.
    pub scope: Scope,
    /// Whether anything is sent.
    pub mode: PushMode,
    /// Who hears how far it is.
    pub progress: Arc<dyn Progress>,
}

/// Which topics hubs are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Those that are owed.
    #[default]
    Owed,
    /// All, also those that were accepted: `--all`.
    All,
}

/// Whether anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PushMode {
    /// Yes.
    #[default]
    Send,
    /// `--dry-run`: nothing is sent, run or written.
    Dry,
}

/// How a run came out.
#[derive(Debug, Default)]
pub struct Pushed {
    /// Every topic that was owed: by hub, then in the order of the documents.
    pub pings: Vec<Ping>,
    /// What people should know.
    pub findings: Vec<Diagnostic>,
}

/// Tells the hubs what they are owed. `folder` is where a purge command runs.
pub fn push(
    push_run: &PushRun,
    shelf: Arc<dyn PublishedDocuments>,
    ledger: Arc<dyn Ledger>,
    folder: &Path,
) -> Result<Pushed, EdgeError> {
    push_run::run(push_run, shelf, ledger, folder)
}
