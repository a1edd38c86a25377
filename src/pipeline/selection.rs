//! What a run chose over all its articles, small enough to be kept: the next takes it over where no choice would come out
//! otherwise.

use crate::diagnostic::Diagnostic;
use crate::model::{AbsUrl, Article, ArticlePath, EntryId, Guids, Outline, TagTable, Timestamp};
use crate::normalise::Collection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The feeds of a run with what they were made by. Articles are places among the run's paths.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Selection {
    /// Every feed; its entries are places.
    pub(super) outlines: Vec<Outline>,
    pub(super) tags: TagTable,
    /// Articles that are not as their files alone would have them.
    pub(super) moved: BTreeMap<usize, Moved>,
    /// Whether feedmill made any time that may give way to another.
    pub(super) makes_times: bool,
    /// Whether an entry of the feed depends on the URLs and titles of other articles.
    pub(super) uses_addresses: bool,
    /// What was found over the whole collection.
    pub(super) findings: Vec<Diagnostic>,
}

/// What checks over the whole collection gave to an article.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Moved {
    id: EntryId,
    guids: Option<Box<Guids>>,
    permalink: AbsUrl,
    published: Timestamp,
    updated: Timestamp,
}

impl Selection {
    /// Of a run over these paths, which are in order. `None` where an article is not among them.
    pub(super) fn new(
        paths: &[ArticlePath],
        collection: &Collection,
        mut outlines: Vec<Outline>,
        uses_addresses: bool,
        findings: &[Diagnostic],
    ) -> Option<Self> {
        let place = |article: &Article| paths.binary_search(&article.path).ok();
        for entry in outlines.iter_mut().flat_map(|outline| &mut outline.entries) {
            *entry = place(collection.articles.get(*entry)?)?;
        }
        let moved = collection.articles.iter().filter(|article| article.moved);
        let moved = moved.map(|article| Some((place(article)?, Moved::new(article)))).collect::<Option<_>>()?;
        let (tags, makes_times) = (collection.tags.clone(), collection.makes_times);
        Some(Self { outlines, tags, moved, makes_times, uses_addresses, findings: findings.to_vec() })
    }
}

impl Moved {
    fn new(Article { id, guids, permalink, published, updated, .. }: &Article) -> Self {
        Self {
            id: id.clone(),
            guids: guids.clone(),
            permalink: permalink.clone(),
            published: *published,
            updated: *updated,
        }
    }

    /// Applies the selection's changes to an article as its file gives it.
    pub(super) fn apply(&self, article: Article) -> Article {
        let Self { id, guids, permalink, published, updated } = self;
        let (id, guids, permalink) = (id.clone(), guids.clone(), permalink.clone());
        Article { id, guids, permalink, published: *published, updated: *updated, moved: true, ..article }
    }
}
