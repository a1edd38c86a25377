//! Properties of leftovers, by example and by generated bodies.
//!
//! Covers each engine's syntax; what is reported, and where; hostile input; and that code is unchanged byte for byte.

mod engines;
mod laws;
mod notes;

use super::trial::{rewritten, whole};
use crate::diagnostic::Code;
use crate::render::findings::BodyFindings;

/// What becomes of a body of a Markdown file.
fn plain(text: &str) -> String {
    rewritten("posts/x.md", text)
}

/// The codes, lines and messages of the findings about a body.
fn findings_of(text: &str) -> Vec<(Code, u32, String)> {
    let mut found = Vec::new();
    whole(text, |plain| {
        let mut findings = BodyFindings::new("x.md", 1, text, &mut found);
        plain.counts.report(&mut findings);
        findings.finish();
    });
    found.into_iter().map(|finding| (finding.code, finding.at.line, finding.message.to_string())).collect()
}
