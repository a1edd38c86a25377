//! Leftovers at the beginning of a line: containers (`:::`), GitHub alerts, tables of contents, cards of Zenn and
//! Hashnode, attribute lines; and indentation inside an MDX component, which has no meaning.

use super::super::tokens::{Family, LeftoverKind, PairSide, TagArguments, TemplateTag};
use super::Scanner;

impl<'t> Scanner<'t, '_> {
    /// Reads a leftover at the start of a line, before its code begins (`limit`). Returns its end, or `None` if there
    /// is none.
    pub(super) fn line(&mut self, at: usize, limit: usize) -> Option<usize> {
        if self.is_literal(at) {
            return None;
        }
        let start = at;
        let line_end = self.line_end(at);
        // Code at the beginning of a line is the line; code in a title is the title's.
        let before = self.slice(at..limit.min(line_end)).trim_matches([' ', '\t', '>']);
        let end = if before.is_empty() { line_end.min(limit) } else { line_end };
        let at = self.indentation(at, end, limit);
        let line = self.slice(at..end);
        let begins = at + line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let inside = self.slice(begins..end).trim_end();
        let may_import = std::mem::replace(&mut self.module_may_begin, line.trim().is_empty());
        let next = match inside.as_bytes() {
            [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] if !self.within.is_empty() => {
                Some(self.fence(begins, inside))
            }
            [b':', b':', ..] => self.container(begins, inside),
            [b'i', b'm', ..] | [b'e', b'x', ..] if may_import && begins == at => self.module(begins),
            [b'[', b'!', ..] if line.contains('>') => self.alert(begins, inside),
            [b'@' | b'%', b'[' | b'%', ..] => self.card(begins, inside),
            [b'[' | b'$' | b'\\', ..] if is_contents(inside) => {
                Some(self.push(begins..begins + inside.len(), LeftoverKind::Silent("a table of contents")))
            }
            [b'<', b'<', b'<', b' ', ..] => {
                Some(self.push(begins..begins + inside.len(), LeftoverKind::Lost("an included file")))
            }
            [b'{', b':' | b'.', ..] => self.attribute_line(start, begins, inside),
            _ => None,
        };
        next.or((at > start).then_some(at))
    }

    /// Removes indentation within a component up to that of its first line. Returns the new start of the line.
    fn indentation(&mut self, at: usize, end: usize, limit: usize) -> usize {
        let Some(outer) = self.within.first().map(|component| component.indent) else { return at };
        let line = self.slice(at..end);
        let white = line.len() - line.trim_start_matches([' ', '\t']).len();
        // A fence that Markdown knows keeps its own indentation, and takes it off its lines.
        if line.trim().is_empty() && end == limit {
            return at;
        }
        let blank = line.trim().is_empty();
        let Some(component) = self.within.last_mut() else { return at };
        let base = match component.base {
            Some(base) => base,
            None if blank => return at,
            None => *component.base.insert(white),
        };
        let (from, to) = (at + outer.min(white), at + base.min(white));
        if from < to { self.push(from..to, LeftoverKind::Indent) } else { at }
    }

    /// The end of a code fence in a component, where Markdown sees none because of the indentation.
    fn fence(&mut self, at: usize, opening: &str) -> usize {
        let mark = opening.chars().next().unwrap_or('`');
        let length = opening.chars().take_while(|c| *c == mark).count();
        let (outer, base) = (self.within.first(), self.within.last());
        let outer = outer.map_or(0, |component| component.indent);
        let base = base.and_then(|component| component.base).unwrap_or(outer);
        let mut next = self.line_end(at);
        while next < self.text.len() {
            let begins = next + 1;
            next = self.line_end(begins);
            let line = self.slice(begins..next);
            let white = line.len() - line.trim_start_matches([' ', '\t']).len();
            let (from, to) = (begins + outer.min(white), begins + base.min(white));
            if from < to {
                self.push(from..to, LeftoverKind::Indent);
            }
            let bare = line.trim();
            if bare.len() >= length && bare.chars().all(|c| c == mark) {
                break;
            }
        }
        next
    }

    fn container(&mut self, at: usize, line: &'t str) -> Option<usize> {
        let after = line.trim_start_matches(':');
        let colons = line.len() - after.len();
        let span = at..at + line.len();
        let container = |name: &'t str, arguments, side| {
            let arguments = TagArguments::Text(arguments);
            let name_key = name.to_lowercase();
            LeftoverKind::Tag(TemplateTag {
                family: Family::Container,
                name: name_key,
                display_name: name,
                arguments,
                side,
                colons,
            })
        };
        if after.is_empty() {
            let is_end =
                colons > 2
                    || self.tokens.iter().rev().take(256).any(
                        |token| matches!(&token.kind, LeftoverKind::Tag(tag) if tag.colons == 2 && tag.side == PairSide::Open),
                    );
            return is_end.then(|| self.push(span, container("", "", PairSide::Close)));
        }
        let text = after.trim_start();
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
        let (name, arguments) = text.split_at_checked(end)?;
        let arguments = arguments.trim().trim_end_matches(':').trim_end();
        if name.is_empty() && !arguments.starts_with('{') {
            return None;
        }
        if colons == 2 {
            let plain = arguments.is_empty() && after.len() == text.len();
            let called = arguments.starts_with(['{', '[']) && after.len() == text.len();
            let has_end = (called || plain) && self.ends_by_two_colons(span.end);
            if !called && !has_end {
                return None;
            }
            let side = if has_end { PairSide::Open } else { PairSide::Alone };
            let end = self.properties(span.end);
            return Some(self.push(at..end, container(name, arguments, side)));
        }
        Some(self.push(span, container(name, arguments, PairSide::Open)))
    }

    /// Whether a line of two colons follows later.
    fn ends_by_two_colons(&mut self, from: usize) -> bool {
        if self.two_colons.is_none_or(|known| known < from) {
            let rest = self.rest(from);
            let end = || rest.ends_with("\n::").then_some(rest.len());
            self.two_colons = Some(rest.find("\n::\n").or_else(end).map_or(usize::MAX, |length| from + length));
        }
        self.two_colons != Some(usize::MAX)
    }

    /// Past the properties between `---` that Nuxt lets follow the first line of a component.
    fn properties(&mut self, line_end: usize) -> usize {
        let Some(rest) = self.rest(line_end).strip_prefix("\n---\n") else { return line_end };
        let length = rest.get(..rest.len().min(4096)).unwrap_or_default().find("\n---\n");
        length.map_or(line_end, |length| line_end + 5 + length + 4)
    }

    fn alert(&mut self, at: usize, line: &'t str) -> Option<usize> {
        let (kind, title) = line.strip_prefix("[!")?.split_once(']')?;
        let known =
            !kind.is_empty() && kind.len() < 32 && kind.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        let title = title.strip_prefix(['-', '+']).unwrap_or(title);
        (known && !title.starts_with(['(', '[', ':']))
            .then(|| self.push(at..at + line.len(), LeftoverKind::Alert { kind, title: title.trim() }))
    }

    fn card(&mut self, at: usize, line: &'t str) -> Option<usize> {
        let (service, argument) = match line.strip_prefix("@[") {
            Some(zenn) => zenn.strip_suffix(')')?.split_once("](")?,
            None => ("", line.trim_start_matches('%').strip_prefix('[')?.strip_suffix(']')?),
        };
        let plain =
            !service.contains(['[', ']', '(']) && !argument.is_empty() && !argument.contains(['(', ')', '[', ']']);
        plain.then(|| {
            self.push(at..at + line.len(), LeftoverKind::Card { service: service.trim(), argument: argument.trim() })
        })
    }

    /// A line of attributes belongs to the block before it and goes with its line end; with a table of contents goes
    /// the list item that it takes the place of.
    fn attribute_line(&mut self, start: usize, at: usize, line: &str) -> Option<usize> {
        let end = self.attributes_end(at)?;
        if end != at + line.len() {
            return None;
        }
        let mut from = start;
        if line.contains("toc") && !line.contains("no_toc") {
            let before = self.slice(self.tokens.last().map_or(0, |token| token.span.end)..start.saturating_sub(1));
            let item = before.rsplit('\n').next().unwrap_or_default();
            let bare = item.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            if start > 0 && bare.starts_with(['*', '-', '+', '.', ')']) {
                from = start - 1 - item.len();
            }
        }
        let what = if from < start { "a table of contents" } else { "a list of attributes" };
        let next = (self.line_end(at) + 1).min(self.text.len());
        Some(self.push(from..next, LeftoverKind::Silent(what)))
    }
}

fn is_contents(line: &str) -> bool {
    ["[toc]", "[[toc]]", "[[_toc_]]", "[[ toc ]]", "${toc}", "\\tableofcontents", "\\toc"]
        .iter()
        .any(|known| line.eq_ignore_ascii_case(known))
}
