//! Replaces one of the user's files atomically: the old text or the new one is there, never a part. Keeps permissions
//! and, where the system allows it, the owner. Refuses a file that changed since it was read, and a read-only one.

use super::{EdgeError, files};
use std::io::{Error, ErrorKind, Read, Write};
use std::path::Path;

/// Puts `new` in the place of `old`.
pub fn file(path: &Path, old: &[u8], new: &[u8]) -> Result<(), EdgeError> {
    write(path, old, new).map_err(|why| EdgeError::disk(path, why))
}

fn write(path: &Path, old: &[u8], new: &[u8]) -> std::io::Result<()> {
    let about = files::open(path)?.metadata()?;
    if about.permissions().readonly() {
        return Err(Error::new(ErrorKind::PermissionDenied, "it may not be written"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".feedmill-").tempfile_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(about.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        // Only root may give a file away; for all others it is theirs already, or stays what it becomes.
        let _ = fchown(file.as_file(), Some(about.uid()), Some(about.gid()));
    }
    file.as_file().sync_all()?;
    let mut now = Vec::with_capacity(old.len());
    files::open(path)?.read_to_end(&mut now)?;
    if now != old {
        return Err(Error::other("it was changed by another while it was being mended"));
    }
    file.persist(path).map(drop).map_err(|fault| fault.error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_text_changes_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "old").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        }
        let before = fs::metadata(&path).unwrap().permissions();
        file(&path, b"old", b"new").unwrap();
        assert_eq!((fs::read(&path).unwrap(), fs::metadata(&path).unwrap().permissions()), (b"new".to_vec(), before));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_changed_or_is_read_only_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "other").unwrap();
        assert!(file(&path, b"old", b"new").unwrap_err().to_string().contains("changed by another"));
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(file(&path, b"other", b"new").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"other");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
