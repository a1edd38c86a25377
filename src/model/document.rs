//! A finished document: bytes under a path, with the URL it will be served at.

use super::{AbsUrl, Timestamp};

/// A format feedmill writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// The format RSS 2.0.
    Rss,
    /// The format Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// The HTML page that displays a feed to people.
    Page,
    /// OPML 2.0: the list of all feeds.
    Opml,
}

impl Format {
    /// The feed formats in their fixed order.
    pub const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// Whether readers subscribe to it. Pages and the list of all feeds have no topic and are not announced to hubs.
    pub const fn is_feed(self) -> bool {
        matches!(self, Self::Rss | Self::Atom | Self::Json)
    }

    /// The format of a document under this path.
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or_default();
        [Self::Page, Self::Opml].into_iter().chain(Self::ALL).find(|format| format.file_name() == name)
    }

    /// The display name, such as `Atom`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
            Self::Page => "HTML",
            Self::Opml => "OPML",
        }
    }

    /// `rss`, `atom`, `json`, `page`, `opml`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rss => "rss",
            Self::Atom => "atom",
            Self::Json => "json",
            Self::Page => "page",
            Self::Opml => "opml",
        }
    }

    /// `rss.xml`, `atom.xml`, `feed.json`, `index.html`, `feeds.opml`.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
            Self::Page => "index.html",
            Self::Opml => "feeds.opml",
        }
    }

    /// The media type for links and HTTP headers, without a charset.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
            Self::Page => "text/html",
            Self::Opml => "text/x-opml",
        }
    }
}

/// A finished document with its path and URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The path under the output folder: `tags/layer2/rss.xml`.
    pub path: String,
    /// The feed's name.
    pub feed: String,
    /// The document's format.
    pub format: Format,
    /// The URL it will be served at; for a feed, its self link and WebSub topic.
    pub topic: AbsUrl,
    /// The number of entries in it.
    pub items: usize,
    /// The time of the newest change among its contents.
    pub updated: Timestamp,
    /// The bytes as they are served.
    pub bytes: Vec<u8>,
}
