//! Hides what a URL may carry in secret before anything is printed: user names, passwords and query values.
//! `https://user:pw@h/?token=x` becomes `https://…@h/?token=…`.
//!
//! Refuses to be clever: where a text may or may not be a secret, it is hidden. Works on any text in one pass, also on halves of
//! URLs, on what no parser would take, and on lines of many megabytes. Its rules are those by which browsers find the parts of a
//! URL (WHATWG URL, "authority state"), because that is what a secret would be sent by.

use std::borrow::Cow;
use std::ops::Range;

/// What stands where a secret stood.
pub const HIDDEN: char = '…';

/// How far a password is looked for behind a character that no authority may hold, in bytes.
const REACH: usize = 256;

/// The text without secrets.
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut secrets = Secrets::of(text).peekable();
    if secrets.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for secret in secrets {
        out.push_str(text.get(from..secret.start).unwrap_or_default());
        out.push(HIDDEN);
        from = secret.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// The byte ranges of a text that must not be printed: in order, never empty, never overlapping.
#[derive(Debug, Clone)]
pub struct Secrets<'a> {
    text: &'a str,
    at: usize,
    inside: Inside,
}

/// What the scan stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Prose,
    Url,
    /// A query; of a URL, or of something that may be a relative one.
    Query {
        of_url: Known,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Url,
    Perhaps,
}

impl<'a> Secrets<'a> {
    /// Of this text.
    pub fn of(text: &'a str) -> Self {
        Self { text, at: 0, inside: Inside::Prose }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Whether what belongs together ends at a byte: at white space and angle brackets, and at a quote that closes something.
    /// Other quotes may stand in a password.
    fn ends(&self, at: usize) -> bool {
        match self.byte(at) {
            None | Some(b'<' | b'>') => true,
            Some(b'"') => {
                self.byte(at + 1).is_none_or(|next| next.is_ascii_whitespace() || b",;:)]}>/.*|<\\".contains(&next))
            }
            Some(byte) => byte.is_ascii_whitespace(),
        }
    }

    /// Where an authority begins that the byte announces: behind two slashes, or behind `http:` with any slashes.
    fn authority_start(&self, at: usize) -> Option<(usize, Known)> {
        let slashes = |from: usize, kinds: &[u8]| {
            (from..).take_while(|i| self.byte(*i).is_some_and(|b| kinds.contains(&b))).count() + from
        };
        match self.byte(at)? {
            b':' => {
                let start = slashes(at + 1, b"/\\");
                let scheme = self.text.as_bytes().get(..at).unwrap_or_default();
                let web = [&b"http"[..], b"https"].iter().any(|s| {
                    let from = scheme.len().saturating_sub(s.len());
                    scheme.get(from..).is_some_and(|tail| tail.eq_ignore_ascii_case(s))
                });
                let other = start >= at + 3 && scheme.last().is_some_and(u8::is_ascii_alphanumeric);
                (web || other).then_some((start, Known::Url))
            }
            b'/' if self.byte(at + 1) == Some(b'/') => Some((slashes(at, b"/"), Known::Perhaps)),
            _ => None,
        }
    }

    /// The secret of the authority that begins here, and where the authority ends.
    fn authority(&self, start: usize, known: Known) -> (Option<Range<usize>>, usize) {
        let end = (start..self.text.len())
            .find(|i| self.ends(*i) || matches!(self.byte(*i), Some(b'/' | b'?' | b'#' | b'\\')))
            .unwrap_or(self.text.len());
        let authority = self.text.get(start..end).unwrap_or_default();
        match authority.rfind('@') {
            Some(0) => (None, end),
            Some(length) => (Some(start..start + length), end),
            None if known == Known::Url && is_torn(authority) => {
                let secret = self.sign_behind(end).unwrap_or(start + without_closing(authority));
                ((secret > start).then_some(start..secret), secret.max(end))
            }
            None => (None, end),
        }
    }

    /// The next `@` that may still end a password which holds what no password may.
    fn sign_behind(&self, from: usize) -> Option<usize> {
        let near = self.text.as_bytes().get(from..)?;
        let near = near.get(..REACH).unwrap_or(near);
        let near = near.windows(3).position(|w| w == b"://").and_then(|i| near.get(..i)).unwrap_or(near);
        near.iter().rposition(|b| *b == b'@').map(|i| from + i)
    }

    /// The secret of the piece of a query that begins here, and where the piece ends.
    fn piece(&self, start: usize, of_url: Known) -> (Option<Range<usize>>, usize) {
        let end = (start..self.text.len())
            .find(|i| self.ends(*i) || matches!(self.byte(*i), Some(b'&' | b'#')))
            .unwrap_or(self.text.len());
        let piece = self.text.get(start..end).unwrap_or_default();
        let from = match (piece.find('='), of_url) {
            (Some(sign), _) => start + sign + 1,
            (None, Known::Url) => start,
            (None, Known::Perhaps) => return (None, end),
        };
        let value = self.text.get(from..end).unwrap_or_default();
        let length = if self.ends(end) { without_closing(value) } else { value.len() };
        ((length > 0).then_some(from..from + length), end)
    }
}

impl Iterator for Secrets<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            let (secret, next) = match self.inside {
                Inside::Query { of_url } => {
                    let (secret, end) = self.piece(self.at, of_url);
                    if self.byte(end) != Some(b'&') {
                        self.inside = if self.ends(end) { Inside::Prose } else { Inside::Url };
                    }
                    (secret, end + usize::from(self.byte(end) == Some(b'&')))
                }
                _ if self.ends(self.at) => {
                    self.inside = Inside::Prose;
                    (None, self.at + 1)
                }
                inside if self.byte(self.at) == Some(b'?') => {
                    let of_url = if inside == Inside::Url { Known::Url } else { Known::Perhaps };
                    self.inside = Inside::Query { of_url };
                    (None, self.at + 1)
                }
                _ => match self.authority_start(self.at) {
                    Some((start, known)) => {
                        self.inside = Inside::Url;
                        self.authority(start, known)
                    }
                    None => (None, self.at + 1),
                },
            };
            self.at = next;
            if secret.is_some() {
                return secret;
            }
        }
        None
    }
}

/// The length of a value without the quotes, brackets and stops that close what it stands in: four at most.
fn without_closing(value: &str) -> usize {
    let closing = value.bytes().rev().take(4).take_while(|b| b")]}'`\".,;:!*_|\\".contains(b)).count();
    value.len() - closing
}

/// Whether something is no host and port, and so may be a user name and a password without their `@`: cut short, or torn
/// apart by a character that no authority may hold.
fn is_torn(authority: &str) -> bool {
    let port = match authority.rsplit_once(']') {
        Some((_, behind)) => behind.strip_prefix(':'),
        None => authority.split_once(':').map(|(_, port)| port),
    };
    authority.contains(HIDDEN)
        || authority.contains("...")
        || port.is_some_and(|p| p.starts_with(|c: char| c.is_alphanumeric()) && !is_port(p))
}

fn is_port(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_punctuation());
    digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hides_users_passwords_and_query_values() {
        for (text, shown) in [
            ("https://user:pw@h/?token=x", "https://…@h/?token=…"),
            ("`https://user@h/a?b=c&d=e#f` is no URL", "`https://…@h/a?b=…&d=…#f` is no URL"),
            ("img: \"https://h/a.png?sig=abc\"  # note", "img: \"https://h/a.png?sig=…\"  # note"),
            ("![x](https://h/a.png?sig=ab(c)d)", "![x](https://h/a.png?sig=…)"),
            ("see https://h/?secret.", "see https://h/?…."),
            ("<a href='/x?key=1&amp;k=2'>", "<a href='/x?key=…&amp;k=…'>"),
            ("HTTPS:\\\\u:p@h\\x", "HTTPS:\\\\…@h\\x"),
            ("\"https:\\/\\/u:p@h\\/x\"", "\"https:\\/\\/…@h\\/x\""),
            ("https:u:p@h", "https:…@h"),
            ("//u:p@h/x", "//…@h/x"),
            ("ftp://u:p@h s3://b/k", "ftp://…@h s3://b/k"),
            ("https://u:p@w:x@h/", "https://…@h/"),
            ("https://u:p/w@h/", "https://…@h/"),
            ("https://u:my pass@h/", "https://…@h/"),
            ("https://h/?a=\"b\"", "https://h/?a=…\""),
            ("?a=b", "?a=…"),
            ("https://h?a=b", "https://h?a=…"),
            ("https://ю:я@пример.рф/?ключ=тайна", "https://…@пример.рф/?ключ=…"),
        ] {
            assert_eq!(redact(text), shown);
        }
    }

    #[test]
    fn hides_what_was_cut_before_its_sign() {
        assert_eq!(redact("`https://user:eyJhbGciOi…`"), "`https://…`");
        assert_eq!(redact("`https://eyJhbGciOi…`"), "`https://…`");
        assert_eq!(redact("https://user:12…"), "https://…");
    }

    #[test]
    fn leaves_alone_what_is_no_secret() {
        for text in [
            "https://example.org/a/@user",
            "http://localhost:8080/x#y",
            "http://[::1]:80/",
            "see https://example.org: it is https://example.org:80.",
            "mail me@example.org, tag:example.org,2025:x",
            "What? Why?? a // b: c@d",
            "{url: https://a.example,feed: https://b.example/}",
            "a://",
            "https://...",
            "https://",
            "?",
            "",
        ] {
            assert_eq!(redact(text), text);
        }
    }

    #[test]
    fn long_lines_take_one_pass() {
        for piece in ["https:", "//", "?a=", "http://a:b ", "https://a:b/", "?&", "\"", "@//"] {
            let line = piece.repeat(200_000);
            let _ = redact(&line);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn ranges_are_in_order_and_on_characters(text in "(https?:|//|/|@|:|\\.\\.\\.|\\?|&|=|#|a|1|ж| |\"|'|\\)|…|\\\\){0,40}") {
            let secrets: Vec<_> = Secrets::of(&text).collect();
            prop_assert!(secrets.iter().all(|s| s.start < s.end && text.get(s.clone()).is_some()));
            prop_assert!(secrets.windows(2).all(|w| w[0].end <= w[1].start));
        }

        #[test]
        fn no_password_survives(pw in "[A-Za-z0-9!$*+,;=()._~%'`|-]{8,20}[a-z]") {
            let text = format!("x: https://u:{pw}@h.example/p?k={pw}&l={pw}#z");
            prop_assert_eq!(redact(&text), "x: https://…@h.example/p?k=…&l=…#z");
        }
    }
}
