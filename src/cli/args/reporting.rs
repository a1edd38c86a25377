//! The options of what a run prints: as typed, and as meant.

use super::{Log, OutputArgs, ReportStyle, Verbosity};
use clap::Args;

/// How the results of a run are printed.
#[derive(Debug, Args)]
pub(super) struct TypedReporting {
    /// Format of the report
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = ReportStyle::Human)]
    report: ReportStyle,
    /// Print only errors, and the reasons if the run is refused
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also print every feed file, every skipped article and every topic; in JSON, the outcome of every article
    #[arg(short, long)]
    verbose: bool,
    /// Format of stderr: text, or one JSON object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Log::Text)]
    log: Log,
}

impl TypedReporting {
    pub(super) fn meant(self) -> OutputArgs {
        let verbosity = Verbosity::from_flags(self.quiet, self.verbose);
        OutputArgs { style: self.report, verbosity, log: self.log, timings: None }
    }
}
