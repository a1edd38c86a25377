//! Which parts of a body are code, and which are raw HTML, as the Markdown parser reports them.
//!
//! Code is fenced and indented code, code spans, and raw HTML whose text is literal or executed (`<pre>`, `<code>`,
//! `<script>`, …). Leftovers are not searched for in code.

use crate::model::comments;
use crate::model::html::{HtmlToken, HtmlTokens, TagSide};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The parts of one body.
#[derive(Debug, Default)]
pub struct Zones {
    /// Ascending, none in another.
    pub code: Vec<(Range<usize>, CodeKind)>,
    /// Blocks of raw HTML, ascending.
    pub html: Vec<Range<usize>>,
    /// Comments of Obsidian, ascending, if they were searched for.
    pub comments: Vec<Range<usize>>,
    /// Whether `[[…]]` is a link and `==…==` a mark, as in Obsidian.
    pub wiki: bool,
}

/// What kind of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// A block between fences.
    Fenced,
    /// Indented by four columns. In a component of MDX it is none.
    Indented,
    /// In a line.
    Span,
    /// `<pre>` and its kin.
    Html,
}

impl Zones {
    /// The parts of a text, which is parsed with these options.
    pub fn new(text: &str, options: Options) -> Self {
        let mut zones = Self::default();
        let mut open: Option<Open> = None;
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let code = if kind == CodeBlockKind::Indented { CodeKind::Indented } else { CodeKind::Fenced };
                    zones.code.push((range, code));
                }
                Event::Code(_) => zones.code.push((range, CodeKind::Span)),
                Event::Start(Tag::HtmlBlock) => zones.html.push(range),
                Event::Html(_) | Event::InlineHtml(_) => {
                    for (at, token) in HtmlTokens::new(text.get(range.clone()).unwrap_or_default()) {
                        let HtmlToken::Tag(tag) = token else { continue };
                        match (&open, tag.side) {
                            (None, TagSide::Start) => open = Open::from_name(tag.name, range.start + at),
                            (Some(display_name), TagSide::End) if display_name.name.eq_ignore_ascii_case(tag.name) => {
                                let end = range.start + at + tag.text.len();
                                zones.code.push((display_name.from..end, CodeKind::Html));
                                open = None;
                            }
                            _ => {}
                        }
                    }
                }
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item) => {
                    open.take_if(|open| open.reach == Reach::Line);
                }
                _ => {}
            }
        }
        zones.code.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        zones.code.retain(|(range, _)| {
            let stays = range.end > end;
            end = end.max(range.end);
            stays
        });
        zones
    }

    /// Looks for comments of Obsidian outside the code of the text.
    pub fn find_comments(&mut self, text: &str) {
        let code: Vec<_> = self.code.iter().map(|(range, _)| range.clone()).collect();
        self.comments = comments::ranges(text, &code);
    }

    /// Where the code ends that holds this place.
    pub fn code_end(&self, at: usize) -> Option<usize> {
        let before = self.code.partition_point(|(range, _)| range.start <= at).checked_sub(1)?;
        self.code.get(before).filter(|(range, _)| at < range.end).map(|(range, _)| range.end)
    }

    /// Where the comment ends that begins here.
    pub fn comment_end(&self, at: usize) -> Option<usize> {
        let found = self.comments.binary_search_by_key(&at, |comment| comment.start).ok();
        found.and_then(|found| self.comments.get(found)).map(|comment| comment.end)
    }
}

struct Open {
    name: &'static str,
    from: usize,
    reach: Reach,
}

#[derive(PartialEq, Eq)]
enum Reach {
    Line,
    Blocks,
}

impl Open {
    fn from_name(name: &str, from: usize) -> Option<Self> {
        let known = |names: &[&'static str]| names.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
        match known(&["code", "kbd", "samp", "tt", "var"]) {
            Some(name) => Some(Self { name, from, reach: Reach::Line }),
            None => {
                known(&["pre", "script", "style", "textarea"]).map(|name| Self { name, from, reach: Reach::Blocks })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_of_every_kind_is_found() {
        let text =
            "a `b` <code>c</code>\n\n```\nd\n```\n\n    e\n\n<pre>f\n\ng</pre>\n\n> ~~~\n> h\n\n<div>\ni\n</div>\n";
        let zones = Zones::new(text, Options::ENABLE_TABLES);
        let found: Vec<_> = zones.code.iter().map(|(range, kind)| (text[range.clone()].trim(), *kind)).collect();
        assert_eq!(
            found,
            [
                ("`b`", CodeKind::Span),
                ("<code>c</code>", CodeKind::Html),
                ("```\nd\n```", CodeKind::Fenced),
                ("e", CodeKind::Indented),
                ("<pre>f\n\ng</pre>", CodeKind::Html),
                ("~~~\n> h", CodeKind::Fenced),
            ]
        );
        assert_eq!(zones.html.iter().map(|range| &text[range.clone()]).next_back(), Some("<div>\ni\n</div>\n"));
    }
}
