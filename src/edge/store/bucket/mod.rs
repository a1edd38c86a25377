//! A bucket as target (S3 and compatible stores). Nothing of it is kept on the machine: any machine with the content
//! may publish. Only changed objects are put. The manifest is put last and only if nobody put one since it was read,
//! so that of two publishers one wins and the other reads, plans and tries again. After any prefix of the sequence,
//! every feed is complete.
//!
//! The manifest records each object's entity tag: objects that the losing publisher put differ from it, and are put
//! again by the next publish. Objects are listed in the manifest before they are deleted, so that a crash leaves no
//! orphan.

mod facts;
mod objects;
mod published;
mod push_state;
mod reach;
#[cfg(test)]
mod tests;

pub use facts::SharedFacts;
pub use objects::Objects;
pub use published::BucketDocuments;
pub use push_state::BucketPushState;
pub use reach::objects;

use super::{Committed, Target};
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::EdgeError;
use crate::format::{START, is_own};
use crate::model::{
    Change, Document, DocumentPaths, DocumentState, Format, Place, Progress, ProgressEvent, Stage, Staged, Step,
};
use crate::pipeline::{AtStore, Manifest, ManifestDocument};
use crate::plan::{Before, Plan, Removal};
use objects::{Meta, NotPut, Said, When};
use std::collections::{BTreeMap, BTreeSet};

/// Path of the manifest below the prefix.
pub const MANIFEST: &str = ".feedmill/manifest.json";

/// Where a store is tried.
const CONDITIONS: &str = ".feedmill/conditions-";

/// A bucket, or a prefix in it.
#[derive(Debug)]
pub struct Bucket {
    objects: Objects,
    cache_control: String,
    stage: Option<tempfile::TempDir>,
    /// As it was when the manifest was read.
    listing: BTreeMap<String, Meta>,
    manifest: Manifest,
    /// The manifest's bytes and entity tag, where there is one.
    state: Option<(Vec<u8>, Option<String>)>,
    conditions: Conditions,
    /// What this run put in attempts that were overtaken, with the entity tags.
    put: BTreeMap<String, Option<String>>,
    /// Where the site can have documents: others are not deleted.
    paths: DocumentPaths,
    /// Documents of the manifest that are copies of others.
    copies: BTreeSet<String>,
}

/// Whether the store honours conditional puts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conditions {
    Honoured,
    Ignored,
}

impl Bucket {
    /// A bucket to write to; documents wait in a temporary folder of this machine.
    pub fn open(objects: Objects, cache_control: &str) -> Result<Self, EdgeError> {
        let folder = std::env::temp_dir();
        let stage = tempfile::tempdir_in(&folder).map_err(|why| EdgeError::disk(&folder, why))?;
        Ok(Self { stage: Some(stage), ..Self::look(objects, cache_control) })
    }

    /// A bucket to be looked at only, for a dry run.
    pub fn look(objects: Objects, cache_control: &str) -> Self {
        Self {
            objects,
            cache_control: cache_control.to_owned(),
            stage: None,
            listing: BTreeMap::new(),
            manifest: Manifest::default(),
            state: None,
            conditions: Conditions::Honoured,
            put: BTreeMap::new(),
            paths: DocumentPaths::default(),
            copies: BTreeSet::new(),
        }
    }

    /// The same bucket, of a site with documents at these paths.
    pub fn with_paths(self, paths: DocumentPaths) -> Self {
        Self { paths, ..self }
    }

    /// Tries whether the store honours conditional puts, where nothing was published yet: a key is created twice, and
    /// the second must fail.
    pub fn try_conditions(&mut self) -> Result<Option<Diagnostic>, EdgeError> {
        if self.stage.is_none() || self.objects.head(MANIFEST)?.is_some() {
            return Ok(None);
        }
        let key = format!("{CONDITIONS}{}-{:08x}", std::process::id(), rand_bits());
        let put = || self.objects.put(&key, b"feedmill\n".to_vec(), &Said::default(), &When::Absent);
        let honoured = match put() {
            Ok(_) => match put() {
                Err(NotPut::Overtaken) => true,
                Ok(_) | Err(NotPut::Unconditional) => false,
                Err(NotPut::Failed(fault)) => return Err(fault),
            },
            Err(NotPut::Failed(fault)) => return Err(fault),
            Err(NotPut::Overtaken | NotPut::Unconditional) => false,
        };
        self.objects.delete(&key)?;
        if honoured {
            return Ok(None);
        }
        self.conditions = Conditions::Ignored;
        let text = format!("{} does not honour conditional puts", self.objects.name());
        let help = "let only one machine publish at a time, or use a store that knows If-Match and If-None-Match";
        Ok(Some(Diagnostic::new(Code::NoConditionalPut, "", Place::WHOLE, text).help(help)))
    }

    fn staged(&self, path: &str) -> std::path::PathBuf {
        let folder = self.stage.as_ref().map_or_else(Default::default, |stage| stage.path().to_owned());
        folder.join(path.replace('/', "~"))
    }

    /// The manifest's record of an object, if the object is still the one that was recorded.
    fn listed(&self, path: &str) -> Option<&ManifestDocument> {
        let known = self.manifest.documents.get(path)?;
        let meta = self.listing.get(path)?;
        let etag = known.object.as_ref().and_then(|object| object.etag.as_ref());
        (meta.size == known.size && meta.etag.as_ref() == etag).then_some(known)
    }

    /// What is at the path of a document that differs from the manifest. An object that the manifest lists is
    /// feedmill's own and is put again; but a page may have been replaced by one of the site's. An object that cannot
    /// be read is left alone.
    fn state(&self, staged: &Staged) -> DocumentState {
        let (path, is_feed) = (staged.path.as_str(), staged.format.is_feed());
        // An empty object has no owner, and stores refuse a range request for it.
        let is_empty = self.listing.get(path).is_none_or(|meta| meta.size == 0);
        if is_empty || (is_feed && self.manifest.documents.contains_key(path)) {
            return DocumentState::Differs;
        }
        let is_foreign = match self.objects.start(path, START) {
            Ok(Some(start)) => !is_own(staged.format, &start.bytes),
            Ok(None) => false,
            Err(_) => true,
        };
        match (is_foreign, is_feed) {
            (false, _) => DocumentState::Differs,
            (true, true) => DocumentState::OtherProgram,
            (true, false) => DocumentState::Foreign,
        }
    }

    /// Objects that a commit deletes, with their entity tags: documents that are no longer made, those left by a run
    /// that died, and those that this run put before it lost; only if they are still the objects that were put.
    fn leaving(&self, plan: &Plan, kept: &Manifest) -> BTreeMap<String, Option<String>> {
        let listed = plan.delete.iter().filter(|path| self.removal(path) == Removal::Delete);
        let listed = listed.filter_map(|path| Some((path, &self.listing.get(path)?.etag)));
        let noted = self.manifest.leaving.iter().chain(&self.put).filter(|(path, etag)| {
            self.paths.holds(path) && self.listing.get(*path).is_some_and(|meta| meta.etag == **etag)
        });
        let all = listed.chain(noted).filter(|(path, _)| !kept.documents.contains_key(*path));
        all.map(|(path, etag)| (path.clone(), etag.clone())).collect()
    }

    fn said(&self, format: Format) -> Said {
        let media_type = format!("{}; charset=utf-8", format.media_type());
        Said { media_type, cache_control: self.cache_control.clone(), publisher: None }
    }

    /// Whether feedmill can have written a document at a path.
    fn may_be_ours(&self, path: &str) -> bool {
        self.paths.holds(path) || self.copies.contains(path)
    }

    /// Documents that are copies of others: the store gives both the entity tag that the manifest recorded.
    fn copies(&self) -> BTreeSet<String> {
        let mut standing = Manifest::default();
        let listed = self.manifest.documents.iter().filter(|(path, _)| self.listed(path).is_some());
        standing.documents = listed.map(|(path, document)| (path.clone(), document.clone())).collect();
        standing.copies(&self.paths)
    }

    /// The manifest to put: the plan's, with the store's record of each object.
    fn manifest_of(&self, plan: &Plan, etags: &BTreeMap<String, Option<String>>) -> Manifest {
        let mut manifest = plan.manifest.clone();
        for (staged, _) in &plan.documents {
            let Some(published) = manifest.documents.get_mut(&staged.path) else { continue };
            let before = || self.listing.get(&staged.path).and_then(|meta| meta.etag.clone());
            let etag = etags.get(&staged.path).cloned().unwrap_or_else(before);
            published.object = Some(AtStore { etag, topic: staged.topic.as_str().to_owned() });
        }
        manifest
    }

    /// Puts the manifest unless the same one is there already. The text names the publisher that was faster.
    fn put_manifest(&mut self, manifest: &Manifest) -> Result<Committed, EdgeError> {
        let bytes = manifest.to_bytes();
        if self.state.as_ref().is_some_and(|(state, _)| *state == bytes) {
            return Ok(Committed::Done);
        }
        let said = Said {
            media_type: "application/json".into(),
            cache_control: "no-cache".into(),
            publisher: Some(super::whoami()),
        };
        let when = match (&self.state, self.conditions) {
            (_, Conditions::Ignored) => When::Always,
            (Some((_, Some(etag))), _) => When::Still(etag.clone()),
            (Some((_, None)), _) => When::Always,
            (None, _) => When::Absent,
        };
        match self.objects.put(MANIFEST, bytes.clone(), &said, &when) {
            Ok(etag) => {
                self.state = Some((bytes, etag));
                Ok(Committed::Done)
            }
            Err(NotPut::Overtaken) => {
                let winner = self.objects.head(MANIFEST)?.and_then(|object| object.publisher);
                Ok(Committed::Overtaken(winner.unwrap_or_else(|| "a publisher that does not say who it is".into())))
            }
            Err(NotPut::Unconditional) => {
                self.conditions = Conditions::Ignored;
                self.put_manifest(manifest)
            }
            Err(NotPut::Failed(fault)) => Err(fault),
        }
    }
}

impl Target for Bucket {
    fn before(&mut self) -> Result<Before, EdgeError> {
        let found = self.objects.get(MANIFEST)?;
        self.listing = self.objects.list()?;
        self.manifest = Manifest::default();
        self.state = found.map(|object| (object.bytes, object.etag));
        let Some((bytes, _)) = &self.state else {
            let own = |format: &Format| {
                let name = format.file_name();
                let start = self.listing.get(name).and_then(|_| self.objects.start(name, START).ok().flatten());
                start.is_some_and(|start| !start.bytes.is_empty() && is_own(*format, &start.bytes))
            };
            return Ok(match Format::ALL.iter().any(own) {
                true => Before::Lost("there is none, while feeds are there; if another program made them, give feedmill a prefix of its own".into()),
                false => Before::Nothing,
            });
        };
        Ok(match Manifest::read(bytes) {
            Ok(manifest) => {
                self.manifest.clone_from(&manifest);
                self.copies = self.copies();
                Before::Known(manifest)
            }
            Err(why) => Before::Lost(why),
        })
    }

    fn commit(&mut self, plan: &Plan, progress: &dyn Progress) -> Result<Committed, EdgeError> {
        let written: Vec<(&str, Said)> = plan
            .documents
            .iter()
            .filter(|(_, change)| *change == Change::Written)
            .map(|(staged, _)| (staged.path.as_str(), self.said(staged.format)))
            .collect();
        progress.report(ProgressEvent::Began(Step::Commit, written.len()));
        let put = self.objects.put_all(&written, |path| {
            // Counted as it sets out: a handful are under way at once.
            progress.report(ProgressEvent::Done);
            let staged = self.staged(path);
            std::fs::read(&staged).map_err(|why| EdgeError::disk(&staged, why))
        });
        progress.report(ProgressEvent::Ended);
        let etags = put?;
        let mut manifest = self.manifest_of(plan, &etags);
        manifest.leaving = self.leaving(plan, &manifest);
        self.put.extend(etags);
        let mut gone: Vec<String> = manifest.leaving.keys().cloned().collect();
        if self.state.is_some() {
            // Left by a run that died while it tested the store; a store that holds a manifest is not tested.
            gone.extend(self.listing.keys().filter(|path| path.starts_with(CONDITIONS)).cloned());
        }
        if let Committed::Overtaken(by) = self.put_manifest(&manifest)? {
            return Ok(Committed::Overtaken(by));
        }
        if !gone.is_empty() {
            for path in &gone {
                self.objects.delete(path)?;
            }
            manifest.leaving.clear();
            // Whoever overtakes now has read what was to leave.
            self.put_manifest(&manifest)?;
        }
        Ok(Committed::Done)
    }

    /// By the entity tag: reading every object again would cost more than it protects.
    fn removal(&self, path: &str) -> Removal {
        match (self.listing.contains_key(path), self.listed(path)) {
            (false, _) => Removal::Gone,
            (true, Some(_)) if self.may_be_ours(path) => Removal::Delete,
            (true, _) => Removal::Keep,
        }
    }

    fn discard(&mut self) -> Result<(), EdgeError> {
        Ok(())
    }
}

impl Stage for Bucket {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let mut staged = Staged::for_document(&document);
        if self.listed(&staged.path).is_some_and(|published| published.digest == staged.digest) {
            staged.state = DocumentState::AsListed;
        } else {
            staged.state = self.state(&staged);
        }
        if self.stage.is_none() || matches!(staged.state, DocumentState::AsListed | DocumentState::Foreign) {
            return Ok(staged);
        }
        let path = self.staged(&staged.path);
        std::fs::write(&path, &document.bytes).map_err(|why| EdgeError::disk(&path, why).to_string())?;
        Ok(staged)
    }
}

/// Distinguishes two runs that start at the same moment; the value need not be secret.
fn rand_bits() -> u32 {
    use std::hash::{BuildHasher, RandomState};
    (RandomState::new().hash_one(0_u8) & u64::from(u32::MAX)).try_into().unwrap_or_default()
}
