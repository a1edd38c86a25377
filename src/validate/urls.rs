//! URLs: RFC 3986, and the narrower forms that RSS enclosures need. [`crate::model::sound_id`] has the rules of ids.
//!
//! Each function returns what is wrong, in words that fit after «it».

use url::Url;

/// An absolute URI in ASCII, with a scheme that people can open (RSS 2.0, link; RFC 3986).
pub(super) fn absolute(text: &str) -> Result<(), &'static str> {
    uri(text)?;
    // Browsers would take the first segment of `https:///a` for its host.
    let hostless = |scheme: &str| matches!(scheme, "http" | "https" | "ftp") && !has_host(text);
    match Url::parse(text) {
        Ok(url) if hostless(url.scheme()) => Err("has no host"),
        Ok(_) => Ok(()),
        Err(url::ParseError::RelativeUrlWithoutBase) => Err("is not absolute"),
        Err(_) => Err("cannot be read as a URL"),
    }
}

/// An absolute http(s) URL.
pub(super) fn web(text: &str) -> Result<(), &'static str> {
    absolute(text)?;
    if is_web(text) { Ok(()) } else { Err("is no http address") }
}

/// What RSS readers download: http(s), a host with a dot, and a path or nothing after it (W3C class InvalidURLAttribute).
pub(super) fn enclosure(text: &str) -> Result<(), &'static str> {
    web(text)?;
    let after = text.split_once("://").map_or("", |(_, rest)| rest);
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at_checked(end).unwrap_or((after, ""));
    if authority.contains('@') {
        return Err("names a user");
    }
    let name = authority.rsplit_once(':').map_or(authority, |(name, _)| name);
    if !name.contains('.') || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)) {
        return Err("has a host without a dot");
    }
    if rest.is_empty() || rest.starts_with('/') { Ok(()) } else { Err("has no `/` after its host") }
}

/// Whether a text begins with a scheme, as every absolute reference does.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| crate::model::is_scheme(scheme))
}

/// A media type, parameters allowed (RFC 2045 section 5.1).
pub(super) fn is_media_type(text: &str) -> bool {
    crate::model::MediaType::new(text).is_some() && text == text.trim()
}

fn uri(text: &str) -> Result<(), &'static str> {
    if text.contains(char::is_whitespace) {
        return Err("holds white space");
    }
    if !text.is_ascii() {
        return Err("holds characters that are not ASCII");
    }
    if text.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`']) {
        return Err("holds a character that no URI may hold");
    }
    let percent = |part: &str| part.get(..2).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    if !text.split('%').skip(1).all(percent) {
        return Err("has a `%` without two hexadecimal digits");
    }
    Ok(())
}

fn has_host(text: &str) -> bool {
    text.split_once("://").is_some_and(|(_, rest)| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
}

fn is_web(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| matches!(&*scheme.to_ascii_lowercase(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_addresses() {
        for good in ["https://example.org/", "http://example.org?a=1&b=%20", "mailto:a@example.org", "https://[::1]/"] {
            assert_eq!(absolute(good), Ok(()), "{good}");
        }
        for bad in
            ["/a", "//example.org/", "https://пример.рф/", "https://example.org/a b", "https://e.org/%zz", "http://"]
        {
            assert!(absolute(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn enclosures() {
        assert_eq!(enclosure("https://cdn.example.org/a.png?x=1"), Ok(()));
        for bad in ["https://h.org?x", "https://localhost/a", "data:image/png;base64,AA", "ftp://h.org/a"] {
            assert!(enclosure(bad).is_err(), "{bad}");
        }
    }
}
