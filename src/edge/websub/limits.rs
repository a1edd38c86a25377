//! How many requests and how long: places in a second (`per_second`), and for a hub as a whole a deadline since it accepted
//! something.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Requests for one topic at one hub.
pub(super) const ATTEMPTS: u32 = 5;

/// The shortest wait after the first failed request.
pub(super) const FIRST_WAIT: Duration = Duration::from_secs(1);

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
