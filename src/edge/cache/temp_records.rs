//! Buffers for the records of a run until they are written to the cache. Small ones stay in memory, large ones go to an
//! unnamed temporary file, so memory does not grow with the number of articles and an aborted run leaves no file.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Bytes that may wait in memory: the limit of one buffer, and of all together unless that leaves too little for each.
const WAITING: usize = 512 << 10;
const WAITING_OF_ALL: usize = 12 << 20;
const MIN_WRITE_BYTES: usize = 8 << 10;

/// The temporary file of all buffers, made when the first one is full.
#[derive(Debug)]
pub(super) struct TempFiles {
    /// The file and the offset of its end.
    there: Mutex<Option<(File, u64)>>,
    /// The maximum number of bytes of one buffer in memory.
    waiting: usize,
}

impl TempFiles {
    /// A file for this number of buffers.
    pub(super) fn new(all_records: usize) -> Self {
        let waiting = (WAITING_OF_ALL / all_records.max(1)).clamp(MIN_WRITE_BYTES, WAITING);
        Self { there: Mutex::default(), waiting }
    }

    /// Appends a block and returns its offset. A block that could not be written does not change the end.
    fn put(&self, block: &[u8]) -> Result<u64> {
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = match &mut *there {
            Some(there) => there,
            None => there.insert((tempfile::tempfile()?, 0)),
        };
        let start = *end;
        file.seek(SeekFrom::Start(start))?;
        file.write_all(block)?;
        *end += u64::try_from(block.len()).map_err(Error::other)?;
        Ok(start)
    }

    fn get(&self, start: u64, bytes: &mut [u8]) -> Result<()> {
        let mut there = self.there.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, _) = there.as_mut().ok_or(ErrorKind::NotFound)?;
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(bytes)
    }
}

/// One buffer: bytes in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct TempRecords {
    /// The ranges of bytes that were written to the file, with their offsets.
    blocks: Vec<(Range<usize>, u64)>,
    waiting: Vec<u8>,
}

impl TempRecords {
    /// Appends bytes and returns their place. Earlier bytes keep their place, also after a fault.
    pub(super) fn push(&mut self, temp_files: &TempFiles, bytes: &[u8]) -> Result<Range<usize>> {
        if self.waiting.len() + bytes.len() > temp_files.waiting && !self.waiting.is_empty() {
            let at = temp_files.put(&self.waiting)?;
            let written = self.written();
            self.blocks.push((written..written + self.waiting.len(), at));
            self.waiting.clear();
        }
        let start = self.written() + self.waiting.len();
        self.waiting.extend_from_slice(bytes);
        Ok(start..start + bytes.len())
    }

    /// The bytes at a place.
    pub(super) fn read(&self, temp_files: &TempFiles, place: &Range<usize>) -> Result<Vec<u8>> {
        let waiting = place.start.checked_sub(self.written()).zip(place.end.checked_sub(self.written()));
        if let Some(there) = waiting.and_then(|(start, end)| self.waiting.get(start..end)) {
            return Ok(there.to_vec());
        }
        let holds = |(of, _): &&(Range<usize>, u64)| of.start <= place.start && place.end <= of.end;
        let (of, at) = self.blocks.iter().find(holds).ok_or(ErrorKind::NotFound)?;
        let mut bytes = vec![0; place.len()];
        temp_files.get(at + u64::try_from(place.start - of.start).map_err(Error::other)?, &mut bytes)?;
        Ok(bytes)
    }

    /// All bytes of the buffer.
    pub(super) fn all(&self, temp_files: &TempFiles) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.written()];
        for (of, at) in &self.blocks {
            temp_files.get(*at, bytes.get_mut(of.clone()).ok_or(ErrorKind::NotFound)?)?;
        }
        bytes.extend_from_slice(&self.waiting);
        Ok(bytes)
    }

    /// The number of bytes that are in the file.
    fn written(&self) -> usize {
        self.blocks.last().map_or(0, |(of, _)| of.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let temp_files = TempFiles::new(200);
        let mut all_records = [TempRecords::default(), TempRecords::default()];
        let texts: Vec<Vec<u8>> = (0..80_usize).map(|n| vec![u8::try_from(n).unwrap(); n * 177]).collect();
        let mut places = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let records = &mut all_records[n % 2];
            let place = records.push(&temp_files, text).unwrap();
            assert_eq!(records.read(&temp_files, &place).unwrap(), *text);
            places.push(place);
        }
        for (n, (text, place)) in texts.iter().zip(&places).enumerate() {
            assert_eq!(all_records[n % 2].read(&temp_files, place).unwrap(), *text, "{n}");
        }
        for (of, records) in all_records.iter().enumerate() {
            assert!(!records.blocks.is_empty() && !records.waiting.is_empty());
            let own: Vec<u8> = texts.iter().skip(of).step_by(2).flatten().copied().collect();
            assert_eq!(records.all(&temp_files).unwrap(), own);
        }
    }

    #[test]
    fn a_single_text_may_be_longer_than_what_waits() {
        let (temp_files, mut records) = (TempFiles::new(1), TempRecords::default());
        let long = vec![7; WAITING * 2];
        let place = records.push(&temp_files, &long).unwrap();
        let next = records.push(&temp_files, b"x").unwrap();
        assert_eq!(
            (records.read(&temp_files, &place).unwrap(), records.read(&temp_files, &next).unwrap()),
            (long, b"x".to_vec())
        );
    }

    /// A full disk: nothing more is accepted, and what was accepted is returned unchanged.
    #[test]
    fn a_fault_loses_nothing_and_mixes_nothing_up() {
        let (temp_files, mut records) = (TempFiles::new(1), TempRecords::default());
        let first = records.push(&temp_files, &vec![1; WAITING]).unwrap();
        let second = records.push(&temp_files, &vec![2; WAITING]).unwrap();
        let good = std::mem::take(&mut *temp_files.there.lock().unwrap());
        let readable = tempfile::NamedTempFile::new().unwrap();
        *temp_files.there.lock().unwrap() = Some((File::open(readable.path()).unwrap(), WAITING as u64));
        assert!(records.push(&temp_files, b"three").is_err());
        assert!(records.read(&temp_files, &first).is_err(), "no zeros for what cannot be read");
        *temp_files.there.lock().unwrap() = good;
        let third = records.push(&temp_files, b"three").unwrap();
        let read = |place| records.read(&temp_files, place).unwrap();
        assert_eq!(
            (read(&first), read(&second), read(&third)),
            (vec![1; WAITING], vec![2; WAITING], b"three".to_vec())
        );
    }

    #[test]
    fn a_place_that_nobody_gave_holds_nothing() {
        assert!(TempRecords::default().read(&TempFiles::new(1), &(0..4)).is_err());
    }
}
