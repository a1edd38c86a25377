//! What a build reads: the articles that were found, the images that are known, and the instant. One home for the order of these
//! reads, used by every command and by the preview.

use super::ledger::LedgerFile;
use crate::diagnostic::Sink;
use crate::edge::EdgeError;
use crate::edge::cache::{CacheContext, Learned};
use crate::edge::discover::{self, FoundArticles, SearchScope, StampMode};
use crate::edge::disk::Disk;
use crate::edge::images::lock::{self, ImageLock};
use crate::model::{Site, TimeRule};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// What a run found before it reads an article.
pub(crate) struct Inputs<'a> {
    pub(crate) project: &'a Path,
    pub(crate) site: &'a Site,
    pub(crate) content: PathBuf,
    /// The output folder, which holds no articles.
    pub(crate) out: PathBuf,
    pub(crate) time: TimeRule,
    pub(crate) found: FoundArticles,
    /// The state of `images.lock` before it was read.
    learned: Learned,
    /// The state of `feedmill.ids` before it was read.
    ledger: Learned,
    writes_ledger: bool,
    began: SystemTime,
    /// The site's own files, without what probes learned.
    disk: Disk,
}

/// Where inputs are looked for, and by which rules.
pub(crate) struct InputSource<'a> {
    pub(crate) project: &'a Path,
    pub(crate) site: &'a Site,
    pub(crate) out: PathBuf,
    pub(crate) time: TimeRule,
    /// Files or folders to take; none: everything.
    pub(crate) named: &'a [PathBuf],
    /// Whether file stamps are taken, which the cache needs.
    pub(crate) stamps: StampMode,
    /// Whether the run writes `feedmill.ids`.
    pub(crate) writes_ledger: bool,
}

impl<'a> Inputs<'a> {
    /// Looks for the articles.
    pub(crate) fn discover(source: InputSource<'a>, sink: &mut dyn Sink) -> Result<Self, EdgeError> {
        let InputSource { project, site, out, time, named, stamps, writes_ledger } = source;
        let content = project.join(&site.content.dir);
        let field = SearchScope { content: &content, site, skip: &out, stamps };
        let found = match named {
            [] => discover::articles(field, sink)?,
            names => FoundArticles::unmarked(discover::named(field, names, project, sink)?),
        };
        let disk = Disk::new(&content, Arc::default()).beside(project, &site.content);
        let learned = Learned::at(&project.join(lock::NAME));
        let (ledger, began) = (LedgerFile::state(project), SystemTime::now());
        Ok(Self { project, site, content, out, time, found, learned, ledger, writes_ledger, began, disk })
    }

    /// Reads what probes have learned of images.
    pub(crate) fn images(&self, sink: &mut dyn Sink) -> Result<ImageLock, EdgeError> {
        ImageLock::read(self.project, sink)
    }

    /// The site's files and the known facts of images, as a build reads them.
    pub(crate) fn world(&self, images: ImageLock) -> Disk {
        Disk::new(&self.content, Arc::new(images)).beside(self.project, &self.site.content)
    }

    /// The whole search scope of articles, whichever paths were named.
    pub(crate) fn field(&self) -> SearchScope<'_> {
        SearchScope { content: &self.content, site: self.site, skip: &self.out, stamps: StampMode::None }
    }

    /// The site's own files alone.
    pub(crate) const fn disk(&self) -> &Disk {
        &self.disk
    }

    /// What a cached run is compared with.
    pub(crate) fn cache_context(&self) -> CacheContext<'_> {
        let Self { site, time, found, disk, out, learned, ledger, writes_ledger, began, .. } = self;
        CacheContext {
            site,
            time: *time,
            found,
            disk,
            out,
            learned: *learned,
            ledger: *ledger,
            writes_ledger: *writes_ledger,
            began: *began,
        }
    }
}
