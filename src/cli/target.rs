//! Which place a command writes to, opened for it: `build` a folder, `publish` the target, be it a folder or a bucket.

use super::args::Commit;
use super::line::Stop;
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::EdgeError;
use crate::edge::images::lock::ImageLock;
use crate::edge::store::bucket::{self, Bucket, SharedFacts};
use crate::edge::store::{Dir, Target};
use crate::model::{Place as At, Site};
use crate::plan::Before;
use std::path::{Path, PathBuf};

/// A place for documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On disk.
    Folder(PathBuf),
    /// `s3://bucket/prefix`, and the endpoint that was given for it.
    Bucket(String, Option<String>),
}

/// Where a command writes to: `output.target` for those that publish, else `output.dir`.
pub fn place(dir: &Path, site: &Site, stop: Stop, endpoint: Option<&str>) -> Place {
    match site.publishing.target.as_ref().filter(|_| stop == Stop::Publish) {
        Some(url) if url.starts_with("s3://") => Place::Bucket(url.clone(), endpoint.map(str::to_owned)),
        Some(folder) => Place::Folder(dir.join(folder)),
        None => Place::Folder(dir.join(&site.output.dir)),
    }
}

/// Opens the place for writing, or on a dry run for looking only.
pub fn open(
    place: &Place,
    site: &Site,
    commit: Commit,
    findings: &mut Vec<Diagnostic>,
) -> Result<Box<dyn Target>, EdgeError> {
    let writes = commit == Commit::Write;
    match place {
        Place::Folder(folder) if writes => {
            let dir = Dir::open(folder)?.packing(&site.publishing.precompress);
            findings.extend(taken_over(dir.dead()));
            Ok(Box::new(dir))
        }
        Place::Folder(folder) => Ok(Box::new(Dir::look(folder).packing(&site.publishing.precompress))),
        Place::Bucket(url, endpoint) => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            let cache_control = &site.publishing.cache_control;
            if !writes {
                return Ok(Box::new(Bucket::look(objects, cache_control)));
            }
            let mut bucket = Bucket::open(objects, cache_control)?;
            findings.extend(bucket.try_conditions()?);
            Ok(Box::new(bucket))
        }
    }
}

/// What is known of images, where the target keeps it: a bucket does, so that any machine may publish.
pub fn shared_facts(
    place: &Place,
    stop: Stop,
    known: &mut ImageLock,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<SharedFacts>, EdgeError> {
    match place {
        Place::Bucket(url, endpoint) if stop == Stop::Publish => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            SharedFacts::read(objects, known, findings).map(Some)
        }
        _ => Ok(None),
    }
}

/// What subscribers were given from the output folder, for a command that only looks. That the
/// folder cannot be read is for those that write to say.
pub fn published(place: &Place) -> Before {
    match place {
        Place::Folder(folder) => Dir::look(folder).before().unwrap_or(Before::Nothing),
        Place::Bucket(..) => Before::Nothing,
    }
}

/// What is said of a lock whose holder died.
pub fn taken_over(dead: Option<&str>) -> Option<Diagnostic> {
    let text = format!("the run that held the lock of the target died ({}); its lock was taken over", dead?);
    let help = "nothing to do: this run completes what it began";
    Some(Diagnostic::new(Code::LockTakenOver, "", At::WHOLE, text).help(help))
}
