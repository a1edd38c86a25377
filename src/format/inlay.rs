//! The HTML of entries, laid into a document after the crates have written the rest.
//!
//! Nearly all of a feed is the HTML of its entries. Through the crates each of it would be copied, escaped, written and
//! rewritten; so they get a mark in its place, and the HTML is escaped once, straight into the finished document. The
//! mark is a character that no text of the model holds (`model::is_xml_char`); should one hold it all the same, the
//! document is written without marks. The result is what the crates write.

use super::markup::LONGEST_SECTION;
use memchr::{memchr3_iter, memmem};

/// A character that means nothing (Unicode section 23.7), for uses such as this.
const MARK: &str = "\u{FDD0}";

/// How HTML is written in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    /// As it is, in a CDATA section.
    Cdata,
    /// As XML text, escaped.
    Text,
    /// Inside a JSON string.
    Json,
}

/// The pieces of one document in their order.
#[derive(Default)]
pub(super) struct Inlay<'a> {
    pieces: Vec<(&'a str, Dress)>,
    off: bool,
}

/// Writes a document with marks, and without where marks cannot be told from its texts. The writer gives what the crates
/// wrote; what comes back is whole.
pub(super) fn laid<'a>(write: impl Fn(&mut Inlay<'a>) -> Option<String>) -> Option<String> {
    let mut inlay = Inlay::default();
    let written = write(&mut inlay)?;
    inlay.lay(&written).or_else(|| write(&mut Inlay { off: true, ..Inlay::default() }))
}

impl<'a> Inlay<'a> {
    /// What the crate is to write in place of a piece of HTML: a mark, or the piece itself where it is not plain.
    pub(super) fn mark(&mut self, html: &'a str, dress: Dress) -> &'a str {
        let plain = || html.len() < LONGEST_SECTION - 64 && memmem::find(html.as_bytes(), b"]]>").is_none();
        if self.off || (dress == Dress::Cdata && !plain()) {
            return html;
        }
        self.pieces.push((html, dress));
        MARK
    }

    /// The document with all pieces in their places. `None` when the marks are not those that were given out.
    fn lay(self, written: &str) -> Option<String> {
        let marks: Vec<usize> = memmem::find_iter(written.as_bytes(), MARK).collect();
        if marks.len() != self.pieces.len() {
            return None;
        }
        let size: usize = self.pieces.iter().map(|(html, dress)| size(html, *dress)).sum();
        let mut out = String::with_capacity(written.len() + size);
        let mut done = 0;
        for ((html, dress), at) in self.pieces.into_iter().zip(marks) {
            out.push_str(written.get(done..at)?);
            push(&mut out, html, dress);
            done = at + MARK.len();
        }
        out.push_str(written.get(done..)?);
        Some(out)
    }
}

/// Bytes that a piece takes, roughly, so that the document is allocated once.
const fn size(html: &str, dress: Dress) -> usize {
    html.len()
        + match dress {
            Dress::Cdata => 0,
            Dress::Text => html.len() / 10,
            Dress::Json => html.len() / 30,
        }
}

fn push(out: &mut String, html: &str, dress: Dress) {
    match dress {
        Dress::Cdata => out.push_str(html),
        Dress::Text => push_text(out, html),
        Dress::Json => push_json(out, html),
    }
}

fn push_text(out: &mut String, html: &str) {
    let mut done = 0;
    for at in memchr3_iter(b'<', b'>', b'&', html.as_bytes()) {
        out.push_str(html.get(done..at).unwrap_or_default());
        out.push_str(match html.as_bytes().get(at) {
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            _ => "&amp;",
        });
        done = at + 1;
    }
    out.push_str(html.get(done..).unwrap_or_default());
}

/// As serde writes it (RFC 8259 section 7).
fn push_json(out: &mut String, html: &str) {
    const BLOCK: usize = 32;
    let (blocks, tail) = html.as_bytes().as_chunks::<BLOCK>();
    let plain = |block: &[u8; BLOCK]| !block.iter().fold(false, |any, b| any | is_json_special(*b));
    let mut done = 0;
    let mut push_block = |block: &[u8], from: usize| {
        for (byte, at) in block.iter().zip(from..).filter(|(b, _)| is_json_special(**b)) {
            out.push_str(html.get(done..at).unwrap_or_default());
            push_json_escape(out, *byte);
            done = at + 1;
        }
    };
    for (block, n) in blocks.iter().zip(0..).filter(|(block, _)| !plain(block)) {
        push_block(block, n * BLOCK);
    }
    push_block(tail, blocks.len() * BLOCK);
    out.push_str(html.get(done..).unwrap_or_default());
}

fn push_json_escape(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x08 => out.push_str("\\b"),
        0x0C => out.push_str("\\f"),
        other => out.push_str(&format!("\\u{other:04x}")),
    }
}

const fn is_json_special(b: u8) -> bool {
    (b < 0x20) | (b == b'"') | (b == b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_their_order_and_dress() {
        let html = ["<p>жук &amp; \"Co\"</p>", "", "<i>\n"];
        let laid = laid(|inlay| {
            let marks = [Dress::Text, Dress::Cdata, Dress::Json].map(|dress| html.map(|html| inlay.mark(html, dress)));
            assert_eq!(inlay.mark("a]]>b", Dress::Cdata), "a]]>b");
            Some(marks.map(|marks| marks.join("|")).join("\n"))
        });
        let want = "&lt;p&gt;жук &amp;amp; \"Co\"&lt;/p&gt;||&lt;i&gt;\n\n<p>жук &amp; \"Co\"</p>||<i>\n\n\
                    <p>жук &amp; \\\"Co\\\"</p>||<i>\\n";
        assert_eq!(laid.as_deref(), Some(want));
    }

    #[test]
    fn a_text_that_holds_the_mark_is_written_without() {
        let laid = laid(|inlay| Some(format!("\u{FDD0}{}", inlay.mark("<p>", Dress::Text))));
        assert_eq!(laid.as_deref(), Some("\u{FDD0}<p>"));
    }

    #[test]
    fn json_is_escaped_as_serde_does() {
        let all: String = ('\0'..='\u{2030}').chain(['😀', '"', '\\']).collect();
        let mut out = String::from("\"");
        push_json(&mut out, &all);
        out.push('"');
        assert_eq!(out, serde_json::to_string(&all).unwrap());
    }
}
