//! Bytes → findings, one file per format. Knows nothing of `format/`.

use crate::diagnostic::Sink;
use crate::model::{AbsUrl, Format};

/// The bytes of a document under judgement.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// As findings name it.
    pub path: &'a str,
    /// What it claims to be.
    pub format: Format,
    /// Where it is served, when known.
    pub topic: Option<&'a AbsUrl>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// One streaming pass for every build: well-formed, prefixes declared, characters legal.
pub fn verify(subject: Subject<'_>, sink: &mut dyn Sink) {
    let _ = (subject, sink);
}

/// Every rule: for `check` and for tests.
pub fn document(subject: Subject<'_>, sink: &mut dyn Sink) {
    let _ = (subject, sink);
}
