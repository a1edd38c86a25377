//! One writer at a time: a file lock, which the system releases when its holder's process ends. The file names its
//! holder; an unlocked file that still names one was left by a process that died. Content in any other form is not
//! repeated in messages.

use super::{EdgeError, files};
use chrono::{DateTime, SecondsFormat, Utc};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a second run waits for the first.
const PATIENCE: Duration = Duration::from_secs(10);

/// A held lock; let go on drop.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
    afterwards: Afterwards,
    /// The note of a holder that died without removing it.
    pub dead: Option<String>,
}

/// What becomes of the file when the lock is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// It stays, empty.
    Keep,
    /// The file is removed.
    Remove,
}

impl Lock {
    /// Waits for the lock of a file, ten seconds at most. Its folder must be there.
    pub fn hold(path: &Path, afterwards: Afterwards) -> Result<Self, EdgeError> {
        let disk = |why| EdgeError::disk(path, why);
        let began = Instant::now();
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let mut file = files::open_with(path, &mut options).map_err(disk)?;
            match file.try_lock() {
                Ok(()) if !is_still_there(&file, path) && began.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                Ok(()) => {
                    let dead = holder(&mut file);
                    let note = format!("{}\n", note(std::process::id(), Utc::now()));
                    let noted = file.set_len(0).and_then(|()| file.rewind());
                    noted.and_then(|()| file.write_all(note.as_bytes())).map_err(disk)?;
                    return Ok(Self { file, path: path.to_owned(), afterwards, dead });
                }
                Err(TryLockError::Error(why)) => return Err(disk(why)),
                Err(TryLockError::WouldBlock) if began.elapsed() >= PATIENCE => {
                    let holder = holder(&mut file).unwrap_or_else(|| UNKNOWN.into());
                    return Err(EdgeError::Locked { path: path.to_owned(), holder, waited: PATIENCE.as_secs() });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(25)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        if self.afterwards == Afterwards::Remove {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The holder of a lock whose file does not name it.
const UNKNOWN: &str = "holder unknown";

/// The text that names the holder in the file.
fn note(pid: u32, since: DateTime<Utc>) -> String {
    format!("pid {pid} since {}", since.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// Who holds the lock, or held it; `None` for an empty file. Only a process id and a time are repeated: the file may hold any
/// text.
fn holder(file: &mut File) -> Option<String> {
    let mut bytes = Vec::new();
    file.rewind().ok()?;
    let _ = file.take(200).read_to_end(&mut bytes);
    let text = std::str::from_utf8(bytes.trim_ascii()).unwrap_or("?");
    let pid_and_time = || {
        let (pid, since) = text.strip_prefix("pid ")?.split_once(" since ")?;
        let pid = pid.parse().ok()?;
        let since = DateTime::parse_from_rfc3339(since).ok().map(|since| note(pid, since.with_timezone(&Utc)));
        Some(since.unwrap_or_else(|| format!("pid {pid}")))
    };
    (!text.is_empty()).then(|| pid_and_time().unwrap_or_else(|| UNKNOWN.into()))
}

/// Whether the locked file is still the one at the path: it may have been removed while this process waited.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
    matches!((file.metadata(), std::fs::symlink_metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_holder_is_named_and_a_living_one_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        for afterwards in [Afterwards::Keep, Afterwards::Remove] {
            let lock = Lock::hold(&path, afterwards).unwrap();
            assert_eq!(lock.dead, None);
            let note = std::fs::read_to_string(&path).unwrap();
            assert!(note.starts_with(&format!("pid {} since ", std::process::id())), "{note}");
            drop(lock);
            assert_eq!(std::fs::read_to_string(&path).ok(), (afterwards == Afterwards::Keep).then(String::new));
        }
        let dead = |text: &[u8]| {
            std::fs::write(&path, text).unwrap();
            Lock::hold(&path, Afterwards::Keep).unwrap().dead.clone()
        };
        assert_eq!(dead(b"pid 7 since 2030-01-01T00:00:00Z\n").unwrap(), "pid 7 since 2030-01-01T00:00:00Z");
        assert_eq!((dead(b""), dead(b"\n")), (None, None));
        for text in [&b"pid 7 since then\n\x1b[31m"[..], b"pid 7 since 2030-01-01T00:00:00Z\nSECRET"] {
            assert_eq!(dead(text).unwrap(), "pid 7");
        }
        for text in [&b"SECRET_KEY=abcd1234\n"[..], b"pid x since 2030-01-01T00:00:00Z", b"\xff\xfe", b"pid 7"] {
            assert_eq!(dead(text).unwrap(), UNKNOWN);
        }
    }

    #[test]
    fn a_file_that_goes_away_passes_the_lock_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let inside = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let lock = Lock::hold(&path, Afterwards::Remove).unwrap();
                        assert_eq!(inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst), 0);
                        std::thread::sleep(Duration::from_millis(2));
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
    }
}
