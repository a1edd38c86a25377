//! Addresses in a form in which those of one page are equal: without scheme, `www.`, the slash at the end, `index.html`, `.html`
//! and tracking parameters, percent-decoded, in Unicode's form NFC.

use crate::model::{AbsUrl, composed, decoded};

/// Names of a page that servers give for its folder.
const INDEXES: [&str; 4] = ["/index.html", "/index.htm", "/index.php", "/index"];

/// Parameters by which visits are counted; they do not choose a page.
const TRACKING: [&str; 8] = ["source", "ref", "fbclid", "gclid", "mc_cid", "mc_eid", "at_medium", "at_campaign"];

/// An address in normal form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NormalAddress {
    /// The host without `www.`
    pub(super) host: String,
    /// Path and query; empty for the front page.
    pub(super) page: String,
}

impl NormalAddress {
    /// Of an address, which may be relative to the site.
    pub(super) fn new(written: &str, base: &AbsUrl) -> Option<Self> {
        let url = AbsUrl::parse(written).or_else(|_| base.join(written)).ok().filter(|_| !written.trim().is_empty())?;
        let host = url.host();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let query = url.as_str().split('#').next().unwrap_or_default().split_once('?').map_or("", |(_, query)| query);
        let path = decoded(url.path()).unwrap_or_else(|| url.path().to_owned());
        let mut page = composed(page_of(&path).to_owned());
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        if !kept.is_empty() {
            page = format!("{page}?{}", kept.join("&"));
        }
        Some(Self { host, page })
    }

    /// The last part of the path, in lower case.
    pub(super) fn slug(&self) -> Option<String> {
        let path = self.page.split('?').next().unwrap_or_default();
        path.rsplit('/').next().filter(|slug| !slug.is_empty()).map(str::to_lowercase)
    }
}

/// `N` of `https://example.org/?p=N`, the address by which WordPress knows a post.
pub(super) fn post_number(written: &str) -> Option<u64> {
    let query = written.split('#').next()?.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix("p=")).and_then(|number| number.parse().ok())
}

fn page_of(path: &str) -> &str {
    let path = INDEXES.iter().find_map(|index| path.strip_suffix(index)).unwrap_or(path).trim_end_matches('/');
    path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path)
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    name.starts_with("utm_") || TRACKING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_equal() {
        let base = AbsUrl::parse("https://e.org/").unwrap();
        let normal = |written: &str| NormalAddress::new(written, &base).unwrap();
        let page = normal("https://e.org/2024/caf%C3%A9/");
        for written in [
            "http://www.e.org/2024/café",
            "https://E.org:443/2024/cafe\u{301}/index.html",
            "https://e.org/2024/caf%c3%a9.html?utm_source=rss&utm_medium=feed",
            "/2024/café/?source=rss-1f#more",
            "https://e.org/2024/café?ref=feed",
        ] {
            assert_eq!(normal(written), page, "{written}");
        }
        for written in ["https://e.org/2024/cafe", "https://e.org/2024/café?page=2", "https://b.org/2024/café"] {
            assert_ne!(normal(written), page, "{written}");
        }
        assert_eq!(normal("https://e.org/a/My-Post.html").slug().as_deref(), Some("my-post"));
        assert_eq!(normal("https://e.org/").slug(), None);
        assert_eq!(post_number("https://e.org/?p=17"), Some(17));
        assert_eq!(post_number("https://e.org/?page=17"), None);
        assert!(NormalAddress::new(" ", &base).is_none());
    }
}
