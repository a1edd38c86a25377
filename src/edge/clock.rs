//! The instant of a run, read once per command: `--now`, else `SOURCE_DATE_EPOCH`, else the system's clock.

use super::EdgeError;
use crate::model::Timestamp;

/// Now.
pub fn now(flag: Option<Timestamp>) -> Result<Timestamp, EdgeError> {
    if let Some(now) = flag {
        return Ok(now);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().ok().and_then(Timestamp::from_unix).ok_or(EdgeError::Clock(text)),
        Err(_) => {
            Ok(Timestamp::new(chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).fixed_offset()))
        }
    }
}
