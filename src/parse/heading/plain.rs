//! The text of one heading, without its markup.

use crate::model::strip_forbidden;
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

/// The heading's text; empty when the source is no heading of level one after all.
pub(super) fn text(source: &str) -> String {
    // What a reference leads to stands elsewhere in the body; its text is here.
    let mut known = |link: BrokenLink<'_>| {
        let shown = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        shown.then(|| (CowStr::from(""), CowStr::from("")))
    };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut inside = false;
    let mut out = String::new();
    for event in Parser::new_with_broken_link_callback(source, options, Some(&mut known)) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => inside = true,
            Event::End(TagEnd::Heading(_)) => break,
            _ if !inside => {}
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    let (text, _) = strip_forbidden(&out);
    text.split(|c: char| c.is_ascii_whitespace()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}
