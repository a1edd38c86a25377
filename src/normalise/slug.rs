//! The slug: as written if it is safe as one path segment; otherwise derived from it, from a title that is a slug, from
//! the file's name, and finally from a hash of the path. The result is always a [`Slug`], so it cannot leave its
//! folder.

use super::findings::{Findings, quoted};
use super::slugs;
use crate::diagnostic::Code;
use crate::model::{ArticlePath, Located, PathInfo, RawArticle, Slug, decoded};

/// The slug of an article, with the place of its origin. `from_title` is the title if it is a slug. `None` only if the
/// hash of the path is not a slug.
pub fn read(
    raw: &RawArticle,
    from_title: Option<&str>,
    path_info: &PathInfo<'_>,
    findings: &mut Findings<'_>,
) -> Option<Located<Slug>> {
    if let Some(written) = &raw.slug {
        let value = written.value.trim();
        if let Some(slug) = Slug::new(value) {
            return Some(Located::new(slug, written.at));
        }
        // Some engines store slugs percent-encoded; the decoded letters make a better slug.
        let letters = decoded(value).unwrap_or_else(|| value.to_owned());
        let slug = Slug::new(&slugs::ascii(&letters)).or_else(|| from_file(&raw.path, path_info))?;
        findings.report(
            Code::UnsafeSlug,
            written.at,
            format!("the slug {} cannot be used in a URL path; using {}", quoted(value), quoted(slug.as_str())),
            "use letters, digits and hyphens only, at most 200 bytes",
        );
        return Some(Located::new(slug, written.at));
    }
    let title_at = raw.title.as_ref().map_or(raw.head, |t| t.at);
    let (slug, at, origin) = match from_title.and_then(Slug::new) {
        Some(slug) => (slug, title_at, "title"),
        None => (from_file(&raw.path, path_info)?, raw.head, "path"),
    };
    findings.report(
        Code::MissingSlug,
        raw.head,
        format!("no slug given; using {}, derived from the {origin}", quoted(slug.as_str())),
        format!("add `slug: {slug}` to the front matter to keep it when the {origin} changes"),
    );
    Some(Located::new(slug, at))
}

fn from_file(path: &ArticlePath, path_info: &PathInfo<'_>) -> Option<Slug> {
    Slug::new(&slugs::ascii(path_info.undated))
        .or_else(|| Slug::new(&slugs::ascii(path_info.name)))
        .or_else(|| Slug::new(&format!("article-{}", slugs::hash(path.as_str(), 12))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;
    use proptest::prelude::*;

    fn slug(path: &str, written: Option<&str>, title: Option<&str>) -> (String, Vec<Code>) {
        let raw = RawArticle {
            path: ArticlePath::new(path),
            slug: written.map(|s| Located::new(s.to_owned(), Place::new(3, 7, 1))),
            ..RawArticle::default()
        };
        let mut sink: Vec<crate::diagnostic::Diagnostic> = Vec::new();
        let site = crate::model::trial::site("https://e.org/");
        let path_info = site.path_info(&raw.path);
        let slug = read(&raw, title, &path_info, &mut Findings::new(path, &mut sink)).unwrap().value;
        (slug.to_string(), sink.iter().map(|f| f.code).collect())
    }

    #[test]
    fn where_slugs_come_from() {
        let made = |s: &str| (s.to_owned(), vec![Code::MissingSlug]);
        assert_eq!(slug("a.md", Some("Привет_1"), None), ("Привет_1".into(), vec![]));
        assert_eq!(slug("b.md", None, Some("a-b-c")), made("a-b-c"));
        assert_eq!(slug("n/2025-06-08-Новости дня.md", None, None), made("novosti-dnya"));
        assert_eq!(slug("n/20250608_x.y.md", None, None), made("x-y"));
        assert_eq!(slug("n/2025-06-08.md", None, None), made("2025-06-08"));
        assert_eq!(slug("n/2025-06-08-my/index.md", None, None), made("my"));
        assert_eq!(slug("index.md", None, None), made("index"));
        assert!(slug("n/\u{200b}.md", None, None).0.starts_with("article-"));
    }

    #[test]
    fn unsafe_slugs_are_made_safe() {
        let made = |s: &str| (s.to_owned(), vec![Code::UnsafeSlug]);
        assert_eq!(slug("f.md", Some("../../etc/passwd"), None), made("etc-passwd"));
        assert_eq!(slug("f.md", Some("a/b"), None), made("a-b"));
        assert_eq!(slug("f.md", Some("."), None), made("f"));
        assert_eq!(slug("f.md", Some(" "), None), made("f"));
        assert_eq!(slug("f.md", Some("a\0b c"), None), made("a-b-c"));
        assert_eq!(slug("f.md", Some("sin%e2%80%8a-ready"), None), made("sin-ready"));
        assert_eq!(slug("f.md", Some("%2e%2e%2f"), None), made("f"));
        assert_eq!(slug("f.md", Some(&"x".repeat(400)), None).0.len(), 80);
        assert_ne!(slug("f.md", Some(&"x".repeat(400)), None), slug("f.md", Some(&"x".repeat(401)), None));
    }

    proptest! {
        #[test]
        fn a_slug_never_leaves_its_folder(written in any::<String>(), path in "[a-z./ \u{0}-\u{1f}я]{1,20}\\.md") {
            for slug in [slug(&path, Some(&written), None).0, slug(&path, None, None).0] {
                prop_assert!(!slug.is_empty() && slug.len() <= 200 && !slug.starts_with('.'));
                prop_assert!(!slug.contains(['/', '\\', '\0', '%']));
            }
        }
    }
}
