//! `feedmill adopt`: which entry of a feed or an export is which article, and the ledger that keeps the ids subscribers have.
//!
//! Pure: the caller fetches the feeds and writes the ledger. Matching is one to one; what is ambiguous is listed and not taken.

mod address;
mod entries;
mod matching;
mod membership;
mod next_page;
mod tag_feeds;
mod words;

pub use entries::{SourceDocument, Sources};
pub use next_page::{NextPage, next_page};

use crate::ledger::{Adopted, Ledger};
use crate::model::{Article, ArticlePath, Site, World};
use matching::MatchOutcome;
use std::collections::BTreeMap;

/// What came of adopting.
#[derive(Debug, Clone, Default)]
pub struct Adoption {
    /// Entries whose ids the ledger has now, or had already.
    pub kept: Vec<AdoptedEntry>,
    /// Entries without an article, or whose id cannot be kept; why.
    pub unmatched: Vec<(AdoptedEntry, &'static str)>,
    /// Entries that may be one article or another.
    pub ambiguous: Vec<AdoptedEntry>,
    /// Old articles that subscribers will see as new.
    pub as_new: usize,
}

/// An entry of the sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdoptedEntry {
    /// Its id as written.
    pub id: Box<str>,
    /// The address of its page as written.
    pub link: Box<str>,
    /// Title as plain text.
    pub title: Box<str>,
    /// Its article; of an ambiguous entry all that it may be.
    pub articles: Vec<ArticlePath>,
}

impl Adoption {
    /// How many entries the sources have.
    pub fn entries(&self) -> usize {
        self.kept.len() + self.unmatched.len() + self.ambiguous.len()
    }
}

/// What articles are looked for in.
#[derive(Clone, Copy)]
pub struct AdoptContext<'a> {
    /// The heads of all articles, as the ledger's lines were assigned to them.
    pub articles: &'a [Article],
    /// Addresses that an article had before, by its front matter.
    pub aliases: &'a dyn Fn(&Article) -> Vec<String>,
    /// The bodies of articles.
    pub world: &'a dyn World,
    /// The config of the site.
    pub site: &'a Site,
}

/// Finds the articles of the sources' entries and takes their ids into the ledger.
pub fn adopt(sources: &Sources, context: &AdoptContext<'_>, ledger: &mut Ledger) -> Adoption {
    let mut adoption = Adoption::default();
    let outcomes = matching::matches(&sources.entries, context);
    let mut given = matching::ArticleIds::default();
    for (entry, outcome) in sources.entries.iter().zip(&outcomes) {
        if let MatchOutcome::Article(at) = outcome {
            given.add(*at, entry);
        }
    }
    let feed = membership::feed_key(sources, ledger, context.site);
    let of_tags = tag_feeds::find(sources, &outcomes, context);
    let of_tags: Vec<_> = of_tags.into_iter().map(|feed| (feed.key(ledger, context), feed)).collect();
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    for (at, ids) in given.iter() {
        let Some(article) = context.articles.get(at) else { continue };
        let Some(line_ids) = ids.line_ids(article) else { continue };
        let of_tags = of_tags.iter().filter(|(_, feed)| feed.articles.contains(&at)).map(|(key, _)| key);
        let feeds = feed.iter().filter(|_| ids.in_main_feed).chain(of_tags).cloned().collect();
        let (published, updated) = ids.dates(article);
        places.push((at, ids.in_main_feed));
        entries.push(Adopted { article, ids: line_ids, published, updated, feeds });
    }
    let taken = ledger.adopt(entries);
    let kept: BTreeMap<usize, bool> =
        places.into_iter().zip(taken).filter(|(_, taken)| *taken).map(|(place, _)| place).collect();
    for (entry, outcome) in sources.entries.iter().zip(outcomes) {
        adoption.add(entry, outcome, &kept, context);
    }
    for (key, feed) in of_tags {
        ledger.feeds.entry(key).or_insert_with(|| feed.line(context));
    }
    adoption.as_new = membership::keep_out_old(sources, &kept, context, ledger);
    adoption
}

impl Adoption {
    fn add(
        &mut self,
        entry: &entries::ListedEntry,
        outcome: MatchOutcome,
        kept: &BTreeMap<usize, bool>,
        context: &AdoptContext<'_>,
    ) {
        let path = |at: &usize| context.articles.get(*at).map(|article| article.path.clone());
        let (id, link, title) = (entry.id.as_str().into(), entry.link.as_str().into(), entry.title.as_str().into());
        let with = |articles: Vec<ArticlePath>| AdoptedEntry { id, link, title, articles };
        match outcome {
            MatchOutcome::Article(at) if kept.contains_key(&at) => {
                self.kept.push(with(path(&at).into_iter().collect()))
            }
            MatchOutcome::Article(at) => {
                let why = "the ledger has another id for its article, or the id for another article";
                self.unmatched.push((with(path(&at).into_iter().collect()), why));
            }
            MatchOutcome::Ambiguous(all) => self.ambiguous.push(with(all.iter().filter_map(path).collect())),
            MatchOutcome::Unusable => self.unmatched.push((
                with(Vec::new()),
                "its id holds characters that a feed of its format may not carry, or is too long",
            )),
            MatchOutcome::Unmatched => {
                self.unmatched.push((with(Vec::new()), "no article has its address, its title and date, or its text"))
            }
        }
    }
}

#[cfg(test)]
mod tests;
