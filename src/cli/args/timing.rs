//! `--timings` of the commands that go through every step, and `--now`.

use super::TimingFormat;
use crate::model::Timestamp;
use clap::Args;

/// The option of timings, as typed.
#[derive(Debug, Args)]
pub(super) struct TypedTiming {
    /// Print time and counts of each stage: in the summary, as -v does, or as one JSON object on stderr
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(super) timings: Option<TimingFormat>,
}

/// Reads an instant (RFC 3339, section 5.6).
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(Timestamp::new(at)),
        Err(_) => Err("write a date, a time and an offset, such as 2025-06-08T12:00:00+03:00".into()),
    }
}
