//! A folder as target. Documents are staged beside their final paths, synced, renamed, and the manifest is written
//! last: a reader sees the old file or the new one, and after a crash at any point, of the program or of the machine,
//! the next run completes the set. Deletes only files that the manifest lists and nobody has changed since.

use super::companions::{StagedCompanions, Staging, packed};
use super::durable::{delete, sync_all, sync_folders, write_if_other};
use super::foreign::{Occupant, names_feedmill, occupant};
use super::stage_folders::StageFolders;
use super::{Committed, Target, gitignore};
use crate::edge::EdgeError;
use crate::edge::files::{self, Root};
use crate::edge::lock::{Afterwards, Lock};
use crate::format;
use crate::model::{
    Change, Coding, Document, DocumentPaths, DocumentState, Format, HostFile, Progress, ProgressEvent, Stage, Staged,
    Step, is_host_file_path,
};
use crate::pipeline::{Manifest, ManifestDocument};
use crate::plan::{Before, Plan, Removal};
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The message if feeds exist without a manifest, so that their owner is unknown.
const NONE: &str =
    "the file is missing although the folder has feeds; if another program made them, set output.dir to another folder";

/// Files of the state, below the output folder.
const LOCK: &str = ".feedmill/lock";
const MANIFEST: &str = ".feedmill/manifest.json";

/// An output folder.
#[derive(Debug)]
pub struct Dir {
    root: PathBuf,
    files: Root,
    state: PathBuf,
    stage: PathBuf,
    /// Where documents are staged: folders of this run's own below `stage`.
    desks: StageFolders,
    /// The documents of the last manifest; unchanged ones need no stage file.
    known: BTreeMap<String, ManifestDocument>,
    beside: StagedCompanions,
    /// Where the site can have documents: others are not deleted.
    paths: DocumentPaths,
    /// Files are made one after another: in one folder the kernel lets only one maker in, and the others burn their time.
    turn: Mutex<()>,
    /// Held while anything may be written.
    lock: Option<Lock>,
    /// Whether this run made `.feedmill/`, which is removed again if the run writes nothing.
    is_new: bool,
}

impl Dir {
    /// Opens a folder for writing, creates it if it is missing, and takes its lock. Staged files of a dead run are
    /// removed.
    pub fn open(root: &Path) -> Result<Self, EdgeError> {
        let dir = Self::look(root);
        let is_new = !dir.state.exists();
        dir.files.make_folders(LOCK).map_err(|why| EdgeError::disk(&dir.state, why))?;
        gitignore::check(&dir.files)?;
        let lock = Lock::hold(&root.join(LOCK), Afterwards::Keep)?;
        dir.clear_stage()?;
        gitignore::write(&dir.files, &dir.stage)?;
        Ok(Self { lock: Some(lock), is_new, ..dir })
    }

    /// Whether a run has something to write there although nothing changed: the `.gitignore` of an earlier version.
    pub fn is_outdated(root: &Path) -> bool {
        gitignore::is_outdated(&Root::new(root))
    }

    /// The lock's note of the last run, if it died while it held the lock.
    pub fn dead(&self) -> Option<&str> {
        self.lock.as_ref()?.dead.as_deref()
    }

    /// Opens a folder for reading only, for a dry run: nothing is made.
    pub fn look(root: &Path) -> Self {
        let state = root.join(".feedmill");
        let stage = state.join("stage");
        Self {
            root: root.to_owned(),
            files: Root::new(root),
            desks: StageFolders::below(&stage),
            stage,
            state,
            known: BTreeMap::new(),
            beside: StagedCompanions::default(),
            paths: DocumentPaths::default(),
            turn: Mutex::default(),
            lock: None,
            is_new: false,
        }
    }

    /// The same folder, with compressed copies of its documents.
    pub fn packing(mut self, codings: &[Coding]) -> Self {
        self.beside.codings = codings.to_vec();
        self
    }

    /// The same folder, of a site with documents at these paths.
    pub fn with_paths(self, paths: DocumentPaths) -> Self {
        Self { paths, ..self }
    }

    /// Removes stage files, of a dead run before this one or of this run when it is refused.
    fn clear_stage(&self) -> Result<(), EdgeError> {
        let cleared = files::check_folder(&self.stage).and_then(|()| fs::remove_dir_all(&self.stage));
        match cleared {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(EdgeError::disk(&self.stage, why)),
            _ => Ok(()),
        }
    }

    /// Checks that a document may be put at a path: no pipe or the like is there, and no link on the way to it.
    fn check(&self, path: &str) -> Result<(), EdgeError> {
        self.files.check_destination(path).map_err(|why| EdgeError::disk(&self.root.join(path), why))
    }

    fn carry_out(&self, plan: &Plan, progress: &dyn Progress) -> Result<(), EdgeError> {
        let written = plan.documents.iter().filter(|(_, change)| *change == Change::Written);
        let paths = written.map(|(staged, _)| staged.path.clone()).chain(self.beside.staged());
        let moves: Vec<(PathBuf, PathBuf)> =
            paths.map(|path| (self.staged_path(&path), self.root.join(&path))).collect();
        progress.report(ProgressEvent::Began(Step::Commit, moves.len()));
        sync_all(&self.root, moves.iter().map(|(from, _)| from.as_path()))?;
        for (from, to) in &moves {
            self.with_folder(to, || fs::rename(from, to)).map_err(|why| EdgeError::disk(to, why))?;
            progress.report(ProgressEvent::Done);
        }
        sync_folders(&self.root, moves.iter().map(|(_, to)| to.as_path()))?;
        for path in plan.delete.iter().filter(|path| self.removal(path) == Removal::Delete) {
            delete(&self.root, path)?;
        }
        for path in self.removed_beside() {
            delete(&self.root, &path)?;
        }
        let mut manifest = plan.manifest.clone();
        manifest.beside = self.beside.all();
        self.write_manifest(&manifest)?;
        self.clear_stage()
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), EdgeError> {
        write_if_other(&self.root.join(MANIFEST), &manifest.to_bytes(), &self.stage)
    }

    /// The manifest's word is not enough: the file may have been edited, cut or deleted by hand.
    fn stands(&self, path: &str, published: &ManifestDocument) -> std::io::Result<bool> {
        let file = self.files.open(path)?;
        Ok(file.metadata()?.len() == published.size && digest(file)? == published.digest)
    }

    /// Packs a document that differs, or whose packed copies do; on a dry run only notes which copies there would be.
    fn pack(&self, staged: &Staged, bytes: &[u8]) -> Result<(), String> {
        for coding in &self.beside.codings {
            let path = format!("{}{}", staged.path, coding.extension());
            let listed = self.beside.known.contains_key(&path);
            if self.occupant(&path, listed, true)? == Occupant::Foreign {
                self.beside.note_other(path.clone());
            }
            if self.lock.is_none() {
                self.beside.note(path, ManifestDocument::default(), Staging::Standing);
                continue;
            }
            let known = self.beside.known.get(&path).filter(|_| staged.state == DocumentState::AsListed);
            match known.filter(|known| self.stands(&path, known).unwrap_or(false)) {
                Some(known) => self.beside.note(path, known.clone(), Staging::Standing),
                None => {
                    self.check(&path).map_err(|fault| fault.to_string())?;
                    let packed = packed(*coding, bytes).map_err(|why| EdgeError::disk(&self.stage, why).to_string())?;
                    self.stage_beside(path, &packed).map_err(|fault| fault.to_string())?;
                }
            }
        }
        Ok(())
    }

    fn stage_beside(&self, path: String, bytes: &[u8]) -> Result<(), EdgeError> {
        self.write_staged(&path, bytes)?;
        let digest = blake3::hash(bytes).to_hex().to_string();
        self.beside.note(path, ManifestDocument { digest, size: bytes.len() as u64, object: None }, Staging::Staged);
        Ok(())
    }

    fn write_staged(&self, path: &str, bytes: &[u8]) -> Result<(), EdgeError> {
        let staged = self.staged_path(path);
        let made = || {
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            files::create(&staged)
        };
        let made = made().or_else(|why| match why.kind() {
            ErrorKind::NotFound => self.desks.lay(path).and_then(|()| made()),
            _ => Err(why),
        });
        made.and_then(|mut file| file.write_all(bytes)).map_err(|why| EdgeError::disk(&staged, why))
    }

    /// Does something to a path, and again once its folder has been made where that was what was missing.
    fn with_folder(&self, path: &Path, work: impl Fn() -> std::io::Result<()>) -> std::io::Result<()> {
        match (work(), path.parent()) {
            (Err(why), Some(folder)) if why.kind() == ErrorKind::NotFound => {
                self.desks.lay_folder(folder, &self.root)?;
                work()
            }
            (done, _) => done,
        }
    }

    /// What is at the path of a document that differs from the manifest. A feed that the manifest lists is feedmill's
    /// own, damaged or edited by hand, and is repaired; a page may have been replaced by one of the site's.
    fn state(&self, staged: &Staged) -> Result<DocumentState, String> {
        let is_feed = staged.format.is_feed();
        let listed = is_feed && self.known.contains_key(&staged.path);
        Ok(match (self.occupant(&staged.path, listed, is_feed)?, is_feed) {
            (Occupant::Ours, _) | (Occupant::Link, true) => DocumentState::Differs,
            (_, true) => DocumentState::OtherProgram,
            (_, false) => DocumentState::Foreign,
        })
    }

    /// What cannot be replaced by a file is a fault where a file must be.
    fn occupant(&self, path: &str, listed: bool, must_be_file: bool) -> Result<Occupant, String> {
        let found = match occupant(&self.root, path, listed) {
            Ok(Occupant::NotAFile) if must_be_file => Err(std::io::Error::other("it is not a file")),
            other => other,
        };
        found.map_err(|why| EdgeError::disk(&self.root.join(path), why).to_string())
    }

    /// Whether a file has the bytes that the manifest recorded, and names feedmill as its maker.
    fn removal_of(&self, path: &str, published: &ManifestDocument) -> Removal {
        let own = || -> std::io::Result<bool> {
            Ok(self.stands(path, published)? && names_feedmill(&self.root.join(path), path)?)
        };
        match own() {
            Ok(true) => Removal::Delete,
            Ok(false) => Removal::Keep,
            Err(why) if why.kind() == ErrorKind::NotFound => Removal::Gone,
            Err(_) => Removal::Keep,
        }
    }

    /// One flat stage file a document: a file name cannot contain `/`, and no feed path contains `~`.
    fn staged_path(&self, path: &str) -> PathBuf {
        self.desks.folder_for(path).join(path.replace('/', "~"))
    }
}

impl Target for Dir {
    fn beside(&self) -> Vec<String> {
        self.beside.all().into_keys().collect()
    }

    fn others(&self) -> Vec<String> {
        self.beside.others()
    }

    fn removal(&self, path: &str) -> Removal {
        match self.known.get(path) {
            Some(published) if self.paths.holds(path) => self.removal_of(path, published),
            _ => Removal::Keep,
        }
    }

    fn removed_beside(&self) -> Vec<String> {
        let possible = |path: &str| self.paths.packed_copy(path).is_some() || is_host_file_path(path);
        let gone = self.beside.gone().into_iter().filter(|(path, _)| possible(path));
        gone.filter(|(path, was)| self.removal_of(path, was) == Removal::Delete).map(|(path, _)| path).collect()
    }

    /// The lock must be held.
    fn before(&mut self) -> Result<Before, EdgeError> {
        self.beside.clear();
        let path = self.root.join(MANIFEST);
        match self.files.read(MANIFEST) {
            Ok(bytes) => Ok(match Manifest::read(&bytes) {
                Ok(manifest) => {
                    self.known.clone_from(&manifest.documents);
                    self.paths.admit(manifest.copies(&self.paths));
                    self.beside.known.clone_from(&manifest.beside);
                    Before::Known(manifest)
                }
                Err(why) => Before::Lost(why),
            }),
            Err(why) if why.kind() == ErrorKind::NotFound => {
                let own = |format: &Format| {
                    let name = format.file_name();
                    let place = self.root.join(name);
                    place.symlink_metadata().is_ok_and(|about| about.is_file() && about.len() > 0)
                        && names_feedmill(&place, name).unwrap_or(false)
                };
                Ok(if Format::ALL.iter().any(own) { Before::Lost(NONE.into()) } else { Before::Nothing })
            }
            Err(why) => Err(EdgeError::disk(&path, why)),
        }
    }

    fn host(&mut self, files: Vec<HostFile>) -> Result<Vec<String>, EdgeError> {
        let mut foreign = Vec::new();
        for HostFile { path, bytes } in files {
            let place = self.root.join(&path);
            match self.files.read(&path) {
                Ok(old) if !format::is_ours(&old) => foreign.push(path),
                // A link or pipe is not ours either.
                Err(_) if self.files.check(&path).is_err() => foreign.push(path),
                Err(why) if why.kind() != ErrorKind::NotFound => return Err(EdgeError::disk(&place, why)),
                Ok(old) if old == bytes => {
                    let published = ManifestDocument {
                        digest: blake3::hash(&old).to_hex().to_string(),
                        size: old.len() as u64,
                        object: None,
                    };
                    self.beside.note(path, published, Staging::Standing);
                }
                _ if self.lock.is_some() => self.stage_beside(path, &bytes)?,
                _ => self.beside.note(path, ManifestDocument::default(), Staging::Standing),
            }
        }
        Ok(foreign)
    }

    fn commit(&mut self, plan: &Plan, progress: &dyn Progress) -> Result<Committed, EdgeError> {
        let done = self.carry_out(plan, progress);
        progress.report(ProgressEvent::Ended);
        if done.is_err() {
            // The first error is the one to report.
            let _ = self.clear_stage();
        }
        done.map(|()| Committed::Done)
    }

    fn discard(&mut self) -> Result<(), EdgeError> {
        let Some(lock) = self.lock.take() else { return Ok(()) };
        self.clear_stage()?;
        if self.is_new {
            // The lock is held until its file is removed. Other files in the folder by then belong to another run,
            // and stay.
            let files = [".gitignore", "lock"].map(|name| self.state.join(name));
            files.iter().for_each(|file| drop(fs::remove_file(file)));
            let _ = fs::remove_dir(&self.state);
        }
        drop(lock);
        Ok(())
    }
}

impl Stage for Dir {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let mut staged = Staged::for_document(&document);
        let known = self.known.get(&staged.path).filter(|published| published.digest == staged.digest);
        if known.is_some_and(|known| self.stands(&staged.path, known).unwrap_or(false)) {
            staged.state = DocumentState::AsListed;
        }
        if staged.state == DocumentState::Differs {
            staged.state = self.state(&staged)?;
        }
        if staged.state == DocumentState::Foreign {
            return Ok(staged);
        }
        if staged.state != DocumentState::AsListed {
            self.check(&staged.path).map_err(|fault| fault.to_string())?;
        }
        if self.lock.is_some() && staged.state != DocumentState::AsListed {
            self.write_staged(&staged.path, &document.bytes).map_err(|fault| fault.to_string())?;
        }
        self.pack(&staged, &document.bytes)?;
        Ok(staged)
    }

    fn again(&self, staged: &Staged) -> Option<Staged> {
        self.known.get(&staged.path).filter(|known| known.digest == staged.digest && known.size == staged.size)?;
        self.files.check_folders(&staged.path).ok()?;
        for coding in &self.beside.codings {
            let path = format!("{}{}", staged.path, coding.extension());
            let packed = self.beside.known.get(&path).filter(|known| self.stands(&path, known).unwrap_or(false))?;
            self.beside.note(path, packed.clone(), Staging::Standing);
        }
        Some(Staged { state: DocumentState::AsListed, ..staged.clone() })
    }
}

fn digest(mut file: fs::File) -> std::io::Result<String> {
    let (mut hasher, mut buffer) = (blake3::Hasher::new(), vec![0_u8; 64 << 10]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            n => hasher.update(buffer.get(..n).unwrap_or_default()),
        };
    }
}
