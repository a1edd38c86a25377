//! By what a file is known to be the one it was: size, time of change and of its last change of any kind, and inode; or
//! what it holds. An edit in place with its time put back, a swap, a file renamed over another: all are seen.
//!
//! A clock of a file system ticks: two edits within one tick bear one time. A file that was changed so shortly before it
//! was looked at has no mark, and is read again by the next run, as git does.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A file as it was at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileStamp([u64; 4]);

/// Longer than any kernel's tick.
pub const TICK: Duration = Duration::from_millis(20);

/// For file systems that know whole seconds only, or pairs of them.
const COARSE: Duration = Duration::from_secs(2);

impl FileStamp {
    /// Of a file looked at no earlier than `observed`; `None` where an edit after that might go unseen.
    pub fn from_metadata(about: &Metadata, observed: SystemTime) -> Option<Self> {
        let stamp = Self::unsettled(about);
        let [_, _, ctime, _] = stamp.0;
        let slack = if ctime.is_multiple_of(1_000_000_000) { COARSE } else { TICK };
        let settled = observed.checked_sub(slack).and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let settled = settled.is_some_and(|at| u128::from(ctime) < at.as_nanos());
        settled.then_some(stamp)
    }

    /// Of a file as it is, even where an edit after that might go unseen.
    pub fn unsettled(about: &Metadata) -> Self {
        let (mtime, ctime, inode) = times(about);
        Self([about.len(), mtime, ctime, inode])
    }

    /// The stamp of a file's bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::from_bytes(*blake3::hash(bytes).as_bytes())
    }

    /// The stamp of the file at a path as it is now; `None` for anything but a regular file.
    pub fn at(path: &Path, observed: SystemTime) -> Option<Self> {
        let about = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        Self::from_metadata(&about, observed)
    }

    /// Whether its bytes were last changed no later than this.
    pub fn is_no_later_than(self, at: SystemTime) -> bool {
        let [_, mtime, _, _] = self.0;
        at.duration_since(UNIX_EPOCH).is_ok_and(|at| u128::from(mtime) <= at.as_nanos())
    }

    /// Whether nothing about it has changed since this, by no clock's word.
    pub fn is_settled_by(self, at: SystemTime) -> bool {
        let [_, mtime, ctime, _] = self.0;
        at.duration_since(UNIX_EPOCH).is_ok_and(|at| u128::from(mtime.max(ctime)) <= at.as_nanos())
    }

    /// As bytes, for many in a row.
    pub fn bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes.as_chunks_mut().0.iter_mut().zip(self.0).for_each(|(to, word)| *to = word.to_le_bytes());
        bytes
    }

    /// From its bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut words = [0; 4];
        words.iter_mut().zip(bytes.as_chunks().0).for_each(|(word, bytes)| *word = u64::from_le_bytes(*bytes));
        Self(words)
    }
}

/// Nanoseconds since 1970 of the last change of its bytes and of anything about it, and its inode.
#[cfg(unix)]
fn times(about: &Metadata) -> (u64, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let nanos = |seconds: i64, rest: i64| (seconds.wrapping_mul(1_000_000_000).wrapping_add(rest)).cast_unsigned();
    (nanos(about.mtime(), about.mtime_nsec()), nanos(about.ctime(), about.ctime_nsec()), about.ino())
}

#[cfg(not(unix))]
fn times(about: &Metadata) -> (u64, u64, u64) {
    let since = about.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let nanos = u64::try_from(since.as_nanos()).unwrap_or(u64::MAX);
    (nanos, nanos, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changed_just_now_has_no_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "x").unwrap();
        let now = SystemTime::now();
        assert_eq!(FileStamp::at(&path, now), None);
        assert_eq!(FileStamp::at(&path, now - Duration::from_secs(9)), None, "a clock that is behind trusts nothing");
        let later = FileStamp::at(&path, now + COARSE + TICK);
        assert!(later.is_some());
        assert_eq!(later, FileStamp::at(&path, now + Duration::from_secs(99)));
        assert_eq!(FileStamp::at(&folder.path().join("b"), now), None);
    }

    #[test]
    fn a_time_put_back_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let (then, later) = (std::fs::metadata(&path).unwrap(), SystemTime::now() + Duration::from_secs(9));
        std::thread::sleep(TICK);
        std::fs::write(&path, "two").unwrap();
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(then.modified().unwrap()).unwrap();
        let now = std::fs::metadata(&path).unwrap();
        assert_eq!((now.len(), now.modified().unwrap()), (then.len(), then.modified().unwrap()));
        assert_ne!(FileStamp::from_metadata(&now, later), FileStamp::from_metadata(&then, later));
        assert_ne!(FileStamp::of_bytes(b"one"), FileStamp::of_bytes(b"two"));
        // Its bytes by their own word are as old as before, and the file is not.
        let stamp = FileStamp::from_metadata(&now, later).unwrap();
        let then = then.modified().unwrap();
        assert!(stamp.is_no_later_than(then) && !stamp.is_settled_by(then) && stamp.is_settled_by(later));
        assert_eq!(FileStamp::from_bytes(stamp.bytes()), stamp);
    }
}
