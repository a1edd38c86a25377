//! Findings about one article. The path is set once, so that the readers of fields pass only the rest.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Place;
use std::borrow::Cow;

/// A sink for findings about one article.
pub struct Findings<'a> {
    display_path: &'a str,
    sink: &'a mut dyn Sink,
}

impl<'a> Findings<'a> {
    /// Collects findings about the article with this display path.
    pub fn new(display_path: &'a str, sink: &'a mut dyn Sink) -> Self {
        Self { display_path, sink }
    }

    /// Reports what is wrong, and how to fix it.
    pub fn report(&mut self, code: Code, at: Place, message: impl Into<String>, help: impl Into<Cow<'static, str>>) {
        self.sink.report(Diagnostic::new(code, self.display_path, at, message).help(help));
    }
}

/// A value in quotes for a message, cut to 60 characters.
pub fn quoted(value: &str) -> String {
    const LIMIT: usize = 60;
    match value.char_indices().nth(LIMIT).and_then(|(at, _)| value.get(..at)) {
        Some(start) => format!("\"{start}…\""),
        None => format!("\"{value}\""),
    }
}
