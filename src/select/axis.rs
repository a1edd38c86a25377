//! Groups articles by an axis: their tags, categories, authors, source, language or section. Each value has a label and a
//! folder.

use crate::ledger::FeedIndex;
use crate::model::{Article, ArticlePath, Axis, Lang, Person, Site, TagKey, TagTable, Tagged, Timestamp};
use crate::normalise::engine_names;
use crate::normalise::slugs::{self, Given, SlugClaim};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// One value of an axis, which becomes one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisValue {
    /// What makes two spellings one.
    pub key: String,
    /// The label that readers see.
    pub label: String,
    /// Its folder within the folder of the axis.
    pub slug: String,
    /// Indices of its articles, in the order of `order`.
    pub members: Vec<usize>,
}

/// The values of an axis in the order of their slugs; `order` is that of the articles in each.
pub fn values(
    axis: Axis,
    articles: &[Article],
    order: &[usize],
    tags: &TagTable,
    (site, given): (&Site, &FeedIndex<'_>),
) -> Vec<AxisValue> {
    let mut groups: HashMap<Cow<'_, str>, Group<'_>> = HashMap::new();
    let mut keys = Keys::default();
    for (i, article) in order.iter().filter_map(|i| Some((*i, articles.get(*i)?))) {
        for (key, label) in names(axis, article, site, &mut keys) {
            let since = (article.published, &article.path);
            let group = groups.entry(key).or_insert_with(|| Group { since, label, members: Vec::new() });
            group.members.push(i);
            // The label is the spelling of the oldest article, so that a new article does not rename a feed.
            if since <= group.since {
                (group.since, group.label) = (since, label);
            }
        }
    }
    let groups: BTreeMap<_, _> = groups.into_iter().collect();
    let allotted = match axis {
        Axis::Author | Axis::Source | Axis::Category | Axis::Section => {
            let spelling = site.content.ids.and_then(|recipe| recipe.tags.slug);
            let spelling = spelling.filter(|_| axis == Axis::Category);
            let claim = |(key, group): (&Cow<'_, str>, &Group<'_>)| SlugClaim {
                key: key.to_string(),
                spelt: spelling.map(|rule| engine_names::tag(group.label, rule)),
                since: (group.since.0, group.since.1.clone()),
            };
            let given = Given { slugs: &given.folders(axis.name()), ..Given::NOTHING };
            slugs::allot(groups.iter().map(claim).collect(), axis.name(), &given)
        }
        Axis::Tag | Axis::Lang => BTreeMap::new(),
    };
    let mut values: Vec<AxisValue> = groups
        .into_iter()
        .filter_map(|(key, Group { label, members, .. })| {
            let (key, label, slug) = match axis {
                Axis::Tag => {
                    let tag = tags.get(&TagKey::new(&key)?)?;
                    (key.into_owned(), tag.label.clone(), tag.slug.clone())
                }
                Axis::Lang => (key.to_string(), label.to_owned(), key.into_owned()),
                Axis::Author | Axis::Source | Axis::Category | Axis::Section => {
                    let slug = allotted.get(&*key)?.slug.clone();
                    (key.into_owned(), label.to_owned(), slug)
                }
            };
            Some(AxisValue { key, label, slug, members })
        })
        .collect();
    values.sort_by(|a, b| a.slug.cmp(&b.slug));
    values
}

/// Number of values that an article has.
pub fn count(axis: Axis, article: &Article, site: &Site) -> usize {
    names(axis, article, site, &mut Keys::default()).len()
}

/// The authors of an article: its own, otherwise the site's.
pub fn authors<'a>(article: &'a Article, site: &'a Site) -> &'a [Person] {
    if article.authors.is_empty() { &site.authors } else { &article.authors }
}

/// The language of an article: its own, otherwise the site's.
pub fn lang<'a>(article: &'a Article, site: &'a Site) -> Option<&'a Lang> {
    article.lang.as_ref().or(site.lang.as_ref())
}

/// One value while its articles are collected.
struct Group<'a> {
    /// The oldest article.
    since: (Timestamp, &'a ArticlePath),
    label: &'a str,
    members: Vec<usize>,
}

/// A cache of keys by spelling: a hundred thousand articles have few authors.
#[derive(Default)]
struct Keys<'a>(HashMap<&'a str, Option<TagKey>>);

impl<'a> Keys<'a> {
    fn resolve(&mut self, name: &'a str) -> Option<(Cow<'a, str>, &'a str)> {
        let key = self.0.entry(name).or_insert_with(|| TagKey::new(name)).as_ref()?;
        Some((Cow::Owned(key.as_str().to_owned()), name))
    }
}

/// The values of one article: the key of each and its spelling here.
fn names<'a>(axis: Axis, article: &'a Article, site: &'a Site, keys: &mut Keys<'a>) -> Vec<(Cow<'a, str>, &'a str)> {
    let spelt = |all: &'a [Tagged]| all.iter().map(|(key, spelling, _)| (key.as_str().into(), &**spelling)).collect();
    match axis {
        Axis::Tag => spelt(&article.tags),
        Axis::Category => spelt(&article.categories),
        Axis::Author => {
            let people: BTreeMap<_, _> = authors(article, site).iter().filter_map(|p| keys.resolve(&p.name)).collect();
            people.into_iter().collect()
        }
        Axis::Source => article.attribution.iter().filter_map(|s| keys.resolve(&s.name)).collect(),
        Axis::Section => site.section(&article.path).and_then(|name| keys.resolve(name)).into_iter().collect(),
        Axis::Lang => lang(article, site).map(|l| (l.as_str().to_lowercase().into(), l.as_str())).into_iter().collect(),
    }
}
