//! Which entries a feed may list. An old entry never enters a feed for the first time: not where the limit is raised or a rule is
//! widened, not where another entry leaves. New entries fill the feed instead.

use crate::ledger::{FeedIndex, Ledger, LedgerFeed, LineKey, LineState};
use crate::model::{Accept, Article, FeedAddresses, FeedUrls, Fingerprint, Format, Site, Timestamp};

/// How long an entry counts as new for feeds that have not listed it, after it was published: a tag can be corrected meanwhile.
const NEW_SECONDS: i64 = 7 * 24 * 3600;

/// Entries that `output.min_age` may keep beyond the limit, in limits.
const MAX_LIMITS: usize = 4;

/// What subscribers were given, as far as it says which entries feeds may list.
#[derive(Debug)]
pub struct Windows<'a> {
    /// What was given.
    pub ledger: &'a Ledger,
    /// The feeds of the ledger.
    pub feeds: &'a FeedIndex<'a>,
    /// What the run may change.
    pub accept: Accept,
    /// The instant of the run.
    pub now: Timestamp,
}

/// A feed by what makes it one.
#[derive(Debug, Clone)]
pub struct FeedIdentity<'a> {
    /// `all`, the name of an axis, or `custom`.
    pub family: &'a str,
    /// The key of its value, or its name.
    pub value: &'a str,
    /// Its folder within that of the family.
    pub slug: &'a str,
    /// Where its documents lie.
    pub addresses: &'a FeedAddresses,
    /// What readers see.
    pub label: &'a str,
    /// By what it chooses; nothing for a family.
    pub condition: String,
}

/// What a feed lists.
#[derive(Debug)]
pub struct Window {
    /// The key of its line.
    pub key: LineKey,
    /// Its line after the run.
    pub line: LedgerFeed,
    /// Its entries, in the order given.
    pub entries: Vec<usize>,
    /// Old entries that a raised limit or a widened rule would have brought in.
    pub kept_out: usize,
}

impl Windows<'_> {
    /// Chooses among the articles of a feed, newest first.
    pub fn choose(
        &self,
        feed: &FeedIdentity<'_>,
        limit: usize,
        all: &[usize],
        articles: &[Article],
        site: &Site,
    ) -> Window {
        let (key, before) = (self.feeds.key(feed.family, feed.value), self.feeds.find(feed.family, feed.value));
        let before = before.map(|(_, line)| line);
        let rule = rule(&feed.condition);
        let article = |at: &usize| articles.get(*at);
        let is_listed = |article: &Article| self.has_listed(article, &key);
        let floor = before.filter(|_| !self.accept.limit).and_then(|line| {
            let widened = (line.rule != rule).then(|| {
                let listed = all.iter().filter_map(article).filter(|article| is_listed(article));
                listed.map(|article| article.published.plus_seconds(1)).max()
            });
            line.floor.into_iter().chain(widened.flatten()).max()
        });
        let may_enter = |article: &Article| {
            let is_new = || article.record.line.is_none() || article.published.plus_seconds(NEW_SECONDS) > self.now;
            before.is_none()
                || self.accept.limit
                || is_listed(article)
                || floor.is_none_or(|floor| article.published >= floor) && is_new()
        };
        let mut entries: Vec<usize> = all.iter().copied().filter(|at| article(at).is_some_and(may_enter)).collect();
        let room = self.room(limit, &entries, articles, site);
        let is_cut = entries.len() > room;
        entries.truncate(room);
        let changed = before.is_some_and(|line| line.rule != rule || (line.limit as usize) < limit);
        let kept_out = if changed { all.len().min(room).saturating_sub(entries.len()) } else { 0 };
        let oldest = || entries.iter().filter_map(article).map(|article| article.published).min();
        let floor = match before.filter(|_| !self.accept.limit) {
            Some(_) => floor,
            None => is_cut.then(oldest).flatten(),
        };
        let line = LedgerFeed {
            state: LineState::Live,
            family: feed.family.into(),
            value: feed.value.into(),
            slug: feed.slug.into(),
            label: feed.label.into(),
            floor,
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
            rule,
            home: site.url.as_str().into(),
            addresses: addresses(feed.addresses, site),
        };
        Window { key, line, entries, kept_out }
    }

    /// Whether the feed of this line has listed an article.
    pub fn has_listed(&self, article: &Article, feed: &LineKey) -> bool {
        let line = article.record.line.as_ref().and_then(|line| self.ledger.entries.get(line));
        line.is_some_and(|line| line.feeds.contains(feed))
    }

    /// How many entries the feed holds: the limit, and beyond it those that are younger than `output.min_age`.
    fn room(&self, limit: usize, entries: &[usize], articles: &[Article], site: &Site) -> usize {
        let limit = limit.max(1);
        let Some(age) = site.output.min_age else { return limit };
        let is_young = |at: &&usize| articles.get(**at).is_some_and(|a| a.published.plus_seconds(age) > self.now);
        entries.iter().take(limit * MAX_LIMITS).filter(is_young).count().clamp(limit, limit * MAX_LIMITS)
    }
}

/// The addresses of a feed: RSS, Atom, JSON Feed.
fn addresses(addresses: &FeedAddresses, site: &Site) -> [Box<str>; 3] {
    let urls = FeedUrls::new(site, "", addresses);
    Format::ALL.map(|format| {
        let url = urls.as_ref().filter(|_| site.output.formats.contains(&format));
        url.and_then(|urls| urls.topic(format)).map(|url| url.as_str().into()).unwrap_or_default()
    })
}

fn rule(condition: &str) -> u32 {
    let parts = Fingerprint::from_parts([condition.as_bytes()]);
    parts.bytes().first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}
