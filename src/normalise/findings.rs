//! Findings about one article: the same path each time, so that the fields' readers name only the rest.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Place;

/// A sink that knows which article is being read.
pub struct Findings<'a> {
    shown: &'a str,
    sink: &'a mut dyn Sink,
}

impl<'a> Findings<'a> {
    /// Findings about the article shown under this path.
    pub fn new(shown: &'a str, sink: &'a mut dyn Sink) -> Self {
        Self { shown, sink }
    }

    /// Reports what is wrong, and how to mend it.
    pub fn report(&mut self, code: Code, at: Place, message: impl Into<String>, help: impl Into<String>) {
        self.sink.report(Diagnostic::new(code, self.shown, at, message).help(help));
    }
}

/// A value in quotes for a message, cut to 60 characters.
pub fn quoted(value: &str) -> String {
    const LIMIT: usize = 60;
    let mut out: String = value.chars().take(LIMIT).collect();
    if value.chars().nth(LIMIT).is_some() {
        out.push('…');
    }
    format!("\"{out}\"")
}
