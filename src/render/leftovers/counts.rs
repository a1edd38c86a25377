//! Counts the leftovers of a body: one finding per kind, at the first one, with the number of its occurrences.

use crate::diagnostic::Code;
use crate::render::findings::{BodyFindings, short};
use std::collections::HashMap;

/// The maximum number of kinds counted separately in one body; only an attack has more.
const MAX_COUNTED_KINDS: usize = 100;

/// Whether every reference of a body is defined where its author intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum References {
    /// In the body: `[a][b]` without a definition is text.
    Defined,
    /// Some stood in a file that a template includes: `[a][b]` without a definition is its text, `a`.
    Lost,
}

/// Counts leftovers by kind.
#[derive(Debug, Default)]
pub struct LeftoverCounts {
    kinds: Vec<(Code, String, usize, usize)>,
    index: HashMap<(Code, String), usize>,
    lost_definitions: bool,
}

impl LeftoverCounts {
    /// Records a leftover, at a byte of the original text, that was rendered.
    pub fn rendered(&mut self, what: &str, at: usize) {
        self.count(Code::LeftoverRendered, what, at);
    }

    /// Records a leftover that was removed because only the site's own engine knows it.
    pub fn removed(&mut self, what: &str, at: usize) {
        self.count(Code::LeftoverRemoved, what, at);
    }

    /// Text that the page does not show was left out.
    pub fn hidden(&mut self, what: &str, at: usize) {
        self.count(Code::HiddenText, what, at);
    }

    /// A file was to be included here; it may have defined references that the body uses.
    pub const fn lost_definitions(&mut self) {
        self.lost_definitions = true;
    }

    /// Whether link references of the body may be undefined for that reason.
    pub const fn references(&self) -> References {
        if self.lost_definitions { References::Lost } else { References::Defined }
    }

    /// Reports all kinds.
    pub fn report(self, findings: &mut BodyFindings<'_>) {
        for (code, what, at, count) in self.kinds {
            let times = if count > 1 { format!(", {count} times in this body") } else { String::new() };
            let (became, help) = match code {
                Code::LeftoverRendered => {
                    ("was converted to plain HTML", "compare the entry with the page on your site")
                }
                Code::HiddenText => ("was left out", "to publish it, delete the `%%` around it"),
                _ => ("was removed", "replace it with Markdown or HTML: only the site generator can expand it"),
            };
            findings.report(code, at, || format!("{what} {became}{times}"), help);
        }
    }

    fn count(&mut self, code: Code, what: &str, at: usize) {
        let mut key = (code, short(what));
        if self.kinds.len() >= MAX_COUNTED_KINDS && !self.index.contains_key(&key) {
            key.1 = "another kind of template tag".to_owned();
        }
        let number = *self.index.entry(key.clone()).or_insert(self.kinds.len());
        match self.kinds.get_mut(number) {
            Some((_, _, first, count)) => {
                *first = at.min(*first);
                *count += 1;
            }
            None => self.kinds.push((key.0, key.1, at, 1)),
        }
    }
}
