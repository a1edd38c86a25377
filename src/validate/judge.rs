//! Where the rules bring their findings: it knows the document's path and turns bytes into lines and columns.
//!
//! A document with very many faults is not worth a report of its own size: past a limit for each code, the rest is
//! left unsaid.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Lines, Place};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Maximum number of findings of one code that are reported for one document.
const MAX_FINDINGS_PER_CODE: usize = 200;

/// Takes the findings about one document.
pub(super) struct Judge<'a> {
    path: &'a str,
    bytes: &'a [u8],
    sink: &'a mut dyn Sink,
    lines: OnceCell<Lines<'a>>,
    reported: BTreeMap<Code, usize>,
}

impl<'a> Judge<'a> {
    /// For the bytes of a document.
    pub(super) fn new(path: &'a str, bytes: &'a [u8], sink: &'a mut dyn Sink) -> Self {
        Self { path, bytes, sink, lines: OnceCell::new(), reported: BTreeMap::new() }
    }

    /// The document as text; invalid UTF-8 is reported.
    pub(super) fn utf8(&mut self) -> Option<&'a str> {
        match simdutf8::compat::from_utf8(self.bytes) {
            Ok(text) => Some(text),
            Err(e) => {
                let help = "feeds are UTF-8 (RFC 8259 section 8.1; XML 1.0 section 4.3.3)";
                self.report(Code::NotWellFormed, e.valid_up_to(), "the document is not UTF-8", help);
                None
            }
        }
    }

    /// A finding at a byte of the document. The help names the rule's source.
    pub(super) fn report(&mut self, code: Code, at: usize, message: impl Into<String>, help: &str) {
        let reported = self.reported.entry(code).or_default();
        *reported += 1;
        if *reported <= MAX_FINDINGS_PER_CODE {
            let place = self.place(at);
            self.sink.report(Diagnostic::new(code, self.path, place, message).help(help.to_owned()));
        }
    }

    fn place(&self, at: usize) -> Place {
        self.lines.get_or_init(|| Lines::new(self.bytes, 1)).place(at..at)
    }
}

/// A value as messages quote it: one line, cut where it is long.
pub(super) fn quoted_value(value: &str) -> String {
    let mut characters = value.trim().chars();
    let start: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() { format!("`{start}…`") } else { format!("`{start}`") }
}
