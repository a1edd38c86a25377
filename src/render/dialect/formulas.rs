//! Formulas, of which Markdown and templates would make something else: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`.
//!
//! They are masked before the text is read, and written back to the letter. The parser's own `ENABLE_MATH` is not used: it
//! takes `**$5** and **$6**` for a formula, and has neither brackets nor blank lines in a formula.

use super::super::leftovers::{OriginRun, Origins, Zones};
use crate::model::{MarkdownDialect, MarkdownFeature};
use memchr::memmem;
use pulldown_cmark::{CowStr, Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Unicode noncharacters around the number of a formula: [`body::clean`](crate::render::body::clean) removes them from
/// bodies.
const OPEN: char = '\u{FDD1}';
const CLOSE: char = '\u{FDD2}';

/// The formulas of a body that were masked.
#[derive(Debug, Default)]
pub struct Formulas(Vec<String>);

impl Formulas {
    /// The event with the formulas of its address, its title or its HTML, which are read at once.
    pub fn restored<'e>(&self, event: Event<'e>) -> Event<'e> {
        let whole = |text: CowStr<'e>| match self.restore(&text, str::to_owned) {
            Cow::Owned(whole) => whole.into(),
            Cow::Borrowed(_) => text,
        };
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: whole(dest_url), title: whole(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: whole(dest_url), title: whole(title), id })
            }
            Event::Html(html) => Event::Html(whole(html)),
            Event::InlineHtml(html) => Event::InlineHtml(whole(html)),
            event => event,
        }
    }

    /// The text with its formulas, each changed by `write`.
    pub fn restore<'t>(&self, text: &'t str, write: impl Fn(&str) -> String) -> Cow<'t, str> {
        if self.0.is_empty() || !text.contains(OPEN) {
            return Cow::Borrowed(text);
        }
        let mut parts = text.split(OPEN);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once(CLOSE).unwrap_or(("", part));
            let formula = number.parse::<usize>().ok().and_then(|number| self.0.get(number));
            out.push_str(&formula.map(|formula| write(formula)).unwrap_or_default());
            out.push_str(rest);
        }
        Cow::Owned(out)
    }
}

/// Masks the formulas of a clean body.
pub fn set_aside<'t>(text: &'t str, dialect: &MarkdownDialect) -> (Cow<'t, str>, Origins, Formulas) {
    let (mut origins, mut formulas) = (Origins::default(), Formulas::default());
    let found = ranges(text, dialect);
    if found.is_empty() {
        return (Cow::Borrowed(text), origins, formulas);
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for range in found {
        origins.step(out.len(), at, OriginRun::Copied);
        out.push_str(text.get(at..range.start).unwrap_or_default());
        origins.step(out.len(), range.start, OriginRun::Made);
        out.push_str(&format!("{OPEN}{}{CLOSE}", formulas.0.len()));
        formulas.0.push(without_quote_marks(text, range.clone()));
        at = range.end;
    }
    origins.step(out.len(), at, OriginRun::Copied);
    out.push_str(text.get(at..).unwrap_or_default());
    (Cow::Owned(out), origins, formulas)
}

/// The formulas to be masked, ascending.
fn ranges(text: &str, dialect: &MarkdownDialect) -> Vec<Range<usize>> {
    let has = |mark: &str| memmem::find(text.as_bytes(), mark.as_bytes()).is_some();
    let dollars = dialect.has(MarkdownFeature::Math) && has("$");
    let brackets = dialect.has(MarkdownFeature::TexBrackets) && (has("\\(") || has("\\["));
    if !dollars && !brackets {
        return Vec::new();
    }
    let zones = Zones::new(text, super::options(dialect));
    let mut search = Search { text, blocks_end_after: None, no_end: Vec::new() };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(['$', '\\'])).map(|length| at + length) {
        if let Some(end) = zones.code_end(start) {
            at = end.max(start + 1);
            continue;
        }
        let formula = match text.get(start..start + 2) {
            Some("$$") if dollars => search.block(start),
            Some("\\(") if brackets => search.bracketed(start, "\\)"),
            Some("\\[") if brackets => search.bracketed(start, "\\]"),
            Some(mark) if dollars && mark.starts_with('$') => search.inline(start),
            _ => None,
        };
        at = match (formula, text.get(start..start + 2)) {
            (Some(end), _) => {
                found.push(start..end);
                end
            }
            (None, Some("$$" | "\\$" | "\\\\")) => start + 2,
            _ => start + 1,
        };
    }
    found
}

struct Search<'t> {
    text: &'t str,
    /// The last place from which no `$$` was found.
    blocks_end_after: Option<usize>,
    /// Marks that do not occur from a place on.
    no_end: Vec<(&'static str, usize)>,
}

impl Search<'_> {
    /// `$$…$$`. Over a blank line, the first mark begins its line.
    fn block(&mut self, start: usize) -> Option<usize> {
        if self.blocks_end_after.is_some() {
            return None;
        }
        let Some(length) = self.text.get(start + 2..)?.find("$$") else {
            self.blocks_end_after = Some(start);
            return None;
        };
        let end = start + 2 + length + 2;
        let inside = self.text.get(start + 2..end - 2)?;
        let begins_line = line_before(self.text, start).trim_matches([' ', '\t', '>', '-', '*', '+']).is_empty();
        let lines = inside.trim_matches([' ', '\t', '>', '\n']);
        let has_blank_line = lines.split('\n').any(|line| line.trim_matches([' ', '\t', '>']).is_empty());
        (!inside.trim().is_empty() && (begins_line || !has_blank_line)).then_some(end)
    }

    /// `$…$` in one line. As on GitHub, neither a letter nor a digit is beside it: `US$5`, `$5 and $6`.
    fn inline(&mut self, start: usize) -> Option<usize> {
        let rest = self.text.get(start + 1..)?;
        let near = (0..4).find_map(|less| rest.get(..rest.len().min(1000).saturating_sub(less)))?;
        let line = near.split('\n').next()?;
        let (at, _) = line.match_indices('$').find(|(at, _)| !line.get(..*at).unwrap_or_default().ends_with('\\'))?;
        let (inside, after) = (line.get(..at)?, line.get(at + 1..)?);
        let before = line_before(self.text, start);
        let is_amount = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        let is_spaced = inside.trim() != inside || inside.is_empty() || inside.contains('`');
        let is_prose = inside.contains(char::is_whitespace) && !is_tex(inside);
        let is_formula = !is_amount && !is_spaced && !is_prose && !is_in_address(before);
        is_formula.then_some(start + 1 + at + 1)
    }

    /// `\(…\)` and `\[…\]`, where what is inside is TeX; else they are brackets that an author escaped.
    fn bracketed(&mut self, start: usize, close: &'static str) -> Option<usize> {
        if self.no_end.iter().any(|(mark, from)| *mark == close && start >= *from) {
            return None;
        }
        let Some(length) = memmem::find(self.text.as_bytes().get(start + 2..)?, close.as_bytes()) else {
            self.no_end.push((close, start));
            return None;
        };
        let inside = self.text.get(start + 2..start + 2 + length)?;
        let is_address = is_in_address(line_before(self.text, start));
        (length < 10_000 && !is_address && !inside.contains("\n\n") && is_tex(inside)).then_some(start + length + 4)
    }
}

/// Whether a line that ends here is within an address, or within a tag of HTML.
fn is_in_address(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tag = line.rsplit_once('<').map_or("", |(_, tag)| tag);
    let is_in_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains('>');
    word.contains("](") || word.contains("://") || is_in_tag
}

/// Whether a text has a command of TeX, an index, or an operator between its terms. Marks of emphasis have a blank on one
/// side alone, operators on both sides or on neither.
fn is_tex(text: &str) -> bool {
    let command = text.match_indices('\\').any(|(at, _)| {
        text.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "{},;".contains(c)))
    });
    let operator = text.match_indices(['_', '^', '=', '*', '+', '<', '>']).any(|(at, sign)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let is_even = before.ends_with(char::is_whitespace) == after.starts_with(char::is_whitespace);
        let (before, after) = (before.trim_end(), after.trim_start());
        let is_term = matches!(sign, "=" | "+" | "<" | ">")
            || (before.ends_with(|c: char| c.is_alphanumeric() || "}])".contains(c))
                && after.starts_with(|c: char| c.is_alphanumeric() || "{[(\\-".contains(c)));
        is_even && is_term && !before.is_empty() && !after.is_empty()
    });
    command || operator
}

/// A formula in a quotation without the `>` of its lines.
fn without_quote_marks(text: &str, range: Range<usize>) -> String {
    let formula = text.get(range.clone()).unwrap_or_default();
    if !line_before(text, range.start).trim_start().starts_with('>') {
        return formula.to_owned();
    }
    let line = |line: &str| line.trim_start_matches([' ', '\t', '>']).to_owned();
    formula.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// What precedes a place on its line, the near part of a long line.
fn line_before(text: &str, at: usize) -> &str {
    let from = at.saturating_sub(1000);
    let near = (0..4).find_map(|more| text.get((from + more).min(at)..at)).unwrap_or_default();
    near.rsplit('\n').next().unwrap_or_default()
}
