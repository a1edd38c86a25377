//! Laws of leftovers, by example and by generated bodies.
//!
//! Each engine's own; what must stay; what an attack gets.

mod engines;

use super::trial::{rewritten, whole};
use crate::diagnostic::Code;
use crate::render::findings::BodyFindings;

/// What becomes of a body of a Markdown file.
fn plain(text: &str) -> String {
    rewritten("posts/x.md", text)
}

/// Codes and lines of what is told of a body.
fn told(text: &str) -> Vec<(Code, u32, String)> {
    let mut found = Vec::new();
    whole(text, |plain| {
        let mut findings = BodyFindings::new("x.md", 1, text, &mut found);
        plain.told.report(&mut findings);
    });
    found.into_iter().map(|finding| (finding.code, finding.at.line, finding.message)).collect()
}
