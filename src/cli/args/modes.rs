//! How a command prints. What a run does is in `RunOptions`.

/// How the end of a run is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutputArgs {
    /// `--report`.
    pub style: ReportStyle,
    /// `-q`, `-v`.
    pub verbosity: Verbosity,
    /// `--log`.
    pub log: Log,
    /// `--timings`.
    pub clocked: Clocked,
}

/// How findings and the summary are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportStyle {
    /// Findings with their source line on stderr, a summary on stdout.
    #[default]
    Human,
    /// One line per finding on stderr, a summary on stdout.
    Short,
    /// One JSON document on stdout.
    Json,
    /// One SARIF 2.1.0 document on stdout.
    Sarif,
    /// Workflow commands of GitHub Actions on stdout, a summary on stderr.
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

/// Where the time of each stage is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clocked {
    /// With `-v`, in the summary.
    #[default]
    Verbose,
    /// In the summary: `--timings text`.
    Text,
    /// As an object on stderr: `--timings json`.
    Json,
}

/// What stderr holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Log {
    /// What people read: findings, and bars on a terminal.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}
