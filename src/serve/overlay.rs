//! The findings, as HTML for the overlay of an open page and as JSON for programs: errors expanded, warnings folded.

use super::snapshot::Snapshot;
use crate::diagnostic::{Diagnostic, Severity};
use maud::{Markup, html};
use serde::Serialize;

/// Maximum number of findings listed of one kind; a folder of thousands of files may have as many.
const MAX_LISTED_FINDINGS: usize = 40;

/// `path:line:col`, as editors make it a link.
pub(super) fn place(finding: &Diagnostic) -> String {
    match (&*finding.path, finding.at.line, finding.at.column.max(1)) {
        ("", ..) => "feedmill".to_owned(),
        (path, 0, _) => path.to_owned(),
        (path, line, column) => format!("{path}:{line}:{column}"),
    }
}

/// The overlay; nothing where nothing is wrong.
pub(super) fn markup(now: &Snapshot) -> Markup {
    html! {
        @if let Some(why) = &now.failure {
            p.failure {
                strong { "Not built: " } bdi { (why) } "."
                @if !now.documents.is_empty() { " What you see is the last good build." }
            }
        }
        (list(now, Severity::Error, "error"))
        (list(now, Severity::Warning, "warning"))
    }
}

fn list(now: &Snapshot, severity: Severity, word: &str) -> Markup {
    let count = now.count(severity);
    let displayed = now.findings.iter().filter(|(own, _)| *own == severity).take(MAX_LISTED_FINDINGS);
    html! {
        @if count > 0 {
            details class=(word) open[severity == Severity::Error] {
                summary { (count) " " (word) @if count > 1 { "s" } }
                ul {
                    @for (_, finding) in displayed {
                        li {
                            code { bdi { (place(finding)) } }
                            p { a href={ (super::pages::ROOT) "explain/" (finding.code.id()) } { (finding.code.id()) } " " bdi { (finding.message) } }
                            @if let Some(help) = &finding.help { p.help { bdi { (help) } } }
                        }
                    }
                    @if count > MAX_LISTED_FINDINGS { li { "and " (count - MAX_LISTED_FINDINGS) " more; " code { "feedmill check" } " lists them all" } }
                }
            }
        }
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    revision: u64,
    failure: Option<&'a str>,
    findings: Vec<WireFinding<'a>>,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    severity: &'static str,
    code: &'static str,
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
    help: Option<&'a str>,
}

/// The same as JSON.
pub(super) fn json(now: &Snapshot) -> Vec<u8> {
    let findings = now.findings.iter().map(|(severity, finding)| WireFinding {
        severity: severity.name(),
        code: finding.code.id(),
        path: &finding.path,
        line: finding.at.line,
        column: finding.at.column,
        message: &finding.message,
        help: finding.help.as_deref(),
    });
    let wire = Wire { revision: now.revision, failure: now.failure.as_deref(), findings: findings.collect() };
    // A struct of texts and numbers cannot fail to serialise.
    serde_json::to_vec(&wire).unwrap_or_default()
}
