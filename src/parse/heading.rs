//! The first level-one heading of a body, as text: for heads without a title, or with one that is a slug.
//!
//! Blocks are followed as far as needed to know what is no heading (CommonMark 0.31: fences, comments, raw HTML,
//! lists, quotes, indented code) and so are Liquid's and Hugo's highlight tags. Works on whole lines only: a cut read
//! gives the heading of the whole file, or nothing yet.

mod blocks;
mod html;
mod plain;

use super::Extent;
use super::file_lines::{Lines, Step};
use crate::model::{BodyRef, Located, Place};
use blocks::{Blocks, Verdict};

/// What a body gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// The bytes end before this can be told.
    Cut,
    /// Its text.
    Found(Located<String>),
    /// There is none.
    Absent,
}

/// The longest source of a heading that is taken for one.
const LONGEST: usize = 2000;

/// Finds the first heading of level one that has a text.
pub(super) fn first(bytes: &[u8], extent: Extent, body: BodyRef) -> Heading {
    let start = usize::try_from(body.offset).unwrap_or(usize::MAX);
    let mut lines = Lines::from(bytes, extent, start, body.line);
    let mut blocks = Blocks::default();
    loop {
        let line = match lines.step() {
            Step::Cut => return Heading::Cut,
            Step::End => return Heading::Absent,
            Step::Line(line) => line,
        };
        let (from, number) = match blocks.take(line) {
            Verdict::Nothing => continue,
            Verdict::Heading => (line.start, line.number),
            Verdict::Underline { start, number } => (start, number),
        };
        let source = bytes.get(from..line.next).unwrap_or_default();
        let text = if source.len() > LONGEST { String::new() } else { plain::text(&String::from_utf8_lossy(source)) };
        if !text.is_empty() {
            let source = String::from_utf8_lossy(source);
            let shown = source.lines().next().unwrap_or_default().trim_end().chars().count();
            let at = Place::new(number, 1, u32::try_from(shown).unwrap_or(0));
            return Heading::Found(Located::new(text, at));
        }
    }
}

/// Whether a title may be a slug that someone put there: one word, no capitals, two hyphens or more.
pub fn may_be_slug(title: &str) -> bool {
    title.matches('-').count() >= 2 && !title.contains(|c: char| c.is_whitespace() || c.is_uppercase())
}

#[cfg(test)]
mod tests;
