//! A file of the cache: a header, then the main part in postcard format. All numbers are little-endian, on every
//! machine. A file that is truncated, damaged, or written by another version or program is refused before any of it is
//! decoded. More data may follow the main part. It is read in pieces, and its readers check it by their own checksums.
//!
//! ```text
//! "feedmill" · version u32 · kind u32 · program [u8; 16] · length u64 · BLAKE3 of main part and header [u8; 32] · main part
//! ```

use crate::edge::file_stamp::FileStamp;
use crate::edge::files;
use std::fs::{File, Metadata};
use std::io::{BufWriter, ErrorKind, Read, Result as Done, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The first bytes of every file.
const MAGIC: &[u8; 8] = b"feedmill";

/// The version of the layout. A file of another version is not read.
const VERSION: u32 = 2;

/// Identifies the running program: its version and the size, times and inode of its file. A new build does not use
/// the cache of an old one, so a fixed writer never reuses the output of a faulty one.
static PROGRAM: LazyLock<[u8; 16]> =
    LazyLock::new(|| program(std::env::current_exe().and_then(std::fs::metadata).ok().as_ref()));

/// The number of a program: a hash of its version and its file's stamp, or of its version alone if the file is unknown.
fn program(file: Option<&Metadata>) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(&file.map(|about| FileStamp::unsettled(about).bytes()).unwrap_or_default());
    let mut number = [0; 16];
    hasher.finalize_xof().fill(&mut number);
    number
}

/// Bytes before the checksum, and before the main part.
const HEAD: usize = 8 + 4 + 4 + 16 + 8;
const BEFORE: usize = HEAD + 32;

/// The prefix of the name of an unfinished file, and the number of random letters and digits after it.
pub(super) const UNFINISHED: &str = ".new-";
pub(super) const CHOSEN: usize = 6;

/// The largest file that is read.
const MAX_CACHE_FILE_BYTES: u64 = 4 << 30;

/// What a file of the cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CacheFileKind {
    /// The last run as a whole.
    Run = 1,
    /// The results of single articles.
    Heads = 2,
    /// The input of each document.
    Documents = 3,
}

/// Why a file of the cache cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// The file does not exist, which needs no report.
    Missing,
    /// The file is damaged, with the reason.
    Damaged(String),
}

impl Unusable {
    /// For a part that cannot be decoded although its checksum is right.
    pub(super) fn unread(why: &postcard::Error) -> Self {
        Self::Damaged(format!("it cannot be read: {why}"))
    }
}

/// The bytes of a file up to the end of its main part.
#[derive(Debug, Default)]
pub(super) struct Frame(Vec<u8>);

impl Frame {
    pub(super) fn rest(&self) -> &[u8] {
        self.0.get(BEFORE..).unwrap_or_default()
    }

    /// Reads a file and verifies its header and checksum.
    pub(super) fn read(path: &Path, kind: CacheFileKind) -> Result<Self, Unusable> {
        match Self::open(path, kind)? {
            (frame, Behind { length: 0, .. }) => Ok(frame),
            _ => Err(Unusable::Damaged("it goes on behind its end".to_owned())),
        }
    }

    /// Like [`Self::read`], for a file with more data after its main part.
    pub(super) fn open(path: &Path, kind: CacheFileKind) -> Result<(Self, Behind), Unusable> {
        let damaged = |why: &str| Unusable::Damaged(why.to_owned());
        let unread = |why: std::io::Error| match why.kind() {
            ErrorKind::NotFound => Unusable::Missing,
            _ => Unusable::Damaged(why.to_string()),
        };
        let file = files::open(path).map_err(unread)?;
        let size = file.metadata().map_err(unread)?.len();
        if size > MAX_CACHE_FILE_BYTES {
            return Err(damaged("it is too large"));
        }
        let mut bytes = Vec::with_capacity(BEFORE);
        (&file).take(BEFORE as u64).read_to_end(&mut bytes).map_err(unread)?;
        let head = bytes.get(..HEAD).ok_or_else(|| damaged("it is cut short"))?;
        let length = head.last_chunk().copied().map_or(0, u64::from_le_bytes);
        let expected = front(kind, length);
        if head != expected {
            let begins = head.get(..8) == expected.get(..8);
            let why = if begins { "another version of feedmill wrote it" } else { "it does not begin as it should" };
            return Err(damaged(why));
        }
        let after = size.checked_sub(BEFORE as u64).and_then(|rest| rest.checked_sub(length));
        let after = after.ok_or_else(|| damaged("it is cut short"))?;
        bytes.reserve_exact(usize::try_from(length).unwrap_or_default() + 1);
        (&file).take(length).read_to_end(&mut bytes).map_err(unread)?;
        let proved = bytes.split_at_checked(HEAD).and_then(|(head, after)| {
            let (sum, rest) = after.split_at_checked(32)?;
            Some(checksum(head, rest) == sum)
        });
        match proved {
            Some(true) => Ok((Self(bytes), Behind { file: Mutex::new(file), start: size - after, length: after })),
            Some(false) => Err(damaged("its checksum is wrong")),
            None => Err(damaged("it is cut short")),
        }
    }
}

/// The data after the main part of a file.
#[derive(Debug)]
pub(super) struct Behind {
    file: Mutex<File>,
    start: u64,
    /// Length in bytes.
    pub(super) length: u64,
}

impl Behind {
    /// Reads `length` bytes, `at` bytes after the main part.
    pub(super) fn read(&self, at: u64, length: usize) -> Done<Vec<u8>> {
        let end = at.checked_add(length as u64).filter(|end| *end <= self.length);
        let mut bytes = vec![0; end.map(|_| length).ok_or(ErrorKind::UnexpectedEof)?];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.start + at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

/// Writes a file with this main part.
pub(super) fn write(path: &Path, kind: CacheFileKind, rest: &[u8]) -> Done<()> {
    let new = New::begin(path, kind, rest.len())?;
    new.end(rest)
}

/// A new file, written under a temporary name. It is not synced to disk, because it only affects speed. The bytes
/// written to it follow its main part, whose length is known from the beginning.
pub(super) struct New<'a> {
    path: &'a Path,
    kind: CacheFileKind,
    file: BufWriter<tempfile::NamedTempFile>,
}

impl<'a> New<'a> {
    pub(super) fn begin(path: &'a Path, kind: CacheFileKind, rest: usize) -> Done<Self> {
        let mut file = BufWriter::with_capacity(AT_ONCE, temporary(path)?);
        file.seek(SeekFrom::Start((BEFORE + rest) as u64))?;
        Ok(Self { path, kind, file })
    }

    /// Writes the header and the main part, and moves the file into its place.
    pub(super) fn end(self, rest: &[u8]) -> Done<()> {
        let head = front(self.kind, rest.len() as u64);
        let mut file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[&head[..], &checksum(&head, rest)].concat())?;
        file.write_all(rest)?;
        file.persist(self.path).map(drop).map_err(|fault| fault.error)
    }
}

impl Write for New<'_> {
    fn write(&mut self, bytes: &[u8]) -> Done<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> Done<()> {
        self.file.flush()
    }
}

/// A new file whose main part has an unknown length; nothing follows it.
pub(super) struct Growing<'a> {
    path: &'a Path,
    kind: CacheFileKind,
    file: tempfile::NamedTempFile,
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
    length: u64,
}

/// Bytes that are hashed and written at once.
const AT_ONCE: usize = 128 << 10;

impl<'a> Growing<'a> {
    /// Begins a file whose main part is written next.
    pub(super) fn begin(path: &'a Path, kind: CacheFileKind) -> Done<Self> {
        let mut file = temporary(path)?;
        file.write_all(&[0; BEFORE])?;
        let waiting = Vec::with_capacity(AT_ONCE);
        Ok(Self { path, kind, file, hasher: blake3::Hasher::new(), waiting, length: 0 })
    }

    /// Writes the header, and moves the file into its place.
    pub(super) fn end(mut self) -> Done<()> {
        self.flush()?;
        let head = front(self.kind, self.length);
        self.hasher.update(&head);
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&[&head[..], self.hasher.finalize().as_bytes()].concat())?;
        self.file.persist(self.path).map(drop).map_err(|fault| fault.error)
    }
}

impl Write for Growing<'_> {
    fn write(&mut self, bytes: &[u8]) -> Done<usize> {
        let room = AT_ONCE - self.waiting.len();
        let (now, _) = bytes.split_at_checked(room).unwrap_or((bytes, &[]));
        self.waiting.extend_from_slice(now);
        if self.waiting.len() == AT_ONCE {
            self.flush()?;
        }
        Ok(now.len())
    }

    fn flush(&mut self) -> Done<()> {
        self.hasher.update(&self.waiting);
        self.file.write_all(&self.waiting)?;
        self.length += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }
}

fn temporary(path: &Path) -> Done<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    tempfile::Builder::new().prefix(UNFINISHED).rand_bytes(CHOSEN).tempfile_in(folder)
}

fn front(kind: CacheFileKind, length: u64) -> Vec<u8> {
    let mut head = Vec::with_capacity(BEFORE);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&VERSION.to_le_bytes());
    head.extend_from_slice(&(kind as u32).to_le_bytes());
    head.extend_from_slice(&*PROGRAM);
    head.extend_from_slice(&length.to_le_bytes());
    head
}

fn checksum(head: &[u8], rest: &[u8]) -> [u8; 32] {
    *blake3::Hasher::new().update(rest).update(head).finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        assert_eq!(Frame::read(&path, CacheFileKind::Run).map(drop), Err(Unusable::Missing));
        write(&path, CacheFileKind::Run, b"the rest").unwrap();
        assert_eq!(Frame::read(&path, CacheFileKind::Run).unwrap().rest(), b"the rest");
        assert!(Frame::read(&path, CacheFileKind::Heads).is_err());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut flipped = whole.clone();
                flipped[at] ^= 1 << bit;
                std::fs::write(&path, &flipped).unwrap();
                assert!(Frame::read(&path, CacheFileKind::Run).is_err(), "bit {bit} of byte {at}");
            }
            std::fs::write(&path, &whole[..at]).unwrap();
            assert!(Frame::read(&path, CacheFileKind::Run).is_err(), "cut at {at}");
        }
        std::fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
        assert!(Frame::read(&path, CacheFileKind::Run).is_err());
    }

    #[test]
    fn every_build_of_the_program_has_its_own_number() {
        let folder = tempfile::tempdir().unwrap();
        let about = |name: &str, bytes: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            std::fs::metadata(path).unwrap()
        };
        let (old, new, copy) = (about("old", "one"), about("new", "three"), about("copy", "one"));
        assert_eq!(program(Some(&old)), program(Some(&old)));
        assert_ne!(program(Some(&old)), program(Some(&new)), "another size");
        assert_ne!(program(Some(&old)), program(Some(&copy)), "another inode");
        assert_ne!(program(Some(&old)), program(None));
        let own = std::fs::metadata(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(*PROGRAM, program(Some(&own)), "the file of the running program is found");
    }

    #[test]
    fn what_grows_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        for length in [0, 9, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, AT_ONCE * 2 + 5] {
            let bytes: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            let mut growing = Growing::begin(&path, CacheFileKind::Run).unwrap();
            bytes.chunks(7777).for_each(|part| growing.write_all(part).unwrap());
            growing.end().unwrap();
            assert!(Frame::read(&path, CacheFileKind::Run).unwrap().rest() == bytes, "{length}");
        }
    }

    #[test]
    fn what_lies_behind_is_read_in_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("heads");
        let mut new = New::begin(&path, CacheFileKind::Heads, 8).unwrap();
        new.write_all(b"and more").unwrap();
        new.end(b"the rest").unwrap();
        let (frame, behind) = Frame::open(&path, CacheFileKind::Heads).unwrap();
        assert_eq!((frame.rest(), behind.length), (&b"the rest"[..], 8));
        assert_eq!(behind.read(4, 4).unwrap(), b"more");
        assert!(behind.read(5, 4).is_err() && behind.read(u64::MAX, 4).is_err());
    }
}
