//! Where a missing slug is inserted: after the title, otherwise at the end of the head (in TOML at its beginning,
//! before any table; in JSON before the first key); an empty `slug:` is filled. Uses the quotes of the title.

use super::super::fence::Dialect;
use super::super::tree::{Node, NodeKind, Style};
use super::edit::{Edit, LineChange, Rows};
use super::proof::Reading;
use crate::model::{Located, Place, Slug};

/// Edits to be tried in this order; none where the head is written in one line.
pub(super) fn places(slug: &Slug, reading: &Reading<'_>, rows: &Rows<'_>) -> Vec<Edit> {
    let NodeKind::Map(entries) = &reading.root.kind else { return Vec::new() };
    let named = |name: &str| entries.iter().rev().find(|(key, _)| key.value.eq_ignore_ascii_case(name));
    let title = named("title");
    let value = value(slug, reading.dialect, title, rows);
    let what = format!("`slug: {slug}` is added");
    if let Some((key, node)) = named("slug") {
        let filled = into_empty(key.at, node, &value, rows);
        return filled
            .map(|text| Edit { line: key.at.line, change: LineChange::Replace(text), what })
            .into_iter()
            .collect();
    }
    let before = |line: u32, indent: &str| {
        let text = match reading.dialect {
            Dialect::Yaml => format!("{indent}slug: {value}"),
            Dialect::Toml => format!("{indent}slug = {value}"),
            Dialect::Json => format!("{indent}\"slug\": {value},"),
            Dialect::Lines => format!("{}: {value}", key_as_title(title.map(|(key, _)| key), rows)),
        };
        rows.line(line).map(|_| Edit { line, change: LineChange::Before(text.into_bytes()), what: what.clone() })
    };
    let first = entries.iter().map(|(key, _)| key.at).min();
    let indent = |at: Option<Place>| at.and_then(|at| rows.indent(at));
    // The line that ends the head: what is written before it is the head's last line.
    let end = rows.line_from(offset_behind(reading, rows)).map(|line| line.number);
    match reading.dialect {
        Dialect::Json => {
            let at = title.map(|(key, _)| key.at).or(first);
            at.and_then(|at| before(at.line, rows.indent(at)?)).into_iter().collect()
        }
        _ if first.is_some() && indent(first).is_none() && reading.dialect != Dialect::Toml => Vec::new(),
        dialect => {
            let behind_title = title.and_then(|(key, _)| before(key.at.line + 1, rows.indent(key.at)?));
            let last = match dialect {
                Dialect::Toml => before(reading.front.first_line, ""),
                _ => end.and_then(|line| before(line, indent(first).unwrap_or_default())),
            };
            behind_title.into_iter().chain(last).collect()
        }
    }
}

/// Where the text of the head ends, in bytes of the file.
fn offset_behind(reading: &Reading<'_>, rows: &Rows<'_>) -> usize {
    rows.line(reading.front.first_line).map_or(usize::MAX, |line| line.start + reading.front.text.len())
}

/// The value in the title's quotes; bare where the title is bare, unless it would then be no text.
fn value(slug: &Slug, dialect: Dialect, title: Option<&(Located<String>, Node)>, rows: &Rows<'_>) -> String {
    let written = title.and_then(|(_, node)| rows.split(node.at)).map_or("", |(_, written, _)| written);
    let quote = match dialect {
        Dialect::Json => "\"",
        Dialect::Lines => "",
        Dialect::Toml if written.starts_with('\'') => "'",
        Dialect::Toml => "\"",
        Dialect::Yaml if written.starts_with('"') => "\"",
        Dialect::Yaml if written.starts_with('\'') => "'",
        Dialect::Yaml if is_no_text(slug.as_str()) => "\"",
        Dialect::Yaml => "",
    };
    format!("{quote}{slug}{quote}")
}

/// What some YAML reader takes for a number, a date, a boolean or nothing when it is bare.
fn is_no_text(slug: &str) -> bool {
    let word = slug.to_ascii_lowercase();
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"];
    let begins = slug.starts_with(|c: char| !c.is_alphabetic() && c != '_');
    words.contains(&word.as_str())
        || (begins
            && !slug.contains(|c: char| c.is_alphabetic() && !"eExXoObBtTzZ_".contains(c) && !c.is_ascii_hexdigit()))
        || slug.starts_with(['-', '~'])
}

/// `Slug` beside `Title`, `slug` beside `title`.
fn key_as_title(title: Option<&Located<String>>, rows: &Rows<'_>) -> &'static str {
    let written = title.and_then(|key| rows.split(key.at)).map_or("", |(_, written, _)| written);
    match written.starts_with('t') {
        true => "slug",
        false => "Slug",
    }
}

/// The line of an empty `slug:` with the value in it.
fn into_empty(key: Place, node: &Node, value: &str, rows: &Rows<'_>) -> Option<Vec<u8>> {
    let is_blank = match &node.kind {
        NodeKind::Null => true,
        NodeKind::Scalar(text, Style::Plain | Style::Quoted) => text.trim().is_empty(),
        _ => false,
    };
    rows.indent(key).filter(|_| is_blank)?;
    let (before, name, behind) = rows.split(key)?;
    let (mark, rest) = behind.split_at(behind.find([':', '='])? + 1);
    let written = rest.trim();
    let (written, comma) = written.strip_suffix(',').map_or((written, ""), |w| (w.trim_end(), ","));
    let nothing = matches!(written, "" | "\"\"" | "''" | "~" | "null");
    (nothing && mark.trim_start().len() == 1).then(|| format!("{before}{name}{mark} {value}{comma}").into_bytes())
}
