//! The article's own address: as written (`url`, `permalink`, a `canonical` on the site's own host), else by the
//! pattern of the config, joined to the site's URL. A `canonical` elsewhere is the page the article comes from.

use super::findings::Findings;
use super::{encode, urls};
use crate::model::{AbsUrl, ArticlePath, Lang, Located, RawArticle, Site, Slug, Timestamp};

/// The addresses of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Its own page, and where it was written.
    pub permalink: Located<Option<AbsUrl>>,
    /// A page elsewhere that the article comes from.
    pub via: Option<AbsUrl>,
}

/// The written addresses.
pub fn written(raw: &RawArticle, site: &Site, findings: &mut Findings<'_>) -> Addresses {
    let field = |written: &Option<Located<String>>, name: &str, findings: &mut Findings<'_>| {
        let written = written.as_ref()?;
        Some(Located::new(urls::on_site(written, name, site, findings)?, written.at))
    };
    let permalink = field(&raw.permalink, "url", findings);
    // `example.org/page` names another site and forgot its scheme; only a path from the root is the site's own.
    let canonical = match &raw.canonical {
        Some(text) if text.value.trim().starts_with('/') => field(&raw.canonical, "canonical", findings),
        Some(text) => urls::absolute(text, "canonical", findings).map(|url| Located::new(url, text.at)),
        None => None,
    };
    let (own, via) = match canonical {
        Some(url) if url.value.host() == site.url.host() => (Some(url), None),
        Some(url) => (None, Some(url.value)),
        None => (None, None),
    };
    let permalink = permalink.or(own).map_or(Located::new(None, raw.head), |url| url.map(Some));
    Addresses { permalink, via }
}

/// What a pattern's placeholders stand for.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// `{slug}`.
    pub slug: &'a Slug,
    /// `{year}`, `{month}`, `{day}`, in the site's zone.
    pub published: Timestamp,
    /// `{lang}`, in lower case; the site's language where the article has none.
    pub lang: Option<&'a Lang>,
    /// `{path}`: without extension, and without `index` at its end.
    pub path: &'a ArticlePath,
}

/// The address by the site's pattern. Empty placeholders leave no empty segment.
pub fn by_pattern(parts: Parts<'_>, site: &Site) -> AbsUrl {
    let date = parts.published.datetime();
    let lang = parts.lang.or(site.lang.as_ref()).map(|l| l.as_str().to_lowercase()).unwrap_or_default();
    let values = [
        ("{slug}", encode::segment(parts.slug.as_str())),
        ("{year}", date.format("%Y").to_string()),
        ("{month}", date.format("%m").to_string()),
        ("{day}", date.format("%d").to_string()),
        ("{lang}", lang),
        ("{path}", encode::path(page_path(parts.path))),
    ];
    let filled = fill(&site.content.permalink.0, &values);
    let mut address = String::with_capacity(filled.len());
    for c in filled.trim_start_matches('/').chars() {
        if c != '/' || !address.ends_with('/') {
            address.push(c);
        }
    }
    // The `./` keeps a first segment with a colon from being taken for a scheme.
    site.url.join(&format!("./{address}")).unwrap_or_else(|_| site.url.clone())
}

/// One pass, so that a value which looks like a placeholder is not filled again.
fn fill(pattern: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, from)) = rest.find('{').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let known = values.iter().find_map(|(name, value)| Some((value, from.strip_prefix(name)?)));
        match known {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn page_path(path: &ArticlePath) -> &str {
    if matches!(path.stem(), "index" | "_index") {
        return path.folder();
    }
    let name_at = path.folder().len();
    path.as_str()
        .get(..path.as_str().rfind('.').filter(|dot| *dot > name_at + 1).unwrap_or(usize::MAX))
        .unwrap_or(path.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::trial;
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::model::{PermalinkPattern, Place};

    fn made(url: &str, pattern: &str, path: &str, lang: Option<&str>) -> String {
        let mut site = trial::site(url);
        site.content.permalink = PermalinkPattern(pattern.into());
        site.timezone = chrono_tz::Tz::Europe__Moscow;
        let lang = lang.and_then(Lang::new);
        let parts = Parts {
            slug: &Slug::new("тег").unwrap(),
            published: Timestamp::from_unix(1_749_330_000).unwrap().in_zone(site.timezone),
            lang: lang.as_ref(),
            path: &ArticlePath::new(path),
        };
        by_pattern(parts, &site).to_string()
    }

    #[test]
    fn patterns() {
        let e = "https://e.org/";
        assert_eq!(made(e, "/{slug}/", "a.md", None), "https://e.org/%D1%82%D0%B5%D0%B3/");
        assert_eq!(
            made("https://e.org/blog/", "/{year}/{month}/{day}/x", "a.md", None),
            "https://e.org/blog/2025/06/08/x"
        );
        assert_eq!(made(e, "/{lang}/{path}/", "a b/c?.d.md", None), "https://e.org/ru/a%20b/c%3F.d/");
        assert_eq!(made(e, "{lang}/{path}/", "a/index.md", Some("en-GB")), "https://e.org/en-gb/a/");
        assert_eq!(made(e, "/{path}/", "index.md", None), "https://e.org/");
        assert_eq!(made(e, "/{path}/", "{slug}.md", None), "https://e.org/%7Bslug%7D/");
        assert_eq!(made(e, "/../{nope}/{path}", "a:b.md", None), "https://e.org/%7Bnope%7D/a%3Ab");
    }

    fn fields(permalink: Option<&str>, canonical: Option<&str>, url: &str) -> (Option<String>, Option<String>, usize) {
        let located = |t: &str| Located::new(t.to_owned(), Place::new(1, 1, 1));
        let raw = RawArticle {
            permalink: permalink.map(located),
            canonical: canonical.map(located),
            ..RawArticle::default()
        };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = written(&raw, &trial::site(url), &mut Findings::new("a.md", &mut sink));
        assert!(sink.iter().all(|f| f.code == Code::BadUrl && !f.message.contains("secret")));
        (got.permalink.value.map(|u| u.to_string()), got.via.map(|u| u.to_string()), sink.len())
    }

    #[test]
    fn written_addresses() {
        let some = |s: &str| Some(s.to_owned());
        let e = "https://e.org/blog/";
        assert_eq!(fields(some("/a/").as_deref(), None, e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(Some("/blog/a/"), None, e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(Some("a:b/"), None, e), (None, None, 1));
        assert_eq!(fields(Some("https://x.org/a"), None, e), (some("https://x.org/a"), None, 0));
        assert_eq!(fields(None, Some("https://E.org/c"), e), (some("https://e.org/c"), None, 0));
        assert_eq!(fields(Some("/a/"), Some("https://e.org/c"), e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(None, Some("https://x.org/c"), e), (None, some("https://x.org/c"), 0));
        assert_eq!(fields(None, Some("/c"), e), (some("https://e.org/blog/c"), None, 0));
        assert_eq!(fields(None, Some("x.org/c"), e), (None, None, 1));
        assert_eq!(fields(Some("javascript:x"), Some("https://me:secret@x.org/"), e), (None, None, 2));
    }
}
