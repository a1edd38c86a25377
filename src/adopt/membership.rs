//! The line of the main feed: what it listed, and the instant before which no article may enter it for the first time.

use super::AdoptContext;
use super::entries::Sources;
use crate::ledger::{FeedIndex, Ledger, LedgerFeed, LineKey, LineState, condition_hash};
use crate::model::{Article, Site};
use std::collections::BTreeMap;

/// The key of the main feed's line; `None` where the sources hold no feed.
pub(super) fn feed_key(sources: &Sources, ledger: &Ledger, site: &Site) -> Option<LineKey> {
    (sources.main_entries > 0).then(|| FeedIndex::new(ledger, site).key("all", ""))
}

/// Adds the line of the main feed, so that articles which it did not list do not enter it. Returns how many old articles will appear
/// as new all the same: those among the entries that subscribers have. `kept` has the articles that have a line, and whether the main
/// feed listed them.
pub(super) fn keep_out_old(
    sources: &Sources,
    kept: &BTreeMap<usize, bool>,
    context: &AdoptContext<'_>,
    ledger: &mut Ledger,
) -> usize {
    let articles = || context.articles.iter().enumerate().filter(|(_, article)| !article.draft);
    let is_member = |at: &usize| kept.get(at) == Some(&true);
    let listed = || articles().filter(|(at, _)| is_member(at)).map(|(_, article)| article.published);
    let (Some(oldest), Some(newest)) = (listed().min(), listed().max()) else { return 0 };
    let is_older = |(at, article): (usize, &Article)| !is_member(&at) && article.published < oldest;
    let floor = articles().any(is_older).then_some(oldest);
    if let Some(key) = feed_key(sources, ledger, context.site) {
        ledger.feeds.entry(key).or_insert_with(|| LedgerFeed {
            state: LineState::Live,
            family: "all".into(),
            value: "".into(),
            slug: "".into(),
            label: context.site.title.as_str().into(),
            floor,
            limit: u32::try_from(sources.main_entries).unwrap_or(u32::MAX),
            rule: condition_hash(""),
            home: context.site.url.as_str().into(),
            addresses: sources.addresses.clone(),
        });
    }
    let is_between = |article: &Article| article.published >= oldest && article.published <= newest;
    let is_new = |(at, article): &(usize, &Article)| !kept.contains_key(at) && article.record.line.is_none();
    articles().filter(is_new).filter(|(_, article)| is_between(article)).count()
}
