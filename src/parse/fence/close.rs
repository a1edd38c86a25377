//! Finds the end of front matter, at most [`LIMIT`] bytes after the opening.

use super::super::Extent;
use super::super::file_lines::{FileLine, FileLines, LineStep};
use super::foreign::is_key_line;
use super::opening::{Delimiter, Fence};
use super::{Dialect, Fault, FoundFence, FrontMatter, LIMIT, Wrap, absent, body_at, place};
use crate::model::{BodyRef, Place};

/// A head that a delimiter opened.
pub(super) fn delimited<'a>(
    bytes: &'a [u8],
    first: FileLine<'a>,
    lines: FileLines<'a>,
    delimiter: Delimiter,
    wrap: Wrap,
) -> FoundFence<'a> {
    let at = place(first);
    if !delimiter.is_line() {
        return object(bytes, first, lines.extent(), wrap);
    }
    let closing = delimiter.closing.first().copied().unwrap_or_default();
    let head = Part { bytes, at, dialect: delimiter.dialect, wrap };
    head.until(lines, closing, |line| delimiter.is_closed_by(line))
}

/// A head in a code block of its own: from the line behind the fence to the closing fence.
pub(super) fn code_block<'a>(
    bytes: &'a [u8],
    first: FileLine<'a>,
    lines: FileLines<'a>,
    fence: Fence,
    dialect: Dialect,
) -> FoundFence<'a> {
    let head = Part { bytes, at: place(first), dialect, wrap: Wrap::None };
    head.until(lines, if fence.mark == b'~' { "~~~" } else { "```" }, |line| fence.is_closed_by(line))
}

/// A head of `Key: value` lines: up to the first blank line, and only with a title or a date among them. One that
/// ends with `---` has lost its first delimiter: it is YAML.
pub(super) fn key_lines<'a>(bytes: &'a [u8], extent: Extent, first: FileLine<'a>) -> FoundFence<'a> {
    let mut lines = FileLines::from(bytes, extent, first.start, first.number);
    let (mut known, mut listed) = (false, false);
    loop {
        let line = match lines.step() {
            LineStep::Cut if lines.at() - first.start > LIMIT => return absent(first),
            LineStep::Cut => return FoundFence::Cut,
            LineStep::End => None,
            LineStep::Line(line) => Some(line),
        };
        let text = line.map(|l| l.text.trim_ascii()).unwrap_or_default();
        let end = line.map_or(lines.at(), |l| l.start);
        if end - first.start > LIMIT {
            return absent(first);
        }
        if text.is_empty() || matches!(text, b"---" | b"...") {
            let dialect = if text.is_empty() { Dialect::Lines } else { Dialect::Yaml };
            let head = Part { bytes, at: place(first), dialect, wrap: Wrap::None };
            let body = body_at(line.map_or(end, |l| l.next), lines.number());
            let known = known && (dialect == Dialect::Yaml || !listed);
            return if known { head.found(first.start, first.number, end, body) } else { absent(first) };
        }
        let continues = line.is_some_and(|l| l.text.first().is_some_and(u8::is_ascii_whitespace));
        // Items of a list at the margin: only YAML has them.
        let is_item = text.starts_with(b"- ") && line.is_some_and(|l| l.start > first.start);
        listed |= is_item;
        if !continues && !is_item && !is_key_line(text) {
            return absent(first);
        }
        let key = text.split(|b| *b == b':').next().unwrap_or_default().trim_ascii_end();
        known |= !continues && (key.eq_ignore_ascii_case(b"title") || key.eq_ignore_ascii_case(b"date"));
    }
}

/// A JSON object at the very start: it ends with its own brace.
fn object<'a>(bytes: &'a [u8], first: FileLine<'a>, extent: Extent, wrap: Wrap) -> FoundFence<'a> {
    let head = Part { bytes, at: place(first), dialect: Dialect::Json, wrap };
    let mut lines = FileLines::from(bytes, extent, first.start, first.number);
    let mut braces = Braces::default();
    loop {
        let line = match lines.step() {
            LineStep::Cut => return head.cut(&lines, first.start),
            LineStep::End => return head.unclosed(&lines, first.start, "}"),
            LineStep::Line(line) => line,
        };
        if line.start - first.start > LIMIT {
            return FoundFence::Fault(Fault::TooLarge(head.at));
        }
        if let Some(length) = braces.end_in(line.text) {
            let end = line.start + length;
            let rest_is_blank = line.text.get(length..).unwrap_or_default().trim_ascii().is_empty();
            let body = if rest_is_blank { body_at(line.next, lines.number()) } else { body_at(end, line.number) };
            return if end - first.start > LIMIT {
                FoundFence::Fault(Fault::TooLarge(head.at))
            } else {
                head.found(first.start, first.number, end, body)
            };
        }
    }
}

/// Counts braces outside strings.
#[derive(Default)]
struct Braces {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Braces {
    /// How far into the line the outermost brace closes.
    fn end_in(&mut self, line: &[u8]) -> Option<usize> {
        for (at, byte) in line.iter().enumerate() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'{' if !self.in_string => self.depth = self.depth.saturating_add(1),
                b'}' if !self.in_string => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        // A string does not run over a line end: one that does is a fault for the JSON reader, not for the count.
        self.in_string = false;
        self.escaped = false;
        None
    }
}

/// What is known of a head before its end is found.
struct Part<'a> {
    bytes: &'a [u8],
    at: Place,
    dialect: Dialect,
    wrap: Wrap,
}

impl<'a> Part<'a> {
    /// Looks for the closing line.
    fn until(self, mut lines: FileLines<'a>, closing: &'static str, closes: impl Fn(&[u8]) -> bool) -> FoundFence<'a> {
        let (start, first_line) = (lines.at(), lines.number());
        loop {
            match lines.step() {
                LineStep::Cut => return self.cut(&lines, start),
                LineStep::End => return self.unclosed(&lines, start, closing),
                LineStep::Line(line) if line.start - start > LIMIT => {
                    return FoundFence::Fault(Fault::TooLarge(self.at));
                }
                LineStep::Line(line) if closes(line.text) => {
                    return self.found(start, first_line, line.start, body_at(line.next, lines.number()));
                }
                LineStep::Line(_) => {}
            }
        }
    }

    fn found(self, start: usize, first_line: u32, end: usize, body: BodyRef) -> FoundFence<'a> {
        let text = self.bytes.get(start..end).unwrap_or_default();
        FoundFence::Head(FrontMatter {
            dialect: self.dialect,
            text,
            first_line,
            opening: self.at,
            wrap: self.wrap,
            body,
        })
    }

    fn cut(self, lines: &FileLines<'a>, start: usize) -> FoundFence<'a> {
        if lines.at() - start > LIMIT { FoundFence::Fault(Fault::TooLarge(self.at)) } else { FoundFence::Cut }
    }

    fn unclosed(self, lines: &FileLines<'a>, start: usize, closing: &'static str) -> FoundFence<'a> {
        let too_large = lines.at() - start > LIMIT;
        FoundFence::Fault(if too_large { Fault::TooLarge(self.at) } else { Fault::Unclosed { at: self.at, closing } })
    }
}
