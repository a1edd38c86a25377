//! Removes HTML tags from a description if they really are tags: `2 < 3 > 1` and "the `<div>` element" are unchanged.
//! This is not a safety measure (descriptions are always escaped); it only keeps summaries readable.

use crate::model::html::{self, HtmlTag, HtmlToken, HtmlTokens, TagSide};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The text without its HTML tags, comments and scripts; unchanged if it does not look like HTML.
pub fn without_tags(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'<', text.as_bytes()).is_none() || !looks_like_html(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut tokens = HtmlTokens::new(text);
    while let Some((_, token)) = tokens.next() {
        match token {
            HtmlToken::Other => {}
            HtmlToken::Text(text) => out.push_str(text),
            HtmlToken::Tag(tag) if !is_known(&tag) => out.push_str(tag.text),
            HtmlToken::Tag(tag) => {
                let is_raw = ["script", "style"].iter().any(|name| name.eq_ignore_ascii_case(tag.name));
                if is_raw && tag.side == TagSide::Start {
                    tokens.skip_raw(tag.name);
                }
                if !(tag.is_inline() || is_raw && tag.side == TagSide::End) {
                    out.push(' ');
                }
            }
        }
    }
    out.into()
}

/// Whether there is a void or paragraph tag, or an element that is both opened and closed.
fn looks_like_html(text: &str) -> bool {
    let mut open = BTreeSet::new();
    html::tags(text).filter(is_known).any(|tag| {
        let name = tag.name.to_ascii_lowercase();
        let alone = matches!(&*name, "br" | "hr" | "img" | "p");
        let closes = tag.side == TagSide::End && open.contains(&name);
        if tag.side != TagSide::End {
            open.insert(name);
        }
        alone || closes
    })
}

/// Whether it is a tag of HTML, and not of a type or an example.
fn is_known(tag: &HtmlTag<'_>) -> bool {
    tag.is_inline() || BLOCK.iter().any(|name| name.eq_ignore_ascii_case(tag.name))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(without_tags("<p>A <b class=\"x>y\">bold</b> word<br/>next</p>"), " A bold word next ");
        assert_eq!(without_tags("2 < 3 > 1, a<b, <T>, the <div> element"), "2 < 3 > 1, a<b, <T>, the <div> element");
        assert_eq!(without_tags("<b>x</b><script>alert('</b>')</SCRIPT >y<!-- z --> <T>"), "x y <T>");
        assert_eq!(without_tags("<b>x</b><script>never closed"), "x ");
        // A browser reads `<b <br>` as one tag, and no tag in a comment.
        assert_eq!(without_tags("x <b <br> y</b>"), "x  y");
        assert_eq!(without_tags("x <!-- <br> --> y"), "x <!-- <br> --> y");
        assert_eq!(without_tags("<b>x</b> &lt;i&gt;"), "x &lt;i&gt;");
    }

    #[test]
    fn hostile_markup_takes_no_time() {
        for part in ["<p ", "<", "<b>", "<!--", "<script>", "</", "<p '"] {
            without_tags(&format!("<br>{}", part.repeat(65_536 / part.len())));
        }
    }
}
