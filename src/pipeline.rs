//! The steps from parse to staged documents. `app/` runs discover before them, plan, commit and push after them.
//!
//! Everything up to `select` works on heads; bodies are read and rendered only for entries of feeds that are written
//! (and for all in a check). Faults of content are findings; a failure of the disk ends the build.

mod amend;
mod directory;
mod documents;
mod entry_cache;
mod heads;
mod images;
mod manifest;
mod memory;
mod pool;
mod recording_world;
mod selection;

pub use amend::{PreviousBuild, amend};
pub use images::{ImagePurpose, ImageUse, image_uses};
pub use manifest::{AtStore, Manifest, ManifestDocument};
pub use memory::BuildMemory;
pub use selection::Selection;

use crate::diagnostic::{Diagnostic, in_order};
use crate::ledger::{self, Assigned, FeedIndex, Ledger, LineKey};
use crate::model::{
    Accept, Archive, Article, ArticlePath, Count, Directory, EntryId, Listed, Outcome, Outline, Progress,
    ProgressEvent, Site, Stage, Staged, Step, TimeRule, Timestamp, World, many, within,
};
use crate::select::Selected;
use crate::{normalise, render, select};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The path of the config in findings.
const CONFIG: &str = "feedmill.yaml";

/// The inputs of a build.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    /// The site's config.
    pub site: &'a Site,
    /// The current time, and which articles are published at it.
    pub time: TimeRule,
    /// How far bodies are read.
    pub depth: Depth,
    /// Files and images.
    pub world: &'a dyn World,
    /// Where finished documents go.
    pub stage: &'a dyn Stage,
    /// Who hears how far the run is.
    pub progress: &'a dyn Progress,
    /// Cached results of earlier runs.
    pub archive: &'a dyn Archive,
    /// What subscribers were given.
    pub ledger: &'a Ledger,
    /// What the run may change for them.
    pub accept: Accept,
}

/// How far a run looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Bodies of listed entries; documents are verified in one pass.
    Build,
    /// Every body; documents are validated by every rule.
    Check,
}

/// What the line hands to the plan.
#[derive(Debug, Default)]
pub struct Build {
    /// What became of every article.
    pub articles: BTreeMap<ArticlePath, Outcome>,
    /// The ids of accepted articles by path.
    pub ids: BTreeMap<ArticlePath, EntryId>,
    /// The documents in their order, staged.
    pub staged: Vec<Staged>,
    /// The feeds among them by name.
    pub directory: Directory,
    /// What was kept for subscribers.
    pub kept: Retained,
    /// The ledger after the run; `None` where it is as it was.
    pub ledger: Option<Ledger>,
    /// Entries of any feed.
    pub listed: Arc<BTreeMap<EntryId, Listed>>,
    /// In the fixed order.
    pub findings: Vec<Diagnostic>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// When the passing of time next changes the content of feeds: an article becomes due, was changed, or expires.
    pub holds_until: Option<Timestamp>,
    /// Whether the config cannot be used with these articles, as a finding says. Nothing was made then.
    pub is_misconfigured: bool,
    /// Why the world failed.
    pub failure: Option<String>,
    /// What it chose, where the next run may take it over.
    pub selection: Option<Selection>,
    /// The content folder as findings name it, with `/` at its end; empty for the project folder itself.
    pub folder: String,
}

/// What a run keeps as subscribers have it, although articles or the config say otherwise.
#[derive(Debug, Default)]
pub struct Retained {
    /// Ids and dates.
    pub assigned: Assigned,
    /// Feeds that nothing asks for any more.
    pub held: Vec<LineKey>,
    /// Feeds of which nothing is left.
    pub vanished: Vec<LineKey>,
    /// Feeds that old entries do not enter, and how many.
    pub kept_out: Vec<(String, usize)>,
    /// New articles that a feed does not list, because more were published at once than it holds: by the name of the feed.
    pub missed: Vec<(String, usize)>,
    /// New articles that are in no feed, because more were published at once than any feed holds.
    pub overflow: usize,
}

impl Build {
    /// An article's path as findings name it.
    pub fn display_path(&self, path: &ArticlePath) -> String {
        format!("{}{path}", self.folder)
    }
}

/// Facts about the whole collection that single articles need.
#[derive(Debug, Default)]
pub struct Survey {
    /// The heads of those without fault.
    pub articles: Vec<Article>,
    /// What the dates of all files show about the order of day and month.
    pub orders: normalise::Orders,
}

/// Reads the heads at these paths and nothing else.
pub fn survey(paths: &[ArticlePath], job: &Job<'_>) -> Survey {
    let mut heads = heads::read(paths, job, None);
    heads.articles.iter_mut().for_each(|article| heads::complete(article, None, job));
    Survey { articles: heads.articles, orders: heads.orders }
}

/// Grinds the articles at these paths into staged documents.
pub fn build(paths: &[ArticlePath], job: &Job<'_>) -> Build {
    run_steps(paths, job, None)
}

/// Like [`build`], but reuses what is remembered of an earlier run and still valid. A document of an unchanged feed
/// is in `staged`, and the stage does not receive it a second time.
pub fn rebuild(paths: &[ArticlePath], job: &Job<'_>, memory: &mut BuildMemory) -> Build {
    run_steps(paths, job, Some(memory))
}

fn run_steps(paths: &[ArticlePath], job: &Job<'_>, mut memory: Option<&mut BuildMemory>) -> Build {
    let heads::Heads { mut articles, mut outcomes, mut findings, .. } =
        within(Step::Heads, job.progress, || heads::read(paths, job, memory.as_deref_mut()));
    job.progress.report(ProgressEvent::Counted(Count::Heads, many(paths.len())));
    job.progress.report(ProgressEvent::Entered(Step::Select));
    let of_heads = findings.len();
    let assigned = ledger::assign(&mut articles, job.ledger, job.accept, job.world);
    let visible = select::visible(articles, &job.time, job.site, &mut findings);
    outcomes.extend(visible.left_out);
    let feeds = FeedIndex::new(job.ledger, job.site);
    let folders = job.ledger.tag_folders(&feeds);
    let collection = normalise::collection(visible.articles, job.site, &folders, &mut findings);
    outcomes.extend(collection.refused.iter().map(|path| (path.clone(), Outcome::Error)));
    if job.depth == Depth::Check {
        collection.articles.iter().for_each(|a| render::advice::article(a, job.site, job.world, &mut findings));
    }
    let windows = select::Windows::new(job.ledger, &feeds, job.accept, job.time.now);
    let Selected { outlines, feeds, held, vanished, given_up, kept_out, missed } =
        select::outlines(&collection, job.site, &windows, &mut findings);
    if let Err(conflict) = select::TakenPaths::new(&outlines, job.site) {
        findings.push(conflict);
        return Build { is_misconfigured: true, findings: in_order(findings), ..Build::default() };
    }
    let overflow = overflow(&collection.articles, &outlines, job.ledger);
    job.progress.report(ProgressEvent::Left);
    let made = documents::make(
        documents::Work { paths, collection: &collection, outlines: &outlines, directory: None, job },
        memory,
    );
    let age = |article: &Article| Some(article.published.plus_seconds(job.site.output.min_age?));
    let ages = collection.articles.iter().filter_map(age).filter(|at| *at > job.time.now).min();
    let next = job.ledger.next(
        &collection.articles,
        feeds,
        &made.listed,
        &vanished.iter().chain(&given_up).cloned().collect(),
    );
    let over_all = findings.get(of_heads..).filter(|_| job.archive.remembers());
    let selection =
        over_all.and_then(|over_all| Selection::new(paths, &collection, outlines, made.uses_addresses, over_all));
    findings.extend(made.findings);
    outcomes.extend(collection.articles.iter().map(|a| (a.path.clone(), Outcome::Accepted)));
    outcomes.extend(made.lost.into_iter().map(|path| (path, Outcome::Error)));
    Build {
        kept: Retained { assigned, held, vanished, kept_out, missed, overflow },
        ledger: Some(next),
        ids: collection.articles.into_iter().map(|a| (a.path, a.id)).collect(),
        articles: outcomes.into_iter().collect(),
        staged: made.staged,
        directory: made.directory,
        listed: Arc::new(made.listed),
        findings: in_order(findings),
        next_due: visible.next_due,
        holds_until: visible.holds_until.into_iter().chain(ages).min(),
        selection,
        is_misconfigured: false,
        failure: made.failure,
        folder: job.site.display_path(&ArticlePath::new("")),
    }
}

/// How many new articles no feed lists, although subscribers have feeds: more were published at once than the feeds hold.
fn overflow(articles: &[Article], outlines: &[Outline], ledger: &Ledger) -> usize {
    let listed: BTreeSet<usize> = outlines.iter().flat_map(|outline| outline.entries.iter().copied()).collect();
    let known = articles.iter().filter(|article| article.record.line.is_some()).map(|article| article.published).max();
    let Some(newest) = known.filter(|_| !ledger.is_empty()) else { return 0 };
    let is_new = |article: &Article| article.record.line.is_none() && article.published > newest;
    articles.iter().enumerate().filter(|(at, article)| is_new(article) && !listed.contains(at)).count()
}

#[cfg(test)]
mod tests;
