//! Removes characters forbidden in a feed from every value: escapes (`"\u0008"`) can write what the file itself may
//! not.
//!
//! Values nested deeper than eight levels are dropped: no field is there.

use super::super::decode::forbidden_character;
use super::super::tree::{Node, NodeKind};
use super::Report;
use super::keys::KeyPairs;
use crate::model::{Located, feed_char, first_forbidden, strip_forbidden};
use std::borrow::Cow;

const MAX_SCRUB_DEPTH: u32 = 8;

/// The mapping without forbidden characters; nearly always the mapping itself.
pub(super) fn pairs<'p>(pairs: &'p KeyPairs, report: &mut Report<'_>) -> Cow<'p, KeyPairs> {
    if is_clean(pairs, 0) { Cow::Borrowed(pairs) } else { Cow::Owned(map(pairs, 0, report)) }
}

fn is_clean(pairs: &KeyPairs, depth: u32) -> bool {
    let clean = |text: &str| first_forbidden(text).is_none();
    fn node(of: &Node, depth: u32) -> bool {
        match &of.kind {
            NodeKind::Null => true,
            NodeKind::Scalar(text, _) => first_forbidden(text).is_none(),
            NodeKind::List(_) | NodeKind::Map(_) if depth >= MAX_SCRUB_DEPTH => false,
            NodeKind::List(items) => items.iter().all(|item| node(item, depth + 1)),
            NodeKind::Map(inner) => is_clean(inner, depth + 1),
        }
    }
    pairs.iter().all(|(key, value)| clean(&key.value) && node(value, depth))
}

fn map(pairs: &[(Located<String>, Node)], depth: u32, report: &mut Report<'_>) -> Vec<(Located<String>, Node)> {
    pairs
        .iter()
        .map(|(key, value)| {
            let name = strip_forbidden(&key.value).0.into_owned();
            (Located::new(name, key.at), node(value, depth, report))
        })
        .collect()
}

fn node(of: &Node, depth: u32, report: &mut Report<'_>) -> Node {
    let kind = match &of.kind {
        NodeKind::Null => NodeKind::Null,
        NodeKind::Scalar(text, style) => {
            let (clean, _) = strip_forbidden(text);
            let mut removed = text.chars().filter(|c| feed_char(*c).is_none());
            if let Some(first) = removed.next() {
                report.sink.report(forbidden_character(first, removed.count(), report.display_path, of.at));
            }
            NodeKind::Scalar(clean.into_owned(), *style)
        }
        NodeKind::List(_) | NodeKind::Map(_) if depth >= MAX_SCRUB_DEPTH => NodeKind::Null,
        NodeKind::List(items) => NodeKind::List(items.iter().map(|item| node(item, depth + 1, report)).collect()),
        NodeKind::Map(inner) => NodeKind::Map(map(inner, depth + 1, report)),
    };
    Node { at: of.at, kind }
}
