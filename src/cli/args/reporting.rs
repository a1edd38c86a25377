//! The options of what a run prints: as typed, and as meant.

use super::{Log, OutputArgs, ReportStyle, Verbosity};
use clap::{Args, ValueEnum};

/// How a run is told.
#[derive(Debug, Args)]
pub(super) struct TypedReporting {
    /// How to report
    #[arg(long, value_name = "STYLE", value_enum, default_value_t = TypedReport::Human)]
    report: TypedReport,
    /// Print errors and the reasons of a refusal only
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print also every feed file, every article left out and every topic; in JSON, what became of every article
    #[arg(short, long)]
    verbose: bool,
    /// What stderr holds: text for people, or one JSON object a line for machines
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
    /// One line for each finding on stderr, a summary on stdout
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
