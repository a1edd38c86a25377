//! Options that several commands share: `--timings`, `--now`, `--accept`.

use super::TimingFormat;
use crate::app::Accept;
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

/// The kinds of `--accept=`; nothing is all.
pub(super) fn accepted(kinds: &str) -> Result<Accept, String> {
    if kinds.trim().is_empty() {
        return Ok(Accept::ALL);
    }
    kinds.split(',').try_fold(Accept::NONE, |all, kind| {
        all.with(kind.trim()).ok_or_else(|| format!("`{}` is not one of {}", kind.trim(), Accept::KINDS.join(", ")))
    })
}
