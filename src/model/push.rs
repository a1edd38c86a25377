//! Pushing to hubs: how it is to be done, and what became of every topic.

/// `push:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRules {
    /// A command and its first arguments, run with the changed URLs before they are looked at: to purge a CDN.
    pub purge: Vec<String>,
    /// Requests under way at one hub.
    pub at_once: usize,
    /// Requests begun at one hub in a second.
    pub per_second: usize,
    /// Whether a topic is looked at before its hubs are told.
    pub verify: Verify,
}

impl Default for PushRules {
    fn default() -> Self {
        Self { purge: Vec::new(), at_once: 4, per_second: 20, verify: Verify::Bytes }
    }
}

/// Whether a topic's public URL must give the document before its hubs are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verify {
    /// Byte for byte.
    #[default]
    Bytes,
    /// Hubs are told at once.
    Off,
}

/// What became of one topic at one hub. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Ping {
    /// The hub's URL.
    pub hub: String,
    /// The topic's URL.
    pub topic: String,
    /// How it came out.
    pub outcome: PingOutcome,
    /// The last HTTP status seen.
    pub status: Option<u16>,
    /// Requests sent.
    pub attempts: u32,
    /// Milliseconds waited between them.
    pub waited_ms: u64,
    /// Why, where there is something to say; no control characters.
    pub message: String,
}

/// How the ping of a topic came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PingOutcome {
    /// The hub took it.
    Accepted,
    /// The hub knows nobody who wants it; as good as accepted.
    NoSubscribers,
    /// Not yet: the next run tries again.
    Owed,
    /// The hub will not take it; something must be changed.
    Refused,
    /// The public URL does not give the document, so the hub was not told.
    NotLive,
}
