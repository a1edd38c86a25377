//! `--report json`: one complete document on one line, for programs, whatever the exit code.
//!
//! The format is stable: keys, their order and their types stay. Without a value, `line` and `column` are 0, `help`
//! and `path` are empty, and `next_due` is null. `push` is there for commands that push, `mended` only with `--fix`,
//! `error` only if the run failed. [`FeedLine`], [`Ping`], [`Mended`] and [`PageCount`] are written with their fields
//! as they are named and ordered.

use super::harmless::json_line;
use super::{RunView, Verbosity};
use crate::app::{FinishedRun, FixMode};
use crate::diagnostic::{Diagnostic, Severity, Verdict};
use crate::model::{ArticlePath, FeedLine, Mended, Outcome, PageCount, Ping, Report};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the document and a line end.
pub fn write(run: &RunView<'_>, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    let report = &run.finished.report;
    line(
        &Wire {
            version: VERSION,
            command: run.command,
            verdict: run.finished.verdict,
            articles: articles(run, verbosity),
            feeds: &report.feeds,
            pages: report.pages,
            // Programs get all findings: `--quiet` is for people.
            diagnostics: run.visible_findings(Verbosity::Normal).map(diagnostic).collect(),
            images: report.images.as_ref().map(super::images::wire),
            next_due: report.next_due.map(|at| at.rfc3339()),
            push: report.push.as_deref(),
            mended: (run.fix != FixMode::Off).then_some(report.mended.as_slice()),
            elapsed_ms: run.elapsed.as_millis().try_into().unwrap_or(u64::MAX),
            error: run.failure(),
        },
        out,
    )
}

/// Writes the document of a run that never began, because its arguments cannot be read.
pub fn usage(command: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
    line(
        &Wire {
            version: VERSION,
            command,
            verdict: Verdict::Failed,
            articles: counts(&Report::default()),
            feeds: &[],
            pages: PageCount::default(),
            diagnostics: Vec::new(),
            images: None,
            next_due: None,
            push: None,
            mended: None,
            elapsed_ms: 0,
            error: Some(text.trim().to_owned()),
        },
        out,
    )
}

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Wire<'a> {
    version: u32,
    command: &'a str,
    verdict: Verdict,
    articles: WireArticles,
    feeds: &'a [FeedLine],
    pages: PageCount,
    diagnostics: Vec<WireDiagnostic<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    images: Option<super::images::WireImages<'a>>,
    next_due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    push: Option<&'a [Ping]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mended: Option<&'a [Mended]>,
    elapsed_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Serialize)]
struct WireArticles {
    found: usize,
    accepted: usize,
    left_out: WireLeftOut,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Vec<WireArticle>>,
}

#[derive(Serialize)]
struct WireLeftOut {
    draft: usize,
    future: usize,
    expired: usize,
    error: usize,
    other: usize,
}

#[derive(Serialize)]
struct WireArticle {
    path: String,
    outcome: Outcome,
}

#[derive(Serialize)]
struct WireDiagnostic<'a> {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    help: &'a str,
}

fn line(wire: &Wire<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(json_line(wire)?.as_bytes())
}

fn articles(run: &RunView<'_>, verbosity: Verbosity) -> WireArticles {
    let FinishedRun { report, site, .. } = run.finished;
    let path = |path: &ArticlePath| site.as_ref().map_or_else(|| path.to_string(), |site| site.display_path(path));
    let list = || report.articles.iter().map(|(at, outcome)| WireArticle { path: path(at), outcome: *outcome });
    WireArticles { list: (verbosity == Verbosity::Verbose).then(|| list().collect()), ..counts(report) }
}

fn counts(report: &Report) -> WireArticles {
    WireArticles {
        found: report.articles.len(),
        accepted: report.count(Outcome::Accepted),
        left_out: WireLeftOut {
            draft: report.count(Outcome::Draft),
            future: report.count(Outcome::Future),
            expired: report.count(Outcome::Expired),
            error: report.count(Outcome::Error),
            other: report.count(Outcome::Other),
        },
        list: None,
    }
}

fn diagnostic((finding, severity): (&Diagnostic, Severity)) -> WireDiagnostic<'_> {
    WireDiagnostic {
        code: finding.code.id(),
        name: finding.code.name(),
        severity,
        path: &finding.path,
        line: finding.at.line,
        // A finding that knows its line alone points to the line's beginning.
        column: finding.at.column.max(finding.at.line.min(1)),
        message: &finding.message,
        help: finding.help.as_deref().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::diagnostic::Code;
    use crate::model::Place;

    #[test]
    fn keys_order_and_types_are_a_promise() {
        let text = testing::printed(&testing::report(), Verdict::Warned, |run, out| write(run, Verbosity::Normal, out));
        let expected = concat!(
            r#"{"version":1,"command":"build","verdict":"warned","#,
            r#""articles":{"found":5,"accepted":2,"left_out":{"draft":0,"future":1,"expired":0,"error":1,"other":1}},"#,
            r#""feeds":[{"name":"tag/layer2","format":"rss","path":"tags/layer2/rss.xml","url":"https://h.example/feeds/tags/layer2/rss.xml","items":2,"bytes":200,"change":"written"},"#,
            r#"{"name":"tag/layer2","format":"atom","path":"tags/layer2/atom.xml","url":"https://h.example/feeds/tags/layer2/atom.xml","items":2,"bytes":200,"change":"unchanged"},"#,
            r#"{"name":"tag/layer2","format":"json","path":"tags/layer2/feed.json","url":"https://h.example/feeds/tags/layer2/feed.json","items":0,"bytes":0,"change":"removed"}],"#,
            r#""pages":{"written":2,"unchanged":1,"removed":0},"#,
            r#""diagnostics":[{"code":"P005","name":"damaged-manifest","severity":"warning","path":"","line":0,"column":0,"message":"the manifest cannot be read","help":""},"#,
            r#"{"code":"A010","name":"bad-date","severity":"error","path":"content/a.md","line":4,"column":7,"message":"`30.02.2025` is no date","help":"write a day that exists, such as 2025-02-28"},"#,
            r#"{"code":"A042","name":"bad-url","severity":"warning","path":"content/a.md","line":5,"column":6,"message":"`https://h/` is no URL","help":""},"#,
            r#"{"code":"A004","name":"no-front-matter","severity":"note","path":"content/b.md","line":0,"column":0,"message":"there is no front matter","help":"begin the file with `---`"}],"#,
            r#""next_due":"2099-01-01T00:00:00Z","elapsed_ms":120}"#,
            "\n"
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn verbose_lists_what_became_of_every_article() {
        let text =
            testing::printed(&testing::report(), Verdict::Warned, |run, out| write(run, Verbosity::Verbose, out));
        assert!(
            text.contains(r#""other":1},"list":[{"path":"a.md","outcome":"error"},{"path":"b.md","outcome":"other"},"#),
            "{text}"
        );
    }

    #[test]
    fn a_failed_run_says_why() {
        let report = Report { failure: Some("the disk is full".into()), ..Report::default() };
        let text = testing::printed(&report, Verdict::Failed, |run, out| write(run, Verbosity::Normal, out));
        assert!(
            text.contains(r#""verdict":"failed""#)
                && text.ends_with("\"elapsed_ms\":120,\"error\":\"the disk is full\"}\n"),
            "{text}"
        );
        let fault = testing::finding(Code::UnknownKey, "feedmill.yaml", Place::new(2, 1, 4), "`tilte` is no key");
        let report = Report { findings: vec![fault], ..Report::default() };
        let text = testing::printed(&report, Verdict::Failed, |run, out| write(run, Verbosity::Normal, out));
        assert!(
            text.ends_with("\"error\":\"feedmill.yaml:2:1: error[C002] unknown-key: `tilte` is no key\"}\n"),
            "{text}"
        );
    }

    #[test]
    fn arguments_that_cannot_be_read_give_the_same_document() {
        let mut out = Vec::new();
        usage("build", "error: unexpected argument '--nwo=https://h/'\n", &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            concat!(
                r#"{"version":1,"command":"build","verdict":"failed","articles":{"found":0,"accepted":0,"left_out":{"draft":0,"future":0,"expired":0,"error":0,"other":0}},"#,
                r#""feeds":[],"pages":{"written":0,"unchanged":0,"removed":0},"diagnostics":[],"next_due":null,"elapsed_ms":0,"error":"error: unexpected argument '--nwo=https://h/'"}"#,
                "\n"
            )
        );
    }
}
