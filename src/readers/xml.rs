//! Items of RSS 2.0 and Atom 1.0, in one pass over the document. Elements are recognised by their namespace, not by
//! their prefix. A document that is not well-formed gives the items before the fault.

use super::items::{Item, ItemPart};
use super::prose;
use crate::model::html;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Every `item` and `entry`.
pub(super) fn items(bytes: &[u8]) -> Vec<Item> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut found, mut depth) = (Vec::new(), 0_usize);
    // The current item and its depth; the current text, the part it will become, and its depth.
    let mut item: Option<(usize, Item)> = None;
    let mut value: Option<(usize, ItemPart, &'static str, String)> = None;
    // The child of the item is an author of Atom, whose name is a child of it.
    let mut is_author = false;
    loop {
        match reader.read_resolved_event() {
            Ok((space, Event::Start(start))) => {
                depth += 1;
                let space = namespace(&space);
                let local = start.local_name();
                match &mut item {
                    None if matches!((space, local.as_ref()), ("", "item") | (ATOM, "entry")) => {
                        item = Some((depth, Item::default()));
                    }
                    Some((at, item)) if value.is_none() => {
                        let is_child = depth == *at + 1;
                        if is_child {
                            is_author = (space, local.as_ref()) == (ATOM, "author");
                        }
                        let is_name = is_author && depth == *at + 2 && local.as_ref() == "name";
                        let name = is_name.then_some((ItemPart::Author, "author"));
                        let text = name.or_else(|| begun(space, &start, is_child, item));
                        value = text.map(|(part, name)| (depth, part, name, String::new()));
                    }
                    _ => {}
                }
            }
            Ok((_, piece @ (Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)))) => {
                if let Some((.., text)) = &mut value {
                    push_piece(text, &piece);
                }
            }
            Ok((_, Event::End(_))) => {
                if let Some((_, part, name, value)) = value.take_if(|(at, ..)| *at == depth)
                    && let Some((_, item)) = &mut item
                {
                    item.offer(part, name, if part == ItemPart::Link { value.trim().to_owned() } else { value });
                }
                if let Some((_, mut done)) = item.take_if(|(at, _)| *at == depth) {
                    prose::images_of_body(&mut done);
                    found.push(done);
                }
                depth = depth.saturating_sub(1);
            }
            Ok((_, Event::Eof)) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn push_piece(text: &mut String, piece: &Event<'_>) {
    match piece {
        Event::Text(piece) => text.push_str(piece),
        Event::CData(piece) => text.push_str(piece),
        Event::GeneralRef(reference) => text.push_str(&html::decode(&format!("&{};", &**reference))),
        _ => {}
    }
}

/// Reads an element of an item by its attributes, or returns which part its text will become.
fn begun(space: &str, start: &BytesStart<'_>, is_child: bool, item: &mut Item) -> Option<(ItemPart, &'static str)> {
    let local = start.local_name();
    let text = textual(space, local.as_ref()).filter(|_| is_child);
    if text.is_none() && (is_child || space == MEDIA) {
        attributed(space, start, item);
    }
    text
}

fn namespace<'a>(space: &ResolveResult<'a>) -> &'a str {
    match space {
        ResolveResult::Bound(namespace) => namespace.0,
        _ => "",
    }
}

/// Parts that are an element's text.
fn textual(space: &str, local: &str) -> Option<(ItemPart, &'static str)> {
    Some(match (space, local) {
        ("" | ATOM, "title") => (ItemPart::Title, "title"),
        (DC, "title") => (ItemPart::DcTitle, "dc:title"),
        ("", "pubDate") => (ItemPart::Published, "pubDate"),
        (ATOM, "published") => (ItemPart::Published, "published"),
        (ATOM, "updated") => (ItemPart::Updated, "updated"),
        (DC, "date") => (ItemPart::DcDate, "dc:date"),
        (CONTENT, "encoded") => (ItemPart::Content, "content:encoded"),
        (ATOM, "content") => (ItemPart::Content, "content"),
        ("", "description") => (ItemPart::Summary, "description"),
        (ATOM, "summary") => (ItemPart::Summary, "summary"),
        ("", "source") => (ItemPart::Source, "source"),
        ("", "link") => (ItemPart::Link, "link"),
        (DC, "creator") => (ItemPart::Author, "dc:creator"),
        ("", "author") => (ItemPart::Author, "author"),
        _ => return None,
    })
}

/// Reads the parts that are written in attributes.
fn attributed(space: &str, start: &BytesStart<'_>, item: &mut Item) {
    let attribute = |name: &str| {
        let found = start.try_get_attribute(name).ok().flatten()?;
        Some(html::decode(&found.value))
    };
    let image = |kind: Option<String>| kind.is_some_and(|kind| kind.starts_with("image"));
    let (local, url) = (start.local_name(), attribute("url").unwrap_or_default());
    match (space, local.as_ref()) {
        ("", "enclosure") if image(attribute("type")) => item.offer(ItemPart::Enclosure, "enclosure", url),
        (MEDIA, "thumbnail") => item.offer(ItemPart::Thumbnail, "media:thumbnail", url),
        (MEDIA, "content") if image(attribute("medium").or_else(|| attribute("type"))) => {
            item.offer(ItemPart::MediaContent, "media:content", url);
        }
        (ATOM, "link") => {
            let href = attribute("href").unwrap_or_default();
            match attribute("rel").as_deref().unwrap_or("alternate") {
                "alternate" => item.offer(ItemPart::Link, "link", href),
                "enclosure" if image(attribute("type")) => item.offer(ItemPart::Enclosure, "link rel=enclosure", href),
                "via" => item.offer(ItemPart::Source, "link rel=via", href),
                _ => {}
            }
        }
        _ => {}
    }
}
