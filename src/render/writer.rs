//! The HTML output of one body in progress: open elements, collected text, and the output so far.
//!
//! [`markdown`](super::markdown) and [`addressed`](super::addressed) write through it, event by event.

use super::attributes::Surroundings;
use super::dead_link;
use super::dialect::{BareLinks, Formulas};
use super::escape;
use super::excerpt::{self, Excerpt, ParagraphLevel};
use super::findings::BodyFindings;
use super::footnotes::Footnotes;
use super::heading::HeadingIds;
use super::raw::{Hidden, Holds, Raw, Visibility};
use super::sanitise;
use crate::diagnostic::Code;
use crate::model::{AbsUrl, strip_forbidden};
use std::borrow::Cow;

/// What a body becomes.
#[derive(Debug, Default)]
pub struct RenderedBody {
    /// Safe HTML, every URL absolute.
    pub html: String,
    /// Its first paragraph as plain text, neither cut nor collapsed.
    pub excerpt: Option<String>,
}

/// Quotations and lists, or spans, that are written into one another; deeper ones lose their tags.
pub(super) const MAX_NESTING: usize = 50;

pub(super) struct BodyWriter<'a, 'f> {
    pub(super) title: &'a str,
    pub(super) base: &'a AbsUrl,
    /// The page without an anchor.
    pub(super) page: &'a str,
    pub(super) findings: &'a mut BodyFindings<'f>,
    pub(super) out: String,
    /// What was written before a footnote began.
    pub(super) outer: Vec<Outer>,
    pub(super) raw: Raw,
    pub(super) block: RawBlock,
    pub(super) ids: HeadingIds,
    pub(super) footnotes: Footnotes,
    pub(super) excerpt: Excerpt,
    pub(super) heading: Option<OpenHeading>,
    pub(super) title_met: bool,
    pub(super) image: Option<OpenImage>,
    /// For each open link whether it was written.
    pub(super) links: Vec<bool>,
    pub(super) containers: usize,
    pub(super) spans: usize,
    pub(super) table: Table,
    /// The text as parsed.
    pub(super) source: &'a str,
    pub(super) bare_links: BareLinks<'a>,
    pub(super) formulas: Formulas,
    /// Whether a line end within a paragraph is a line break.
    pub(super) breaks_lines: bool,
    /// Whether `--` is an em dash.
    pub(super) em_dashes: bool,
    /// In a block of code.
    pub(super) in_code: bool,
}

/// The text around a footnote.
pub(super) struct Outer {
    pub(super) out: String,
    pub(super) label: String,
    pub(super) hidden: Option<Hidden>,
}

#[derive(Default)]
pub(super) struct RawBlock {
    pub(super) html: String,
    /// Byte in `html` → byte in the body, for each line.
    pub(super) lines: Vec<(usize, usize)>,
}

pub(super) struct OpenHeading {
    pub(super) at: usize,
    pub(super) start: usize,
    pub(super) content: usize,
    pub(super) text: String,
}

pub(super) struct OpenImage {
    pub(super) url: Option<String>,
    pub(super) title: String,
    pub(super) alt: String,
    pub(super) nested: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Table {
    #[default]
    Head,
    FirstRow,
    Rows,
}

impl<'a, 'f> BodyWriter<'a, 'f> {
    pub(super) fn new(text: &'a str, title: &'a str, base: &'a AbsUrl, findings: &'a mut BodyFindings<'f>) -> Self {
        Self {
            title,
            base,
            page: base.as_str().split('#').next().unwrap_or_default(),
            findings,
            out: String::with_capacity(text.len() + text.len() / 4 + 64),
            outer: Vec::new(),
            raw: Raw::default(),
            block: RawBlock::default(),
            ids: HeadingIds::default(),
            footnotes: Footnotes::default(),
            excerpt: Excerpt::default(),
            heading: None,
            title_met: false,
            image: None,
            links: Vec::new(),
            containers: 0,
            spans: 0,
            table: Table::Head,
            source: text,
            bare_links: BareLinks::default(),
            formulas: Formulas::default(),
            breaks_lines: false,
            em_dashes: false,
            in_code: false,
        }
    }

    pub(super) fn finish(mut self) -> RenderedBody {
        let unclosed = self.raw.finish(&mut self.out);
        self.findings.set_visibility(Visibility::Shown);
        for at in unclosed {
            let message = || "this hidden element is never closed, so the text after it was left out".to_owned();
            self.findings.report(Code::UnclosedHidden, at, message, "add its end tag where the hidden text ends");
        }
        self.footnotes.append(&mut self.out, self.page);
        self.out.truncate(self.out.trim_end().len());
        let excerpt = self.excerpt.take();
        let mut excerpt = excerpt.map(|text| self.formulas.restore(&text, str::to_owned).into_owned());
        if let Cow::Owned(whole) = self.formulas.restore(&self.out, escape::quoted) {
            self.out = whole;
        }
        if self.findings.may_have_dead_links() {
            self.out = dead_link::remove(&self.out);
            excerpt = excerpt.map(|text| dead_link::remove(&text));
        }
        let html = if self.raw.used() { sanitise::clean(&self.out) } else { self.out };
        let excerpt = excerpt.or_else(|| if self.raw.used() { excerpt::of_html(&html) } else { None });
        RenderedBody { html, excerpt }
    }

    pub(super) fn container(&mut self, tag: &str, holds: Holds) {
        self.begin_block();
        self.containers += 1;
        if self.containers <= MAX_NESTING {
            self.out.push_str(tag);
        }
        self.raw.enter(holds);
    }

    pub(super) fn end_container(&mut self, tag: &str) {
        self.raw.leave(&mut self.out);
        self.fresh_line();
        if self.containers <= MAX_NESTING {
            self.out.push_str(tag);
        }
        self.containers = self.containers.saturating_sub(1);
    }

    /// Begins an item of a list.
    pub(super) fn part(&mut self, tag: &str, holds: Holds) {
        self.fresh_line();
        if self.containers <= MAX_NESTING {
            self.out.push_str(tag);
        }
        self.raw.enter(holds);
    }

    pub(super) fn end_part(&mut self, tag: &str) {
        self.raw.leave(&mut self.out);
        if self.containers <= MAX_NESTING {
            self.out.push_str(tag);
        }
    }

    pub(super) fn line_break(&mut self) {
        self.out.push_str("<br>\n");
        self.heard(" ");
    }

    pub(super) fn span(&mut self, tag: &str) {
        self.spans += 1;
        if self.spans <= MAX_NESTING {
            self.out.push_str(tag);
        }
        self.raw.enter(Holds::Phrasing);
    }

    pub(super) fn end_span(&mut self, tag: &str) {
        self.raw.leave(&mut self.out);
        if self.spans <= MAX_NESTING {
            self.out.push_str(tag);
        }
        self.spans = self.spans.saturating_sub(1);
    }

    pub(super) fn end_raw_block(&mut self) {
        let RawBlock { html, lines } = std::mem::take(&mut self.block);
        let offset = |at: usize| {
            let line = lines.partition_point(|(from, _)| *from <= at).checked_sub(1).and_then(|line| lines.get(line));
            line.map_or(0, |(from, offset)| offset + (at - from))
        };
        let around = &mut Surroundings { base: self.base, findings: self.findings };
        self.raw.block(&html, offset, &mut self.out, around);
    }

    /// The quote before a title, and the title.
    pub(super) fn titled(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::attribute(&mut self.out, &strip_forbidden(title).0);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        escape::text(&mut self.out, text);
        self.heard(text);
    }

    /// Text for the excerpt and the anchor.
    pub(super) fn heard(&mut self, text: &str) {
        if self.raw.is_hiding() {
            return;
        }
        match &mut self.heading {
            Some(heading) => heading.text.push_str(text),
            None => self.excerpt.push(text),
        }
    }

    /// Text decoded from an entity may contain characters that are forbidden in a feed.
    pub(super) fn decoded<'t>(&mut self, text: &'t str, at: usize) -> Cow<'t, str> {
        let (clean, fault) = strip_forbidden(text);
        if fault.is_some() {
            let message =
                || "a character reference gives a character that is not allowed in feeds; it was removed".to_owned();
            self.findings.report(Code::ForbiddenBodyCharacter, at, message, "delete it from the file");
        }
        clean
    }

    pub(super) fn level(&self) -> ParagraphLevel {
        if self.containers == 0 && !self.raw.in_box() { ParagraphLevel::Top } else { ParagraphLevel::Nested }
    }

    pub(super) fn begin_block(&mut self) {
        self.raw.begin_block(&mut self.out);
        self.fresh_line();
    }

    pub(super) fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}
