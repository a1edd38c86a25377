//! `feedmill list`: every feed with its entries, its newest article, its size and its address, from a dry run. On a terminal the
//! table fits the width; elsewhere nothing is cut. Findings are for `check`; only a failed run is reported.

use super::Named;
use super::args::{Options, ReportStyle};
use super::print::{fit, harmless, json_line, unless_gone};
use crate::app::FinishedRun;
use crate::diagnostic::Verdict;
use crate::model::{Axis, Change, FeedLine, Report};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Prints the feeds. Returns the exit code.
pub fn run(options: &Options) -> io::Result<u8> {
    let named = Named { commit: options.run.commit, ..Named::new("list", &options.folder, options.output) };
    let listed = options.folder.open(options.output).map(|project| project.list(&options.run));
    let finished = listed.unwrap_or_else(FinishedRun::from);
    if finished.verdict == Verdict::Failed {
        return named.print(&finished);
    }
    let feeds = feeds(&finished.report);
    let text = match options.output.style {
        ReportStyle::Json => json(&feeds)?,
        _ => table(&feeds, fit::width()),
    };
    let mut out = io::stdout().lock();
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(|()| 0)
}

/// A feed with its documents.
#[derive(Debug, Clone, Serialize)]
struct FeedRow<'a> {
    name: &'a str,
    title: &'a str,
    axis: Option<&'static str>,
    label: &'a str,
    items: usize,
    total: usize,
    newest: String,
    documents: Vec<Listing<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct Listing<'a> {
    format: &'static str,
    url: &'a str,
    bytes: u64,
}

#[derive(Serialize)]
struct Wire<'a> {
    version: u32,
    feeds: &'a [FeedRow<'a>],
}

fn feeds(report: &Report) -> Vec<FeedRow<'_>> {
    let mut documents: BTreeMap<&str, Vec<&FeedLine>> = BTreeMap::new();
    for line in report.feeds.iter().filter(|line| line.change != Change::Removed) {
        documents.entry(&line.name).or_default().push(line);
    }
    let listed = report.directory.feeds.iter().map(|feed| {
        let lines = documents.remove(feed.name.as_str()).unwrap_or_default();
        FeedRow {
            name: &feed.name,
            title: &feed.title,
            axis: feed.axis.map(Axis::name),
            label: &feed.label,
            items: lines.first().map_or(0, |line| line.items),
            total: feed.total,
            newest: feed.newest.rfc3339(),
            documents: lines
                .into_iter()
                .map(|line| Listing { format: line.format.name(), url: &line.url, bytes: line.bytes })
                .collect(),
        }
    });
    listed.collect()
}

fn json(feeds: &[FeedRow<'_>]) -> io::Result<String> {
    Ok(json_line(&Wire { version: 1, feeds })?)
}

/// Names are shortened before URLs, and neither below a readable length.
fn table(feeds: &[FeedRow<'_>], width: Option<usize>) -> String {
    let rows: Vec<[String; 5]> = feeds
        .iter()
        .map(|feed| {
            let first = feed.documents.first();
            [
                harmless(feed.name),
                feed.items.to_string(),
                feed.newest.chars().take(10).collect(),
                first.map_or(0, |d| d.bytes).to_string(),
                first.map_or("", |d| d.url).to_owned(),
            ]
        })
        .collect();
    let head = ["feed", "items", "newest", "bytes", "url"].map(str::to_owned);
    let wide = |column: usize| {
        let cells = std::iter::once(&head).chain(&rows).filter_map(|row| row.get(column));
        cells.map(|cell| fit::columns(cell)).max().unwrap_or_default()
    };
    let (mut names, items, bytes, mut urls) = (wide(0), wide(1), wide(3), wide(4));
    if let Some(width) = width {
        let rest = width.saturating_sub(items + bytes + 10 + 8);
        names = names.min(rest.saturating_sub(urls).max(16));
        urls = urls.min(rest.saturating_sub(names).max(12));
    }
    let lines = std::iter::once(&head).chain(&rows).map(|[name, entries, newest, size, url]| {
        let (name, url) = (fit::padded(&fit::cut(name, names), names), fit::cut(url, urls));
        format!("{name}  {entries:>items$}  {newest:<10}  {size:>bytes$}  {url}\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(name: &'static str, url: &'static str) -> FeedRow<'static> {
        let documents = vec![Listing { format: "rss", url, bytes: 1234 }];
        let newest = "2025-06-08T00:00:00Z".into();
        FeedRow { name, title: "T", axis: None, label: "L", items: 5, total: 7, newest, documents }
    }

    #[test]
    fn a_table_fits_the_width() {
        let feeds = [
            listed("all", "https://example.org/feeds/rss.xml"),
            listed(
                "tag/a-very-long-tag-of-many-words",
                "https://example.org/feeds/tags/a-very-long-tag-of-many-words/rss.xml",
            ),
        ];
        let whole = table(&feeds[..1], None);
        assert_eq!(
            whole,
            "feed  items  newest      bytes  url\nall       5  2025-06-08   1234  https://example.org/feeds/rss.xml\n"
        );
        for width in [60, 80, 100, 200] {
            let lines: Vec<usize> = table(&feeds, Some(width)).lines().map(|line| line.chars().count()).collect();
            assert!(lines.iter().all(|line| *line <= width), "{width}: {lines:?}");
        }
        assert!(table(&feeds, Some(200)).contains("many-words/rss.xml"));
        assert!(table(&feeds, Some(80)).contains('…'));
    }
}
