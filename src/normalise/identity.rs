//! The id of an article: an absolute IRI, the same in all formats and for ever (RFC 4287 section 4.2.6). As written; else
//! a `tag:` URI (RFC 4151) of the slug once the site says since when it owns its host; else the permalink. Never of the
//! date or the title, which change.

use super::encode;
use crate::model::{AbsUrl, EntryId, RawArticle, Site, Slug};

/// The id that the author wrote (`id`, `guid`); a value that is no IRI is made part of one of the site's.
pub fn written(raw: &RawArticle, site: &Site) -> Option<EntryId> {
    let value = raw.id.as_ref()?.value.trim();
    if value.is_empty() {
        return None;
    }
    EntryId::new(value)
        .filter(is_sound)
        .or_else(|| of_site(value, site))
        .or_else(|| EntryId::new(&format!("{}#{}", site.url, encode::specific(value))))
}

/// The id of an article that has none written. `None` only if a permalink were no IRI.
pub fn made(slug: &Slug, permalink: &AbsUrl, site: &Site) -> Option<EntryId> {
    of_encoded(&encode::slug(slug), site).or_else(|| EntryId::new(permalink.as_str()))
}

/// `tag:<host>,<since>:<value>`; `None` where the site does not say since when.
pub fn of_site(value: &str, site: &Site) -> Option<EntryId> {
    of_encoded(&encode::specific(value), site)
}

fn of_encoded(specific: &str, site: &Site) -> Option<EntryId> {
    let since = site.since.as_ref()?;
    EntryId::new(&["tag:", &site.url.host(), ",", since.as_str(), ":", specific].concat())
}

/// A web address must be a whole one, or readers that open it go nowhere.
fn is_sound(id: &EntryId) -> bool {
    let scheme = id.as_str().split(':').next().unwrap_or_default().to_ascii_lowercase();
    if !matches!(&*scheme, "http" | "https") {
        return true;
    }
    id.as_str().get(scheme.len()..).is_some_and(|rest| rest.starts_with("://"))
        && AbsUrl::parse(id.as_str()).is_ok_and(|url| !url.has_credentials())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;
    use crate::model::{Located, Place, Since};
    use proptest::prelude::*;

    fn id(value: &str, url: &str, since: Option<&str>) -> String {
        let mut site = trial::site(url);
        site.since = since.and_then(Since::new);
        let raw = RawArticle { id: Some(Located::new(value.into(), Place::WHOLE)), ..RawArticle::default() };
        written(&raw, &site).unwrap().to_string()
    }

    #[test]
    fn written_ids() {
        let (site, since) = ("https://e.org:8080/blog/", Some("2025-06"));
        assert_eq!(id("urn:uuid:1", site, since), "urn:uuid:1");
        assert_eq!(id("https://x.org/?p=1", site, since), "https://x.org/?p=1");
        assert_eq!(id("post 1/ж", site, since), "tag:e.org,2025-06:post%201/%D0%B6");
        assert_eq!(id("post 1", site, None), "https://e.org:8080/blog/#post%201");
        assert_eq!(id("http:/x", site, since), "tag:e.org,2025-06:http:/x");
        assert_eq!(id("https://me:pw@x.org/", site, None), "https://e.org:8080/blog/#https://me:pw@x.org/");
    }

    #[test]
    fn made_ids() {
        let mut site = trial::site("https://пример.рф/");
        let (slug, page) = (Slug::new("тег").unwrap(), AbsUrl::parse("https://x.org/a").unwrap());
        assert_eq!(made(&slug, &page, &site).unwrap().as_str(), "https://x.org/a");
        site.since = Since::new("2025");
        assert_eq!(made(&slug, &page, &site).unwrap().as_str(), "tag:xn--e1afmkfd.xn--p1ai,2025:%D1%82%D0%B5%D0%B3");
    }

    proptest! {
        #[test]
        fn every_written_value_becomes_an_id(value in "\\PC{1,40}") {
            prop_assume!(!value.trim().is_empty());
            id(&value, "https://e.org/", None);
            id(&value, "https://e.org/", Some("2025"));
        }
    }
}
