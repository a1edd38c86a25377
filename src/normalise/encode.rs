//! Percent-encoding (RFC 3986 section 2.1) of texts that become part of a URL or an id.

use crate::model::{Slug, UrlEncoding};
use std::borrow::Cow;

/// Encodes one path segment: everything but unreserved characters, so that it cannot contain a separator or a query.
pub fn segment(text: &str) -> String {
    encode(text, b"")
}

/// A slug as a path segment. An ASCII slug contains only unreserved characters.
pub fn slug(slug: &Slug) -> Cow<'_, str> {
    if slug.as_str().is_ascii() { slug.as_str().into() } else { segment(slug.as_str()).into() }
}

/// One path segment, with the characters that an engine leaves as they are. Feeds need encoded addresses, whatever the engine wrote.
pub fn by_engine(text: &str, encoding: UrlEncoding) -> String {
    match encoding {
        UrlEncoding::All => segment(text),
        UrlEncoding::Uri | UrlEncoding::None => encode(text, b"!$&'()*+,;=:@"),
    }
}

/// A path: each part encoded, the slashes between them kept.
pub fn path(text: &str) -> String {
    encode(text, b"/")
}

/// The specific part of a `tag:` URI (RFC 4151 section 2.1) or a fragment (RFC 3986 section 3.5). A `%` is encoded too,
/// so that different values stay different.
pub fn specific(text: &str) -> String {
    encode(text, b"!$&'()*+,;=:@/?")
}

fn encode(text: &str, keep: &[u8]) -> String {
    let stays =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || keep.contains(&byte);
    if text.bytes().all(stays) {
        return text.to_owned();
    }
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'A' + half - 10 });
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_parts_of_urls() {
        assert_eq!(segment("а b/c?"), "%D0%B0%20b%2Fc%3F");
        for text in ["A-z_0.9~", "а-b"] {
            assert_eq!(slug(&Slug::new(text).unwrap()), segment(text));
        }
        assert_eq!(path("а/b"), "%D0%B0/b");
        assert_eq!(specific("x:1/2#%"), "x:1/2%23%25");
    }
}
