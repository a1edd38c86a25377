//! What a run tells people and machines. Findings and reports are data; each style of printing them is one file here.
//!
//! Human and short: findings on stderr, a summary on stdout. JSON: one document on stdout. Nothing is printed anywhere else in
//! feedmill. A reader that goes away (`feedmill check | head`) is no fault. Every text passes through `redact`.
//!
//! A new style is a variant of [`ReportStyle`], a file, and a line in [`run`].

mod harmless;
mod human;
mod images;
mod json;
mod limit;
mod place;
mod redact;
mod short;
mod source_line;
mod summary;
#[cfg(test)]
mod testing;

pub(super) use harmless::harmless;
pub use redact::redact;

use super::args::{Commit, NoCommand, ReportStyle, Verbosity};
use crate::diagnostic::{Diagnostic, Policy, Severity, Verdict};
use crate::model::{Report, Site};
use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::time::Duration;

/// Gives the text of a line (from 1) of a file as findings name it; `None` where there is none.
pub type SourceLine<'a> = dyn Fn(&str, u32) -> Option<String> + 'a;

/// A finished run, as printers need it.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// `build`, `check`.
    pub command: &'a str,
    /// What came out.
    pub report: &'a Report,
    /// The config, where it could be read.
    pub site: Option<&'a Site>,
    /// Which findings are shown as what.
    pub policy: &'a Policy,
    /// How the run came out. May be worse than the policy's own word: a fault of the config or the world is [`Verdict::Failed`].
    pub verdict: Verdict,
    /// Whether the run was to write.
    pub commit: Commit,
    /// How long it took.
    pub elapsed: Duration,
    /// Where source lines come from.
    pub source: &'a SourceLine<'a>,
}

/// Prints a finished run in the style asked for.
pub fn run(run: &Run<'_>, style: ReportStyle, verbosity: Verbosity) -> io::Result<()> {
    unless_gone(print(run, style, verbosity))
}

/// The summary of a run as text, without colours.
pub fn summary(run: &Run<'_>, verbosity: Verbosity) -> Option<String> {
    let mut out = anstream::StripStream::new(Vec::new());
    summary::write(run, verbosity, &mut out).ok()?;
    String::from_utf8(out.into_inner()).ok()
}

/// Prints why the arguments name no command, or the help that was asked for. Returns the exit code: 2 or 0.
pub fn no_command(fault: &NoCommand) -> io::Result<u8> {
    let code = u8::try_from(fault.told.exit_code()).unwrap_or(2);
    let json = code != 0 && fault.report == ReportStyle::Json;
    let plain = fault.told.to_string();
    let printed = match redact(&plain) {
        Cow::Borrowed(_) => fault.told.print(),
        // clap repeats what was typed, colours and all; without secrets it goes without colours.
        Cow::Owned(text) => io::stderr().lock().write_all(text.as_bytes()),
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

fn print(run: &Run<'_>, style: ReportStyle, verbosity: Verbosity) -> io::Result<()> {
    if style == ReportStyle::Json {
        let mut out = BufWriter::new(io::stdout().lock());
        json::write(run, verbosity, &mut out)?;
        return out.flush();
    }
    // A closed stderr must not cost the summary.
    unless_gone(told(run, style, verbosity))?;
    let mut out = BufWriter::new(anstream::stdout().lock());
    if verbosity != Verbosity::Quiet {
        summary::write(run, verbosity, &mut out)?;
    }
    out.flush()
}

/// What goes to stderr: findings, and for those who asked for quiet, why nothing was written.
fn told(run: &Run<'_>, style: ReportStyle, verbosity: Verbosity) -> io::Result<()> {
    let mut err = BufWriter::new(anstream::stderr().lock());
    match style {
        ReportStyle::Short => short::write(run, verbosity, &mut err)?,
        _ => human::write(run, verbosity, &mut err)?,
    }
    if verbosity == Verbosity::Quiet {
        summary::reasons(run, &mut err)?;
    }
    err.flush()
}

impl<'a> Run<'a> {
    /// Findings that are shown, with how bad they are shown to be: the quiet hear of errors and of what refused the run.
    fn shown(&self, verbosity: Verbosity) -> impl Iterator<Item = (&'a Diagnostic, Severity)> {
        let policy = self.policy;
        self.report.findings.iter().filter_map(move |f| policy.severity(f.code).map(|severity| (f, severity))).filter(
            move |(f, severity)| verbosity != Verbosity::Quiet || *severity == Severity::Error || refuses(policy, f),
        )
    }

    /// Why the world or the config failed, in one line.
    fn failure(&self) -> Option<String> {
        let of_config = || {
            let fault = self.shown(Verbosity::Normal).find(|(_, severity)| *severity == Severity::Error);
            fault.map_or_else(|| "the run failed".to_owned(), |(f, severity)| short::line(f, severity))
        };
        (self.verdict == Verdict::Failed).then(|| self.report.failure.as_deref().map_or_else(of_config, harmless))
    }
}

/// Whether a finding alone refuses the run.
fn refuses(policy: &Policy, finding: &Diagnostic) -> bool {
    policy.verdict(std::slice::from_ref(finding)) == Verdict::Refused
}
