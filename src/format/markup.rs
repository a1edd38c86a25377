//! Text on its way into markup: what the XML crates leave to do, and HTML escapes for plain text.
//!
//! The crates write `"` and `'` in text as entities, which only costs bytes, and `<` in a title as `&lt;`, which
//! validators take for HTML: the RSS profile (Character data) wants `&#x3C;` and `&#x26;` there.

use super::references::{EntityStyle, LONGEST_SECTION, push_sections};
use super::text;
use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;

/// Rewrites the references in text, each as the tag before it wants (`link href="…"`, without its brackets). Tags,
/// but for plain-text attributes, and CDATA sections stay as they are.
/// Takes well-formed XML in which `>` is escaped inside attributes, as the crates write it.
pub(super) fn rewrite_references(xml: &str, wanted: fn(&str) -> EntityStyle) -> String {
    let mut out = String::with_capacity(xml.len() + 64);
    let mut rest = xml;
    let mut references = EntityStyle::Named;
    while let Some((text, markup)) = memchr(b'<', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        push_text(&mut out, text, references);
        let cdata = markup.starts_with("<![CDATA[");
        let end = match cdata {
            true => memmem::find(markup.as_bytes(), b"]]>").map(|at| at + 3),
            false => memchr(b'>', markup.as_bytes()).map(|at| at + 1),
        };
        let (tag, next) = markup.split_at_checked(end.unwrap_or(markup.len())).unwrap_or((markup, ""));
        if !cdata {
            references = wanted(tag.strip_prefix('<').unwrap_or_default());
        }
        match references {
            _ if cdata && tag.len() > LONGEST_SECTION => push_sections(&mut out, tag),
            EntityStyle::NumericAttributes if memchr(b'&', tag.as_bytes()).is_some() => {
                out.push_str(&tag.replace("&lt;", "&#x3C;").replace("&amp;", "&#x26;"));
            }
            _ => out.push_str(tag),
        }
        rest = next;
    }
    push_text(&mut out, rest, references);
    out
}

/// Plain text as HTML.
pub(super) fn html_text(plain: &str) -> Cow<'_, str> {
    if memchr3(b'<', b'>', b'&', plain.as_bytes()).is_none() {
        return Cow::Borrowed(plain);
    }
    let mut out = String::with_capacity(plain.len() + 32);
    text::push_text(&mut out, plain, EntityStyle::Named);
    Cow::Owned(out)
}

/// An attribute's value, as the crate wants it that writes the attributes of extensions raw.
pub(super) fn attribute(value: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\t' | '\n' | '\r');
    if !value.bytes().any(|b| special(b.into())) {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len() + 32);
    for c in value.chars() {
        match c {
            _ if !special(c) => out.push(c),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push_str(&format!("&#{};", c as u32)),
        }
    }
    Cow::Owned(out)
}

fn push_text(out: &mut String, text: &str, references: EntityStyle) {
    if memchr(b'&', text.as_bytes()).is_none() {
        return out.push_str(text);
    }
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        match (name, references) {
            ("quot", _) => out.push('"'),
            ("apos", _) => out.push('\''),
            ("lt", EntityStyle::Numeric | EntityStyle::NumericAttributes) => out.push_str("&#x3C;"),
            ("amp", EntityStyle::Numeric | EntityStyle::NumericAttributes) => out.push_str("&#x26;"),
            _ => {
                out.push('&');
                out.push_str(part);
                continue;
            }
        }
        out.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_of_elements_is_rewritten() {
        let xml = r#"<a b="&lt;&amp;">x &lt;b&gt; &amp;amp; &quot;q&quot; &#13;<![CDATA[&lt; <b>]]&amp;>]]></a>"#;
        assert_eq!(
            rewrite_references(xml, |_| EntityStyle::Numeric),
            r#"<a b="&lt;&amp;">x &#x3C;b&gt; &#x26;amp; "q" &#13;<![CDATA[&lt; <b>]]&amp;>]]></a>"#
        );
        assert_eq!(rewrite_references("<t>&lt;&apos;</t>", |_| EntityStyle::Named), "<t>&lt;'</t>");
        let wanted = |tag: &str| if tag.starts_with('a') { EntityStyle::NumericAttributes } else { EntityStyle::Named };
        assert_eq!(
            rewrite_references("<a b=\"&amp;&quot;\"/><t c=\"&lt;\">&lt;</t>", wanted),
            "<a b=\"&#x26;&quot;\"/><t c=\"&lt;\">&lt;</t>"
        );
    }

    #[test]
    fn a_long_section_goes_on_in_others() {
        let text = "<p>я]]</p>".repeat(40_000);
        let xml = format!("<t><![CDATA[{text}]]></t>");
        let out = rewrite_references(&xml, |_| EntityStyle::Named);
        let sections: Vec<&str> = out.trim_start_matches("<t><![CDATA[").split("]]><![CDATA[").collect();
        assert!(sections.len() > 5 && sections.iter().all(|s| s.len() <= LONGEST_SECTION + 16));
        assert_eq!(out.replace("]]><![CDATA[", ""), xml);
        assert_eq!(rewrite_references("<![CDATA[a]]>", |_| EntityStyle::Named), "<![CDATA[a]]>");
    }

    #[test]
    fn plain_text_becomes_html() {
        assert_eq!(html_text("Vec<T> & Co"), "Vec&lt;T&gt; &amp; Co");
        assert_eq!(attribute("a\"b<c\n"), "a&quot;b&lt;c&#10;");
    }
}
