//! Gives each article the ids and dates of its line, and says what they would be otherwise.

use super::hash::{hidden_path, short};
use super::matching::matches;
use super::{Ledger, LedgerEntry, LineState};
use crate::model::{Accept, Article, ArticlePath, DayShift, EntryId, Guids, Place, Precision, Timestamp, World};
use std::collections::HashSet;

/// What subscribers were given, as far as the articles of a run have it.
#[derive(Debug, Clone, Default)]
pub struct Assigned {
    /// Articles whose id would be another now.
    pub ids: Vec<IdChange>,
    /// Articles whose author changed the date of publication.
    pub dates: Vec<ArticlePath>,
    /// Files that were published as another article.
    pub reused: Vec<ArticlePath>,
    /// Lines whose article is there.
    pub live: usize,
}

/// An id that subscribers have, and the one that the front matter or the rule gives now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdChange {
    /// The article that it is about.
    pub path: ArticlePath,
    /// What subscribers have.
    pub given: Box<str>,
    /// What it would be.
    pub now: Box<str>,
    /// Where the id, or what it is made from, stands.
    pub at: Place,
    /// Whether the author wrote the new one.
    pub is_written: bool,
    /// Whether it was another already when the ledger was written.
    pub is_known: bool,
}

/// Gives the articles what their lines say.
pub fn assign(articles: &mut [Article], ledger: &Ledger, accept: Accept, world: &dyn World) -> Assigned {
    let lines = matches(articles, ledger, world);
    let mut assigned = Assigned::default();
    for (at, article) in articles.iter_mut().enumerate() {
        article.record.rule = rule(article);
        let Some((key, line)) = lines.get(&at) else { continue };
        article.record.line = Some((*key).clone());
        assigned.live += 1;
        keep_ids(article, line, accept, &mut assigned);
        keep_dates(article, line, accept, &mut assigned);
    }
    separate(articles, ledger, &mut assigned);
    assigned
}

/// The hash of the id that the front matter or the rule gives.
pub(super) fn rule(article: &Article) -> u32 {
    short(article.guids.as_ref().map_or(article.id.as_str(), |guids| &guids.rss))
}

fn keep_ids(article: &mut Article, line: &LedgerEntry, accept: Accept, assigned: &mut Assigned) {
    let now = article.guids.as_ref().map_or(article.id.as_str(), |guids| &guids.rss);
    let is_other = match (article.id_written, line.hashes.rule) {
        (true, _) => !line.ids.contains(now),
        (false, 0) => article.id != line.ids.atom,
        (false, rule) => article.record.rule != rule,
    };
    if is_other {
        // What was withdrawn comes back as its author says.
        if article.id_written && line.state == LineState::Gone || accept.ids {
            return;
        }
        assigned.ids.push(IdChange {
            path: article.path.clone(),
            given: line.ids.rss.clone(),
            now: now.into(),
            at: article.places.id,
            is_written: article.id_written,
            is_known: article.record.rule == line.hashes.held,
        });
    }
    let guids = Guids { rss: line.ids.rss.clone(), json: line.ids.json.clone() };
    let atom = line.ids.atom.as_str();
    let guids = Some(Box::new(guids)).filter(|guids| *guids.rss != *atom || *guids.json != *atom);
    article.moved |= article.id != line.ids.atom || article.guids != guids;
    (article.id, article.guids) = (line.ids.atom.clone(), guids);
}

/// A published instant stays unless its author writes another date: not where the zone changes, nor where a made time meets
/// another.
fn keep_dates(article: &mut Article, line: &LedgerEntry, accept: Accept, assigned: &mut Assigned) {
    let earlier = std::mem::take(&mut article.record.earlier);
    let updated_before = article.updated.plus_seconds(-i64::from(earlier.updated));
    let Some(published) = line.published else {
        // Listed by feedmill 0.1, which kept no dates.
        if !accept.dates {
            article.published = article.published.plus_seconds(-i64::from(earlier.published));
            article.updated = updated_before.max(article.published);
            article.moved |= earlier != DayShift::default();
        }
        return;
    };
    if article.record.written.date != line.hashes.date {
        article.updated = updated_before.max(article.published);
        if article.published != published {
            assigned.dates.push(article.path.clone());
        }
        return;
    }
    if accept.dates {
        return;
    }
    let updated = match line.updated.filter(|_| article.record.written.updated == line.hashes.updated) {
        // The zone changed, or a made time met another: `updated` moved with it.
        Some(updated) if article.published != published || earlier.updated > 0 => updated,
        _ if article.updated == article.published => published,
        _ => updated_before,
    };
    let shown = |at: Timestamp| at.rfc3339();
    article.moved |= shown(article.published) != shown(published) || shown(article.updated) != shown(updated);
    (article.published, article.updated) = (published, updated.max(published));
    article.precision = Precision::Written;
    article.record.was_published = true;
}

/// An id that was given is never given to another article: a new article in a reused file gets one of its own.
fn separate(articles: &mut [Article], ledger: &Ledger, assigned: &mut Assigned) {
    if ledger.entries.is_empty() || articles.iter().all(|article| article.record.line.is_some()) {
        return;
    }
    let lines = ledger.entries.values().flat_map(|line| [&*line.ids.rss, line.ids.atom.as_str(), &*line.ids.json]);
    let given: HashSet<&str> = lines.collect();
    let paths: HashSet<&str> = ledger.entries.values().map(|line| &*line.path).collect();
    for article in articles.iter_mut().filter(|article| article.record.line.is_none() && !article.id_written) {
        if !given.contains(article.id.as_str()) {
            continue;
        }
        let day = article.published.datetime().date_naive();
        let choices = [day.to_string(), format!("{day}-{:08x}", short(&article.title))];
        let free = choices.iter().filter_map(|tail| EntryId::new(&format!("{}#{tail}", article.id)));
        if let Some(id) = free.into_iter().find(|id| !given.contains(id.as_str())) {
            article.id = id;
            article.moved = true;
            let path = article.path.as_str();
            if paths.contains(path) || paths.contains(&*hidden_path(path)) {
                assigned.reused.push(article.path.clone());
            }
        }
    }
}
