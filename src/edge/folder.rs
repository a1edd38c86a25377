//! Files of a folder that is held open, so that the kernel resolves only the path below it. For many small files,
//! path resolution is a large part of the cost of opening them.
//!
//! The folder is opened when its first file is read, after discovery. If the folder was replaced in between, files
//! are read with different contents than their stamps describe, and the next run detects that.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A folder; a clone holds the same.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// `None` if the folder could not be opened: its files are then opened by their whole paths, which gives the
    /// error.
    held: Arc<OnceLock<Option<File>>>,
}

impl Folder {
    /// The folder that will be at this path when its first file is opened.
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), held: Arc::default() }
    }

    /// Opens a regular file below the folder and returns its size.
    pub(super) fn open(&self, name: &str) -> std::io::Result<(File, u64)> {
        #[cfg(unix)]
        if let Some(held) = self.held.get_or_init(|| File::open(&self.path).ok()) {
            use rustix::fs::{Mode, OFlags, openat};
            let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let opened = rustix::io::retry_on_intr(|| openat(held, name, flags, Mode::empty()))?;
            return regular(opened.into());
        }
        open_regular(&self.path.join(name))
    }
}

/// Opens a regular file and returns its size. Anything else (a pipe) is opened without blocking, and refused.
pub(super) fn open_regular(path: &Path) -> std::io::Result<(File, u64)> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    #[cfg(not(unix))]
    if !std::fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    regular(options.open(path)?)
}

fn regular(file: File) -> std::io::Result<(File, u64)> {
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(std::io::Error::other("it is no regular file"));
    }
    Ok((file, about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_lies_below_it_by_name_and_refuses_what_is_no_file() {
        let site = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(site.path().join("content/a")).unwrap();
        std::fs::write(site.path().join("content/a/b.md"), "four").unwrap();
        let folder = Folder::at(&site.path().join("content"));
        assert_eq!(folder.open("a/b.md").unwrap().1, 4);
        assert!(folder.open("a").is_err());
        assert_eq!(folder.open("a/c.md").unwrap_err().kind(), std::io::ErrorKind::NotFound);
        let none = Folder::at(&site.path().join("none"));
        assert_eq!(none.open("a/b.md").unwrap_err().kind(), std::io::ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn the_folder_that_is_there_at_the_first_file_is_the_one_that_is_read() {
        let site = tempfile::tempdir().unwrap();
        let path = site.path().join("content");
        let put = |text: &str| {
            std::fs::create_dir(&path).unwrap();
            std::fs::write(path.join("a.md"), text).unwrap();
        };
        let folder = Folder::at(&path);
        put("one");
        assert_eq!(folder.open("a.md").unwrap().1, 3);
        std::fs::rename(&path, site.path().join("old")).unwrap();
        put("another");
        assert_eq!((folder.open("a.md").unwrap().1, Folder::at(&path).open("a.md").unwrap().1), (3, 7));
    }
}
