//! Finds the leftovers of a body outside its code, from left to right, in linear time.
//!
//! A leftover that begins outside code may contain what looks like code (a backtick in a caption); that is skipped with
//! it. A failed look-ahead is never repeated, so that a mebibyte of `{{` costs no more than ordinary text.

mod braces;
mod components;
mod curly;
mod expressions;
mod inline;
mod lines;
mod modules;
mod paths;
mod wiki;

pub use expressions::constant;

use super::tokens::{Context, Leftover, LeftoverKind};
use super::zones::{CodeKind, Zones};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Whose Markdown it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// Braces are text.
    Markdown,
    /// Braces hold expressions, by the file's extension.
    Mdx,
}

/// The leftovers of a text, ascending, none in another.
pub fn tokens<'t>(text: &'t str, zones: &Zones, flavour: Flavour) -> Vec<Leftover<'t>> {
    let mut scanner = Scanner {
        text,
        zones,
        tokens: Vec::new(),
        literal_until: 0,
        never: HashSet::new(),
        two_colons: None,
        flavour,
        ends: components::ends(text),
        opened: HashSet::new(),
        within: Vec::new(),
        imports: HashMap::new(),
        module_may_begin: true,
        fuel: text.len().saturating_mul(8).saturating_add(1 << 16),
    };
    scanner.run();
    scanner.tokens
}

struct Scanner<'t, 'z> {
    text: &'t str,
    zones: &'z Zones,
    tokens: Vec<Leftover<'t>>,
    /// The end of a `{% raw %}`, in which delimiters are literal.
    literal_until: usize,
    /// Ends that were looked for to the end of the text and are not there.
    never: HashSet<String>,
    /// The next line of two colons that is known.
    two_colons: Option<usize>,
    flavour: Flavour,
    /// Names of components that have an end tag.
    ends: HashSet<&'t str>,
    /// Names of components that were opened.
    opened: HashSet<&'t str>,
    /// Components that contain the current position.
    within: Vec<components::Within<'t>>,
    /// Files that MDX imports under a name: images, mostly.
    imports: HashMap<&'t str, &'t str>,
    /// Whether an import may begin on the next line: at the top, after a blank line or after another import.
    module_may_begin: bool,
    /// Bytes that may still be looked at in vain.
    fuel: usize,
}

impl<'t> Scanner<'t, '_> {
    fn run(&mut self) {
        let (mut at, mut zone) = (0, 0);
        let mut line_start = true;
        while at < self.text.len() {
            while self.zones.code.get(zone).is_some_and(|(range, kind)| {
                range.start < at || (*kind == CodeKind::Indented && self.is_indented_here(at, range.start))
            }) {
                zone += 1;
            }
            let code = self.zones.code.get(zone).map(|(range, _)| range.clone());
            if let Some(range) = code.as_ref().filter(|range| range.start == at) {
                at = range.end.max(at + 1);
                line_start = self.text.as_bytes().get(at - 1) == Some(&b'\n');
                self.module_may_begin = line_start;
                continue;
            }
            let limit = code.map_or(self.text.len(), |range| range.start);
            if std::mem::take(&mut line_start)
                && let Some(next) = self.line(at, limit)
            {
                at = next;
                line_start = self.text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\n');
                continue;
            }
            match self.candidate(at, limit) {
                None => at = limit,
                Some((place, b'\n')) => {
                    at = place + 1;
                    line_start = true;
                }
                Some((place, byte)) => at = self.begins(place, byte).unwrap_or(place + 1).max(place + 1),
            }
        }
    }

    /// The next byte with which anything could begin.
    fn candidate(&self, at: usize, limit: usize) -> Option<(usize, u8)> {
        let part = self.text.as_bytes().get(at..limit)?;
        let found = part
            .iter()
            .position(|byte| matches!(byte, b'\n' | b'{' | b'<' | b'=' | b'[' | b'(' | b'"' | b':' | b'%'))?;
        Some((at + found, *part.get(found)?))
    }

    /// Reads the leftover that begins with this byte, and returns its end.
    fn begins(&mut self, at: usize, byte: u8) -> Option<usize> {
        if self.is_literal(at) {
            return if byte == b'{' { self.literal(at) } else { None };
        }
        match byte {
            b'{' => self.braces(at).or_else(|| self.curly(at)),
            b'<' => self.component(at),
            b'%' => self.zones.comment_end(at).map(|end| self.push(at..end, LeftoverKind::Comment)),
            b'=' => self.image_size(at).or_else(|| self.highlight(at)),
            b'[' => self.wiki_link(at),
            b':' => self.inline_component(at).or_else(|| self.address(at)),
            _ => self.address(at),
        }
    }

    /// Whether indented code begins on this line. Within a component, indentation does not make code.
    fn is_indented_here(&self, at: usize, start: usize) -> bool {
        !self.within.is_empty() && start - at <= 64 && self.slice(at..start).trim_matches([' ', '\t']).is_empty()
    }

    fn is_literal(&self, at: usize) -> bool {
        at < self.literal_until
    }

    fn push(&mut self, span: Range<usize>, kind: LeftoverKind<'t>) -> usize {
        let end = span.end;
        let context = self.context(span.start);
        self.tokens.push(Leftover { span, kind, context });
        end
    }

    fn context(&self, at: usize) -> Context {
        let html = &self.zones.html;
        let before = html.partition_point(|range| range.start <= at).checked_sub(1).and_then(|index| html.get(index));
        if before.is_some_and(|range| at < range.end) { Context::Html } else { Context::Text }
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn byte_before(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at.checked_sub(1)?).copied()
    }

    /// At most so many bytes from here on.
    fn ahead(&self, at: usize, bytes: usize) -> &'t str {
        let rest = self.rest(at);
        (0..4).find_map(|less| rest.get(..bytes.min(rest.len()).saturating_sub(less))).unwrap_or(rest)
    }

    /// At most so many bytes before here.
    fn behind(&self, at: usize, bytes: usize) -> &'t str {
        let from = at.saturating_sub(bytes);
        (0..4).find_map(|more| self.text.get((from + more).min(at)..at)).unwrap_or_default()
    }

    /// Where the line ends, without its line end.
    fn line_end(&self, at: usize) -> usize {
        self.rest(at).find('\n').map_or(self.text.len(), |length| at + length)
    }

    /// Takes fuel for a look-ahead that came to nothing.
    fn burn(&mut self, bytes: usize) {
        self.fuel = self.fuel.saturating_sub(bytes.max(1));
    }
}
