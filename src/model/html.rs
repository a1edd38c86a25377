//! Raw HTML → tags, comments and text between them (HTML, "Tokenization"), in one pass over each byte. All HTML but that of
//! the validator's own reading is read here.
//!
//! It decides nothing. Callers escape what it calls text, so a tag that it misses cannot become active markup.

use memchr::memchr;
use pulldown_cmark::{Event, Parser};

/// A piece of raw HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlToken<'t> {
    /// Text, with its entities as written.
    Text(&'t str),
    /// A start or end tag.
    Tag(HtmlTag<'t>),
    /// A comment, declaration, processing instruction or CDATA section.
    Other,
}

/// A tag as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HtmlTag<'t> {
    /// The whole tag.
    pub text: &'t str,
    /// Its name as written.
    pub name: &'t str,
    /// Whether it is a start or an end tag.
    pub side: TagSide,
    /// The source between the name and `>`.
    inside: &'t str,
}

/// Whether a tag starts or ends its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagSide {
    /// A start tag, `<x>`.
    Start,
    /// An end tag, `</x>`.
    End,
    /// A self-closing tag, `<x/>`.
    Both,
}

/// The tokens of raw HTML, each with its byte offset.
#[derive(Debug, Clone)]
pub struct HtmlTokens<'t> {
    text: &'t str,
    at: usize,
    /// Set after a tag without an end: no further tag can follow.
    hopeless: bool,
}

impl<'t> HtmlTokens<'t> {
    /// Reads raw HTML.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0, hopeless: false }
    }

    /// Skips the text of an element up to its end tag, or to the end.
    pub fn skip_raw(&mut self, name: &str) {
        let rest = self.rest();
        let ends = rest.match_indices("</").find(|(at, _)| {
            let after = rest.get(at + 2..).unwrap_or_default().as_bytes();
            after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && after.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b))
        });
        self.at += ends.map_or(rest.len(), |(at, _)| at);
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_else(|| self.rest());
        self.at += taken.len();
        taken
    }

    fn markup(&mut self) -> Option<HtmlToken<'t>> {
        let rest = self.rest();
        let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
        let other = match rest.get(1..)?.as_bytes() {
            [b'!', b'-', b'-', ..] => Some(until("-->")),
            [b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => Some(until("]]>")),
            [b'!', ..] => Some(until(">")),
            [b'?', ..] => Some(until("?>")),
            _ => None,
        };
        if let Some(length) = other {
            self.take(length);
            return Some(HtmlToken::Other);
        }
        if self.hopeless {
            return None;
        }
        match tag(rest) {
            Ok(tag) => {
                self.take(tag.text.len());
                Some(HtmlToken::Tag(tag))
            }
            Err(NoTag::Unclosed) => {
                self.hopeless = true;
                None
            }
            Err(NoTag::Text) => None,
        }
    }
}

impl<'t> Iterator for HtmlTokens<'t> {
    type Item = (usize, HtmlToken<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        let (at, rest) = (self.at, self.rest());
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some((at, token));
        }
        let next = rest.as_bytes().get(1..).and_then(|after| memchr(b'<', after));
        Some((at, HtmlToken::Text(self.take(next.map_or(rest.len(), |p| p + 1)))))
    }
}

/// The tags in a text of HTML.
pub fn tags(html: &str) -> impl Iterator<Item = HtmlTag<'_>> {
    HtmlTokens::new(html).filter_map(|(_, token)| if let HtmlToken::Tag(tag) = token { Some(tag) } else { None })
}

/// The attributes of every `<img>`.
pub fn images(html: &str) -> impl Iterator<Item = Vec<(String, String)>> {
    tags(html).filter(|tag| tag.name.eq_ignore_ascii_case("img")).map(|tag| tag.attributes())
}

/// The value of an attribute.
pub fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The text of HTML, entities decoded, up to about so many bytes. A tag that is not inline leaves a space.
pub fn plain_text(html: &str, most: usize) -> String {
    let mut out = String::new();
    for (_, token) in HtmlTokens::new(html) {
        match token {
            HtmlToken::Text(text) => out.push_str(text),
            HtmlToken::Tag(tag) if !tag.is_inline() => out.push(' '),
            _ => {}
        }
        if out.len() > most {
            break;
        }
    }
    decode(&out)
}

impl HtmlTag<'_> {
    /// The attributes: names in lower case, values decoded. If a name occurs twice, the first one wins.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut rest = self.inside;
        // The limit stops a tag with thousands of attributes from making this loop slow.
        while found.len() < 64 {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                break;
            }
            let end = rest.char_indices().skip(1).find(|(_, c)| c.is_ascii_whitespace() || "/=".contains(*c));
            let (name, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            let (value, next) = match after.trim_start_matches(|c: char| c.is_ascii_whitespace()).strip_prefix('=') {
                Some(value) => attribute_value(value.trim_start_matches(|c: char| c.is_ascii_whitespace())),
                None => ("", after),
            };
            let name = name.to_ascii_lowercase();
            if !found.iter().any(|(known, _)| *known == name) {
                found.push((name, decode(value)));
            }
            rest = next;
        }
        found
    }

    /// Whether its element has no end tag (HTML, "Void elements", and the obsolete ones).
    pub fn is_void(&self) -> bool {
        VOID.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// Whether its element stands within a line of text, so that no word ends at the tag.
    pub fn is_inline(&self) -> bool {
        INLINE.iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }

    /// Whether the tag holds nothing but its name.
    pub fn is_bare(&self) -> bool {
        self.side != TagSide::Both && self.inside.is_empty()
    }
}

const VOID: [&str; 19] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

const INLINE: [&str; 24] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
];

enum NoTag {
    /// No tag begins here.
    Text,
    /// A tag begins here, but nothing closes it.
    Unclosed,
}

fn tag(text: &str) -> Result<HtmlTag<'_>, NoTag> {
    let after = text.strip_prefix('<').ok_or(NoTag::Text)?;
    let (side, after) = match after.strip_prefix('/') {
        Some(after) => (TagSide::End, after),
        None => (TagSide::Start, after),
    };
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(NoTag::Text);
    }
    let name_end = after.find(|c: char| c.is_ascii_whitespace() || "/>".contains(c)).ok_or(NoTag::Unclosed)?;
    let (name, tail) = after.split_at(name_end);
    let close = tag_end(tail).ok_or(NoTag::Unclosed)?;
    let inside = tail.get(..close).unwrap_or_default();
    let side = match side {
        TagSide::Start if is_closed(inside) => TagSide::Both,
        side => side,
    };
    let length = text.len() - tail.len() + close + 1;
    Ok(HtmlTag { text: text.get(..length).unwrap_or(text), name, side, inside })
}

/// Whether the slash before `>` closes the element; at the end of an unquoted value it belongs to the value.
fn is_closed(inside: &str) -> bool {
    let last = inside.strip_suffix('/').map(|i| i.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default());
    last.is_some_and(|last| !last.contains('=') || last.ends_with(['"', '\'']))
}

/// The offset of the `>` that ends a tag. A `>` in a quoted value does not count; only what follows `=` is a value.
fn tag_end(tail: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, b) in tail.bytes().enumerate() {
        match (quote, b) {
            (Some(open), _) if b == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if after_equals => quote = Some(b),
            _ => {}
        }
        after_equals = b == b'=' || (after_equals && b.is_ascii_whitespace());
    }
    None
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote) {
            return rest.split_once(quote).unwrap_or((rest, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
}

/// Entities decoded: numeric ones with or without `;`, named ones with it. An unknown one stays as written.
pub fn decode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((plain, after)) = rest.split_once('&') {
        out.push_str(plain);
        let (text, next) = entity(after).unwrap_or(("&".into(), after));
        out.push_str(&text);
        rest = next;
    }
    out.push_str(rest);
    out
}

fn entity(after: &str) -> Option<(String, &str)> {
    if let Some(number) = after.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let (digits, next) = digits.split_at(end);
        let next = next.strip_prefix(';').unwrap_or(next);
        if digits.is_empty() {
            return None;
        }
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
        // As browsers read the references to C1 controls.
        let c = if c.is_control() { super::feed_char(c).unwrap_or(c) } else { c };
        return Some((c.into(), next));
    }
    let end = after.bytes().take(40).position(|b| !b.is_ascii_alphanumeric())?;
    let (name, next) = after.split_at(end);
    let next = next.strip_prefix(';')?;
    // The table of entity names is the Markdown parser's.
    let source = format!("&{name};");
    let text = Parser::new(&source).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    text.filter(|text| *text != source).map(|text| (text, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(html: &str) -> Vec<(String, String)> {
        match HtmlTokens::new(html).next() {
            Some((0, HtmlToken::Tag(tag))) => tag.attributes(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn attributes_are_read_as_browsers_read_them() {
        let pair = |n: &str, v: &str| (n.to_owned(), v.to_owned());
        assert_eq!(
            attributes("<a HREF='x>y' b c = d title=\"&lt;&#106&#x61;&Tab;&nope;&\" href=no />"),
            [pair("href", "x>y"), pair("b", ""), pair("c", "d"), pair("title", "<ja\t&nope;&")]
        );
        assert_eq!(attributes("<a b='it&#146;s&#x85;&#9;'>"), [pair("b", "it’s…\t")]);
        assert_eq!(attributes("<img/src=x/onerror=y>"), [pair("src", "x/onerror=y")]);
        assert_eq!(attributes("<a b=\"\"c=1>"), [pair("b", ""), pair("c", "1")]);
    }

    #[test]
    fn tokens_cover_the_text() {
        let kinds: Vec<_> = HtmlTokens::new("a<b>c</b ><br/><!-- <x> -->< d<?php > ?><![CDATA[<]]>e<f").collect();
        let texts: Vec<_> =
            kinds.iter().filter_map(|(_, t)| if let HtmlToken::Text(t) = t { Some(*t) } else { None }).collect();
        assert_eq!(texts, ["a", "c", "< d", "e", "<f"]);
        assert_eq!(kinds.iter().filter(|(_, t)| *t == HtmlToken::Other).count(), 3);
    }

    #[test]
    fn text_and_images_are_those_of_a_browser() {
        assert_eq!(plain_text("a<b>b</b><br>c <i title=\"x>y\">&lt;d&gt;</i><!-- <p> --><P>e", 99), "ab c <d> e");
        assert_eq!(plain_text(&"<p>x</p>".repeat(99), 9).len(), 10);
        let found: Vec<_> = images("<!-- <img src=a> --><a title='<img src=b>'><IMG\nalt='>' src = c>").collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().and_then(|image| value(image, "src")), Some("c"));
    }

    #[test]
    fn unclosed_tags_cost_one_look() {
        let bomb = "<a b=\"".repeat(200_000);
        assert!(HtmlTokens::new(&bomb).count() <= 200_001);
    }

    #[test]
    fn raw_text_is_skipped_to_its_end_tag() {
        let mut tokens = HtmlTokens::new("<script>a</b></scripty></SCRIPT >x");
        tokens.next();
        tokens.skip_raw("script");
        assert!(
            matches!(tokens.next(), Some((_, HtmlToken::Tag(tag))) if tag.side == TagSide::End && tag.name == "SCRIPT")
        );
        assert!(matches!(tokens.next(), Some((_, HtmlToken::Text("x")))));
    }
}
