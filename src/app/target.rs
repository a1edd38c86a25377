//! The place that a run writes to: `build` writes to a folder, `publish` to the target, which is a folder or a bucket.

use super::{Commit, Project};
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::EdgeError;
use crate::edge::images::lock::ImageLock;
use crate::edge::store::bucket::{self, Bucket, SharedFacts};
use crate::edge::store::{Dir, Target};
use crate::model::{DocumentPaths, Place, Site};
use crate::plan::Before;
use std::path::PathBuf;

/// Where documents are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TargetPlace {
    /// A folder on disk.
    Folder(PathBuf),
    /// A bucket: `s3://bucket/prefix`, and its endpoint if one was given.
    Bucket(String, Option<String>),
}

/// Where `publish` and `push` find the documents: `output.target`, else `output.dir`.
pub(super) fn published(project: &Project, site: &Site) -> TargetPlace {
    match &site.publishing.target {
        Some(url) if url.starts_with("s3://") => TargetPlace::Bucket(url.clone(), project.endpoint.clone()),
        Some(folder) => TargetPlace::Folder(project.dir.join(folder)),
        None => built(project, site),
    }
}

/// Where `build` writes: `output.dir`.
pub(super) fn built(project: &Project, site: &Site) -> TargetPlace {
    TargetPlace::Folder(project.dir.join(&site.output.dir))
}

/// Opens the place for writing, or on a dry run for looking only.
pub(super) fn open(
    place: &TargetPlace,
    (site, paths): (&Site, DocumentPaths),
    commit: Commit,
    findings: &mut Vec<Diagnostic>,
) -> Result<Box<dyn Target>, EdgeError> {
    let writes = commit == Commit::Write;
    match place {
        TargetPlace::Folder(folder) if writes => {
            let dir = Dir::open(folder)?.packing(&site.publishing.precompress).with_paths(paths);
            findings.extend(taken_over(dir.dead()));
            Ok(Box::new(dir))
        }
        TargetPlace::Folder(folder) => {
            Ok(Box::new(Dir::look(folder).packing(&site.publishing.precompress).with_paths(paths)))
        }
        TargetPlace::Bucket(url, endpoint) => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            let cache_control = &site.publishing.cache_control;
            if !writes {
                return Ok(Box::new(Bucket::look(objects, cache_control).with_paths(paths)));
            }
            let mut bucket = Bucket::open(objects, cache_control)?.with_paths(paths);
            findings.extend(bucket.try_conditions()?);
            Ok(Box::new(bucket))
        }
    }
}

/// What a bucket keeps about images, so that any machine can publish. A folder keeps nothing.
pub(super) fn shared_facts(
    place: &TargetPlace,
    known: &mut ImageLock,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<SharedFacts>, EdgeError> {
    match place {
        TargetPlace::Bucket(url, endpoint) => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            SharedFacts::read(objects, known, findings).map(Some)
        }
        TargetPlace::Folder(_) => Ok(None),
    }
}

/// The documents that subscribers have from the output folder, for a command that only reads. An unreadable folder is
/// reported by the commands that write.
pub(crate) fn before(place: &TargetPlace) -> Before {
    match place {
        TargetPlace::Folder(folder) => Dir::look(folder).before().unwrap_or(Before::Nothing),
        TargetPlace::Bucket(..) => Before::Nothing,
    }
}

/// The finding about a lock whose holder died.
pub(super) fn taken_over(dead: Option<&str>) -> Option<Diagnostic> {
    let text = format!("the run that held the target's lock died ({}); this run took the lock over", dead?);
    let help = "if this happens often, find out what stops the run: a time limit, or too little memory";
    Some(Diagnostic::new(Code::LockTakenOver, "", Place::WHOLE, text).help(help))
}
