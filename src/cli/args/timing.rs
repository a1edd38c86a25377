//! `--timings` of the commands that walk the line.

use super::Clocked;
use crate::model::Timestamp;
use clap::{Args, ValueEnum};

/// Whether the time of each stage is told.
#[derive(Debug, Args)]
pub(super) struct TypedTiming {
    /// Print time and counts of each stage: in the summary, as -v does, or as one JSON object on stderr
    #[arg(long, value_name = "FORMAT", value_enum)]
    timings: Option<TypedTimings>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TypedTimings {
    /// A row for each stage in the summary
    Text,
    /// One JSON object on a line of stderr
    Json,
}

impl TypedTiming {
    pub(super) const fn meant(&self) -> Clocked {
        match self.timings {
            None => Clocked::Verbose,
            Some(TypedTimings::Text) => Clocked::Text,
            Some(TypedTimings::Json) => Clocked::Json,
        }
    }
}

/// RFC 3339, section 5.6.
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    match chrono::DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(Timestamp::new(at)),
        Err(_) => Err("write a date, a time and an offset, such as 2025-06-08T12:00:00+03:00".into()),
    }
}
