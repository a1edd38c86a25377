//! Findings, written small: each is told by where it differs from the one before. Most findings of a site are one sentence
//! about a hundred thousand files.

use crate::diagnostic::{Code, Diagnostic, Help};
use crate::model::Place;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Findings of one file or of one run.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes(pub(super) Vec<Diagnostic>);

/// Many findings as they are written.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    /// Help lines, each once.
    #[serde(borrow)]
    helps: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    rows: Vec<Row<'a>>,
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
        let same = |(a, b): &(u8, u8)| a == b;
        let mut first = old.bytes().zip(new.bytes()).take_while(same).count();
        while !new.is_char_boundary(first) || !old.is_char_boundary(first) {
            first -= 1;
        }
        let (old, rest) = (old.get(first..).unwrap_or_default(), new.get(first..).unwrap_or_default());
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

impl Serialize for Notes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        written(self.0.iter(), to)
    }
}

/// The same, of findings that lie elsewhere.
#[derive(Debug)]
pub(super) struct NotesOf<'a>(pub(super) Vec<&'a Diagnostic>);

impl Serialize for NotesOf<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        written(self.0.iter().copied(), to)
    }
}

fn written<'a, S: Serializer>(findings: impl Iterator<Item = &'a Diagnostic>, to: S) -> Result<S::Ok, S::Error> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut helps: Vec<Cow<'_, str>> = Vec::new();
    let (mut path, mut message) = ("", "");
    let rows = findings.map(|finding| {
        let help = finding.help.as_deref().map_or(0, |help| {
            *places.entry(help).or_insert_with(|| {
                helps.push(help.into());
                helps.len()
            })
        });
        let row = Row {
            path: Change::between(path, &finding.path),
            at: finding.at,
            code: finding.code,
            message: Change::between(message, &finding.message),
            help,
        };
        (path, message) = (&finding.path, &finding.message);
        row
    });
    let rows = rows.collect();
    Written { helps, rows }.serialize(to)
}

impl<'de> Deserialize<'de> for Notes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let torn = || serde::de::Error::custom("a finding does not follow from the one before");
        let written = Written::deserialize(from)?;
        let helps: Vec<Help> = written.helps.iter().map(|help| Help::Made((**help).into())).collect();
        let mut notes: Vec<Diagnostic> = Vec::with_capacity(written.rows.len());
        for row in written.rows {
            let (path, message) = notes.last().map_or(("", ""), |last| (&*last.path, &*last.message));
            let help = match row.help.checked_sub(1) {
                Some(place) => Some(helps.get(place).cloned().ok_or_else(torn)?),
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
        Ok(Self(notes))
    }
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
