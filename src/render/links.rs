//! References of a body → absolute ASCII URLs, resolved against the article's permalink (RFC 3986 section 5).
//!
//! Links may use http, https and the schemes of [`OPAQUE_SCHEMES`]; media http and https. Every other scheme is refused:
//! browsers run some of them, others read the subscriber's disk. Control characters and white space inside a scheme are removed first, as browsers
//! do
//! (WHATWG URL, "basic URL parser"), so that they cannot hide the scheme.

use super::dead_link;
use crate::model::{AbsUrl, UrlFault};
use memchr::memmem;
use std::borrow::Cow;

/// The schemes besides http and https that a link may have: those that Miniflux keeps, and `gemini`, `matrix` and `sms`.
/// A program of the subscriber opens them; none of them runs a script or reads a file.
pub const OPAQUE_SCHEMES: [&str; 38] = [
    "apt",
    "bitcoin",
    "callto",
    "dav",
    "davs",
    "ed2k",
    "facetime",
    "feed",
    "ftp",
    "gemini",
    "geo",
    "git",
    "gopher",
    "irc",
    "irc6",
    "ircs",
    "itms",
    "itms-apps",
    "magnet",
    "mailto",
    "matrix",
    "news",
    "nntp",
    "rtmp",
    "sftp",
    "shortcuts",
    "sip",
    "sips",
    "skype",
    "sms",
    "spotify",
    "ssh",
    "steam",
    "svn",
    "svn+ssh",
    "tel",
    "webcal",
    "xmpp",
];

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// `href`, `cite`: a reader may follow it.
    Link,
    /// `src`, `srcset`, `poster`: a reader loads it.
    Media,
}

/// Why a reference cannot be used in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFault {
    /// Its scheme is not allowed.
    Scheme(String),
    /// It cannot be read.
    Unreadable,
    /// A part of it was removed with a leftover of a template.
    Dead,
}

/// The absolute form of a reference.
pub fn resolve<'t>(base: &AbsUrl, reference: &'t str, purpose: LinkPurpose) -> Result<Cow<'t, str>, LinkFault> {
    if dead_link::is_in(reference) {
        return Err(LinkFault::Dead);
    }
    if is_canonical(reference) {
        return Ok(Cow::Borrowed(reference));
    }
    match (scheme(reference).as_deref(), purpose) {
        (None | Some("http" | "https"), _) => match base.join(reference) {
            Ok(url) => Ok(Cow::Owned(url.as_str().to_owned())),
            Err(UrlFault::Scheme) => Err(LinkFault::Scheme(String::new())),
            Err(_) => Err(LinkFault::Unreadable),
        },
        (Some(other), LinkPurpose::Link) if OPAQUE_SCHEMES.contains(&other) => Ok(Cow::Owned(opaque(reference))),
        (Some(other), _) => Err(LinkFault::Scheme(other.to_owned())),
    }
}

/// The candidates of a `srcset` made absolute (HTML, "Parsing a srcset attribute"), and the faults of those left out.
pub fn srcset(base: &AbsUrl, value: &str) -> (String, Vec<LinkFault>) {
    let (mut out, mut faults) = (String::new(), Vec::new());
    let mut rest = value.trim_start_matches(separator);
    while !rest.is_empty() {
        let (url, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let bare = url.trim_end_matches(',');
        let (descriptor, next) = match bare.len() == url.len() {
            true => after.split_once(',').unwrap_or((after, "")),
            false => ("", after),
        };
        match resolve(base, bare, LinkPurpose::Media) {
            Ok(url) => {
                out.push_str(if out.is_empty() { "" } else { ", " });
                // A comma at either end of the URL would be taken for a separator.
                out.push_str(&url.replace(',', "%2C"));
                let descriptor = descriptor.trim();
                if is_descriptor(descriptor) {
                    out.push(' ');
                    out.push_str(descriptor);
                }
            }
            Err(fault) => faults.push(fault),
        }
        rest = next.trim_start_matches(separator);
    }
    (out, faults)
}

/// Whether [`resolve`] would return a reference unchanged. Most links are absolute, and parsing a URL costs ten times
/// more.
fn is_canonical(reference: &str) -> bool {
    let Some(rest) = reference.strip_prefix("https://").or_else(|| reference.strip_prefix("http://")) else {
        return false;
    };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let label = |l: &str| !l.is_empty() && !l.starts_with("xn--") && l.bytes().all(is_host_byte);
    let named = host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_lowercase()));
    named
        && host.split('.').all(label)
        && path.bytes().all(is_path_byte)
        && !path.starts_with('.')
        && memmem::find(path.as_bytes(), b"/.").is_none()
}

const fn is_path_byte(b: u8) -> bool {
    matches!(b, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'(' | b')'
        | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'?' | b'#')
}

fn is_host_byte(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'
}

/// The scheme as a browser sees it, in lower case.
fn scheme(reference: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in reference.trim_start_matches(|c: char| c.is_control() || c.is_whitespace()).chars() {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            '\t' | '\n' | '\r' => {}
            c if c.is_ascii_alphabetic() || (!scheme.is_empty() && (c.is_ascii_digit() || "+-.".contains(c))) => {
                scheme.push(c.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    None
}

/// A URL that is not one of the web, such as `mailto:`, with nothing in it that a URL may not hold.
fn opaque(reference: &str) -> String {
    let mut out = String::with_capacity(reference.len());
    for c in reference.trim_matches(|c: char| c.is_control() || c.is_whitespace()).chars() {
        match c {
            '\t' | '\n' | '\r' => {}
            c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?#%".contains(c) => out.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out.push_str(&format!("%{b:02X}"))),
        }
    }
    let scheme = out.find(':').unwrap_or_default();
    if let Some(name) = out.get_mut(..scheme) {
        name.make_ascii_lowercase();
    }
    out
}

fn separator(c: char) -> bool {
    c.is_ascii_whitespace() || c == ','
}

/// `2x`, `640w`, `480h`.
fn is_descriptor(text: &str) -> bool {
    text.strip_suffix(['x', 'w', 'h'])
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(reference: &str) -> Result<String, LinkFault> {
        let base = AbsUrl::parse("https://e.org/a/b/").unwrap();
        resolve(&base, reference, LinkPurpose::Link).map(Cow::into_owned)
    }

    #[test]
    fn references_become_absolute_ascii() {
        for (reference, url) in [
            ("../c", "https://e.org/a/c"),
            ("/x y", "https://e.org/x%20y"),
            ("#прорыв", "https://e.org/a/b/#%D0%BF%D1%80%D0%BE%D1%80%D1%8B%D0%B2"),
            ("//cdn.org/x", "https://cdn.org/x"),
            ("?q=1&r=2", "https://e.org/a/b/?q=1&r=2"),
            ("https://пример.рф/я", "https://xn--e1afmkfd.xn--p1ai/%D1%8F"),
            ("MailTo:я@e.org", "mailto:%D1%8F@e.org"),
            ("tel:+7 495", "tel:+7%20495"),
            ("magnet:?xt=urn:btih:c1&dn=a b", "magnet:?xt=urn:btih:c1&dn=a%20b"),
            ("XMPP:a@b.ex?join", "xmpp:a@b.ex?join"),
            ("gemini://g.ex/", "gemini://g.ex/"),
            ("ftp://f.ex/a", "ftp://f.ex/a"),
            ("ircs://i.ex/c", "ircs://i.ex/c"),
            ("feed:https://a.ex/", "feed:https://a.ex/"),
            ("geo:1,2", "geo:1,2"),
            ("sms:+1", "sms:+1"),
            ("matrix:r/a:b.ex", "matrix:r/a:b.ex"),
            ("steam://run/1", "steam://run/1"),
            ("svn+ssh://s.ex/r", "svn+ssh://s.ex/r"),
            ("", "https://e.org/a/b/"),
        ] {
            assert_eq!(link(reference).as_deref(), Ok(url), "{reference}");
        }
    }

    #[test]
    fn hidden_schemes_are_refused() {
        for reference in [
            "javascript:alert(1)",
            " \u{1}JaVa\tScr\nipt:alert(1)",
            "vbscript:x",
            "view-source:https://e.org/",
            "ms-msdt:/id x",
            "shell:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "blob:https://e.org/x",
            "\u{a0}javascript:x",
        ] {
            assert!(matches!(link(reference), Err(LinkFault::Scheme(_))), "{reference:?}");
        }
        assert_eq!(link("https://[::1"), Err(LinkFault::Unreadable));
        assert_eq!(link("https://"), Err(LinkFault::Unreadable));
        let base = AbsUrl::parse("https://e.org/").unwrap();
        for reference in ["mailto:a@e.org", "magnet:?xt=a", "ftp://e.org/a.png"] {
            assert!(resolve(&base, reference, LinkPurpose::Media).is_err());
        }
        assert!(OPAQUE_SCHEMES.is_sorted());
    }

    #[test]
    fn what_is_canonical_is_what_resolving_gives() {
        let base = AbsUrl::parse("https://e.org/a/b/").unwrap();
        for reference in [
            "https://example.org/123?a=1&b=2#c",
            "http://i.ibb.co/x/postint.webp",
            "https://1.2.3/",
            "https://0x7f.1/",
            "https://e.org/a/../b",
            "https://e.org/./b",
            "https://e.org/a/.",
            "https://E.org/",
            "https://e.org/a/..?x",
            "https://e.org:443/",
            "https://e.org?x",
            "https://-e.org/",
            "https://e..org/",
            "https://a.e1/",
        ] {
            if is_canonical(reference) {
                assert_eq!(base.join(reference).unwrap().as_str(), reference);
            }
        }
        assert!(is_canonical("https://example.org/123?a=1&b=2"));
    }

    #[test]
    fn every_candidate_of_a_srcset_is_absolute() {
        let base = AbsUrl::parse("https://e.org/a/").unwrap();
        let (set, faults) = srcset(&base, "x.png, /y.png 2x,javascript:1 3x , z.png 100w");
        assert_eq!(set, "https://e.org/a/x.png, https://e.org/y.png 2x, https://e.org/a/z.png 100w");
        assert_eq!(faults.len(), 1);
    }
}
