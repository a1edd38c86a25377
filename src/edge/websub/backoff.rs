//! How long to wait: between attempts (doubling from one second with a random part on top, or what `Retry-After` asks), for
//! a place in the second (`per_second`), and for a hub as a whole (a deadline since it accepted something).

use chrono::DateTime;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep_until};

/// Requests for one topic at one hub.
pub(super) const ATTEMPTS: u32 = 5;

const FIRST: Duration = Duration::from_secs(1);
const MAX_DELAY: Duration = Duration::from_secs(60);

/// How long to wait after the `attempt`th request failed, counted from 1.
pub(super) fn backoff(attempt: u32) -> Duration {
    let base = FIRST.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(MAX_DELAY);
    (base + base.mul_f64(random() / 2.0)).min(MAX_DELAY)
}

/// A number between 0 and 1. The hasher's keys are the system's random numbers; the value need not be secret.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(0_u8) >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

/// `Retry-After`: seconds or a date (RFC 9110 section 10.2.3).
pub(super) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let at: SystemTime = DateTime::parse_from_rfc2822(value).ok()?.to_utc().into();
    Some(at.duration_since(now).unwrap_or_default())
}

/// Lets so many begin in a second, evenly.
pub(super) struct RateLimit {
    gap: Duration,
    next: Mutex<Instant>,
}

impl RateLimit {
    pub fn new(per_second: usize) -> Self {
        let gap = Duration::from_secs(1) / u32::try_from(per_second.max(1)).unwrap_or(u32::MAX);
        Self { gap, next: Mutex::new(Instant::now()) }
    }

    /// Waits for the next place.
    pub async fn wait(&self) {
        let at = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let at = (*next).max(Instant::now());
            *next = at + self.gap;
            at
        };
        sleep_until(at).await;
    }
}

/// The deadline of a hub: it moves on with every ping that the hub accepts.
pub(super) struct Deadline {
    patience: Duration,
    end: Mutex<Instant>,
}

impl Deadline {
    pub fn new(patience: Duration) -> Self {
        Self { patience, end: Mutex::new(Instant::now() + patience) }
    }

    /// When it is over.
    pub fn end(&self) -> Instant {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time that is left.
    pub fn left(&self) -> Duration {
        self.end().saturating_duration_since(Instant::now())
    }

    /// The hub accepted something.
    pub fn renew(&self) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + self.patience;
    }

    /// In words, for messages.
    pub fn described(&self) -> String {
        format!("the deadline of {} s", self.patience.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_a_second_and_are_never_shorter() {
        for (attempt, least) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (7, 60), (40, 60)] {
            for _ in 0..50 {
                let wait = backoff(attempt).as_secs_f64();
                assert!(wait >= f64::from(least) && wait <= f64::from(least) * 1.5, "{attempt}: {wait}");
            }
        }
        assert_ne!(backoff(3), backoff(3));
    }

    #[test]
    fn retry_after_in_seconds_and_as_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let read = |text| retry_after(text, now).map(|d| d.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read(" 0 "), Some(0));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:39 GMT"), Some(2));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:30 GMT"), Some(0));
        assert_eq!(read("99999999999999999999999"), Some(u64::from(u32::MAX)));
        for nonsense in ["", "soon", "-1", "1.5", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn the_pace_spreads_requests_and_the_deadline_moves() {
        let rt = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        rt.block_on(async {
            let (rate_limit, began) = (RateLimit::new(100), Instant::now());
            for _ in 0..5 {
                rate_limit.wait().await;
            }
            assert!(began.elapsed() >= Duration::from_millis(40));
            let deadline = Deadline::new(Duration::from_secs(9));
            let first = deadline.end();
            tokio::time::sleep(Duration::from_millis(2)).await;
            deadline.renew();
            assert!(deadline.end() > first && deadline.left() <= Duration::from_secs(9));
            assert_eq!(deadline.described(), "the deadline of 9 s");
        });
    }
}
