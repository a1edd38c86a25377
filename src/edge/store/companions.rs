//! Files written with the documents: copies compressed for servers that send them as they are (`output.precompress`),
//! and configs for web servers (`output.headers`). Staged, moved and recorded as documents are.
//!
//! Deletes only files that the manifest lists and nobody has changed since.

use crate::model::Coding;
use crate::pipeline::ManifestDocument;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The files that a run writes with its documents.
#[derive(Debug, Default)]
pub(super) struct StagedCompanions {
    /// What documents are packed with.
    pub codings: Vec<Coding>,
    /// The records of the last manifest.
    pub known: BTreeMap<String, ManifestDocument>,
    now: Mutex<Now>,
}

#[derive(Debug, Default)]
struct Now {
    all: BTreeMap<String, ManifestDocument>,
    staged: BTreeSet<String>,
    others: BTreeSet<String>,
}

impl StagedCompanions {
    /// A file of the new set. A staged one is to be moved to its place.
    pub fn note(&self, path: String, published: ManifestDocument, stage: Staging) {
        let mut now = self.now();
        if stage == Staging::Staged {
            now.staged.insert(path.clone());
        }
        now.all.insert(path, published);
    }

    /// Notes that another program's file is at this path.
    pub fn note_other(&self, path: String) {
        self.now().others.insert(path);
    }

    /// The paths of other programs' files.
    pub fn others(&self) -> Vec<String> {
        self.now().others.iter().cloned().collect()
    }

    /// The files to move to their final paths.
    pub fn staged(&self) -> Vec<String> {
        self.now().staged.iter().cloned().collect()
    }

    /// All of the new set.
    pub fn all(&self) -> BTreeMap<String, ManifestDocument> {
        self.now().all.clone()
    }

    /// What the last set had and the new one has not.
    pub fn gone(&self) -> Vec<(String, ManifestDocument)> {
        let now = self.now();
        let left = self.known.iter().filter(|(path, _)| !now.all.contains_key(*path));
        left.map(|(path, published)| (path.clone(), published.clone())).collect()
    }

    /// Forgets the new set.
    pub fn clear(&self) {
        *self.now() = Now::default();
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a file is in the stage or at its final path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Staging {
    Staged,
    Standing,
}

/// The bytes, packed; the same bytes always give the same.
pub(super) fn packed(coding: Coding, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    match coding {
        Coding::Gz => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(bytes)?;
            encoder.finish()
        }
        Coding::Br => {
            let mut packed = Vec::new();
            // A quality of 11 costs twenty times as much for two parts in a hundred.
            let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
            brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters)?;
            Ok(packed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn packed_bytes_come_back_and_are_always_the_same() {
        let bytes = "текст ".repeat(9000).into_bytes();
        for coding in [Coding::Gz, Coding::Br] {
            let once = packed(coding, &bytes).unwrap();
            assert!(once.len() * 20 < bytes.len());
            assert_eq!(once, packed(coding, &bytes).unwrap());
            let mut back = Vec::new();
            match coding {
                Coding::Gz => drop(flate2::read::GzDecoder::new(&*once).read_to_end(&mut back).unwrap()),
                Coding::Br => brotli::BrotliDecompress(&mut &*once, &mut back).unwrap(),
            }
            assert_eq!(back, bytes);
        }
    }
}
