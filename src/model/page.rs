//! What pages for people show besides entries: the words of their language, neighbours, and the list of all feeds.
//! Nothing here knows HTML, and nothing comes from the clock.

use super::{Axis, Lang, Timestamp};
use std::collections::BTreeMap;

/// Whether pages for people are written (`output.pages`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pages {
    /// `index.html` beside each set.
    #[default]
    Written,
    /// Feeds alone.
    Off,
}

/// `pages:` of the config.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageRules {
    /// Words by language; they stand above those that feedmill knows.
    pub texts: BTreeMap<Lang, BTreeMap<Word, String>>,
}

/// A text that pages show, by its key in `pages.texts.<language>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// The link that jumps over the head.
    Skip,
    /// What the thing is.
    Feed,
    /// Two sentences on what a feed is.
    About,
    /// The heading over links and addresses.
    Subscribe,
    /// The link that opens the reader's own program.
    Reader,
    /// What to do with the addresses.
    Addresses,
    /// How readers do that run on a server of one's own.
    Elsewhere,
    /// The button beside an address.
    Copy,
    /// What it says afterwards.
    Copied,
    /// The heading over entries.
    Latest,
    /// Before the name of a source.
    Source,
    /// The heading over tags that go with this one.
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
    /// The heading over feeds that the config makes one by one.
    Selections,
    /// The name of the filter box.
    Filter,
    /// What the filter leaves, with `{shown}` and `{all}`.
    Found,
    /// The link to the OPML document.
    Opml,
}

impl Word {
    /// All words.
    pub const ALL: [Self; 22] = [
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
        Self::Selections,
        Self::Filter,
        Self::Found,
        Self::Opml,
    ];

    /// Its key in the config.
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
            Self::Selections => "selections",
            Self::Filter => "filter",
            Self::Found => "found",
            Self::Opml => "opml",
        }
    }
}

/// A neighbour of a feed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Related {
    /// Shown to readers.
    pub label: String,
    /// Folder under the output folder, with `/` at its end.
    pub folder: String,
    /// How many entries of the feed it shares.
    pub shared: usize,
}

/// What a feed's page needs besides the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageContext {
    /// The site's title.
    pub site: String,
    /// The language of the words, as a tag.
    pub tongue: String,
    /// Words of the config in that language.
    pub texts: BTreeMap<Word, String>,
    /// Other tags of its entries, the commonest first.
    pub related: Vec<Related>,
}

/// A feed in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// As in `Feed`.
    pub name: String,
    /// The family that it belongs to.
    pub axis: Option<Axis>,
    /// What it is called among its family.
    pub label: String,
    /// Folder under the output folder, with `/` at its end; empty for the feed of all articles.
    pub folder: String,
    /// As in `Feed`.
    pub title: String,
    /// How many articles belong to it, also past the limit.
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
    /// The feeds of a family by their labels; of no family: those that the config makes one by one.
    pub fn family(&self, axis: Option<Axis>) -> Vec<&Summary> {
        let mut feeds: Vec<&Summary> =
            self.feeds.iter().filter(|feed| feed.axis == axis && !feed.folder.is_empty()).collect();
        feeds.sort_by_cached_key(|feed| (feed.label.to_lowercase(), feed.folder.clone()));
        feeds
    }
}
