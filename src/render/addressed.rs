//! Headings, links and images of a body: the elements that have a URL or get an anchor.
//!
//! A link whose URL is refused keeps its text, an image its alternative text; both are reported.

use super::attributes;
use super::escape;
use super::heading;
use super::links::{self, LinkPurpose};
use super::raw::Holds;
use super::writer::{BodyWriter, OpenHeading, OpenImage};
use crate::diagnostic::Code;
use crate::model::strip_forbidden;
use pulldown_cmark::{Event, HeadingLevel, LinkType};
use std::borrow::Cow;

impl BodyWriter<'_, '_> {
    pub(super) fn start_heading(&mut self, level: HeadingLevel, at: usize) {
        self.begin_block();
        let start = self.out.len();
        self.out.push_str(tags(level).0);
        self.raw.enter(Holds::Phrasing);
        self.heading = Some(OpenHeading { at, start, content: self.out.len(), text: String::new() });
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        self.raw.leave(&mut self.out);
        let Some(mut heading) = self.heading.take() else { return };
        if self.raw.is_hiding() || self.out.get(heading.start..heading.content) != Some(tags(level).0) {
            // Its beginning is left out.
            self.out.push_str(tags(level).1);
            return;
        }
        let mut anchor = None;
        if let Cow::Owned(whole) = self.formulas.restore(&heading.text, str::to_owned) {
            heading.text = whole;
        }
        if let Some((text, written)) = heading::written_anchor(&heading.text) {
            let html = self.out.get(heading.content..).and_then(heading::written_anchor).map(|(html, _)| html.len());
            if let Some(length) = html {
                anchor = Some(written.to_owned());
                self.out.truncate(heading.content + length);
                heading.text = text.to_owned();
            }
        }
        let before = self.out.get(..heading.start).unwrap_or_default();
        let first = !self.title_met && self.outer.is_empty() && before.trim().is_empty();
        if level == HeadingLevel::H1 && first && heading::repeats(&heading.text, self.title) {
            self.title_met = true;
            self.out.truncate(heading.start);
            let message = || "the first heading repeats the title, so the feed leaves it out".to_owned();
            self.findings.report(
                Code::HeadingIsTitle,
                heading.at,
                message,
                "to silence this note, remove the heading from the body",
            );
            return;
        }
        let id = match anchor {
            Some(anchor) => Some(self.ids.unique(anchor)),
            None => self.ids.of_text(&heading.text),
        };
        if let Some(id) = id {
            self.out.insert_str(heading.content.saturating_sub(1), &[" id=\"", &id, "\""].concat());
        }
        self.out.push_str(tags(level).1);
    }

    pub(super) fn start_link(&mut self, kind: LinkType, url: &str, title: &str, at: usize) {
        let url = if kind == LinkType::Email { Cow::Owned(format!("mailto:{url}")) } else { Cow::Borrowed(url) };
        let nested = self.links.contains(&true) || self.raw.in_link();
        let written = match links::resolve(self.base, &url, LinkPurpose::Link) {
            Ok(_) if nested => false,
            Ok(url) => {
                self.out.push_str("<a href=\"");
                escape::attribute(&mut self.out, &url);
                self.titled(title);
                self.out.push_str("\">");
                true
            }
            Err(fault) => {
                attributes::report_link(self.findings, at, &fault, &url);
                false
            }
        };
        self.links.push(written);
        self.raw.enter(Holds::Phrasing);
    }

    pub(super) fn start_image(&mut self, url: &str, title: &str, at: usize) {
        let url = match links::resolve(self.base, url, LinkPurpose::Media) {
            _ if url.trim().is_empty() => {
                let message = || "an image has no URL; only its text is kept".to_owned();
                self.findings.report(Code::BadBodyUrl, at, message, "write the URL in the parentheses: `![text](URL)`");
                None
            }
            Ok(url) => Some(url.into_owned()),
            Err(fault) => {
                attributes::report_link(self.findings, at, &fault, url);
                None
            }
        };
        self.image = Some(OpenImage { url, title: title.to_owned(), alt: String::new(), nested: 0 });
    }

    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let Some(url) = image.url else { return self.text(&image.alt) };
        self.out.push_str("<img src=\"");
        escape::attribute(&mut self.out, &url);
        self.out.push_str("\" alt=\"");
        escape::attribute(&mut self.out, &image.alt);
        self.titled(&image.title);
        self.out.push_str("\">");
    }

    /// What an image holds is its alternative text.
    pub(super) fn in_image(&mut self, event: Event<'_>) {
        let Some(image) = self.image.as_mut() else { return };
        match event {
            Event::Start(_) => image.nested += 1,
            Event::End(_) => match image.nested.checked_sub(1) {
                Some(less) => image.nested = less,
                None => self.end_image(),
            },
            Event::Text(text) | Event::Code(text) => {
                image.alt.push_str(&strip_forbidden(&self.formulas.restore(&text, str::to_owned)).0);
            }
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            _ => {}
        }
    }
}

const fn tags(level: HeadingLevel) -> (&'static str, &'static str) {
    match level {
        HeadingLevel::H1 => ("<h1>", "</h1>\n"),
        HeadingLevel::H2 => ("<h2>", "</h2>\n"),
        HeadingLevel::H3 => ("<h3>", "</h3>\n"),
        HeadingLevel::H4 => ("<h4>", "</h4>\n"),
        HeadingLevel::H5 => ("<h5>", "</h5>\n"),
        HeadingLevel::H6 => ("<h6>", "</h6>\n"),
    }
}
