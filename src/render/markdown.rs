//! Markdown → HTML in one pass over the parser's events: CommonMark with GFM tables, strikethrough, footnotes and task
//! lists.
//!
//! URLs are absolute when they are written, headings get anchors, a first heading that repeats the title is left out.
//! Alignment (a style, which readers drop) is not written; task marks are characters, not form controls. The nesting depth is limited to what readers can handle.

use super::attributes::Surroundings;
use super::code_language;
use super::dead_link::DEAD_LINK;
use super::findings::BodyFindings;
use super::footnotes::Inside;
use super::raw::{Holds, Inline};
use super::writer::{BodyWriter, MAX_NESTING, Outer, RenderedBody, Table};
use crate::model::AbsUrl;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// What feedmill reads besides CommonMark.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Whether every reference of a body is defined where its author intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum References {
    /// In the body: `[a][b]` without a definition is text.
    Defined,
    /// Some stood in a file that a template includes: `[a][b]` without a definition is its text, `a`.
    Lost,
}

/// Renders a clean body of the article with this title, whose page is `base`.
pub fn render(
    text: &str,
    title: &str,
    base: &AbsUrl,
    references: References,
    findings: &mut BodyFindings<'_>,
) -> RenderedBody {
    let mut writer = BodyWriter::new(text, title, base, findings);
    let mut lost = |link: BrokenLink<'_>| match (references, link.link_type) {
        (References::Lost, LinkType::Reference | LinkType::Collapsed) => Some((DEAD_LINK.into(), CowStr::Borrowed(""))),
        _ => None,
    };
    let parser = Parser::new_with_broken_link_callback(text, OPTIONS, Some(&mut lost));
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, range.start);
    }
    writer.finish()
}

/// Renders a clean body that is HTML: one raw block; blank lines and indentation have no Markdown meaning.
pub fn render_html(text: &str, title: &str, base: &AbsUrl, findings: &mut BodyFindings<'_>) -> RenderedBody {
    let mut writer = BodyWriter::new(text, title, base, findings);
    for event in [Event::Start(Tag::HtmlBlock), Event::Html(text.into()), Event::End(TagEnd::HtmlBlock)] {
        writer.event(event, 0);
    }
    writer.finish()
}

impl BodyWriter<'_, '_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        if self.image.is_some() {
            return self.in_image(event);
        }
        self.findings.set_visibility(self.raw.visibility());
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(CowStr::Borrowed(text)) => self.text(text),
            Event::Text(text) => {
                let text = self.decoded(&text, at).into_owned();
                self.text(&text);
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
            Event::SoftBreak => {
                self.out.push('\n');
                self.heard(" ");
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.heard(" ");
            }
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
            Event::TaskListMarker(done) => self.out.push_str(if done { "☑ " } else { "☐ " }),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
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
            Tag::Item => {
                self.fresh_line();
                if self.containers <= MAX_NESTING {
                    self.out.push_str("<li>");
                }
                self.raw.enter(Holds::Flow);
            }
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
            TagEnd::Item => {
                self.raw.leave(&mut self.out);
                if self.containers <= MAX_NESTING {
                    self.out.push_str("</li>\n");
                }
            }
            TagEnd::CodeBlock => {
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
