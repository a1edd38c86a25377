//! Percent-encoding (RFC 3986 section 2.1) of texts that become part of a URL or an id, and its undoing for file names.

/// One path segment: all but unreserved characters are encoded, so that it can be neither a separator nor a query.
pub fn segment(text: &str) -> String {
    encode(text, b"")
}

/// A path: each part encoded, the slashes between them kept.
pub fn path(text: &str) -> String {
    encode(text, b"/")
}

/// The specific part of a `tag:` URI (RFC 4151 section 2.1) or a fragment (RFC 3986 section 3.5). A `%` is encoded as
/// well, so that two values never become one.
pub fn specific(text: &str) -> String {
    encode(text, b"!$&'()*+,;=:@/?")
}

/// The text with `%41` undone; `None` where the result is no UTF-8.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = (*first == b'%').then(|| hex(after)).flatten();
        bytes.push(pair.unwrap_or(*first));
        rest = if pair.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).ok()
}

fn encode(text: &str, keep: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn hex(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(segment("а b/c?"), "%D0%B0%20b%2Fc%3F");
        assert_eq!(path("а/b"), "%D0%B0/b");
        assert_eq!(specific("x:1/2#%"), "x:1/2%23%25");
        assert_eq!(decoded("%D0%B0%20b%2"), Some("а b%2".into()));
        assert_eq!(decoded("%ff"), None);
    }
}
