//! How a command prints. What a run does is in `RunOptions`. The comments of the variants are help texts.

use clap::ValueEnum;

/// How the end of a run is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutputArgs {
    /// The flag `--report`.
    pub style: ReportStyle,
    /// The flags `-q`, `-v`.
    pub verbosity: Verbosity,
    /// The flag `--log`.
    pub log: Log,
    /// The flag `--timings`.
    pub timings: Option<TimingFormat>,
}

/// How findings and the summary are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportStyle {
    /// Findings with their source line on stderr, a summary on stdout
    #[default]
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

/// How much is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    /// Errors and the reasons of a refusal only.
    Quiet,
    /// Findings and a summary that fits a screen.
    #[default]
    Normal,
    /// Also every feed file and every article left out; in JSON, what became of every article.
    Verbose,
}

/// How the time of each stage is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimingFormat {
    /// A row for each stage in the summary
    Text,
    /// One JSON object on a line of stderr
    Json,
}

/// What stderr holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Log {
    /// Findings, and bars on a terminal
    #[default]
    Text,
    /// Steps, findings, documents and the end of the run as events
    Json,
}

impl Verbosity {
    /// The meaning of `-q` and `-v`, which exclude each other.
    pub(super) const fn from_flags(quiet: bool, verbose: bool) -> Self {
        match (quiet, verbose) {
            (true, _) => Self::Quiet,
            (_, true) => Self::Verbose,
            _ => Self::Normal,
        }
    }
}
