//! A target in memory, for `feedmill serve`. Nothing is planned, and nothing is kept after the program ends. A
//! document whose bytes are unchanged keeps its copy, its tag and its date.

use crate::model::{AbsUrl, Document, Format, Stage, Staged, Timestamp};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Documents by their paths under the output folder.
pub type Set = BTreeMap<String, Arc<Kept>>;

/// A document in memory.
#[derive(Debug)]
pub struct Kept {
    /// The document's format.
    pub format: Format,
    /// The feed that it belongs to.
    pub feed: String,
    /// The URL it will be published at.
    pub topic: AbsUrl,
    /// BLAKE3 of its bytes, hexadecimal.
    pub digest: String,
    /// When it was last changed: by its entries, or when this process saw other bytes. Never in the future.
    pub modified: Timestamp,
    /// The document's bytes.
    pub bytes: Bytes,
}

/// Takes the documents of one run.
#[derive(Debug)]
pub struct MemoryStage<'a> {
    before: &'a Set,
    now: Timestamp,
    taken: Mutex<Set>,
}

impl<'a> MemoryStage<'a> {
    /// After a run that left these.
    pub fn after(before: &'a Set, now: Timestamp) -> Self {
        Self { before, now, taken: Mutex::default() }
    }

    /// The set of this run: the documents it put, and those it left because they are unchanged.
    pub fn set(self, staged: &[Staged]) -> Set {
        let mut taken = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        let document = |staged: &Staged| {
            let kept = taken.remove(&staged.path).or_else(|| self.before.get(&staged.path).cloned())?;
            Some((staged.path.clone(), kept))
        };
        staged.iter().filter_map(document).collect()
    }
}

impl Stage for MemoryStage<'_> {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let staged = Staged::for_document(&document);
        let before = self.before.get(&staged.path);
        let kept = match before.filter(|kept| kept.digest == staged.digest) {
            Some(same) => Arc::clone(same),
            None => Arc::new(Kept {
                format: document.format,
                feed: document.feed,
                topic: document.topic,
                digest: staged.digest.clone(),
                modified: if before.is_some() { self.now } else { document.updated.min(self.now) },
                bytes: document.bytes.into(),
            }),
        };
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(staged.path.clone(), kept);
        Ok(staged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(path: &str, text: &str, updated: i64) -> Document {
        Document {
            path: path.into(),
            feed: "all".into(),
            format: Format::Rss,
            topic: AbsUrl::parse("https://e.org/rss.xml").unwrap(),
            items: 1,
            updated: Timestamp::from_unix(updated).unwrap(),
            bytes: text.into(),
        }
    }

    #[test]
    fn what_is_as_it_was_keeps_its_date_and_what_changed_has_that_of_the_change() {
        let at = |n| Timestamp::from_unix(n).unwrap();
        let stage = MemoryStage::after(const { &Set::new() }, at(100));
        let staged = [("a", 5), ("b", 5), ("c", 500)].map(|(path, n)| stage.put(document(path, "x", n)).unwrap());
        let first = stage.set(&staged);
        let dates = |set: &Set| set.values().map(|kept| kept.modified.unix()).collect::<Vec<_>>();
        assert_eq!(dates(&first), [5, 5, 100], "never after now");

        let stage = MemoryStage::after(&first, at(200));
        let again = [document("a", "x", 6), document("b", "y", 6)].map(|document| stage.put(document).unwrap());
        let second = stage.set(&[again.to_vec(), staged[2..].to_vec()].concat());
        assert_eq!(dates(&second), [5, 200, 100]);
        assert!(Arc::ptr_eq(&first["c"], &second["c"]), "what was not put again stands");
        assert_eq!(
            MemoryStage::after(&second, at(300)).set(&staged[..1]).len(),
            1,
            "what is no more in the run is gone"
        );
    }
}
