//! Reads articles and compares them with their stamps. A stamp is taken during discovery and files are read later.
//! Otherwise an edit that is reverted before the next run would be cached under the original's stamp.
//!
//! If stamps are times and inodes, such a file has a different stamp by then. If stamps are hashes, every read must
//! match the hash; the second read is cheap, because the system has the file in memory. A file that could not be read
//! may become readable again without a trace (its folder was moved away and back), so it is read again.

use crate::edge::discover::FoundArticles;
use crate::edge::disk::{self, Disk};
use crate::edge::file_stamp::FileStamp;
use crate::model::{
    Article, ArticlePath, BodyFault, ChangeDetection, Extent, FileBytes, Fingerprint, Image, ImageFacts, ReadFault,
    Site, World,
};

/// A content folder of which it is known how it was found.
#[derive(Debug, Clone, Copy)]
pub struct CheckedDisk<'a> {
    disk: &'a Disk,
    found: &'a FoundArticles,
    by: ChangeDetection,
}

impl<'a> CheckedDisk<'a> {
    /// A disk that checks these articles, with stamps as the config sets them.
    pub fn new(disk: &'a Disk, site: &Site, found: &'a FoundArticles) -> Self {
        Self { disk, found, by: site.content.change_detection }
    }

    /// A file that was marked by what it holds.
    fn by_bytes(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        let Some((at, stamp)) = self.place(path) else { return self.disk.read(path, extent) };
        let read = self.disk.read(path, Extent::Whole);
        if !read.as_ref().is_ok_and(|file| FileStamp::of_bytes(&file.bytes) == stamp) {
            self.found.withdraw(at);
        }
        read.map(|file| disk::part(file, extent))
    }

    /// The index of an article among all, and its stamp.
    fn place(&self, path: &ArticlePath) -> Option<(usize, FileStamp)> {
        let at = self.found.paths.binary_search(path).ok()?;
        Some((at, self.found.stamp(at)?))
    }
}

impl World for CheckedDisk<'_> {
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        match self.by {
            ChangeDetection::Hash => self.by_bytes(path, extent),
            ChangeDetection::Stat => {
                let read = self.disk.read(path, extent);
                if matches!(read, Err(ReadFault::Unreadable(_)))
                    && let Some((at, _)) = self.place(path)
                {
                    self.found.withdraw(at);
                }
                read
            }
        }
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        disk::body(article, self.read(&article.path, Extent::Whole))
    }

    fn image(&self, image: &Image) -> Option<ImageFacts> {
        self.disk.image(image)
    }

    fn image_fingerprint(&self, image: &Image) -> Option<Fingerprint> {
        self.disk.image_fingerprint(image)
    }
}

#[cfg(test)]
mod tests;
