//! Tags and categories under the keys that engines use: lists, comma-separated strings, one word, taxonomies.
//!
//! Spelling is unchanged, except that HTML entities are decoded. A text without a comma is one tag, spaces included,
//! unless spaces separate tags (Jekyll). In a list of several, a comma belongs to its tag.

use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, texts};
use crate::model::{Located, TagSeparator};

/// The tags in the order written, each spelling once.
pub(super) fn tags(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Vec<Located<String>> {
    let mut out = Vec::new();
    for (name, node) in keys.each(own.keys(Field::Tags)) {
        collect(name, node, own.0.tag_separator, report, &mut out);
    }
    if let Some(taxonomies) = keys.find("taxonomies").and_then(Keys::inside) {
        let others = ["author", "authors", "category", "categories"];
        for (name, node) in taxonomies.all().filter(|(name, _)| !others.contains(name)) {
            collect(name, node, own.0.tag_separator, report, &mut out);
        }
    }
    once(out)
}

/// The categories. Jekyll splits `categories` at blanks, and takes `category` whole.
pub(super) fn categories(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Vec<Located<String>> {
    let mut out = Vec::new();
    for (name, node) in keys.each(own.keys(Field::Categories)) {
        let separator = if name == "category" { TagSeparator::Comma } else { own.0.tag_separator };
        collect(name, node, separator, report, &mut out);
    }
    once(out)
}

fn once(mut found: Vec<Located<String>>) -> Vec<Located<String>> {
    if found.len() < 2 {
        return found;
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|tag| seen.insert(tag.value.clone()));
    found
}

fn collect(name: &str, node: &Node, separator: TagSeparator, report: &mut Report<'_>, out: &mut Vec<Located<String>>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(text, _) => split(node, text, separator, out),
        NodeKind::List(items) => match items.as_slice() {
            [Node { kind: NodeKind::Scalar(text, _), .. }] => {
                items.iter().for_each(|item| split(item, text, TagSeparator::Comma, out));
            }
            _ => items.iter().for_each(|item| self::item(name, item, report, out)),
        },
        NodeKind::Map(_) => report.bad_field(name, node, "a string or a list of strings"),
    }
}

/// One of several. An empty text is kept, for the stage that says so.
fn item(name: &str, node: &Node, report: &mut Report<'_>, out: &mut Vec<Located<String>>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(text, _) => out.push(Located::new(decoded(text.trim()), node.at)),
        // Hexo: categories of categories.
        NodeKind::List(inner) if inner.iter().all(|i| matches!(i.kind, NodeKind::Scalar(..) | NodeKind::Null)) => {
            inner.iter().for_each(|i| item(name, i, report, out));
        }
        NodeKind::List(_) => report.bad_field(name, node, "a string or a list of strings"),
        NodeKind::Map(_) => {
            let named = Keys::inside(node).and_then(|keys| keys.each(["name", "title", "label", "slug"]).next());
            match named.and_then(|(_, node)| texts::written(node)) {
                Some(text) => out.push(Located::new(decoded(&text.value), text.at)),
                None => report.bad_field(name, node, "a string or a list of strings"),
            }
        }
    }
}

/// A comma string, or else one with semicolons (Pelican), or one with blanks where they part tags, or else one tag.
fn split(node: &Node, text: &str, separator: TagSeparator, out: &mut Vec<Located<String>>) {
    let text = decoded(text);
    let commas = [',', '，', '、'];
    let parts: Vec<&str> = if text.contains(commas) {
        text.split(commas).collect()
    } else if separator == TagSeparator::Space {
        text.split_ascii_whitespace().collect()
    } else {
        text.split(';').collect()
    };
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    out.extend(parts.map(|part| Located::new(part.to_owned(), node.at)));
}

/// With entities resolved; as it is where an ampersand is only an ampersand.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let spaced = text.replace("&nbsp;", "\u{a0}");
    quick_xml::escape::unescape(&spaced).map_or_else(|_| text.to_owned(), |t| t.trim().to_owned())
}
