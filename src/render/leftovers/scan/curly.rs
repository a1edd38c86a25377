//! A single opening brace: attribute lists (`{: .class}`, `{.class}`), comments (`{/* … */}`, `{# … #}`), MDX
//! expressions.
//!
//! In plain Markdown a brace is text, except for these forms.

use super::super::tokens::LeftoverKind;
use super::braces::Gap;
use super::{Flavour, Scanner};

/// The end of a masked formula (`render/dialect/formulas.rs`).
const FORMULA_END: char = '\u{FDD2}';

impl Scanner<'_, '_> {
    pub(super) fn curly(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if rest.starts_with("{::") || rest.starts_with("{:/") {
            return self.kramdown(at);
        }
        if rest.starts_with("{:") {
            let end = self.attributes_end(at)?;
            return Some(self.push(at..end, LeftoverKind::Silent("a list of attributes")));
        }
        let white = rest.len() - 1 - rest.get(1..)?.trim_start_matches(' ').len();
        if white < 8 && rest.get(1 + white..).is_some_and(|rest| rest.starts_with("/*")) {
            return self.comment(at, at + 1 + white);
        }
        if let Some(after) = rest.strip_prefix("{#")
            && after.starts_with([' ', '-', '\n'])
        {
            let end = self.closed(at + 2, ["{#", "#}"], Gap::InParagraph)?;
            return Some(self.push(at..end + 2, LeftoverKind::Silent("a comment of the template")));
        }
        if ["{.", "{#", "{ .", "{ #"].iter().any(|begin| rest.starts_with(begin)) {
            return self.classes(at);
        }
        if self.flavour == Flavour::Markdown
            && self.follows_inline(at)
            && let Some(end) = self.attributes_end(at)
        {
            return Some(self.push(at..end, LeftoverKind::Silent("a list of attributes")));
        }
        self.expression(at)
    }

    /// `{/* … */}`; Docusaurus takes one that begins with `#` for the anchor of its heading.
    fn comment(&mut self, at: usize, inner: usize) -> Option<usize> {
        let end = self.closed(inner + 2, ["/*", "*/"], Gap::Any)?;
        let tail = self.rest(end + 2).trim_start().strip_prefix('}')?;
        let span = at..self.text.len() - tail.len();
        let inside = self.slice(inner + 2..end).trim();
        let anchor = inside.starts_with('#') && !inside.contains(char::is_whitespace);
        Some(match anchor {
            true => self.push(span, LeftoverKind::Replaced { what: "an anchor of MDX", text: format!("{{{inside}}}") }),
            false => self.push(span, LeftoverKind::Silent("a comment of MDX")),
        })
    }

    /// Where a list of attributes ends: `{: .class #id key="value"}`, `{:toc}`.
    pub(super) fn attributes_end(&self, at: usize) -> Option<usize> {
        let line = self.ahead(at, 400).split('\n').next()?;
        let (words, end) = attribute_words(line)?;
        let known = |word: &&str| {
            let name = word.strip_prefix(['.', '#']).unwrap_or_default();
            let marked = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:.".contains(c));
            marked || *word == "toc" || *word == "-" || word.contains('=')
        };
        let listed = words.first().is_some_and(|word| word.starts_with(['.', '#'])) || words.iter().all(known);
        (listed && words.first().is_some_and(known)).then_some(at + end + 1)
    }

    /// Whether an image, a link, emphasis, code or a formula ends directly before this brace.
    fn follows_inline(&self, at: usize) -> bool {
        let before = self.behind(at, 4);
        before.ends_with([')', '*', '`', ']']) || before.trim_end().ends_with(FORMULA_END)
    }

    /// Whether this place is in a heading.
    fn is_in_heading(&self, at: usize) -> bool {
        self.behind(at, 400).rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
    }

    /// `{.class}` and `{#id .class}` after a heading or a word; a lone `{#id}` is the heading's own.
    fn classes(&mut self, at: usize) -> Option<usize> {
        let end = self.attributes_end(at)?;
        let inside = self.slice(at + 1..end.saturating_sub(1));
        let after = self.rest(end).trim_start_matches([' ', '\t']);
        let ends_line = after.is_empty() || after.starts_with('\n');
        if !ends_line && !self.follows_inline(at) {
            return None;
        }
        let mut words = inside.split_whitespace();
        let id = words.clone().find(|word| word.starts_with('#'));
        let in_heading = self.is_in_heading(at);
        if id.is_some() && words.nth(1).is_none() && (in_heading || !self.follows_inline(at)) {
            return None;
        }
        let id = id.filter(|_| in_heading || !self.follows_inline(at));
        let text = id.map_or_else(String::new, |id| format!("{{{id}}}"));
        Some(self.push(at..end, LeftoverKind::Replaced { what: "a list of attributes", text }))
    }

    /// `{::comment}…{:/comment}`, `{::options … /}`, `{::nomarkdown}`, `{:/}`.
    fn kramdown(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let end = at + self.ahead(at, 400).split('\n').next()?.find('}')? + 1;
        let inside = self.slice(at..end);
        let comment = inside.starts_with("{::comment") && !inside.ends_with("/}");
        if comment && !self.never.contains("{:/") {
            if let Some(length) = rest.find("{:/") {
                let close = self.rest(at + length).find('}').map_or(self.text.len(), |more| at + length + more + 1);
                return Some(self.push(at..close, LeftoverKind::Silent("a comment of the template")));
            }
            self.never.insert("{:/".to_owned());
        }
        let known = ["{::comment", "{::options", "{::nomarkdown", "{::toc", "{:/"];
        known
            .iter()
            .any(|known| inside.starts_with(known))
            .then(|| self.push(at..end, LeftoverKind::Silent("an extension of kramdown")))
    }

    /// `{expression}`, in files where braces are not text.
    fn expression(&mut self, at: usize) -> Option<usize> {
        let strong = self.flavour == Flavour::Mdx;
        if !strong && self.within.is_empty() {
            return None;
        }
        let before = self.byte_before(at).unwrap_or(b'\n');
        if before.is_ascii_alphanumeric() || b"}^_\\$]".contains(&before) {
            return None;
        }
        let end = self.balanced(at)?;
        let inside = self.slice(at + 1..end.saturating_sub(1));
        Some(self.push(at..end, LeftoverKind::Expression(inside.trim())))
    }

    pub(super) fn burnt<T>(&mut self, bytes: usize) -> Option<T> {
        self.burn(bytes);
        None
    }
}

/// The words of a list of attributes, and where its closing brace is. A value in quotes may hold blanks and braces.
fn attribute_words(line: &str) -> Option<(Vec<&str>, usize)> {
    let start = if line.starts_with("{:") { 2 } else { 1 };
    let (mut words, mut word) = (Vec::new(), None);
    let (mut quote, mut before) = (None, ' ');
    for (at, c) in line.char_indices().skip(start) {
        let ends = quote.is_none() && (c == ' ' || c == '\t' || c == '}');
        if ends {
            words.extend(word.take().and_then(|from: usize| line.get(from..at)));
            if c == '}' {
                return Some((words, at));
            }
        } else {
            word.get_or_insert(at);
            quote = match quote {
                Some(open) if open == c => None,
                None if matches!(c, '"' | '\'') && before == '=' => Some(c),
                open => open,
            };
        }
        before = c;
    }
    None
}
