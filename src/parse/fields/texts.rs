//! Fields that hold one text. A number, a date or a word like `no` is read as text: the field decides the type.

use super::super::permalink;
use super::super::tree::{Node, NodeKind, Style};
use super::keys::{Keys, cut};
use super::usual::Field;
use super::{Own, Report};
use crate::diagnostic::Code;
use crate::model::{Engine, Located, PermalinkPattern};

/// The first of the keys that holds a text which is not blank.
pub(super) fn first<'n>(
    keys: &Keys<'_>,
    names: impl IntoIterator<Item = &'n str>,
    report: &mut Report<'_>,
) -> Option<Located<String>> {
    keys.each(names).find_map(|(name, node)| one(name, node, report))
}

/// The article's own address, or its own pattern of one.
#[derive(Debug, Default)]
pub(super) struct Address {
    /// An address or a path.
    pub written: Option<Located<String>>,
    /// A pattern such as `/:year/:title/`.
    pub pattern: Option<Located<PermalinkPattern>>,
}

/// The permalink. Zola's `path` is relative to the site and names a folder; patterns are Jekyll's and Hugo's.
pub(super) fn permalink(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Address {
    for (name, node) in keys.each(own.keys(Field::Permalink)) {
        // Eleventy: `permalink: false` writes no page of its own.
        if is_bool(node) {
            continue;
        }
        let Some(text) = one(name, node, report) else { continue };
        let mut refuse = |what: &str| {
            let message = format!("`{name}` is {what}, {}, not a URL; it was ignored", quote(&text.value));
            let help = "write the URL itself, or set `content.permalink` in the config";
            report.tell(Code::BadUrl, text.at, message, help);
        };
        if text.value.contains("{{") || text.value.contains("{%") {
            refuse("a template");
            continue;
        }
        if permalink::has_tokens(&text.value) {
            match permalink::read(&text.value, own.0.engine) {
                Ok(pattern) => return Address { written: None, pattern: Some(Located::new(pattern, text.at)) },
                Err(_) => refuse("a pattern with an unknown token"),
            }
            continue;
        }
        let is_zola = own.0.engine == Engine::Zola && !text.value.contains("://");
        let relative = !text.value.starts_with('/') && !text.value.contains("://");
        let written = match name {
            "path" if relative || is_zola => text.map(|path| format!("/{}/", path.trim_matches('/'))),
            _ => text,
        };
        return Address { written: Some(written), pattern: None };
    }
    Address::default()
}

/// A text that is not blank; anything but a scalar is reported.
pub(super) fn one(name: &str, node: &Node, report: &mut Report<'_>) -> Option<Located<String>> {
    match &node.kind {
        NodeKind::Null => None,
        NodeKind::Scalar(..) => written(node),
        NodeKind::List(_) | NodeKind::Map(_) => {
            report.bad_field(name, node, "a string");
            None
        }
    }
}

/// The text of a scalar that is not blank.
pub(super) fn written(node: &Node) -> Option<Located<String>> {
    match &node.kind {
        NodeKind::Scalar(text, _) if !text.trim().is_empty() => Some(Located::new(text.trim().to_owned(), node.at)),
        _ => None,
    }
}

/// A bare `true`, `false`, `yes`, `no`.
pub(super) fn is_bool(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar(text, Style::Plain) if super::flags::truth(text).is_some())
}

/// What a node is, for a sentence.
pub(super) fn kind(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "empty".into(),
        NodeKind::Scalar(text, _) => quote(text),
        NodeKind::List(_) => "a list".into(),
        NodeKind::Map(_) => "a mapping".into(),
    }
}

/// A value for a sentence: in quotes, on one line, not too long.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", cut(text))
}
