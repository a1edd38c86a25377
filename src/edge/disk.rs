//! The content folder on disk, as the pure floors see it. Reads regular files only, and never more than [`MAX_ARTICLE_BYTES`] bytes.

use super::file_stamp::FileStamp;
use super::folder::{Folder, open_regular};
use super::images::{self, lock::ImageLock};
use crate::model::{
    Article, ArticlePath, BodyFault, ContentRules, Extent, FileBytes, Fingerprint, Image, ImageFacts, Lines, ReadFault,
    World,
};
use crate::parse;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The largest article that is read, in bytes.
pub const MAX_ARTICLE_BYTES: u64 = 16 << 20;

/// Bytes read first from a file; they usually contain the front matter.
const START: u64 = 4096;

/// A content folder.
#[derive(Debug, Clone)]
pub struct Disk {
    content: PathBuf,
    /// The content folder, held open from the first file on.
    held: Folder,
    /// The folder of the site's root files that are not in the content folder.
    served: Option<PathBuf>,
    known: Arc<ImageLock>,
    /// Files as they would be, in the place of those that are.
    instead: BTreeMap<ArticlePath, Vec<u8>>,
    /// The site's own images that were looked for, as they were.
    looked: Arc<Mutex<BTreeMap<ArticlePath, Look>>>,
}

/// A file of the site's own as it was when it was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Look {
    /// It is not there.
    Absent,
    /// It is, in the folder of this number.
    There(u8, FileStamp),
    /// It was changed a moment ago; a later change may look the same.
    Fresh,
}

impl Disk {
    /// A disk of this content folder, with the known facts of remote images.
    pub fn new(content: &Path, known: Arc<ImageLock>) -> Self {
        Self {
            content: content.to_owned(),
            held: Folder::at(content),
            served: None,
            known,
            instead: BTreeMap::new(),
            looked: Arc::default(),
        }
    }

    /// Adds the folder that the config names as served at the root, or as the folder of images.
    pub fn beside(self, project: &Path, rules: &ContentRules) -> Self {
        let served = rules.static_dir.as_deref().or(rules.image_dir.as_ref().map(|_| "")).map(|dir| project.join(dir));
        Self { served, ..self }
    }

    /// The same with these files as they would be.
    pub fn with(self, instead: BTreeMap<ArticlePath, Vec<u8>>) -> Self {
        Self { instead, ..self }
    }

    /// A file as it would be.
    pub fn instead(&self, path: &ArticlePath) -> Option<&[u8]> {
        self.instead.get(path).map(Vec::as_slice)
    }
}

impl World for Disk {
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        if let Some(bytes) = self.instead(path) {
            return Ok(FileBytes { bytes: bytes.to_vec(), extent: Extent::Whole });
        }
        let unreadable = |why: std::io::Error| ReadFault::Unreadable(why.to_string());
        let (file, size) = self.held.open(path.as_str()).map_err(unreadable)?;
        if size > MAX_ARTICLE_BYTES {
            return Err(ReadFault::TooLarge(size));
        }
        let limit = if extent == Extent::Start { START } else { MAX_ARTICLE_BYTES };
        // Reads as much as the file had when it was opened, which saves a read at its end. Some file systems report
        // no size.
        let most = if size == 0 { limit } else { size.min(limit) };
        let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit)).unwrap_or_default() + 1);
        file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
        let whole = extent == Extent::Whole || (bytes.len() as u64) < limit || size == limit;
        Ok(FileBytes { bytes, extent: if whole { Extent::Whole } else { Extent::Start } })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        body(article, self.read(&article.path, Extent::Whole))
    }

    fn image(&self, image: &Image) -> Option<ImageFacts> {
        self.own_image(image).or_else(|| self.known.facts(&image.url))
    }

    fn image_fingerprint(&self, image: &Image) -> Option<Fingerprint> {
        let own = image.file.as_ref().map(|name| self.note(name));
        (own != Some(Look::Fresh)).then(|| Fingerprint::of_debug(&(own, self.known.facts(&image.url))))
    }
}

impl Disk {
    /// Facts of the site's own file of an image, if it exists.
    pub fn own_image(&self, image: &Image) -> Option<ImageFacts> {
        let name = image.file.as_ref()?;
        self.note(name);
        let path = self.folders().find_map(|dir| within(dir, name.as_str()))?;
        let (file, length) = open_regular(&path).ok()?;
        let mut start = Vec::new();
        file.take(images::START).read_to_end(&mut start).ok()?;
        Some(images::facts(&start, Some(length)))
    }
}

impl Disk {
    /// Looks for a file of the site's own, and remembers how it was.
    fn note(&self, name: &ArticlePath) -> Look {
        let look = self.look(name);
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = looked.entry(name.clone()).or_insert(look);
        if *noted != look {
            // The file changed during the run, so it is unknown which reader saw which version.
            *noted = Look::Fresh;
        }
        *noted
    }

    /// Looks for a file of the site's own.
    pub fn look(&self, name: &ArticlePath) -> Look {
        let now = SystemTime::now();
        let there = |(dir, n): (&PathBuf, u8)| Some((n, std::fs::metadata(within(dir, name.as_str())?).ok()?));
        match self.folders().zip(0..).find_map(there) {
            None => Look::Absent,
            Some((n, about)) => {
                FileStamp::from_metadata(&about, now).map_or(Look::Fresh, |stamp| Look::There(n, stamp))
            }
        }
    }

    /// These were looked for before, and are as they were.
    pub fn reuse(&self, before: Vec<(ArticlePath, Look)>) {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        before.into_iter().for_each(|(name, look)| {
            let noted = looked.entry(name).or_insert(look);
            if *noted != look {
                *noted = Look::Fresh;
            }
        });
    }

    /// Every file of the site's own that was looked for, as it was.
    pub fn looked(&self) -> Vec<(ArticlePath, Look)> {
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.iter().map(|(name, look)| (name.clone(), *look)).collect()
    }

    fn folders(&self) -> impl Iterator<Item = &PathBuf> {
        [Some(&self.content), self.served.as_ref()].into_iter().flatten()
    }
}

/// The body of an article in its whole file.
pub(super) fn body(article: &Article, file: Result<FileBytes, ReadFault>) -> Result<String, BodyFault> {
    let file = file.map_err(|fault| BodyFault::Unreadable(fault.to_string()))?;
    if let Ok(whole) = simdutf8::basic::from_utf8(&file.bytes) {
        return Ok(parse::body(whole, article.body).to_owned());
    }
    let good = file.bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    let whole: String = file.bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
    let line = Lines::new(&file.bytes, 1).place(good..good).line;
    Err(BodyFault::NotUtf8 { line, rest: parse::body(&whole, article.body).to_owned() })
}

/// As much of a whole file as is wanted.
pub(super) fn part(mut file: FileBytes, extent: Extent) -> FileBytes {
    let start = usize::try_from(START).unwrap_or(usize::MAX);
    if extent == Extent::Start && file.bytes.len() > start {
        file.bytes.truncate(start);
        file.extent = Extent::Start;
    }
    file
}

/// The whole file, up to the size limit.
pub fn whole(path: &Path) -> std::io::Result<Vec<u8>> {
    let (file, size) = open_regular(path)?;
    if size > MAX_ARTICLE_BYTES {
        return Err(std::io::Error::other(format!(
            "it has {size} bytes, and no more than {MAX_ARTICLE_BYTES} are read"
        )));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(MAX_ARTICLE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path of a file in a folder; refuses links that lead out of it.
fn within(dir: &Path, name: &str) -> Option<PathBuf> {
    let path = dir.join(name).canonicalize().ok()?;
    path.starts_with(dir.canonicalize().ok()?).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AbsUrl, Place};

    #[test]
    fn an_image_that_is_seen_in_two_states_is_noted_in_none() {
        let content = tempfile::tempdir().unwrap();
        let name = ArticlePath::new("a.gif");
        let url = AbsUrl::parse("https://example.org/a.gif").unwrap();
        let image = Image { url, file: Some(name.clone()), texts: None, at: Place::WHOLE };
        let put = |text: &str| {
            std::fs::write(content.path().join("a.gif"), text).unwrap();
            std::thread::sleep(super::super::file_stamp::TICK * 3);
        };
        let disk = Disk::new(content.path(), Arc::default());
        put("GIF89a");
        assert!(disk.image_fingerprint(&image).is_some());
        assert!(matches!(&disk.looked()[..], [(_, Look::There(0, _))]));
        put("GIF89a, and larger");
        assert!(disk.image_fingerprint(&image).is_none());
        put("GIF89a");
        assert!(disk.image_fingerprint(&image).is_none(), "nor is it known again");
        assert_eq!(disk.looked(), [(name, Look::Fresh)]);
    }
}
