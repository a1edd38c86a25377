//! Finds the front matter in the first bytes of a file: where it begins and ends, in which dialect, where the body
//! begins.
//!
//! Nothing is decoded here. Delimiters may be surrounded by blanks and may follow a BOM or blank lines, and lines may
//! end in any of three ways (all cases are in the table in `docs/articles.md`). Heads of engines whose values are code
//! or markup are recognised and refused by name. A partial read gives the answer of the whole file, or `Cut`.

mod close;
mod foreign;
mod opening;
mod tail;

pub(super) use foreign::HeadEngine;
pub(super) use tail::without_closing_fence;

use super::Extent;
use super::file_lines::{FileLine, FileLines, LineStep};
use crate::model::{BodyRef, Place};
use opening::{Fence, Opening};

/// The most bytes that front matter may have.
pub(super) const LIMIT: usize = 64 * 1024;

/// What the first bytes hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FoundFence<'a> {
    /// The bytes end before this can be decided.
    Cut,
    /// Front matter was found.
    Head(FrontMatter<'a>),
    /// None: the text begins at once.
    Absent(BodyRef),
    /// Nothing but white space.
    Empty,
    /// Not to be read.
    Fault(Fault),
}

/// Front matter as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FrontMatter<'a> {
    /// What it is written in.
    pub dialect: Dialect,
    /// The source between the delimiters.
    pub text: &'a [u8],
    /// The line on which that begins.
    pub first_line: u32,
    /// The opening delimiter.
    pub opening: Place,
    /// The code fence around it.
    pub wrap: Wrap,
    /// The part after the front matter.
    pub body: BodyRef,
}

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// YAML, between lines of `---`.
    Yaml,
    /// TOML, between lines of `+++`.
    Toml,
    /// `{` or `;;;`.
    Json,
    /// `Key: value` lines (Pelican, MultiMarkdown).
    Lines,
}

/// A code fence that does not belong to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrap {
    /// None, or one that is the dialect's own delimiter.
    None,
    /// Around the whole document.
    Document(Place),
    /// Around the front matter alone, which has delimiters of its own.
    Head(Place),
}

/// Why front matter is not to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Opened and never closed.
    Unclosed {
        /// The opening delimiter.
        at: Place,
        /// What should have closed it.
        closing: &'static str,
    },
    /// Longer than [`LIMIT`].
    TooLarge(Place),
    /// UTF-16, or no text at all.
    NotText(Place),
    /// A head that another engine alone understands.
    Foreign(HeadEngine, Place),
}

/// Finds the front matter.
pub(super) fn find(bytes: &[u8], extent: Extent) -> FoundFence<'_> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return FoundFence::Fault(Fault::NotText(Place::new(1, 1, 0)));
    }
    let start = invisible(bytes);
    let mut lines = FileLines::from(bytes, extent, start, 1);
    let first = match lines.step_written() {
        LineStep::Cut => return FoundFence::Cut,
        LineStep::End => return FoundFence::Empty,
        LineStep::Line(line) => line,
    };
    match opening::read(first, &lines) {
        Opening::Cut => FoundFence::Cut,
        Opening::Delimiter(delimiter) => close::delimited(bytes, first, lines, delimiter, Wrap::None),
        Opening::Fence(fence) => fenced(bytes, first, lines, fence, absent(first)),
        Opening::Lines => close::key_lines(bytes, extent, first),
        Opening::Foreign(engine) => FoundFence::Fault(Fault::Foreign(engine, place(first))),
        Opening::None if first.text.contains(&0) => FoundFence::Fault(Fault::NotText(place(first))),
        Opening::None => absent(first),
    }
}

/// The length of invisible characters at the very top: a byte order mark, and those copied from a web page.
fn invisible(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some(next) = ["\u{feff}", "\u{200b}", "\u{2060}"].iter().find_map(|c| rest.strip_prefix(c.as_bytes())) {
        rest = next;
    }
    bytes.len() - rest.len()
}

/// A code fence at the very top: around the document, around the head, or the first code block of a text without a
/// head.
fn fenced<'a>(
    bytes: &'a [u8],
    first: FileLine<'a>,
    mut lines: FileLines<'a>,
    fence: Fence,
    otherwise: FoundFence<'a>,
) -> FoundFence<'a> {
    let inside = lines.clone();
    let inner = match lines.step_written() {
        LineStep::Cut => return FoundFence::Cut,
        LineStep::End => return otherwise,
        LineStep::Line(line) => line,
    };
    let opened = place(first);
    match (opening::read(inner, &lines), fence.dialect) {
        (Opening::Cut, _) => FoundFence::Cut,
        (Opening::Delimiter(delimiter), own)
            if delimiter.is_line() && own.is_none_or(|own| own == delimiter.dialect) =>
        {
            let wrap = if own.is_some() { Wrap::None } else { Wrap::Head(opened) };
            let extent = lines.extent();
            match close::delimited(bytes, inner, lines, delimiter, wrap) {
                FoundFence::Head(head) => unwrap(bytes, extent, head, opened, fence),
                found => found,
            }
        }
        (_, Some(dialect)) => close::code_block(bytes, first, inside, fence, dialect),
        (_, None) => otherwise,
    }
}

/// The fence closes right behind the head, or else it is the document's.
fn unwrap<'a>(bytes: &'a [u8], extent: Extent, head: FrontMatter<'a>, opened: Place, fence: Fence) -> FoundFence<'a> {
    let mut lines =
        FileLines::from(bytes, extent, usize::try_from(head.body.offset).unwrap_or(usize::MAX), head.body.line);
    match lines.step_written() {
        LineStep::Cut => FoundFence::Cut,
        LineStep::Line(line) if fence.is_closed_by(line.text) => {
            FoundFence::Head(FrontMatter { body: body_at(line.next, lines.number()), ..head })
        }
        _ => FoundFence::Head(FrontMatter {
            wrap: Wrap::Document(opened),
            body: BodyRef { fenced: true, ..head.body },
            ..head
        }),
    }
}

fn absent(first: FileLine<'_>) -> FoundFence<'_> {
    FoundFence::Absent(body_at(first.start, first.number))
}

const fn body_at(offset: usize, line: u32) -> BodyRef {
    BodyRef { offset: offset as u64, line, fenced: false }
}

/// The place of what is written on a line.
fn place(line: FileLine<'_>) -> Place {
    let indent = line.text.len() - line.text.trim_ascii_start().len();
    let length = String::from_utf8_lossy(line.text.trim_ascii()).chars().take(40).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(0);
    Place::new(line.number, count(indent) + 1, count(length))
}

#[cfg(test)]
mod tests;
