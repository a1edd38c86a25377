//! Fixes the file of an article as text: bytes in, edits of single lines out. Pure; the edge writes.
//!
//! Fixes only what is unambiguous: a code fence around the document, the unused duplicate of a key, a date that is not
//! ISO 8601, a missing slug, a value that breaks YAML because it is not quoted. Every other byte is unchanged. Every
//! edit is verified before it is returned: the fixed head is read again and must be the same except for the intended
//! change. Refused: a value with two possible meanings, a head on one line, TOML and JSON with syntax errors.

mod date;
mod duplicates;
mod edit;
mod fence;
mod proof;
mod quote;
mod slug;
mod syntax;

pub use edit::{Edit, apply, merged};

use crate::diagnostic::Code;
use crate::model::{Place, RawArticle, Slug};
use edit::Rows;
use proof::Reading;

/// The fixes for a head that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The head as it was read.
    pub raw: &'a RawArticle,
    /// The slug to write, where none is written.
    pub slug: Option<&'a Slug>,
    /// Findings that are left alone.
    pub leave: &'a [Code],
}

/// The result would not read back as intended, so nothing is fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproved {
    /// The first line that was to be fixed.
    pub at: Place,
    /// What was to be done there.
    pub what: String,
}

/// Quotes the values that break YAML, in the bytes of a whole file. The number of lines stays the same. Empty if there is
/// nothing to fix, or no fix with only one meaning.
pub fn syntax(bytes: &[u8]) -> Vec<Edit> {
    syntax::edits(bytes).unwrap_or_default()
}

/// Fixes the head of a whole file that can be read.
pub fn head(bytes: &[u8], wish: Wish<'_>) -> Result<Vec<Edit>, Unproved> {
    let Some(reading) = Reading::new(bytes) else { return Ok(Vec::new()) };
    let rows = Rows::new(bytes);
    let mut expected = reading.clone();
    let mut edits = Vec::new();
    if !wish.leave.contains(&Code::FencedDocument) {
        edits.extend(fence::edits(bytes, &reading, &rows));
        expected.wrapped &= edits.is_empty();
    }
    if !wish.leave.contains(&Code::DuplicateKey) {
        edits.extend(duplicates::edits(&reading, &rows, &mut expected.root));
    }
    edits.extend(date::edits(wish.raw, &reading, &rows, &mut expected.root));
    let places = match wish.slug {
        Some(slug) => slug::places(slug, &reading, &rows),
        None => Vec::new(),
    };
    let with_slug = |slug: &Edit| {
        let mut edits = edits.clone();
        edits.push(slug.clone());
        edits
    };
    let choices = if places.is_empty() { vec![edits] } else { places.iter().map(with_slug).collect() };
    let slug = if places.is_empty() { None } else { wish.slug };
    let mut refused = None;
    for choice in choices {
        let choice = merged(choice);
        match choice.first() {
            None => return Ok(choice),
            Some(first) => {
                if expected.is_proved_by(&apply(bytes, &choice), slug) {
                    return Ok(choice);
                }
                refused.get_or_insert(Unproved { at: Place::new(first.line, 1, 0), what: first.what.clone() });
            }
        }
    }
    refused.map_or(Ok(Vec::new()), Err)
}

#[cfg(test)]
mod tests;
