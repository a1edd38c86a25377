//! Where new files are staged. ext4 takes the inode of a new file from the group of its folder, and skips those of
//! recently deleted files one by one: a run that replaces a thousand files pays for those of the last run at every
//! file. Below a folder marked as the top of its own tree (`chattr +T`) each folder gets a little-used group instead.
//! So documents are staged in folders below such a folder, those of one target folder together, and a new target
//! folder is made there too.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Desks of a run, at most.
const DESKS: u64 = 16;

/// Folders of one run where documents are staged; made when they are needed.
#[derive(Debug)]
pub(super) struct StageFolders {
    stage: PathBuf,
    run: u32,
}

impl StageFolders {
    /// Of this process, in this folder.
    pub(super) fn below(stage: &Path) -> Self {
        Self { stage: stage.to_owned(), run: std::process::id() }
    }

    /// Where the document of this path is staged.
    pub(super) fn folder_for(&self, path: &str) -> PathBuf {
        self.beside(Path::new(path).parent().unwrap_or(Path::new("")))
    }

    /// Makes the stage folder of this path.
    pub(super) fn lay(&self, path: &str) -> std::io::Result<()> {
        fs::create_dir_all(&self.stage)?;
        spread_below(&self.stage);
        fs::create_dir_all(self.folder_for(path))
    }

    /// Makes a folder and its missing parents below a root, which the caller has checked: each in the stage folder of
    /// its documents, then moved to its final path. If that fails (another file system), the folder is made in place.
    pub(super) fn lay_folder(&self, folder: &Path, root: &Path) -> std::io::Result<()> {
        let Some(above) = folder.parent().filter(|_| !folder.exists()) else { return fs::create_dir_all(folder) };
        if !above.exists() {
            self.lay_folder(above, root)?;
        }
        let new = self.beside(folder.strip_prefix(root).unwrap_or(folder)).join("~folder");
        match fs::create_dir(&new).and_then(|()| fs::rename(&new, folder)) {
            Ok(()) => Ok(()),
            Err(_) => fs::create_dir_all(folder),
        }
    }

    /// The stage folder for documents of a folder.
    fn beside(&self, folder: &Path) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        folder.hash(&mut hasher);
        self.stage.join(format!("{}-{}", self.run, hasher.finish() % DESKS))
    }
}

/// Marks a folder, if its file system supports the mark. This affects speed only.
#[cfg(target_os = "linux")]
fn spread_below(folder: &Path) {
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
fn spread_below(_: &Path) {}

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
    fn documents_of_one_folder_lie_at_one_desk_and_there_are_not_many() {
        let desks = StageFolders::below(Path::new("stage"));
        assert_eq!(desks.folder_for("tags/a/rss.xml"), desks.folder_for("tags/a/atom.xml"));
        let all: std::collections::BTreeSet<_> =
            (0..1000).map(|n| desks.folder_for(&format!("tags/{n}/rss.xml"))).collect();
        assert_eq!(all.len() as u64, DESKS);
    }

    #[test]
    fn folders_come_to_their_place_with_those_above_them() {
        let site = tempfile::tempdir().unwrap();
        let (root, tags) = (site.path().join("out"), site.path().join("out/tags"));
        let desks = StageFolders::below(&site.path().join("stage"));
        desks.lay("tags/a/rss.xml").unwrap();
        desks.lay_folder(&tags.join("a"), &root).unwrap();
        fs::write(tags.join("a/file"), "x").unwrap();
        desks.lay_folder(&tags.join("a"), &root).unwrap();
        StageFolders::below(&site.path().join("no stage")).lay_folder(&tags.join("b"), &root).unwrap();
        assert!(tags.join("a/file").exists() && tags.join("b").is_dir());
        assert_eq!(fs::read_dir(desks.folder_for("tags/a/rss.xml")).unwrap().count(), 0);
        let held = |path: &str| desks.lay_folder(&tags.join(path), &root).is_err();
        assert!(held("a/file") && held("a/file/c"));
    }
}
