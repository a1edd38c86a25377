//! Options that several commands share: `--timings`, `--against`, `--now`, `--accept`.

use super::TimingFormat;
use crate::app::{Accept, LiveSource};
use crate::model::{Reach, Timestamp};
use clap::Args;

/// The options of commands that build all feeds, as typed.
#[derive(Debug, Args)]
pub(super) struct TypedBuildFlags {
    /// Print time and counts of each stage: in the summary, as -v does, or as one JSON object on stderr
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub(super) timings: Option<TimingFormat>,
    /// Keep what subscribers have by these live feeds: a URL of a feed or of the output folder, or a folder of feeds; feedmill.ids is not written
    #[arg(long, value_name = "URL|FOLDER")]
    against: Option<String>,
    /// With --against: also fetch from private and loopback addresses
    #[arg(long, requires = "against")]
    allow_private: bool,
}

impl TypedBuildFlags {
    /// The live feeds that say what subscribers have.
    pub(super) fn live(&mut self) -> Option<LiveSource> {
        let reach = if self.allow_private { Reach::Anywhere } else { Reach::Public };
        self.against.take().map(|source| LiveSource { source, reach })
    }
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
