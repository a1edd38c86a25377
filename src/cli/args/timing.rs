//! `--timings` of the commands that walk the line.

use super::Clocked;
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
