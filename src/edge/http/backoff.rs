//! How long to wait before a request is made again: doubling with a random part on top, or what `Retry-After` asks.

use chrono::DateTime;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, SystemTime};

const MAX_DELAY: Duration = Duration::from_secs(60);

/// How long to wait after the `attempt`th request failed, counted from 1. `first` is the shortest wait after the first one.
pub(in crate::edge) fn backoff(first: Duration, attempt: u32) -> Duration {
    let base = first.saturating_mul(1 << attempt.saturating_sub(1).min(10)).min(MAX_DELAY);
    (base + base.mul_f64(random() / 2.0)).min(MAX_DELAY)
}

/// A number between 0 and 1. The hasher's keys are the system's random numbers; the value need not be secret.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(0_u8) >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

/// Reads `Retry-After`: seconds or a date (RFC 9110 section 10.2.3).
pub(in crate::edge) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let at: SystemTime = DateTime::parse_from_rfc2822(value).ok()?.to_utc().into();
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_a_second_and_are_never_shorter() {
        for (attempt, least) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (7, 60), (40, 60)] {
            for _ in 0..50 {
                let wait = backoff(Duration::from_secs(1), attempt).as_secs_f64();
                assert!(wait >= f64::from(least) && wait <= f64::from(least) * 1.5, "{attempt}: {wait}");
            }
        }
        assert_ne!(backoff(MAX_DELAY / 9, 3), backoff(MAX_DELAY / 9, 3));
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
}
