//! A file of the cache: a head that says what it is, then postcard under a checksum. All numbers are little-endian, on every
//! machine. What is cut, flipped, of another version or another program is refused as a whole, before any of it is read.
//!
//! ```text
//! "feedmill" · version u32 · kind u32 · program [u8; 16] · length u64 · BLAKE3 of all that and the rest [u8; 32] · the rest
//! ```

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// What a file begins with.
const MAGIC: &[u8; 8] = b"feedmill";

/// Of the layout; another one is another cache.
const VERSION: u32 = 1;

/// The number of this program (`build.rs`).
const PROGRAM: &str = env!("FEEDMILL_PROGRAM");

/// Bytes before the checksum, and before the rest.
const HEAD: usize = 8 + 4 + 4 + 16 + 8;
const BEFORE: usize = HEAD + 32;

/// What a file is called until it is whole, with so many letters and digits by chance behind it.
pub(super) const UNFINISHED: &str = ".new-";
pub(super) const CHOSEN: usize = 6;

/// The largest file that is read.
const LARGEST: u64 = 4 << 30;

/// What a file of the cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The last run as a whole.
    Run = 1,
    /// What single articles came to.
    Heads = 2,
    /// What documents were made of.
    Documents = 3,
}

/// Why a file of the cache cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// There is none: nothing to tell.
    Missing,
    /// It is; what is wrong with it.
    Damaged(String),
}

impl Unusable {
    /// Why a part that passed its checksum cannot be read: another program's.
    pub(super) fn unread(why: &postcard::Error) -> Self {
        Self::Damaged(format!("it cannot be read: {why}"))
    }
}

/// A file's rest.
#[derive(Debug, Default)]
pub(super) struct Frame(Vec<u8>);

impl Frame {
    pub(super) fn rest(&self) -> &[u8] {
        self.0.get(BEFORE..).unwrap_or_default()
    }

    /// Reads a file and proves it.
    pub(super) fn read(path: &Path, kind: Kind) -> Result<Self, Unusable> {
        let damaged = |why: &str| Unusable::Damaged(why.to_owned());
        let unread = |why: std::io::Error| match why.kind() {
            ErrorKind::NotFound => Unusable::Missing,
            _ => Unusable::Damaged(why.to_string()),
        };
        let file = File::open(path).map_err(unread)?;
        let size = file.metadata().map_err(unread)?.len();
        if size > LARGEST {
            return Err(damaged("it is too large"));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
        file.take(LARGEST).read_to_end(&mut bytes).map_err(unread)?;
        let (head, sum) = bytes
            .split_at_checked(HEAD)
            .and_then(|(head, after)| Some((head, after.split_at_checked(32)?)))
            .ok_or_else(|| damaged("it is cut short"))?;
        let expected = front(kind, sum.1.len());
        if head != expected {
            let same = |range: std::ops::Range<usize>| head.get(range.clone()) == expected.get(range);
            return Err(damaged(match (same(0..8), same(8..32)) {
                (true, false) => "another version of feedmill wrote it",
                (true, true) => "it is cut short",
                (false, _) => "it does not begin as it should",
            }));
        }
        if checksum(head, sum.1) != sum.0 {
            return Err(damaged("its checksum is wrong"));
        }
        Ok(Self(bytes))
    }
}

/// Writes a file beside its place and renames it. It is not brought to disk first: only speed hangs on it.
pub(super) fn write(path: &Path, kind: Kind, rest: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).rand_bytes(CHOSEN).tempfile_in(folder)?;
    let head = front(kind, rest.len());
    file.write_all(&head)?;
    file.write_all(&checksum(&head, rest))?;
    file.write_all(rest)?;
    file.persist(path).map(drop).map_err(|fault| fault.error)
}

fn front(kind: Kind, length: usize) -> Vec<u8> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    let mut head = Vec::with_capacity(BEFORE);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&VERSION.to_le_bytes());
    head.extend_from_slice(&(kind as u32).to_le_bytes());
    head.extend_from_slice(PROGRAM.as_bytes());
    head.extend_from_slice(&length.to_le_bytes());
    head
}

fn checksum(head: &[u8], rest: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(head).update(rest).finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        assert_eq!(Frame::read(&path, Kind::Run).map(drop), Err(Unusable::Missing));
        write(&path, Kind::Run, b"the rest").unwrap();
        assert_eq!(Frame::read(&path, Kind::Run).unwrap().rest(), b"the rest");
        assert!(Frame::read(&path, Kind::Heads).is_err());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                std::fs::write(&path, &flipped).unwrap();
                assert!(Frame::read(&path, Kind::Run).is_err(), "bit {bit} of byte {at}");
            }
            std::fs::write(&path, &whole[..at]).unwrap();
            assert!(Frame::read(&path, Kind::Run).is_err(), "cut at {at}");
        }
        std::fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
        assert!(Frame::read(&path, Kind::Run).is_err());
    }
}
