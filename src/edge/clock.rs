//! The instant of a run, read once per command: `--now`, else `SOURCE_DATE_EPOCH`, else the system's clock.

use super::EdgeError;
use crate::model::Timestamp;

/// The instant on the wall, whatever a run takes for the present: of nothing that reaches a feed.
pub fn wall() -> Timestamp {
    Timestamp::new(chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).fixed_offset())
}

/// The current time as text for progress events, to the millisecond, so that they sort with those of other programs.
pub fn stamp() -> String {
    chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now())
        .to_rfc3339_opts(chrono::SecondsFormat::Millis, false)
}

/// The time of this run: the flag's, else the environment's, else the system's.
pub fn now(flag: Option<Timestamp>) -> Result<Timestamp, EdgeError> {
    if let Some(now) = flag {
        return Ok(now);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().ok().and_then(Timestamp::from_unix).ok_or(EdgeError::Clock(text)),
        Err(_) => Ok(wall()),
    }
}
