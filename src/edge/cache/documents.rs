//! The documents of the last run, by feed: what each was made of, and its stamp in the output folder. A document that
//! was edited, truncated or deleted since has another stamp, and its feed is made again.

use super::frame::{self, CacheFileKind, Frame, Unusable};
use super::notes::Notes;
use crate::edge::file_stamp::FileStamp;
use crate::model::{AbsUrl, DocumentState, Fingerprint, Format, KnownDocuments, Staged};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The documents that are known.
#[derive(Debug, Default)]
pub(super) struct Documents {
    file: PathBuf,
    out: PathBuf,
    known: HashMap<String, CachedDocument>,
    /// The marks of files that have been looked at in this run.
    seen: HashMap<String, FileStamp>,
    fresh: Mutex<BTreeMap<String, (Fingerprint, KnownDocuments)>>,
}

#[derive(Debug)]
struct CachedDocument {
    row: Row,
    /// Whether it has been seen to hold in this run.
    held: AtomicBool,
}

/// The documents of one feed.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    name: String,
    of: Fingerprint,
    documents: Vec<Document>,
    findings: Notes,
}

#[derive(Debug, Serialize, Deserialize)]
struct Document {
    path: String,
    feed: String,
    format: Format,
    topic: AbsUrl,
    items: usize,
    size: u64,
    digest: [u8; 32],
    stamp: FileStamp,
}

impl Documents {
    /// Of the last run; none where the file cannot be used, with why.
    pub(super) fn open(file: &Path, out: &Path, seen: HashMap<String, FileStamp>) -> (Self, Option<String>) {
        let (rows, why) = match read(file) {
            Ok(rows) => (rows, None),
            Err(Unusable::Missing) => (Vec::new(), None),
            Err(Unusable::Damaged(why)) => (Vec::new(), Some(format!("{}: {why}", file.display()))),
        };
        let row = |row: Row| (row.name.clone(), CachedDocument { row, held: AtomicBool::new(false) });
        let known = rows.into_iter().map(row).collect();
        (Self { file: file.to_owned(), out: out.to_owned(), known, seen, fresh: Mutex::default() }, why)
    }

    /// The documents of a feed that were made of this, or of whatever, where each is as it was.
    pub(super) fn get(&self, name: &str, of: Option<&Fingerprint>) -> Option<KnownDocuments> {
        let CachedDocument { row, held } =
            self.known.get(name).filter(|known| of.is_none_or(|of| known.row.of == *of))?;
        let now = SystemTime::now();
        let stamp = |path: &String| self.seen.get(path).copied().or_else(|| FileStamp::at(&self.out.join(path), now));
        let stands = |document: &Document| stamp(&document.path) == Some(document.stamp);
        if !row.documents.iter().all(stands) {
            return None;
        }
        held.store(true, Ordering::Relaxed);
        let staged = row.documents.iter().map(|document| document.staged()).collect();
        Some(KnownDocuments { staged, findings: row.findings.0.clone() })
    }

    pub(super) fn keep(&self, name: &str, of: &Fingerprint, made: KnownDocuments) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), (*of, made));
    }

    /// The marks of these files: as they were seen in this run, or as they are now.
    pub(super) fn stamps<'a>(&self, paths: &[&'a String], now: SystemTime) -> BTreeMap<&'a str, Option<FileStamp>> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let held =
            self.known.iter().filter(|(name, known)| known.held.load(Ordering::Relaxed) && !fresh.contains_key(*name));
        let seen: HashMap<&str, FileStamp> = held
            .flat_map(|(_, known)| known.row.documents.iter().map(|document| (document.path.as_str(), document.stamp)))
            .collect();
        let stamp = |path: &&'a String| {
            let seen = seen.get(path.as_str()).copied();
            (path.as_str(), seen.or_else(|| FileStamp::at(&self.out.join(path), now)))
        };
        paths.par_iter().map(stamp).collect::<Vec<_>>().into_iter().collect()
    }

    /// Writes the file, if anything in it changed.
    pub(super) fn save(&self, stamps: &BTreeMap<&str, Option<FileStamp>>) -> std::io::Result<()> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let made = fresh.iter().filter_map(|(name, (of, made))| Row::from_documents(name, *of, made, stamps));
        let made: Vec<Row> = made.collect();
        let holds =
            |known: &&CachedDocument| known.held.load(Ordering::Relaxed) && !fresh.contains_key(&known.row.name);
        let mut rows: Vec<&Row> = self.known.values().filter(holds).map(|known| &known.row).collect();
        if made.is_empty() && rows.len() == self.known.len() {
            return Ok(());
        }
        rows.extend(&made);
        rows.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let bytes = postcard::to_stdvec(&rows).map_err(std::io::Error::other)?;
        frame::write(&self.file, CacheFileKind::Documents, &bytes)
    }
}

fn read(file: &Path) -> Result<Vec<Row>, Unusable> {
    postcard::from_bytes(Frame::read(file, CacheFileKind::Documents)?.rest()).map_err(|why| Unusable::unread(&why))
}

impl Row {
    /// `None` where a document has no mark, or is not feedmill's.
    fn from_documents(
        name: &str,
        of: Fingerprint,
        made: &KnownDocuments,
        stamps: &BTreeMap<&str, Option<FileStamp>>,
    ) -> Option<Self> {
        let document = |staged: &Staged| {
            let ours = staged.state != DocumentState::Foreign;
            Some(Document {
                path: staged.path.clone(),
                feed: staged.feed.clone(),
                format: staged.format,
                topic: staged.topic.clone(),
                items: staged.items,
                size: staged.size,
                digest: *blake3::Hash::from_hex(&staged.digest).ok()?.as_bytes(),
                stamp: stamps.get(staged.path.as_str()).copied().flatten().filter(|_| ours)?,
            })
        };
        let documents = made.staged.iter().map(document).collect::<Option<_>>()?;
        Some(Self { name: name.to_owned(), of, documents, findings: Notes(made.findings.clone()) })
    }
}

impl Document {
    fn staged(&self) -> Staged {
        Staged {
            path: self.path.clone(),
            feed: self.feed.clone(),
            format: self.format,
            topic: self.topic.clone(),
            items: self.items,
            size: self.size,
            digest: blake3::Hash::from_bytes(self.digest).to_hex().to_string(),
            state: DocumentState::Differs,
        }
    }
}
