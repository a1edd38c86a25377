//! Where new files lie. ext4 takes the inode of a new file from the group of its folder, and passes over those of files
//! that were deleted in the last minutes, one by one: a run that replaces a thousand files pays for those of the last one
//! at every file it makes. Under a folder that is marked as the top of a tree of its own (`chattr +T`) each folder gets a
//! group that is little used instead.

use std::fs;
use std::path::Path;

/// Makes a folder and those above it: in the desk, where inodes are near at hand, and from there to its place. Where that
/// cannot be done (its place lies in another file system), there as everybody does.
pub(super) fn lay_folder(folder: &Path, desk: &Path) -> std::io::Result<()> {
    let Some(above) = folder.parent().filter(|_| !folder.exists()) else { return fs::create_dir_all(folder) };
    if !above.exists() {
        lay_folder(above, desk)?;
    }
    let new = desk.join("~folder");
    match fs::create_dir(&new).and_then(|()| fs::rename(&new, folder)) {
        Ok(()) => Ok(()),
        Err(_) => fs::create_dir_all(folder),
    }
}

/// Marks a folder, where its file system knows the mark. Nothing hangs on it but time.
#[cfg(target_os = "linux")]
pub(super) fn spread_below(folder: &Path) {
    use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};
    let Ok(folder) = fs::File::open(folder) else { return };
    if let Ok(flags) = ioctl_getflags(&folder)
        && !flags.contains(IFlags::TOPDIR)
    {
        // No other file system has it, and not everybody may set it.
        let _ = ioctl_setflags(&folder, flags | IFlags::TOPDIR);
    }
}

/// Other systems have no such mark.
#[cfg(not(target_os = "linux"))]
pub(super) fn spread_below(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stays_as_it_is_for_everybody_else() {
        let folder = tempfile::tempdir().unwrap();
        let before = folder.path().metadata().unwrap();
        spread_below(folder.path());
        spread_below(folder.path());
        spread_below(&folder.path().join("none"));
        let after = folder.path().metadata().unwrap();
        assert_eq!(
            (before.permissions(), before.modified().unwrap()),
            (after.permissions(), after.modified().unwrap())
        );
        fs::create_dir(folder.path().join("below")).unwrap();
        fs::write(folder.path().join("below/file"), "x").unwrap();
    }

    #[test]
    fn folders_come_to_their_place_with_those_above_them() {
        let site = tempfile::tempdir().unwrap();
        let (desk, tags) = (site.path().join("desk"), site.path().join("out/tags"));
        fs::create_dir(&desk).unwrap();
        lay_folder(&tags.join("a"), &desk).unwrap();
        fs::write(tags.join("a/file"), "x").unwrap();
        lay_folder(&tags.join("a"), &desk).unwrap();
        lay_folder(&tags.join("b"), &site.path().join("no desk")).unwrap();
        assert!(tags.join("a/file").exists() && tags.join("b").is_dir());
        assert_eq!(fs::read_dir(&desk).unwrap().count(), 0);
        assert!(lay_folder(&tags.join("a/file"), &desk).is_err() && lay_folder(&tags.join("a/file/c"), &desk).is_err());
    }
}
