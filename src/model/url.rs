//! Absolute http(s) URLs in the one normalised spelling that every feed uses.
//!
//! Non-ASCII paths are percent-encoded and hosts are punycode, because RSS requires URIs, not IRIs (validator class
//! UriNotIri). Refused: relative URLs, other schemes, and URLs without a host.

mod plain;
mod secrets;

pub use secrets::{is_absolute, without_secrets, without_secrets_in};
use url::Url;

/// An absolute `http:` or `https:` URL, ASCII only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct AbsUrl(Box<str>);

/// Why a text is not an absolute URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// It has no scheme and host.
    #[error("it is not absolute")]
    Relative,
    /// Its scheme is neither http nor https.
    #[error("its scheme is neither http nor https")]
    Scheme,
    /// It cannot be read as a URL.
    #[error("it cannot be read as a URL")]
    Malformed,
}

impl AbsUrl {
    /// Reads an absolute URL.
    pub fn parse(text: &str) -> Result<Self, UrlFault> {
        if plain::is_url(text) {
            return Ok(Self(text.into()));
        }
        Self::parse_any(text)
    }

    fn parse_any(text: &str) -> Result<Self, UrlFault> {
        match Url::parse(text.trim()) {
            Ok(url) => Self::from_url(&url),
            Err(url::ParseError::RelativeUrlWithoutBase) => Err(UrlFault::Relative),
            Err(_) => Err(UrlFault::Malformed),
        }
    }

    /// Resolves a reference against this URL (RFC 3986 section 5).
    pub fn join(&self, reference: &str) -> Result<Self, UrlFault> {
        let below = reference.strip_prefix("./").unwrap_or(reference);
        if plain::is_folder(&self.0) && plain::is_path(below) && !below.is_empty() {
            return Ok(Self([&*self.0, below].concat().into()));
        }
        self.join_any(reference)
    }

    fn join_any(&self, reference: &str) -> Result<Self, UrlFault> {
        let base = Url::parse(&self.0).map_err(|_| UrlFault::Malformed)?;
        Self::from_url(&base.join(reference.trim()).map_err(|_| UrlFault::Malformed)?)
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, in lower case and punycode, without the port.
    pub fn host(&self) -> String {
        let authority = self.authority();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let port = if host.ends_with(']') { None } else { host.rsplit_once(':') };
        port.map_or(host, |(host, _)| host).to_owned()
    }

    /// The path, percent-encoded, beginning with `/`.
    pub fn path(&self) -> &str {
        let rest = self.behind_scheme();
        let path = rest.find(['/', '?', '#']).and_then(|i| rest.get(i..)).unwrap_or("/");
        path.split(['?', '#']).next().unwrap_or("/")
    }

    /// Whether the URL holds a user name or a password, which must never be printed.
    pub fn has_credentials(&self) -> bool {
        self.authority().contains('@')
    }

    /// User name, host and port. The URL is already parsed, so an `@` or a colon elsewhere is encoded.
    fn authority(&self) -> &str {
        let rest = self.behind_scheme();
        let end = rest.bytes().position(|b| matches!(b, b'/' | b'?' | b'#')).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn behind_scheme(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, rest)| rest)
    }

    fn from_url(url: &Url) -> Result<Self, UrlFault> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(UrlFault::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(UrlFault::Relative);
        }
        Ok(Self(encode_rest(url.as_str()).into()))
    }
}

/// Displays the URL without its secrets, for messages. Feeds and hubs get [`as_str`](AbsUrl::as_str).
impl std::fmt::Display for AbsUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&without_secrets(&self.0))
    }
}

/// The percent-decoded text; `None` if the result is not UTF-8.
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

fn hex(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| text.get(at).and_then(|b| char::from(*b).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

/// Encodes the characters that the WHATWG parser leaves but RFC 3986 does not allow, among them a `%` that encodes
/// nothing and a second `#`. A bracketed IPv6 host keeps its brackets.
fn encode_rest(url: &str) -> String {
    let host_end = url.find("://").map_or(0, |i| i + 3);
    let path = url.get(host_end..).and_then(|r| r.find('/')).map_or(url.len(), |i| i + host_end);
    let (head, tail) = url.split_at(path);
    let mut out = String::with_capacity(url.len());
    out.push_str(head);
    let mut in_fragment = false;
    for (at, c) in tail.char_indices() {
        match c {
            '[' | ']' | '|' | '^' | '`' | '{' | '}' | '\\' | '"' | '<' | '>' => {
                out.push_str(&format!("%{:02X}", c as u32))
            }
            '%' if hex(tail.as_bytes().get(at + 1..).unwrap_or_default()).is_none() => out.push_str("%25"),
            '#' if std::mem::replace(&mut in_fragment, true) => out.push_str("%23"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_undone() {
        assert_eq!(decoded("%D0%B0%20b%2"), Some("а b%2".into()));
        assert_eq!(decoded("%ff"), None);
    }

    #[test]
    fn one_spelling() {
        let url = |s: &str| AbsUrl::parse(s).map(|u| u.as_str().to_owned());
        assert_eq!(
            url("https://пример.рф/путь?a=[1]"),
            Ok("https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?a=%5B1%5D".into())
        );
        assert_eq!(url("HTTPS://Example.ORG"), Ok("https://example.org/".into()));
        assert_eq!(url("https://e.org/5%/%zz%41%4#a#%b"), Ok("https://e.org/5%25/%25zz%41%254#a%23%25b".into()));
        assert_eq!(url("/a"), Err(UrlFault::Relative));
        assert_eq!(url("javascript:alert(1)"), Err(UrlFault::Scheme));
        assert_eq!(AbsUrl::parse("https://e.org/a/b?x").unwrap().path(), "/a/b");
    }
}
