//! Files that feedmill keeps for itself: output, state and cache. A cloned repository may contain symbolic links,
//! pipes or sockets at their paths. None is followed, opened or replaced: the caller gets an error that names the
//! kind of file.
//!
//! The folder that the owner named (the project folder, `output.dir`) may itself be a link. Anything below it may
//! not.

use std::collections::HashSet;
use std::fs::{self, File, FileType, OpenOptions};
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A folder that the owner named. The methods take paths below it.
#[derive(Debug)]
pub struct Root {
    path: PathBuf,
    /// Folders below it that were found to be folders, or free for us to make. They are looked at once in a run.
    folders: Mutex<HashSet<PathBuf>>,
}

impl Root {
    /// The folder at this path, which need not exist yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), folders: Mutex::default() }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole path of a file.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }

    /// Checks that every folder above a file is a folder, not a link to one. Folders that do not exist yet pass.
    pub fn check_folders(&self, name: impl AsRef<Path>) -> Result<()> {
        let Some(folder) = name.as_ref().parent().filter(|folder| !folder.as_os_str().is_empty()) else {
            return Ok(());
        };
        if self.folders().contains(folder) {
            return Ok(());
        }
        if !folder.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Error::new(ErrorKind::InvalidInput, "the path leads out of the folder"));
        }
        self.check_folders(folder)?;
        let full = self.join(folder);
        check_folder(&full).map_err(|why| Error::other(format!("its folder {} {why}", full.display())))?;
        self.folders().insert(folder.to_owned());
        Ok(())
    }

    /// Checks that a path is free or holds a regular file, and that its folders are folders.
    pub fn check(&self, name: impl AsRef<Path>) -> Result<()> {
        self.check_folders(&name)?;
        check(&self.join(name))
    }

    /// Checks that a file may be renamed to a path. A link there passes: the rename replaces it and does not follow it.
    pub fn check_destination(&self, name: impl AsRef<Path>) -> Result<()> {
        self.check_folders(&name)?;
        let path = self.join(&name);
        check(&path).or_else(|why| if path.is_symlink() { Ok(()) } else { Err(why) })
    }

    /// Opens a file for reading.
    pub fn open(&self, name: impl AsRef<Path>) -> Result<File> {
        self.check_folders(&name)?;
        open(&self.join(name))
    }

    /// The bytes of a file.
    pub fn read(&self, name: impl AsRef<Path>) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Makes the folders above a file, and the root.
    pub fn make_folders(&self, name: impl AsRef<Path>) -> Result<()> {
        self.check_folders(&name)?;
        fs::create_dir_all(self.join(name).parent().unwrap_or(&self.path))
    }

    fn folders(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Checks that a path is free or holds a regular file.
pub fn check(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_file() => Err(unexpected(about.file_type(), "file")),
        Err(why) if why.kind() != ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Checks that a path is free or a folder, not a link to one.
pub fn check_folder(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(about) if !about.is_dir() => Err(unexpected(about.file_type(), "folder")),
        Err(why) if why.kind() != ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Opens a regular file for reading.
pub fn open(path: &Path) -> Result<File> {
    open_with(path, OpenOptions::new().read(true))
}

/// Opens a file for writing, empty; makes it where there is none.
pub fn create(path: &Path) -> Result<File> {
    open_with(path, OpenOptions::new().write(true).create(true).truncate(true))
}

/// Opens a file, never what a link leads to, and never waits for the other end of a pipe.
pub fn open_with(path: &Path, options: &mut OpenOptions) -> Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, libc::O_NOFOLLOW | libc::O_NONBLOCK);
    #[cfg(not(unix))]
    check(path)?;
    let file = options.open(path).map_err(|why| check(path).err().unwrap_or(why))?;
    match file.metadata()?.file_type() {
        kind if kind.is_file() => Ok(file),
        kind => Err(unexpected(kind, "file")),
    }
}

/// Replaces or creates a file atomically: writes `staged`, which is in the same file system, syncs it and renames it.
/// After a crash either the old bytes or the new ones are there.
pub fn replace(path: &Path, bytes: &[u8], staged: &Path) -> Result<()> {
    check(path)?;
    let mut file = create(staged)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(staged, path));
    if written.is_err() {
        let _ = fs::remove_file(staged);
    }
    written?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Brings the names in a folder to disk.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match File::open(path)?.sync_all() {
        // Some file systems cannot do this for folders.
        Err(why) if matches!(why.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// Brings the names in a folder to disk, where the system can.
#[cfg(not(unix))]
pub fn sync_folder(_: &Path) -> Result<()> {
    Ok(())
}

/// A path with something behind its name.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.to_owned().into_os_string();
    path.push(suffix);
    path.into()
}

/// The error for an unexpected kind of file where a file or folder is needed, with what to do.
fn unexpected(kind: FileType, expected: &str) -> Error {
    if kind.is_symlink() {
        return Error::other("is a symbolic link; feedmill does not read or write through links here; remove it");
    }
    Error::other(format!("is {}, not a {expected}; remove it", name(kind)))
}

fn name(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        } else if kind.is_socket() {
            return "a socket";
        } else if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() { "a folder" } else { "a file" }
}

#[cfg(test)]
mod tests;
