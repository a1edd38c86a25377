//! Findings: what is wrong, where, and how to fix it. A finding is data; its printers are in `cli/`.
//!
//! Steps report to a [`Sink`] and go on with what is still usable. Whether a run is refused is decided once, over the
//! finished report, by [`Policy`].

mod code;
mod explain;
mod help;
mod place;
mod policy;
mod suggest;

pub use code::{Code, Severity};
pub use explain::explain;
pub use help::Help;
pub use place::Place;
pub use policy::{Level, Mode, Policy, PolicyRules, Verdict};
pub use suggest::nearest;

use std::borrow::Cow;
use std::sync::Arc;

/// One finding about a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the project folder; the document's path for findings about documents; empty for the run.
    pub path: Arc<str>,
    /// Where in the file.
    pub at: Place,
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong: one line, without control characters.
    pub message: Arc<str>,
    /// How to fix it.
    pub help: Option<Help>,
}

impl Diagnostic {
    /// A finding. Control characters in the message are replaced, so that a printer may trust it.
    pub fn new(code: Code, path: &str, at: Place, message: impl Into<String>) -> Self {
        Self { path: path.into(), at, code, message: clean(message.into()).into(), help: None }
    }

    /// The same finding with a help line.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(Help::from(match help.into() {
            Cow::Borrowed(ours) => Cow::Borrowed(ours),
            Cow::Owned(made) => Cow::Owned(clean(made)),
        }));
        self
    }
}

/// Takes findings. The caller chooses what becomes of them.
pub trait Sink {
    /// Takes one finding.
    fn report(&mut self, finding: Diagnostic);
}

impl Sink for Vec<Diagnostic> {
    fn report(&mut self, finding: Diagnostic) {
        self.push(finding);
    }
}

/// A sink that hears nothing.
impl Sink for () {
    fn report(&mut self, _: Diagnostic) {}
}

/// The fixed order of every report: path, place, code. Twins are dropped.
pub fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort();
    findings.dedup();
    findings
}

fn clean(text: String) -> String {
    // Controls begin with a byte below a space, a DEL, or with C2.
    if text.bytes().fold(false, |any, b| any | (b < b' ') | (b == 0x7F) | (b == 0xC2))
        && text.contains(char::is_control)
    {
        text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
    } else {
        text
    }
}
