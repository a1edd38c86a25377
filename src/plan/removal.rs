//! What may be deleted. A manifest can be forged, and a file can have been replaced since it was written: only a file that
//! feedmill can make, with the bytes that the manifest recorded, is deleted.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Place;

/// What may become of a document that the manifest lists and the run no longer makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is as feedmill wrote it, and is deleted.
    Delete,
    /// It was deleted already.
    Gone,
    /// It was changed since, or feedmill never wrote it.
    Keep,
}

/// Paths that one finding names at most.
const NAMED: usize = 10;

/// The manifest lists paths that feedmill cannot have written.
pub(super) fn impossible(paths: &[&String]) -> Option<Diagnostic> {
    let mut names: Vec<String> = paths.iter().take(NAMED).map(|path| quoted(path)).collect();
    if paths.len() > NAMED {
        names.push(format!("and {} more", paths.len() - NAMED));
    }
    let text = format!(
        "the manifest lists files that feedmill cannot have written; they were not deleted: {}",
        names.join(", ")
    );
    let help = "find out who edited .feedmill/manifest.json; this run rewrites it without these files";
    (!paths.is_empty()).then(|| Diagnostic::new(Code::KeptFile, "", Place::WHOLE, text).help(help))
}

/// A path of a forged manifest may hold anything, at any length.
fn quoted(path: &str) -> String {
    const MAX_SHOWN_CHARACTERS: usize = 80;
    let start: String = path.chars().take(MAX_SHOWN_CHARACTERS).collect();
    if start.len() < path.len() { format!("{start:?}…") } else { format!("{start:?}") }
}

/// A finding for a document that is not made any more and whose file was edited since feedmill wrote it.
pub(super) fn kept(path: &str) -> Diagnostic {
    let text =
        format!("{path} is no longer part of the output, but was not deleted: it changed after feedmill wrote it");
    let help = "delete it by hand if nobody needs it: feedmill no longer manages it";
    Diagnostic::new(Code::KeptFile, "", Place::WHOLE, text).help(help)
}
