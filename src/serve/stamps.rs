//! Which files have changed, by their [`FileStamp`], which includes the inode's change time. No program can set that
//! time back.

use crate::edge::file_stamp::FileStamp;
use crate::model::ArticlePath;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Stamps of files by path.
#[derive(Debug, Default)]
pub(super) struct Stamps(HashMap<ArticlePath, FileStamp>);

impl Stamps {
    /// Looks at these files of a folder: those that changed, came or went since the last look.
    pub(super) fn look(&mut self, folder: &Path, paths: &[ArticlePath]) -> Vec<ArticlePath> {
        let seen: Vec<_> = paths
            .par_iter()
            .with_min_len(64)
            .map(|path| {
                (path, std::fs::metadata(folder.join(path.as_str())).ok().map(|about| FileStamp::unsettled(&about)))
            })
            .collect();
        let mut changed = Vec::new();
        for (path, stamp) in seen {
            // A file without a stamp is in motion; it counts as changed each time.
            if stamp.is_none() || self.0.get(path) != stamp.as_ref() {
                changed.push(path.clone());
                match stamp {
                    Some(stamp) => self.0.insert(path.clone(), stamp),
                    None => self.0.remove(path),
                };
            }
        }
        if self.0.len() > paths.len() {
            let there: HashSet<&ArticlePath> = paths.iter().collect();
            let gone: Vec<ArticlePath> = self.0.keys().filter(|path| !there.contains(path)).cloned().collect();
            for path in &gone {
                self.0.remove(path);
            }
            changed.extend(gone);
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_changed_or_went_is_named_once() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let paths = ["a", "b"].map(ArticlePath::new);
        write("a", "1");
        write("b", "1");
        let mut stamps = Stamps::default();
        assert_eq!(stamps.look(folder.path(), &paths), paths);
        assert_eq!(stamps.look(folder.path(), &paths), []);
        write("a", "22");
        assert_eq!(stamps.look(folder.path(), &paths), paths[..1]);
        write("c", "1");
        std::fs::rename(folder.path().join("c"), folder.path().join("b")).unwrap();
        assert_eq!(stamps.look(folder.path(), &paths), paths[1..]);
        assert_eq!(stamps.look(folder.path(), &paths[..1]), paths[1..]);
        std::fs::remove_file(folder.path().join("a")).unwrap();
        assert_eq!(stamps.look(folder.path(), &paths[..1]), paths[..1]);
    }
}
