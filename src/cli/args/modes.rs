//! What flags switch, each with a type of its own: no command is told `true`. Refused: a `bool` that travels.

/// Whether hubs are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// Yes.
    Hubs,
    /// `--no-push`.
    Nobody,
}

/// Whether the brake may stop a run (DESIGN section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Brake {
    /// A run that would flood or rob subscribers is refused.
    #[default]
    On,
    /// The user has seen what would happen and accepts it.
    Released,
}

/// Whether a run may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Commit {
    /// Files are written.
    #[default]
    Write,
    /// Nothing is written; the report tells what would be: `--dry-run`.
    Dry,
    /// The command never writes: `check`.
    Never,
}

/// Whether `check` mends articles in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mend {
    /// They are left as they are.
    #[default]
    No,
    /// What a machine may mend is written: `--fix`.
    Write,
    /// It is shown as a diff: `--fix --dry-run`.
    Show,
}

/// Which images are asked for over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Learn {
    /// None: the run is offline.
    #[default]
    Nothing,
    /// Those that are unknown or older than `images.max_age`.
    Stale,
    /// Those that are unknown, for half a minute at most: `publish`.
    Unknown,
    /// All.
    All,
}

/// What becomes of lines of `images.lock` that nothing uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prune {
    /// They stay.
    #[default]
    Nothing,
    /// They go.
    Unused,
}

/// How findings and the summary are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportStyle {
    /// Findings with their source line on stderr, a summary on stdout.
    #[default]
    Human,
    /// One line for each finding on stderr, a summary on stdout.
    Short,
    /// One JSON document on stdout.
    Json,
    /// One SARIF 2.1.0 document on stdout.
    Sarif,
    /// Workflow commands of GitHub Actions on stdout, a summary on stderr.
    Github,
}

/// Whether a run uses what the last ones came to, and keeps what it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Caching {
    /// `.feedmill-cache/` is read and written.
    #[default]
    Used,
    /// `--no-cache`: neither.
    Off,
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
