//! `--report github`: workflow commands that GitHub Actions turns into annotations of a change.
//!
//! `::error file=…,line=…,col=…,endColumn=…,title=A010 bad-date::message`, as GitHub's "Workflow commands" has it: `%`, CR and
//! LF are escaped everywhere, `:` and `,` in properties too, so that no article can give the runner a command; what a
//! log must not print as it is, is replaced. Paths are those from the folder in which feedmill runs, which in a workflow is the repository.

use super::harmless::harmless_lines;
use super::mended::word;
use super::place::from_here;
use super::{RunView, Verbosity};
use crate::diagnostic::{Diagnostic, Severity};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes one command for each finding, and for each line that was fixed.
pub fn write(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    for mended in &run.finished.report.mended {
        let (path, title) = (from_here(run, &mended.path), word(run.fix));
        let (path, what) = (property(&path), data(&mended.what));
        writeln!(out, "::notice file={path},line={},title={title}::{what}", mended.line)?;
    }
    for (finding, severity) in run.visible_findings(Verbosity::Normal) {
        writeln!(out, "{}", command(run, finding, severity))?;
    }
    match &run.finished.report.failure {
        Some(failure) => writeln!(out, "::error title=feedmill::{}", data(failure)),
        None => Ok(()),
    }
}

fn command(run: &RunView<'_>, finding: &Diagnostic, severity: Severity) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut text = format!("::{word} ");
    if !finding.path.is_empty() {
        let at = finding.at;
        let _ = write!(text, "file={},", property(&from_here(run, &finding.path)));
        if at.line > 0 {
            let column = at.column.max(1);
            let _ = write!(text, "line={},col={column},", at.line);
            if at.length > 0 {
                let _ = write!(text, "endColumn={},", column + at.length);
            }
        }
    }
    let title = format!("{} {}", finding.code, finding.code.name());
    let _ = write!(text, "title={}::{}", property(&title), data(&finding.message));
    if let Some(help) = &finding.help {
        let _ = write!(text, "%0A{}", data(help));
    }
    text
}

/// A command about the run as a whole.
pub fn annotation(level: &str, title: &str, text: &str) -> String {
    format!("::{level} title={}::{}", property(title), data(text))
}

fn data(text: &str) -> String {
    harmless_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::diagnostic::{Code, Verdict};
    use crate::model::{Mended, Place, Report};

    #[test]
    fn one_command_for_each_finding() {
        let text = testing::printed(&testing::report(), Verdict::Warned, write);
        assert_eq!(
            text,
            "\
::warning title=P005 damaged-manifest::the manifest cannot be read
::error file=content/a.md,line=4,col=7,endColumn=19,title=A010 bad-date::`30.02.2025` is no date%0Awrite a day that exists, such as 2025-02-28
::warning file=content/a.md,line=5,col=6,endColumn=20,title=A042 bad-url::`https://h/` is no URL
::notice file=content/b.md,title=A004 no-front-matter::there is no front matter%0Abegin the file with `---`
"
        );
    }

    #[test]
    fn no_article_can_give_a_command() {
        let finding = testing::finding(Code::BadDate, "a,line=1::b%\n.md", Place::new(1, 0, 0), "100%\n::error::x");
        let mended = Mended { path: "a:b".into(), line: 3, what: "x\r\n::error::".into() };
        let report =
            Report { findings: vec![finding], mended: vec![mended], failure: Some("a\nb".into()), ..Report::default() };
        let text = testing::printed(&report, Verdict::Failed, write);
        assert_eq!(
            text,
            "\
::notice file=a%3Ab,line=3,title=mended::x%0D%0A::error::
::error file=a%2Cline=1%3A%3Ab%25%0A.md,line=1,col=1,title=A010 bad-date::100%25\u{fffd}::error::x
::error title=feedmill::a%0Ab
"
        );
    }
}
