//! Components within a line: `:icon{name="x"}`, `:badge[New]{color="red"}` of Nuxt's MDC. Braces with attributes
//! directly after the name or its text distinguish them from words with a colon.

use super::super::tokens::LeftoverKind;
use super::Scanner;

/// The longest that is looked at, in bytes.
const MAX_INLINE_BYTES: usize = 400;

impl Scanner<'_, '_> {
    /// What begins with this colon. Its text stays.
    pub(super) fn inline_component(&mut self, at: usize) -> Option<usize> {
        let before = self.byte_before(at).unwrap_or(b'\n');
        if !before.is_ascii_whitespace() && !b"([*_>".contains(&before) {
            return None;
        }
        let line = self.ahead(at, MAX_INLINE_BYTES).split('\n').next()?;
        let rest = line.strip_prefix(':')?;
        let name =
            rest.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')).filter(|end| *end > 0)?;
        let rest = rest.get(name..)?;
        let (text, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let (inside, after) = rest.strip_prefix('{')?.split_once('}')?;
        let attribute = |word: &str| word.starts_with(['.', '#', ':']) || word.contains('=');
        if inside.split_whitespace().next().is_some_and(|word| !attribute(word)) {
            return None;
        }
        let (what, text) = ("an inline component", text.to_owned());
        let kind = if text.is_empty() { LeftoverKind::Lost(what) } else { LeftoverKind::Replaced { what, text } };
        Some(self.push(at..at + line.len() - after.len(), kind))
    }
}
