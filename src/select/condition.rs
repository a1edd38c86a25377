//! `where:` of a feed: whether an article belongs to it.

use super::axis;
use crate::model::{Article, Condition, Lang, Site, TagKey};

/// Whether the condition holds. An empty `all` holds, an empty `any` does not.
pub fn holds(condition: &Condition, article: &Article, site: &Site) -> bool {
    match condition {
        Condition::Tag(key) => article.tags.iter().any(|(tag, _, _)| tag == key),
        Condition::Featured(wanted) => article.featured == *wanted,
        Condition::Lang(range) => axis::lang(article, site).is_some_and(|lang| matches_range(lang, range)),
        Condition::Source(name) => {
            article.attribution.as_ref().is_some_and(|s| TagKey::new(&s.name) == TagKey::new(name))
        }
        Condition::Author(name) => {
            let wanted = TagKey::new(name);
            axis::authors(article, site).iter().any(|p| TagKey::new(&p.name) == wanted)
        }
        Condition::Section(name) => {
            site.section(&article.path).is_some_and(|section| TagKey::new(section) == TagKey::new(name))
        }
        Condition::All(all) => all.iter().all(|c| holds(c, article, site)),
        Condition::Any(any) => any.iter().any(|c| holds(c, article, site)),
        Condition::Not(not) => !holds(not, article, site),
    }
}

/// `en` matches `en-GB`, `en-GB` does not match `en` (basic filtering, RFC 4647 section 3.3.1).
fn matches_range(lang: &Lang, range: &Lang) -> bool {
    let rest = lang.as_str().strip_prefix(range.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;
    use crate::model::{Attribution, Person, Place};

    #[test]
    fn conditions() {
        let mut site = trial::site("https://e.org/");
        site.authors = vec![Person { name: "Ann".into(), email: None, url: None }];
        let tag = |t: &str| TagKey::new(t).unwrap();
        let source = |n: &str| Attribution { name: n.into(), url: None, feed: None, title: n.into(), id: None };
        let article = Article {
            tags: [(tag("Layer2"), "Layer2".into(), Place::WHOLE)].into(),
            attribution: Some(source("DeFiBank").into()),
            lang: Lang::new("en-GB"),
            ..trial::article("posts/sub/a.md", "a")
        };
        let yes = |c: Condition| holds(&c, &article, &site);
        let lang = |l: &str| Condition::Lang(Lang::new(l).unwrap());
        assert!(yes(Condition::Tag(tag("LAYER2"))) && !yes(Condition::Tag(tag("x"))));
        assert!(yes(lang("en")) && yes(lang("en-GB")) && !yes(lang("en-US")) && !yes(lang("ru")));
        assert!(yes(Condition::Source("defibank".into())) && yes(Condition::Author("ann".into())));
        let section = |name: &str| Condition::Section(name.into());
        assert!(yes(section("posts")) && yes(section("Posts")) && !yes(section("a")) && !yes(section("post")));
        assert!(yes(Condition::Featured(false)) && !yes(Condition::Featured(true)));
        assert!(yes(Condition::All(vec![])) && !yes(Condition::Any(vec![])));
        assert!(yes(Condition::Not(Box::new(lang("ru")))));
        assert!(
            yes(Condition::Any(vec![lang("ru"), lang("en")])) && !yes(Condition::All(vec![lang("ru"), lang("en")]))
        );
    }
}
