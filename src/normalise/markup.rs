//! Removes HTML tags from a description if they really are tags: `2 < 3 > 1` and "the `<div>` element" are unchanged.
//! This is not a safety measure (descriptions are always escaped); it only keeps summaries readable.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// The text without its HTML tags, comments and scripts; unchanged if it does not look like HTML.
pub fn without_tags(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'<', text.as_bytes()).is_none() || !looks_like_html(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        match markup(from) {
            Some(found) => {
                if found.space == Space::Left {
                    out.push(' ');
                }
                rest = found.rest;
            }
            None => {
                out.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out.into()
}

/// Whether there is a void or paragraph tag, or an element that is both opened and closed.
fn looks_like_html(text: &str) -> bool {
    let mut open = BTreeSet::new();
    text.match_indices('<').filter_map(|(at, _)| tag(text.get(at..)?)).any(|found| {
        let closes = found.side == Side::Close;
        let alone = matches!(&*found.name, "br" | "hr" | "img" | "p");
        let pair = closes && open.contains(&found.name);
        if !closes {
            open.insert(found.name);
        }
        alone || pair
    })
}

#[derive(PartialEq)]
enum Space {
    Left,
    None,
}

struct Markup<'a> {
    space: Space,
    rest: &'a str,
}

fn markup(text: &str) -> Option<Markup<'_>> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        return Some(Markup { space: Space::None, rest });
    }
    let found = tag(text)?;
    if found.side == Side::Open && matches!(&*found.name, "script" | "style") {
        return Some(Markup { space: Space::Left, rest: behind_closing(found.rest, &found.name) });
    }
    let space = if INLINE.contains(&&*found.name) { Space::None } else { Space::Left };
    Some(Markup { space, rest: found.rest })
}

/// The text after the end tag of a raw-text element; empty if it is never closed.
fn behind_closing<'a>(text: &'a str, name: &str) -> &'a str {
    text.match_indices("</")
        .filter_map(|(at, _)| tag(text.get(at..)?))
        .find(|found| found.side == Side::Close && found.name == name)
        .map_or("", |found| found.rest)
}

#[derive(PartialEq)]
enum Side {
    Open,
    Close,
}

struct Tag<'a> {
    name: String,
    side: Side,
    rest: &'a str,
}

/// A tag of a known element at the start of the text. Its length is bounded, so that `<p <p <p …` stays cheap.
fn tag(text: &str) -> Option<Tag<'_>> {
    const MAX_TAG_BYTES: usize = 2_048;
    let inner = text.strip_prefix('<')?;
    let (side, inner) = inner.strip_prefix('/').map_or((Side::Open, inner), |rest| (Side::Close, rest));
    let end = inner.bytes().take(16).position(|b| !b.is_ascii_alphanumeric())?;
    let (name, mut after) = inner.split_at_checked(end)?;
    let name = name.to_ascii_lowercase();
    if !after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')
        || !(BLOCK.contains(&&*name) || INLINE.contains(&&*name))
    {
        return None;
    }
    let mut quote = None;
    for (at, b) in after.bytes().enumerate().take(MAX_TAG_BYTES) {
        match (quote, b) {
            (None, b'>') => {
                after = after.get(at + 1..)?;
                return Some(Tag { name, side, rest: after });
            }
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), _) if open == b => quote = None,
            _ => {}
        }
    }
    None
}

const BLOCK: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "img",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
];
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(without_tags("<p>A <b class=\"x>y\">bold</b> word<br/>next</p>"), " A bold word next ");
        assert_eq!(without_tags("2 < 3 > 1, a<b, <T>, the <div> element"), "2 < 3 > 1, a<b, <T>, the <div> element");
        assert_eq!(without_tags("<b>x</b><script>alert('</b>')</SCRIPT >y<!-- z --> <T>"), "x y <T>");
        assert_eq!(without_tags("<b>x</b><script>never closed"), "x ");
        assert_eq!(without_tags("<b>x</b> &lt;i&gt;"), "x &lt;i&gt;");
    }

    #[test]
    fn hostile_markup_takes_no_time() {
        for part in ["<p ", "<", "<b>", "<!--", "<script>", "</", "<p '"] {
            without_tags(&format!("<br>{}", part.repeat(65_536 / part.len())));
        }
    }
}
