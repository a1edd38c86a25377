//! One writer at a time: a lock on a file, which the system lets go when its holder dies. The file says who holds it; one
//! that nobody holds and that still says so tells of a holder that died.

use super::EdgeError;
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
    /// What the file said of a holder that died with it.
    pub dead: Option<String>,
}

/// What becomes of the file when the lock is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Afterwards {
    /// It stays, empty.
    Keep,
    /// It goes.
    Remove,
}

impl Lock {
    /// Waits for the lock of a file, ten seconds at most. Its folder must be there.
    pub fn hold(path: &Path, afterwards: Afterwards) -> Result<Self, EdgeError> {
        let disk = |why| EdgeError::disk(path, why);
        let began = Instant::now();
        loop {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(disk)?;
            match file.try_lock() {
                Ok(()) if !is_still_there(&file, path) && began.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                Ok(()) => {
                    let dead = said(&mut file);
                    let started = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
                    let note = format!("pid {} since {started}\n", std::process::id());
                    let noted = file.set_len(0).and_then(|()| file.rewind());
                    noted.and_then(|()| file.write_all(note.as_bytes())).map_err(disk)?;
                    return Ok(Self { file, path: path.to_owned(), afterwards, dead });
                }
                Err(TryLockError::Error(why)) => return Err(disk(why)),
                Err(TryLockError::WouldBlock) if began.elapsed() >= PATIENCE => {
                    let holder = said(&mut file).unwrap_or_else(|| "who does not say".into());
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

/// Who holds the lock, or held it.
fn said(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.rewind().ok()?;
    let _ = file.take(200).read_to_string(&mut text);
    let text = text.trim().replace(char::is_control, " ");
    (!text.is_empty()).then_some(text)
}

/// Whether the file that was locked is the one that others will open: it may have been removed while we waited.
#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| a.dev() == b.dev() && a.ino() == b.ino();
    matches!((file.metadata(), std::fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
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
        std::fs::write(&path, "pid 7 since then\n\u{1b}[31m").unwrap();
        assert_eq!(Lock::hold(&path, Afterwards::Keep).unwrap().dead.as_deref(), Some("pid 7 since then  [31m"));
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
