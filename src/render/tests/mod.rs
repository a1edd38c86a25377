//! Properties of whole bodies and entries. Unit tests are next to their code.
//!
//! No test here reads a file or a clock.

mod bodies;
mod dialects;
mod entries;
mod hidden;
mod properties;

use super::dialect::Formulas;
use super::findings::BodyFindings;
use super::leftovers::References;
use super::markdown::{self, MarkdownReading};
use super::writer::RenderedBody;
use crate::diagnostic::Diagnostic;
use crate::model::{AbsUrl, Engine, MarkdownDialect};
pub(super) use entries::article_at;

fn rendered(text: &str) -> (RenderedBody, Vec<Diagnostic>) {
    let base = AbsUrl::parse("https://e.org/a/").unwrap();
    let mut found = Vec::new();
    let mut findings = BodyFindings::new("a.md", 1, text, &mut found);
    let dialect = MarkdownDialect::for_engine(Engine::None);
    let formulas = Formulas::default();
    let reading =
        MarkdownReading { title: "The Title", base: &base, dialect, formulas, references: References::Defined };
    let rendered = markdown::render(text, reading, &mut findings);
    findings.finish();
    (rendered, found)
}

pub(super) fn html(text: &str) -> String {
    rendered(text).0.html
}

pub(super) fn rendered_with(text: &str) -> RenderedBody {
    rendered(text).0
}
