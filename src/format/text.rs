//! Text, attributes, CDATA sections and JSON strings: escaped once, straight into the bytes of a document.
//!
//! The output equals that of the crates after [`markup`](super::markup); tests check this.

use super::references::{EntityStyle, LONGEST_SECTION, push_sections};
use memchr::{memchr_iter, memchr2, memchr3, memchr3_iter, memmem};

/// Text of an element.
pub(super) fn push_text(out: &mut String, text: &str, references: EntityStyle) {
    let mut rest = text;
    while let Some((plain, found)) = special(rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        out.push_str(reference(found.as_bytes().first(), references));
        rest = found.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The first byte that text of an element cannot hold. They come in swarms, `</p>`, so those near by are looked for first,
/// one by one.
fn special(bytes: &[u8]) -> Option<usize> {
    const NEAR: usize = 6;
    let near = bytes.iter().take(NEAR).position(|b| matches!(b, b'<' | b'>' | b'&'));
    near.or_else(|| Some(NEAR + memchr3(b'<', b'>', b'&', bytes.get(NEAR..)?)?))
}

/// The value of an attribute.
pub(super) fn push_attribute(out: &mut String, value: &str, references: EntityStyle) {
    let bytes = value.as_bytes();
    if memchr3(b'<', b'>', b'&', bytes).is_none() && memchr2(b'"', b'\'', bytes).is_none() {
        return out.push_str(value);
    }
    for part in value.split_inclusive(['<', '>', '&', '"', '\'']) {
        match part.as_bytes().split_last() {
            Some((last @ (b'<' | b'>' | b'&' | b'"' | b'\''), plain)) => {
                out.push_str(part.get(..plain.len()).unwrap_or_default());
                out.push_str(reference(Some(last), references));
            }
            _ => out.push_str(part),
        }
    }
}

/// Appends ` name="value"`.
pub(super) fn push_pair(out: &mut String, name: &str, value: &str, references: EntityStyle) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_attribute(out, value, references);
    out.push('"');
}

/// `<name>text</name>`, a line.
pub(super) fn push_element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    push_text(out, text, EntityStyle::Numeric);
    push_end(out, name);
}

/// `</name>`, and the end of the line.
pub(super) fn push_end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// HTML in CDATA sections: one, but where it holds `]]>` or is very long.
pub(super) fn push_cdata(out: &mut String, html: &str) {
    if memmem::find(html.as_bytes(), b"]]>").is_none() {
        return push_section(out, html);
    }
    let mut from = 0;
    for at in memchr_iter(b'>', html.as_bytes()) {
        if html.get(from..at).is_some_and(|before| before.ends_with("]]")) {
            push_section(out, html.get(from..at).unwrap_or_default());
            from = at;
        }
    }
    push_section(out, html.get(from..).unwrap_or_default());
}

fn push_section(out: &mut String, html: &str) {
    const FRAME: usize = "<![CDATA[]]>".len();
    if html.len() + FRAME > LONGEST_SECTION {
        return push_sections(out, &["<![CDATA[", html, "]]>"].concat());
    }
    out.push_str("<![CDATA[");
    out.push_str(html);
    out.push_str("]]>");
}

const fn reference(byte: Option<&u8>, references: EntityStyle) -> &'static str {
    match (byte, references) {
        (Some(b'<'), EntityStyle::Named) => "&lt;",
        (Some(b'<'), _) => "&#x3C;",
        (Some(b'>'), _) => "&gt;",
        (Some(b'"'), _) => "&quot;",
        (Some(b'\''), _) => "&apos;",
        (_, EntityStyle::Named) => "&amp;",
        (_, _) => "&#x26;",
    }
}

/// The inside of a JSON string, as serde writes it (RFC 8259 section 7).
pub(super) fn push_json(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut escape = |at: usize| {
        out.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        bytes.get(at).into_iter().for_each(|byte| push_json_escape(out, *byte));
        done = at + 1;
    };
    // Of control characters hardly any text holds another than the end of a line.
    if bytes.iter().fold(false, |any, b| any | ((*b < 0x20) & (*b != b'\n'))) {
        (0..).zip(bytes).filter(|(_, b)| is_json_special(**b)).for_each(|(at, _)| escape(at));
    } else {
        memchr3_iter(b'"', b'\\', b'\n', bytes).for_each(&mut escape);
    }
    out.extend_from_slice(bytes.get(done..).unwrap_or_default());
}

fn push_json_escape(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'"' => out.extend_from_slice(b"\\\""),
        b'\\' => out.extend_from_slice(b"\\\\"),
        b'\n' => out.extend_from_slice(b"\\n"),
        b'\r' => out.extend_from_slice(b"\\r"),
        b'\t' => out.extend_from_slice(b"\\t"),
        0x08 => out.extend_from_slice(b"\\b"),
        0x0C => out.extend_from_slice(b"\\f"),
        other => out.extend_from_slice(format!("\\u{other:04x}").as_bytes()),
    }
}

const fn is_json_special(b: u8) -> bool {
    (b < 0x20) | (b == b'"') | (b == b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        push(&mut out);
        out
    }

    #[test]
    fn each_place_has_its_escapes() {
        let text = "a<b> & \"c\" 'd' ж";
        assert_eq!(written(|out| push_text(out, text, EntityStyle::Named)), "a&lt;b&gt; &amp; \"c\" 'd' ж");
        assert_eq!(written(|out| push_text(out, text, EntityStyle::Numeric)), "a&#x3C;b&gt; &#x26; \"c\" 'd' ж");
        assert_eq!(
            written(|out| push_pair(out, "n", text, EntityStyle::Named)),
            " n=\"a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; ж\""
        );
        assert_eq!(written(|out| push_attribute(out, "&x&", EntityStyle::Numeric)), "&#x26;x&#x26;");
        assert_eq!(written(|out| push_element(out, "t", "<")), "<t>&#x3C;</t>\n");
    }

    #[test]
    fn a_section_ends_where_it_would_end() {
        assert_eq!(written(|out| push_cdata(out, "<p>&amp;</p>")), "<![CDATA[<p>&amp;</p>]]>");
        assert_eq!(written(|out| push_cdata(out, "a]]>b>")), "<![CDATA[a]]]]><![CDATA[>b>]]>");
        assert_eq!(written(|out| push_cdata(out, "")), "<![CDATA[]]>");
        let long = "<p>я]]>".repeat(40_000);
        let sections = written(|out| push_cdata(out, &long));
        assert!(sections.split("]]><![CDATA[").all(|section| section.len() <= LONGEST_SECTION + 16));
        assert_eq!(sections.replace("]]><![CDATA[", ""), format!("<![CDATA[{long}]]>"));
    }

    #[test]
    fn json_is_escaped_as_serde_does() {
        let all: String = ('\0'..='\u{2030}').chain(['😀', '"', '\\']).collect();
        let mut out = vec![b'"'];
        push_json(&mut out, &all);
        out.push(b'"');
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&all).unwrap());
    }
}
