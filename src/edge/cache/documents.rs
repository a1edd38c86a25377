//! The documents of the last run, by feed: of what they were made, and the mark of each as it lay in the output. A document
//! that was edited, cut or deleted since has another mark, and its feed is made again.

use super::frame::{self, Frame, Kind, Unusable};
use super::notes::Notes;
use crate::edge::mark::Mark;
use crate::model::{AbsUrl, Format, KnownDocuments, Print, Staged, Standing};
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
    known: HashMap<String, Known>,
    /// The marks of files that have been looked at in this run.
    seen: HashMap<String, Mark>,
    fresh: Mutex<BTreeMap<String, (Print, KnownDocuments)>>,
}

#[derive(Debug)]
struct Known {
    row: Row,
    /// Whether it has been seen to hold in this run.
    held: AtomicBool,
}

/// The documents of one feed.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    name: String,
    of: Print,
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
    mark: Mark,
}

impl Documents {
    /// Of the last run; none where the file cannot be used, with why.
    pub(super) fn open(file: &Path, out: &Path, seen: HashMap<String, Mark>) -> (Self, Option<String>) {
        let (rows, why) = match read(file) {
            Ok(rows) => (rows, None),
            Err(Unusable::Missing) => (Vec::new(), None),
            Err(Unusable::Damaged(why)) => (Vec::new(), Some(format!("{}: {why}", file.display()))),
        };
        let row = |row: Row| (row.name.clone(), Known { row, held: AtomicBool::new(false) });
        let known = rows.into_iter().map(row).collect();
        (Self { file: file.to_owned(), out: out.to_owned(), known, seen, fresh: Mutex::default() }, why)
    }

    /// The documents of a feed that were made of this, or of whatever, where each is as it was.
    pub(super) fn get(&self, name: &str, of: Option<&Print>) -> Option<KnownDocuments> {
        let Known { row, held } = self.known.get(name).filter(|known| of.is_none_or(|of| known.row.of == *of))?;
        let now = SystemTime::now();
        let mark = |path: &String| self.seen.get(path).copied().or_else(|| Mark::at(&self.out.join(path), now));
        let stands = |document: &Document| mark(&document.path) == Some(document.mark);
        if !row.documents.iter().all(stands) {
            return None;
        }
        held.store(true, Ordering::Relaxed);
        let staged = row.documents.iter().map(|document| document.staged()).collect();
        Some(KnownDocuments { staged, findings: row.findings.0.clone() })
    }

    pub(super) fn keep(&self, name: &str, of: &Print, made: KnownDocuments) {
        self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), (*of, made));
    }

    /// The marks of these files: as they were seen in this run, or as they are now.
    pub(super) fn marks<'a>(&self, paths: &[&'a String], now: SystemTime) -> BTreeMap<&'a str, Option<Mark>> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let held =
            self.known.iter().filter(|(name, known)| known.held.load(Ordering::Relaxed) && !fresh.contains_key(*name));
        let seen: HashMap<&str, Mark> = held
            .flat_map(|(_, known)| known.row.documents.iter().map(|document| (document.path.as_str(), document.mark)))
            .collect();
        let mark = |path: &&'a String| {
            let seen = seen.get(path.as_str()).copied();
            (path.as_str(), seen.or_else(|| Mark::at(&self.out.join(path), now)))
        };
        paths.par_iter().map(mark).collect::<Vec<_>>().into_iter().collect()
    }

    /// Writes the file, if anything in it changed.
    pub(super) fn save(&self, marks: &BTreeMap<&str, Option<Mark>>) -> std::io::Result<()> {
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        let made = fresh.iter().filter_map(|(name, (of, made))| Row::of(name, *of, made, marks));
        let made: Vec<Row> = made.collect();
        let holds = |known: &&Known| known.held.load(Ordering::Relaxed) && !fresh.contains_key(&known.row.name);
        let mut rows: Vec<&Row> = self.known.values().filter(holds).map(|known| &known.row).collect();
        if made.is_empty() && rows.len() == self.known.len() {
            return Ok(());
        }
        rows.extend(&made);
        rows.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let bytes = postcard::to_stdvec(&rows).map_err(std::io::Error::other)?;
        frame::write(&self.file, Kind::Documents, &bytes)
    }
}

fn read(file: &Path) -> Result<Vec<Row>, Unusable> {
    postcard::from_bytes(Frame::read(file, Kind::Documents)?.rest()).map_err(|why| Unusable::unread(&why))
}

impl Row {
    /// `None` where a document has no mark, or is not feedmill's.
    fn of(name: &str, of: Print, made: &KnownDocuments, marks: &BTreeMap<&str, Option<Mark>>) -> Option<Self> {
        let document = |staged: &Staged| {
            let ours = staged.standing != Standing::Foreign;
            Some(Document {
                path: staged.path.clone(),
                feed: staged.feed.clone(),
                format: staged.format,
                topic: staged.topic.clone(),
                items: staged.items,
                size: staged.size,
                digest: *blake3::Hash::from_hex(&staged.digest).ok()?.as_bytes(),
                mark: marks.get(staged.path.as_str()).copied().flatten().filter(|_| ours)?,
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
            standing: Standing::Differs,
        }
    }
}
