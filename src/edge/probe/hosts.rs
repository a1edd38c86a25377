//! Manners towards hosts: sixteen requests at once, four a host, a pause where a host asks for one, and an end where it
//! does not answer at all.

use super::A_HOST;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Requests at one time.
const AT_ONCE: usize = 16;

/// The longest pause that is waited for; a host that asks for a longer one is left alone for this run.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// Consecutive failures after which a host is not asked again in this run.
const PATIENCE: u32 = 6;

/// All hosts of a run.
#[derive(Debug)]
pub struct Hosts {
    known: Mutex<HashMap<String, Arc<Host>>>,
    at_once: Arc<Semaphore>,
}

/// The state of one host.
#[derive(Debug)]
pub struct Host {
    slots: Arc<Semaphore>,
    mood: Mutex<Mood>,
}

#[derive(Debug, Default)]
struct Mood {
    pause: Option<Instant>,
    failures: u32,
}

/// The right to one request, until its body is read.
#[derive(Debug)]
pub struct Turn {
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl Default for Hosts {
    fn default() -> Self {
        Self { known: Mutex::default(), at_once: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Hosts {
    /// The host of this name.
    pub fn host(&self, name: &str) -> Arc<Host> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Host { slots: Arc::new(Semaphore::new(A_HOST)), mood: Mutex::default() });
        known.entry(name.to_owned()).or_insert_with(new).clone()
    }

    /// Waits for the end of the host's pause and for a free slot. `Err` gives the reason why the host must not be
    /// asked.
    pub async fn turn(&self, host: &Host) -> Result<Turn, String> {
        loop {
            if let Some(until) = host.ready()? {
                tokio::time::sleep_until(until).await;
                continue;
            }
            let closed = |_| "the run has ended".to_owned();
            let slot = host.slots.clone().acquire_owned().await.map_err(closed)?;
            let all = self.at_once.clone().acquire_owned().await.map_err(closed)?;
            // The host may have requested the pause while this request waited.
            if host.ready()?.is_none() {
                return Ok(Turn { _host: slot, _all: all });
            }
        }
    }
}

impl Host {
    /// The host asks for a pause.
    pub fn pause(&self, length: Duration) {
        let until = Instant::now() + length.min(Duration::from_secs(86_400));
        let mut mood = self.mood();
        mood.pause = Some(mood.pause.map_or(until, |known| known.max(until)));
    }

    /// Records that the host responded, with any status.
    pub fn answered(&self) {
        self.mood().failures = 0;
    }

    /// The host did not answer.
    pub fn silent(&self) {
        self.mood().failures += 1;
    }

    /// Until when to wait, if at all.
    fn ready(&self) -> Result<Option<Instant>, String> {
        let mood = self.mood();
        if mood.failures >= PATIENCE {
            return Err("the host does not answer and was not asked again".into());
        }
        match mood.pause.map(|until| (until, until.saturating_duration_since(Instant::now()))) {
            Some((_, left)) if left > LONGEST_PAUSE => Err(format!("the host asks to wait {} s", left.as_secs() + 1)),
            Some((until, left)) if !left.is_zero() => Ok(Some(until)),
            _ => Ok(None),
        }
    }

    fn mood(&self) -> std::sync::MutexGuard<'_, Mood> {
        self.mood.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
