//! Crash-safe writes: syncs file contents before the rename that publishes them, and folders after it.
//!
//! Many files are synced with one call for the whole file system, because each single sync costs a turn of the disk.
//! Where there is no such call, files are synced in parallel, because a journal groups them.

use crate::edge::EdgeError;
use crate::edge::files::{self, Root, sync_folder};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;

/// Files brought to disk at one time.
const AT_ONCE: usize = 16;

/// Brings files below a root to disk.
pub(super) fn sync_all<'p>(root: &Path, files: impl Iterator<Item = &'p Path>) -> Result<(), EdgeError> {
    together(root, files.map(Path::to_owned).collect(), |path| files::open(path)?.sync_all())
}

/// Brings the folders of these files to disk, up to the root's own.
pub(super) fn sync_folders<'p>(root: &Path, files: impl Iterator<Item = &'p Path>) -> Result<(), EdgeError> {
    let within = |folder: &&Path| folder.starts_with(root);
    let folders: BTreeSet<PathBuf> =
        files.flat_map(|file| file.ancestors().skip(1).take_while(within).map(Path::to_owned)).collect();
    together(root, folders.into_iter().collect(), sync_folder)
}

/// Writes a file anew, staged in a folder and renamed into place, unless these bytes are there already.
pub(super) fn write_if_other(path: &Path, bytes: &[u8], stage: &Path) -> Result<(), EdgeError> {
    if holds(path, bytes).unwrap_or(false) {
        return Ok(());
    }
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(stage)?;
        files::replace(path, bytes, &stage.join(path.file_name().unwrap_or_default()))
    };
    write().map_err(|why| EdgeError::disk(path, why))
}

/// Whether a file holds these bytes and no others.
fn holds(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    let mut file = files::open(path)?;
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut there = vec![0; 64 << 10];
    for part in bytes.chunks(there.len()) {
        let (there, _) = there.split_at_mut(part.len());
        file.read_exact(there)?;
        if there != part {
            return Ok(false);
        }
    }
    Ok(file.read(&mut there)? == 0)
}

/// Deletes a file below a root, and the folders that are empty without it.
pub(super) fn delete(root: &Path, path: &str) -> Result<(), EdgeError> {
    let full = root.join(path);
    Root::new(root).check_folders(path).map_err(|why| EdgeError::disk(&full, why))?;
    match fs::remove_file(&full) {
        Err(why) if why.kind() != ErrorKind::NotFound => return Err(EdgeError::disk(&full, why)),
        _ => {}
    }
    let mut folder = full.parent();
    while let Some(f) = folder.filter(|f| *f != root && f.starts_with(root)) {
        if fs::remove_dir(f).is_err() {
            break;
        }
        folder = f.parent();
    }
    Ok(())
}

/// Syncs few files one by one, many with one call for the file system of the root. That call also writes the data of
/// other programs, so it would be slow for a few files. Linux reports write errors by it since 5.8.
fn together(
    root: &Path,
    paths: Vec<PathBuf>,
    one: impl Fn(&Path) -> std::io::Result<()> + Sync,
) -> Result<(), EdgeError> {
    #[cfg(target_os = "linux")]
    if paths.len() > AT_ONCE {
        match File::open(root).and_then(|root| Ok(rustix::fs::syncfs(root)?)) {
            Err(why) if why.kind() == ErrorKind::Unsupported => {}
            other => return other.map_err(|why| EdgeError::disk(root, why)),
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = root;
    side_by_side(paths, one)
}

fn side_by_side(paths: Vec<PathBuf>, work: impl Fn(&Path) -> std::io::Result<()> + Sync) -> Result<(), EdgeError> {
    let first = Mutex::new(None);
    let share = paths.len().div_ceil(AT_ONCE).max(1);
    std::thread::scope(|scope| {
        for some in paths.chunks(share) {
            let (work, first) = (&work, &first);
            scope.spawn(move || {
                for path in some {
                    if let Err(why) = work(path) {
                        first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(EdgeError::disk(path, why));
                        return;
                    }
                }
            });
        }
    });
    first.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_not_written_and_nothing_is_left_in_the_stage() {
        let folder = tempfile::tempdir().unwrap();
        let (path, stage) = (folder.path().join("a"), folder.path().join("stage"));
        write_if_other(&path, b"one", &stage).unwrap();
        let first = fs::metadata(&path).unwrap().modified().unwrap();
        write_if_other(&path, b"one", &stage).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), first);
        write_if_other(&path, b"two", &stage).unwrap();
        assert_eq!((fs::read(&path).unwrap(), fs::read_dir(&stage).unwrap().count()), (b"two".to_vec(), 0));
    }

    #[test]
    fn a_fault_of_one_of_many_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = (0..100).map(|n| folder.path().join(n.to_string())).collect();
        paths.iter().for_each(|path| fs::write(path, "x").unwrap());
        sync_all(folder.path(), paths.iter().map(PathBuf::as_path)).unwrap();
        sync_folders(folder.path(), paths.iter().map(PathBuf::as_path)).unwrap();
        sync_all(folder.path(), std::iter::empty()).unwrap();
        fs::remove_file(&paths[77]).unwrap();
        let fault = side_by_side(paths.clone(), |path| File::open(path)?.sync_all()).unwrap_err();
        assert!(sync_all(&paths[77], paths.iter().map(PathBuf::as_path)).is_err());
        assert!(matches!(fault, EdgeError::Disk { path, .. } if path == paths[77]));
    }

    #[test]
    fn deleting_takes_empty_folders_along_and_stays_below_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root");
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join("a/b/c"), "x").unwrap();
        fs::write(root.join("a/d"), "x").unwrap();
        delete(&root, "a/b/c").unwrap();
        assert!(!root.join("a/b").exists() && root.join("a/d").exists());
        delete(&root, "a/d").unwrap();
        delete(&root, "a/d").unwrap();
        assert!(root.exists() && !root.join("a").exists());
    }
}
