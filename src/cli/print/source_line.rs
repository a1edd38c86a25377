//! A source line as a finding shows it: cut around the caret, harmless to a terminal.
//!
//! Works on lines of any length with a window's worth of memory, and on places that lie outside the line, because the file
//! may have changed since it was read.

use crate::model::{Place, visible};
use std::ops::Range;

/// Characters of a line that are shown at most.
const SHOWN: usize = 200;
/// Of these, before the caret.
const BEFORE: usize = 80;
/// Shows that a line goes on.
const CUT: &str = "…";

/// What is shown of a line, and where its caret stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineExcerpt {
    /// The text: no control character, no line end.
    pub text: String,
    /// Bytes of the text, on character boundaries, that the caret underlines; empty behind the end.
    pub span: Range<usize>,
}

/// Cuts the excerpt of a line for a place on it.
pub fn excerpt(line: &str, at: Place) -> LineExcerpt {
    let line = line.trim_end_matches(['\r', '\n']);
    let caret = caret(line, at);
    let first = if line.chars().nth(SHOWN).is_none() { 0 } else { caret.start.saturating_sub(BEFORE) };
    let mut text = String::from(if first > 0 { CUT } else { "" });
    let mut span: Option<Range<usize>> = None;
    let mut letters = line.chars().enumerate().skip(first);
    for (number, letter) in letters.by_ref().take(SHOWN) {
        let from = text.len();
        text.push(visible(letter));
        if caret.contains(&number) {
            span = Some(span.map_or(from, |span| span.start)..text.len());
        }
    }
    let end = text.len();
    if letters.next().is_some() {
        text.push_str(CUT);
    }
    LineExcerpt { span: span.unwrap_or(end..end), text }
}

/// The characters that a place underlines: at least one, within the line, or none right behind its end.
fn caret(line: &str, at: Place) -> Range<usize> {
    let (start, length) = (at.column.saturating_sub(1) as usize, at.length.max(1) as usize);
    let end = line.chars().take(start.saturating_add(length)).count();
    start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(line: &str, column: u32, length: u32) -> (String, String) {
        let e = excerpt(line, Place::new(1, column, length));
        (e.text[e.span.clone()].to_owned(), e.text)
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.into(), b.into())
    }

    #[test]
    fn underlines_what_was_meant() {
        assert_eq!(show("date: 30.02.2025\r\n", 7, 10), pair("30.02.2025", "date: 30.02.2025"));
        assert_eq!(show("название: 世界", 11, 2), pair("世界", "название: 世界"));
        assert_eq!(show("abc", 2, 0), pair("b", "abc"));
        assert_eq!(show("abc", 3, 99), pair("c", "abc"));
    }

    #[test]
    fn places_outside_the_line_stand_behind_its_end() {
        assert_eq!(show("abc", 4, 1), pair("", "abc"));
        assert_eq!(show("abc", 4_000_000_000, u32::MAX), pair("", "abc"));
        assert_eq!(show("", 1, 1), pair("", ""));
        assert_eq!(show("abc", 0, 1), pair("a", "abc"));
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let line = format!("{}X{}", "a".repeat(1000), "b".repeat(1000));
        let (under, text) = show(&line, 1001, 1);
        assert_eq!(under, "X");
        assert_eq!(text.chars().count(), SHOWN + 2);
        assert!(text.starts_with('…') && text.ends_with('…'));
        let whole = "c".repeat(SHOWN);
        assert_eq!(show(&whole, 1, 1).1, whole);
    }

    #[test]
    fn a_line_is_shown_as_written() {
        let line = "date: \"a//b@c\" # yes?no=maybe";
        assert_eq!(show(line, 7, 8), pair("\"a//b@c\"", line));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn never_panics(line in "(\\PC|\\t|https://u:p@|\\?a=b| ){0,300}", column in 0u32..400, length in 0u32..400) {
            let e = excerpt(&line, Place::new(1, column, length));
            prop_assert!(e.text.get(e.span.clone()).is_some());
            prop_assert!(e.text.chars().count() <= SHOWN + 2);
        }
    }
}
