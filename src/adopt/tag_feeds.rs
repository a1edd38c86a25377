//! The feeds of tags and categories among the sources: they keep their address and what they listed. A feed is that of a tag whose
//! name is a part of its address, if all its articles have the tag.

use super::AdoptContext;
use super::entries::{SourceAddress, Sources};
use super::matching::MatchOutcome;
use crate::ledger::{FeedIndex, Ledger, LedgerFeed, LineKey, LineState, condition_hash};
use crate::model::{AbsUrl, Article, Axis, FeedPath, FeedRule, Format, Tagged, decoded, is_folder_name};
use std::collections::{BTreeMap, BTreeSet};

/// A feed of a tag or of a category.
pub(super) struct TagFeed {
    axis: Axis,
    value: String,
    label: String,
    /// The name in the address, where it can be a folder here.
    slug: String,
    /// Addresses: RSS, Atom, JSON Feed.
    addresses: [Box<str>; 3],
    /// How many entries it lists at most.
    limit: usize,
    /// The places of the articles that it lists.
    pub(super) articles: BTreeSet<usize>,
}

/// Finds the feeds of tags among the documents.
pub(super) fn find(sources: &Sources, outcomes: &[MatchOutcome], context: &AdoptContext<'_>) -> Vec<TagFeed> {
    let mut listed: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (entry, outcome) in sources.entries.iter().zip(outcomes) {
        if let MatchOutcome::Article(at) = outcome {
            for document in &entry.documents {
                listed.entry(*document).or_default().insert(*at);
            }
        }
    }
    let mut feeds: BTreeMap<(Axis, String), TagFeed> = BTreeMap::new();
    for (document, articles) in listed {
        let Some(source) = sources.documents.get(document) else { continue };
        let Some(feed) = of_document(source, articles, context) else { continue };
        match feeds.entry((feed.axis, feed.value.clone())) {
            std::collections::btree_map::Entry::Vacant(place) => drop(place.insert(feed)),
            std::collections::btree_map::Entry::Occupied(mut known) => known.get_mut().take(feed),
        }
    }
    feeds.into_values().collect()
}

fn of_document(source: &SourceAddress, articles: BTreeSet<usize>, context: &AdoptContext<'_>) -> Option<TagFeed> {
    let url = AbsUrl::parse(&source.address).ok()?;
    let names: Vec<String> = url.path().split('/').filter_map(name).collect();
    let by = |axis: Axis| {
        let is_asked = |rule: &FeedRule| matches!(rule, FeedRule::By { axis: own, .. } if *own == axis);
        if context.site.feeds.iter().any(is_asked) { shared(axis, &articles, context.articles) } else { Vec::new() }
    };
    let fits = |(key, _): &&(String, String)| names.iter().any(|name| is_alike(name, key));
    let found = [Axis::Tag, Axis::Category].into_iter().find_map(|axis| {
        let tags = by(axis);
        let mut fitting = tags.iter().filter(fits);
        let (key, label) = fitting.next().filter(|_| fitting.next().is_none())?;
        Some((axis, key.clone(), label.clone()))
    });
    let (axis, value, label) = found.or_else(|| own(source, context))?;
    let slug = names.into_iter().find(|name| is_alike(name, &value) && is_folder_name(name)).unwrap_or_default();
    let at = Format::ALL.iter().position(|format| *format == source.format)?;
    let mut addresses = <[Box<str>; 3]>::default();
    *addresses.get_mut(at)? = url.as_str().into();
    Some(TagFeed { axis, value, label, slug, addresses, limit: articles.len(), articles })
}

/// A feed that feedmill wrote: its address has the slug of its tag, which no article has any more.
fn own(source: &SourceAddress, context: &AdoptContext<'_>) -> Option<(Axis, String, String)> {
    let rest = source.address.strip_prefix(context.site.output.url.as_str())?;
    let (axis, slug) = context.site.feeds.iter().find_map(|rule| match rule {
        FeedRule::By { axis: axis @ (Axis::Tag | Axis::Category), paths, .. } => {
            let folder = format!("{}/{{slug}}/", axis.folder());
            let default = || FeedPath::in_folder(&folder, source.format);
            let path = paths.get(source.format).cloned().unwrap_or_else(default);
            let file =
                if rest.ends_with('/') { path.file(source.format).replace(path.address(), rest) } else { rest.into() };
            path.slug_in(&file, source.format).map(|slug| (*axis, slug.to_owned()))
        }
        FeedRule::By { .. } | FeedRule::Custom { .. } => None,
    })?;
    let is_used = |article: &Article| tags_of(axis, article).iter().any(|(key, ..)| is_alike(&slug, key.as_str()));
    (!context.articles.iter().any(is_used)).then(|| (axis, slug.clone(), slug))
}

/// The tags or the categories of an article.
fn tags_of(axis: Axis, article: &Article) -> &[Tagged] {
    if axis == Axis::Tag { &article.tags } else { &article.categories }
}

/// A part of an address without its endings, and without percent-encoding.
fn name(part: &str) -> Option<String> {
    let part = decoded(part)?;
    let stem = part.split('.').next().unwrap_or_default();
    (!stem.is_empty()).then(|| stem.to_owned())
}

/// Whether a name in an address is the spelling of a tag: engines leave out signs, and write others in ASCII.
fn is_alike(name: &str, tag: &str) -> bool {
    let letters = |text: &str| {
        let ascii = any_ascii::any_ascii(text).to_lowercase();
        ascii.chars().filter(char::is_ascii_alphanumeric).collect::<String>()
    };
    let (name, tag) = (letters(name), letters(tag));
    !name.is_empty() && name == tag
}

/// The tags that all these articles have, each with its spelling.
fn shared(axis: Axis, at: &BTreeSet<usize>, articles: &[Article]) -> Vec<(String, String)> {
    let tags = |article: &Article| -> BTreeMap<String, String> {
        tags_of(axis, article)
            .iter()
            .map(|(key, spelling, _)| (key.as_str().to_owned(), spelling.to_string()))
            .collect()
    };
    let mut all = at.iter().filter_map(|at| articles.get(*at)).map(tags);
    let Some(mut shared) = all.next() else { return Vec::new() };
    for tags in all {
        shared.retain(|key, _| tags.contains_key(key));
    }
    shared.into_iter().collect()
}

impl TagFeed {
    /// Another format of the same feed.
    fn take(&mut self, other: Self) {
        for (own, address) in self.addresses.iter_mut().zip(other.addresses) {
            if own.is_empty() {
                *own = address;
            }
        }
        self.limit = self.limit.max(other.limit);
        self.articles.extend(other.articles);
    }

    /// The key of its line.
    pub(super) fn key(&self, ledger: &Ledger, context: &AdoptContext<'_>) -> LineKey {
        FeedIndex::new(ledger, context.site).key(self.axis.name(), &self.value)
    }

    /// Its line: what it did not list and is older does not enter it.
    pub(super) fn line(&self, context: &AdoptContext<'_>) -> LedgerFeed {
        let listed = self.articles.iter().filter_map(|at| context.articles.get(*at));
        let oldest = listed.map(|article| article.published).min();
        let has = |article: &Article| tags_of(self.axis, article).iter().any(|(key, ..)| key.as_str() == self.value);
        let others = context.articles.iter().enumerate().filter(|(at, _)| !self.articles.contains(at));
        let is_older = |(_, article): (usize, &Article)| has(article) && Some(article.published) < oldest;
        LedgerFeed {
            state: LineState::Live,
            family: self.axis.name().into(),
            value: self.value.as_str().into(),
            slug: self.slug.as_str().into(),
            label: self.label.as_str().into(),
            floor: oldest.filter(|_| others.into_iter().any(is_older)),
            limit: u32::try_from(self.limit).unwrap_or(u32::MAX),
            rule: condition_hash(""),
            home: context.site.url.as_str().into(),
            addresses: self.addresses.clone(),
        }
    }
}
