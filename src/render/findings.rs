//! Findings about a body, with the lines of its file.
//!
//! A body with a million faults is reported as a few faults and a count, so that a report stays readable and small.

use super::leftovers::Origins;
use super::raw::Visibility;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Lines, Place};
use std::cell::OnceCell;

/// How many findings of one code a body gets before the rest is only counted.
const TOLD: usize = 20;

/// Takes the findings of one body.
pub struct BodyFindings<'a> {
    path: &'a str,
    first_line: u32,
    text: &'a str,
    lines: OnceCell<Lines<'a>>,
    origins: Origins,
    dead_links: bool,
    counts: Vec<(Code, usize)>,
    visibility: Visibility,
    sink: &'a mut dyn Sink,
}

impl<'a> BodyFindings<'a> {
    /// For a body whose text begins on `first_line` of the file that findings call `path`.
    pub fn new(path: &'a str, first_line: u32, text: &'a str, sink: &'a mut dyn Sink) -> Self {
        Self {
            path,
            first_line,
            text,
            lines: OnceCell::new(),
            origins: Origins::default(),
            dead_links: false,
            counts: Vec::new(),
            visibility: Visibility::Shown,
            sink,
        }
    }

    /// From now on offsets are those of a rewritten text, whose bytes come from here.
    pub fn rewritten(&mut self, origins: Origins) {
        self.origins = origins;
    }

    /// From now on links may be dead.
    pub const fn expect_dead_links(&mut self) {
        self.dead_links = true;
    }

    /// Whether links of the body may have lost a part of their address with a leftover, which is reported.
    pub const fn may_have_dead_links(&self) -> bool {
        self.dead_links
    }

    /// Suppresses findings within content that is left out.
    pub const fn set_visibility(&mut self, visibility: Visibility) {
        self.visibility = visibility;
    }

    /// Reports a finding at a byte offset of the text.
    pub fn report(&mut self, code: Code, offset: usize, message: impl FnOnce() -> String, help: &str) {
        if self.visibility == Visibility::Shown && self.count(code) <= TOLD {
            let offset = self.origins.source_offset(offset);
            let at = self.lines.get_or_init(|| Lines::new(self.text, self.first_line.max(1))).place(offset..offset);
            self.sink.report(Diagnostic::new(code, self.path, at, message()).help(help.to_owned()));
        }
    }

    /// Tells how many findings were counted only.
    pub fn finish(self) {
        for (code, count) in self.counts {
            if let Some(more) = count.checked_sub(TOLD).filter(|more| *more > 0) {
                let message = format!("{more} more findings of this kind in the body");
                self.sink.report(Diagnostic::new(code, self.path, Place::WHOLE, message));
            }
        }
    }

    fn count(&mut self, code: Code) -> usize {
        match self.counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.counts.push((code, 1));
                1
            }
        }
    }
}

/// A value as a message shows it: short.
pub fn short(value: &str) -> String {
    match value.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_file_and_many_become_a_number() {
        let mut found = Vec::new();
        let mut findings = BodyFindings::new("a.md", 10, "я\nяx", &mut found);
        for _ in 0..25 {
            findings.report(Code::UnsafeLink, 5, || "x".into(), "y");
        }
        findings.finish();
        assert_eq!(found.len(), 21);
        assert_eq!(found.first().map(|f| f.at), Some(Place::new(11, 2, 0)));
        assert_eq!(found.last().map(|f| &*f.message), Some("5 more findings of this kind in the body"));
    }
}
