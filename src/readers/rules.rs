//! The readers: a file each, read once. `README.md` in this folder describes the keys.

use super::entries::EntryRules;
use super::items::ItemPart;
use crate::model::Format;
use serde::Deserialize;
use std::sync::LazyLock;

/// The files by the name of their reader.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!($name, ".toml")))),*]
    };
}

pub(super) static FILES: [(&str, &str); 20] = files![
    "netnewswire",
    "miniflux",
    "freshrss",
    "freshrss-updated",
    "newsboat",
    "liferea",
    "rssguard",
    "quiterss",
    "akregator",
    "yarr",
    "rss2email",
    "reader",
    "sfeed",
    "ttrss",
    "commafeed",
    "thunderbird",
    "feedbin",
    "newsblur",
    "antennapod",
    "mail-digest",
];

/// A test checks that each file can be read.
static READERS: LazyLock<Vec<FeedReader>> = LazyLock::new(|| {
    let read = |(id, text): &(&'static str, &str)| Some(FeedReader { id, ..toml::from_str(text).ok()? });
    FILES.iter().filter_map(read).collect()
});

/// All readers of the folder.
pub fn readers() -> &'static [FeedReader] {
    &READERS
}

/// A feed reader and its rules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedReader {
    /// The name of its file, as in `--as`.
    #[serde(skip)]
    pub id: &'static str,
    /// As people call it.
    pub name: String,
    /// Whether a test runs it.
    pub checked: Checked,
    /// Version, file and line, or thread, from which the rules come.
    pub source: String,
    /// Formats it reads.
    pub formats: Vec<Format>,
    /// By what it knows entries again; not known of services that make letters of feeds.
    #[serde(default)]
    pub entries: Option<EntryRules>,
    /// What it displays of an entry.
    #[serde(default)]
    pub(super) shows: ShowRules,
    /// What one must know of it besides.
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// How the rules of a reader were checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checked {
    /// `.ci/readers` runs the reader and compares.
    Verified,
    /// Read in its source, or measured once.
    Source,
}

impl Checked {
    /// As people read it.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Verified => "feedmill's tests run it",
            Self::Source => "read in its source, or measured once",
        }
    }
}

/// Something one must know of a reader.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The text of the note.
    pub text: String,
    /// Where it was found out.
    pub from: String,
}

/// Which parts a reader looks at for each purpose; the first one present wins.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ShowRules {
    pub title: Vec<ItemPart>,
    pub image: Vec<ItemPart>,
    pub date: Vec<ItemPart>,
    pub body: Vec<ItemPart>,
    pub link: Vec<ItemPart>,
    pub authors: WhichAuthors,
    pub image_goes: ImageGoes,
}

impl Default for ShowRules {
    fn default() -> Self {
        use ItemPart::{Content, ContentText, DcDate, DcTitle, FirstImg, Link, Published, Summary, Title, Updated};
        Self {
            title: vec![Title, DcTitle],
            image: vec![FirstImg],
            date: vec![Published, DcDate, Updated],
            body: vec![Content, ContentText, Summary],
            link: vec![Link],
            authors: WhichAuthors::All,
            image_goes: ImageGoes::InBody,
        }
    }
}

/// Which of several authors a reader displays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum WhichAuthors {
    All,
    First,
    Last,
    None,
}

/// Where a reader puts an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageGoes {
    /// It is displayed as part of the body, or not at all.
    InBody,
    /// It is listed below the body.
    Below,
    /// It is put before the body, unless the body has the same address.
    BeforeUnlessThere,
    /// It is displayed next to the item.
    Beside,
}
