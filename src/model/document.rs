//! A finished document: bytes under a path, with the URL it will be served at.

use super::AbsUrl;

/// A format feedmill writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All formats in their fixed order.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// `rss`, `atom`, `json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
        }
    }

    /// `rss.xml`, `atom.xml`, `feed.json`.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// As links and hosts name it, without a charset.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Under the output folder: `tags/layer2/rss.xml`.
    pub path: String,
    /// The feed's name.
    pub feed: String,
    /// Its format.
    pub format: Format,
    /// The URL it will be served at: its self link and WebSub topic.
    pub topic: AbsUrl,
    /// How many entries it holds.
    pub items: usize,
    /// The bytes.
    pub bytes: Vec<u8>,
}
