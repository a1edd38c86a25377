//! Quotes the values at which YAML breaks. Each line at which the parser stops is first emptied, until the rest can be
//! read; then the quoted values must give that same head, with the intended texts in the empty places.

use super::super::fence::Dialect;
use super::super::tree::{NodeKind, Style};
use super::edit::{Edit, LineChange, Rows, apply};
use super::proof::{Reading, alike, at};
use super::quote::{LineParts, quoted};
use crate::model::Place;

/// The maximum number of lines fixed in one head.
const MAX_FIXED_LINES: usize = 16;

/// The edits; `None` if there is nothing to fix or the fix cannot be verified.
pub(super) fn edits(bytes: &[u8]) -> Option<Vec<Edit>> {
    let mut fault = match Reading::or_fault(bytes) {
        Ok(_) | Err(None) => return None,
        Err(Some(fault)) => fault,
    };
    let rows = Rows::new(bytes);
    let mut broken: Vec<Broken<'_>> = Vec::new();
    while broken.len() < MAX_FIXED_LINES && broken.iter().all(|b| b.line != fault.line) {
        broken.push(Broken::from_line(fault.line, &rows)?);
        let empty: Vec<Edit> = broken.iter().map(|b| b.with("~")).collect();
        let emptied = apply(bytes, &empty);
        match Reading::or_fault(&emptied) {
            Err(None) => return None,
            Err(Some(next)) => fault = next,
            Ok(reading) => return (reading.dialect == Dialect::Yaml).then(|| proved(bytes, &reading, &broken))?,
        }
    }
    None
}

fn proved(bytes: &[u8], emptied: &Reading<'_>, broken: &[Broken<'_>]) -> Option<Vec<Edit>> {
    let mut expected = emptied.root.clone();
    for line in broken {
        let node = at(&mut expected, line.place).filter(|node| node.is_null())?;
        node.kind = NodeKind::Scalar(line.meant.clone(), Style::Quoted);
    }
    let edits: Vec<Edit> = broken.iter().map(|b| b.with(&quoted(&b.meant))).collect();
    let mended = apply(bytes, &edits);
    let found = Reading::new(&mended)?;
    alike(&expected, &found.root).then_some(edits)
}

/// A line whose value breaks the head.
struct Broken<'l> {
    line: u32,
    parts: LineParts<'l>,
    /// Where the value begins; one character long, as what takes its place is.
    place: Place,
    meant: String,
}

impl<'l> Broken<'l> {
    fn from_line(line: u32, rows: &Rows<'l>) -> Option<Self> {
        let parts = LineParts::new(rows.text(line)?)?;
        let column = u32::try_from(parts.prefix.chars().count()).ok()? + 1;
        Some(Self { line, parts, place: Place::new(line, column, 1), meant: parts.meaning()? })
    }

    fn with(&self, value: &str) -> Edit {
        let LineParts { prefix, key, suffix, .. } = self.parts;
        let what = match key {
            "" => "an item is put in quotes".to_owned(),
            key => format!("the value of `{key}` is put in quotes"),
        };
        Edit { line: self.line, change: LineChange::Replace(format!("{prefix}{value}{suffix}").into_bytes()), what }
    }
}
