//! Files of a folder that is held open. The kernel then walks the way below it and no longer the one to it: of many small
//! files that is a good part of what opening them costs.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder; a clone holds the same.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: PathBuf,
    /// `None` where it could not be opened: its files are asked for by their whole paths, and tell why.
    held: Option<Arc<File>>,
}

impl Folder {
    /// The folder that is at this path now.
    pub(super) fn hold(path: &Path) -> Self {
        let held = if cfg!(unix) { File::open(path).ok().map(Arc::new) } else { None };
        Self { path: path.to_owned(), held }
    }

    /// Opens a regular file below it and tells its size.
    pub(super) fn open(&self, name: &str) -> std::io::Result<(File, u64)> {
        #[cfg(unix)]
        if let Some(held) = &self.held {
            use rustix::fs::{Mode, OFlags, openat};
            let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let opened = rustix::io::retry_on_intr(|| openat(held, name, flags, Mode::empty()))?;
            return regular(opened.into());
        }
        open_regular(&self.path.join(name))
    }
}

/// Opens a regular file and tells its size. What is no file (a pipe) is opened without waiting for its other end, and
/// refused.
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
        let folder = Folder::hold(&site.path().join("content"));
        assert_eq!(folder.open("a/b.md").unwrap().1, 4);
        assert!(folder.open("a").is_err());
        assert_eq!(folder.open("a/c.md").unwrap_err().kind(), std::io::ErrorKind::NotFound);
        let none = Folder::hold(&site.path().join("none"));
        assert_eq!(none.open("a/b.md").unwrap_err().kind(), std::io::ErrorKind::NotFound);
    }
}
