//! The HTML of entries, laid into a document after the crates have written the rest.
//!
//! Nearly all of a feed is the HTML of its entries. Through the crates each of it would be copied, escaped, written and
//! rewritten; so they get a mark in its place, and the HTML is escaped once, straight into the finished document. The
//! mark is a character that no text of the model can hold (`model::is_xml_char`). The result is what the crates write.

use crate::model::first_forbidden;
use memchr::{memchr_iter, memchr3_iter};

const MARK: char = '\u{1}';

/// How HTML is written in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dress {
    /// As it is, in a CDATA section.
    Cdata,
    /// As text, escaped.
    Text,
}

/// The pieces of one document in their order.
#[derive(Default)]
pub(super) struct Inlay<'a>(Vec<(&'a str, Dress)>);

impl<'a> Inlay<'a> {
    /// What the crate is to write in place of a piece of HTML: a mark, or the piece itself where it is not plain.
    pub(super) fn mark(&mut self, html: &'a str, dress: Dress) -> String {
        if first_forbidden(html).is_some() || (dress == Dress::Cdata && html.contains("]]>")) {
            return html.to_owned();
        }
        self.0.push((html, dress));
        MARK.into()
    }

    /// The document with all pieces in their places. `None` when the marks are not those that were given out.
    pub(super) fn lay(self, written: &str) -> Option<String> {
        if memchr_iter(MARK as u8, written.as_bytes()).count() != self.0.len() {
            return None;
        }
        let size: usize = self.0.iter().map(|(html, dress)| size(html, *dress)).sum();
        let mut out = String::with_capacity(written.len() + size + 64);
        let mut parts = written.split(MARK);
        out.push_str(parts.next()?);
        for ((html, dress), part) in self.0.into_iter().zip(parts) {
            push(&mut out, html, dress);
            out.push_str(part);
        }
        Some(out)
    }
}

/// Bytes that a piece takes, so that the document is allocated once.
fn size(html: &str, dress: Dress) -> usize {
    let escaped = || html.bytes().filter(|b| matches!(b, b'<' | b'>' | b'&')).count();
    html.len() + if dress == Dress::Text { 4 * escaped() } else { 0 }
}

/// Bytes of a CDATA section beyond which it goes on in another. Ruby's XML parser takes minutes for a section of a
/// megabyte with tags in it, and seconds for the same in parts; to every parser they are one text (XML 1.0 section 2.7).
const LONGEST_SECTION: usize = 32 << 10;

fn push(out: &mut String, mut html: &str, dress: Dress) {
    let mut done = 0;
    while dress == Dress::Cdata && html.len() > LONGEST_SECTION {
        let cut = (1..=LONGEST_SECTION).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(html.len());
        let (part, rest) = html.split_at_checked(cut).unwrap_or((html, ""));
        out.push_str(part);
        out.push_str("]]><![CDATA[");
        html = rest;
    }
    if dress == Dress::Text {
        for at in memchr3_iter(b'<', b'>', b'&', html.as_bytes()) {
            out.push_str(html.get(done..at).unwrap_or_default());
            out.push_str(match html.as_bytes().get(at) {
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                _ => "&amp;",
            });
            done = at + 1;
        }
    }
    out.push_str(html.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_their_order_and_dress() {
        let mut inlay = Inlay::default();
        let marks: Vec<String> = [("<p>жук &amp; Co</p>", Dress::Text), ("", Dress::Text), ("<i>", Dress::Cdata)]
            .map(|(html, dress)| inlay.mark(html, dress))
            .into();
        assert_eq!(inlay.mark("a]]>b", Dress::Cdata), "a]]>b");
        let laid = inlay.lay(&format!("1{}2{}3{}4", marks[0], marks[1], marks[2]));
        let want = "1&lt;p&gt;жук &amp;amp; Co&lt;/p&gt;23<i>4";
        assert_eq!(laid.as_deref(), Some(want));
    }

    #[test]
    fn a_long_section_goes_on_in_others() {
        let html = "<p>я]]</p>".repeat(20_000);
        let mut inlay = Inlay::default();
        let mark = inlay.mark(&html, Dress::Cdata);
        let laid = inlay.lay(&format!("<![CDATA[{mark}]]>")).unwrap();
        let sections: Vec<&str> = laid.split("]]><![CDATA[").collect();
        assert!(sections.len() > 6 && sections.iter().all(|s| s.len() <= LONGEST_SECTION + 12));
        assert_eq!(laid.replace("]]><![CDATA[", ""), format!("<![CDATA[{html}]]>"));
    }

    #[test]
    fn a_lost_or_foreign_mark_is_no_document() {
        let mut inlay = Inlay::default();
        inlay.mark("x", Dress::Text);
        assert_eq!(inlay.lay("none"), None);
        assert_eq!(Inlay::default().lay("\u{1}"), None);
    }
}
