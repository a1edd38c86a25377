//! HTML as tags and text (HTML Living Standard section 13.2.5), for checking: every step forward, never back.

use super::html_tags::{RAW, among};
use std::collections::BTreeSet;

/// The next token of the HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum MarkupEvent<'a> {
    /// A start tag: its name in lower case, its attributes, and whether it ends in `/>`.
    Start(String, Vec<(String, &'a str)>, Ending),
    /// An end tag.
    End(String),
    /// Text that is not only white space.
    Text,
    /// What no browser would let pass, in words.
    Fault(String),
}

/// How a start tag ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The tag ends with `>`.
    Plain,
    /// The tag ends with `/>`.
    Slash,
}

/// Reads tokens one by one.
pub(super) struct MarkupEvents<'a> {
    rest: &'a str,
    waiting: std::collections::VecDeque<MarkupEvent<'a>>,
}

impl<'a> MarkupEvents<'a> {
    /// Of this HTML.
    pub(super) const fn new(html: &'a str) -> Self {
        Self { rest: html, waiting: std::collections::VecDeque::new() }
    }

    fn fault(&mut self, message: impl Into<String>) {
        self.waiting.push_back(MarkupEvent::Fault(message.into()));
    }

    fn read(&mut self) {
        let (text, after) = self.rest.split_once('<').map_or((self.rest, None), |(text, after)| (text, Some(after)));
        self.rest = after.unwrap_or_default();
        if !text.is_empty() {
            self.references(text);
            if !text.trim_ascii().is_empty() {
                self.waiting.push_back(MarkupEvent::Text);
            }
        }
        if after.is_some() {
            self.markup();
        }
    }

    /// After a `<`.
    fn markup(&mut self) {
        let mut next = self.rest.chars();
        match (next.next(), next.next()) {
            (Some(c), _) if c.is_ascii_alphabetic() => self.start(),
            (Some('/'), Some(c)) if c.is_ascii_alphabetic() => self.end(),
            (Some('!'), Some('-')) if self.rest.starts_with("!--") => match self.rest.split_once("-->") {
                Some((_, rest)) => self.rest = rest,
                None => {
                    self.fault("a comment is not closed");
                    self.rest = "";
                }
            },
            (Some('!' | '?' | '/'), _) => {
                let quoted_value: String = self.rest.chars().take(12).collect();
                self.fault(format!("`<{quoted_value}` is not a tag"));
                self.rest = self.rest.split_once('>').map_or("", |(_, rest)| rest);
            }
            _ => self.fault("unescaped `<` in the text"),
        }
    }

    fn name(&mut self) -> String {
        let end = self.rest.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        name.to_ascii_lowercase()
    }

    fn end(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
        let name = self.name();
        let Some((inside, rest)) = self.rest.split_once('>') else {
            self.rest = "";
            return self.fault(format!("`</{name}` is not closed"));
        };
        if !inside.trim_ascii().is_empty() {
            self.fault(format!("`</{name}>` has attributes"));
        }
        self.rest = rest;
        self.waiting.push_back(MarkupEvent::End(name));
    }

    fn start(&mut self) {
        let name = self.name();
        let (mut attributes, mut seen) = (Vec::new(), BTreeSet::new());
        let ending = loop {
            let trimmed = self.rest.trim_ascii_start();
            let spaced = trimmed.len() < self.rest.len() || attributes.is_empty();
            self.rest = trimmed;
            if let Some(rest) = trimmed.strip_prefix('>') {
                self.rest = rest;
                break Ending::Plain;
            }
            if let Some(rest) = trimmed.strip_prefix("/>") {
                self.rest = rest;
                break Ending::Slash;
            }
            if let Some(rest) = trimmed.strip_prefix('/') {
                self.fault(format!("there is a `/` inside <{name}>"));
                self.rest = rest;
                continue;
            }
            if trimmed.is_empty() {
                return self.fault(format!("`<{name}` is not closed"));
            }
            if !spaced {
                self.fault(format!("no space stands between two attributes of <{name}>"));
            }
            let Some((key, value)) = self.attribute(&name) else { return };
            if !seen.insert(key.clone()) {
                self.fault(format!("<{name}> has the attribute `{key}` twice"));
            }
            attributes.push((key, value));
        };
        if among(RAW, &name) {
            self.skip_raw(&name);
        }
        self.waiting.push_back(MarkupEvent::Start(name, attributes, ending));
    }

    /// `None` at the end of the text.
    fn attribute(&mut self, tag: &str) -> Option<(String, &'a str)> {
        // A `=` in front belongs to the name, wrongly.
        let from = self.rest.chars().next().map_or(0, char::len_utf8);
        let stop = |c: char| c.is_ascii_whitespace() || "/>=".contains(c);
        let length = self.rest.get(from..).and_then(|rest| rest.find(stop)).map_or(self.rest.len(), |at| at + from);
        let (key, rest) = self.rest.split_at_checked(length)?;
        if key.contains(['"', '\'', '<', '=']) {
            self.fault(format!("<{tag}> has an attribute with a quote or `<` in its name"));
        }
        let key = key.to_ascii_lowercase();
        let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((key, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) = match quote {
            Some(quote) => match value.get(1..).and_then(|value| value.split_once(quote)) {
                Some(parts) => parts,
                None => {
                    self.rest = "";
                    self.fault(format!("a value in <{tag}> is not closed"));
                    return None;
                }
            },
            None => {
                let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
                value.split_at_checked(end)?
            }
        };
        if quote.is_none() && (value.is_empty() || value.contains(['"', '\'', '<', '=', '`'])) {
            self.fault(format!("the value of `{key}` in <{tag}> wants quotes"));
        }
        self.rest = rest;
        self.references(value);
        Some((key, value))
    }

    fn skip_raw(&mut self, name: &str) {
        let at = self.rest.match_indices("</").map(|(at, _)| at).find(|at| {
            let rest = self.rest.get(at + 2..).unwrap_or_default();
            rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        self.rest = at.and_then(|at| self.rest.get(at..)).unwrap_or_default();
    }

    /// A `&` that begins a word must be a reference.
    fn references(&mut self, text: &str) {
        for part in text.split('&').skip(1) {
            let word = |part: &str| part.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let (length, least) = match part.strip_prefix('#') {
                Some(number) => (1 + word(number), 2),
                None => (word(part), 0),
            };
            let closed = part.as_bytes().get(length) == Some(&b';');
            if length > 0 && (!closed || length < least) {
                let quoted_value: String = part.chars().take(12).collect();
                self.fault(format!("unescaped `&` in `&{quoted_value}`"));
            }
        }
    }
}

impl<'a> Iterator for MarkupEvents<'a> {
    type Item = MarkupEvent<'a>;

    fn next(&mut self) -> Option<MarkupEvent<'a>> {
        while self.waiting.is_empty() && !self.rest.is_empty() {
            self.read();
        }
        self.waiting.pop_front()
    }
}
