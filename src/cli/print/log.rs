//! `--log json`: the events of a run on stderr, one JSON object a line: `ts` (the system's clock, UTC), `level`
//! (`info`, `warn`, `error`), `event`, and its `fields`. The names are stable; events and fields may be added.
//!
//! With `--quiet`: errors, and what refused the run. A `document` event is written if the document changed, with `-v`
//! always.

use super::harmless::json_line;
use super::{RunView, Verbosity};
use crate::diagnostic::{Severity, Verdict};
use crate::edge::clock;
use crate::model::{Change, Outcome, PingOutcome};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes one event. A stderr that has gone, or a full disk behind it, must not end the run.
pub fn event(level: &str, name: &str, fields: Value) {
    let _ = write(&clock::stamp(), level, name, fields);
}

/// Writes a finished run: findings, documents, pings, its end.
pub fn run(run: &RunView<'_>, verbosity: Verbosity) -> io::Result<()> {
    let now = clock::stamp();
    for (finding, severity) in run.visible_findings(verbosity) {
        let fields = json!({
            "code": finding.code.id(),
            "name": finding.code.name(),
            "path": finding.path,
            "line": finding.at.line,
            "column": finding.at.column,
            "message": finding.message,
            "help": finding.help.as_deref().unwrap_or_default(),
        });
        write(&now, level(severity), "finding", fields)?;
    }
    if verbosity != Verbosity::Quiet {
        documents(run, verbosity, &now)?;
        pings(run, &now)?;
    }
    let (level, quiet) = match run.finished.verdict {
        Verdict::Refused | Verdict::Failed => ("error", false),
        Verdict::Warned => ("warn", verbosity == Verbosity::Quiet),
        Verdict::Clean => ("info", verbosity == Verbosity::Quiet),
    };
    if quiet { Ok(()) } else { write(&now, level, "ended", ended(run)) }
}

fn documents(run: &RunView<'_>, verbosity: Verbosity, now: &str) -> io::Result<()> {
    let is_printed = |change| change != Change::Unchanged || verbosity == Verbosity::Verbose;
    for line in run.finished.report.feeds.iter().filter(|line| is_printed(line.change)) {
        let fields = json!({
            "feed": line.name,
            "format": line.format.name(),
            "url": line.url.to_string(),
            "items": line.items,
            "bytes": line.bytes,
            "change": line.change,
        });
        write(now, "info", "document", fields)?;
    }
    Ok(())
}

fn pings(run: &RunView<'_>, now: &str) -> io::Result<()> {
    for ping in run.finished.report.push.iter().flatten() {
        let level = match ping.outcome {
            PingOutcome::Refused | PingOutcome::NotLive | PingOutcome::Owed => "warn",
            _ => "info",
        };
        write(now, level, "ping", json!({ "hub": ping.hub, "topic": ping.topic, "outcome": ping.outcome }))?;
    }
    Ok(())
}

fn ended(run: &RunView<'_>) -> Value {
    let mut articles: BTreeMap<String, usize> = BTreeMap::new();
    for outcome in run.finished.report.articles.values() {
        *articles.entry(word(outcome)).or_default() += 1;
    }
    let changes = |wanted| run.finished.report.feeds.iter().filter(|line| line.change == wanted).count();
    json!({
        "command": run.command,
        "verdict": run.finished.verdict,
        "articles": articles,
        "written": changes(Change::Written),
        "unchanged": changes(Change::Unchanged),
        "removed": changes(Change::Removed),
        "next_due": run.finished.report.next_due.map(|at| at.rfc3339()),
        "elapsed_ms": u64::try_from(run.elapsed.as_millis()).unwrap_or(u64::MAX),
        "error": run.failure(),
    })
}

fn word(outcome: &Outcome) -> String {
    serde_json::to_value(outcome).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warn",
        Severity::Note => "info",
    }
}

fn write(at: &str, level: &str, name: &str, fields: Value) -> io::Result<()> {
    let line = json!({ "ts": at, "level": level, "event": name, "fields": fields });
    io::stderr().lock().write_all(json_line(&line)?.as_bytes())
}
