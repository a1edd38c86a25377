//! Plain text → HTML text and attribute values (HTML, "Serialising HTML fragments").
//!
//! Most of every body is text, so runs without a special character are copied as a whole.

use memchr::{memchr, memchr3};

/// Appends text as HTML text: `&`, `<` and `>` become entities.
pub fn text(out: &mut String, text: &str) {
    escape(out, text, |bytes| memchr3(b'&', b'<', b'>', bytes));
}

/// Appends text as the value of a double-quoted attribute: also `"` becomes an entity.
pub fn attribute(out: &mut String, value: &str) {
    if memchr(b'"', value.as_bytes()).is_none() {
        return text(out, value);
    }
    escape(out, value, |bytes| bytes.iter().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"')));
}

/// Text for any place of HTML.
pub fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    attribute(&mut out, value);
    out
}

fn escape(out: &mut String, text: &str, position: impl Fn(&[u8]) -> Option<usize>) {
    let mut rest = text;
    while let Some((plain, found)) = position(rest.as_bytes()).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = found.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_special_character_is_found_wherever_it_stands() {
        for at in 0..70 {
            let text = format!("{}<{}", "я".repeat(at), "b".repeat(40));
            let mut out = String::new();
            super::text(&mut out, &text);
            assert_eq!(out, text.replace('<', "&lt;"));
        }
        let mut out = String::new();
        super::attribute(&mut out, "a&b\"c>");
        assert_eq!(out, "a&amp;b&quot;c&gt;");
    }
}
