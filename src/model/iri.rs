//! The required form of an id by its scheme: normalised web addresses, `tag:` (RFC 4151), `urn:` (RFC 8141).
//!
//! Each fault is worded to follow «the id … ». An id of any other scheme only has to be an IRI.

/// Checks that a text is an absolute IRI in the normal form that string comparison needs (RFC 4287 section 4.2.6).
pub fn sound_id(text: &str) -> Result<(), &'static str> {
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

/// Whether a host is a DNS name in lower case, as `tag:` URIs require: no IPv6 address, no underscore (RFC 4151 section
/// 2.1).
pub fn is_dns_name(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
}

/// Whether a text may be a scheme (RFC 3986 section 3.1).
pub fn is_scheme(text: &str) -> bool {
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
    let tail = |b: u8| b.is_ascii_alphanumeric() || b";/?:@&=+$.-_!~*'()%,#".contains(&b);
    if is_dns_name(host) && specific.bytes().all(tail) && super::Since::new(date).is_some() {
        Ok(())
    } else {
        Err(wrong)
    }
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
    fn ids_of_every_scheme() {
        for good in [
            "tag:example.org,2025:a",
            "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
            "https://example.org/путь",
            "urn:isbn:1",
        ] {
            assert_eq!(sound_id(good), Ok(()), "{good}");
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
            assert!(sound_id(bad).is_err(), "{bad}");
        }
    }
}
