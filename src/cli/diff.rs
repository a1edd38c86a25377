//! `feedmill diff`: what would turn unread, appear twice or be lost, in which reader and why.

use super::Named;
use super::args::{DiffOutput, DiffStyle, Options, OutputArgs, ReportStyle, Verbosity};
use super::print::{annotation, harmless, json_line, plural, unless_gone};
use crate::app::{Cause, Commit, DiffOptions, DiffReport, FeedChanges, FinishedRun, ReaderChanges};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Rows that a screen holds of feeds and of causes.
const MAX_ROWS: usize = 8;

/// Compares and prints. Returns the exit code.
pub fn run(options: &Options, diff: &DiffOptions, output: DiffOutput) -> io::Result<u8> {
    let named = Named::new("diff", &options.folder, options.output);
    let compared = options.folder.open(options.output).map(|project| project.diff(&options.run, diff));
    let finished = compared.unwrap_or_else(FinishedRun::from);
    let Some(report) = &finished.diff else { return named.print(&finished) };
    let text = match output.style {
        DiffStyle::Json => json(report)?,
        DiffStyle::Human => human(report, output.verbosity),
        DiffStyle::Github => github(report, output),
        DiffStyle::Markdown => markdown(report),
    };
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush()))?;
    let unread = report.readers.iter().map(|row| row.unread).max().unwrap_or_default();
    Ok(u8::from(output.max_unread.is_some_and(|most| unread > most)))
}

/// After a dry run of `publish` that people read: what subscribers would see. A target that cannot be read was reported.
pub fn after_dry_run(options: &Options) -> io::Result<()> {
    let is_read = options.run.commit == Commit::Dry
        && matches!(options.output.style, ReportStyle::Human | ReportStyle::Short)
        && options.output.verbosity != Verbosity::Quiet;
    let Some(project) = is_read.then(|| options.folder.open(OutputArgs::default()).ok()).flatten() else {
        return Ok(());
    };
    let finished = project.diff(&options.run, &DiffOptions::default());
    let text = finished.diff.as_ref().map(|report| line(report) + "\n").unwrap_or_default();
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What a dry run of `publish` says: the largest number over all readers and documents.
pub fn line(report: &DiffReport) -> String {
    let most = |of: fn(&ReaderChanges) -> usize| report.readers.iter().map(of).max().unwrap_or_default();
    let (unread, twice, lost) = (most(|row| row.unread), most(|row| row.duplicates), most(|row| row.lost));
    format!(
        "subscribers: {} at most would turn unread in a reader, {twice} of them twice, {lost} lost; `feedmill diff` shows why",
        plural(unread, "entry", "entries")
    )
}

#[derive(Serialize)]
struct Wire<'a> {
    version: u32,
    command: &'static str,
    diff: WireDiff<'a>,
}

#[derive(Serialize)]
struct WireDiff<'a> {
    feeds: Vec<WireFeed<'a>>,
    readers: Vec<WireReader<'a>>,
    causes: Vec<WireCause<'a>>,
    needs: &'a [&'static str],
}

#[derive(Serialize)]
struct WireFeed<'a> {
    path: &'a str,
    new: usize,
    changed: usize,
    silent: usize,
    gone: usize,
    duplicate: usize,
}

#[derive(Serialize)]
struct WireReader<'a> {
    reader: &'a str,
    path: &'a str,
    unread: usize,
    duplicates: usize,
    lost: usize,
}

#[derive(Serialize)]
struct WireCause<'a> {
    kind: &'a str,
    what: &'a str,
    entries: usize,
}

fn json(report: &DiffReport) -> io::Result<String> {
    let feed = |row: &'_ FeedChanges| {
        let FeedChanges { new, changed, silent, gone, duplicate, .. } = *row;
        (new, changed, silent, gone, duplicate)
    };
    let feeds = report.feeds.iter().map(|row| {
        let (new, changed, silent, gone, duplicate) = feed(row);
        WireFeed { path: &row.path, new, changed, silent, gone, duplicate }
    });
    let readers = report.readers.iter().map(|row| {
        let ReaderChanges { unread, duplicates, lost, .. } = *row;
        WireReader { reader: row.reader, path: &row.path, unread, duplicates, lost }
    });
    let causes =
        report.causes.iter().map(|cause| WireCause { kind: cause.kind, what: &cause.what, entries: cause.entries });
    let (feeds, readers, causes) = (feeds.collect(), readers.collect(), causes.collect());
    let diff = WireDiff { feeds, readers, causes, needs: &report.needs };
    Ok(json_line(&Wire { version: 1, command: "diff", diff })?)
}

/// Readers of which every document has the same outcome, with the document where most happens.
fn groups(report: &DiffReport) -> Vec<(Vec<&'static str>, ReaderChanges)> {
    let mut readers: BTreeMap<&'static str, ReaderChanges> = BTreeMap::new();
    for row in &report.readers {
        let worst = readers.entry(row.reader).or_insert_with(|| row.clone());
        if (row.unread, row.duplicates, row.lost) > (worst.unread, worst.duplicates, worst.lost) {
            *worst = row.clone();
        }
    }
    let mut groups: BTreeMap<(usize, usize, usize, String), Vec<&'static str>> = BTreeMap::new();
    for (name, row) in readers {
        groups.entry((row.unread, row.duplicates, row.lost, row.path)).or_default().push(name);
    }
    let rows = groups.into_iter().rev().map(|((unread, duplicates, lost, path), names)| {
        (names, ReaderChanges { reader: "", path, unread, duplicates, lost })
    });
    rows.collect()
}

fn changed(report: &DiffReport) -> impl Iterator<Item = &FeedChanges> {
    report.feeds.iter().filter(|row| row.new + row.changed + row.silent + row.gone + row.duplicate > 0)
}

fn human(report: &DiffReport, verbosity: Verbosity) -> String {
    let mut out = String::new();
    // A string takes all that is written to it.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    let most = if verbosity == Verbosity::Verbose { usize::MAX } else { MAX_ROWS };
    let feeds: Vec<_> = changed(report).collect();
    if feeds.is_empty() && report.causes.is_empty() {
        return "nothing changes for subscribers\n".into();
    }
    if verbosity != Verbosity::Quiet {
        if !feeds.is_empty() {
            line(format_args!("   new  changed  silently  gone  twice  feed"));
        }
        for row in feeds.iter().take(most) {
            let FeedChanges { new, changed, silent, gone, duplicate, .. } = row;
            line(format_args!(
                "{new:>6}  {changed:>7}  {silent:>8}  {gone:>4}  {duplicate:>5}  {}",
                harmless(&row.path)
            ));
        }
        if feeds.len() > most {
            line(format_args!("        and {} more feeds; -v lists them", feeds.len() - most));
        }
        line(format_args!(""));
    }
    line(format_args!("unread  twice  lost  in readers"));
    for (names, row) in groups(report) {
        let ReaderChanges { unread, duplicates, lost, .. } = row;
        let place = if unread + lost > 0 { format!(" ({})", harmless(&row.path)) } else { String::new() };
        line(format_args!("{unread:>6}  {duplicates:>5}  {lost:>4}  {}{place}", names.join(", ")));
    }
    if verbosity != Verbosity::Quiet && !report.causes.is_empty() {
        line(format_args!(""));
        line(format_args!("entries  why"));
        for cause in report.causes.iter().take(most) {
            line(format_args!("{:>7}  {}: {}", cause.entries, cause.kind, harmless(&cause.what)));
        }
        if report.causes.len() > most {
            line(format_args!("         and {} more causes; -v lists them", report.causes.len() - most));
        }
    }
    if !report.needs.is_empty() {
        line(format_args!(""));
        line(format_args!("a build is refused until you agree: --accept={}", report.needs.join(",")));
    }
    out
}

fn markdown(report: &DiffReport) -> String {
    let cell = |text: &str| harmless(text).replace('|', "\\|").replace('`', "'").replace('<', "&lt;");
    let mut out = String::from("### What subscribers would see\n\n");
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    if changed(report).next().is_none() && report.causes.is_empty() {
        line(format_args!("Nothing changes for subscribers."));
        return out;
    }
    line(format_args!("| unread | twice | lost | readers |\n|---:|---:|---:|---|"));
    for (names, ReaderChanges { unread, duplicates, lost, .. }) in groups(report) {
        line(format_args!("| {unread} | {duplicates} | {lost} | {} |", names.join(", ")));
    }
    line(format_args!("\n| feed | new | changed | silently | gone | twice |\n|---|---:|---:|---:|---:|---:|"));
    for row in changed(report) {
        let FeedChanges { new, changed, silent, gone, duplicate, .. } = row;
        line(format_args!("| `{}` | {new} | {changed} | {silent} | {gone} | {duplicate} |", cell(&row.path)));
    }
    if !report.causes.is_empty() {
        line(format_args!("\n| entries | why | |\n|---:|---|---|"));
    }
    for Cause { kind, what, entries } in &report.causes {
        line(format_args!("| {entries} | {kind} | `{}` |", cell(what)));
    }
    if !report.needs.is_empty() {
        line(format_args!("\nA build is refused until you agree: `--accept={}`.", report.needs.join(",")));
    }
    out
}

/// One annotation for each cause; a warning where entries turn unread a second time or are lost.
fn github(report: &DiffReport, output: DiffOutput) -> String {
    let unread = report.readers.iter().map(|row| row.unread).max().unwrap_or_default();
    let mut out = String::new();
    let level = if output.max_unread.is_some_and(|most| unread > most) { "error" } else { "notice" };
    let _ = writeln!(out, "{}", annotation(level, "feedmill diff", &line(report)));
    for Cause { kind, what, entries } in &report.causes {
        let level = if matches!(*kind, "id" | "lost" | "gone feed" | "moved feed") { "warning" } else { "notice" };
        let text = format!("{}: {kind}: {what}", plural(*entries, "entry", "entries"));
        let _ = writeln!(out, "{}", annotation(level, "feedmill diff", &text));
    }
    out
}
