//! What a run learns, until it is written where it stays: in memory while it is little, then in a file without a name, so
//! that memory does not follow the number of articles, and nothing is left behind by a run that dies.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Bytes that may wait in memory: of one spool, and of all of them as far as that is not too little for each.
const WAITING: usize = 512 << 10;
const WAITING_OF_ALL: usize = 12 << 20;
const LEAST: usize = 8 << 10;

/// The file of all spools, made when the first has too much to wait.
#[derive(Debug)]
pub(super) struct Depot {
    /// The file, and where it ends.
    there: Mutex<Option<(File, u64)>>,
    /// Bytes of one spool that may wait in memory.
    waiting: usize,
}

impl Depot {
    /// Of so many spools.
    pub(super) fn of(spools: usize) -> Self {
        let waiting = (WAITING_OF_ALL / spools.max(1)).clamp(LEAST, WAITING);
        Self { there: Mutex::default(), waiting }
    }

    /// Takes a block; gives where it is. A block that could not be written takes no place.
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

/// Bytes in the order they came.
#[derive(Debug, Default)]
pub(super) struct Spool {
    /// What lies in the depot: which bytes, and where.
    blocks: Vec<(Range<usize>, u64)>,
    waiting: Vec<u8>,
}

impl Spool {
    /// Takes more bytes; gives their place. What was taken before stays where it is, also after a fault.
    pub(super) fn push(&mut self, depot: &Depot, bytes: &[u8]) -> Result<Range<usize>> {
        if self.waiting.len() + bytes.len() > depot.waiting && !self.waiting.is_empty() {
            let at = depot.put(&self.waiting)?;
            let written = self.written();
            self.blocks.push((written..written + self.waiting.len(), at));
            self.waiting.clear();
        }
        let start = self.written() + self.waiting.len();
        self.waiting.extend_from_slice(bytes);
        Ok(start..start + bytes.len())
    }

    /// The bytes at a place.
    pub(super) fn read(&self, depot: &Depot, place: &Range<usize>) -> Result<Vec<u8>> {
        let waiting = place.start.checked_sub(self.written()).zip(place.end.checked_sub(self.written()));
        if let Some(there) = waiting.and_then(|(start, end)| self.waiting.get(start..end)) {
            return Ok(there.to_vec());
        }
        let holds = |(of, _): &&(Range<usize>, u64)| of.start <= place.start && place.end <= of.end;
        let (of, at) = self.blocks.iter().find(holds).ok_or(ErrorKind::NotFound)?;
        let mut bytes = vec![0; place.len()];
        depot.get(at + u64::try_from(place.start - of.start).map_err(Error::other)?, &mut bytes)?;
        Ok(bytes)
    }

    /// All bytes.
    pub(super) fn all(&self, depot: &Depot) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.written()];
        for (of, at) in &self.blocks {
            depot.get(*at, bytes.get_mut(of.clone()).ok_or(ErrorKind::NotFound)?)?;
        }
        bytes.extend_from_slice(&self.waiting);
        Ok(bytes)
    }

    /// How many bytes are in the depot.
    fn written(&self) -> usize {
        self.blocks.last().map_or(0, |(of, _)| of.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let depot = Depot::of(200);
        let mut spools = [Spool::default(), Spool::default()];
        let texts: Vec<Vec<u8>> = (0..80_usize).map(|n| vec![u8::try_from(n).unwrap(); n * 177]).collect();
        let mut places = Vec::new();
        for (n, text) in texts.iter().enumerate() {
            let spool = &mut spools[n % 2];
            let place = spool.push(&depot, text).unwrap();
            assert_eq!(spool.read(&depot, &place).unwrap(), *text);
            places.push(place);
        }
        for (n, (text, place)) in texts.iter().zip(&places).enumerate() {
            assert_eq!(spools[n % 2].read(&depot, place).unwrap(), *text, "{n}");
        }
        for (of, spool) in spools.iter().enumerate() {
            assert!(!spool.blocks.is_empty() && !spool.waiting.is_empty());
            let own: Vec<u8> = texts.iter().skip(of).step_by(2).flatten().copied().collect();
            assert_eq!(spool.all(&depot).unwrap(), own);
        }
    }

    #[test]
    fn a_single_text_may_be_longer_than_what_waits() {
        let (depot, mut spool) = (Depot::of(1), Spool::default());
        let long = vec![7; WAITING * 2];
        let place = spool.push(&depot, &long).unwrap();
        let next = spool.push(&depot, b"x").unwrap();
        assert_eq!((spool.read(&depot, &place).unwrap(), spool.read(&depot, &next).unwrap()), (long, b"x".to_vec()));
    }

    /// A full disk: nothing more is taken, and what was taken is given as it was.
    #[test]
    fn a_fault_loses_nothing_and_mixes_nothing_up() {
        let (depot, mut spool) = (Depot::of(1), Spool::default());
        let first = spool.push(&depot, &vec![1; WAITING]).unwrap();
        let second = spool.push(&depot, &vec![2; WAITING]).unwrap();
        let good = std::mem::take(&mut *depot.there.lock().unwrap());
        let readable = tempfile::NamedTempFile::new().unwrap();
        *depot.there.lock().unwrap() = Some((File::open(readable.path()).unwrap(), WAITING as u64));
        assert!(spool.push(&depot, b"three").is_err());
        assert!(spool.read(&depot, &first).is_err(), "no zeros for what cannot be read");
        *depot.there.lock().unwrap() = good;
        let third = spool.push(&depot, b"three").unwrap();
        let read = |place| spool.read(&depot, place).unwrap();
        assert_eq!(
            (read(&first), read(&second), read(&third)),
            (vec![1; WAITING], vec![2; WAITING], b"three".to_vec())
        );
    }

    #[test]
    fn a_place_that_nobody_gave_holds_nothing() {
        assert!(Spool::default().read(&Depot::of(1), &(0..4)).is_err());
    }
}
