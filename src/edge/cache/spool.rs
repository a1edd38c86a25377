//! What a run learns, until it is written where it stays: in memory while it is little, then in a file without a name, so
//! that memory does not follow the number of articles, and nothing is left behind by a run that dies.

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::ops::Range;

/// Bytes that may wait in memory.
const WAITING: usize = 64 << 10;

/// Bytes in the order they came.
#[derive(Debug, Default)]
pub(super) struct Spool {
    file: Option<File>,
    /// How many bytes are in the file.
    written: usize,
    waiting: Vec<u8>,
}

impl Spool {
    /// Takes more bytes; gives where they are.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Range<usize>> {
        if self.waiting.len() + bytes.len() > WAITING {
            let mut file = match self.file.take() {
                Some(file) => file,
                None => tempfile::tempfile()?,
            };
            file.write_all(&self.waiting)?;
            self.file = Some(file);
            self.written += self.waiting.len();
            self.waiting.clear();
        }
        let start = self.written + self.waiting.len();
        self.waiting.extend_from_slice(bytes);
        Ok(start..start + bytes.len())
    }

    /// The bytes at this place.
    pub(super) fn read(&mut self, place: Range<usize>) -> Result<Vec<u8>> {
        let waiting = place.start.checked_sub(self.written).zip(place.end.checked_sub(self.written));
        if let Some(there) = waiting.and_then(|(start, end)| self.waiting.get(start..end)) {
            return Ok(there.to_vec());
        }
        let mut bytes = vec![0; place.len()];
        if let Some(file) = &mut self.file {
            file.seek(SeekFrom::Start(u64::try_from(place.start).map_err(std::io::Error::other)?))?;
            file.read_exact(&mut bytes)?;
            file.seek(SeekFrom::End(0))?;
        }
        Ok(bytes)
    }

    /// All bytes.
    pub(super) fn all(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.written + self.waiting.len());
        if let Some(file) = &mut self.file {
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
        }
        bytes.extend_from_slice(&self.waiting);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let mut spool = Spool::default();
        let texts: Vec<Vec<u8>> = (0..40_usize).map(|n| vec![u8::try_from(n).unwrap(); n * 177]).collect();
        let places: Vec<_> = texts
            .iter()
            .map(|text| {
                let place = spool.push(text).unwrap();
                assert_eq!(spool.read(place.clone()).unwrap(), *text);
                place
            })
            .collect();
        assert!(spool.file.is_some() && !spool.waiting.is_empty());
        for (text, place) in texts.iter().zip(places) {
            assert_eq!(spool.read(place).unwrap(), *text);
        }
        assert_eq!(spool.all().unwrap(), texts.concat());
    }

    #[test]
    fn a_single_text_may_be_longer_than_what_waits() {
        let mut spool = Spool::default();
        let long = vec![7; WAITING * 2];
        let place = spool.push(&long).unwrap();
        let next = spool.push(b"x").unwrap();
        assert_eq!((spool.read(place).unwrap(), spool.read(next).unwrap()), (long, b"x".to_vec()));
    }
}
