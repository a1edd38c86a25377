//! `{% … %}`, `{{ … }}`, `{{< … >}}`, `{{% … %}}`, `{{ … () }}`: tags of Liquid, Nunjucks, Hexo, Hugo and Zola.
//!
//! An end counts only before the next beginning, so that a delimiter in prose never removes a page; a beginning without
//! an end is a stray. Double braces of formulas (`\frac{{a}}`) are ignored.

use super::super::tokens::{Family, LeftoverKind, PairSide, TagArguments, TemplateTag};
use super::Scanner;

/// Tags whose content is code, even if it looks like tags.
const CODE: [&str; 5] = ["highlight", "codeblock", "code", "mermaid", "prism"];
/// Tags whose content is not displayed.
const COMMENT: [&str; 4] = ["comment", "doc", "schema", "javascript"];

impl<'t> Scanner<'t, '_> {
    /// What begins with two braces, or a brace and a percent sign.
    pub(super) fn braces(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if rest.starts_with("{%/*") {
            self.escaped(at, "{%", "/*", "*/", "%}")
        } else if rest.starts_with("{%") {
            self.liquid(at)
        } else if rest.starts_with("{{</*") {
            self.escaped(at, "{{<", "/*", "*/", ">}}")
        } else if rest.starts_with("{{%/*") {
            self.escaped(at, "{{%", "/*", "*/", "%}}")
        } else if rest.starts_with("{{<") {
            self.hugo(at, ">}}")
        } else if rest.starts_with("{{%") {
            self.hugo(at, "%}}")
        } else if rest.starts_with("{{/*") {
            self.go_comment(at)
        } else if rest.starts_with("{{") {
            self.output(at)
        } else {
            None
        }
    }

    /// A delimiter in `{% raw %}`, which is literal.
    pub(super) fn literal(&mut self, at: usize) -> Option<usize> {
        let rest = self.slice(at..self.literal_until);
        let close = if rest.starts_with("{%") {
            "%}"
        } else if rest.starts_with("{{") {
            "}}"
        } else {
            return None;
        };
        let open = if close == "%}" { "{%" } else { "{{" };
        let end = self.closed(at + 2, [open, close], Gap::InParagraph).map_or(at + 2, |end| end + close.len());
        let end = end.min(self.literal_until);
        let text = self.slice(at..end).to_owned();
        Some(self.push(at..end, LeftoverKind::Literal(text)))
    }

    fn liquid(&mut self, at: usize) -> Option<usize> {
        let Some(end) = self.closed(at + 2, ["{%", "%}"], Gap::Any) else {
            return Some(self.push(at..at + 2, LeftoverKind::Lost("a `{%` that nothing closes")));
        };
        let inside = trimmed(self.slice(at + 2..end));
        let span = at..end + 2;
        // Markdoc's ends and single tags are marked by a slash.
        let (inside, marked) = match (inside.strip_prefix('/'), single(inside)) {
            (Some(name), _) => (name.trim(), Some(PairSide::Close)),
            (None, Some(all)) => (all.trim(), Some(PairSide::Alone)),
            (None, None) => (inside, None),
        };
        let (display_name, arguments) = name(inside);
        let lower = display_name.to_lowercase();
        let family = if arguments.starts_with('(') { Family::Zola } else { Family::Liquid };
        match lower.as_str() {
            "raw" | "verbatim" => {
                if let Some((from, _)) = self.end_tag(span.end, &format!("end{lower}"), ["{%"], ["%}"]) {
                    self.push(span.clone(), LeftoverKind::Silent("`{% raw %}`"));
                    self.literal_until = from;
                    // The content is scanned next; the end tag is then read as a separate tag.
                    return Some(span.end);
                }
            }
            "endraw" | "endverbatim" => return Some(self.push(span, LeftoverKind::Silent("`{% raw %}`"))),
            name if COMMENT.contains(&name) || CODE.contains(&name) => {
                let end = if family == Family::Zola { "end".to_owned() } else { format!("end{name}") };
                if let Some((from, to)) = self.end_tag(span.end, &end, ["{%"], ["%}"]) {
                    let code = self.slice(span.end..from);
                    return Some(self.verbatim(at..to, name, arguments, code));
                }
            }
            _ => {}
        }
        let arguments = unwrapped(arguments);
        let (name, side) = match lower.strip_prefix("end") {
            Some("") => (String::new(), PairSide::Close),
            Some(name) => (name.to_owned(), PairSide::Close),
            None if matches!(lower.as_str(), "else" | "elsif" | "elseif" | "elif" | "when") => {
                (lower, PairSide::Between)
            }
            None => (lower, PairSide::Open),
        };
        let side = marked.unwrap_or(side);
        let family = if name.is_empty() && side == PairSide::Close { Family::Zola } else { family };
        let tag = TemplateTag { family, name, display_name, arguments: TagArguments::Text(arguments), side, colons: 0 };
        Some(self.push(span, LeftoverKind::Tag(tag)))
    }

    fn hugo(&mut self, at: usize, close: &'static str) -> Option<usize> {
        let Some(end) = self.closed(at + 3, ["{{", close], Gap::Any) else {
            return Some(self.push(at..at + 3, LeftoverKind::Lost("a shortcode that nothing closes")));
        };
        let span = at..end + 3;
        let inside = self.slice(at + 3..end).trim();
        let (inside, side) = match (inside.strip_prefix('/'), single(inside)) {
            (Some(name), _) => (name.trim(), PairSide::Close),
            (None, Some(all)) => (all.trim(), PairSide::Alone),
            (None, None) => (inside, PairSide::Open),
        };
        let (display_name, arguments) = name(inside);
        let lower = display_name.to_lowercase();
        let is_code = CODE.contains(&lower.as_str()) && (lower == "mermaid" || !arguments.is_empty());
        let is_comment = COMMENT.contains(&lower.as_str()) || lower.ends_with(".inline");
        if side == PairSide::Open && (is_code || is_comment) {
            let end = format!("/{lower}");
            let spaced = format!("/ {lower}");
            let found = self.end_tag(span.end, &end, ["{{<", "{{%"], [">}}", "%}}"]);
            let found = found.or_else(|| self.end_tag(span.end, &spaced, ["{{<", "{{%"], [">}}", "%}}"]));
            if let Some((from, to)) = found {
                let code = self.slice(span.end..from);
                return Some(self.verbatim(at..to, &lower, arguments, code));
            }
        }
        let tag = TemplateTag {
            family: Family::Hugo,
            name: lower,
            display_name,
            arguments: TagArguments::Text(arguments),
            side,
            colons: 0,
        };
        Some(self.push(span, LeftoverKind::Tag(tag)))
    }

    fn verbatim(&mut self, span: std::ops::Range<usize>, name: &str, arguments: &'t str, code: &'t str) -> usize {
        let kind = if CODE.contains(&name) {
            LeftoverKind::Code { name: name.to_owned(), arguments, code }
        } else {
            LeftoverKind::Silent("a comment of the template")
        };
        self.push(span, kind)
    }

    fn output(&mut self, at: usize) -> Option<usize> {
        let triple = self.rest(at).starts_with("{{{");
        let (skip, close) = if triple { (3, "}}}") } else { (2, "}}") };
        let end = self.closed(at + skip, ["{{", close], Gap::InParagraph)?;
        let inside = self.slice(at + skip..end);
        let span = at..end + skip;
        if self.is_formula(at, inside) {
            return None;
        }
        if inside.starts_with('!') {
            return Some(self.push(span, LeftoverKind::Silent("a comment of the template")));
        }
        let expression = trimmed(inside);
        let (display_name, arguments) = name(expression);
        if arguments.starts_with('(') && arguments.ends_with(')') && !display_name.contains('.') {
            let arguments = TagArguments::Text(unwrapped(arguments));
            let tag = TemplateTag {
                family: Family::Zola,
                name: display_name.to_lowercase(),
                display_name,
                arguments,
                side: PairSide::Alone,
                colons: 0,
            };
            return Some(self.push(span, LeftoverKind::Tag(tag)));
        }
        Some(self.push(span, LeftoverKind::Output(expression)))
    }

    /// `{{/* youtube() */}}` shows a shortcode of Zola; anything else in it is a comment of Go's.
    fn go_comment(&mut self, at: usize) -> Option<usize> {
        let end = self.closed(at + 4, ["{{", "*/}}"], Gap::InParagraph)?;
        let inside = self.slice(at + 4..end);
        let call = inside.trim().ends_with(')');
        let kind = if call {
            LeftoverKind::Literal(format!("{{{{{inside}}}}}"))
        } else {
            LeftoverKind::Silent("a comment of the template")
        };
        Some(self.push(at..end + 4, kind))
    }

    /// A tag that its author wrote between comment marks so that it is displayed literally.
    fn escaped(&mut self, at: usize, open: &'static str, from: &str, to: &str, close: &str) -> Option<usize> {
        let begin = at + open.len() + from.len();
        let Some(end) = self.closed(begin, [open, close], Gap::Any) else {
            return Some(self.push(at..at + open.len(), LeftoverKind::Lost("a delimiter that nothing closes")));
        };
        let inside = self.slice(begin..end);
        let inside = inside.trim_end().strip_suffix(to).unwrap_or(inside);
        let text = format!("{open}{inside}{close}");
        Some(self.push(at..end + close.len(), LeftoverKind::Literal(text)))
    }

    /// The offset of the closing delimiter, if it comes before the next opening one.
    pub(super) fn closed(&self, from: usize, [open, close]: [&str; 2], gap: Gap) -> Option<usize> {
        let rest = self.rest(from);
        let first = |text: &str| text.bytes().next().unwrap_or_default();
        let (open_byte, close_byte) = (first(open), first(close));
        for (at, byte) in rest.bytes().enumerate() {
            if byte == close_byte && rest.get(at..).is_some_and(|rest| rest.starts_with(close)) {
                return Some(from + at);
            }
            if byte == open_byte && rest.get(at..).is_some_and(|rest| rest.starts_with(open)) {
                return None;
            }
            if gap == Gap::InParagraph && byte == b'\n' && rest.get(at..).is_some_and(|rest| rest.starts_with("\n\n")) {
                return None;
            }
        }
        None
    }

    /// The start and end of the end tag with this name. If there is none, it is not searched for again.
    fn end_tag<const N: usize>(
        &mut self,
        from: usize,
        name: &str,
        opens: [&str; N],
        closes: [&str; N],
    ) -> Option<(usize, usize)> {
        if self.never.contains(name) {
            return None;
        }
        for (at, _) in self.rest(from).match_indices(name) {
            let before = self.slice(from..from + at);
            let bare = before.trim_end().strip_suffix('-').unwrap_or(before).trim_end();
            let after = self.rest(from + at + name.len());
            let tail = after.trim_start();
            let tail = tail.strip_prefix('-').unwrap_or(tail);
            let open = opens.iter().find(|open| bare.ends_with(**open));
            let close = closes.iter().find(|close| tail.starts_with(**close));
            if let (Some(open), Some(close)) = (open, close) {
                let end = self.text.len() - tail.len() + close.len();
                return Some((from + bare.len() - open.len(), end));
            }
        }
        self.never.insert(name.to_owned());
        None
    }

    /// Whether the braces belong to a formula: after a command, a power or an index, or around a command.
    fn is_formula(&self, at: usize, inside: &str) -> bool {
        if self.tokens.last().is_some_and(|token| token.span.end == at) {
            return false;
        }
        let before = self.behind(at, 24);
        let command = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        // `_{{ name }}_` is emphasis, `x_{{ij}}` an index.
        let base = before.trim_end_matches(['^', '_']);
        let index = base.len() < before.len() && base.ends_with(|c: char| c.is_alphanumeric() || ")}|]".contains(c));
        let names = inside.contains(['"', '|', '\'']) || inside.contains("site.") || inside.contains("page.");
        inside.starts_with('\\')
            || before.ends_with(['}', '\\', '{'])
            || (index && !names)
            || (command.len() < before.len() && command.ends_with('\\'))
    }
}

/// What may lie between a beginning and its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Any text at all.
    Any,
    /// No blank line.
    InParagraph,
}

/// Without the marks of white space control.
fn trimmed(inside: &str) -> &str {
    inside.trim_start_matches(['-', '~', '+', '=', ' ']).trim_end_matches(['-', '~', '+', ' ']).trim()
}

/// A tag without the slash that marks it as self-closing; the slash of a URL is not removed.
fn single(inside: &str) -> Option<&str> {
    let rest = inside.strip_suffix('/')?;
    (rest.ends_with([' ', '\n', '"', '\'', ')']) || !rest.contains(' ')).then_some(rest)
}

/// The name of a tag, and the rest.
fn name(inside: &str) -> (&str, &str) {
    let end = inside.find(|c: char| !c.is_alphanumeric() && !"_-./:".contains(c)).unwrap_or(inside.len());
    let (name, arguments) = inside.split_at_checked(end).unwrap_or((inside, ""));
    (name, arguments.trim())
}

/// Without the brackets of a call.
fn unwrapped(arguments: &str) -> &str {
    arguments.strip_prefix('(').map_or(arguments, |inside| inside.strip_suffix(')').unwrap_or(inside))
}
