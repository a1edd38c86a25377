//! A folder as target. A document is staged beside its place, renamed into it, and the manifest comes last, so that a
//! reader sees the old file or the new one and a crash leaves a set that the next run completes.
//! Deletes only what the manifest lists.

use crate::edge::EdgeError;
use crate::model::{Change, Document, Format, Stage, Staged, Standing};
use crate::plan::{Before, Manifest, Plan, Published};
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// An output folder.
#[derive(Debug)]
pub struct Dir {
    root: PathBuf,
    state: PathBuf,
    stage: PathBuf,
    /// What the last manifest says: such documents need no stage file.
    known: BTreeMap<String, Published>,
    touch: Touch,
}

/// What pages and lists say of their maker, within their first bytes.
const GENERATED: &str = "name=\"generator\" content=\"feedmill\"";

/// Those bytes.
const MARKED_WITHIN: u64 = 2048;

/// Whether anything may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Touch {
    Write,
    Look,
}

impl Dir {
    /// Opens a folder for writing, and makes it where it is missing.
    pub fn open(root: &Path) -> Result<Self, EdgeError> {
        let state = root.join(".feedmill");
        fs::create_dir_all(&state).map_err(|why| EdgeError::disk(&state, why))?;
        let ignore = state.join(".gitignore");
        if !ignore.exists() {
            fs::write(&ignore, "/lock\n/stage\n").map_err(|why| EdgeError::disk(&ignore, why))?;
        }
        Ok(Self { touch: Touch::Write, ..Self::look(root) })
    }

    /// Opens a folder for reading only, for a dry run: nothing is made.
    pub fn look(root: &Path) -> Self {
        let state = root.join(".feedmill");
        Self { root: root.to_owned(), stage: state.join("stage"), state, known: BTreeMap::new(), touch: Touch::Look }
    }

    /// What subscribers were given before. The lock must be held.
    pub fn before(&mut self) -> Result<Before, EdgeError> {
        let path = self.state.join("manifest.json");
        match fs::read(&path) {
            Ok(bytes) => Ok(match Manifest::read(&bytes) {
                Ok(manifest) => {
                    self.known.clone_from(&manifest.documents);
                    Before::Known(manifest)
                }
                Err(why) => Before::Lost(why),
            }),
            Err(why) if why.kind() == ErrorKind::NotFound => {
                Ok(match self.root.join("rss.xml").exists() || self.root.join("atom.xml").exists() {
                    true => Before::Lost("it is gone, while feeds are there".into()),
                    false => Before::Nothing,
                })
            }
            Err(why) => Err(EdgeError::disk(&path, why)),
        }
    }

    /// Removes stage files, of a dead run before this one or of this run when it is refused.
    pub fn clear_stage(&self) -> Result<(), EdgeError> {
        match fs::remove_dir_all(&self.stage) {
            Err(why) if why.kind() != ErrorKind::NotFound => Err(EdgeError::disk(&self.stage, why)),
            _ => Ok(()),
        }
    }

    /// Carries a plan out: documents, deletions, the manifest last.
    pub fn commit(&self, plan: &Plan) -> Result<(), EdgeError> {
        for (staged, change) in &plan.documents {
            if *change == Change::Written {
                self.put_in_place(staged)?;
            }
        }
        for path in &plan.delete {
            self.delete(path)?;
        }
        self.write_manifest(&plan.manifest)?;
        self.clear_stage()
    }

    fn put_in_place(&self, staged: &Staged) -> Result<(), EdgeError> {
        let (from, to) = (self.staged_path(&staged.path), self.root.join(&staged.path));
        let fault = |why| EdgeError::disk(&to, why);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(fault)?;
        }
        fs::rename(&from, &to).map_err(fault)
    }

    fn delete(&self, path: &str) -> Result<(), EdgeError> {
        if self.is_foreign(path) {
            return Ok(());
        }
        let full = self.root.join(path);
        match fs::remove_file(&full) {
            Err(why) if why.kind() != ErrorKind::NotFound => return Err(EdgeError::disk(&full, why)),
            _ => {}
        }
        let mut folder = full.parent();
        while let Some(f) = folder.filter(|f| *f != self.root && f.starts_with(&self.root)) {
            if fs::remove_dir(f).is_err() {
                break;
            }
            folder = f.parent();
        }
        Ok(())
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), EdgeError> {
        let (path, bytes) = (self.state.join("manifest.json"), manifest.to_bytes());
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let temporary = self.state.join("manifest.json.new");
        let write = || -> std::io::Result<()> {
            write_synced(&temporary, &bytes)?;
            fs::rename(&temporary, &path)
        };
        write().map_err(|why| EdgeError::disk(&path, why))
    }

    /// The manifest's word is not enough: the file may have been edited, cut or deleted by hand.
    fn stands(&self, staged: &Staged) -> std::io::Result<bool> {
        let file = fs::File::open(self.root.join(&staged.path))?;
        let about = file.metadata()?;
        Ok(about.is_file() && about.len() == staged.size && digest(file)? == staged.digest)
    }

    /// Whether a page or list stands there that does not say it was made by feedmill: an output folder may be the site's
    /// own, with a page of its own. An empty file is nobody's.
    fn is_foreign(&self, path: &str) -> bool {
        let mut start = Vec::new();
        let mut marked = || -> std::io::Result<bool> {
            fs::File::open(self.root.join(path))?.take(MARKED_WITHIN).read_to_end(&mut start)?;
            Ok(start.is_empty() || String::from_utf8_lossy(&start).contains(GENERATED))
        };
        match Format::of_path(path) {
            Some(format) if !format.is_feed() => match marked() {
                Ok(marked) => !marked,
                Err(why) => why.kind() != ErrorKind::NotFound,
            },
            _ => false,
        }
    }

    /// One flat stage file a document: `/` cannot stand in a file name, and `~` in no feed path.
    fn staged_path(&self, path: &str) -> PathBuf {
        self.stage.join(path.replace('/', "~"))
    }
}

impl Stage for Dir {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let mut staged = Staged::of(&document);
        let same = self.known.get(&staged.path).is_some_and(|published| published.digest == staged.digest);
        if same && self.stands(&staged).unwrap_or(false) {
            staged.standing = Standing::AsListed;
        }
        if staged.standing == Standing::Differs && self.is_foreign(&staged.path) {
            staged.standing = Standing::Foreign;
        }
        let needless = matches!(staged.standing, Standing::AsListed | Standing::Foreign);
        if self.touch == Touch::Look || needless {
            return Ok(staged);
        }
        let path = self.staged_path(&staged.path);
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&self.stage)?;
            fs::write(&path, &document.bytes)
        };
        write().map_err(|why| EdgeError::disk(&path, why).to_string())?;
        Ok(staged)
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

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
