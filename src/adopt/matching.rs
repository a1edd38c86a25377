//! Which entry is which article. The steps, each one to one: the id that an article's front matter names; the address; the address
//! without the host; addresses that the article had before; title and date; slug and date; text and date. An entry that could be two
//! articles, or an article that two entries of one format claim, stays unmatched.

use super::AdoptContext;
use super::address::{NormalAddress, post_number};
use super::entries::ListedEntry;
use super::words::{are_alike, of_body, of_text, title_key};
use crate::ledger::{LineIds, is_atom_id};
use crate::model::{AbsUrl, Article, EntryId, Format, Timestamp, composed};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// How far the date of an entry may be from its article's: time zones, and times that an engine made up.
const NEAR_SECONDS: i64 = 2 * 24 * 3600;

/// Pairs of texts that are compared at most, and bodies that are read.
const MAX_COMPARISONS: usize = 5000;

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MatchOutcome {
    /// The article at this place.
    Article(usize),
    /// One of these articles.
    Ambiguous(BTreeSet<usize>),
    /// Its id cannot be kept.
    Unusable,
    /// No article is found.
    Unmatched,
}

/// The outcome of every entry.
pub(super) fn matches(entries: &[ListedEntry], context: &AdoptContext<'_>) -> Vec<MatchOutcome> {
    let open = |entry: &ListedEntry| if entry.is_usable { MatchOutcome::Unmatched } else { MatchOutcome::Unusable };
    let outcomes = entries.iter().map(open).collect();
    let mut matching = Matching { entries, articles: context.articles, outcomes, taken: BTreeSet::new() };
    matching.by_written_id();
    matching.by_address(context, |address| Some((address.host, address.page)));
    matching.by_address(context, |address| Some(address.page).filter(|page| !page.is_empty()));
    matching.by_alias(context);
    matching.pair_near(|entry| Some(title_key(&entry.title)), |article| Some(title_key(&article.title)));
    matching.pair_near(
        |entry| NormalAddress::new(&entry.link, entry.base.as_ref().unwrap_or(&context.site.url))?.slug(),
        |article| Some(composed(article.slug.as_str().to_lowercase())),
    );
    matching.by_text(context);
    matching.outcomes
}

struct Matching<'a> {
    entries: &'a [ListedEntry],
    articles: &'a [Article],
    outcomes: Vec<MatchOutcome>,
    /// Articles with the formats of which they have an id.
    taken: BTreeSet<(usize, Format)>,
}

impl Matching<'_> {
    fn by_written_id(&mut self) {
        let id = |article: &Article| {
            let guid = article.guids.as_ref().map_or(article.id.as_str(), |guids| &guids.rss);
            if article.id_written { vec![guid.to_owned(), article.id.as_str().to_owned()] } else { Vec::new() }
        };
        self.pair(|entry| vec![entry.id.clone()], id, |_, _| true);
    }

    fn by_address<K: Hash + Eq>(&mut self, context: &AdoptContext<'_>, key: impl Fn(NormalAddress) -> Option<K>) {
        let site = &context.site.url;
        let of_entry = |entry: &ListedEntry| {
            let base = entry.base.as_ref().unwrap_or(site);
            NormalAddress::new(&entry.link, base).and_then(&key).into_iter().collect()
        };
        let of_article = |article: &Article| {
            NormalAddress::new(article.permalink.as_str(), site).and_then(&key).into_iter().collect()
        };
        self.pair(of_entry, of_article, |_, _| true);
    }

    /// Addresses that the front matter says an article had before, and the number that WordPress gave it.
    fn by_alias(&mut self, context: &AdoptContext<'_>) {
        if !self.has_open() {
            return;
        }
        let site = &context.site.url;
        let number = |written: &str| post_number(written).map(|number| format!("?p={number}"));
        let page = |written: &str, base: &AbsUrl| NormalAddress::new(written, base).map(|address| address.page);
        let of_entry = |entry: &ListedEntry| {
            let base = entry.base.as_ref().unwrap_or(site);
            let numbers = [&entry.link, &entry.id].map(|written| number(written));
            let keys = numbers.into_iter().flatten().chain(page(&entry.link, base)).filter(|key| !key.is_empty());
            keys.collect::<BTreeSet<_>>().into_iter().collect()
        };
        let of_article = |article: &Article| {
            let aliases = (context.aliases)(article).into_iter();
            let keys = aliases.flat_map(|alias| [number(&alias), page(&alias, site)]).flatten();
            keys.filter(|key| !key.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
        };
        self.pair(of_entry, of_article, |_, _| true);
    }

    /// Equal keys, of an entry and an article whose dates are near.
    fn pair_near(
        &mut self,
        of_entry: impl Fn(&ListedEntry) -> Option<String>,
        of_article: impl Fn(&Article) -> Option<String>,
    ) {
        let key = |key: Option<String>| key.filter(|key| !key.is_empty()).into_iter().collect::<Vec<_>>();
        self.pair(|entry| key(of_entry(entry)), |article| key(of_article(article)), is_near);
    }

    fn by_text(&mut self, context: &AdoptContext<'_>) {
        let free: Vec<(usize, Vec<String>)> = if self.has_open() { self.bodies(context) } else { Vec::new() };
        let mut pairs = BTreeSet::new();
        let mut comparisons = 0;
        for (at, entry) in self.entries.iter().enumerate().filter(|(at, _)| self.is_open(*at)) {
            let words = of_text(&entry.text);
            for (article, body) in &free {
                let near = self.articles.get(*article).is_some_and(|article| is_near(entry, article));
                if near && comparisons < MAX_COMPARISONS {
                    comparisons += 1;
                    pairs.extend(are_alike(&words, body).then_some((at, *article)));
                }
            }
        }
        self.accept(&pairs);
    }

    /// The words of articles that have no entry yet and are near one.
    fn bodies(&self, context: &AdoptContext<'_>) -> Vec<(usize, Vec<String>)> {
        let open: Vec<&ListedEntry> =
            (0..self.entries.len()).filter(|at| self.is_open(*at)).filter_map(|at| self.entries.get(at)).collect();
        let articles = self.articles.iter().enumerate().filter(|(at, _)| !self.is_taken(*at));
        let near = articles.filter(|(_, article)| open.iter().any(|entry| is_near(entry, article)));
        let body = |article: &Article| context.world.body(article).unwrap_or_default();
        near.take(MAX_COMPARISONS).map(|(at, article)| (at, of_body(&body(article), article.path.is_html()))).collect()
    }

    /// Pairs what shares a key with one other alone and fulfils the condition.
    fn pair<K: Hash + Eq>(
        &mut self,
        of_entry: impl Fn(&ListedEntry) -> Vec<K>,
        of_article: impl Fn(&Article) -> Vec<K>,
        condition: impl Fn(&ListedEntry, &Article) -> bool,
    ) {
        if !self.has_open() {
            return;
        }
        let mut by_key: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, article) in self.articles.iter().enumerate() {
            for key in of_article(article) {
                by_key.entry(key).or_default().push(at);
            }
        }
        let mut pairs = BTreeSet::new();
        for (at, entry) in self.entries.iter().enumerate().filter(|(at, _)| self.is_open(*at)) {
            let found = of_entry(entry).into_iter().filter_map(|key| by_key.get(&key)).flatten();
            let fits = |article: &&usize| self.articles.get(**article).is_some_and(|article| condition(entry, article));
            pairs.extend(found.filter(fits).map(|article| (at, *article)));
        }
        self.accept(&pairs);
    }

    /// Takes the pairs that are one to one in every format; the others stay ambiguous unless a later step decides.
    fn accept(&mut self, pairs: &BTreeSet<(usize, usize)>) {
        let entries = self.entries;
        let formats = |at: usize| entries.get(at).map(|entry| entry.formats.clone()).unwrap_or_default();
        let is_free = |(at, article): &&(usize, usize)| {
            let among = match self.outcomes.get(*at) {
                Some(MatchOutcome::Ambiguous(known)) => known.contains(article),
                other => other == Some(&MatchOutcome::Unmatched),
            };
            among && formats(*at).into_iter().all(|format| !self.taken.contains(&(*article, format)))
        };
        let pairs: Vec<(usize, usize)> = pairs.iter().filter(is_free).copied().collect();
        let (mut of_entry, mut of_article) = (BTreeMap::<usize, BTreeSet<usize>>::new(), BTreeMap::new());
        for (at, article) in &pairs {
            of_entry.entry(*at).or_default().insert(*article);
            formats(*at).into_iter().for_each(|format| *of_article.entry((*article, format)).or_insert(0) += 1);
        }
        for (at, articles) in of_entry {
            let Some(outcome) = self.outcomes.get_mut(at) else { continue };
            let one = articles.first().copied().filter(|_| articles.len() == 1);
            let claims = |article: usize| formats(at).into_iter().all(|f| of_article.get(&(article, f)) == Some(&1));
            match one.filter(|article| claims(*article)) {
                Some(article) => {
                    *outcome = MatchOutcome::Article(article);
                    self.taken.extend(formats(at).into_iter().map(|format| (article, format)));
                }
                None => *outcome = MatchOutcome::Ambiguous(articles),
            }
        }
    }

    fn is_open(&self, at: usize) -> bool {
        matches!(self.outcomes.get(at), Some(MatchOutcome::Unmatched | MatchOutcome::Ambiguous(_)))
    }

    fn has_open(&self) -> bool {
        (0..self.outcomes.len()).any(|at| self.is_open(at))
    }

    fn is_taken(&self, article: usize) -> bool {
        Format::ALL.iter().all(|format| self.taken.contains(&(article, *format)))
    }
}

fn is_near(entry: &ListedEntry, article: &Article) -> bool {
    entry.at().is_some_and(|at| (at.unix() - article.published.unix()).abs() <= NEAR_SECONDS)
}

/// The ids and dates of articles, gathered from their entries.
#[derive(Debug, Default)]
pub(super) struct ArticleIds(BTreeMap<usize, GatheredIds>);

/// What the entries of one article say.
#[derive(Debug, Default)]
pub(super) struct GatheredIds {
    ids: BTreeMap<Format, String>,
    published: Option<Timestamp>,
    updated: Option<Timestamp>,
    pub(super) in_main_feed: bool,
}

impl ArticleIds {
    /// Takes what an entry says of an article.
    pub(super) fn add(&mut self, article: usize, entry: &ListedEntry) {
        let all = self.0.entry(article).or_default();
        all.ids.extend(entry.formats.iter().map(|format| (*format, entry.id.clone())));
        all.published = all.published.or(entry.published);
        all.updated = all.updated.max(entry.updated);
        all.in_main_feed |= entry.in_main_feed;
    }

    /// The articles with what their entries say.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &GatheredIds)> {
        self.0.iter().map(|(at, ids)| (*at, ids))
    }
}

impl GatheredIds {
    /// When an article was published and changed, as its entries say. Atom feeds with `updated` alone mean the day of the article.
    pub(super) fn dates(&self, article: &Article) -> (Timestamp, Timestamp) {
        let is_of_day = |at: &Timestamp| (at.unix() - article.published.unix()).abs() <= NEAR_SECONDS / 2;
        let published = self.published.or_else(|| self.updated.filter(is_of_day)).unwrap_or(article.published);
        (published, self.updated.unwrap_or(article.updated).max(published))
    }

    /// The ids of the ledger's line: the RSS guid also for JSON Feed, the id of Atom for itself; where one alone is known, it is used for
    /// all formats that accept it. `None` where Atom's own id is not an IRI.
    pub(super) fn line_ids(&self, article: &Article) -> Option<LineIds> {
        let id = |order: [Format; 3]| order.iter().find_map(|format| self.ids.get(format)).map(String::as_str);
        let rss = id([Format::Rss, Format::Json, Format::Atom])?;
        let json = id([Format::Json, Format::Rss, Format::Atom])?;
        let atom = match self.ids.get(&Format::Atom) {
            Some(atom) => EntryId::new(atom)?,
            None => EntryId::new(rss).filter(is_atom_id).unwrap_or_else(|| article.id.clone()),
        };
        Some(LineIds { rss: rss.into(), atom, json: json.into() })
    }
}
