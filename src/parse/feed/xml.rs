//! RSS, RDF, Atom and the export of WordPress, in one pass. Vocabularies are known by their namespace, and where a program forgot to
//! declare one, by the usual prefix.

use super::parts::{self, PREFIXES, Part, Vocabulary};
use super::{FeedFault, MAX_ENTRIES, MAX_TEXT_BYTES, SourceEntry, SourceFeed, UNRESOLVED, dates};
use crate::model::{Format, html};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{BTreeMap, HashMap};

/// Elements within each other that are read.
const MAX_DEPTH: usize = 512;

/// Bound prefixes that are remembered.
const MAX_PREFIXES: usize = 64;

/// Texts of an element's parts, each with its rank.
type Parts = BTreeMap<Part, (u8, String)>;

/// A feed or an entry while it is read.
#[derive(Default)]
struct Element {
    depth: usize,
    parts: Parts,
    /// The address of `rel="self"`.
    address: String,
    /// The address of `rel="next"`.
    next: String,
}

/// The text of an element while it is read.
struct Value {
    depth: usize,
    part: Part,
    rank: u8,
    text: String,
}

struct FeedReader {
    spaces: HashMap<String, Vocabulary>,
    depth: usize,
    root: Option<(Vocabulary, String)>,
    channel: Option<Element>,
    /// Whether the reader is within the channel, which holds the items except in RDF.
    in_channel: bool,
    item: Option<Element>,
    value: Option<Value>,
    is_export: bool,
    entries: Vec<SourceEntry>,
}

pub(super) fn read(text: &str) -> Result<SourceFeed, FeedFault> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.expand_empty_elements, config.allow_dangling_amp) = (true, true);
    let mut feed = FeedReader::new();
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(start)) => feed.start(&start)?,
            Ok(Event::Text(piece)) => feed.text(&piece),
            Ok(Event::CData(piece)) => feed.text(&piece),
            Ok(Event::GeneralRef(name)) => feed.text(&resolved(&name)),
            Ok(Event::End(_)) => feed.end(),
            Ok(Event::Eof) if feed.depth > 0 => {
                return Err(FeedFault::Xml { at, why: "it ends before its last element does".into() });
            }
            Ok(Event::Eof) => return feed.finished(),
            Ok(_) => {}
            Err(why) => return Err(FeedFault::Xml { at, why: why.to_string() }),
        }
        if feed.depth > MAX_DEPTH {
            return Err(FeedFault::Xml { at, why: format!("its elements are nested deeper than {MAX_DEPTH} levels") });
        }
    }
}

/// The character of a reference. Entities of a document type are not looked up: they become a mark that no id may hold.
fn resolved(name: &str) -> String {
    let written = format!("&{name};");
    let character = html::decode(&written);
    if character == written { UNRESOLVED.to_string() } else { character }
}

impl FeedReader {
    fn new() -> Self {
        Self {
            spaces: PREFIXES.iter().map(|(prefix, space)| ((*prefix).to_owned(), *space)).collect(),
            depth: 0,
            root: None,
            channel: None,
            in_channel: false,
            item: None,
            value: None,
            is_export: false,
            entries: Vec::new(),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), FeedFault> {
        self.depth += 1;
        self.declare(start);
        let name = start.name();
        let (prefix, local) = name.0.split_once(':').unwrap_or(("", name.0));
        let space = self.spaces.get(prefix).copied().unwrap_or(Vocabulary::Other);
        if self.root.is_none() {
            if local == "feed" && space == Vocabulary::Rss {
                self.spaces.insert(prefix.to_owned(), Vocabulary::Atom);
            }
            self.root = Some((space, local.to_owned()));
        }
        if let Some(value) = &mut self.value {
            value.text.push(' ');
            return Ok(());
        }
        match (space, local) {
            (Vocabulary::Rss, "item") | (Vocabulary::Atom, "entry") if self.item.is_none() => {
                if self.entries.len() >= MAX_ENTRIES {
                    return Err(FeedFault::TooMany);
                }
                let mut item = Element { depth: self.depth, ..Element::default() };
                if let Some(about) = self.attribute(start, Vocabulary::Rdf, "about") {
                    item.parts.insert(Part::Id, (2, about));
                }
                self.item = Some(item);
            }
            (Vocabulary::Rss, "channel") | (_, "feed") if self.channel.is_none() => {
                self.channel = Some(Element { depth: self.depth, ..Element::default() });
                self.in_channel = true;
            }
            _ => self.child(space, local, start),
        }
        Ok(())
    }

    /// Takes a child of the item or the feed: its attributes, or its text from here on.
    fn child(&mut self, space: Vocabulary, local: &str, start: &BytesStart<'_>) {
        self.is_export |= space == Vocabulary::WordPress && matches!(local, "wxr_version" | "post_type");
        let channel = self.channel.as_mut().filter(|_| self.in_channel);
        let Some(parent) = self.item.as_mut().or(channel).filter(|parent| parent.depth + 1 == self.depth) else {
            return;
        };
        if space == Vocabulary::Atom && local == "link" {
            link(parent, start);
        } else if space == Vocabulary::Atom && local == "category" {
            offer(&mut parent.parts, Part::Tag, 0, plain_attribute(start, "term").unwrap_or_default());
        } else if let Some((part, rank)) = parts::part(space, local) {
            self.value = Some(Value { depth: self.depth, part, rank, text: String::new() });
        }
    }

    /// Remembers the prefixes that an element binds to vocabularies of feeds.
    fn declare(&mut self, start: &BytesStart<'_>) {
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.0;
            let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
            let Some(prefix) = prefix else { continue };
            let space = parts::space(&attribute.value);
            // A vocabulary that is not one of feeds: its default namespace is left to what is within, its prefix is not ours.
            let space = space.or((!prefix.is_empty()).then_some(Vocabulary::Other));
            if let Some(space) = space.filter(|_| self.spaces.len() < MAX_PREFIXES) {
                self.spaces.insert(prefix.to_owned(), space);
            }
        }
    }

    fn attribute(&self, start: &BytesStart<'_>, space: Vocabulary, name: &str) -> Option<String> {
        let mut attributes = start.attributes();
        let mut found = attributes.with_checks(false).flatten().filter(|attribute| {
            let parts = attribute.key.0.split_once(':');
            parts.is_some_and(|(prefix, local)| local == name && self.spaces.get(prefix) == Some(&space))
        });
        found.next().map(|attribute| html::decode(&attribute.value).trim().to_owned())
    }

    fn text(&mut self, piece: &str) {
        if let Some(value) = self.value.as_mut().filter(|value| value.text.len() < MAX_TEXT_BYTES * 4) {
            value.text.push_str(piece);
        }
    }

    fn end(&mut self) {
        let depth = self.depth;
        if let Some(value) = self.value.take_if(|value| value.depth == depth) {
            let channel = self.channel.as_mut().filter(|_| self.in_channel);
            if let Some(parent) = self.item.as_mut().or(channel) {
                offer(&mut parent.parts, value.part, value.rank, value.text);
            }
        }
        if let Some(item) = self.item.take_if(|item| item.depth == depth) {
            self.entries.extend(entry(item.parts));
        }
        self.in_channel &= self.channel.as_ref().is_none_or(|channel| channel.depth != depth);
        self.depth = depth.saturating_sub(1);
    }

    fn finished(self) -> Result<SourceFeed, FeedFault> {
        let format = match &self.root {
            Some((Vocabulary::Rdf, _)) => Format::Rss,
            Some((_, name)) if name == "rss" || name == "RDF" => Format::Rss,
            Some((_, name)) if name == "feed" => Format::Atom,
            Some((_, name)) => {
                return Err(FeedFault::NotAFeed(format!(
                    "its first element is <{}>",
                    name.chars().take(40).collect::<String>()
                )));
            }
            None => return Err(FeedFault::NotAFeed("it has no element".into())),
        };
        let channel = self.channel.unwrap_or_default();
        let text = |part: Part| channel.parts.get(&part).map(|(_, text)| text.trim().to_owned()).unwrap_or_default();
        Ok(SourceFeed {
            format,
            is_export: self.is_export,
            generator: text(Part::Generator),
            home: text(Part::Link),
            address: channel.address,
            next: channel.next,
            entries: self.entries,
        })
    }
}

/// Takes the address of a link element of Atom.
fn link(parent: &mut Element, start: &BytesStart<'_>) {
    let attribute = |name: &str| plain_attribute(start, name);
    let href = attribute("href").unwrap_or_default();
    match attribute("rel").as_deref().unwrap_or("alternate") {
        "alternate" | "http://www.iana.org/assignments/relation/alternate" => {
            let is_page = attribute("type").is_none_or(|kind| kind.contains("html"));
            offer(&mut parent.parts, Part::Link, if is_page { 2 } else { 3 }, href);
        }
        "self" if parent.address.is_empty() => parent.address = href,
        "next" if parent.next.is_empty() => parent.next = href,
        _ => {}
    }
}

/// The value of an attribute without a prefix.
fn plain_attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.0 == name);
    found.map(|found| html::decode(&found.value).trim().to_owned())
}

/// Takes a text, unless one of a better rank is there, or one of the same rank before it. Of a part that an entry may have several
/// times, it is added as a line.
fn offer(parts: &mut Parts, part: Part, rank: u8, text: String) {
    if part.is_list() {
        let (_, lines) = parts.entry(part).or_default();
        if lines.len() < MAX_TEXT_BYTES {
            lines.extend([text.trim(), "\n"]);
        }
        return;
    }
    let is_better = parts.get(&part).is_none_or(|(known, _)| rank < *known);
    if is_better && !text.trim().is_empty() {
        parts.insert(part, (rank, text));
    }
}

/// The entry of these parts; `None` where it is not a published post.
fn entry(mut parts: Parts) -> Option<SourceEntry> {
    let mut text = |part: Part| parts.remove(&part).map(|(_, text)| text).unwrap_or_default();
    let (status, kind) = (text(Part::Status), text(Part::PostType));
    let is_post = matches!(kind.trim(), "" | "post") && matches!(status.trim(), "" | "publish");
    let entry = SourceEntry {
        id: text(Part::Id).trim().to_owned(),
        link: text(Part::Link).trim().to_owned(),
        title: text(Part::Title),
        published: dates::read(&text(Part::Published)),
        updated: dates::read(&text(Part::Updated)),
        text: text(Part::Text),
        authors: text(Part::Author),
        tags: text(Part::Tag),
        markup: 0,
    };
    is_post.then(|| entry.completed())
}
