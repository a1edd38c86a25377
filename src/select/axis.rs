//! What a family of feeds is made by: the tags, categories, authors, source or language of an article, and the folder of each value.

use crate::model::{Article, Axis, Lang, Person, Site, TagKey, TagTable};
use crate::normalise::slugs::{self, Claim};
use std::collections::BTreeMap;

/// One value of an axis: a feed of its family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Shown to readers.
    pub label: String,
    /// Its folder within the family's.
    pub slug: String,
    /// Indices of its articles, in the order given.
    pub members: Vec<usize>,
}

/// The values of an axis in the order of their slugs; `order` is that of the articles in each.
pub fn values(axis: Axis, articles: &[Article], order: &[usize], tags: &TagTable, site: &Site) -> Vec<Value> {
    let mut groups: BTreeMap<String, Value> = BTreeMap::new();
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    for (i, article) in order.iter().filter_map(|i| Some((*i, articles.get(*i)?))) {
        for (key, label) in names(axis, article, site) {
            let since = (article.published, article.path.clone());
            let claim = claims.entry(key.clone()).or_insert_with(|| Claim { key: key.clone(), since: since.clone() });
            let value = groups.entry(key).or_insert_with(|| Value {
                label: label.clone(),
                slug: String::new(),
                members: Vec::new(),
            });
            value.members.push(i);
            // The label is the spelling of the oldest article, so that a newcomer does not rename a feed.
            if since <= claim.since {
                claim.since = since;
                value.label = label;
            }
        }
    }
    let allotted = match axis {
        Axis::Author | Axis::Source | Axis::Category => slugs::allot(claims.into_values().collect(), axis.name()),
        Axis::Tag | Axis::Lang => BTreeMap::new(),
    };
    let mut values: Vec<Value> = groups
        .into_iter()
        .filter_map(|(key, value)| match axis {
            Axis::Tag => {
                let tag = tags.get(&TagKey::new(&key)?)?;
                Some(Value { label: tag.label.clone(), slug: tag.slug.clone(), ..value })
            }
            Axis::Lang => Some(Value { slug: key, ..value }),
            Axis::Author | Axis::Source | Axis::Category => {
                Some(Value { slug: allotted.get(&key)?.slug.clone(), ..value })
            }
        })
        .collect();
    values.sort_by(|a, b| a.slug.cmp(&b.slug));
    values
}

/// The authors of an article: its own, else the site's.
pub fn authors<'a>(article: &'a Article, site: &'a Site) -> &'a [Person] {
    if article.authors.is_empty() { &site.authors } else { &article.authors }
}

/// The language of an article: its own, else the site's.
pub fn lang<'a>(article: &'a Article, site: &'a Site) -> Option<&'a Lang> {
    article.lang.as_ref().or(site.lang.as_ref())
}

/// The values of one article: a key for each, and its spelling here.
fn names(axis: Axis, article: &Article, site: &Site) -> Vec<(String, String)> {
    let keyed = |name: &str| Some((TagKey::new(name)?.as_str().to_owned(), name.to_owned()));
    match axis {
        Axis::Tag => {
            article.tags.iter().map(|(key, spelling, _)| (key.as_str().to_owned(), spelling.clone())).collect()
        }
        Axis::Category => {
            article.categories.iter().map(|(key, spelling, _)| (key.as_str().to_owned(), spelling.clone())).collect()
        }
        Axis::Author => {
            let people: BTreeMap<String, String> =
                authors(article, site).iter().filter_map(|p| keyed(&p.name)).collect();
            people.into_iter().collect()
        }
        Axis::Source => article.attribution.iter().filter_map(|s| keyed(&s.name)).collect(),
        Axis::Lang => lang(article, site).map(|l| (l.as_str().to_lowercase(), l.to_string())).into_iter().collect(),
    }
}
