//! The options of what a run prints: as typed, and as meant.

use super::{Log, OutputArgs, ReportStyle, Verbosity};
use clap::{Args, ValueEnum};

/// How a run is told.
#[derive(Debug, Args)]
pub(super) struct TypedReporting {
    /// Report format
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = TypedReport::Human)]
    report: TypedReport,
    /// Print only errors, and the reasons if the run is refused
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Also print every feed file, every skipped article and every topic; in JSON, the outcome of every article
    #[arg(short, long)]
    verbose: bool,
    /// Format of stderr: text, or one JSON object per line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = TypedLog::Text)]
    log: TypedLog,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TypedLog {
    /// Findings, and bars on a terminal
    Text,
    /// Steps, findings, documents and the end of the run as events
    Json,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TypedReport {
    /// Findings with their source line on stderr, a summary on stdout
    Human,
    /// One line per finding on stderr, a summary on stdout
    Short,
    /// One JSON document on stdout
    Json,
    /// One SARIF 2.1.0 document on stdout, for code scanning
    Sarif,
    /// Annotations of GitHub Actions on stdout, a summary on stderr
    Github,
}

impl TypedReporting {
    pub(super) fn meant(self) -> OutputArgs {
        let style = match self.report {
            TypedReport::Human => ReportStyle::Human,
            TypedReport::Short => ReportStyle::Short,
            TypedReport::Json => ReportStyle::Json,
            TypedReport::Sarif => ReportStyle::Sarif,
            TypedReport::Github => ReportStyle::Github,
        };
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        let log = match self.log {
            TypedLog::Text => Log::Text,
            TypedLog::Json => Log::Json,
        };
        OutputArgs { style, verbosity, log, ..OutputArgs::default() }
    }
}
