//! Dates that were understood but are not ISO 8601 → ISO 8601, in the same quotes. Nothing is added: a day stays a day,
//! and a time without an offset gets none.
//!
//! `2025-06-08`, also with `T` or a space, a time and an offset in any ISO form, is unchanged: every engine reads it.

use super::super::fence::Dialect;
use super::super::tree::{Node, NodeKind, Style};
use super::edit::{Edit, LineChange, Rows};
use super::proof::{self, Reading};
use crate::model::{Located, Place, RawArticle, WrittenDate};
use chrono::{Datelike, SecondsFormat};

/// The edits; the texts they give are put into the expected head.
pub(super) fn edits(raw: &RawArticle, reading: &Reading<'_>, rows: &Rows<'_>, expected: &mut Node) -> Vec<Edit> {
    let dates = [&raw.date, &raw.updated, &raw.expires].into_iter().flatten();
    // A date taken from a slug or a permalink is not written as one.
    let elsewhere = [&raw.slug, &raw.permalink].map(|field| field.as_ref().map(|f| f.at));
    let mut new: Vec<New> = Vec::new();
    for date in dates.filter(|d| !elsewhere.contains(&Some(d.at))) {
        let Some(node) = proof::at(expected, date.at) else { continue };
        let Some(mended) = one(date, node, reading.dialect, rows) else { continue };
        if new.iter().any(|other| other.at == mended.at) {
            continue;
        }
        let style = if mended.text.starts_with('"') { Style::Quoted } else { node_style(node) };
        node.kind = NodeKind::Scalar(mended.iso.clone(), style);
        new.push(mended);
    }
    // From the end of a line to its beginning, so that columns stay true.
    new.sort_by_key(|n| std::cmp::Reverse(n.at));
    let mut edits: Vec<Edit> = Vec::new();
    for line in new.chunk_by(|a, b| a.at.line == b.at.line) {
        let Some(mut text) = line.first().and_then(|n| rows.text(n.at.line)).map(str::to_owned) else { continue };
        for n in line {
            text.replace_range(n.bytes.clone(), &n.text);
        }
        let what =
            line.iter().rev().map(|n| format!("the date {} is now {}", n.old, n.iso)).collect::<Vec<_>>().join("; ");
        let change = LineChange::Replace(text.into_bytes());
        edits.extend(line.first().map(|n| Edit { line: n.at.line, change, what }));
    }
    edits
}

/// A date to be written anew.
struct New {
    at: Place,
    bytes: std::ops::Range<usize>,
    old: String,
    iso: String,
    /// With its quotes.
    text: String,
}

fn one(date: &Located<WrittenDate>, node: &Node, dialect: Dialect, rows: &Rows<'_>) -> Option<New> {
    let old = node.text().filter(|text| !is_iso(text.trim()))?;
    let iso = iso(date.value)?;
    let (before, written, _) = rows.split(date.at)?;
    let quote = ["\"", "'"].into_iter().find(|q| written.len() > 1 && written.starts_with(q) && written.ends_with(q));
    let inner = quote.and_then(|q| written.strip_prefix(q)?.strip_suffix(q)).unwrap_or(written);
    // The source must be exactly the text that was read: no escape, no second line, no block.
    if inner != old {
        return None;
    }
    let quote = quote.unwrap_or(if dialect == Dialect::Json { "\"" } else { "" });
    Some(New {
        at: date.at,
        bytes: before.len()..before.len() + written.len(),
        old: old.trim().to_owned(),
        text: format!("{quote}{iso}{quote}"),
        iso,
    })
}

fn node_style(node: &Node) -> Style {
    match node.kind {
        NodeKind::Scalar(_, style) => style,
        _ => Style::Plain,
    }
}

fn iso(date: WrittenDate) -> Option<String> {
    let (day, text) = match date {
        WrittenDate::Day(day) => (day, day.format("%Y-%m-%d").to_string()),
        WrittenDate::Local(local) => (local.date(), local.format("%Y-%m-%dT%H:%M:%S%.f").to_string()),
        WrittenDate::Instant(at) => (at.date_naive(), at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
    };
    (1000..=9999).contains(&day.year()).then_some(text)
}

/// `2025-06-08`, and `T` or a blank, `14:30`, seconds, a fraction, an offset behind it.
fn is_iso(text: &str) -> bool {
    let digits = |text: &str, n: usize| text.len() >= n && text.bytes().take(n).all(|b| b.is_ascii_digit());
    let two = |text: &str, mark: char| {
        text.strip_prefix(mark).filter(|rest| digits(rest, 2)).and_then(|r| r.get(2..)).map(str::to_owned)
    };
    let Some(rest) = text.get(4..).filter(|_| digits(text, 4)) else { return false };
    let Some(rest) = two(rest, '-').and_then(|rest| two(&rest, '-')) else { return false };
    if rest.is_empty() {
        return true;
    }
    let Some(rest) = ['T', 't', ' '].into_iter().find_map(|mark| two(&rest, mark)) else { return false };
    let Some(mut rest) = two(&rest, ':') else { return false };
    if let Some(seconds) = two(&rest, ':') {
        let fraction = seconds.strip_prefix('.').filter(|f| digits(f, 1));
        rest = fraction.map_or(seconds.as_str(), |f| f.trim_start_matches(|c: char| c.is_ascii_digit())).to_owned();
    }
    let zone = rest.strip_prefix(' ').unwrap_or(&rest);
    let offset = ['+', '-'].into_iter().find_map(|sign| two(zone, sign));
    match offset {
        Some(rest) => {
            rest.is_empty() || (digits(&rest, 2) && rest.len() == 2) || two(&rest, ':').is_some_and(|r| r.is_empty())
        }
        None => rest.is_empty() || matches!(zone, "Z" | "z"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_iso;

    #[test]
    fn what_every_engine_reads_stays() {
        for text in [
            "2025-06-08",
            "2025-06-08T14:30",
            "2025-06-08 14:30:00",
            "2025-06-08t14:30:00.123z",
            "2025-06-08T14:30:00+03:00",
            "2025-06-08 14:30:00 +0300",
            "2025-06-08 14:30 -04",
            "2025-06-08T14:30:00 Z",
        ] {
            assert!(is_iso(text), "{text}");
        }
        for text in [
            "",
            "08.06.2025",
            "2025-6-8",
            "2025/06/08",
            "20250608",
            "2025-06-08 4:30",
            "2025-06-08T14",
            "2025-06-08T14:30:5",
            "2025-06-08T14:30:00 UTC",
            "2025-06-08T14:30 -4",
            "2025-06-08T14:30:00.Z",
            "2025-06-08x",
            "ж025-06-08",
            "2025-06-08T14:30:00+3:00",
            "2 May 2020",
            "1589000000",
        ] {
            assert!(!is_iso(text), "{text}");
        }
    }
}
