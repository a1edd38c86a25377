//! `.feedmill-cache/` beside the config: what the last runs came to, so that the next costs what changed. Only speed is lost
//! with it: what is missing, cut, flipped or of another version is told in a note, and the run does all the work anew.
//!
//! It ignores itself for git, is never walked as content, and holds nothing that cannot be made again.

mod frame;
mod heads;
mod notes;
mod run;
mod shard;

pub use heads::Heads;
pub use run::{Recalled, Scene};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Place;
use crate::pipeline::Ground;
use crate::plan::Plan;
use frame::Unusable;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder's name.
pub const NAME: &str = ".feedmill-cache";

/// The cache of a project.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Of the command that writes there: two targets have two last runs.
    run: PathBuf,
}

impl Cache {
    /// Of this project folder, for runs of this name.
    pub fn of(project: &Path, run: &str) -> Self {
        let folder = project.join(NAME);
        Self { run: folder.join(run), folder }
    }

    /// The report of the last run, if this one would come to the same.
    pub fn recall(&self, scene: Scene<'_>, sink: &mut dyn Sink) -> Option<Recalled> {
        match run::recall(&self.run, scene) {
            Ok(recalled) => recalled,
            Err(Unusable::Missing) => None,
            Err(Unusable::Damaged(why)) => {
                sink.report(damaged(&format!("{}: {why}", self.run.display())));
                None
            }
        }
    }

    /// The heads that are known. One note tells of all files that could not be used.
    pub fn heads<'a>(&self, scene: Scene<'a>, sink: &mut dyn Sink) -> Heads<'a> {
        let heads = Heads::open(&self.folder, scene.found, scene.site);
        if let Some(first) = heads.damaged.first() {
            sink.report(damaged(first));
        }
        heads
    }

    /// Keeps what a committed run came to; `run`: where it may stand for the next as a whole.
    pub fn keep(&self, heads: &Heads<'_>, run: Option<Done<'_>>, sink: &mut dyn Sink) {
        let keep = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let ignore = self.folder.join(".gitignore");
            if !ignore.exists() {
                fs::write(&ignore, "*\n")?;
            }
            heads.save()?;
            run.map_or(Ok(()), |done| run::keep(&self.run, &done))
        };
        if let Err(why) = keep() {
            let text = format!("{} cannot be written: {why}", self.folder.display());
            let help = "let feedmill write there, or say --no-cache";
            sink.report(Diagnostic::new(Code::CacheNotKept, "", Place::WHOLE, text).help(help));
        }
    }
}

/// A run that was committed.
#[derive(Clone, Copy)]
pub struct Done<'a> {
    /// What it hung on.
    pub scene: Scene<'a>,
    /// What it came to.
    pub ground: &'a Ground,
    /// What it did.
    pub plan: &'a Plan,
    /// Paths of what stands beside the documents.
    pub beside: &'a [String],
    /// What was found outside articles and documents, and will not be looked for again while nothing changes.
    pub found: &'a [Diagnostic],
    /// When everything was made and nothing yet put in place.
    pub at: SystemTime,
}

fn damaged(why: &str) -> Diagnostic {
    let text = format!("the cache cannot be used: {why}");
    let help = "nothing to do: everything is read and made anew, and the cache with it";
    Diagnostic::new(Code::DamagedCache, "", Place::WHOLE, text).help(help)
}
