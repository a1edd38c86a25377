//! A handmade report for the printers' tests.

use super::RunView;
use crate::app::{Commit, FinishedRun};
use crate::diagnostic::{Code, Diagnostic, Mode, Policy, PolicyRules, Verdict};
use crate::model::{ArticlePath, Change, Directory, FeedLine, Format, Outcome, PageCount, Place, Report, Timestamp};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// A finding with a help line.
pub fn finding(code: Code, path: &str, at: Place, message: &str) -> Diagnostic {
    Diagnostic::new(code, path, at, message)
}

/// Two articles of five accepted, three documents, findings of all severities.
pub fn report() -> Report {
    let article = |path, outcome| (ArticlePath::new(path), outcome);
    let feed = |format: Format, items, change| FeedLine {
        name: "tag/layer2".into(),
        format,
        path: format!("tags/layer2/{}", format.file_name()),
        url: format!("https://h.example/feeds/tags/layer2/{}", format.file_name()),
        items,
        bytes: 100 * items as u64,
        change,
    };
    Report {
        articles: [
            article("a.md", Outcome::Error),
            article("b.md", Outcome::Other),
            article("c.md", Outcome::Accepted),
            article("d.md", Outcome::Accepted),
            article("e.md", Outcome::Future),
        ]
        .into(),
        feeds: vec![
            feed(Format::Rss, 2, Change::Written),
            feed(Format::Atom, 2, Change::Unchanged),
            feed(Format::Json, 0, Change::Removed),
        ],
        pages: PageCount { written: 2, unchanged: 1, removed: 0 },
        removed: vec!["tags/layer2/feed.json".into()],
        directory: Directory::default(),
        findings: vec![
            finding(Code::DamagedManifest, "", Place::WHOLE, "the manifest cannot be read"),
            finding(Code::BadDate, "content/a.md", Place::new(4, 7, 12), "`30.02.2025` is no date")
                .help("write a day that exists, such as 2025-02-28"),
            finding(Code::BadUrl, "content/a.md", Place::new(5, 6, 14), "`https://h/` is no URL"),
            finding(Code::NoFrontMatter, "content/b.md", Place::WHOLE, "there is no front matter")
                .help("begin the file with `---`"),
        ],
        next_due: Timestamp::from_unix(4_070_908_800),
        images: None,
        failure: None,
        mended: Vec::new(),
        push: None,
    }
}

/// What a printer writes for a report, without colours.
pub fn printed(
    report: &Report,
    verdict: Verdict,
    print: impl FnOnce(&RunView<'_>, &mut dyn Write) -> io::Result<()>,
) -> String {
    printed_as(report, verdict, Mode::Lenient, Commit::Write, print)
}

/// The same for a mode and a commit.
pub fn printed_as(
    report: &Report,
    verdict: Verdict,
    mode: Mode,
    commit: Commit,
    print: impl FnOnce(&RunView<'_>, &mut dyn Write) -> io::Result<()>,
) -> String {
    let source = |path: &str, line: u32| match (path, line) {
        ("content/a.md", 4) => Some("date: \"30.02.2025\"".to_owned()),
        ("content/a.md", 5) => Some("img: \thttps://h/\r\n".to_owned()),
        ("wide.md", _) => Some("世:世界.".to_owned()),
        _ => None,
    };
    let finished = FinishedRun {
        report: report.clone(),
        policy: Policy::new(Some(mode), &PolicyRules::default(), mode),
        verdict,
        ..FinishedRun::failed(String::new(), Vec::new(), 0)
    };
    let run = RunView {
        commit,
        elapsed: Duration::from_millis(120),
        source: &source,
        ..RunView::new("build", &finished, Path::new("."))
    };
    let mut out = anstream::AutoStream::never(Vec::new());
    match print(&run, &mut out) {
        Ok(()) => String::from_utf8(out.into_inner()).unwrap_or_default(),
        Err(fault) => fault.to_string(),
    }
}
