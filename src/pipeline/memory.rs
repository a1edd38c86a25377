//! What one run leaves to the next in the same process: heads, entries, and the feeds made of them. `feedmill serve`
//! rebuilds at every edit; of ten thousand articles it reads and renders only the one that changed.
//!
//! This module knows nothing about files or clocks: the owner of a memory calls `forget` for what changed. The result
//! equals that of a run without a memory (`tests`). A head is valid for its bytes; an entry for its head, its tags'
//! labels and, if it used them, the URLs of others; a feed for its outline and its entries. After a change of the
//! config, of image facts or of bytes, forget the values concerned or make a new memory.

use super::documents::RenderedArticle;
use super::heads::Read;
use crate::diagnostic::Diagnostic;
use crate::model::{Article, ArticlePath, Entry, Feed, Outline, Staged};
use crate::normalise::Collection;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// What earlier runs over the same config have made.
#[derive(Default)]
pub struct BuildMemory {
    heads: HashMap<ArticlePath, Read>,
    entries: HashMap<ArticlePath, KnownEntry>,
    feeds: HashMap<String, KnownFeed>,
    /// Fingerprint of the URLs of all articles in this run.
    addresses: u64,
}

struct KnownEntry {
    article: Article,
    labels: Vec<Option<String>>,
    /// Where all articles lived, if that matters.
    addresses_used: Option<u64>,
    entry: Option<Arc<Entry>>,
    findings: Vec<Diagnostic>,
}

struct KnownFeed {
    outline: Outline,
    feed: Feed,
    staged: Vec<Staged>,
    findings: Vec<Diagnostic>,
}

impl BuildMemory {
    /// The file has other bytes, or is gone.
    pub fn forget(&mut self, path: &ArticlePath) {
        self.heads.remove(path);
        self.entries.remove(path);
    }

    /// Forgets all bodies, after an image or its known facts changed.
    pub fn forget_bodies(&mut self) {
        self.entries.clear();
        self.feeds.clear();
    }

    /// Every article whose head could be read, in no order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.heads.values().filter_map(|(read, _)| match read {
            Ok((super::heads::One::Article(article), _)) => Some(article.as_ref()),
            _ => None,
        })
    }

    pub(super) fn head(&self, path: &ArticlePath) -> Option<&Read> {
        self.heads.get(path)
    }

    pub(super) fn keep_heads(&mut self, read: &[(&ArticlePath, Read)]) {
        for (path, read) in read {
            if !self.heads.contains_key(*path) {
                self.heads.insert((*path).clone(), read.clone());
            }
        }
    }

    /// A run begins to render this collection.
    pub(super) fn begin(&mut self, collection: &Collection) {
        let mut hasher = DefaultHasher::new();
        for article in &collection.articles {
            (&article.path, article.permalink.as_str(), article.slug.as_str(), &article.title).hash(&mut hasher);
        }
        self.addresses = hasher.finish();
    }

    /// An article as it was rendered before, if rendering would give the same.
    pub(super) fn entry(&self, index: usize, collection: &Collection) -> Option<RenderedArticle> {
        let article = collection.articles.get(index)?;
        let known = self.entries.get(&article.path)?;
        let holds = known.article == *article
            && known.addresses_used.is_none_or(|addresses| addresses == self.addresses)
            && known.labels.iter().map(Option::as_deref).eq(labels(article, collection));
        holds.then(|| RenderedArticle {
            index,
            entry: known.entry.clone(),
            findings: known.findings.clone(),
            uses_addresses: known.addresses_used.is_some(),
            print: None,
        })
    }

    pub(super) fn keep_entry(&mut self, rendered: &RenderedArticle, collection: &Collection) {
        let Some(article) = collection.articles.get(rendered.index) else { return };
        if let Some(known) = self.entries.get_mut(&article.path)
            && let (Some(old), Some(new)) = (&known.entry, &rendered.entry)
            && Arc::ptr_eq(old, new)
        {
            return;
        }
        let known = KnownEntry {
            labels: labels(article, collection).map(|label| label.map(str::to_owned)).collect(),
            addresses_used: rendered.uses_addresses.then_some(self.addresses),
            article: article.clone(),
            entry: rendered.entry.clone(),
            findings: rendered.findings.clone(),
        };
        self.entries.insert(article.path.clone(), known);
    }

    /// The documents of a feed as they were made before, if they would be the same.
    pub(super) fn feed(&self, outline: &Outline, feed: &Feed) -> Option<(Vec<Staged>, Vec<Diagnostic>)> {
        let known = self.feeds.get(&outline.name)?;
        let same_entries = known.feed.entries.len() == feed.entries.len()
            && known.feed.entries.iter().zip(&feed.entries).all(|(old, new)| Arc::ptr_eq(old, new));
        let same_face = (&known.feed.image, &known.feed.image_facts) == (&feed.image, &feed.image_facts);
        // Indices into the collection shift when an article is added or removed; the entries themselves have been
        // compared.
        let same_outline = || known.outline == Outline { entries: Vec::new(), ..outline.clone() };
        (same_entries && same_face && same_outline()).then(|| (known.staged.clone(), known.findings.clone()))
    }

    pub(super) fn keep_feed(&mut self, outline: &Outline, feed: &Feed, staged: &[Staged], findings: &[Diagnostic]) {
        let known = KnownFeed {
            outline: Outline { entries: Vec::new(), ..outline.clone() },
            feed: feed.clone(),
            staged: staged.to_vec(),
            findings: findings.to_vec(),
        };
        self.feeds.insert(outline.name.clone(), known);
    }
}

/// The labels of an article's tags in the collection.
fn labels<'a>(article: &'a Article, collection: &'a Collection) -> impl Iterator<Item = Option<&'a str>> {
    article.tags.iter().map(|(key, _, _)| collection.tags.get(key).map(|tag| tag.label.as_str()))
}

#[cfg(test)]
mod tests;
