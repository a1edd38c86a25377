//! Text → located values. Pure functions that cannot fail: faults become findings, and usable values are still
//! returned.
//!
//! Only this layer names the YAML, TOML and JSON crates.

pub mod aliases;
mod article;
mod config;
pub mod date;
mod decode;
pub mod engine;
mod escapes;
pub mod fast;
pub mod feed;
mod fence;
mod fields;
mod file_lines;
mod heading;
pub(crate) mod json;
mod key_lines;
pub(crate) mod key_shape;
pub mod mend;
mod people;
mod permalink;
pub mod schema;
pub(crate) mod toml;
pub mod tree;
pub mod yaml;

pub use people::{PeopleFile, people};

use crate::diagnostic::Sink;
use crate::model::{ArticlePath, BodyRef, Extent, Outcome, RawArticle, Site};

/// The first bytes of an article's file.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Under the content folder.
    pub path: &'a ArticlePath,
    /// As findings name it: relative to the project folder.
    pub display_path: &'a str,
    /// The first bytes of the file.
    pub bytes: &'a [u8],
    /// Whether these are all bytes of the file.
    pub extent: Extent,
}

/// What a head gave.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// An article's head.
    Article(Box<RawArticle>),
    /// No article, or one with an error; the finding has been reported.
    LeftOut(Outcome),
    /// The bytes end before the head does: read the whole file and ask again. Nothing was reported.
    NeedsMore,
}

/// Reads an article's head: fence, front matter, fields, and the first heading where the title needs it.
pub fn article(head: Head<'_>, site: &Site, sink: &mut dyn Sink) -> Parsed {
    article::read(head, &site.content, sink)
}

/// The body of a whole file: from where the head ends, without the closing line of a wrapping fence.
pub fn body(whole: &str, body: BodyRef) -> &str {
    let text = usize::try_from(body.offset).ok().and_then(|at| whole.get(at..)).unwrap_or_default();
    if body.fenced { fence::without_closing_fence(text) } else { text }
}

/// The bytes between the delimiters of a file's front matter, where it has any.
#[cfg(feature = "internals")]
pub fn front_matter(bytes: &[u8]) -> Option<&[u8]> {
    match fence::find(bytes, Extent::Whole) {
        fence::FoundFence::Head(found) => Some(found.text),
        _ => None,
    }
}

/// YAML as an untyped tree: for the test that holds it to another parser's (`tests/corpora/yaml_trees.py`).
#[cfg(feature = "internals")]
pub fn yaml_tree(text: &str) -> Result<tree::Node, tree::TreeFault> {
    yaml::tree(text, 1)
}

/// Flags that override the config.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The flag `--url`.
    pub url: Option<String>,
    /// The flag `--content`.
    pub content: Option<String>,
    /// The flag `--out`.
    pub out: Option<String>,
    /// `--out` of a command that publishes: `output.target`.
    pub target: Option<String>,
    /// `--hub`, in the place of `websub.hubs`.
    pub hubs: Vec<String>,
}

/// The bytes of `feedmill.yaml` as text. `None` where they are none; the finding has been reported.
pub fn config_text<'b>(bytes: &'b [u8], path: &str, sink: &mut dyn Sink) -> Option<&'b str> {
    config::text(bytes, path, sink)
}

/// Reads `feedmill.yaml` (`None`: there is none) into the site. `None` when it has an error; the findings have been
/// reported.
pub fn config(text: Option<&str>, path: &str, overrides: &Overrides, sink: &mut dyn Sink) -> Option<Site> {
    config::read(text, path, overrides, sink)
}
