//! Pushing to WebSub hubs: the rules, and the outcome of every topic.

/// `push:` of the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRules {
    /// A command and its first arguments. It gets the changed URLs and runs before they are verified: to purge a CDN.
    pub purge: Vec<String>,
    /// The maximum number of concurrent requests to one hub.
    pub at_once: usize,
    /// The maximum number of requests to one hub per second.
    pub per_second: usize,
    /// Whether a topic is verified before its hubs are pinged.
    pub verify: Verify,
}

impl Default for PushRules {
    fn default() -> Self {
        Self { purge: Vec::new(), at_once: 4, per_second: 20, verify: Verify::Bytes }
    }
}

/// Whether a topic's public URL must return the document before its hubs are pinged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verify {
    /// It must return the document byte for byte.
    #[default]
    Bytes,
    /// Hubs are pinged without verification.
    Off,
}

/// The result of pinging one hub for one topic. The names and the order of the fields are those of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Ping {
    /// The hub's URL.
    pub hub: String,
    /// The topic's URL.
    pub topic: String,
    /// The outcome of the ping.
    pub outcome: PingOutcome,
    /// The last HTTP status received.
    pub status: Option<u16>,
    /// The number of requests sent.
    pub attempts: u32,
    /// The milliseconds waited between requests.
    pub waited_ms: u64,
    /// The reason, if there is one; contains no control characters.
    pub message: String,
}

/// The outcome of a ping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PingOutcome {
    /// The hub accepted it.
    Accepted,
    /// The hub has no subscribers for the topic; treated as accepted.
    NoSubscribers,
    /// Not done yet: the next run tries again.
    Owed,
    /// The hub refuses it; a setting must be changed.
    Refused,
    /// The public URL does not return the document, so the hub was not pinged.
    NotLive,
}
