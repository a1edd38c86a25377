//! Options of a run, as a Rust program sets them. The command line maps its flags to these types.

use crate::diagnostic::Mode;
use crate::edge::websub::Scope as PushScope;
use crate::model::{Accept, Admit, Reach, Timestamp, Verify};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

/// Options of a run over the articles of a project. The default is that of `feedmill build`.
#[derive(Debug, Clone, Default)]
pub struct RunOptions {
    /// The present instant. `None`: `SOURCE_DATE_EPOCH`, else the clock.
    pub now: Option<Timestamp>,
    /// Whether a warning refuses the run. `None`: the config decides; without a mode there, `check` is strict and all
    /// other commands are lenient.
    pub mode: Option<Mode>,
    /// What the run may change for subscribers.
    pub accept: Accept,
    /// Whether `feedmill.ids` must not be written.
    pub locked: bool,
    /// The live feeds that say what subscribers have; `feedmill.ids` is then not written.
    pub against: Option<LiveSource>,
    /// Whether documents are written.
    pub commit: Commit,
    /// Whether drafts are published.
    pub drafts: Admit,
    /// Whether articles with a date in the future are published.
    pub future: Admit,
    /// Which images are probed over the network before the build.
    pub probe: ProbeScope,
    /// Whether `images.lock` forgets images that no article uses.
    pub prune: PruneImages,
    /// Whether `.feedmill-cache/` is used.
    pub cache: CacheMode,
    /// Threads. `None`: one for each core.
    pub jobs: Option<NonZeroUsize>,
}

/// Feeds that subscribers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSource {
    /// The URL of a feed or of the output folder, or a folder of feeds.
    pub source: String,
    /// What may be connected to.
    pub reach: Reach,
}

/// Whether a run writes documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Commit {
    /// Documents are written.
    #[default]
    Write,
    /// Writes nothing; the report lists what would be written.
    Dry,
    /// The command never writes documents, as `check`.
    Never,
}

/// Whether `check` fixes articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FixMode {
    /// Articles are left as they are.
    #[default]
    Off,
    /// Fixed articles are written.
    Write,
    /// The fixes are printed as a diff and not written.
    Preview,
}

/// Which images are probed over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProbeScope {
    /// None: the run is offline.
    #[default]
    Nothing,
    /// Those that are unknown or older than `images.max_age`.
    Stale,
    /// Those that are unknown, for half a minute at most.
    Unknown,
    /// Every image in use.
    All,
}

/// What becomes of images in `images.lock` that no article uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PruneImages {
    /// They are kept.
    #[default]
    Nothing,
    /// They are removed.
    Unused,
}

/// Whether a run reads and writes `.feedmill-cache/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CacheMode {
    /// It is read and written.
    #[default]
    Use,
    /// Neither of the two.
    Off,
}

/// Options of a push to WebSub hubs.
#[derive(Debug, Clone)]
pub struct PushOptions {
    /// Which topics hubs are pinged for.
    pub scope: PushScope,
    /// Whether pings are sent.
    pub commit: Commit,
    /// The file that keeps what hubs accepted. `None`: `.feedmill/pushed` in the target.
    pub state: Option<PathBuf>,
    /// Whether a topic's public URL must serve the document before the ping. `None`: the config decides.
    pub verify: Option<Verify>,
    /// How long a hub is waited for since it accepted something.
    pub deadline: Duration,
}

impl Default for PushOptions {
    fn default() -> Self {
        let deadline = Duration::from_secs(300);
        Self { scope: PushScope::Owed, commit: Commit::Write, state: None, verify: None, deadline }
    }
}
