//! Fast reader for the most common front matter, line by line: `key: value` at the start of a line; the value plain,
//! quoted without escapes, or a list of such values. Everything else goes to the full reader, which is thirteen times
//! slower.
//!
//! Refuses (`None`) all other syntax: tabs, comments after values, nesting, anchors, tags, continued lines, document
//! marks. What it accepts, `yaml::tree` reads to the same tree with the same places: a property test here and a fuzz
//! target in
//! `tests/fuzz/` check that.

use super::tree::{Node, NodeKind, Style};
use crate::model::{Located, Place};
use memchr::memchr;

/// Reads a YAML mapping; `None` where the full reader is needed. `first_line`: the line of the file on which the text
/// begins.
pub fn tree(text: &str, first_line: u32) -> Option<Node> {
    // Tabs, carriage returns and other controls; U+F000 and above with the byte order mark.
    if text.bytes().fold(false, |odd, b| odd | ((b < 0x20) & (b != b'\n')) | (b == 0x7F) | (b == 0xEF)) {
        return None;
    }
    let mut lines = Lines { rest: text, number: first_line };
    let mut entries: Vec<(Located<String>, Node)> = Vec::with_capacity(16);
    while let Some(line) = lines.next_written() {
        if line.text.starts_with('#') {
            continue;
        }
        let (name, after) = key(line.text)?;
        let at = Place::new(line.number, 1, narrow(name.len()));
        let node = match line.from(after) {
            value if value.text.is_empty() => lines.list().map_or(Some(Node { at, kind: NodeKind::Null }), list)?,
            value if value.text.starts_with('[') => flow(value)?,
            value => scalar(value, Within::Line)?,
        };
        entries.push((Located::new(name.to_owned(), at), node));
    }
    let at = entries.first()?.0.at;
    Some(Node { at, kind: NodeKind::Map(entries) })
}

/// A piece of a line and where it begins.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    number: u32,
    /// Characters before it on its line.
    before: u32,
}

impl<'t> Piece<'t> {
    /// From a byte on, without the spaces around it.
    fn from(self, byte: usize) -> Self {
        let (skipped, rest) = self.text.split_at_checked(byte).unwrap_or((self.text, ""));
        let spaces = rest.bytes().take_while(|b| *b == b' ').count();
        let text = rest.get(spaces..).unwrap_or_default();
        let before = self.before + characters(skipped) + narrow(spaces);
        Piece { text: text.trim_end_matches(' '), number: self.number, before }
    }

    fn place(&self, length: usize) -> Place {
        let covered = self.text.get(..length).unwrap_or(self.text);
        Place::new(self.number, self.before + 1, characters(covered))
    }
}

struct Lines<'t> {
    rest: &'t str,
    number: u32,
}

impl<'t> Lines<'t> {
    /// The next line that holds more than spaces, without moving on, and how much of the text it takes.
    fn peek(&mut self) -> Option<(Piece<'t>, usize)> {
        while !self.rest.is_empty() {
            let end = memchr(b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len());
            let text = self.rest.get(..end)?;
            if text.bytes().any(|b| b != b' ') {
                return Some((Piece { text, number: self.number, before: 0 }, end + 1));
            }
            self.pass(end + 1);
        }
        None
    }

    fn pass(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.number += 1;
    }

    fn next_written(&mut self) -> Option<Piece<'t>> {
        let (line, bytes) = self.peek()?;
        self.pass(bytes);
        Some(line)
    }

    /// The lines of a block list, if one begins here: all indented alike.
    fn list(&mut self) -> Option<Vec<Piece<'t>>> {
        let mut items = Vec::new();
        let mut indent = None;
        while let Some((line, bytes)) = self.peek() {
            let dash = line.text.bytes().position(|b| b != b' ')?;
            if !line.text.get(dash..)?.starts_with("- ") || *indent.get_or_insert(dash) != dash {
                break;
            }
            items.push(line.from(dash + 1));
            self.pass(bytes);
        }
        (!items.is_empty()).then_some(items)
    }
}

fn list(items: Vec<Piece<'_>>) -> Option<Node> {
    let nodes = items.into_iter().map(|item| scalar(item, Within::Line)).collect::<Option<Vec<_>>>()?;
    Some(Node { at: nodes.first()?.at, kind: NodeKind::List(nodes) })
}

/// The name of a key that begins the line, and where its value may begin.
fn key(line: &str) -> Option<(&str, usize)> {
    let bytes = line.as_bytes();
    let length = bytes.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')))?;
    let name = line.get(..length)?;
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && length <= 128 && !is_null(name);
    let ends = bytes.get(length) == Some(&b':') && matches!(bytes.get(length + 1), None | Some(b' '));
    (plain && ends).then_some((name, length + 1))
}

/// The context of a scalar, which determines the characters it may contain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Line,
    Flow,
}

fn scalar(piece: Piece<'_>, within: Within) -> Option<Node> {
    let quote = piece.text.as_bytes().first().filter(|b| matches!(b, b'"' | b'\''));
    let kind = match quote {
        Some(quote) => {
            let inside = piece.text.get(1..)?;
            // Two quotes in a row are one within single quotes; the first ends here and the rest is not blank.
            let end = memchr(*quote, inside.as_bytes())?;
            let text = inside.get(..end)?;
            if end + 1 != inside.len() || (*quote == b'"' && memchr(b'\\', text.as_bytes()).is_some()) {
                return None;
            }
            NodeKind::Scalar(text.to_owned(), Style::Quoted)
        }
        None if !is_plain(piece.text, within) => return None,
        None if is_null(piece.text) => NodeKind::Null,
        None => NodeKind::Scalar(piece.text.to_owned(), Style::Plain),
    };
    Some(Node { at: piece.place(piece.text.len()), kind })
}

/// Whether a text, trimmed, is a plain scalar and nothing else (YAML 1.2 section 7.3.3, and stricter).
fn is_plain(text: &str, within: Within) -> bool {
    let first =
        |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '(' | '~' | '+' | '$');
    let odd = |b: u8| match within {
        Within::Line => b == b'#',
        Within::Flow => matches!(b, b'#' | b',' | b'[' | b']' | b'{' | b'}' | b':' | b'?' | b'"' | b'\''),
    };
    text.starts_with(first) && !text.bytes().any(odd) && !text.contains(": ") && !text.ends_with(':')
}

fn is_null(text: &str) -> bool {
    matches!(text, "~" | "null" | "Null" | "NULL")
}

/// `[a, "b", 'c']` on one line, without lists in it.
fn flow(piece: Piece<'_>) -> Option<Node> {
    let at = piece.place(piece.text.len());
    let mut rest = Piece { text: piece.text.strip_suffix(']')?, ..piece }.from(1);
    let mut items = Vec::new();
    while !rest.text.is_empty() {
        let end = match rest.text.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => memchr(*quote, rest.text.get(1..)?.as_bytes())? + 2,
            _ => memchr(b',', rest.text.as_bytes()).unwrap_or(rest.text.len()),
        };
        items.push(scalar(Piece { text: rest.text.get(..end)?.trim_end_matches(' '), ..rest }, Within::Flow)?);
        rest = rest.from(end);
        if !rest.text.is_empty() {
            // A comma, and something behind it.
            rest = rest.text.starts_with(',').then(|| rest.from(1)).filter(|rest| !rest.text.is_empty())?;
        }
    }
    Some(Node { at, kind: NodeKind::List(items) })
}

fn characters(text: &str) -> u32 {
    // Blocks short enough to be counted in bytes, of which many are added at once.
    let count = |block: &[u8]| block.iter().fold(0_u8, |sum, b| sum + u8::from(b & 0xC0 != 0x80));
    narrow(text.as_bytes().chunks(128).map(|block| usize::from(count(block))).sum())
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
