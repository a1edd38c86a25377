//! Heads of `Key: value` lines, as in Pelican, Python-Markdown and MultiMarkdown, and of `.. key: value` in Nikola's comment. Keys are case-insensitive.
//!
//! A value may continue in indented lines. There is no other syntax, so there are no syntax errors.

use super::tree::{Node, NodeKind, Style};
use crate::model::{Located, Place};

/// Reads the lines into a mapping.
pub(super) fn tree(text: &str, first_line: u32) -> Node {
    let mut pairs: Vec<(Located<String>, Node)> = Vec::new();
    for (line, number) in text.lines().zip(first_line..) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, Node { kind: NodeKind::Scalar(value, _), .. })) = pairs.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let bare = line.strip_prefix(".. ").unwrap_or(line);
        let margin = line.len() - bare.len();
        let Some((key, rest)) = bare.split_once(':') else { continue };
        let value = rest.trim();
        let before = margin + key.chars().count() + 1 + rest.chars().take_while(|c| c.is_whitespace()).count();
        let at = Place::new(number, count(before) + 1, count(value.chars().count()));
        let (value, style) = match value.strip_prefix('"').and_then(|v| v.strip_suffix('"')) {
            Some(inner) => (inner, Style::Quoted),
            None => (value, Style::Plain),
        };
        let key_at = Place::new(number, count(margin) + 1, count(key.chars().count()));
        let key = Located::new(key.trim().to_lowercase().replace(' ', "_"), key_at);
        pairs.push((key, Node { at, kind: NodeKind::Scalar(value.to_owned(), style) }));
    }
    Node { at: Place::new(first_line, 1, 0), kind: NodeKind::Map(pairs) }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_keys_values_and_continuations() {
        let node = tree("Title: One: two\nTags: a,\n    b\nSlug:\nAuthor: \"Ann\"\n", 3);
        let NodeKind::Map(pairs) = node.kind else { panic!("no map") };
        let read: Vec<_> = pairs
            .iter()
            .map(|(k, v)| match &v.kind {
                NodeKind::Scalar(text, _) => (k.value.as_str(), text.as_str(), v.at.line, v.at.column),
                _ => panic!("no scalar"),
            })
            .collect();
        assert_eq!(
            read,
            [("title", "One: two", 3, 8), ("tags", "a, b", 4, 7), ("slug", "", 6, 6), ("author", "Ann", 7, 9)]
        );
    }
}
