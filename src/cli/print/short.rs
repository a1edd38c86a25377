//! `--report short`: one line for each finding, `path:line:col: severity[A010] name: message`, for grep and for editors.

use super::harmless::harmless;
use super::limit::{Limit, Room};
use super::place::place;
use super::{RunView, Verbosity};
use crate::diagnostic::{Diagnostic, Severity};
use std::io::{self, Write};

/// Writes the findings, and why the world failed.
pub fn write(run: &RunView<'_>, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    let mut limit = Limit::default();
    for (finding, severity) in run.visible_findings(verbosity) {
        if limit.count(finding.code) == Room::Left {
            writeln!(out, "{}", line(finding, severity))?;
        }
    }
    for more in limit.more() {
        writeln!(out, "{more}")?;
    }
    match &run.finished.report.failure {
        Some(failure) => writeln!(out, "error: {}", harmless(failure)),
        None => Ok(()),
    }
}

/// A finding in one line.
pub fn line(finding: &Diagnostic, severity: Severity) -> String {
    let (place, severity, name) = (place(finding), severity.name(), finding.code.name());
    format!("{place}{severity}[{}] {name}: {}", finding.code, harmless(&finding.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::diagnostic::{Code, Verdict};
    use crate::model::{Place, Report};

    fn short(report: &Report, verbosity: Verbosity) -> String {
        testing::printed(report, Verdict::Warned, |run, out| write(run, verbosity, out))
    }

    #[test]
    fn one_line_for_each_finding() {
        assert_eq!(
            short(&testing::report(), Verbosity::Normal),
            "\
warning[P005] damaged-manifest: the manifest cannot be read
content/a.md:4:7: error[A010] bad-date: `30.02.2025` is no date
content/a.md:5:6: warning[A042] bad-url: `https://h/` is no URL
content/b.md: note[A004] no-front-matter: there is no front matter
"
        );
    }

    #[test]
    fn the_quiet_hear_of_errors_only() {
        assert_eq!(
            short(&testing::report(), Verbosity::Quiet),
            "content/a.md:4:7: error[A010] bad-date: `30.02.2025` is no date\n"
        );
    }

    #[test]
    fn twenty_of_a_code_and_the_failure_last() {
        let finding = |line| testing::finding(Code::DateWithoutTime, "a.md", Place::new(line, 1, 1), "no time");
        let report = Report {
            findings: (1..=500).map(finding).collect(),
            failure: Some("cannot write to disk\n".into()),
            ..Report::default()
        };
        let text = short(&report, Verbosity::Normal);
        assert_eq!(text.lines().count(), 22);
        assert!(text.ends_with(
            "a.md:20:1: note[A012] date-without-time: no time\n… and 480 more A012 date-without-time\nerror: cannot write to disk␊\n"
        ));
    }
}
