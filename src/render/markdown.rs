//! Markdown → HTML in one pass over the parser's events: CommonMark with what the site's dialect has besides.
//!
//! URLs are absolute when they are written, headings get anchors, a first heading that repeats the title is left out.
//! Alignment (a style, which readers drop) is not written; task marks are characters, not form controls. The nesting depth is limited to what readers can handle.

use super::attributes::Surroundings;
use super::code_language;
use super::dead_link::DEAD_LINK;
use super::dialect::{self, Formulas};
use super::findings::BodyFindings;
use super::footnotes::Inside;
use super::leftovers::References;
use super::raw::{Holds, Inline};
use super::writer::{BodyWriter, Outer, RenderedBody, Table};
use crate::model::{AbsUrl, MarkdownDialect};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;

/// How a body is read.
#[derive(Debug)]
pub struct MarkdownReading<'a> {
    /// The article's title.
    pub title: &'a str,
    /// The article's page.
    pub base: &'a AbsUrl,
    /// Which constructs its Markdown has.
    pub dialect: &'static MarkdownDialect,
    /// Formulas that were masked.
    pub formulas: Formulas,
    /// Whether every reference is defined.
    pub references: References,
}

/// Renders a clean body.
pub fn render(text: &str, reading: MarkdownReading<'_>, findings: &mut BodyFindings<'_>) -> RenderedBody {
    let MarkdownReading { title, base, dialect, formulas, references } = reading;
    let mut writer = BodyWriter::new(text, title, base, findings);
    writer.read_as(dialect, formulas);
    let mut lost = |link: BrokenLink<'_>| match (references, link.link_type) {
        (References::Lost, LinkType::Reference | LinkType::Collapsed) => Some((DEAD_LINK.into(), CowStr::Borrowed(""))),
        _ => None,
    };
    let parser = Parser::new_with_broken_link_callback(text, dialect::options(dialect), Some(&mut lost));
    for (event, range) in parser.into_offset_iter() {
        let event = writer.formulas.restored(event);
        writer.event(event, range);
    }
    writer.finish()
}

/// Renders a clean body that is HTML: one raw block; blank lines and indentation have no Markdown meaning.
pub fn render_html(text: &str, title: &str, base: &AbsUrl, findings: &mut BodyFindings<'_>) -> RenderedBody {
    let mut writer = BodyWriter::new(text, title, base, findings);
    for event in [Event::Start(Tag::HtmlBlock), Event::Html(text.into()), Event::End(TagEnd::HtmlBlock)] {
        writer.event(event, 0..0);
    }
    writer.finish()
}

impl BodyWriter<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image.is_some() {
            return self.in_image(event);
        }
        self.findings.set_visibility(self.raw.visibility());
        let at = range.start;
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if self.bare_links.covers_start(&range) => {}
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
                if self.bare_links.covers_end(&range) => {}
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(CowStr::Borrowed(text)) => self.words(text, range),
            Event::Text(_) if self.bare_links.unwritten(&range) > at => {}
            Event::Text(text) => {
                let text = self.decoded(&text, at).into_owned();
                self.decoded_words(&text, range);
            }
            Event::Code(code) => {
                self.out.push_str("<code>");
                self.text(&code);
                self.out.push_str("</code>");
            }
            Event::Html(html) => {
                self.block.lines.push((self.block.html.len(), at));
                self.block.html.push_str(&html);
            }
            Event::InlineHtml(html) => {
                let around = &mut Surroundings { base: self.base, findings: self.findings };
                if self.raw.inline(&html, at, &mut self.out, around) == Inline::Text {
                    self.text(&html);
                }
            }
            Event::SoftBreak if self.breaks_lines => self.line_break(),
            Event::SoftBreak => {
                self.out.push('\n');
                self.heard(" ");
            }
            Event::HardBreak => self.line_break(),
            Event::Rule => {
                self.begin_block();
                self.out.push_str("<hr>\n");
            }
            Event::FootnoteReference(_) if self.raw.is_hiding() => {}
            Event::FootnoteReference(label) => {
                let linked = self.links.contains(&true) || self.raw.in_link();
                let inside = if linked { Inside::Link } else { Inside::Text };
                self.footnotes.mention(&mut self.out, &label, self.page, inside);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(done) => self.out.push_str(if done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => {
                self.begin_block();
                self.out.push_str("<p>");
                self.raw.enter(Holds::Phrasing);
                if self.outer.is_empty() {
                    self.excerpt.begin(self.level());
                }
            }
            Tag::Heading { level, .. } => self.start_heading(level, at),
            Tag::BlockQuote(_) => self.container("<blockquote>\n", Holds::Flow),
            Tag::List(Some(1)) => self.container("<ol>\n", Holds::Flow),
            // A start of ten digits or more is not an HTML integer (HTML, "Integers" reads 32 bits).
            Tag::List(Some(start)) => self.container(&format!("<ol start=\"{start}\">\n"), Holds::Flow),
            Tag::List(None) => self.container("<ul>\n", Holds::Flow),
            Tag::Item => self.part("<li>", Holds::Flow),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.fresh_line(),
            Tag::FootnoteDefinition(label) => {
                let hidden = self.raw.begin_note();
                self.outer.push(Outer { out: std::mem::take(&mut self.out), label: label.into_string(), hidden });
            }
            Tag::Table(_) => {
                self.begin_block();
                self.out.push_str("<table>\n");
                self.table = Table::Head;
            }
            Tag::TableHead => self.out.push_str("<thead>\n<tr>"),
            Tag::TableRow => {
                self.out.push_str(if self.table == Table::FirstRow { "<tbody>\n<tr>" } else { "<tr>" });
                self.table = Table::Rows;
            }
            Tag::TableCell => {
                self.out.push_str(if self.table == Table::Head { "<th>" } else { "<td>" });
                self.raw.enter(Holds::Flow);
            }
            Tag::DefinitionList => self.container("<dl>\n", Holds::Flow),
            Tag::DefinitionListTitle => self.part("<dt>", Holds::Phrasing),
            Tag::DefinitionListDefinition => self.part("<dd>", Holds::Flow),
            Tag::Emphasis => self.span("<em>"),
            Tag::Strong => self.span("<strong>"),
            Tag::Strikethrough => self.span("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, at),
            Tag::Image { dest_url, title, .. } => self.start_image(&dest_url, &title, at),
            _ => {}
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.begin_block();
        let language = match kind {
            CodeBlockKind::Fenced(info) => code_language::of_fence(info),
            CodeBlockKind::Indented => None,
        };
        match language {
            Some(language) => self.out.push_str(&format!("<pre><code class=\"language-{language}\">")),
            None => self.out.push_str("<pre><code>"),
        }
        self.raw.enter(Holds::Phrasing);
        self.in_code = true;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.raw.leave(&mut self.out);
                // Nothing is left of a paragraph that held a script only.
                match self.out.trim_end().strip_suffix("<p>").map(str::len) {
                    Some(before) => self.out.truncate(before),
                    None => self.out.push_str("</p>\n"),
                }
                self.excerpt.end(self.level());
            }
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => self.end_container("</blockquote>\n"),
            TagEnd::List(true) => self.end_container("</ol>\n"),
            TagEnd::List(false) => self.end_container("</ul>\n"),
            TagEnd::Item => self.end_part("</li>\n"),
            TagEnd::DefinitionList => self.end_container("</dl>\n"),
            TagEnd::DefinitionListTitle => self.end_part("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.end_part("</dd>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.raw.leave(&mut self.out);
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_raw_block(),
            TagEnd::FootnoteDefinition => {
                if let Some(Outer { out, label, hidden }) = self.outer.pop() {
                    self.raw.end_note(hidden, &mut self.out);
                    self.footnotes.define(label, std::mem::replace(&mut self.out, out));
                }
            }
            TagEnd::Table => {
                self.out.push_str(if self.table == Table::Rows { "</tbody>\n</table>\n" } else { "</table>\n" });
            }
            TagEnd::TableHead => {
                self.out.push_str("</tr>\n</thead>\n");
                self.table = Table::FirstRow;
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.raw.leave(&mut self.out);
                self.out.push_str(if self.table == Table::Head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.end_span("</em>"),
            TagEnd::Strong => self.end_span("</strong>"),
            TagEnd::Strikethrough => self.end_span("</del>"),
            TagEnd::Link => {
                self.raw.leave(&mut self.out);
                if self.links.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
            }
            _ => {}
        }
    }
}
