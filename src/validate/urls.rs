//! Addresses and ids: RFC 3986 for RSS, IRIs for ids, and the narrower shapes that RSS enclosures and permalinks want.
//!
//! Each function says what is wrong, in words that fit after «it».

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
        return Err("has a host that is no name with a dot");
    }
    if rest.is_empty() || rest.starts_with('/') { Ok(()) } else { Err("has no `/` after its host") }
}

/// An absolute IRI in the one spelling that comparing as strings needs (RFC 4287 section 4.2.6).
pub(super) fn id(text: &str) -> Result<(), &'static str> {
    if text.contains(char::is_whitespace) {
        return Err("holds white space");
    }
    let (scheme, rest) = text.split_once(':').ok_or("is no absolute IRI")?;
    if !is_scheme(scheme) || rest.is_empty() || text.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`']) {
        return Err("is no absolute IRI");
    }
    if scheme.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err("has a scheme in capitals");
    }
    match scheme {
        "http" | "https" => canonical(rest),
        "tag" => tag(rest),
        "urn" => urn(rest),
        _ => Ok(()),
    }
}

/// Whether a text begins with a scheme, as every absolute reference does.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
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

fn is_scheme(text: &str) -> bool {
    let mut letters = text.bytes();
    letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

fn canonical(rest: &str) -> Result<(), &'static str> {
    let after = rest.strip_prefix("//").ok_or("has no host")?;
    let (host, path) =
        after.split_at_checked(after.find(['/', '?', '#']).unwrap_or(after.len())).unwrap_or((after, ""));
    if host.is_empty() {
        return Err("has no host");
    }
    if host.chars().any(char::is_uppercase) {
        return Err("has a host in capitals");
    }
    if path.starts_with('/') { Ok(()) } else { Err("has no `/` after its host") }
}

/// RFC 4151: `tag:host,2025-06-08:specific`.
fn tag(rest: &str) -> Result<(), &'static str> {
    let wrong = "is no `tag:` URI (RFC 4151)";
    let (entity, specific) = rest.split_once(':').ok_or(wrong)?;
    let (authority, date) = entity.rsplit_once(',').ok_or(wrong)?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host_ok =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b));
    let tail = |b: u8| b.is_ascii_alphanumeric() || b";/?:@&=+$.-_!~*'()%,#".contains(&b);
    if host_ok && specific.bytes().all(tail) && crate::model::Since::new(date).is_some() { Ok(()) } else { Err(wrong) }
}

/// RFC 8141, and RFC 9562 for `urn:uuid:`.
fn urn(rest: &str) -> Result<(), &'static str> {
    let (namespace, name) = rest.split_once(':').ok_or("is no `urn:` URI (RFC 8141)")?;
    if namespace.eq_ignore_ascii_case("uuid") {
        let groups: Vec<usize> = name.split('-').map(str::len).collect();
        let hex = name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        return if hex && groups == [8, 4, 4, 4, 12] { Ok(()) } else { Err("holds no UUID") };
    }
    let known = !namespace.is_empty() && namespace.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if known && !name.is_empty() { Ok(()) } else { Err("is no `urn:` URI (RFC 8141)") }
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
    fn enclosures_and_ids() {
        assert_eq!(enclosure("https://cdn.example.org/a.png?x=1"), Ok(()));
        for bad in ["https://h.org?x", "https://localhost/a", "data:image/png;base64,AA", "ftp://h.org/a"] {
            assert!(enclosure(bad).is_err(), "{bad}");
        }
        for good in [
            "tag:example.org,2025:a",
            "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
            "https://example.org/путь",
            "urn:isbn:1",
        ] {
            assert_eq!(id(good), Ok(()), "{good}");
        }
        for bad in [
            "https://example.org",
            "HTTP://example.org/",
            "tag:example.org:a",
            "urn:uuid:1",
            "a b:c",
            "plain",
            "http:///x",
        ] {
            assert!(id(bad).is_err(), "{bad}");
        }
    }
}
