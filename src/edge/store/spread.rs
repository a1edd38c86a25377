//! Where new files lie. ext4 takes the inode of a new file from the group of its folder, and passes over those of files
//! that were deleted in the last minutes, one by one: a run that replaces a thousand files pays for those of the last one
//! at every file it makes. Under a folder that is marked as the top of a tree of its own (`chattr +T`) each folder gets a
//! group that is little used instead.

use std::path::Path;

/// Marks a folder, where its file system knows the mark. Nothing hangs on it but time.
#[cfg(target_os = "linux")]
pub(super) fn spread_below(folder: &Path) {
    use rustix::fs::{IFlags, ioctl_getflags, ioctl_setflags};
    let Ok(folder) = std::fs::File::open(folder) else { return };
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
        std::fs::create_dir(folder.path().join("below")).unwrap();
        std::fs::write(folder.path().join("below/file"), "x").unwrap();
    }
}
