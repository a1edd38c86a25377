//! One file of heads: what the articles whose paths hash into it came to. Each record stands for itself and under a checksum
//! of its own, so that one changed article costs one of these files, a run reads what it asks for and no more, and a damaged
//! record costs its article.
//!
//! ```text
//! by what heads are read [u8; 32] · shards there are u32 · records u32 · their bytes u64
//! · (hash u64, offset u32, length u32, CRC-32 u32) each, sorted · zeros · behind: the records
//! ```

use super::frame::{Behind, CacheFileKind, Frame, New, Unusable};
use crate::edge::file_stamp::FileStamp;
use serde::{Deserialize, Serialize, Serializer};
use std::io::{Error, Result, Write};
use std::path::Path;
use std::sync::OnceLock;

/// Bytes before the table.
const BEFORE: usize = 32 + 4 + 4 + 8;

/// Bytes of one row of the table.
const ROW: usize = 8 + 4 + 4 + 4;

/// The cached values of one article's file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    pub(super) path: &'a str,
    pub(super) stamp: FileStamp,
    #[serde(serialize_with = "at_once")]
    pub(super) head: &'a [u8],
    /// What was taken out of its article.
    #[serde(serialize_with = "at_once")]
    pub(super) details: &'a [u8],
    /// The result of rendering; empty if unknown.
    #[serde(serialize_with = "at_once")]
    pub(super) entry: &'a [u8],
}

/// Serde would write byte by byte.
pub(super) fn at_once<S: Serializer>(bytes: impl AsRef<[u8]>, to: S) -> std::result::Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes.as_ref())
}

/// A file of heads, its table proved.
#[derive(Debug, Default)]
pub(super) struct Shard {
    frame: Frame,
    behind: Option<Behind>,
    pub(super) records: usize,
    /// What lay in its place could not be used, and is to go.
    pub(super) torn: bool,
    /// Why the first unusable record could not be used.
    pub(super) damaged: OnceLock<String>,
}

/// The position of a record.
struct Row {
    hash: u64,
    offset: u32,
    length: u32,
    sum: u32,
}

impl Shard {
    /// Opens a file. One of other rules or of another number of files holds nothing.
    pub(super) fn open(path: &Path, rules: &[u8; 32], count: u32) -> std::result::Result<Self, Unusable> {
        let (frame, behind) = Frame::open(path, CacheFileKind::Heads)?;
        let front = frame.rest().first_chunk::<BEFORE>().and_then(Front::from_bytes);
        match front.filter(|front| front.rules == *rules && front.count == count) {
            Some(front) if front.bytes != behind.length => Err(Unusable::Damaged("it is cut short".to_owned())),
            Some(front) => {
                let records = usize::try_from(front.records).unwrap_or_default();
                Ok(Self { frame, behind: Some(behind), records, torn: false, damaged: OnceLock::new() })
            }
            None => Ok(Self::default()),
        }
    }

    /// The record to use in place of a damaged one.
    pub(super) fn torn() -> Self {
        Self { torn: true, ..Self::default() }
    }

    /// Finds the record of a path: its parts, and its bytes as stored.
    pub(super) fn find<T>(
        &self,
        hash: u64,
        path: &str,
        look: impl FnOnce(Record<'_>, &[u8]) -> Option<T>,
    ) -> Option<T> {
        let rows = self.frame.rest().get(BEFORE..)?.get(..self.records * ROW)?.as_chunks::<ROW>().0;
        let first = rows.partition_point(|row| Row::from_bytes(row).hash < hash);
        for row in rows.get(first..)?.iter().map(Row::from_bytes).take_while(|row| row.hash == hash) {
            let Some(bytes) = self.bytes(&row) else { continue };
            match postcard::from_bytes::<Record<'_>>(&bytes) {
                Ok(record) if record.path == path => return look(record, &bytes),
                _ => {}
            }
        }
        None
    }

    fn bytes(&self, row: &Row) -> Option<Vec<u8>> {
        let saved = |why: String| {
            self.damaged.get_or_init(|| why);
        };
        match self.behind.as_ref()?.read(row.offset.into(), usize::try_from(row.length).ok()?) {
            Ok(bytes) if crc32fast::hash(&bytes) == row.sum => return Some(bytes),
            Ok(_) => saved("the checksum of a record is wrong".to_owned()),
            Err(why) => saved(why.to_string()),
        }
        None
    }
}

/// The number of files of a cache of heads, read from any one of them.
pub(super) fn count(path: &Path) -> Option<u32> {
    let (frame, _) = Frame::open(path, CacheFileKind::Heads).ok()?;
    Some(Front::from_bytes(frame.rest().first_chunk()?)?.count)
}

/// A file in the making. Records go into it as they come; the table, for which there is place, when all have come.
pub(super) struct ShardWriter<'a> {
    file: New<'a>,
    /// How many rows the table has place for.
    most: usize,
    rows: Vec<Row>,
    length: u64,
    record: Vec<u8>,
}

impl<'a> ShardWriter<'a> {
    /// Of a file with so many records at most.
    pub(super) fn begin(path: &'a Path, most: usize) -> Result<Self> {
        let file = New::begin(path, CacheFileKind::Heads, BEFORE + most * ROW)?;
        Ok(Self { file, most, rows: Vec::with_capacity(most), length: 0, record: Vec::new() })
    }

    /// Takes a record.
    pub(super) fn add(&mut self, hash: u64, record: &Record<'_>) -> Result<()> {
        let mut bytes = std::mem::take(&mut self.record);
        bytes.clear();
        let bytes = postcard::to_extend(record, bytes).map_err(Error::other)?;
        let added = self.copy(hash, &bytes);
        self.record = bytes;
        added
    }

    /// Copies the bytes of a record from another file.
    pub(super) fn copy(&mut self, hash: u64, bytes: &[u8]) -> Result<()> {
        let too_many = || Error::other("too many articles for one file of the cache");
        let (offset, length) = (u32::try_from(self.length).ok(), u32::try_from(bytes.len()).ok());
        let (offset, length) = offset.zip(length).filter(|_| self.rows.len() < self.most).ok_or_else(too_many)?;
        self.file.write_all(bytes)?;
        self.length += u64::from(length);
        self.rows.push(Row { hash, offset, length, sum: crc32fast::hash(bytes) });
        Ok(())
    }

    /// Puts the file into its place.
    pub(super) fn end(mut self, rules: &[u8; 32], count: u32) -> Result<()> {
        self.rows.sort_unstable_by_key(|row| (row.hash, row.offset));
        let length = BEFORE + self.most * ROW;
        let mut rest = Vec::with_capacity(length);
        rest.extend_from_slice(rules);
        rest.extend_from_slice(&count.to_le_bytes());
        rest.extend_from_slice(&u32::try_from(self.rows.len()).map_err(Error::other)?.to_le_bytes());
        rest.extend_from_slice(&self.length.to_le_bytes());
        for Row { hash, offset, length, sum } in &self.rows {
            rest.extend_from_slice(&hash.to_le_bytes());
            [offset, length, sum].into_iter().for_each(|word| rest.extend_from_slice(&word.to_le_bytes()));
        }
        rest.resize(length, 0);
        self.file.end(&rest)
    }
}

struct Front {
    rules: [u8; 32],
    count: u32,
    records: u32,
    bytes: u64,
}

impl Front {
    fn from_bytes(front: &[u8; BEFORE]) -> Option<Self> {
        let (rules, numbers) = front.split_first_chunk()?;
        let (count, numbers) = numbers.split_first_chunk()?;
        let (records, bytes) = numbers.split_first_chunk()?;
        Some(Self {
            rules: *rules,
            count: u32::from_le_bytes(*count),
            records: u32::from_le_bytes(*records),
            bytes: u64::from_le_bytes(*bytes.first_chunk()?),
        })
    }
}

impl Row {
    fn from_bytes(row: &[u8; ROW]) -> Self {
        let hash = row.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let mut words = row.get(8..).unwrap_or_default().as_chunks().0.iter().map(|word| u32::from_le_bytes(*word));
        let mut word = || words.next().unwrap_or_default();
        Self { hash, offset: word(), length: word(), sum: word() }
    }
}
