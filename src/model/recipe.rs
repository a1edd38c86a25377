//! What an engine's own feeds had: how it makes ids, dates and links. `parse/engine/recipes` has a file for each engine.

use super::{EntryLimit, RecipeFeed};
use serde::Deserialize;

/// The rules of one engine's feeds; the value of `content.ids` is its name.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct Recipe {
    /// The value of `content.ids`.
    pub name: String,
    /// Whether the feed is the site's own code, so that the rule is only what the documented example does.
    #[serde(default)]
    pub guess: bool,
    /// A word of the config or of the list of packages without which `init` does not choose the recipe.
    pub needs: Option<String>,
    /// Names of exported files, with `*`; there is then no rule, and `feedmill adopt` takes the ids.
    #[serde(default)]
    pub exports: Vec<String>,
    /// Why the recipe has none.
    pub reason: Option<String>,
    /// The folder that the engine copies to its site, where its config names no other.
    pub folder: Option<String>,
    /// How to switch the engine's own feeds off.
    pub off: Option<String>,
    /// The engine's own feeds.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<RecipeFeed>,
    /// Ids of RSS.
    pub rss: Option<IdRule>,
    /// Ids of Atom.
    pub atom: Option<IdRule>,
    /// Ids of JSON Feed.
    pub json: Option<IdRule>,
    /// How a link is made of a file.
    #[serde(default)]
    pub url: UrlRule,
    /// How dates are read.
    #[serde(default)]
    pub dates: DateRule,
    /// Which articles are listed.
    #[serde(default)]
    pub entries: EntryRule,
    /// How tags and categories are written in addresses.
    #[serde(default)]
    pub tags: TagRule,
}

/// How the id of an entry is made in one format.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub struct IdRule {
    /// The pattern of the id.
    pub id: IdPattern,
    /// A key of the front matter that is the id where it is set.
    pub id_key: Option<String>,
}

/// How a link is made of a file.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UrlRule {
    /// Which characters are percent-encoded.
    pub encoding: UrlEncoding,
    /// How a written slug is used.
    pub slug: SlugRule,
    /// Whether a day before the name of a file is left out.
    pub dated_name: DatedName,
    /// How a title is spelt.
    pub title: TitleRule,
}

/// Which characters of a link are percent-encoded.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UrlEncoding {
    /// All but letters, digits and `-._~`.
    #[default]
    All,
    /// Those that RFC 3986 does not allow in a path.
    Uri,
    /// None; feeds must encode them, but ids keep them.
    None,
}

/// How a written slug is used in a link.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SlugRule {
    /// As it is.
    #[default]
    Written,
    /// Spelt as the engine spells the name of a file.
    Spelt,
    /// Not at all.
    Ignored,
}

/// How a title is spelt in a link.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TitleRule {
    /// Letters and digits of every script, with a hyphen for all between them.
    #[default]
    Hyphens,
    /// In ASCII; signs are left out, spaces become one hyphen (Pelican).
    Ascii,
    /// Signs are left out, each space becomes a hyphen (`pymdownx.slugs`).
    Words,
}

/// What becomes of a day before the name of a file.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatedName {
    /// It is left out of the link.
    #[default]
    Cut,
    /// It is a part of the link.
    Kept,
}

/// How dates are read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DateRule {
    /// The zone whose midnight a date without a time is.
    pub day: DateZone,
    /// The zone of a time without one.
    pub time: DateZone,
    /// How a time with a zone is read.
    pub zoned: ZonedTime,
    /// 1: an hour that occurs twice is the second one.
    pub fold: u8,
    /// Which day a link has.
    pub address: AddressDay,
}

/// A zone in which dates are read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum DateZone {
    /// The zone of the site.
    #[default]
    #[serde(rename = "site")]
    Site,
    /// UTC, whatever the zone of the site.
    #[serde(rename = "UTC")]
    Utc,
}

/// How a time with a zone is read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZonedTime {
    /// As the instant that it is.
    #[default]
    Instant,
    /// Turned to UTC, whose clock is then read in the zone of a time without one.
    UtcClock,
}

/// Which day a link has.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressDay {
    /// The day in the zone of the site. That of the engine's machine is taken to be the same.
    #[default]
    #[serde(alias = "machine")]
    Site,
    /// The day in the date's own zone.
    Own,
    /// The day in the name of the file; none if it has none.
    Name,
}

/// How tags and categories are written in addresses.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct TagRule {
    /// The rule of the engine, where it has feeds of tags.
    pub slug: Option<TagSpelling>,
}

/// How an engine writes a tag in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TagSpelling {
    /// As posts write it.
    AsWritten,
    /// In ASCII and lower case, with a hyphen for all but letters and digits.
    Ascii,
    /// In lower case; signs but `._#+~-@%` are left out.
    Hugo,
    /// In ASCII and lower case; signs are left out.
    Pelican,
    /// In ASCII and lower case; signs but `+` are left out.
    Nikola,
}

/// Which articles are listed.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EntryRule {
    /// How many entries a feed lists without a setting.
    pub limit: EntryLimit,
    /// The setting of the number of entries.
    pub limit_by: Option<String>,
    /// Whether articles of the future are listed.
    pub future: bool,
    /// The setting of a config, without spaces, with which they are not.
    pub future_unless: Option<String>,
}

/// The pattern of an id, such as `tag:{host},{day}:{path}`.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct IdPattern(Vec<IdPart>);

/// A part of the pattern of an id.
#[derive(Debug, PartialEq, Eq)]
pub enum IdPart {
    /// Text that stays as it is.
    Text(String),
    /// The first of these values that there is.
    First(Vec<IdValue>),
}

/// A value in the pattern of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdValue {
    /// The whole link.
    Url,
    /// The link without percent-encoding.
    DecodedUrl,
    /// The link up to its last part.
    Parent,
    /// The host of the link.
    Host,
    /// The path of the link.
    Path,
    /// The day of publication as written.
    Day,
    /// The written slug.
    Slug,
    /// The name of the file.
    Name,
    /// The path of the file.
    Source,
}

impl IdValue {
    const ALL: [(&'static str, Self); 9] = [
        ("url", Self::Url),
        ("decoded_url", Self::DecodedUrl),
        ("parent", Self::Parent),
        ("host", Self::Host),
        ("path", Self::Path),
        ("day", Self::Day),
        ("slug", Self::Slug),
        ("name", Self::Name),
        ("source", Self::Source),
    ];
}

impl IdPattern {
    /// Fills the pattern; `None` if none of the values of a part exists.
    pub fn fill(&self, value: impl Fn(IdValue) -> Option<String>) -> Option<String> {
        let fill = |part: &IdPart| match part {
            IdPart::Text(text) => Some(text.clone()),
            IdPart::First(values) => values.iter().find_map(|name| value(*name)),
        };
        self.0.iter().map(fill).collect()
    }
}

impl TryFrom<String> for IdPattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = Vec::new();
        for piece in text.split('{') {
            let text = match piece.split_once('}') {
                Some((names, text)) => {
                    let find = |name| IdValue::ALL.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
                    let values: Option<Vec<_>> = names.split('|').map(find).collect();
                    parts.push(IdPart::First(values.ok_or_else(|| format!("unknown placeholder `{{{names}}}`"))?));
                    text
                }
                None => piece,
            };
            if !text.is_empty() {
                parts.push(IdPart::Text(text.to_owned()));
            }
        }
        Ok(Self(parts))
    }
}

impl Recipe {
    /// Whether an id in the front matter reached one of the engine's feeds.
    pub fn uses_written_ids(&self) -> bool {
        [&self.rss, &self.atom, &self.json].into_iter().flatten().any(|rule| rule.id_key.is_some())
    }

    /// The rules of RSS, Atom and JSON Feed. A format that the engine does not write has the ids of the one before it.
    pub fn id_rules(&self) -> Option<[&IdRule; 3]> {
        let [rss, atom, json] = [&self.rss, &self.atom, &self.json].map(Option::as_ref);
        Some([rss.or(atom).or(json)?, atom.or(rss).or(json)?, json.or(rss).or(atom)?])
    }
}
