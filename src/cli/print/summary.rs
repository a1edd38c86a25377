//! The summary of a run on stdout: articles, feeds, what is due next, and what to do if the run was refused. Fits a
//! screen; only `-v` makes it longer.

use super::harmless::harmless;
use super::{RunView, Verbosity, mended, refuses, timings};
use crate::app::{Commit, FixMode};
use crate::cli::args::TimingFormat;
use crate::diagnostic::{Code, Mode, Severity, Verdict};
use crate::model::{Change, Outcome, PageCount, Ping, PingOutcome};
use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE, DEFAULT_WARNING_STYLE, Style};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Codes that one line names at most.
const NAMED: usize = 6;

/// Folders that one line names at most.
const FOLDERS: usize = 10;

/// Writes the summary.
pub fn write(run: &RunView<'_>, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    let report = &run.finished.report;
    if verbosity == Verbosity::Verbose {
        lists(run, out)?;
    }
    if let Some(images) = report.images.as_ref().filter(|_| run.command == "images") {
        super::images::table(images, out)?;
    }
    let style = style(run.finished.verdict);
    writeln!(out, "{}: {style}{}{style:#}{}", run.command, word(run), found(run))?;
    if run.fix != FixMode::Off {
        writeln!(out, "  {:<9} {}", mended::word(run.fix), lines_mended(run))?;
    }
    if !report.articles.is_empty() {
        writeln!(out, "  articles  {}", articles(run))?;
    }
    if !report.feeds.is_empty() {
        writeln!(out, "  feeds     {}", feeds(run))?;
    }
    if let Some(pages) = pages(run) {
        writeln!(out, "  pages     {pages}")?;
    }
    if !report.removed.is_empty() {
        writeln!(out, "  {:<9} {}", if wrote(run) { "removed" } else { "to remove" }, removed(&report.removed))?;
    }
    if let Some(images) = &report.images {
        writeln!(out, "  images    {}", super::images::row(&images.count))?;
    }
    if let Some(pings) = report.push.as_ref() {
        writeln!(out, "  hubs      {}", hubs(run, pings))?;
    }
    if let Some(due) = report.next_due {
        writeln!(out, "  next due  {}", due.rfc3339())?;
    }
    if verbosity == Verbosity::Verbose {
        writeln!(out, "  time      {:.2} s", run.elapsed.as_secs_f64())?;
    }
    if verbosity == Verbosity::Verbose || run.timing_format == Some(TimingFormat::Text) {
        timings::rows(run, out)?;
    }
    reasons(run, out)?;
    let worst = run
        .visible_findings(Verbosity::Normal)
        .filter(|(_, s)| *s > Severity::Note)
        .map(|(f, s)| (std::cmp::Reverse(s), f.code));
    match worst.min() {
        Some((_, code)) => writeln!(out, "  more      feedmill explain {code}"),
        None => Ok(()),
    }
}

fn lines_mended(run: &RunView<'_>) -> String {
    let files: BTreeSet<&str> = run.finished.report.mended.iter().map(|m| m.path.as_str()).collect();
    match run.finished.report.mended.len() {
        0 => "nothing".to_owned(),
        lines => format!("{} in {}", plural(lines, "line", "lines"), plural(files.len(), "file", "files")),
    }
}

/// Writes why the run was refused and what to do.
pub fn reasons(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    if run.finished.verdict != Verdict::Refused {
        return Ok(());
    }
    let mut kinds: BTreeMap<Kind, BTreeMap<Code, usize>> = BTreeMap::new();
    let lenient = run.finished.policy.in_mode(Mode::Lenient);
    for finding in run.finished.report.findings.iter().filter(|f| refuses(&run.finished.policy, f)) {
        let kind = match finding.code {
            Code::ChangedId
            | Code::LostFeeds
            | Code::LostEntries
            | Code::ForeignFeed
            | Code::OtherHost
            | Code::ChangedDates
            | Code::ChangedAddresses => Kind::Brake,
            _ if refuses(&lenient, finding) => Kind::Always,
            _ => Kind::Strict,
        };
        *kinds.entry(kind).or_default().entry(finding.code).or_default() += 1;
    }
    for (kind, codes) in kinds {
        writeln!(out, "  refused   {}: {}", named(&codes), kind.advice())?;
    }
    Ok(())
}

/// Why a finding refuses a run, which decides what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Brake,
    Always,
    Strict,
}

impl Kind {
    const fn advice(self) -> &'static str {
        match self {
            Self::Brake => "check what would change; if it is intended, run again with --accept",
            Self::Always => "fix this, then run again",
            Self::Strict => "fix this, or run again with --lenient",
        }
    }
}

fn named(codes: &BTreeMap<Code, usize>) -> String {
    let mut parts: Vec<String> =
        codes.iter().take(NAMED).map(|(code, times)| format!("{code} {} ({times})", code.name())).collect();
    if codes.len() > NAMED {
        parts.push(plural(codes.len() - NAMED, "code more", "codes more"));
    }
    parts.join(", ")
}

fn word(run: &RunView<'_>) -> &'static str {
    match (run.finished.verdict, run.commit) {
        (Verdict::Clean, _) => "all is well",
        (Verdict::Warned, _) => "done",
        (Verdict::Refused, Commit::Write) => "refused, nothing was written",
        (Verdict::Refused, _) => "refused",
        (Verdict::Failed, _) => "failed",
    }
}

const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Clean => DEFAULT_NOTE_STYLE,
        Verdict::Warned => DEFAULT_WARNING_STYLE,
        Verdict::Refused | Verdict::Failed => DEFAULT_ERROR_STYLE,
    }
}

/// `: why it failed`, then `, 1 error, 2 warnings, 3 notes`.
fn found(run: &RunView<'_>) -> String {
    let mut text = run.finished.report.failure.as_deref().map(|f| format!(": {}", harmless(f))).unwrap_or_default();
    for (severity, many) in [(Severity::Error, "errors"), (Severity::Warning, "warnings"), (Severity::Note, "notes")] {
        match run.visible_findings(Verbosity::Normal).filter(|(_, s)| *s == severity).count() {
            0 => {}
            count => text.push_str(&format!(", {}", plural(count, severity.name(), many))),
        }
    }
    text
}

fn articles(run: &RunView<'_>) -> String {
    let report = &run.finished.report;
    let (found, accepted) = (report.articles.len(), report.count(Outcome::Accepted));
    let reasons = LEFT_OUT.iter().filter_map(|(outcome, words)| match report.count(*outcome) {
        0 => None,
        count => Some(format!("{count} {words}")),
    });
    let reasons = reasons.collect::<Vec<_>>().join(", ");
    match found - accepted {
        0 => format!("{found} found, all accepted"),
        out => format!("{found} found, {accepted} accepted, {out} left out: {reasons}"),
    }
}

const LEFT_OUT: [(Outcome, &str); 5] = [
    (Outcome::Draft, "draft"),
    (Outcome::Future, "future"),
    (Outcome::Expired, "expired"),
    (Outcome::Error, "with an error"),
    (Outcome::Other, "no article"),
];

fn feeds(run: &RunView<'_>) -> String {
    let lines = || run.finished.report.feeds.iter();
    let count = |change| lines().filter(|line| line.change == change).count();
    let names: BTreeSet<&str> = lines().filter(|l| l.change != Change::Removed).map(|l| l.name.as_str()).collect();
    let (written, unchanged, removed) = (count(Change::Written), count(Change::Unchanged), count(Change::Removed));
    let (write, remove) = if wrote(run) { ("written", "removed") } else { ("to write", "to remove") };
    let files = plural(written + unchanged, "file", "files");
    let feeds = plural(names.len(), "feed", "feeds");
    match run.commit {
        Commit::Never => format!("{feeds} in {files}"),
        _ => format!("{feeds} in {files}: {written} {write}, {unchanged} unchanged, {removed} {remove}"),
    }
}

/// The page of each feed, and the OPML.
fn pages(run: &RunView<'_>) -> Option<String> {
    let PageCount { written, unchanged, removed } = run.finished.report.pages;
    let files = plural(written + unchanged, "file", "files");
    let (write, remove) = if wrote(run) { ("written", "removed") } else { ("to write", "to remove") };
    match run.commit {
        _ if written + unchanged + removed == 0 => None,
        Commit::Never => Some(files),
        _ => Some(format!("{files}: {written} {write}, {unchanged} unchanged, {removed} {remove}")),
    }
}

/// `4 files in tags/layer2/`, with the folders of the files.
fn removed(paths: &[String]) -> String {
    let folder =
        |path: &'_ String| path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("the output folder").to_owned();
    let folders: BTreeSet<String> = paths.iter().map(folder).collect();
    let mut displayed: Vec<String> = folders.iter().take(FOLDERS).map(|folder| harmless(folder).to_string()).collect();
    if folders.len() > FOLDERS {
        displayed.push(plural(folders.len() - FOLDERS, "more folder", "more folders"));
    }
    format!("{} in {}", plural(paths.len(), "file", "files"), displayed.join(", "))
}

/// `2 hubs, 12 topics: 10 accepted, 2 still owed`.
fn hubs(run: &RunView<'_>, pings: &[Ping]) -> String {
    if pings.is_empty() {
        return "nothing is owed".into();
    }
    let distinct = |url: fn(&Ping) -> &str| pings.iter().map(url).collect::<BTreeSet<_>>().len();
    let (hubs, topics) = (distinct(|ping| &ping.hub), distinct(|ping| &ping.topic));
    let count = |outcome| pings.iter().filter(|ping| ping.outcome == outcome).count();
    let outcomes = OUTCOMES.iter().filter_map(|outcome| match (count(*outcome), said(*outcome)) {
        (0, _) => None,
        (n, _) if run.commit != Commit::Write => Some(format!("{n} to ping")),
        (n, (_, words)) => Some(format!("{n} {words}")),
    });
    let outcomes = outcomes.collect::<Vec<_>>().join(", ");
    format!("{}, {}: {outcomes}", plural(hubs, "hub", "hubs"), plural(topics, "topic", "topics"))
}

const OUTCOMES: [PingOutcome; 5] =
    [PingOutcome::Accepted, PingOutcome::NoSubscribers, PingOutcome::Owed, PingOutcome::NotLive, PingOutcome::Refused];

/// In a column and in a sentence.
const fn said(outcome: PingOutcome) -> (&'static str, &'static str) {
    match outcome {
        PingOutcome::Accepted => ("accepted", "accepted"),
        PingOutcome::NoSubscribers => ("nobody", "without subscribers"),
        PingOutcome::Owed => ("owed", "still owed"),
        PingOutcome::NotLive => ("not live", "not live"),
        PingOutcome::Refused => ("refused", "refused"),
    }
}

/// Whether the run wrote documents: one that failed before a document was in place has no feeds to report.
fn wrote(run: &RunView<'_>) -> bool {
    run.commit == Commit::Write && run.finished.verdict != Verdict::Refused
}

/// `-v`: every feed file, and every article left out.
fn lists(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let wide = run.finished.report.feeds.iter().map(|line| line.path.chars().count()).max().unwrap_or_default();
    for line in &run.finished.report.feeds {
        let change = match (line.change, wrote(run)) {
            _ if run.commit == Commit::Never => "judged",
            (Change::Written, true) => "written",
            (Change::Written, false) => "to write",
            (Change::Unchanged, _) => "unchanged",
            (Change::Removed, true) => "removed",
            (Change::Removed, false) => "to remove",
        };
        let (path, items) = (harmless(&line.path), plural(line.items, "entry", "entries"));
        writeln!(out, "{change:<9} {path:<wide$} {items:>11} {:>9} bytes", line.bytes)?;
    }
    for ping in run.finished.report.push.iter().flatten() {
        let (word, _) = said(ping.outcome);
        writeln!(out, "{word:<9} {} at {}", harmless(&ping.topic), harmless(&ping.hub))?;
    }
    for (path, outcome) in &run.finished.report.articles {
        if let Some((_, words)) = LEFT_OUT.iter().find(|(left_out, _)| left_out == outcome) {
            let path = run.finished.site.as_ref().map_or_else(|| path.to_string(), |site| site.display_path(path));
            writeln!(out, "left out  {} ({words})", harmless(&path))?;
        }
    }
    Ok(())
}

/// A count with its noun.
pub fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::model::{Place, Report};

    fn summary(report: &Report, verdict: Verdict, mode: Mode, commit: Commit, verbosity: Verbosity) -> String {
        testing::printed_as(report, verdict, mode, commit, |run, out| write(run, verbosity, out))
    }

    #[test]
    fn a_run_in_a_few_lines() {
        assert_eq!(
            summary(&testing::report(), Verdict::Warned, Mode::Lenient, Commit::Write, Verbosity::Normal),
            "\
build: done, 1 error, 2 warnings, 1 note
  articles  5 found, 2 accepted, 3 left out: 1 future, 1 with an error, 1 no article
  feeds     1 feed in 2 files: 1 written, 1 unchanged, 1 removed
  pages     3 files: 2 written, 1 unchanged, 0 removed
  removed   1 file in tags/layer2/
  next due  2099-01-01T00:00:00Z
  more      feedmill explain A010
"
        );
        let nothing = summary(&Report::default(), Verdict::Clean, Mode::Lenient, Commit::Write, Verbosity::Normal);
        assert_eq!(nothing, "build: all is well\n");
    }

    #[test]
    fn a_check_speaks_of_no_change() {
        let text = summary(&testing::report(), Verdict::Warned, Mode::Lenient, Commit::Never, Verbosity::Normal);
        assert!(text.contains("  feeds     1 feed in 2 files\n"), "{text}");
    }

    #[test]
    fn verbose_names_files_and_articles() {
        let text = summary(&testing::report(), Verdict::Warned, Mode::Lenient, Commit::Dry, Verbosity::Verbose);
        assert!(
            text.starts_with(
                "\
to write  tags/layer2/rss.xml     2 entries       200 bytes
unchanged tags/layer2/atom.xml    2 entries       200 bytes
to remove tags/layer2/feed.json   0 entries         0 bytes
left out  a.md (with an error)
left out  b.md (no article)
left out  e.md (future)
build: done"
            ),
            "{text}"
        );
        assert!(text.contains("  time      0.12 s\n"));
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let findings = vec![
            testing::finding(Code::ChangedId, "", Place::WHOLE, "x"),
            testing::finding(Code::LostFeeds, "", Place::WHOLE, "x"),
            testing::finding(Code::TitleIsSlug, "a.md", Place::WHOLE, "x"),
            testing::finding(Code::TitleIsSlug, "b.md", Place::WHOLE, "x"),
            testing::finding(Code::NotWellFormed, "rss.xml", Place::WHOLE, "x"),
        ];
        let report = Report { findings, ..testing::report() };
        let text = summary(&report, Verdict::Refused, Mode::Strict, Commit::Write, Verbosity::Normal);
        assert!(text.starts_with("build: refused, nothing was written, 3 errors, 2 warnings\n"), "{text}");
        assert!(text.contains("1 feed in 2 files: 1 to write, 1 unchanged, 1 to remove\n"), "{text}");
        assert!(
            text.contains(
                "\
  refused   P002 changed-id (1), P003 lost-feeds (1): check what would change; if it is intended, run again with --accept
  refused   F001 not-well-formed (1): fix this, then run again
  refused   A021 title-is-slug (2): fix this, or run again with --lenient
"
            ),
            "{text}"
        );
        let quiet =
            testing::printed_as(&report, Verdict::Refused, Mode::Strict, Commit::Write, |run, out| reasons(run, out));
        assert_eq!(quiet.lines().count(), 3);
    }

    #[test]
    fn a_failure_is_in_the_first_line() {
        let report = Report { failure: Some("the disk is full".into()), ..Report::default() };
        let text = summary(&report, Verdict::Failed, Mode::Lenient, Commit::Write, Verbosity::Normal);
        assert_eq!(text, "build: failed: the disk is full\n");
    }
}
