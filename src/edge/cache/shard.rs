//! One file of heads: what the articles whose paths hash into it came to. Each record stands for itself, so that one
//! changed article costs one of these files, and a lost one costs its articles.
//!
//! ```text
//! by what heads are read [u8; 32] · shards there are u32 · records u32 · (hash u64, offset u32) each, sorted · records
//! ```

use super::frame::{self, Frame, Kind, Unusable};
use crate::edge::mark::Mark;
use serde::{Deserialize, Serialize, Serializer};
use std::path::Path;

/// Bytes before the table.
const BEFORE: usize = 32 + 4 + 4;

/// Bytes of one row of the table.
const ROW: usize = 12;

/// What is kept of one article's file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    pub(super) path: &'a str,
    pub(super) mark: Mark,
    #[serde(serialize_with = "at_once")]
    pub(super) head: &'a [u8],
    /// What was taken out of its article.
    #[serde(serialize_with = "at_once")]
    pub(super) aside: &'a [u8],
    /// What rendering came to; empty where nobody knows.
    #[serde(serialize_with = "at_once")]
    pub(super) entry: &'a [u8],
}

/// Serde would write byte by byte.
fn at_once<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}

/// A file of heads, proved.
#[derive(Debug, Default)]
pub(super) struct Shard {
    frame: Frame,
    pub(super) records: usize,
}

impl Shard {
    /// Reads a file. One of other rules or of another number of files holds nothing.
    pub(super) fn read(path: &Path, rules: &[u8; 32], count: u32) -> Result<Self, Unusable> {
        let frame = Frame::read(path, Kind::Heads)?;
        let same = frame.rest().get(..36) == Some(&front(rules, count));
        let records = frame.rest().get(36..40).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b));
        Ok(if same { Self { frame, records: usize::try_from(records).unwrap_or_default() } } else { Self::default() })
    }

    /// The record of a path.
    pub(super) fn find(&self, hash: u64, path: &str) -> Option<Record<'_>> {
        let rows = self.frame.rest().get(BEFORE..)?.get(..self.records * ROW)?.as_chunks::<ROW>().0;
        let first = rows.partition_point(|row| key(row) < hash);
        let same = rows.get(first..)?.iter().take_while(|row| key(row) == hash);
        same.filter_map(|row| {
            let offset = u32::from_le_bytes(*row.last_chunk()?);
            let record = self.frame.rest().get(usize::try_from(offset).ok()?..)?;
            postcard::take_from_bytes::<Record<'_>>(record).ok().map(|(record, _)| record)
        })
        .find(|record| record.path == path)
    }
}

/// How many files a cache of heads has, told by any one of them.
pub(super) fn count(path: &Path) -> Option<u32> {
    let frame = Frame::read(path, Kind::Heads).ok()?;
    frame.rest().get(32..36)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// Writes a file of these records, by the hashes of their paths.
pub(super) fn write(
    path: &Path,
    rules: &[u8; 32],
    count: u32,
    mut records: Vec<(u64, Record<'_>)>,
) -> std::io::Result<()> {
    records.sort_unstable_by_key(|(hash, record)| (*hash, record.path));
    let too_many = || std::io::Error::other("too many articles for one file of the cache");
    let mut rest = Vec::with_capacity(BEFORE + records.len() * 600);
    rest.extend_from_slice(&front(rules, count));
    rest.extend_from_slice(&u32::try_from(records.len()).map_err(|_| too_many())?.to_le_bytes());
    rest.resize(BEFORE + records.len() * ROW, 0);
    let mut table = Vec::with_capacity(records.len() * ROW);
    for (hash, record) in records {
        table.extend_from_slice(&hash.to_le_bytes());
        table.extend_from_slice(&u32::try_from(rest.len()).map_err(|_| too_many())?.to_le_bytes());
        rest = postcard::to_extend(&record, rest).map_err(std::io::Error::other)?;
    }
    if let Some(place) = rest.get_mut(BEFORE..BEFORE + table.len()) {
        place.copy_from_slice(&table);
    }
    frame::write(path, Kind::Heads, &rest)
}

fn front(rules: &[u8; 32], count: u32) -> [u8; 36] {
    let mut front = [0; 36];
    front.iter_mut().zip(rules.iter().copied().chain(count.to_le_bytes())).for_each(|(to, from)| *to = from);
    front
}

fn key(row: &[u8; ROW]) -> u64 {
    row.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
