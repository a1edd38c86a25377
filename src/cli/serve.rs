//! `feedmill serve`: a preview that follows every edit. What it prints: where it listens, then one line for each change, and errors.

use super::args::{ServeOptions, Verbosity};
use super::print::{self, harmless, plural};
use crate::app::Project;
use crate::diagnostic::Severity;
use crate::parse::Overrides;
use crate::serve::{self, Audience, News, Preview, Shows, Snapshot};
use std::io::{self, Write};
use std::num::NonZeroUsize;

/// Findings that are printed at each change.
const MAX_PRINTED_FINDINGS: usize = 10;

/// Serves until it is ended. Returns the exit code where it cannot begin.
pub fn run(options: &ServeOptions) -> io::Result<u8> {
    let at = options.addr;
    let audience = if options.public { Audience::Everyone } else { Audience::Loopback };
    if !audience.allows(at) {
        let message = format!("error: {at} can be reached by other machines; add --public to allow this");
        return print::print_to_stderr(&message).map(|()| 2);
    }
    let overrides = Overrides { url: options.url.clone(), content: options.content.clone(), ..Overrides::default() };
    let project = match Project::open(&options.dir) {
        Ok(project) => project.with_overrides(overrides),
        Err(fault) => return print::print_to_stderr(&format!("error: {fault}")).map(|()| 3),
    };
    let shows = if options.published { Shows::Published } else { Shows::Everything };
    let jobs = options.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
    let preview = Preview { project, address: at, shows, now: options.now, mode: None, jobs };
    let verbosity = options.verbosity();
    // A terminal that has gone away ends nothing: the pages are still there.
    let tell = move |news| drop(print_news(&news, verbosity));
    match serve::serve(preview, tell) {
        Ok(()) => Ok(0),
        Err(why) => print::print_to_stderr(&format!("error: {why}")).map(|()| 3),
    }
}

fn print_news(news: &News, verbosity: Verbosity) -> io::Result<()> {
    match news {
        News::Listening(at, path) => {
            let mut out = io::stdout().lock();
            writeln!(out, "serving http://{at}{path}  (preview: http://{at}/_preview/; Ctrl-C ends it)")?;
            out.flush()
        }
        News::Turned(now) => print::print_to_stderr(&turned(now, verbosity)),
    }
}

/// The findings that are to be seen, then one line.
fn turned(now: &Snapshot, verbosity: Verbosity) -> String {
    let least = if verbosity == Verbosity::Verbose { Severity::Warning } else { Severity::Error };
    let findings = now.findings.iter().filter(|(severity, _)| *severity >= least).take(MAX_PRINTED_FINDINGS);
    let mut lines: Vec<String> = Vec::new();
    for (severity, finding) in findings {
        lines.push(print::short_line(finding, *severity));
        // If there is no set to look at, no overlay displays the help.
        let help = finding.help.as_deref().filter(|_| now.failure.is_some());
        lines.extend(help.map(|help| format!("  = help: {}", harmless(help))));
    }
    let stays =
        if now.documents.is_empty() { "nothing is served until this is fixed" } else { "the last good build stays" };
    lines.extend(now.failure.as_ref().map(|why| format!("error: {}; {stays}", harmless(why))));
    if verbosity != Verbosity::Quiet && now.failure.is_none() {
        let count = |severity| now.count(severity);
        let wrong = match (count(Severity::Error), count(Severity::Warning)) {
            (0, 0) => String::new(),
            (errors, warnings) => {
                format!("; {}, {}", plural(errors, "error", "errors"), plural(warnings, "warning", "warnings"))
            }
        };
        let (articles, renewed, took) = (now.articles, now.renewed, now.took.as_millis());
        let (articles, renewed) = (plural(articles, "article", "articles"), plural(renewed, "document", "documents"));
        lines.push(format!("{articles}, {renewed} new in {took} ms{wrong}"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::model::Place;

    #[test]
    fn a_first_run_that_fails_says_how_to_mend_it_and_promises_no_last_one() {
        let fault = Diagnostic::new(Code::NoBaseUrl, "feedmill.yaml", Place::WHOLE, "no address").help("write one");
        let mut now = Snapshot {
            findings: vec![(Severity::Error, fault)],
            failure: Some("the config has errors".into()),
            ..Snapshot::default()
        };
        assert_eq!(
            turned(&now, Verbosity::Normal),
            "feedmill.yaml: error[C004] no-base-url: no address\n  = help: write one\n\
             error: the config has errors; nothing is served until this is fixed"
        );
        (now.failure, now.articles, now.renewed) = (None, 1, 3);
        let message = turned(&now, Verbosity::Normal);
        assert!(message.ends_with("\n1 article, 3 documents new in 0 ms; 1 error, 0 warnings"), "{message}");
    }
}
