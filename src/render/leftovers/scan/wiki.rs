//! Obsidian's links between notes, `[[Note#Heading|text]]`, its embeds, `![[image.png|300]]`, and its `==marks==`.

use super::super::tokens::{LeftoverKind, WikiPurpose};
use super::Scanner;

/// How far the end of a link or a mark is looked for, in bytes.
const MAX_WIKI_BYTES: usize = 1000;

impl Scanner<'_, '_> {
    /// What begins with `[[`.
    pub(super) fn wiki_link(&mut self, at: usize) -> Option<usize> {
        let line = self.ahead(at, MAX_WIKI_BYTES).split('\n').next().filter(|_| self.zones.wiki)?;
        let (inside, after) = line.strip_prefix("[[")?.split_once("]]")?;
        let (target, text) = inside.split_once('|').unwrap_or((inside, ""));
        // In a table the mark is escaped.
        let target = target.trim_end_matches('\\').trim();
        let before = self.byte_before(at);
        // `[[ -f x ]]` is a test of a shell.
        let is_named = target.chars().any(char::is_alphabetic)
            && !inside.starts_with(' ')
            && !inside.contains(['[', ']', '<', '>', '`', '"']);
        if !is_named || before == Some(b'\\') || after.starts_with(['(', '[', ':', ']']) {
            return None;
        }
        let (start, purpose) = match before {
            Some(b'!') => (at - 1, WikiPurpose::Embed),
            _ => (at, WikiPurpose::Link),
        };
        let span = start..at + inside.len() + "[[]]".len();
        Some(self.push(span, LeftoverKind::WikiLink { target, text: text.trim(), purpose }))
    }

    /// `==text==` within a line.
    pub(super) fn highlight(&mut self, at: usize) -> Option<usize> {
        let line = self.ahead(at, MAX_WIKI_BYTES).split('\n').next().filter(|_| self.zones.wiki)?;
        let (inside, after) = line.strip_prefix("==")?.split_once("==")?;
        let before = self.byte_before(at).unwrap_or(b' ');
        let is_operator = before.is_ascii_alphanumeric() || b"=<>!\\".contains(&before) || after.starts_with('=');
        let is_spaced = inside.is_empty() || inside.trim() != inside || inside.starts_with('=');
        if is_operator || is_spaced || inside.contains(['`', '|']) {
            return None;
        }
        let (what, text) = ("a mark of Obsidian", format!("<mark>{inside}</mark>"));
        Some(self.push(at..at + inside.len() + "====".len(), LeftoverKind::Replaced { what, text }))
    }
}
