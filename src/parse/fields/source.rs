//! The source of an article: `source` as a name, a URL or a mapping, with its URL in other keys.
//!
//! `link`, `url` and `website` belong to the article or its author in every corpus examined, and are never a source.

use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, texts};
use crate::model::{Located, RawAttribution};

/// Reads the source.
pub(super) fn read(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Option<RawAttribution> {
    let mut found = RawAttribution { name: None, url: None, feed: None };
    if let Some((_, node)) = keys.each(own.keys(Field::Source)).next() {
        take(node, &mut found, report);
    }
    for (name, node) in keys.each(Field::SourceUrl.keys()) {
        let Some(text) = texts::written(node).filter(|_| !texts::is_bool(node)) else { continue };
        match (is_web(&text.value), name) {
            (true, _) => found.url = found.url.or(Some(text)),
            (false, "via") => found.name = found.name.or(Some(text)),
            // `/old/path` is the site's own: no other source.
            (false, _) => {}
        }
    }
    (found.name.is_some() || found.url.is_some()).then_some(found)
}

fn take(node: &Node, found: &mut RawAttribution, report: &mut Report<'_>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(..) => match texts::written(node).filter(|_| !texts::is_bool(node)) {
            Some(text) if is_web(&text.value) => found.url = Some(text),
            text => found.name = text,
        },
        NodeKind::List(_) => report.bad_field("source", node, "a name, or a mapping with `name`, `url`, `feed`"),
        NodeKind::Map(_) => {
            let Some(keys) = Keys::inside(node) else { return };
            found.name = texts::first(&keys, ["name", "title"], report);
            found.url = texts::first(&keys, ["url", "link", "href"], report);
            found.feed = texts::first(&keys, ["feed", "rss"], report);
        }
    }
}

fn is_web(text: &str) -> bool {
    let begins = |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    begins("https://") || begins("http://")
}

/// Whether a text is an address of the web.
pub(super) fn web(text: &Located<String>) -> Option<String> {
    is_web(&text.value).then(|| text.value.clone())
}
