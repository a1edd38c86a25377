//! Bytes → findings, one file per format. Does not use `format/`.
//!
//! The rules are those of the specifications and of the W3C Feed Validation Service, with feedmill's own additions.
//! Does not check what the bytes of one document cannot show (HTTP headers, the real size of an enclosure, agreement
//! of the three formats).

mod atom;
mod atom_entry;
mod atom_metadata;
mod atom_parts;
mod atom_text;
mod dates;
mod elements;
mod extensions;
mod html;
mod html_tags;
mod html_tokens;
mod html_tree;
mod json;
mod json_item;
mod json_parts;
mod json_tree;
mod judge;
mod namespaces;
mod people;
mod plain;
mod quick_check;
mod rss;
mod rss_item;
mod rss_parts;
mod tree;
mod urls;
mod xml;
mod xml_grammar;

use crate::diagnostic::Sink;
use crate::model::{AbsUrl, Format};
use judge::Judge;

/// The bytes of a document under judgement.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// As findings name it.
    pub path: &'a str,
    /// What it claims to be.
    pub format: Format,
    /// Where it is served, when known.
    pub topic: Option<&'a AbsUrl>,
    /// The document's bytes.
    pub bytes: &'a [u8],
}

/// One streaming pass for every build: well-formed, prefixes declared, characters legal.
pub fn verify(subject: Subject<'_>, sink: &mut dyn Sink) {
    let mut judge = Judge::new(subject.path, subject.bytes, sink);
    let Some(text) = judge.utf8() else { return };
    match subject.format {
        Format::Rss | Format::Atom => {
            if quick_check::xml(text) == quick_check::QuickCheck::Unclear {
                xml::read(text, &mut judge, &mut ());
            }
        }
        Format::Json => json::verify(text, &mut judge),
        Format::Opml => {
            xml::read(text, &mut judge, &mut ());
        }
        // Written through types that escape; an outside checker reads samples in the gate.
        Format::Page => {}
    }
}

/// Every rule: for `check` and for tests.
pub fn document(subject: Subject<'_>, sink: &mut dyn Sink) {
    let mut judge = Judge::new(subject.path, subject.bytes, sink);
    let Some(text) = judge.utf8() else { return };
    match subject.format {
        Format::Json => json::document(text, subject.topic, &mut judge),
        Format::Rss | Format::Atom => {
            let Some(root) = tree::read(text, &mut judge) else { return };
            match subject.format {
                Format::Rss => rss::document(&root, subject.topic, &mut judge),
                _ => atom::document(&root, subject.topic, &mut judge),
            }
        }
        Format::Page | Format::Opml => verify(subject, sink),
    }
}
