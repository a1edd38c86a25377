//! One writer per output folder: a lock on `<out>/.feedmill/lock`, which the system lets go when its holder dies.

use super::EdgeError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a second run waits for the first.
const PATIENCE: Duration = Duration::from_secs(10);

/// A held lock; let go on drop.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock of an output folder, ten seconds at most.
    pub fn hold(out: &Path) -> Result<Self, EdgeError> {
        let path = out.join(".feedmill/lock");
        let disk = |why| EdgeError::disk(&path, why);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(disk)?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(why)) => return Err(disk(why)),
                Err(TryLockError::WouldBlock) if began.elapsed() >= PATIENCE => {
                    let mut holder = String::new();
                    let _ = (&mut file).take(200).read_to_string(&mut holder);
                    let holder = holder.trim().replace(char::is_control, " ");
                    return Err(EdgeError::Locked { path: out.to_owned(), holder, waited: PATIENCE.as_secs() });
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(25)),
            }
        }
        let started = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let note = format!("pid {} since {started}\n", std::process::id());
        file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(note.as_bytes())).map_err(disk)?;
        Ok(Self { _file: file })
    }
}
