//! Which place a command writes to, opened for it: `build` a folder, `publish` the target, be it a folder or a bucket.

use super::args::Commit;
use super::line::Stop;
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::EdgeError;
use crate::edge::store::{Dir, Target};
use crate::model::{Place as At, Site};
use std::path::{Path, PathBuf};

/// A place for documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On disk.
    Folder(PathBuf),
}

impl Place {
    /// The folder that is no content: the place itself, or for a bucket the output folder beside it.
    pub fn folder(&self, _dir: &Path, _site: &Site) -> PathBuf {
        let Self::Folder(folder) = self;
        folder.clone()
    }
}

/// Where a command writes to: `output.target` for those that publish, else `output.dir`.
pub fn place(dir: &Path, site: &Site, stop: Stop) -> Place {
    let target = site.publishing.target.as_ref().filter(|_| stop == Stop::Publish);
    Place::Folder(dir.join(target.unwrap_or(&site.output.dir)))
}

/// Opens the place for writing, or on a dry run for looking only.
pub fn open(
    place: &Place,
    _site: &Site,
    commit: Commit,
    findings: &mut Vec<Diagnostic>,
) -> Result<Box<dyn Target>, EdgeError> {
    let Place::Folder(folder) = place;
    if commit != Commit::Write {
        return Ok(Box::new(Dir::look(folder)));
    }
    let dir = Dir::open(folder)?;
    findings.extend(taken_over(dir.dead()));
    Ok(Box::new(dir))
}

/// What is said of a lock whose holder died.
pub fn taken_over(dead: Option<&str>) -> Option<Diagnostic> {
    let text = format!("the run that held the lock of the target died ({}); its lock was taken over", dead?);
    let help = "nothing to do: this run completes what it began";
    Some(Diagnostic::new(Code::LockTakenOver, "", At::WHOLE, text).help(help))
}
