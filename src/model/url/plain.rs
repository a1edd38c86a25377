//! Fast check for URLs that the URL parser would return unchanged, which are the great majority.
//!
//! Any other URL is left to the parser; a property test compares every answer with the parser's.

/// Whether a text is a URL in its final spelling: lower case, a host of several labels, an ASCII path, no query or
/// fragment.
pub(super) fn is_url(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let Some((host, path)) = rest.split_once('/') else { return false };
    is_host(host) && is_path(path)
}

/// Whether a URL's path ends with `/` and nothing follows it, so that a plain path can be appended.
pub(super) fn is_folder(url: &str) -> bool {
    url.ends_with('/') && !url.contains(['?', '#'])
}

/// Whether a path, without its first slash, needs no change: no dot segment, encoded or not, and no empty segment.
pub(super) fn is_path(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() | (b == b'-') | (b == b'_') | (b == b'/') | (b == b'.') | (b == b'~');
    let odd = |slash: usize| matches!(path.as_bytes().get(slash + 1), Some(b'/' | b'.'));
    path.bytes().fold(true, |all, b| all & plain(b))
        && !path.starts_with(['/', '.'])
        && !memchr::memchr_iter(b'/', path.as_bytes()).any(odd)
}

/// Labels of letters, digits and hyphens, the last of letters only, so that it is not an IP address or punycode.
fn is_host(host: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let word = |word: &str| {
        !word.is_empty()
            && word.len() < 64
            && word.bytes().all(plain)
            && !word.starts_with('-')
            && !word.ends_with('-')
            && word.as_bytes().get(2..4) != Some(b"--")
    };
    host.len() < 200
        && host.split('.').all(word)
        && host.rsplit_once('.').is_some_and(|(_, last)| last.bytes().all(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::AbsUrl;
    use proptest::prelude::*;

    fn part() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "https://",
            "http://",
            "HTTP://",
            "e.org",
            "a-b.example",
            "xn--e1afmkfd",
            "1.2.3.4",
            "0x1",
            "1",
            "a",
            "-",
            "_",
            ".",
            "..",
            "/",
            "//",
            "./",
            "../",
            "%2e",
            "%41",
            "%",
            "~",
            "?",
            "#",
            ":",
            "@",
            "!",
            " ",
            "ж",
            "[",
            "\\",
            "A",
            "x.png",
            ".hidden",
            "a:b",
            "localhost",
            "\t",
            "u:p@e.org",
            ":8080",
            "[::1]",
            "&",
            "=",
            "+",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn the_parser_agrees(parts in prop::collection::vec(part(), 0..7), host in "[a-z0-9.-]{1,12}", path in "[a-z0-9./~_-]{0,12}") {
            for text in [parts.concat(), format!("https://e.org/{}", parts.concat()), format!("https://{host}/{path}"), format!("http://{}", parts.concat())] {
                prop_assert_eq!(AbsUrl::parse(&text), AbsUrl::parse_any(&text), "{}", text);
                let Ok(url) = AbsUrl::parse(&text) else { continue };
                let parsed = url::Url::parse(url.as_str()).unwrap();
                let credentials = !parsed.username().is_empty() || parsed.password().is_some();
                prop_assert_eq!(Some(&*url.host()), parsed.host_str(), "{}", text);
                prop_assert_eq!(url.has_credentials(), credentials, "{}", text);
            }
            for base in ["https://e.org/", "https://e.org/b/", "https://e.org/b", "https://e.org/?a/", "https://e.org:8080/ж/"] {
                let base = AbsUrl::parse_any(base).unwrap();
                for text in [parts.concat(), format!("./{}", parts.concat()), path.clone(), format!("./{path}")] {
                    prop_assert_eq!(base.join(&text), base.join_any(&text), "{} {}", base, text);
                }
            }
        }
    }
}
