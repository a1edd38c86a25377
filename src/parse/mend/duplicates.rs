//! Removes the unused duplicates of a key: their lines up to the next key. Comments and blank lines before the next key
//! belong to that key and stay. Not in JSON, where commas depend on lines, nor if two keys share a line.

use super::super::fence::Dialect;
use super::super::tree::{Node, NodeKind};
use super::edit::{Edit, LineChange, Rows};
use super::proof::Reading;
use crate::model::{Located, Place};
use std::collections::BTreeMap;

/// The edits; the removed duplicates are also taken out of the expected head.
pub(super) fn edits(reading: &Reading<'_>, rows: &Rows<'_>, expected: &mut Node) -> Vec<Edit> {
    if reading.dialect == Dialect::Json {
        return Vec::new();
    }
    let NodeKind::Map(entries) = &reading.root.kind else { return Vec::new() };
    let mut gone = Vec::new();
    let mut edits = of_mapping(entries, rows, &mut gone);
    for (_, node) in entries {
        // The depth to which duplicates are reported.
        if let NodeKind::Map(inner) = &node.kind {
            edits.extend(of_mapping(inner, rows, &mut gone));
        }
    }
    if let NodeKind::Map(entries) = &mut expected.kind {
        entries.retain(|(key, _)| !gone.contains(&key.at));
        for (_, node) in entries {
            if let NodeKind::Map(inner) = &mut node.kind {
                inner.retain(|(key, _)| !gone.contains(&key.at));
            }
        }
    }
    edits
}

fn of_mapping(entries: &[(Located<String>, Node)], rows: &Rows<'_>, gone: &mut Vec<Place>) -> Vec<Edit> {
    let mut last: BTreeMap<&str, Place> = BTreeMap::new();
    for (key, _) in entries {
        last.insert(&key.value, key.at);
    }
    let mut starts: Vec<Place> = entries.iter().map(|(key, _)| key.at).collect();
    starts.sort_unstable();
    let mut edits = Vec::new();
    for (key, _) in entries {
        let Some(winner) = last.get(key.value.as_str()).filter(|winner| **winner != key.at) else { continue };
        let next = starts.get(starts.partition_point(|start| *start <= key.at)).copied();
        let Some(lines) = next.and_then(|next| extent(key.at, next, rows)) else { continue };
        gone.push(key.at);
        let what = format!("a second `{}` is removed, because line {} is used", displayed(&key.value), winner.line);
        edits.extend(lines.map(|line| Edit { line, change: LineChange::Remove, what: what.clone() }));
    }
    edits
}

/// The lines of a key that is alone on its line, up to the lines that belong to the next key.
fn extent(key: Place, next: Place, rows: &Rows<'_>) -> Option<impl Iterator<Item = u32> + use<>> {
    let indent = rows.indent(key)?.len();
    rows.indent(next)?;
    let mut end = next.line;
    while let Some(text) = end.checked_sub(1).filter(|n| *n > key.line).and_then(|n| rows.text(n)) {
        let inner = text.trim_start();
        let is_comment = inner.starts_with('#') && text.len() - inner.len() <= indent;
        // A table's header in TOML is written `[name]`: its key is one column after the bracket.
        if !inner.is_empty() && !is_comment {
            break;
        }
        end -= 1;
    }
    (end > key.line).then_some(key.line..end)
}

fn displayed(key: &str) -> String {
    key.chars().take(40).collect()
}
