//! Which article is which line. Each step matches one to one; what is ambiguous stays unmatched. A path alone proves nothing: a
//! file can be reused for another article.

use super::hash::{hidden_path, long, short};
use super::{Ledger, LedgerEntry, LineKey, LineState};
use crate::model::{Article, World};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// Bodies that are read at most to find the articles of lines that nothing else identifies.
const MAX_BODIES: usize = 2000;

/// The line of each article that has one, by the article's place.
pub(super) fn matches<'a>(
    articles: &[Article],
    ledger: &'a Ledger,
    world: &dyn World,
) -> BTreeMap<usize, (&'a LineKey, &'a LedgerEntry)> {
    if ledger.entries.is_empty() {
        return BTreeMap::new();
    }
    let lines = ledger.entries.iter().collect();
    let mut matching = Matching { articles, lines, line_of: BTreeMap::new(), taken: BTreeSet::new() };
    matching.by_written_id();
    matching.by_path(|article, line| is_same(article, line, world));
    matching.by_body(world);
    matching
        .by_path(|article, line| article.record.written.slug != 0 && article.record.written.slug == line.hashes.slug);
    matching.by_slug();
    matching.by_title_and_date();
    let Matching { lines, line_of, .. } = matching;
    line_of.into_iter().filter_map(|(article, line)| Some((article, *lines.get(line)?))).collect()
}

struct Matching<'a, 'l> {
    articles: &'a [Article],
    lines: Vec<(&'l LineKey, &'l LedgerEntry)>,
    line_of: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl Matching<'_, '_> {
    /// An id that the front matter names is that of a line.
    fn by_written_id(&mut self) {
        let id = |article: &Article| {
            let guid = article.guids.as_ref().map_or(article.id.as_str(), |guids| &guids.rss);
            if article.id_written { vec![guid.to_owned()] } else { Vec::new() }
        };
        if self.articles.iter().any(|article| article.id_written) {
            self.pair(id, |line| {
                let ids = BTreeSet::from([&*line.ids.rss, line.ids.atom.as_str(), &*line.ids.json]);
                ids.into_iter().map(str::to_owned).collect()
            });
        }
    }

    /// The path, with something else that is the same.
    fn by_path(&mut self, same: impl Fn(&Article, &LedgerEntry) -> bool) {
        let mut lines: HashMap<&str, Vec<usize>> = HashMap::with_capacity(self.lines.len());
        for (at, (_, line)) in self.lines.iter().enumerate().filter(|(at, _)| !self.taken.contains(at)) {
            lines.entry(&line.path).or_default().push(at);
        }
        let any_gone = self.lines.iter().any(|(_, line)| line.state == LineState::Gone);
        let mut found = Vec::new();
        for (at, article) in self.articles.iter().enumerate().filter(|(at, _)| !self.line_of.contains_key(at)) {
            let gone = any_gone.then(|| lines.get(&*hidden_path(article.path.as_str()))).flatten();
            let here = lines.get(article.path.as_str()).into_iter().chain(gone).flatten();
            let is_same = |line: &&usize| self.lines.get(**line).is_some_and(|(_, line)| same(article, line));
            let mut here = here.filter(is_same);
            if let (Some(line), None) = (here.next(), here.next()) {
                found.push((at, *line));
            }
        }
        self.accept(found);
    }

    /// A body that no other article and no other line has.
    fn by_body(&mut self, world: &dyn World) {
        if !self.lines.iter().enumerate().any(|(at, (_, line))| line.hashes.body != 0 && !self.taken.contains(&at)) {
            return;
        }
        let articles = self.articles.iter().enumerate();
        let mut open: Vec<usize> = articles.map(|(at, _)| at).filter(|at| !self.line_of.contains_key(at)).collect();
        open.sort_by_key(|at| self.articles.get(*at).map(|a| (Reverse(a.published.unix()), a.path.clone())));
        open.truncate(MAX_BODIES);
        let articles = self.articles;
        let bodies = open.iter().filter_map(|at| Some((*at, body(articles.get(*at)?, world)?)));
        let bodies: HashMap<usize, u64> = bodies.collect();
        let body = |at: usize| bodies.get(&at).copied().into_iter().collect::<Vec<u64>>();
        self.pair_at(body, |line| if line.hashes.body == 0 { Vec::new() } else { vec![line.hashes.body] });
    }

    /// A written slug with the title or the date.
    fn by_slug(&mut self) {
        let keys = |slug: u32, title: u32, date: u32| {
            let known = [(0u8, title), (1, date)].into_iter().filter(|(_, hash)| *hash != 0 && slug != 0);
            known.map(|(kind, hash)| (slug, kind, hash)).collect::<Vec<_>>()
        };
        self.pair(
            |article| keys(article.record.written.slug, short(&article.title), article.record.written.date),
            |line| keys(line.hashes.slug, line.hashes.title, line.hashes.date),
        );
    }

    fn by_title_and_date(&mut self) {
        let keys = |title: u32, date: u32| if title != 0 && date != 0 { vec![(title, date)] } else { Vec::new() };
        self.pair(
            |article| keys(short(&article.title), article.record.written.date),
            |line| keys(line.hashes.title, line.hashes.date),
        );
    }

    fn pair<K: Hash + Eq>(
        &mut self,
        of_article: impl Fn(&Article) -> Vec<K>,
        of_line: impl Fn(&LedgerEntry) -> Vec<K>,
    ) {
        let articles = self.articles;
        self.pair_at(|at| articles.get(at).map(&of_article).unwrap_or_default(), of_line);
    }

    /// Matches what shares a key with one other alone.
    fn pair_at<K: Hash + Eq>(
        &mut self,
        of_article: impl Fn(usize) -> Vec<K>,
        of_line: impl Fn(&LedgerEntry) -> Vec<K>,
    ) {
        let mut lines: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, (_, line)) in self.lines.iter().enumerate().filter(|(at, _)| !self.taken.contains(at)) {
            for key in of_line(line) {
                lines.entry(key).or_default().push(at);
            }
        }
        if lines.is_empty() {
            return;
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for at in (0..self.articles.len()).filter(|at| !self.line_of.contains_key(at)) {
            for key in of_article(at) {
                pairs.extend(lines.get(&key).into_iter().flatten().map(|line| (at, *line)));
            }
        }
        let (mut by_article, mut by_line) = (HashMap::<usize, usize>::new(), HashMap::<usize, usize>::new());
        for (article, line) in &pairs {
            *by_article.entry(*article).or_default() += 1;
            *by_line.entry(*line).or_default() += 1;
        }
        let is_one = |counts: &HashMap<usize, usize>, at: &usize| counts.get(at) == Some(&1);
        let sure = pairs.iter().filter(|(article, line)| is_one(&by_article, article) && is_one(&by_line, line));
        self.accept(sure.copied().collect());
    }

    fn accept(&mut self, pairs: Vec<(usize, usize)>) {
        self.taken.extend(pairs.iter().map(|(_, line)| *line));
        self.line_of.extend(pairs);
    }
}

/// Whether the article at a line's path has its title, its date or its body. What older versions of feedmill kept has no hashes: there the same id
/// at the same path is evidence enough.
fn is_same(article: &Article, line: &LedgerEntry, world: &dyn World) -> bool {
    let same = |hash: u32, known: u32| hash != 0 && hash == known;
    let hashes = line.hashes;
    same(short(&article.title), hashes.title)
        || same(article.record.written.date, hashes.date)
        || hashes.rule == 0 && article.id == line.ids.atom
        || hashes.body != 0 && body(article, world) == Some(hashes.body)
}

fn body(article: &Article, world: &dyn World) -> Option<u64> {
    world.body(article).ok().filter(|body| !body.trim().is_empty()).map(|body| long(&body))
}
