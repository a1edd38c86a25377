//! Edits of whole lines. Line numbers refer to the original file, so that a report and a diff can use them. A byte
//! order mark is not part of the first line, and every line keeps its line end.

use super::super::file_lines::{FileLine, FileLines, LineStep};
use crate::model::{Extent, Place};
use std::collections::BTreeMap;
use std::ops::Range;

/// A fix of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its number in the file as it was, from 1.
    pub line: u32,
    /// What happens to it.
    pub change: LineChange,
    /// What a report says of it.
    pub what: String,
}

/// What happens to a line. Texts have no line end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineChange {
    /// It gets another text.
    Replace(Vec<u8>),
    /// The line is removed.
    Remove,
    /// A new line comes before it.
    Before(Vec<u8>),
}

/// The bytes with the edits made.
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 200);
    let mut done = 0;
    for swap in swaps(bytes, edits) {
        out.extend_from_slice(bytes.get(done..swap.old.start).unwrap_or_default());
        out.extend_from_slice(&swap.new);
        done = swap.old.end;
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
    out
}

/// Bytes that take the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// A whole line of the file as it was, with its end.
    pub old: Range<usize>,
    /// The text after the edit.
    pub new: Vec<u8>,
}

/// The edits as bytes, in the order of the file.
pub fn swaps(bytes: &[u8], edits: &[Edit]) -> Vec<Swap> {
    let mut by_line: BTreeMap<u32, Vec<&LineChange>> = BTreeMap::new();
    for edit in edits {
        by_line.entry(edit.line).or_default().push(&edit.change);
    }
    let rows = Rows::new(bytes);
    let swap = |(number, changes): (u32, Vec<&LineChange>)| {
        let line = rows.line(number)?;
        let end = rows.end(&line);
        // The last line of a file may have no end; a line before it has one.
        let neighbour = number.checked_sub(1).and_then(|n| rows.line(n)).map_or(end, |line| rows.end(&line));
        let (mut new, mut text) = (Vec::new(), Some(line.text));
        for change in changes {
            match change {
                LineChange::Replace(other) => text = Some(other),
                LineChange::Remove => text = None,
                LineChange::Before(other) => new.extend([other, neighbour].concat()),
            }
        }
        new.extend(text.map(|text| [text, end].concat()).unwrap_or_default());
        Some(Swap { old: line.start..line.next, new })
    };
    by_line.into_iter().filter_map(swap).collect()
}

/// Sorts edits by line. Of two edits of one line the later was made from the earlier, so it is used. The report names
/// both, unless the later one removes the line.
pub fn merged(edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let is_new = matches!(edit.change, LineChange::Before(_));
        let earlier = out.iter_mut().find(|e| e.line == edit.line && !matches!(e.change, LineChange::Before(_)));
        match earlier {
            Some(earlier) if !is_new => {
                earlier.what = match &edit.change {
                    LineChange::Remove => edit.what,
                    _ => format!("{}; {}", earlier.what, edit.what),
                };
                earlier.change = edit.change;
            }
            _ => out.push(edit),
        }
    }
    out.sort_by_key(|edit| (edit.line, !matches!(edit.change, LineChange::Before(_))));
    out
}

/// The lines of a file. Four bytes a line, for there are files of nothing else; none that is read has more than 4 GiB.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    starts: Vec<u32>,
}

impl<'a> Rows<'a> {
    /// Of a whole file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let start = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let mut walk = FileLines::from(bytes, Extent::Whole, start, 1);
        let mut starts = Vec::new();
        while let LineStep::Line(line) = walk.step() {
            starts.extend(u32::try_from(line.start));
        }
        Self { bytes, starts }
    }

    /// The line of a number.
    pub(super) fn line(&self, number: u32) -> Option<FileLine<'a>> {
        let start = usize::try_from(*self.starts.get(usize::try_from(number.checked_sub(1)?).ok()?)?).ok()?;
        match FileLines::from(self.bytes, Extent::Whole, start, number).step() {
            LineStep::Line(line) => Some(line),
            LineStep::Cut | LineStep::End => None,
        }
    }

    /// The line that begins at this byte, or the first behind it.
    pub(super) fn line_from(&self, byte: usize) -> Option<FileLine<'a>> {
        let before = self.starts.partition_point(|start| usize::try_from(*start).is_ok_and(|start| start < byte));
        self.line(u32::try_from(before).ok()?.checked_add(1)?)
    }

    /// The line that ends where this byte begins another.
    pub(super) fn line_before(&self, byte: usize) -> Option<FileLine<'a>> {
        let before = self.starts.partition_point(|start| usize::try_from(*start).is_ok_and(|start| start < byte));
        self.line(u32::try_from(before).ok()?).filter(|line| line.next == byte)
    }

    /// Its text, where that is UTF-8.
    pub(super) fn text(&self, number: u32) -> Option<&'a str> {
        std::str::from_utf8(self.line(number)?.text).ok()
    }

    /// A line's text before a place, at it and behind it.
    pub(super) fn split(&self, at: Place) -> Option<(&'a str, &'a str, &'a str)> {
        let text = self.text(at.line)?;
        let byte = |characters: u32| {
            let mut ends = text.char_indices().map(|(i, _)| i).chain([text.len()]);
            ends.nth(usize::try_from(characters).ok()?)
        };
        let (start, end) = (byte(at.column.checked_sub(1)?)?, byte(at.column.checked_sub(1)?.checked_add(at.length)?)?);
        Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
    }

    /// The white space at the start of a line, if nothing else precedes this place.
    pub(super) fn indent(&self, at: Place) -> Option<&'a str> {
        let (before, ..) = self.split(Place::new(at.line, at.column, 0))?;
        before.chars().all(|c| c == ' ' || c == '\t').then_some(before)
    }

    fn end(&self, line: &FileLine<'a>) -> &'a [u8] {
        self.bytes.get(line.start + line.text.len()..line.next).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(line: u32, change: LineChange) -> Edit {
        Edit { line, change, what: "x".into() }
    }

    #[test]
    fn only_the_lines_named_change() {
        let file = "\u{feff}a\r\nb\rc\nd".as_bytes();
        let edits = [
            edit(1, LineChange::Remove),
            edit(2, LineChange::Replace(b"B".to_vec())),
            edit(3, LineChange::Before(b"n".to_vec())),
            edit(4, LineChange::Replace(b"D".to_vec())),
        ];
        assert_eq!(apply(file, &edits), "\u{feff}B\rn\rc\nD".as_bytes());
        assert_eq!(apply(file, &[]), file);
        assert_eq!(apply(b"", &edits), b"");
    }

    #[test]
    fn the_later_text_of_a_line_counts_and_new_lines_stay_apart() {
        let edits = merged(vec![
            edit(3, LineChange::Replace(b"1".to_vec())),
            edit(3, LineChange::Before(b"n".to_vec())),
            edit(3, LineChange::Replace(b"2".to_vec())),
            edit(1, LineChange::Remove),
        ]);
        let seen: Vec<_> = edits.iter().map(|e| (e.line, e.change.clone(), e.what.as_str())).collect();
        assert_eq!(
            seen,
            [
                (1, LineChange::Remove, "x"),
                (3, LineChange::Before(b"n".to_vec()), "x"),
                (3, LineChange::Replace(b"2".to_vec()), "x; x")
            ]
        );
    }
}
