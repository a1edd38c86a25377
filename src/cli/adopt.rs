//! `feedmill adopt`: which entry is which article, and how many ids are kept.

use super::Named;
use super::args::{FolderArgs, OutputArgs, ReportStyle, Verbosity};
use super::print::{harmless, json_line, unless_gone};
use crate::adopt::{AdoptedEntry, Adoption};
use crate::app::{AdoptOptions, Commit, FinishedRun};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Articles that an ambiguous entry names.
const MAX_CANDIDATES: usize = 2;

/// Adopts and prints the outcome. Returns the exit code.
pub fn run(folder: &FolderArgs, options: &AdoptOptions, output: OutputArgs) -> io::Result<u8> {
    let opened = folder.open(output).map_err(|fault| Box::new(FinishedRun::from(fault)));
    let adoption = match opened.and_then(|project| project.adopt(options)) {
        Ok(adoption) => adoption,
        Err(failed) => return Named { commit: options.commit, ..Named::new("adopt", folder, output) }.print(&failed),
    };
    let text = match output.style {
        ReportStyle::Json => json(&adoption)?,
        _ => text(&adoption, options, output.verbosity),
    };
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|()| 0)
}

#[derive(Serialize)]
struct Wire<'a> {
    version: u32,
    command: &'static str,
    adopt: WireAdoption<'a>,
}

#[derive(Serialize)]
struct WireAdoption<'a> {
    entries: usize,
    kept: usize,
    unmatched: Vec<WireEntry<'a>>,
    ambiguous: Vec<WireEntry<'a>>,
    as_new: usize,
}

#[derive(Serialize)]
struct WireEntry<'a> {
    id: &'a str,
    link: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<Vec<&'a str>>,
}

fn json(adoption: &Adoption) -> io::Result<String> {
    let adopt = WireAdoption {
        entries: adoption.entries(),
        kept: adoption.kept.len(),
        unmatched: adoption.unmatched.iter().map(|(entry, _)| wire(entry, None)).collect(),
        ambiguous: adoption.ambiguous.iter().map(|entry| wire(entry, Some(candidates(entry)))).collect(),
        as_new: adoption.as_new,
    };
    Ok(json_line(&Wire { version: 1, command: "adopt", adopt })?)
}

fn wire<'a>(entry: &'a AdoptedEntry, articles: Option<Vec<&'a str>>) -> WireEntry<'a> {
    WireEntry { id: &entry.id, link: &entry.link, title: &entry.title, articles }
}

/// The articles that an entry may be, as far as they are named.
fn candidates(entry: &AdoptedEntry) -> Vec<&str> {
    entry.articles.iter().take(MAX_CANDIDATES).map(|path| path.as_str()).collect()
}

/// The table of a dry run, the entries that were not kept, and the count, which is the last line.
fn text(adoption: &Adoption, options: &AdoptOptions, verbosity: Verbosity) -> String {
    let mut out = String::new();
    // A string takes all that is written to it.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(out, "{text}");
    };
    let paths = |entry: &AdoptedEntry| harmless(&candidates(entry).join(", "));
    let is_dry = options.commit != Commit::Write;
    if is_dry && verbosity != Verbosity::Quiet || verbosity == Verbosity::Verbose {
        for entry in &adoption.kept {
            line(format_args!("kept       {}  {}", paths(entry), harmless(&entry.id)));
        }
    }
    for entry in &adoption.ambiguous {
        line(format_args!("ambiguous  {}  could be {}", name(entry), paths(entry)));
    }
    for (entry, why) in &adoption.unmatched {
        line(format_args!("unmatched  {}  {why}", name(entry)));
    }
    let open = adoption.unmatched.len() + adoption.ambiguous.len();
    if open > 0 {
        line(format_args!("to keep the id of an entry above, write it into the article: `id: …`"));
    }
    let (entries, kept) = (adoption.entries(), adoption.kept.len());
    line(format_args!("{open} could not be matched; {} old entries will appear as new", adoption.as_new));
    if is_dry {
        line(format_args!("dry run: {} was not written", crate::ledger::FILE_NAME));
    }
    line(format_args!("{kept} of {entries} entries kept"));
    out
}

/// An entry as people know it.
fn name(entry: &AdoptedEntry) -> String {
    let title = if entry.title.is_empty() { &entry.link } else { &entry.title };
    format!("\"{}\" ({})", harmless(title), harmless(&entry.id))
}
