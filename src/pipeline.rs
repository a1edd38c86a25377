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
mod published;
mod recording_world;
mod selection;

pub use amend::{PreviousBuild, amend, competes};
pub use images::{ImagePurpose, ImageUse, image_uses};
pub use manifest::{AtStore, Manifest, ManifestDocument};
pub use memory::BuildMemory;
pub use selection::Selection;

use crate::diagnostic::{Diagnostic, in_order};
use crate::model::{
    Archive, Article, ArticlePath, Count, Directory, EntryId, Listed, Outcome, Progress, ProgressEvent, Site, Stage,
    Staged, Step, TimeRule, Timestamp, World, many, within,
};
use crate::{normalise, render, select};
use published::Earlier;
use std::collections::BTreeMap;
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
    /// What subscribers have, where it decides which article keeps an id or a folder.
    pub published: Option<&'a Manifest>,
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
    /// Entries of any feed.
    pub listed: Arc<BTreeMap<EntryId, Listed>>,
    /// The folders of tags that compete for one, each with the key of its tag.
    pub tag_folders: BTreeMap<String, String>,
    /// In the fixed order.
    pub findings: Vec<Diagnostic>,
    /// When the next article of the future becomes due.
    pub next_due: Option<Timestamp>,
    /// When the passing of time next changes the content of feeds: an article becomes due, was changed, or expires.
    pub holds_until: Option<Timestamp>,
    /// Why the world failed.
    pub failure: Option<String>,
    /// What it chose, where the next run may take it over.
    pub selection: Option<Selection>,
    /// The content folder as findings name it, with `/` at its end; empty for the project folder itself.
    pub folder: String,
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
    let heads::Heads { articles, mut outcomes, mut findings, .. } =
        within(Step::Heads, job.progress, || heads::read(paths, job, memory.as_deref_mut()));
    job.progress.report(ProgressEvent::Counted(Count::Heads, many(paths.len())));
    job.progress.report(ProgressEvent::Entered(Step::Select));
    let of_heads = findings.len();
    let visible = select::visible(articles, &job.time, job.site, &mut findings);
    outcomes.extend(visible.left_out);
    let earlier = job.published.map(|manifest| Earlier::new(manifest, job.world));
    let published = earlier.as_ref().map_or(&() as &dyn normalise::Published, |earlier| earlier);
    let collection = normalise::collection(visible.articles, job.site, published, &mut findings);
    outcomes.extend(collection.refused.iter().map(|path| (path.clone(), Outcome::Error)));
    if job.depth == Depth::Check {
        collection.articles.iter().for_each(|a| render::advice::article(a, job.site, job.world, &mut findings));
    }
    let outlines = select::outlines(&collection, job.site, &mut findings);
    job.progress.report(ProgressEvent::Left);
    let made = documents::make(
        documents::Work { paths, collection: &collection, outlines: &outlines, directory: None, job },
        memory,
    );
    let over_all = findings.get(of_heads..).filter(|_| job.archive.remembers());
    let selection =
        over_all.and_then(|over_all| Selection::new(paths, &collection, outlines, made.uses_addresses, over_all));
    findings.extend(made.findings);
    outcomes.extend(collection.articles.iter().map(|a| (a.path.clone(), Outcome::Accepted)));
    outcomes.extend(made.lost.into_iter().map(|path| (path, Outcome::Error)));
    Build {
        tag_folders: collection.tag_folders,
        ids: collection.articles.into_iter().map(|a| (a.path, a.id)).collect(),
        articles: outcomes.into_iter().collect(),
        staged: made.staged,
        directory: made.directory,
        listed: Arc::new(made.listed),
        findings: in_order(findings),
        next_due: visible.next_due,
        holds_until: visible.holds_until,
        selection,
        failure: made.failure,
        folder: job.site.display_path(&ArticlePath::new("")),
    }
}

#[cfg(test)]
mod tests;
