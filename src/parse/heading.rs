//! The first level-one heading of a body, as text: for heads without a title, or with a title that is a slug.
//!
//! The Markdown parser finds it. Comment lines inside Liquid's and Hugo's highlight tags look like headings to the
//! parser and are skipped, and so are headings that the page does not display. Only a whole file is judged; for a
//! partial one, more is requested.

use super::Extent;
use crate::model::comments;
use crate::model::hidden::is_hidden;
use crate::model::html::{TagSide, tags};
use crate::model::{BodyRef, Engine, Located, Place, feed_char};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// What a body gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// The bytes end before this can be decided.
    Cut,
    /// The heading's text.
    Found(Located<String>),
    /// There is none.
    Absent,
}

/// The longest text of a heading that is taken for one, in bytes.
const MAX_HEADING_BYTES: usize = 2000;

/// Template tags whose insides are code: how they open, and how they close.
const CODE_TAGS: [(&str, &str); 4] = [
    ("{% highlight", "{% endhighlight"),
    ("{% raw", "{% endraw"),
    ("{{< highlight", "{{< /highlight"),
    ("{% codeblock", "{% endcodeblock"),
];

/// Finds the first level-one heading that has a text, is displayed, and is not in a list or quotation.
pub(super) fn first(bytes: &[u8], extent: Extent, body: BodyRef, engine: Engine) -> Heading {
    if extent == Extent::Start {
        return Heading::Cut;
    }
    let start = usize::try_from(body.offset).unwrap_or(usize::MAX);
    let whole = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
    let text = without_comments(super::body(&whole, BodyRef { offset: 0, ..body }), engine);
    let code = code_ranges(&text);
    let mut search = Search::default();
    for (event, range) in Parser::new_ext(&text, OPTIONS).into_offset_iter() {
        let Some((heading, at)) = search.event(event, range) else { continue };
        let heading: String = heading.chars().filter_map(feed_char).collect();
        let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
        let before = code.partition_point(|(start, _)| *start <= at.start);
        let inside = before.checked_sub(1).and_then(|n| code.get(n)).is_some_and(|(_, end)| at.start < *end);
        if !inside && !heading.is_empty() && heading.len() <= MAX_HEADING_BYTES {
            return Heading::Found(Located::new(heading, place(&text, at, body.line)));
        }
    }
    Heading::Absent
}

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_HEADING_ATTRIBUTES);

/// The text with Obsidian's comments blanked, for the engines that the body is rendered so for.
fn without_comments(text: &str, engine: Engine) -> Cow<'_, str> {
    if !matches!(engine, Engine::None | Engine::Other) || !text.contains("%%") {
        return text.into();
    }
    let code = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| {
        matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))).then_some(range)
    });
    comments::blanked(text, &code.collect::<Vec<_>>()).into()
}

/// The search for a heading, event by event.
#[derive(Default)]
struct Search {
    /// A heading in progress.
    open: Option<(String, Range<usize>)>,
    /// How many lists and quotes are open.
    depth: u32,
    hidden: Option<Hidden>,
}

/// An element that the page does not display.
struct Hidden {
    /// The element's name, in lower case.
    name: String,
    /// Open elements of this name within it.
    nested: usize,
    /// Whether it ends with the paragraph that it began in.
    within: Within,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Paragraph,
    Blocks,
}

impl Search {
    /// The text and the place of a heading that ends here.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Option<(String, Range<usize>)> {
        if let Event::Start(tag) = &event
            && !matches!(tag, Tag::HtmlBlock | Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. })
        {
            // A block ends an open <p> (HTML, "Optional tags").
            self.hidden.take_if(|hidden| hidden.name == "p" && hidden.within == Within::Blocks);
        }
        match event {
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => self.depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => self.depth = self.depth.saturating_sub(1),
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if self.depth == 0 => {
                self.open = Some((String::new(), range));
            }
            Event::Text(part) | Event::Code(part) => self.push(&part),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::Html(html) => self.html(&html, Within::Blocks),
            Event::InlineHtml(html) => self.html(&html, Within::Paragraph),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => {
                self.hidden.take_if(|hidden| hidden.within == Within::Paragraph);
                return self.open.take();
            }
            _ => {}
        }
        None
    }

    fn push(&mut self, part: &str) {
        if let Some((heading, _)) = self.open.as_mut().filter(|_| self.hidden.is_none()) {
            heading.push_str(part);
        }
    }

    fn html(&mut self, html: &str, within: Within) {
        for tag in tags(html) {
            let name = tag.name.to_ascii_lowercase();
            match (&mut self.hidden, tag.side) {
                (Some(hidden), TagSide::Start) if hidden.name == name => hidden.nested += 1,
                (Some(hidden), TagSide::End) if hidden.name == name => match hidden.nested.checked_sub(1) {
                    Some(less) => hidden.nested = less,
                    None => self.hidden = None,
                },
                (None, TagSide::Start) if !tag.is_void() && (name == "template" || is_hidden(&tag.attributes())) => {
                    self.hidden = Some(Hidden { name, nested: 0, within });
                }
                _ => {}
            }
        }
    }
}

/// Whether a title may be a slug that someone put there: one word, no capitals, two hyphens or more.
pub fn may_be_slug(title: &str) -> bool {
    !title.contains(|c: char| c.is_whitespace() || c.is_uppercase()) && title.matches('-').count() >= 2
}

fn place(text: &str, at: Range<usize>, first_line: u32) -> Place {
    let breaks = text.get(..at.start).unwrap_or_default().lines().count();
    let source = text.get(at).unwrap_or_default().lines().next().unwrap_or_default().trim_end();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place::new(first_line.saturating_add(number(breaks)), 1, number(source.chars().count()))
}

/// Where the insides of code tags begin, in order, and how far anything begun so far reaches: one look tells whether a
/// place is inside, however many tags a hostile body has.
fn code_ranges(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    for (open, close) in CODE_TAGS {
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find(open)).map(|at| at + from) {
            let end = text.get(at..).and_then(|rest| rest.find(close)).map_or(text.len(), |length| at + length);
            ranges.push((at, end));
            from = end.max(at + open.len());
        }
    }
    ranges.sort_unstable();
    let mut farthest = 0;
    for (_, end) in &mut ranges {
        farthest = farthest.max(*end);
        *end = farthest;
    }
    ranges
}

#[cfg(test)]
mod tests;
