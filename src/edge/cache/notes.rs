//! A compact format for findings: each is written as its difference from the one before. Most findings of a site are
//! one sentence about many files.

use crate::diagnostic::{Code, Diagnostic, Help};
use crate::model::Place;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Findings of one file or of one run.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes(pub(super) Vec<Diagnostic>);

/// Many findings as they are written: help lines, each once, then a row for each finding.
#[derive(Serialize)]
struct Written<'a> {
    helps: Vec<&'a str>,
    rows: RowsOf<'a>,
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    path: Change<'a>,
    at: Place,
    code: Code,
    #[serde(borrow)]
    message: Change<'a>,
    /// From 1; 0: none.
    help: usize,
}

/// A text by another: so many bytes of its beginning, this, so many bytes of its end.
#[derive(Serialize, Deserialize)]
struct Change<'a> {
    first: usize,
    #[serde(borrow)]
    then: Cow<'a, str>,
    last: usize,
}

impl<'a> Change<'a> {
    fn between(old: &str, new: &'a str) -> Self {
        let mut first = same_start(old.as_bytes(), new.as_bytes());
        while !new.is_char_boundary(first) || !old.is_char_boundary(first) {
            first -= 1;
        }
        let (old, rest) = (old.get(first..).unwrap_or_default(), new.get(first..).unwrap_or_default());
        let same = |(a, b): &(u8, u8)| a == b;
        let mut last = old.bytes().rev().zip(rest.bytes().rev()).take_while(same).count();
        while !rest.is_char_boundary(rest.len() - last) || !old.is_char_boundary(old.len() - last) {
            last -= 1;
        }
        Self { first, then: rest.get(..rest.len() - last).unwrap_or_default().into(), last }
    }

    fn apply(&self, old: &str) -> Option<String> {
        let last = old.get(old.len().checked_sub(self.last)?..)?;
        Some([old.get(..self.first)?, &self.then, last].concat())
    }
}

/// How many bytes two texts begin with alike. Most are alike for long.
fn same_start(a: &[u8], b: &[u8]) -> usize {
    let words = |text| <[u8]>::as_chunks::<8>(text).0;
    let words = words(a).iter().zip(words(b)).take_while(|(a, b)| a == b).count() * 8;
    let rest = a.iter().zip(b).skip(words).take_while(|(a, b)| a == b);
    words + rest.count()
}

impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        NotesOf(self.0.iter().collect()).serialize(to)
    }
}

/// Findings that equal others except for their places.
#[derive(Debug)]
pub(super) struct NotesOf<'a>(pub(super) Vec<&'a Diagnostic>);

impl Serialize for NotesOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut helps = Vec::new();
        for help in self.0.iter().filter_map(|finding| finding.help.as_deref()) {
            places.entry(help).or_insert_with(|| {
                helps.push(help);
                helps.len()
            });
        }
        Written { helps, rows: RowsOf { findings: &self.0, places } }.serialize(to)
    }
}

/// Rows, made as they are written.
struct RowsOf<'a> {
    findings: &'a [&'a Diagnostic],
    places: BTreeMap<&'a str, usize>,
}

impl Serialize for RowsOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (mut path, mut message) = ("", "");
        to.collect_seq(self.findings.iter().map(|finding| {
            let row = Row {
                path: Change::between(path, &finding.path),
                at: finding.at,
                code: finding.code,
                message: Change::between(message, &finding.message),
                help: finding.help.as_deref().and_then(|help| self.places.get(help)).copied().unwrap_or_default(),
            };
            (path, message) = (&finding.path, &finding.message);
            row
        }))
    }
}

impl<'de> Deserialize<'de> for Notes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_tuple(2, Reader { helps: Vec::new() })
    }
}

/// Reads what was written: the helps, then one row at a time, so that no second list of all is in memory.
struct Reader {
    helps: Vec<Help>,
}

impl<'de> Visitor<'de> for Reader {
    type Value = Notes;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("helps and findings")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut parts: A) -> Result<Notes, A::Error> {
        let helps: Vec<Cow<'de, str>> = parts.next_element()?.ok_or_else(torn)?;
        self.helps.extend(helps.iter().map(|help| Help::Made((**help).into())));
        parts.next_element_seed(Rows(&self.helps))?.ok_or_else(torn)
    }
}

struct Rows<'a>(&'a [Help]);

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = Notes;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Notes, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = Notes;

    fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("findings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Notes, A::Error> {
        // The written size is not trusted.
        let mut notes: Vec<Diagnostic> = Vec::with_capacity(rows.size_hint().unwrap_or_default().min(1 << 20));
        while let Some(row) = rows.next_element::<Row<'de>>()? {
            let (path, message) = notes.last().map_or(("", ""), |last| (&*last.path, &*last.message));
            let help = match row.help.checked_sub(1) {
                Some(place) => Some(self.0.get(place).cloned().ok_or_else(torn)?),
                None => None,
            };
            notes.push(Diagnostic {
                path: row.path.apply(path).ok_or_else(torn)?.into(),
                at: row.at,
                code: row.code,
                message: row.message.apply(message).ok_or_else(torn)?.into(),
                help,
            });
        }
        Ok(Notes(notes))
    }
}

fn torn<E: serde::de::Error>() -> E {
    E::custom("a finding does not follow from the one before")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn findings_are_read_as_they_were(texts in proptest::collection::vec(("[aя€/]{0,6}", "[aя€ ]{0,9}", "[ab]{0,1}"), 0..9)) {
            let finding = |(path, message, help): &(String, String, String)| {
                let finding = Diagnostic::new(Code::BadDate, path, Place::new(1, 2, 3), message.clone());
                if help.is_empty() { finding } else { finding.help(help.clone()) }
            };
            let all: Vec<Diagnostic> = texts.iter().map(finding).collect();
            let bytes = postcard::to_stdvec(&Notes(all.clone())).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Notes>(&bytes).unwrap().0, all);
        }

        #[test]
        fn nonsense_is_refused_or_read_and_never_a_panic(bytes in proptest::collection::vec(0_u8..9, 0..60)) {
            let _ = postcard::from_bytes::<Notes>(&bytes);
        }
    }
}
