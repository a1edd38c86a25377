//! What pages for people display besides entries: texts in the page's language, related feeds, and the list of all
//! feeds. This module does not know HTML and does not read the clock.

use super::{Axis, FeedAddresses, Lang, Timestamp};
use std::collections::BTreeMap;

/// Whether pages for people are written (`output.pages`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pages {
    /// An `index.html` in the folder of each feed.
    #[default]
    Written,
    /// Only feeds are written.
    Off,
}

/// `pages:` of the config.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRules {
    /// Texts by language; they override feedmill's own.
    pub texts: BTreeMap<Lang, BTreeMap<Word, String>>,
}

/// A text that pages show, by its key in `pages.texts.<language>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// The link that skips the header.
    Skip,
    /// The label that names the page a feed.
    Feed,
    /// Two sentences that explain what a feed is.
    About,
    /// The heading over links and addresses.
    Subscribe,
    /// The link that opens the visitor's feed reader.
    Reader,
    /// What to do with the addresses.
    Addresses,
    /// The instructions for self-hosted readers.
    Elsewhere,
    /// The button beside an address.
    Copy,
    /// The text of the button after copying.
    Copied,
    /// The heading over entries.
    Latest,
    /// Before the name of a source.
    Source,
    /// The heading over related tags.
    Related,
    /// The heading over all feeds.
    AllFeeds,
    /// The heading over feeds of tags.
    Tags,
    /// The heading over feeds of categories.
    Categories,
    /// The heading over feeds of authors.
    Authors,
    /// The heading over feeds of sources.
    Sources,
    /// The heading over feeds of languages.
    Languages,
    /// The heading over feeds of sections.
    Sections,
    /// The heading over the custom feeds of the config.
    Selections,
    /// The name of the filter box.
    Filter,
    /// The number of matches of the filter, with `{shown}` and `{all}`.
    Found,
    /// The link to the OPML document.
    Opml,
}

impl Word {
    /// All keys of page texts.
    pub const ALL: [Self; 23] = [
        Self::Skip,
        Self::Feed,
        Self::About,
        Self::Subscribe,
        Self::Reader,
        Self::Addresses,
        Self::Elsewhere,
        Self::Copy,
        Self::Copied,
        Self::Latest,
        Self::Source,
        Self::Related,
        Self::AllFeeds,
        Self::Tags,
        Self::Categories,
        Self::Authors,
        Self::Sources,
        Self::Languages,
        Self::Sections,
        Self::Selections,
        Self::Filter,
        Self::Found,
        Self::Opml,
    ];

    /// The key in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Feed => "feed",
            Self::About => "about",
            Self::Subscribe => "subscribe",
            Self::Reader => "reader",
            Self::Addresses => "addresses",
            Self::Elsewhere => "elsewhere",
            Self::Copy => "copy",
            Self::Copied => "copied",
            Self::Latest => "latest",
            Self::Source => "source",
            Self::Related => "related",
            Self::AllFeeds => "all_feeds",
            Self::Tags => "tags",
            Self::Categories => "categories",
            Self::Authors => "authors",
            Self::Sources => "sources",
            Self::Languages => "languages",
            Self::Sections => "sections",
            Self::Selections => "selections",
            Self::Filter => "filter",
            Self::Found => "found",
            Self::Opml => "opml",
        }
    }
}

/// A related feed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Related {
    /// The label that readers see.
    pub label: String,
    /// The folder under the output folder, ending with `/`.
    pub folder: String,
    /// The number of entries it shares with the feed.
    pub shared: usize,
}

/// What a feed's page needs in addition to the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageContext {
    /// The site's title.
    pub site: String,
    /// The language of the texts, as a tag.
    pub tongue: String,
    /// Texts from the config in that language.
    pub texts: BTreeMap<Word, String>,
    /// Other tags of its entries, the most common first.
    pub related: Vec<Related>,
}

/// A feed in the list of all feeds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// As in `Feed`.
    pub name: String,
    /// The axis that made it, if one did.
    pub axis: Option<Axis>,
    /// Its name within its axis.
    pub label: String,
    /// The folder under the output folder, ending with `/`; empty for the feed of all articles.
    pub folder: String,
    /// Where its documents lie.
    pub addresses: FeedAddresses,
    /// As in `Feed`.
    pub title: String,
    /// The number of its articles, including those beyond the limit.
    pub total: usize,
    /// When its newest entry was published.
    pub newest: Timestamp,
}

/// All feeds that are written, the feed of all articles first.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Directory {
    /// In the order of the outlines.
    pub feeds: Vec<Summary>,
}

impl Directory {
    /// The feeds of an axis in the order of their labels; for `None`, the custom feeds of the config.
    pub fn family(&self, axis: Option<Axis>) -> Vec<&Summary> {
        let mut feeds: Vec<&Summary> =
            self.feeds.iter().filter(|feed| feed.axis == axis && !feed.folder.is_empty()).collect();
        feeds.sort_by_cached_key(|feed| (feed.label.to_lowercase(), feed.folder.clone()));
        feeds
    }
}
