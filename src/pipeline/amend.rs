//! A partial rebuild after a few articles changed in ways that only their own entries show. The last run's selection
//! is reused, and only the feeds that hold these articles are made. If anything else may have changed, the result is
//! `None` and the caller does a full build.

use super::documents::{self, MadeDocuments};
use super::heads::{self, One};
use super::manifest::Manifest;
use super::selection::Selection;
use super::{Build, Job, Retained};
use crate::diagnostic::{Code, Diagnostic, in_order};
use crate::model::{
    Article, ArticlePath, BodyRef, Count, Directory, KnownHead, Outcome, Outline, Place, Places, ProgressEvent, Staged,
    Step, Timestamp, many, within,
};
use crate::normalise::{self, Collection};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The result of the last run. Everything it depends on is unchanged, except for the changed articles.
#[derive(Debug)]
pub struct PreviousBuild {
    /// The places of the articles that have changed.
    pub changed: Vec<usize>,
    /// What became of each article, in the order of the paths.
    pub outcomes: Vec<Outcome>,
    /// What it chose.
    pub selection: Selection,
    /// Its feeds by name.
    pub directory: Directory,
    /// What it found in articles and documents.
    pub findings: Vec<Diagnostic>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// When the passing of time next changes the content of feeds.
    pub holds_until: Option<Timestamp>,
}

/// What [`build`](super::build) would come to, made of the last run. `manifest` is what it gave to subscribers.
pub fn amend(paths: &[ArticlePath], last: PreviousBuild, manifest: &Manifest, job: &Job<'_>) -> Option<Build> {
    // Who keeps what two articles want may depend on their bodies.
    let is_of_twins = |finding: &Diagnostic| matches!(finding.code, Code::DuplicateId | Code::DuplicatePermalink);
    if last.selection.findings.iter().any(is_of_twins) {
        return None;
    }
    let Changed { articles: mut known, mut findings } =
        within(Step::Heads, job.progress, || changed(paths, &last, job))?;
    job.progress.report(ProgressEvent::Entered(Step::Select));
    let touched: BTreeSet<usize> = last.changed.iter().copied().collect();
    let holds = |outline: &&Outline| outline.entries.iter().any(|place| touched.contains(place));
    let outlines: Vec<&Outline> = last.selection.outlines.iter().filter(holds).collect();
    let members: BTreeSet<usize> = outlines.iter().flat_map(|outline| outline.entries.iter().copied()).collect();
    known.retain(|place, _| members.contains(place));
    let others: Vec<usize> = members.iter().copied().filter(|place| !known.contains_key(place)).collect();
    let others = others.into_par_iter().map(|place| Some((place, as_known(place, paths, &last.selection, job)?)));
    known.extend(others.collect::<Option<Vec<_>>>()?);
    let asked = touched.len() + members.difference(&touched).count();
    let (collection, outlines) = part(known, outlines, &last.selection);
    job.progress.report(ProgressEvent::Left);
    let directory = Some(&last.directory);
    let work = documents::Work { paths, collection: &collection, outlines: &outlines, directory, job };
    let made = documents::make(work, None);
    if made.uses_addresses || !made.lost.is_empty() || made.failure.is_some() {
        return None;
    }
    let remade: BTreeSet<&str> = made.staged.iter().map(|staged| staged.path.as_str()).collect();
    let display_path: BTreeSet<String> =
        last.changed.iter().filter_map(|place| paths.get(*place)).map(|path| job.site.display_path(path)).collect();
    let of_all = last.selection.findings.iter().filter(|finding| display_path.contains(&*finding.path)).cloned();
    findings.extend(of_all);
    let stays = |finding: &Diagnostic| !display_path.contains(&*finding.path) && !remade.contains(&*finding.path);
    findings.extend(last.findings.into_iter().filter(stays));
    let MadeDocuments { staged, listed: now, findings: found, .. } = made;
    findings.extend(found);
    let names: HashSet<&str> = outlines.iter().map(|outline| outline.name.as_str()).collect();
    let staged = all_documents(&last.selection.outlines, &names, staged, job)?;
    let mut listed = Arc::clone(&manifest.entries);
    Arc::make_mut(&mut listed).extend(now);
    job.archive.reuse();
    job.progress.report(ProgressEvent::Counted(Count::Heads, many(asked)));
    Some(Build {
        is_misconfigured: false,
        articles: paths.iter().cloned().zip(last.outcomes).collect(),
        ids: listed.iter().map(|(id, listed)| (listed.path.clone(), id.clone())).collect(),
        staged,
        directory: last.directory,
        listed,
        kept: Retained::default(),
        ledger: None,
        findings: in_order(findings),
        next_due: last.next_due,
        holds_until: last.holds_until,
        failure: None,
        folder: job.site.display_path(&ArticlePath::new("")),
        selection: Some(last.selection),
    })
}

/// What was read of the articles that have changed.
struct Changed {
    /// By their places, without those that no feed could hold.
    articles: BTreeMap<usize, Article>,
    findings: Vec<Diagnostic>,
}

/// Reads the changed articles. `None` if one changed in a value that other entries or feeds depend on.
fn changed(paths: &[ArticlePath], last: &PreviousBuild, job: &Job<'_>) -> Option<Changed> {
    job.progress.report(ProgressEvent::Began(Step::Heads, last.changed.len()));
    let read = |place: &usize| {
        let path = paths.get(*place)?;
        let KnownHead { article: before, date_orders: date_orders_before, .. } = job.archive.before(*place, path)?;
        let (now, findings) = heads::archived(*place, path, job);
        job.progress.report(ProgressEvent::Done);
        let article = match (before, now) {
            (Ok(before), Ok((One::Article(now), date_orders))) => {
                // One with an article and yet at fault is a twin of another, or could not be rendered.
                let faulty = last.outcomes.get(*place) == Some(&Outcome::Error);
                let leeway = Leeway::new(*place, path, [&before, &now], &last.selection, job);
                let same =
                    date_orders == date_orders_before && leeway.choice(&now) == leeway.choice(&before) && !faulty;
                // A future change date is reported and held back during selection.
                let same = same && now.updated <= job.time.now.max(now.published);
                same.then(|| Some(Article { path: path.clone(), ..*now }))?
            }
            (Err(Outcome::Error), Ok((One::Faulty, date_orders))) if date_orders == date_orders_before => None,
            (Err(before), Err(now)) if before == now && now != Outcome::Error => None,
            _ => return None,
        };
        Some((*place, article, findings))
    };
    let read: Option<Vec<_>> = last.changed.par_iter().map(read).collect();
    job.progress.report(ProgressEvent::Ended);
    let mut changed = Changed { articles: BTreeMap::new(), findings: Vec::new() };
    for (place, article, findings) in read? {
        changed.articles.extend(article.map(|article| (place, article)));
        changed.findings.extend(findings);
    }
    Some(changed)
}

/// In what an article may differ, so that nothing but its own entry tells: always in its body and in what it links to.
struct Leeway {
    /// No time gives way to another.
    updated: bool,
    /// Nothing was found over the whole collection that points to it.
    places: bool,
}

impl Leeway {
    fn new(place: usize, path: &ArticlePath, both: [&Article; 2], selection: &Selection, job: &Job<'_>) -> Self {
        let display_path = job.site.display_path(path);
        let made = selection.makes_times || both.iter().any(|article| normalise::gives_way(article, job.site));
        Self {
            updated: !made && !selection.moved.contains_key(&place),
            places: selection.findings.iter().all(|finding| *finding.path != *display_path),
        }
    }

    /// The values of an article that decide which feeds exist, what they hold and in which order, or that other
    /// entries show.
    fn choice(&self, article: &Article) -> Article {
        let mut article = Article { body: BodyRef::default(), enclosure: None, via: None, ..article.clone() };
        article.abridge();
        if self.updated {
            article.updated = article.published;
            article.record.written.updated = 0;
        }
        if self.places {
            article.places = Places::default();
            article.tags.iter_mut().chain(&mut article.categories).for_each(|(_, _, at)| *at = Place::WHOLE);
            article.image.iter_mut().for_each(|image| image.at = Place::WHOLE);
        }
        article
    }
}

/// An unchanged article; `None` if its entry depends on the URLs of all others.
fn as_known(place: usize, paths: &[ArticlePath], selection: &Selection, job: &Job<'_>) -> Option<Article> {
    let path = paths.get(place)?;
    if selection.uses_addresses && job.archive.entry(place, path)?.uses_addresses.is_some() {
        return None;
    }
    let article = job.archive.head(place, path)?.article.ok()?;
    Some(Article { path: path.clone(), ..*article })
}

/// The part of the collection that these outlines speak of, and the outlines in its places.
fn part(
    articles: BTreeMap<usize, Article>,
    outlines: Vec<&Outline>,
    selection: &Selection,
) -> (Collection, Vec<Outline>) {
    let index: HashMap<usize, usize> = articles.keys().copied().zip(0..).collect();
    let settled = |(place, article)| match selection.moved.get(&place) {
        Some(moved) => moved.apply(article),
        None => article,
    };
    let articles = articles.into_iter().map(settled).collect();
    let outlines = outlines.into_iter().map(|outline| {
        let entries = outline.entries.iter().filter_map(|place| index.get(place).copied()).collect();
        Outline { entries, ..outline.clone() }
    });
    let outlines = outlines.collect();
    (Collection { articles, tags: selection.tags.clone(), ..Collection::default() }, outlines)
}

/// The documents of all feeds in their order: newly made ones for the feeds named, unchanged ones for the others.
fn all_documents(outlines: &[Outline], named: &HashSet<&str>, made: Vec<Staged>, job: &Job<'_>) -> Option<Vec<Staged>> {
    let mut made: HashMap<String, Staged> = made.into_iter().map(|staged| (staged.path.clone(), staged)).collect();
    let everything = outlines.first().is_some_and(|first| named.contains(first.name.as_str()));
    let feeds = outlines.iter().map(|outline| (outline.name.as_str(), named.contains(outline.name.as_str())));
    let mut all = Vec::new();
    for (name, anew) in feeds.chain([(documents::DIRECTORY, everything)]) {
        for before in job.archive.documents(name, None)?.staged {
            all.push(if anew { made.remove(&before.path)? } else { job.stage.again(&before)? });
        }
    }
    made.is_empty().then_some(all)
}
