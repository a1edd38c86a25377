//! Hides the secrets of a URL: a user name, a password, and the values of its query (tokens, signatures of presigned
//! URLs).
//! `https://user:pw@h/?token=x` is displayed as `https://…@h/?token=…`.
//!
//! Also accepts texts that no URL parser would accept, because messages quote them. The parts are found as browsers
//! find them (WHATWG URL, "authority state"), because a browser would send the secret by these rules.

use std::borrow::Cow;

/// What is written in place of a secret.
const HIDDEN: &str = "…";

/// A URL, or a text given as one, without its secrets.
pub fn without_secrets(url: &str) -> Cow<'_, str> {
    if !url.contains(['@', '?']) {
        return Cow::Borrowed(url);
    }
    let start = authority_start(url).unwrap_or(0);
    let (scheme, rest) = url.split_at_checked(start).unwrap_or(("", url));
    let user = if start == 0 { 0 } else { user_length(rest) };
    let rest = rest.get(user..).unwrap_or_default();
    let (rest, fragment) = rest.split_at_checked(rest.find('#').unwrap_or(rest.len())).unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').map_or((rest, None), |(path, query)| (path, Some(query)));
    let mut out = [scheme, if user == 0 { "" } else { HIDDEN }, path].concat();
    for (number, piece) in query.into_iter().flat_map(|query| query.split('&')).enumerate() {
        out.push(if number == 0 { '?' } else { '&' });
        let (name, value) = piece.split_at_checked(piece.find('=').map_or(0, |at| at + 1)).unwrap_or(("", piece));
        out.push_str(name);
        out.push_str(if value.is_empty() { "" } else { HIDDEN });
    }
    out.push_str(fragment);
    Cow::Owned(out)
}

/// A text from outside, such as the message of a server or a library, with the secrets of its web addresses hidden. An
/// address ends at white space, a quote or a bracket.
pub fn without_secrets_in(text: &str) -> Cow<'_, str> {
    let Some(first) = next_address(text) else { return Cow::Borrowed(text) };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let mut next = Some(first);
    while let Some(at) = next {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let end = after.find(|c: char| c.is_whitespace() || "\"'`<>()".contains(c)).unwrap_or(after.len());
        let (url, behind) = after.split_at_checked(end).unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&without_secrets(url));
        rest = behind;
        next = next_address(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn next_address(text: &str) -> Option<usize> {
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// Whether a text begins as an absolute URL does.
pub fn is_absolute(text: &str) -> bool {
    authority_start(text).is_some_and(|start| start > 2)
}

/// Where the authority begins: after two slashes, or after `http:` with any number of slashes.
fn authority_start(url: &str) -> Option<usize> {
    let slashes = |from: usize| {
        let rest = url.get(from..).unwrap_or_default();
        rest.len() - rest.trim_start_matches(['/', '\\']).len()
    };
    let scheme = url.find(':').filter(|at| {
        let name = url.get(..*at).unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    });
    match scheme {
        Some(at) => {
            let web = ["http", "https"].iter().any(|web| url.get(..at).is_some_and(|s| s.eq_ignore_ascii_case(web)));
            let count = slashes(at + 1);
            (web || count >= 2).then_some(at + 1 + count)
        }
        None => Some(slashes(0)).filter(|count| *count >= 2),
    }
}

/// The length of user name and password. They end at the last `@` of the authority. If the text before the path cannot
/// be a host and port, the password may contain a character not allowed there, and they end at the last `@` of the URL.
fn user_length(rest: &str) -> usize {
    let authority = rest.get(..rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len())).unwrap_or_default();
    let port = authority.rsplit_once(':').filter(|_| !authority.ends_with(']')).map_or("", |(_, port)| port);
    match authority.rfind('@') {
        Some(at) => at,
        None if port.bytes().all(|b| b.is_ascii_digit()) => 0,
        None => rest.rfind('@').unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn user_names_passwords_and_query_values_are_hidden() {
        for (url, display_path) in [
            ("https://user:pw@h/?token=x", "https://…@h/?token=…"),
            ("https://user@h/a?b=c&d=e#f", "https://…@h/a?b=…&d=…#f"),
            (
                "https://b.s3.example/k?X-Amz-Expires=9&X-Amz-Signature=abc",
                "https://b.s3.example/k?X-Amz-Expires=…&X-Amz-Signature=…",
            ),
            ("HTTPS:\\\\u:p@h\\x", "HTTPS:\\\\…@h\\x"),
            ("https:u:p@h", "https:…@h"),
            ("//u:p@h/x", "//…@h/x"),
            ("ftp://u:p@h", "ftp://…@h"),
            ("https://u:p@w:x@h/", "https://…@h/"),
            ("https://u:p/w@h/", "https://…@h/"),
            ("https://u:p?w@h/", "https://…@h/"),
            ("https://u:my pass@h/", "https://…@h/"),
            ("https://h/?secret", "https://h/?…"),
            ("https://h?a=b=c&d=&e", "https://h?a=…&d=&…"),
            ("hub.example/?token=x", "hub.example/?token=…"),
            ("https://ю:я@пример.рф/?ключ=тайна", "https://…@пример.рф/?ключ=…"),
        ] {
            assert_eq!(without_secrets(url), display_path);
        }
    }

    #[test]
    fn what_holds_no_secret_is_unchanged() {
        for url in [
            "https://example.org/a/@user",
            "https://example.org:8080/@user",
            "http://[::1]:80/@x",
            "http://localhost:8080/x#y",
            "mailto:me@example.org",
            "tag:example.org,2025:x",
            "s3://bucket/key@1",
            "https://",
            "?",
            "",
        ] {
            assert_eq!(without_secrets(url), url);
        }
    }

    #[test]
    fn addresses_within_a_foreign_text() {
        assert_eq!(
            without_secrets_in("PUT http://127.0.0.1:1/b?sig=x in 1s: \"https://u:p@h\", why? a=b, c//d@e"),
            "PUT http://127.0.0.1:1/b?sig=… in 1s: \"https://…@h\", why? a=b, c//d@e"
        );
        assert!(matches!(without_secrets_in("yes?no=maybe"), Cow::Borrowed(_)));
        assert_eq!(without_secrets_in(&"http://?".repeat(100_000)).len(), "http://?…".len());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_password_survives(pw in "[A-Za-z0-9!$*+,;=()._~%'`|-]{8,20}[a-z]") {
            let url = format!("https://u:{pw}@h.example/p?k={pw}&l={pw}#z");
            prop_assert_eq!(without_secrets(&url), "https://…@h.example/p?k=…&l=…#z");
        }

        #[test]
        fn never_panics(url in "(https?:|//|/|@|:|\\?|&|=|#|a|1|ж| |…|\\\\){0,40}") {
            let _ = (without_secrets(&url), without_secrets_in(&url), is_absolute(&url));
        }
    }
}
