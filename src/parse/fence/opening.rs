//! What kind of front matter the first non-blank line opens.

use super::super::file_lines::{FileLine, FileLines, LineStep};
use super::Dialect;
use super::foreign::{self, HeadEngine, is_key_line};

/// What a line opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Opening {
    /// The bytes end before this can be decided.
    Cut,
    /// A head between delimiters.
    Delimiter(Delimiter),
    /// A code block.
    Fence(Fence),
    /// It may be a head of `Key: value` lines.
    Lines,
    /// A head that feedmill does not read.
    Foreign(HeadEngine),
    /// Nothing: it is text.
    None,
}

/// An opening delimiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Delimiter {
    /// The text after it.
    pub dialect: Dialect,
    /// The lines that close it; empty for `{`, which closes by its own syntax.
    pub closing: &'static [&'static str],
    /// How far the delimiter is indented.
    pub indent: usize,
}

impl Delimiter {
    /// Whether it is a line of its own, and not the first brace of the value.
    pub(super) const fn is_line(self) -> bool {
        !self.closing.is_empty()
    }

    /// Whether a line closes it: at the margin, or indented as the opening is.
    pub(super) fn is_closed_by(self, line: &[u8]) -> bool {
        let text = line.trim_ascii();
        let indent = || line.len() - line.trim_ascii_start().len();
        self.closing.iter().any(|c| c.as_bytes() == text) && (indent() == 0 || indent() == self.indent)
    }
}

/// The opening line of a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Fence {
    /// `` ` `` or `~`.
    pub mark: u8,
    /// How many of them.
    pub length: usize,
    /// `yaml`, `toml` or `json` behind it.
    pub dialect: Option<Dialect>,
}

impl Fence {
    /// Whether a line closes the block (CommonMark section 4.5).
    pub(super) fn is_closed_by(self, line: &[u8]) -> bool {
        let line = line.trim_ascii();
        line.len() >= self.length && line.iter().all(|b| *b == self.mark)
    }
}

/// Reads the first written line; the lines behind it settle what it leaves open.
pub(super) fn read(first: FileLine<'_>, behind: &FileLines<'_>) -> Opening {
    let text = first.text.trim_ascii();
    let indent = first.text.len() - first.text.trim_ascii_start().len();
    let delimiter = |dialect, closing| Opening::Delimiter(Delimiter { dialect, closing, indent });
    match text {
        b"---" | b"---yaml" | b"--- yaml" | b"---yml" => return delimiter(Dialect::Yaml, &["---", "..."]),
        b"---toml" | b"--- toml" => return delimiter(Dialect::Toml, &["---"]),
        b"---json" | b"--- json" => return delimiter(Dialect::Json, &["---"]),
        b"+++" => return delimiter(Dialect::Toml, &["+++"]),
        b";;;" => return delimiter(Dialect::Json, &[";;;"]),
        _ => {}
    }
    if let Some(rest) = text.strip_prefix(b"{") {
        return match begins_object(rest, behind) {
            None => Opening::Cut,
            Some(true) => delimiter(Dialect::Json, &[]),
            Some(false) => Opening::None,
        };
    }
    if let Some(fence) = fence(text) {
        return Opening::Fence(fence);
    }
    match foreign::engine(text, behind) {
        foreign::Guess::Cut => Opening::Cut,
        foreign::Guess::Comment => delimiter(Dialect::Lines, &["-->"]),
        foreign::Guess::Engine(engine) => Opening::Foreign(engine),
        foreign::Guess::None if indent == 0 && is_key_line(text) => Opening::Lines,
        foreign::Guess::None => Opening::None,
    }
}

/// Liquid's `{%` and `{{`, or a word in braces, open no JSON: what follows the brace must be a key or the end.
fn begins_object(rest: &[u8], behind: &FileLines<'_>) -> Option<bool> {
    match rest.trim_ascii_start().first() {
        Some(b) => Some(matches!(b, b'"' | b'}')),
        None => match behind.clone().step_written() {
            LineStep::Cut => None,
            LineStep::End => Some(true),
            LineStep::Line(line) => Some(matches!(line.text.trim_ascii_start().first(), Some(b'"' | b'}'))),
        },
    }
}

fn fence(text: &[u8]) -> Option<Fence> {
    let mark = *text.first().filter(|b| matches!(b, b'`' | b'~'))?;
    let length = text.iter().take_while(|b| **b == mark).count();
    let dialect = match text.get(length..)?.trim_ascii() {
        b"" | b"md" | b"markdown" | b"mdx" => None,
        b"yaml" | b"yml" => Some(Dialect::Yaml),
        b"toml" => Some(Dialect::Toml),
        b"json" => Some(Dialect::Json),
        _ => return None,
    };
    (length >= 3).then_some(Fence { mark, length, dialect })
}
