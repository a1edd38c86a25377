//! Pings hubs about changed documents (W3C WebSub; the request is that of PubSubHubbub 0.3 section 7.1, in the one
//! form that every hub measured accepts: one topic a request, as `hub.url` and as `hub.topic`).
//!
//! Which pings are due is derived: every topic whose document differs from the digest that a hub accepted last. So a
//! new hub gets every topic, and a crash repeats a ping and never loses one. No hub is pinged before the topic's
//! public URL serves the document, and a slow hub never delays another.

mod answer;
mod ask;
mod findings;
mod hub;
mod limits;
mod live;
mod purge;
mod push_run;
mod push_state;
mod queue;

pub use push_state::{FilePushState, Paid};

use super::EdgeError;
use crate::diagnostic::Diagnostic;
use crate::model::{AbsUrl, Ping, Progress, PushRules};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The documents of a target, in their present state.
pub trait PublishedDocuments: Send + Sync {
    /// Every document that names its own URL, in the order of their paths.
    fn documents(&self) -> Result<Vec<PublishedDocument>, EdgeError>;

    /// Pages and lists written with the documents; empty if there is no manifest that lists them.
    fn pages(&self) -> Result<Vec<String>, EdgeError>;

    /// A document's bytes, in short, read again: another run may have changed it meanwhile.
    fn print(&self, path: &str) -> Option<ContentDigest>;
}

/// What hubs have accepted, kept with the target. Safe to share between workers.
pub trait PushState: Send + Sync {
    /// The digest a hub accepted last for a topic.
    fn last(&self, hub: &AbsUrl, topic: &AbsUrl) -> Option<String>;

    /// Keeps an acceptance before it returns, as well as the target allows.
    fn accept(&self, hub: &AbsUrl, topic: &AbsUrl, digest: &str) -> Result<(), EdgeError>;

    /// Rewrites the saved state in order; `topics` are all topics of the target.
    fn close(&self, topics: &[AbsUrl]) -> Result<(), EdgeError>;
}

/// A document in its target.
#[derive(Debug, Clone)]
pub struct PublishedDocument {
    /// Under the target.
    pub path: String,
    /// The URL that the document gives as its own.
    pub topic: AbsUrl,
    /// The hubs it names, where it was read.
    pub hubs: Option<Vec<AbsUrl>>,
    /// Its bytes, in short.
    pub print: ContentDigest,
}

/// Whether a document at a path below the target has this URL: that of the file, or of the folder whose index it is.
pub fn lies_at(topic: &AbsUrl, path: &str) -> bool {
    base_below(topic, path).is_some()
}

/// The URL of the target, by that of a document at a path below it.
fn base_below<'a>(topic: &'a AbsUrl, path: &str) -> Option<&'a str> {
    let folder = ["index.xml", "index.json"].into_iter().find_map(|index| path.strip_suffix(index));
    let folder = folder.filter(|folder| folder.is_empty() || folder.ends_with('/'));
    let base = |address: &str| topic.as_str().strip_suffix(address).filter(|base| base.ends_with('/'));
    base(path).or_else(|| base(folder?))
}

/// Bytes, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentDigest {
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 digest, hexadecimal.
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
    /// The hubs to ping.
    pub hubs: Vec<AbsUrl>,
    /// Time limits and other settings of the push.
    pub rules: PushRules,
    /// How long a hub is waited for since it accepted something.
    pub deadline: Duration,
    /// Which topics to ping about.
    pub scope: Scope,
    /// Whether anything is sent.
    pub mode: PushMode,
    /// Who hears how far it is.
    pub progress: Arc<dyn Progress>,
}

/// Which topics hubs are pinged about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Topics that the hub has not accepted in their present state.
    #[default]
    Owed,
    /// All, also those that were accepted: `--all`.
    All,
}

/// Whether anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PushMode {
    /// Pings are sent.
    #[default]
    Send,
    /// `--dry-run`: nothing is sent, run or written.
    Dry,
}

/// How a run came out.
#[derive(Debug, Default)]
pub struct Pushed {
    /// Every topic that was due: by hub, then in the order of the documents.
    pub pings: Vec<Ping>,
    /// What people should know.
    pub findings: Vec<Diagnostic>,
}

/// Pings the hubs about all topics that are due. `folder` is the working folder of a purge command.
pub fn push(
    push_run: &PushRun,
    shelf: Arc<dyn PublishedDocuments>,
    push_state: Arc<dyn PushState>,
    folder: &Path,
) -> Result<Pushed, EdgeError> {
    push_run::run(push_run, shelf, push_state, folder)
}
