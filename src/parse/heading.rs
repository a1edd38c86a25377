//! The first level-one heading of a body, as text: for heads without a title, or with one that is a slug.
//!
//! Markdown's own reader finds it. Comment lines inside Liquid's and Hugo's highlight tags look like headings to that
//! reader and are passed over. Only a whole file is judged: a cut one asks for more.

use super::Extent;
use crate::model::{BodyRef, Located, Place, is_xml_char};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a body gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    /// The bytes end before this can be told.
    Cut,
    /// Its text.
    Found(Located<String>),
    /// There is none.
    Absent,
}

/// The longest text of a heading that is taken for one, in bytes.
const LONGEST: usize = 2000;

/// Template tags whose insides are code: how they open, and how they close.
const CODE_TAGS: [(&str, &str); 4] = [
    ("{% highlight", "{% endhighlight"),
    ("{% raw", "{% endraw"),
    ("{{< highlight", "{{< /highlight"),
    ("{% codeblock", "{% endcodeblock"),
];

/// Finds the first heading of level one that has a text and stands in no list or quote.
pub(super) fn first(bytes: &[u8], extent: Extent, body: BodyRef) -> Heading {
    if extent == Extent::Start {
        return Heading::Cut;
    }
    let start = usize::try_from(body.offset).unwrap_or(usize::MAX);
    let whole = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
    let text = super::body(&whole, BodyRef { offset: 0, ..body });
    let code = code_ranges(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let (mut open, mut depth): (Option<(String, Range<usize>)>, u32) = (None, 0);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if depth == 0 => {
                open = Some((String::new(), range));
            }
            Event::Text(part) | Event::Code(part) => {
                if let Some((heading, _)) = open.as_mut() {
                    heading.push_str(&part);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((heading, _)) = open.as_mut() {
                    heading.push(' ');
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((heading, at)) = open.take() else { continue };
                let heading: String = heading.chars().filter(|c| is_xml_char(*c)).collect();
                let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
                let before = code.partition_point(|(start, _)| *start <= at.start);
                let inside = before.checked_sub(1).and_then(|n| code.get(n)).is_some_and(|(_, end)| at.start < *end);
                if !inside && !heading.is_empty() && heading.len() <= LONGEST {
                    return Heading::Found(Located::new(heading, place(text, at, body.line)));
                }
            }
            _ => {}
        }
    }
    Heading::Absent
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
