//! The URLs that a document gives for itself: its topic (`rel="self"`, `feed_url`) and its hubs (`rel="hub"`,
//! `hubs`).
//!
//! Reads only up to the first entry, and only what feedmill writes. A document with no own URL, or with two, has no
//! topic (WebSub section 4: exactly one self).

use crate::model::{AbsUrl, Format};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use serde::Deserialize;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A topic and the hubs that its document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advertised {
    /// The document's own URL.
    pub topic: AbsUrl,
    /// Its hubs, in their order.
    pub hubs: Vec<AbsUrl>,
}

/// Reads what the document at a path advertises. Where its name does not give the format, its bytes do.
pub fn advertised_at(path: &str, bytes: &[u8]) -> Option<Advertised> {
    match Format::of_path(path) {
        Some(format) => advertised(format, bytes),
        None => Format::ALL.into_iter().find_map(|format| advertised(format, bytes)),
    }
}

/// Reads what a document advertises.
fn advertised(format: Format, bytes: &[u8]) -> Option<Advertised> {
    let (selves, hubs) = match format {
        Format::Json => of_json(bytes)?,
        Format::Rss | Format::Atom => of_xml(std::str::from_utf8(bytes).ok()?)?,
        // Pages and the list of feeds are not topics.
        Format::Page | Format::Opml => return None,
    };
    let [topic] = selves.as_slice() else { return None };
    let topic = AbsUrl::parse(topic).ok()?;
    Some(Advertised { topic, hubs: hubs.iter().filter_map(|hub| AbsUrl::parse(hub).ok()).collect() })
}

type Links = (Vec<String>, Vec<String>);

fn of_xml(text: &str) -> Option<Links> {
    let mut reader = NsReader::from_str(text);
    let (mut selves, mut hubs) = (Vec::new(), Vec::new());
    loop {
        let (space, event) = reader.read_resolved_event().ok()?;
        let tag = match event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => return Some((selves, hubs)),
            _ => continue,
        };
        match tag.local_name().as_ref() {
            "item" | "entry" => return Some((selves, hubs)),
            "link" if space == ResolveResult::Bound(Namespace(ATOM)) => {}
            _ => continue,
        }
        let value = |name: &str| {
            let attribute = tag.try_get_attribute(name).ok()??;
            attribute.normalized_value(XmlVersion::Explicit1_0).ok().map(String::from)
        };
        let (Some(rel), Some(href)) = (value("rel"), value("href")) else { continue };
        match rel.as_str() {
            "self" => selves.push(href),
            "hub" => hubs.push(href),
            _ => {}
        }
    }
}

#[derive(Deserialize)]
struct Json {
    feed_url: Option<String>,
    #[serde(default)]
    hubs: Vec<JsonHub>,
}

#[derive(Deserialize)]
struct JsonHub {
    #[serde(rename = "type")]
    kind: String,
    url: String,
}

fn of_json(bytes: &[u8]) -> Option<Links> {
    let feed: Json = serde_json::from_slice(bytes).ok()?;
    let hubs = feed.hubs.into_iter().filter(|hub| hub.kind.eq_ignore_ascii_case("WebSub")).map(|hub| hub.url);
    Some((feed.feed_url.into_iter().collect(), hubs.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::document;
    use crate::format::sample::{entries, feed};
    use crate::model::ContentMode;

    #[test]
    fn every_format_says_where_it_lives_and_who_its_hubs_are() {
        let feed = feed("tag/a", "tags/a/", ContentMode::Both, entries());
        for format in Format::ALL {
            let document = document(&feed, format).unwrap();
            let read = advertised(format, &document.bytes).unwrap();
            assert_eq!((read.topic, read.hubs), (document.topic, feed.hubs.clone()), "{format:?}");
        }
    }

    #[test]
    fn what_does_not_say_it_once_has_no_topic() {
        let atom = |links: &str| format!("<feed xmlns='http://www.w3.org/2005/Atom'>{links}<entry/></feed>");
        let link = "<link rel='self' href='https://e.org/atom.xml?a=1&amp;b=2'/>";
        let one = advertised(Format::Atom, atom(link).as_bytes()).unwrap();
        assert_eq!(one.topic.as_str(), "https://e.org/atom.xml?a=1&b=2");
        for text in [atom(""), atom(&link.repeat(2)), atom("<link rel='self' href='/a'/>"), "<feed".into(), "".into()] {
            assert_eq!(advertised(Format::Atom, text.as_bytes()), None, "{text}");
        }
        for text in ["{}", "[]", "", "{\"feed_url\": 1}", "{\"feed_url\": \"x\"}"] {
            assert_eq!(advertised(Format::Json, text.as_bytes()), None, "{text}");
        }
        assert_eq!(advertised(Format::Rss, b"\xff<rss/>"), None);
    }
}
