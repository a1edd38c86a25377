//! Text as the dialect has it: bare links, typographic dashes, and what headings hear of them.

use super::dialect::{BareLinks, Formulas};
use super::escape;
use super::links::{self, LinkPurpose};
use super::writer::BodyWriter;
use crate::model::{MarkdownDialect, MarkdownFeature};
use std::ops::Range;

impl BodyWriter<'_, '_> {
    /// Sets the dialect; without it, a body is CommonMark.
    pub(super) fn read_as(&mut self, dialect: &MarkdownDialect, formulas: Formulas) {
        self.bare_links = BareLinks::new(self.source, dialect);
        self.formulas = formulas;
        self.breaks_lines = dialect.has(MarkdownFeature::LineBreaks);
        self.em_dashes = dialect.has(MarkdownFeature::EmDashes);
    }

    /// Text as written.
    pub(super) fn words(&mut self, text: &str, range: Range<usize>) {
        let mut at = self.bare_links.unwritten(&range);
        let linked = self.in_code || self.links.contains(&true) || self.raw.in_link();
        if !linked && text.len() == range.len() {
            while let Some(link) = self.bare_links.first_in(at..range.end) {
                self.text(text.get(at - range.start..link.start - range.start).unwrap_or_default());
                at = link.end;
                self.bare_link(link);
            }
        }
        self.text(text.get(at - range.start..).unwrap_or_default());
    }

    /// Text that the parser changed: a character reference, a typographic mark. An anchor is made of what was written.
    pub(super) fn decoded_words(&mut self, text: &str, range: Range<usize>) {
        let written = self.source.get(range).unwrap_or_default();
        let text = if self.em_dashes && written == "--" { "—" } else { text };
        let is_typographic = text != written && !written.starts_with('&');
        match &mut self.heading {
            Some(heading) if is_typographic && !self.raw.is_hiding() => {
                escape::text(&mut self.out, text);
                heading.text.push_str(written);
            }
            _ => self.text(text),
        }
    }

    fn bare_link(&mut self, link: Range<usize>) {
        let (text, address) = self.bare_links.write(link);
        match links::resolve(self.base, &address, LinkPurpose::Link) {
            Ok(url) => {
                self.out.push_str("<a href=\"");
                escape::attribute(&mut self.out, &url);
                self.out.push_str("\">");
                self.text(&text);
                self.out.push_str("</a>");
            }
            Err(_) => self.text(&text),
        }
    }
}
