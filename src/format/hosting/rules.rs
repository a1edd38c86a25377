//! Groups of documents that get the same headers, by their paths.

use super::literal;
use crate::model::{DocumentPaths, FeedPath, Format};

/// Documents of one format, by a regular expression for their paths below the base.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeaderRule {
    pub(super) format: Format,
    /// Unique among the rules: `rss`, `rss_path`, `rss_folder`.
    pub(super) name: String,
    /// The part of the path that is the document's own address.
    pub(super) address: String,
    /// What may follow it: the index of a folder.
    pub(super) index: Option<&'static str>,
    /// The address that a copy gives as its own.
    pub(super) original: Option<String>,
}

/// The rules of a format: for default names, for addresses of the config, and for folders of the config.
pub(super) fn rules(format: Format, documents: &[(&str, Format)], paths: &DocumentPaths) -> Vec<HeaderRule> {
    let own = documents.iter().filter(|(_, of)| *of == format).map(|(path, _)| *path);
    let (copies, own): (Vec<&str>, Vec<&str>) = own.partition(|path| paths.original(path, format).is_some());
    let (default, named): (Vec<&str>, Vec<&str>) =
        own.into_iter().partition(|path| Format::of_path(path) == Some(format));
    let slug = slug(documents);
    let mut rules = Vec::new();
    let index = if format == Format::Json { "index.json" } else { "index.xml" };
    let mut rule = |kind: &str, address: String, index| {
        rules.push(HeaderRule { format, name: format!("{}{kind}", format.name()), address, index, original: None });
    };
    if !default.is_empty() {
        rule("", format!("(?:{slug}/)*{}", literal(format.file_name())), None);
    }
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for path in named {
        let (list, expression) = match paths.find(path, format) {
            Some(address) => (if address.is_folder() { &mut folders } else { &mut files }, expression(address, slug)),
            None => (&mut files, literal(path)),
        };
        if !list.contains(&expression) {
            list.push(expression);
        }
    }
    if !files.is_empty() {
        rule("_path", files.join("|"), None);
    }
    if !folders.is_empty() {
        rule("_folder", folders.join("|"), Some(index));
    }
    rules.extend(copies.into_iter().enumerate().map(|(n, path)| {
        let address = paths.find(path, format);
        HeaderRule {
            format,
            name: format!("{}_copy_{n}", format.name()),
            address: address.map_or_else(|| literal(path), |address| expression(address, slug)),
            index: address.filter(|address| address.is_folder()).map(|_| index),
            original: paths.original(path, format).map(|original| original.address().to_owned()),
        }
    }));
    rules
}

/// A regular expression for slugs: some engines wrote tags with capital letters and signs.
fn slug(documents: &[(&str, Format)]) -> &'static str {
    let is_wide = |byte: u8| byte.is_ascii_uppercase() || matches!(byte, b'+' | b'_');
    match documents.iter().any(|(path, _)| path.bytes().any(is_wide)) {
        true => "[A-Za-z0-9_+-]+",
        false => "[a-z0-9-]+",
    }
}

/// A regular expression for an address, of any slug.
fn expression(path: &FeedPath, slug: &str) -> String {
    match path.address().split_once("{slug}") {
        Some((start, end)) => format!("{}{slug}{}", literal(start), literal(end)),
        None => literal(path.address()),
    }
}
