//! `<Component attribute="…">` of MDX, and tags of HTML whose attributes are expressions (`<img src={require("…")}>`).
//!
//! A bare word in angle brackets (`Vec<T>`) is text unless it has an end tag, attributes or `/>` like a component.

use super::super::super::elements::{self, ElementOutcome};
use super::super::arguments::Arguments;
use super::super::tokens::{Family, LeftoverKind, PairSide, TagArguments, TemplateTag};
use super::expressions::constant;
use super::{Flavour, Scanner};
use std::collections::HashSet;
use std::ops::Range;

/// How deep components are followed for their indentation.
const MAX_COMPONENT_DEPTH: usize = 64;
/// Attributes read of one tag.
const MAX_ATTRIBUTES: usize = 64;

/// Elements of HTML whose indented content is Markdown in MDX.
const FLOW: [&str; 11] =
    ["div", "section", "article", "main", "aside", "header", "footer", "nav", "center", "details", "figure"];

/// A component that contains the current position.
#[derive(Debug)]
pub(super) struct Within<'t> {
    name: &'t str,
    /// White space before its tag, in bytes.
    pub(super) indent: usize,
    /// White space before its first line.
    pub(super) base: Option<usize>,
}

/// The names of all end tags that could be a component's.
pub(super) fn ends(text: &str) -> HashSet<&str> {
    let ends = text.match_indices("</").filter_map(|(at, _)| {
        let name = component_name(text.get(at + 2..)?)?;
        text.get(at + 2 + name.len()..)?.trim_start().starts_with('>').then_some(name)
    });
    ends.collect()
}

impl<'t> Scanner<'t, '_> {
    /// A tag that begins here.
    pub(super) fn component(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        if self.flavour == Flavour::Mdx
            && let Some(end) = self.flow(at)
        {
            return Some(end);
        }
        match rest.bytes().next()? {
            b'/' => self.component_end(at),
            byte if byte.is_ascii_uppercase() => self.component_start(at),
            byte if byte.is_ascii_lowercase() => self.markup(at),
            b'>' if self.flavour == Flavour::Mdx => {
                Some(self.push(at..at + 2, LeftoverKind::Silent("a fragment of MDX")))
            }
            _ => None,
        }
    }

    /// Enters a component.
    fn enter(&mut self, name: &'t str, at: usize) {
        if self.within.len() < MAX_COMPONENT_DEPTH {
            // A tag further to the right is none that indents.
            let line = self.behind(at, 64).rsplit_once('\n').map_or("", |(_, line)| line);
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            self.within.push(Within { name, indent, base: None });
        }
    }

    fn leave(&mut self, name: &str) {
        let open = self.within.iter().rev().take(MAX_COMPONENT_DEPTH).position(|component| component.name == name);
        if let Some(above) = open {
            self.within.truncate(self.within.len() - above - 1);
        }
    }

    /// `<div>` and its kin alone on a line: in MDX they hold Markdown, indented as the author likes.
    fn flow(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let ends = rest.starts_with('/');
        let tail = rest.trim_start_matches('/');
        let name = *FLOW
            .iter()
            .find(|name| tail.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['>', ' ', '\n'])))?;
        let before = self.behind(at, 64).rsplit('\n').next().unwrap_or_default();
        let from = self.text.len() - tail.len() + name.len();
        let read = self.attributes(from)?;
        let after = self.rest(read.end).trim_start_matches([' ', '\t']);
        if !before.trim().is_empty() || !(after.is_empty() || after.starts_with('\n')) || read.closed {
            return None;
        }
        if ends {
            self.leave(name);
        } else {
            self.enter(name, at);
        }
        let tag = if read.expressions.is_empty() { self.slice(at..read.end).to_owned() } else { format!("<{name}>") };
        Some(self.push(at..read.end, LeftoverKind::Flow(tag)))
    }

    fn component_end(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 2);
        if rest.starts_with('>') && self.flavour == Flavour::Mdx {
            return Some(self.push(at..at + 3, LeftoverKind::Silent("a fragment of MDX")));
        }
        let name = component_name(rest).filter(|name| self.opened.contains(name))?;
        let tail = rest.get(name.len()..)?.trim_start().strip_prefix('>')?;
        let end = self.text.len() - tail.len();
        self.leave(name);
        Some(self.push(at..end, component(name, Arguments::default(), PairSide::Close)))
    }

    fn component_start(&mut self, at: usize) -> Option<usize> {
        let name = component_name(self.rest(at + 1))?;
        let read = self.attributes(at + 1 + name.len())?;
        let has_value = !read.arguments.named.is_empty() || !read.expressions.is_empty();
        let has_end = self.ends.contains(name);
        let known = self.flavour == Flavour::Mdx || read.closed || has_end || has_value;
        if !known {
            return None;
        }
        let side = if read.closed { PairSide::Alone } else { PairSide::Open };
        if side == PairSide::Open {
            self.opened.insert(name);
            if has_end {
                self.enter(name, at);
            }
        }
        Some(self.push(at..read.end, component(name, read.arguments, side)))
    }

    /// A tag of HTML with expressions for values: each becomes a text or goes.
    fn markup(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at + 1);
        let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        let tag = rest.get(..rest.find(['<', '>'])?)?;
        if !tag.contains("={") && !tag.contains("{...") {
            return None;
        }
        let read = self.attributes(at + 1 + name)?;
        for expression in read.expressions {
            let text = match expression.value.and_then(|value| self.known(value)) {
                Some(value) => format!("{}=\"{}\"", expression.name, value.replace('"', "&quot;")),
                None => String::new(),
            };
            self.push(expression.span, LeftoverKind::Replaced { what: "an attribute of MDX", text });
        }
        Some(read.end)
    }

    /// The value of an expression: a constant, or a file that was imported under this name.
    fn known(&self, expression: &'t str) -> Option<&'t str> {
        let name = expression.split(['.', '?']).next().unwrap_or(expression).trim();
        constant(expression).or_else(|| self.imports.get(name).copied().filter(|path| path.contains(['/', '.'])))
    }

    /// The attributes after a name, and the end of the tag. `None` if it is not a tag.
    fn attributes(&mut self, from: usize) -> Option<Attributes<'t>> {
        let mut found = Attributes::default();
        let mut at = from;
        loop {
            let rest = self.rest(at);
            let white = rest.len() - rest.trim_start().len();
            at += white;
            let rest = self.rest(at);
            match rest.bytes().next()? {
                b'>' => {
                    found.end = at + 1;
                    return Some(found);
                }
                b'/' if rest.starts_with("/>") => {
                    found.end = at + 2;
                    found.closed = true;
                    return Some(found);
                }
                b'{' if white > 0 => {
                    let end = self.balanced(at)?;
                    found.expressions.push(Expression { name: "", value: None, span: at..end });
                    at = end;
                }
                _ if white > 0 => at = self.attribute(at, &mut found)?,
                _ => return None,
            }
            let arguments = &found.arguments;
            if arguments.named.len() + arguments.positional.len() + found.expressions.len() > MAX_ATTRIBUTES {
                return None;
            }
        }
    }

    fn attribute(&mut self, at: usize, found: &mut Attributes<'t>) -> Option<usize> {
        let rest = self.rest(at);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_-:@.$".contains(c)).filter(|end| *end > 0)?;
        let (name, after) = rest.split_at_checked(length)?;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            found.arguments.positional.push(name.to_owned());
            return Some(at + length);
        };
        let begin = self.text.len() - value.len();
        let (text, end) = match value.chars().next()? {
            quote @ ('"' | '\'') => {
                let inside = value.get(1..)?;
                let Some(length) = inside.find(quote) else { return self.burnt(inside.len()) };
                (inside.get(..length), begin + length + 2)
            }
            '{' => {
                let end = self.balanced(begin)?;
                let inside = self.slice(begin + 1..end.saturating_sub(1));
                found.expressions.push(Expression { name, value: Some(inside), span: at..end });
                (self.known(inside), end)
            }
            '>' => return None,
            _ => {
                let length = value.find(|c: char| c.is_whitespace() || c == '>')?;
                (value.get(..length), begin + length)
            }
        };
        if let Some(text) = text {
            found.arguments.named.push((name.to_lowercase(), text.to_owned()));
        }
        // Where the fuel is gone, nothing is a tag any more.
        (self.fuel > 0).then_some(end)
    }
}

#[derive(Default)]
struct Attributes<'t> {
    arguments: Arguments,
    expressions: Vec<Expression<'t>>,
    end: usize,
    closed: bool,
}

struct Expression<'t> {
    name: &'t str,
    value: Option<&'t str>,
    span: Range<usize>,
}

fn component<'t>(name: &'t str, arguments: Arguments, side: PairSide) -> LeftoverKind<'t> {
    let last = name.rsplit('.').next().unwrap_or(name).to_lowercase();
    let arguments = TagArguments::Read(arguments);
    LeftoverKind::Tag(TemplateTag {
        family: Family::Component,
        name: last,
        display_name: name,
        arguments,
        side,
        colons: 0,
    })
}

/// A capitalised name at the beginning. `<DIV>` and its kin are HTML of old.
fn component_name(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c))?;
    let name = text.get(..end)?;
    let shouted = name.bytes().all(|b| !b.is_ascii_lowercase());
    let ends = text.get(end..)?.starts_with(|c: char| c.is_whitespace() || "/>".contains(c));
    let html = shouted && elements::outcome(&name.to_ascii_lowercase()) != ElementOutcome::Unknown;
    (ends && !html).then_some(name)
}
