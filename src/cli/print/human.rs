//! `--report human`: each finding with its place, its source line with a caret, and its help.
//!
//! Colours are always written; the stream takes them out where the terminal, `NO_COLOR` or `CLICOLOR` do not want them.

use super::harmless::harmless;
use super::limit::{Limit, Room};
use super::place::place;
use super::source_line::{LineExcerpt, excerpt};
use super::{RunView, Verbosity};
use crate::diagnostic::{Diagnostic, Severity};
use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_WARNING_STYLE, Style,
};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{self, Write};

/// Wider than any excerpt, which is already cut: the renderer shall not cut it again elsewhere.
const WIDE: usize = 1000;

/// Writes the findings, and why the world failed.
pub fn write(run: &RunView<'_>, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    let mut limit = Limit::default();
    for (finding, severity) in run.visible_findings(verbosity) {
        if limit.count(finding.code) == Room::Left {
            one(run, finding, severity, out)?;
        }
    }
    for more in limit.more() {
        writeln!(out, "{more}")?;
    }
    if limit.more().next().is_some() {
        writeln!(out)?;
    }
    match &run.finished.report.failure {
        Some(failure) => writeln!(out, "{DEFAULT_ERROR_STYLE}error{DEFAULT_ERROR_STYLE:#}: {}\n", harmless(failure)),
        None => Ok(()),
    }
}

fn one(run: &RunView<'_>, finding: &Diagnostic, severity: Severity, out: &mut dyn Write) -> io::Result<()> {
    let (style, code) = (style(severity), finding.code);
    let message = harmless(&finding.message);
    let place = place(finding);
    writeln!(out, "{place}{style}{}[{code}]{style:#} {}: {message}", severity.name(), code.name())?;
    // A finding without a column is about the whole line, or about text that must not be printed.
    let gutter = match (finding.at.line, !finding.path.is_empty() && finding.at.column > 0) {
        (line @ 1.., true) => match (run.source)(&finding.path, line) {
            Some(text) => {
                writeln!(out, "{}", snippet(&excerpt(&text, finding.at), line, severity))?;
                line.to_string().len()
            }
            None => 1,
        },
        _ => 1,
    };
    if let Some(help) = &finding.help {
        let style = DEFAULT_HELP_STYLE;
        writeln!(out, "{:gutter$} = {style}help{style:#}: {}", "", harmless(help))?;
    }
    writeln!(out)
}

/// The source line with its number and caret.
fn snippet(excerpt: &LineExcerpt, line: u32, severity: Severity) -> String {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let source = Snippet::source(excerpt.text.as_str())
        .line_start(line as usize)
        .annotation(AnnotationKind::Primary.span(excerpt.span.clone()));
    let renderer = const { Renderer::styled().term_width(WIDE) };
    renderer.render(&[Group::with_level(level).element(source)])
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => DEFAULT_ERROR_STYLE,
        Severity::Warning => DEFAULT_WARNING_STYLE,
        Severity::Note => DEFAULT_NOTE_STYLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::diagnostic::{Code, Verdict};
    use crate::model::{Place, Report};
    use proptest::prelude::*;

    fn human(report: &Report, verbosity: Verbosity) -> String {
        testing::printed(report, Verdict::Warned, |run, out| write(run, verbosity, out))
    }

    #[test]
    fn a_finding_shows_its_line_its_caret_and_its_help() {
        assert_eq!(
            human(&testing::report(), Verbosity::Normal),
            "\
warning[P005] damaged-manifest: the manifest cannot be read

content/a.md:4:7: error[A010] bad-date: `30.02.2025` is no date
  |
4 | date: \"30.02.2025\"
  |       ^^^^^^^^^^^^
  = help: write a day that exists, such as 2025-02-28

content/a.md:5:6: warning[A042] bad-url: `https://h/` is no URL
  |
5 | img:  https://h/
  |      ^^^^^^^^^^^

content/b.md: note[A004] no-front-matter: there is no front matter
  = help: begin the file with `---`

"
        );
    }

    fn at(place: Place) -> Report {
        let finding = testing::finding(Code::BadDate, "wide.md", place, "no");
        Report { findings: vec![finding], ..Report::default() }
    }

    #[test]
    fn carets_stand_under_wide_characters_and_behind_the_end() {
        let head = "wide.md:12:3: error[A010] bad-date: no\n   |\n12 | 世:世界.\n";
        assert_eq!(human(&at(Place::new(12, 3, 2)), Verbosity::Normal), format!("{head}   |    ^^^^\n\n"));
        let behind = human(&at(Place::new(12, 99, 1)), Verbosity::Normal);
        assert!(behind.ends_with("\n12 | 世:世界.\n   |         ^\n\n"), "{behind}");
    }

    #[test]
    fn the_failure_comes_last_and_counts_before_it() {
        let finding = testing::finding(Code::DateWithoutTime, "a.md", Place::WHOLE, "no time");
        let report =
            Report { findings: vec![finding; 22], failure: Some("the disk is full".into()), ..Report::default() };
        let text = human(&report, Verbosity::Normal);
        assert!(text.ends_with("\n\n… and 2 more A012 date-without-time\n\nerror: the disk is full\n\n"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn never_panics(line in "(\\PC|\\t|\\x1b|\\n|\u{300}|世|👩‍🚀| ){0,300}", column in 0u32..400, length in 0u32..400) {
            let excerpt = excerpt(&line, Place::new(1, column, length));
            let _ = snippet(&excerpt, 1, Severity::Error);
        }
    }
}
