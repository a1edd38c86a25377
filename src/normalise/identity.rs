//! The id of an article: an absolute IRI, equal in all formats and permanent (RFC 4287 section 4.2.6). The written id
//! wins, unless it is in a key that the engine's feed did not use; then the rule of the engine (`content.ids`), so that those who subscribed to the engine's feed see nothing twice; then a `tag:` URI (RFC 4151) of the slug, if the config says since when the site owns its host; then the
//! permalink. Never derived from the date or the title, which change.

use super::encode;
use super::engine_ids::{self, IdParts};
use crate::model::{self, AbsUrl, EntryId, Guids, RawArticle, Recipe, Site, Slug};
use std::borrow::Cow;

/// The ids of an article, and whether the author wrote them.
pub fn read(parts: IdParts<'_>, slug: &Slug, site: &Site) -> Option<(EntryId, Option<Box<Guids>>, bool)> {
    let recipe = site.content.ids;
    let is_used = recipe.is_none_or(Recipe::uses_written_ids) || site.content.fields.contains_key("id");
    if let Some((id, guids)) = written(parts.raw, site).filter(|_| is_used) {
        let atom = recipe.and_then(|recipe| engine_ids::atom_beside_written(recipe, parts));
        return Some(match atom {
            Some(atom) => {
                let guids = guids.or_else(|| Guids::from_written(id.as_str(), &atom));
                (atom, guids, true)
            }
            None => (id, guids, true),
        });
    }
    let (id, guids) = match recipe.and_then(|recipe| engine_ids::made(recipe, parts)) {
        Some(made) => made,
        None => (made(slug, parts.permalink, site)?, None),
    };
    Some((id, guids, false))
}

/// The ids that the author wrote (`id`, `guid`). RSS and JSON Feed get the value as it is. Atom gets it where it is an ASCII IRI
/// that validators accept; else its normal form, or an IRI of the site that holds it.
fn written(raw: &RawArticle, site: &Site) -> Option<(EntryId, Option<Box<Guids>>)> {
    let value = raw.id.as_ref()?.value.trim();
    if value.is_empty() {
        return None;
    }
    let spelt = in_one_spelling(value);
    let id = EntryId::new(&spelt)
        .filter(|id| id.as_str().is_ascii() && id.is_sound())
        .or_else(|| of_site(value, site))
        .or_else(|| EntryId::new(&format!("{}#{}", site.url.as_str(), encode::specific(value))))?;
    let guids = Guids::from_written(value, &id);
    Some((id, guids))
}

/// The value normalised for string comparison: the scheme in lower case, and for a web address the host in lower case
/// and a path. A value already in this form is unchanged.
fn in_one_spelling(value: &str) -> Cow<'_, str> {
    let is_other_spelling = EntryId::new(value).is_some() && (model::sound_id(value).is_err() || !value.is_ascii());
    let Some((scheme, rest)) = value.split_once(':').filter(|_| is_other_spelling) else { return value.into() };
    let scheme = scheme.to_ascii_lowercase();
    match (&*scheme, AbsUrl::parse(value)) {
        ("http" | "https", Ok(url)) if rest.starts_with("//") => url.as_str().to_owned().into(),
        _ => format!("{scheme}:{rest}").into(),
    }
}

/// The id of an article that has no written one. `None` only if the permalink is not an IRI.
pub fn made(slug: &Slug, permalink: &AbsUrl, site: &Site) -> Option<EntryId> {
    of_encoded(&encode::slug(slug), site).or_else(|| EntryId::new(permalink.as_str()))
}

/// `tag:<host>,<since>:<value>`; `None` if the config does not say since when the site owns its host.
pub fn of_site(value: &str, site: &Site) -> Option<EntryId> {
    of_encoded(&encode::specific(value), site)
}

fn of_encoded(specific: &str, site: &Site) -> Option<EntryId> {
    EntryId::new(&[site.tag_prefix()?.as_str(), specific].concat())
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
        written(&raw, &site).unwrap().0.to_string()
    }

    #[test]
    fn written_ids() {
        let (site, since) = ("https://e.org:8080/blog/", Some("2025-06"));
        let uuid = "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a";
        assert_eq!(id(uuid, site, since), uuid);
        for (written, read) in [
            ("urn:uuid:1", "tag:e.org,2025-06:urn:uuid:1"),
            ("tag:foo", "tag:e.org,2025-06:tag:foo"),
            ("tag:x.org,2025:ж", "tag:e.org,2025-06:tag:x.org,2025:%D0%B6"),
            ("Tag:x.org,2025:a", "tag:x.org,2025:a"),
            ("URN:isbn:1", "urn:isbn:1"),
            ("HTTPS://X.org", "https://x.org/"),
            ("https://x.org/ж", "https://x.org/%D0%B6"),
            ("https://x.org/a b", "tag:e.org,2025-06:https://x.org/a%20b"),
            ("doi:10.1/2", "doi:10.1/2"),
        ] {
            assert_eq!(id(written, site, since), read, "{written}");
        }
        assert_eq!(id("1", "http://[::1]/", since), "http://[::1]/#1", "no host of a `tag:` URI");
        assert_eq!(id("1", "https://my_blog.e.org/", since), "https://my_blog.e.org/#1", "nor is this");
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
            for made in [id(&value, "https://e.org/", None), id(&value, "https://e.org/", Some("2025"))] {
                prop_assert_eq!(model::sound_id(&made), Ok(()), "{}", made);
            }
        }
    }
}
