//! People, and the sources that articles come from.

use super::AbsUrl;

/// An author (RFC 4287 section 3.2, JSON Feed 1.1 `authors`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Person {
    /// The name, which is never blank.
    pub name: String,
    /// An e-mail address, `name@host`.
    pub email: Option<String>,
    /// The URL of a page about the person.
    pub url: Option<AbsUrl>,
}

/// A source of the config: `sources: {DeFiBank: {url, feed, title, id}}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The URL of its site.
    pub url: Option<AbsUrl>,
    /// The URL of its feed, which RSS `<source url>` needs.
    pub feed: Option<AbsUrl>,
    /// The title of its feed; the name if unset.
    pub title: Option<String>,
    /// The `atom:id` of its feed; the feed URL if unset.
    pub id: Option<String>,
}

/// Where one article comes from, resolved: RSS `source`, Atom `source` and `rel=via`, JSON `_feedmill.source`, the
/// credit line.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Attribution {
    /// The name shown in the credit line.
    pub name: String,
    /// The page or site of the source.
    pub url: Option<AbsUrl>,
    /// The feed of the source.
    pub feed: Option<AbsUrl>,
    /// The title of that feed; the name if unknown.
    pub title: String,
    /// The `atom:id` of that feed, if the feed is known.
    pub id: Option<String>,
}
