//! `feedmill serve`: a preview that follows every edit. What it prints: where it listens, then one line for each change, and errors.

use super::args::{ServeOptions, Verbosity};
use super::line;
use super::print::{self, harmless};
use crate::diagnostic::Severity;
use crate::edge::preview::{self, News, Preview, Snapshot};
use std::io::{self, Write};

/// Findings that are printed at each change.
const MOST: usize = 10;

/// Serves until it is ended. Returns the exit code where it cannot begin.
pub fn run(options: &ServeOptions) -> io::Result<u8> {
    let at = options.address;
    if !options.audience.allows(at) {
        let told =
            format!("error: {at} can be reached by other machines; add --public if they are to see drafts as well");
        return print::aside(&told).map(|()| 2);
    }
    let (dir, overrides) = (options.dir.clone(), options.overrides.clone());
    let preview = Preview {
        dir: dir.clone(),
        config: Box::new(move |sink| line::config(&dir, &overrides, sink)),
        address: at,
        shows: options.shows,
        now: options.now,
        mode: None,
        redact: |text| print::redact(text).into_owned(),
        jobs: options.jobs,
    };
    let verbosity = options.verbosity;
    // A terminal that has gone away ends nothing: the pages are still there.
    let tell = move |news| drop(told(&news, verbosity));
    match preview::serve(preview, tell) {
        Ok(()) => Ok(0),
        Err(why) => print::aside(&format!("error: {why}")).map(|()| 3),
    }
}

fn told(news: &News, verbosity: Verbosity) -> io::Result<()> {
    match news {
        News::Listening(at, path) => {
            let mut out = io::stdout().lock();
            writeln!(
                out,
                "serving http://{at}{path}  (what readers make of it: http://{at}/_preview/; Ctrl-C ends it)"
            )?;
            out.flush()
        }
        News::Turned(now) => print::aside(&turned(now, verbosity)),
    }
}

/// The findings that are to be seen, then one line.
fn turned(now: &Snapshot, verbosity: Verbosity) -> String {
    let least = if verbosity == Verbosity::Verbose { Severity::Warning } else { Severity::Error };
    let findings = now.findings.iter().filter(|(severity, _)| *severity >= least).take(MOST);
    let mut lines: Vec<String> = findings.map(|(severity, finding)| print::short_line(finding, *severity)).collect();
    lines.extend(now.failure.as_ref().map(|why| format!("error: {}; the last good build stays", harmless(why))));
    if verbosity != Verbosity::Quiet && now.failure.is_none() {
        let count = |severity| now.count(severity);
        let wrong = match (count(Severity::Error), count(Severity::Warning)) {
            (0, 0) => String::new(),
            (errors, warnings) => format!("; {errors} errors, {warnings} warnings"),
        };
        let (articles, renewed, took) = (now.articles, now.renewed, now.took.as_millis());
        lines.push(format!("{articles} articles, {renewed} documents new in {took} ms{wrong}"));
    }
    lines.join("\n")
}
