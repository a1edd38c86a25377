//! The permanent names of an entry: its id, its slug, and the date since which the site owns its host name.

/// An entry's id: an absolute IRI, compared as a string (RFC 4287 section 4.2.6). The same in all formats, unless an entry has [`Guids`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct EntryId(Box<str>);

impl EntryId {
    /// Takes an absolute IRI: a scheme, a colon and at least one character; no space, quote or control character.
    pub fn new(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let mut letters = scheme.chars();
        let scheme_ok = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c) || !super::is_xml_char(c);
        let plain =
            |b: u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`');
        let sound = || text.bytes().fold(true, |all, b| all & plain(b)) || !text.contains(bad);
        (scheme_ok && !rest.is_empty() && sound()).then(|| Self(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the form that its scheme requires; a web address must be complete, because readers open it.
    pub fn is_sound(&self) -> bool {
        let is_whole = || super::AbsUrl::parse(self.as_str()).is_ok_and(|url| !url.has_credentials());
        super::sound_id(self.as_str()).is_ok() && (!self.is_web() || is_whole())
    }

    /// Whether it is a web address, so that RSS may call it a permalink.
    pub fn is_web(&self) -> bool {
        self.0.starts_with("https://") || self.0.starts_with("http://")
    }
}

impl std::fmt::Display for EntryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The guid of RSS and the id of JSON Feed, where they are not the `atom:id`. Neither format sets a syntax (RSS 2.0, guid; JSON Feed
/// 1.1, id), and readers compare them as strings: they hold what the author wrote, or what an earlier feed of the site had.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Guids {
    /// `<guid>` of RSS.
    pub rss: Box<str>,
    /// `id` of JSON Feed.
    pub json: Box<str>,
}

impl Guids {
    /// One guid for both formats; `None` where it is the `atom:id` itself.
    pub fn from_written(written: &str, atom: &EntryId) -> Option<Box<Self>> {
        (written != atom.as_str()).then(|| Box::new(Self { rss: written.into(), json: written.into() }))
    }
}

/// An article's slug, safe as one path segment: no separator, no dot segment, no control character, not empty, at most
/// 200 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Slug(Box<str>);

impl Slug {
    /// Takes a text that is already safe: letters and digits of any script, `-`, `_`, `.`, `~`, not beginning with a
    /// dot.
    pub fn new(text: &str) -> Option<Self> {
        let legal = |c: char| c.is_alphanumeric() || "-_.~".contains(c);
        let plain = |b: u8| b.is_ascii_alphanumeric() | (b == b'-') | (b == b'_') | (b == b'.') | (b == b'~');
        let all_legal = || text.bytes().fold(true, |all, b| all & plain(b)) || text.chars().all(legal);
        let ok = !text.is_empty() && text.len() <= 200 && !text.starts_with('.') && all_legal();
        ok.then(|| Self(text.into()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A date since which the site owns its host name, for `tag:` URIs (RFC 4151): `2025`, `2025-06` or `2025-06-08`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Since(Box<str>);

impl Since {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the date must exist.
    pub fn new(text: &str) -> Option<Self> {
        let shape = text.len() >= 4 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
        let full = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        let exists = chrono::NaiveDate::parse_from_str(&full, "%Y-%m-%d").is_ok() && full.len() == 10;
        (shape && exists).then(|| Self(text.into()))
    }

    /// The date as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
