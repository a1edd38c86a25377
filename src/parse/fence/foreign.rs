//! Heads of engines that feedmill does not read because their values are markup or code: reported by name, never
//! guessed.

use super::super::file_lines::{FileLines, LineStep};

/// An engine with a head of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum HeadEngine {
    /// `<!-- .. title: … -->`.
    Nikola,
    /// `@def title = "…"`.
    Franklin,
    /// `[#]: title: (…)`.
    LinkComment,
}

impl HeadEngine {
    /// The head as its users know it.
    pub(in super::super) const fn head(self) -> &'static str {
        match self {
            Self::Nikola => "Nikola's comment (`.. title: …`)",
            Self::Franklin => "Franklin's `@def` lines",
            Self::LinkComment => "`[#]: …` lines",
        }
    }
}

/// The result for a first line.
pub(super) enum Guess {
    /// The bytes end before this can be decided.
    Cut,
    /// A comment with a `.. key: value` on each line (Nikola).
    Comment,
    /// A head of this engine.
    Engine(HeadEngine),
    /// No such head.
    None,
}

/// Whether the first written line (trimmed) begins such a head.
pub(super) fn engine(first: &[u8], behind: &FileLines<'_>) -> Guess {
    if first.starts_with(b"@def ") {
        return Guess::Engine(HeadEngine::Franklin);
    }
    if first.starts_with(b"[#]:") {
        return Guess::Engine(HeadEngine::LinkComment);
    }
    if is_nikola(first) {
        return Guess::Engine(HeadEngine::Nikola);
    }
    match first.strip_prefix(b"<!--").map(<[u8]>::trim_ascii) {
        Some(b"") => match behind.clone().step_written() {
            LineStep::Cut => Guess::Cut,
            LineStep::Line(line) if is_nikola(line.text.trim_ascii()) => Guess::Comment,
            _ => Guess::None,
        },
        Some(rest) if is_nikola(rest) => Guess::Engine(HeadEngine::Nikola),
        _ => Guess::None,
    }
}

fn is_nikola(line: &[u8]) -> bool {
    line.strip_prefix(b".. ").is_some_and(is_key_line)
}

/// Whether a line reads `Key: value`.
pub(super) fn is_key_line(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|b| *b == b':') else { return false };
    let (key, value) = (line.get(..colon).unwrap_or_default(), line.get(colon + 1..).unwrap_or_default());
    key.len() <= 40
        && key.first().is_some_and(u8::is_ascii_alphabetic)
        && key.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_'))
        && value.first().is_none_or(u8::is_ascii_whitespace)
}
