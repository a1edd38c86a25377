//! The meaning of template tags by their names: the table `meaning.toml`. `-`, `_` and case are ignored.
//!
//! A name that is not in the table is unknown: its tags are removed and reported, the content between them stays.

use super::embeds;
use super::notices;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a tag means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// `assign x = y`.
    Assign,
    /// `capture x`, up to its end.
    Capture,
    /// `if`: the first branch stays.
    Branch,
    /// A loop, a macro, data of a chart: nothing of it is text.
    Dropped,
    /// An image: `figure`, `img`.
    Image,
    /// A media file: `video`, `audio`.
    Media,
    /// The address of an article: `ref`, `post_url`.
    Address,
    /// A link to an article: `post_link`.
    ArticleLink,
    /// The address of a file beside the article.
    AssetAddress,
    /// A link, `link`, `button`.
    Link,
    /// Something of another site.
    Embed,
    /// Code in the arguments or between the tags, which was read as Markdown.
    Quote,
    /// A box; its kind.
    #[serde(skip)]
    Notice(#[serde(skip)] &'static str),
    /// A part that opens on a click.
    Details,
    /// One of several parts, with its name above it.
    Titled,
    /// Text in an element of the same meaning.
    #[serde(skip)]
    Element(#[serde(skip)] &'static str),
    /// Layout only: its content stays.
    Layout,
    /// A file of the site is included.
    Include,
    /// Something that shows nothing.
    Silent,
    /// Nothing known here.
    Unknown,
}

/// A name without case, `-` and `_`.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The table from names to meanings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    meanings: BTreeMap<Meaning, Vec<String>>,
    elements: BTreeMap<String, Vec<String>>,
}

/// `meaning.toml`; a test checks that it can be read.
static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(include_str!("meaning.toml")).unwrap_or_default());

/// The meaning of a plain name.
pub fn for_name(name: &str) -> Meaning {
    let has = |names: &[String]| names.iter().any(|other| other == name);
    if let Some((meaning, _)) = NAMES.meanings.iter().find(|(_, names)| has(names)) {
        return *meaning;
    }
    if let Some((element, _)) = NAMES.elements.iter().find(|(_, names)| has(names)) {
        return Meaning::Element(element);
    }
    match notices::kind(name) {
        Some(kind) => Meaning::Notice(kind),
        None if embeds::is_service(name) => Meaning::Embed,
        None => Meaning::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_one_meaning() {
        let names: Names = toml::from_str(include_str!("meaning.toml")).unwrap();
        let all: Vec<&String> = names.meanings.values().chain(names.elements.values()).flatten().collect();
        for (n, name) in all.iter().enumerate() {
            assert_eq!(plain(name), **name, "{name} is not written as it is looked up");
            assert!(!all[..n].contains(name), "{name} is there twice");
        }
    }

    #[test]
    fn names_mean_the_same_in_every_spelling() {
        assert_eq!(for_name(&plain("asset_img")), Meaning::Image);
        assert_eq!(for_name(&plain("post-link")), Meaning::ArticleLink);
        assert_eq!(for_name(&plain("LiteYouTube")), Meaning::Embed);
        assert_eq!(for_name(&plain("Callout")), Meaning::Notice(""));
        assert_eq!(for_name(&plain("termsofservice-compatible")), Meaning::Unknown);
    }
}
