//! Prints the results of a run. Findings and reports are data; each style of printing them is one file here.
//!
//! Human and short: findings on stderr, a summary on stdout (or the diff of a dry `--fix`, which can be applied, with
//! the summary on stderr). JSON and SARIF: one document on stdout. GitHub: annotations on stdout. Nothing is printed
//! anywhere else in feedmill. A closed pipe (`feedmill check | head`) is not an error.
//!
//! A new style is a variant of [`ReportStyle`], a file, and a line in [`run`].

pub(super) mod fit;
mod github;
mod harmless;
mod human;
mod images;
mod json;
mod limit;
mod log;
mod mended;
mod place;
mod sarif;
mod short;
mod source_line;
mod summary;
#[cfg(test)]
mod testing;
mod timings;

pub(super) use github::annotation;
pub(super) use harmless::{harmless, json_line};
pub(super) use log::event;
pub(super) use summary::plural;

use super::args::{Log, NoCommand, OutputArgs, ReportStyle, TimingFormat, Verbosity};
use crate::app::{Commit, FinishedRun, FixMode};
use crate::diagnostic::{Diagnostic, Policy, Severity, Verdict};
use crate::model::visible;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

/// Gives the text of a line (from 1) of a file as findings name it; `None` where there is none.
pub type SourceLine<'a> = dyn Fn(&str, u32) -> Option<String> + 'a;

/// A finished run, as printers need it.
#[derive(Clone, Copy)]
pub struct RunView<'a> {
    /// Name of the command: `build`, `check`.
    pub command: &'a str,
    /// How the run ended. Its verdict may be worse than the policy's: a fault of the config, disk or network is
    /// [`Verdict::Failed`].
    pub finished: &'a FinishedRun,
    /// Whether the run was to write.
    pub commit: Commit,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether and where the timings are printed.
    pub timing_format: Option<TimingFormat>,
    /// Where source lines come from.
    pub source: &'a SourceLine<'a>,
    /// Whether articles were to be fixed.
    pub fix: FixMode,
    /// The project folder as given.
    pub dir: &'a Path,
}

impl<'a> RunView<'a> {
    /// A finished run of a command, as far as its report goes.
    pub fn new(command: &'a str, finished: &'a FinishedRun, dir: &'a Path) -> Self {
        Self {
            command,
            finished,
            commit: Commit::Write,
            elapsed: Duration::ZERO,
            timing_format: None,
            source: &|_, _| None,
            fix: FixMode::Off,
            dir,
        }
    }
}

/// Prints a finished run in the style asked for.
pub fn run(run: &RunView<'_>, output: OutputArgs) -> io::Result<()> {
    unless_gone(print(run, output.style, output.verbosity, output.log))
}

/// The summary of a run as text, without colours.
pub fn summary(run: &RunView<'_>, verbosity: Verbosity) -> Option<String> {
    let mut out = anstream::StripStream::new(Vec::new());
    summary::write(run, verbosity, &mut out).ok()?;
    String::from_utf8(out.into_inner()).ok()
}

/// Prints lines of a command that runs on, on stderr.
pub fn print_to_stderr(text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let mut err = anstream::stderr().lock();
    unless_gone(writeln!(err, "{}", text).and_then(|()| err.flush()))
}

/// A finding in one line: `path:line:col: severity[A010] name: message`.
pub fn short_line(finding: &Diagnostic, severity: Severity) -> String {
    short::line(finding, severity)
}

/// Prints why the arguments name no command, or the help that was asked for. Returns the exit code: 2 or 0.
pub fn no_command(fault: &NoCommand) -> io::Result<u8> {
    let code = u8::try_from(fault.error.exit_code()).unwrap_or(2);
    let json = code != 0 && fault.report == ReportStyle::Json;
    let plain = fault.plain();
    let printed = if code != 0 && fault.log == Log::Json {
        event("error", "usage", serde_json::json!({ "command": fault.command, "message": plain.trim() }));
        Ok(())
    } else if fault.secrets.is_empty() {
        fault.error.print()
    } else {
        io::stderr().lock().write_all(plain.as_bytes())
    };
    unless_gone(printed)?;
    if json {
        unless_gone(json::usage(&fault.command, &plain, &mut io::stdout().lock()))?;
    }
    Ok(code)
}

/// Whoever read the output has gone: nobody is left to tell.
pub(super) fn unless_gone(printed: io::Result<()>) -> io::Result<()> {
    match printed {
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

fn print(run: &RunView<'_>, style: ReportStyle, verbosity: Verbosity, log: Log) -> io::Result<()> {
    // A closed stderr must not cost what goes to stdout.
    unless_gone(match log {
        Log::Text => print_text(run, style, verbosity),
        Log::Json => log::run(run, verbosity),
    })?;
    if run.timing_format == Some(TimingFormat::Json) {
        unless_gone(match log {
            Log::Text => timings::object(run, &mut io::stderr().lock()),
            Log::Json => timings::print(run),
        })?;
    }
    match style {
        ReportStyle::Json => whole(|out| json::write(run, verbosity, out)),
        ReportStyle::Sarif => whole(|out| sarif::write(run, out)),
        ReportStyle::Github => whole(|out| github::write(run, out)),
        ReportStyle::Human | ReportStyle::Short if run.fix == FixMode::Preview => {
            let terminal = io::stdout().is_terminal();
            whole(|out| {
                if terminal {
                    diff_to_terminal(&run.finished.fixes.diff, out)
                } else {
                    out.write_all(&run.finished.fixes.diff)
                }
            })
        }
        ReportStyle::Human | ReportStyle::Short => {
            let mut out = BufWriter::new(anstream::stdout().lock());
            if verbosity != Verbosity::Quiet {
                summary::write(run, verbosity, &mut out)?;
            }
            out.flush()
        }
    }
}

/// A diff for eyes: what would move a cursor is made visible. Elsewhere the bytes stay, or the diff could not be applied.
fn diff_to_terminal(diff: &[u8], out: &mut dyn Write) -> io::Result<()> {
    for line in diff.split_inclusive(|b| *b == b'\n') {
        let text = String::from_utf8_lossy(line);
        let text: String = text.trim_end_matches(['\n', '\r', '\t']).chars().map(visible).collect();
        writeln!(out, "{text}")?;
    }
    Ok(())
}

/// A document for machines: bytes as they are.
fn whole(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out)?;
    out.flush()
}

/// What goes to stderr: what was mended and what was found, unless a document has it; for those who asked for quiet, why
/// nothing was written; the summary where stdout holds something else for a machine to read.
fn print_text(run: &RunView<'_>, style: ReportStyle, verbosity: Verbosity) -> io::Result<()> {
    let mut err = BufWriter::new(anstream::stderr().lock());
    let quiet = verbosity == Verbosity::Quiet;
    if !quiet && !matches!(style, ReportStyle::Json | ReportStyle::Github) {
        mended::write(run, &mut err)?;
    }
    match style {
        ReportStyle::Human => human::write(run, verbosity, &mut err)?,
        ReportStyle::Short => short::write(run, verbosity, &mut err)?,
        ReportStyle::Github if !quiet => summary::write(run, verbosity, &mut err)?,
        ReportStyle::Json | ReportStyle::Sarif | ReportStyle::Github => {}
    }
    if matches!(style, ReportStyle::Human | ReportStyle::Short) {
        match (quiet, run.fix) {
            (true, _) => summary::reasons(run, &mut err)?,
            (false, FixMode::Preview) => summary::write(run, verbosity, &mut err)?,
            (false, _) => {}
        }
    }
    err.flush()
}

impl<'a> RunView<'a> {
    /// Findings that are shown, with how bad they are shown to be: the quiet hear of errors and of what refused the run.
    fn visible_findings(&self, verbosity: Verbosity) -> impl Iterator<Item = (&'a Diagnostic, Severity)> {
        let policy = &self.finished.policy;
        self.finished
            .report
            .findings
            .iter()
            .filter_map(move |f| policy.severity(f.code).map(|severity| (f, severity)))
            .filter(move |(f, severity)| {
                verbosity != Verbosity::Quiet || *severity == Severity::Error || refuses(policy, f)
            })
    }

    /// Why the world or the config failed, in one line.
    fn failure(&self) -> Option<String> {
        let of_config = || {
            let fault = self.visible_findings(Verbosity::Normal).find(|(_, severity)| *severity == Severity::Error);
            fault.map_or_else(|| "the run failed".to_owned(), |(f, severity)| short::line(f, severity))
        };
        (self.finished.verdict == Verdict::Failed)
            .then(|| self.finished.report.failure.as_deref().map_or_else(of_config, harmless))
    }
}

/// Whether a finding alone refuses the run.
fn refuses(policy: &Policy, finding: &Diagnostic) -> bool {
    policy.verdict(std::slice::from_ref(finding)) == Verdict::Refused
}
