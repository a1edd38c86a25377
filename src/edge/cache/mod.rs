//! `.feedmill-cache/` beside the config: results of the last runs, so that the next costs only what changed. A cache
//! that is missing, truncated, corrupt or of another version is reported in a note, and the run does a full build.
//!
//! The folder has its own ignore file for git, is never searched for articles, and holds nothing that cannot be made
//! again.

mod checked_disk;
mod documents;
mod frame;
mod heads;
mod notes;
mod run;
mod shard;
mod temp_records;

pub use checked_disk::CheckedDisk;
pub use heads::HeadCache;
pub use run::{CacheContext, CacheHit, Learned, PartialHit};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edge::files;
use crate::model::Place;
use crate::pipeline::Build;
use crate::plan::Plan;
use documents::Documents;
use frame::{UNFINISHED, Unusable};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The folder's name.
pub const NAME: &str = ".feedmill-cache";

/// The file by which git ignores it.
const IGNORE: &str = ".gitignore";

/// Older than any file that a living run still writes.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The cache of a project.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Of the command that writes there: two targets have two last runs.
    run: PathBuf,
    /// Path of the cached documents.
    documents: PathBuf,
}

impl Cache {
    /// Of this project folder, for runs of this command. A clone may carry a link in its place: then it is neither read nor
    /// written.
    pub fn open(project: &Path, run: &str, sink: &mut dyn Sink) -> Option<Self> {
        let folder = project.join(NAME);
        let ignore = folder.join(IGNORE);
        let checked = files::check_folder(&folder).map_err(|why| (&folder, why));
        if let Err((path, why)) = checked.and_then(|()| files::check(&ignore).map_err(|why| (&ignore, why))) {
            let text = format!("the cache cannot be used: {} {why}", path.display());
            let help = "remove it, so that feedmill can create its cache; until then every build is a full build";
            sink.report(Diagnostic::new(Code::CacheNotKept, "", Place::WHOLE, text).help(help));
            return None;
        }
        Some(Self {
            run: folder.join(format!("run-{run}")),
            documents: folder.join(format!("documents-{run}")),
            folder,
        })
    }

    /// The last run, if its result is valid for this one.
    pub fn recall(&self, context: CacheContext<'_>, sink: &mut dyn Sink) -> Option<CacheHit> {
        match run::recall(&self.run, context) {
            Ok(recalled) => recalled,
            Err(Unusable::Missing) => None,
            Err(Unusable::Damaged(why)) => {
                sink.report(damaged(&format!("{}: {why}", self.run.display())));
                None
            }
        }
    }

    /// The cached heads. One note reports all files that could not be used.
    pub fn heads<'a>(
        &self,
        context: CacheContext<'a>,
        partial: Option<&PartialHit>,
        sink: &mut dyn Sink,
    ) -> HeadCache<'a> {
        let seen = partial.map(|partial| partial.outputs.iter().cloned().collect()).unwrap_or_default();
        let (documents, why) = Documents::open(&self.documents, context.out, seen);
        let before = partial.map(|partial| partial.stamps.clone()).unwrap_or_default();
        let heads = HeadCache::open(&self.folder, context.found, context.site, documents, before);
        if let Some(first) = heads.damaged.first().or(why.as_ref()) {
            sink.report(damaged(first));
        }
        heads
    }

    /// Caches the results of a committed run; the next run may reuse them as a whole only if `whole` allows it.
    pub fn keep(&self, heads: &HeadCache<'_>, run: Done<'_>, whole: Whole, sink: &mut dyn Sink) {
        if let Some(why) = heads.damage() {
            sink.report(damaged(&why));
        }
        let keep = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let ignore = self.folder.join(IGNORE);
            if !ignore.exists() {
                files::create(&ignore)?.write_all(b"*\n")?;
            }
            sweep(&self.folder);
            heads.save()?;
            let stamps = run::stamps(&run, &heads.documents);
            heads.documents.save(&stamps)?;
            match whole {
                Whole::Stands => run::keep(&self.run, &run, &stamps),
                Whole::No => Ok(()),
            }
        };
        if let Err(why) = keep() {
            let text = format!("{} cannot be written: {why}", self.folder.display());
            let help = "make the folder writable, or use --no-cache";
            sink.report(Diagnostic::new(Code::CacheNotKept, "", Place::WHOLE, text).help(help));
        }
    }
}

/// Whether a run as a whole may be reused by the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// It may be reused.
    Stands,
    /// It did what the next would do again.
    No,
}

/// A run that was committed.
#[derive(Clone, Copy)]
pub struct Done<'a> {
    /// Everything the run depended on.
    pub context: CacheContext<'a>,
    /// The result of the run.
    pub build: &'a Build,
    /// What it did.
    pub plan: &'a Plan,
    /// Paths of the files written with the documents.
    pub beside: &'a [String],
    /// What was found outside articles and documents, and will not be looked for again while nothing changes.
    pub found: &'a [Diagnostic],
    /// When everything was made and nothing yet put in place.
    pub at: SystemTime,
}

/// Removes temporary files of killed runs. Another command may be working in the folder under another lock, so recent
/// files stay. A file that cannot be removed only takes space.
fn sweep(folder: &Path) {
    let now = SystemTime::now();
    let old = |entry: &fs::DirEntry| {
        let changed = entry.metadata().and_then(|about| about.modified());
        changed.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > ABANDONED))
    };
    let unfinished = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let chosen = name.as_encoded_bytes().strip_prefix(UNFINISHED.as_bytes());
        chosen.is_some_and(|chosen| chosen.len() == frame::CHOSEN && chosen.iter().all(u8::is_ascii_alphanumeric))
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(unfinished).filter(old) {
        let _ = fs::remove_file(entry.path());
    }
}

fn damaged(why: &str) -> Diagnostic {
    let text = format!("the cache cannot be used: {why}");
    let help = "this run does a full build and replaces the cache";
    Diagnostic::new(Code::DamagedCache, "", Place::WHOLE, text).help(help)
}
