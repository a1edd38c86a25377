//! The images of a run: one row in the summary, a table for `feedmill images`, an object in the JSON document.

use super::fit;
use super::harmless::harmless;
use crate::model::{ImageCount, ImageLine, ImageReport};
use serde::Serialize;
use std::io::{self, Write};

/// Files that a row of the table names.
const NAMED: usize = 2;

/// `12 in use: 1 own, 3 learned, 8 known`.
pub fn row(count: &ImageCount) -> String {
    let words = [
        (count.own, "of the site itself"),
        (count.learned, "learned"),
        (count.confirmed, "confirmed"),
        (count.known, "known"),
        (count.failed, "asked in vain"),
        (count.unknown, "unknown"),
        (count.forgotten, "forgotten"),
    ];
    let words: Vec<String> = words.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    match words.is_empty() {
        true => format!("{} in use", count.all),
        false => format!("{} in use: {}", count.all, words.join(", ")),
    }
}

/// A table: size, type, dimensions, age, address, and what uses it.
pub fn table(report: &ImageReport, out: &mut dyn Write) -> io::Result<()> {
    let room = fit::width().map_or(usize::MAX, |width| width.saturating_sub(40).max(20));
    for line in &report.lines {
        let facts = line.facts.clone().unwrap_or_default();
        let kind = facts.media_type.map_or_else(|| "?".to_owned(), |kind| kind.to_string());
        let kind = kind.strip_prefix("image/").unwrap_or(&kind);
        let size = if facts.length > 0 { facts.length.to_string() } else { "?".into() };
        let pixels = facts.width.zip(facts.height).map_or_else(|| "?".into(), |(w, h)| format!("{w}×{h}"));
        let url = fit::cut(&harmless(&line.url.to_string()), room);
        writeln!(out, "{size:>9} {kind:<8} {pixels:>11} {:>6}  {url}", age(line, report))?;
        let uses = match line.used_by.as_slice() {
            [] => "used by nothing: `--prune` forgets it".to_owned(),
            all => {
                let named: Vec<String> = all.iter().take(NAMED).map(|path| harmless(path)).collect();
                let more = all.len().checked_sub(NAMED).filter(|more| *more > 0);
                format!("{}{}", named.join(", "), more.map(|more| format!(" and {more} more")).unwrap_or_default())
            }
        };
        writeln!(out, "{:>40}{}", "", fit::cut(&uses, room))?;
        if let Some(fault) = &line.fault {
            writeln!(out, "{:>40}{}", "", harmless(fault))?;
        }
    }
    Ok(())
}

/// `own`, `new`, `3 d`, `old`.
fn age(line: &ImageLine, report: &ImageReport) -> String {
    match line.learned {
        _ if line.own => "own".into(),
        None => "new".into(),
        Some(_) if line.stale => "old".into(),
        Some(learned) => match (report.now.unix() - learned.unix()).max(0) {
            seconds @ ..3600 => format!("{} m", seconds / 60),
            seconds @ ..86_400 => format!("{} h", seconds / 3600),
            seconds => format!("{} d", seconds / 86_400),
        },
    }
}

/// The images in the JSON document.
#[derive(Serialize)]
pub struct WireImages<'a> {
    count: ImageCount,
    list: Vec<WireImage<'a>>,
}

#[derive(Serialize)]
struct WireImage<'a> {
    url: String,
    own: bool,
    size: Option<u64>,
    #[serde(rename = "type")]
    media_type: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    learned: Option<String>,
    age_seconds: Option<i64>,
    stale: bool,
    used_by: Vec<&'a str>,
    fault: Option<&'a str>,
}

/// The part of the document that lists images.
pub fn wire(report: &ImageReport) -> WireImages<'_> {
    WireImages { count: report.count, list: report.lines.iter().map(|line| image(line, report)).collect() }
}

fn image<'a>(line: &'a ImageLine, report: &ImageReport) -> WireImage<'a> {
    let facts = line.facts.clone().unwrap_or_default();
    WireImage {
        url: line.url.to_string(),
        own: line.own,
        size: Some(facts.length).filter(|length| *length > 0),
        media_type: facts.media_type.map(|kind| kind.to_string()),
        width: facts.width,
        height: facts.height,
        learned: line.learned.map(|at| at.rfc3339()),
        age_seconds: line.learned.map(|at| (report.now.unix() - at.unix()).max(0)),
        stale: line.stale,
        used_by: line.used_by.iter().map(String::as_str).collect(),
        fault: line.fault.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AbsUrl, ImageFacts, MediaType, Timestamp};

    fn report() -> ImageReport {
        let at = |n: i64| Timestamp::from_unix(1_750_000_000 + n).unwrap();
        let facts = ImageFacts {
            length: 1234,
            media_type: MediaType::new("image/webp"),
            width: Some(800),
            height: Some(600),
            flaw: None,
        };
        let line = |url: &str, facts: Option<ImageFacts>, used_by: &[&str]| ImageLine {
            url: AbsUrl::parse(url).unwrap(),
            own: false,
            learned: facts.as_ref().map(|_| at(0)),
            facts,
            stale: false,
            used_by: used_by.iter().map(|s| (*s).to_owned()).collect(),
            fault: None,
        };
        let lines = vec![
            line("https://e.org/a.webp", Some(facts), &["a.md", "b.md", "c.md"]),
            ImageLine { fault: Some("it is gone".into()), ..line("https://e.org/b.png?token=secret", None, &[]) },
        ];
        let count = ImageCount { all: 2, known: 1, unknown: 1, ..ImageCount::default() };
        ImageReport { count, now: at(3 * 86_400), lines }
    }

    #[test]
    fn a_table_for_people() {
        let mut out = Vec::new();
        table(&report(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("     1234 webp         800×600    3 d  https://e.org/a.webp\n"), "{text}");
        assert!(
            text.contains("a.md, b.md and 1 more\n") && text.contains("        ? ?                  ?    new  "),
            "{text}"
        );
        assert!(text.contains("it is gone\n") && text.contains("used by nothing"), "{text}");
        assert!(!text.contains("secret"));
        assert_eq!(row(&report().count), "2 in use: 1 known, 1 unknown");
    }

    #[test]
    fn an_object_for_machines() {
        let text = serde_json::to_string(&wire(&report())).unwrap();
        assert!(
            text.contains(r#"{"url":"https://e.org/a.webp","own":false,"size":1234,"type":"image/webp","width":800,"#)
        );
        assert!(
            text.contains(r#""age_seconds":259200,"stale":false,"used_by":["a.md","b.md","c.md"],"fault":null}"#),
            "{text}"
        );
        assert!(!text.contains("secret"));
    }
}
