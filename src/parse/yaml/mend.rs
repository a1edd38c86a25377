//! Rewrites two things that other YAML readers accept and ours does not, before the text is read again: escapes of half
//! a surrogate pair, and quoted texts whose continuation lines are not indented (one article in eighty in the corpora;
//! PyYAML, go-yaml and Ruby's psych read them). The value stays the same: U+FFFD replaces half a surrogate pair, and
//! white space at the start of a continuation line is never part of the value.

use crate::parse::escapes::without_lone_surrogates;
use serde_yaml::granit_parser::ErrorKind;
use std::borrow::Cow;

/// The maximum number of spaces that one fix may add: a bomb of a million lines is left unchanged.
const MOST_ADDED: usize = 1 << 20;

/// What would let the reader go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Replace escapes that name half a character.
    Surrogates,
    /// Indent the lines of a quoted text, from the line of this byte.
    Indent(usize),
}

impl Mend {
    /// The fix for an error at a byte, if there is one.
    pub fn for_error(kind: &ErrorKind, byte: usize) -> Option<Self> {
        match kind {
            ErrorKind::InvalidLowSurrogate
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate => Some(Self::Surrogates),
            ErrorKind::InvalidQuotedScalarIndent => Some(Self::Indent(byte)),
            _ => None,
        }
    }

    /// The fixed text; `None` if nothing changes. The number of lines stays the same.
    pub fn apply(self, text: &str) -> Option<String> {
        match self {
            Self::Surrogates => match without_lone_surrogates(text) {
                Cow::Owned(mended) => Some(mended),
                Cow::Borrowed(_) => None,
            },
            Self::Indent(byte) => indented(text, byte),
        }
    }
}

/// Indents from the line of a byte to the line on which the quote may close.
fn indented(text: &str, byte: usize) -> Option<String> {
    let (before, _) = text.split_at_checked(byte)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let (head, tail) = text.split_at_checked(start)?;
    let quote = opening_quote(head).map_or('"', |(_, quote)| quote);
    if !tail.contains(quote) {
        return None;
    }
    let indent = " ".repeat(deepest(text) + 1);
    let mut out = String::with_capacity(text.len() + 1000);
    out.push_str(head);
    let mut open = true;
    for line in tail.split_inclusive('\n') {
        if open {
            out.push_str(&indent);
            open = !line.contains(quote);
        }
        out.push_str(line);
        if out.len() > text.len() + MOST_ADDED {
            return None;
        }
    }
    Some(out)
}

/// The deepest indentation of the text: a line indented further belongs to what is open.
fn deepest(text: &str) -> usize {
    const MAX_BRACKET_DEPTH: usize = 256;
    let indents = text.lines().map(|line| line.len() - line.trim_start_matches(' ').len());
    indents.max().unwrap_or(0).min(MAX_BRACKET_DEPTH)
}

/// The first quote of the last line on which it begins a value, and its byte.
pub fn opening_quote(head: &str) -> Option<(usize, char)> {
    let mut end = head.len();
    head.split_inclusive('\n').rev().find_map(|line| {
        end -= line.len();
        let at = line.find(['"', '\''])?;
        let (before, rest) = line.split_at_checked(at)?;
        let begins = before.trim_end().is_empty() || before.trim_end().ends_with([':', '-', '[', ',', '{']);
        rest.chars().next().filter(|_| begins).map(|quote| (end + at, quote))
    })
}
