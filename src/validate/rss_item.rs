//! RSS 2.0: the item (rssboard.org/rss-specification, rssboard.org/rss-profile), and what extensions must not double.

use super::elements::{self, KnownElement, Spot, number, required_attribute};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{extensions, html, people, plain, rss_parts, urls};
use crate::diagnostic::Code;
use std::collections::BTreeMap;

const SOURCE: &str = "RSS 2.0, elements of item";
const ITEM: &[KnownElement] = &[
    KnownElement::once("title"),
    KnownElement::once("link"),
    KnownElement::once("description"),
    KnownElement::once("author"),
    KnownElement::many("category").with(&["domain"]),
    KnownElement::once("comments"),
    KnownElement::once("enclosure").with(&["url", "length", "type"]),
    KnownElement::once("guid").with(&["isPermaLink"]),
    KnownElement::once("pubDate"),
    KnownElement::once("source").with(&["url"]),
];

/// Elements with the same meaning: an item may have only one of each pair.
const TWINS: &[(&str, (Space, &str))] = &[
    ("author", (Space::Dc, "creator")),
    ("category", (Space::Dc, "subject")),
    ("pubDate", (Space::Dc, "date")),
    ("pubDate", (Space::Atom, "published")),
    ("source", (Space::Dc, "source")),
    ("title", (Space::Atom, "title")),
    ("description", (Space::Atom, "content")),
    ("description", (Space::Atom, "summary")),
    ("description", (Space::Xhtml, "body")),
];

/// An item; the ids of those before it.
pub(super) fn item<'a>(
    item: &'a XmlElement,
    channel: &XmlElement,
    ids: &mut BTreeMap<&'a str, usize>,
    judge: &mut Judge<'_>,
) {
    elements::children(item, Space::None, ITEM, SOURCE, judge);
    let has = |name| item.first(Space::None, name).is_some_and(|e: &XmlElement| !e.value().is_empty());
    if !has("title") && !has("description") {
        judge.report(Code::NoFeedContent, item.at, "<item> has neither <title> nor <description>", SOURCE);
    }
    for child in &item.children {
        match child.space {
            Space::None => part(child, judge),
            Space::Content if child.local() == "encoded" => html::check(&child.text, child.at, judge),
            Space::Atom if child.local() == "source" => {
                let message = "<item> holds an Atom <source>; RSS has its own";
                judge.report(Code::UnknownElement, child.at, message, SOURCE);
            }
            Space::Slash if child.local() == "comments" => slash(child, channel, judge),
            _ => {}
        }
    }
    match item.first(Space::None, "guid") {
        Some(guid) => self::guid(guid, ids, judge),
        None => judge.report(Code::MissingElement, item.at, "<item> has no <guid>", "RSS profile, guid"),
    }
    duplicates(item, judge);
    order(item, judge);
    extensions::entry(item, judge);
}

fn part(child: &XmlElement, judge: &mut Judge<'_>) {
    match child.local() {
        "title" => plain::rss(child, judge),
        "description" => html::check(&child.text, child.at, judge),
        "category" => rss_parts::category(child, judge),
        "link" | "comments" => rss_parts::address(child, judge),
        "author" => people::contact(child, judge),
        "pubDate" => rss_parts::date(child, judge),
        "enclosure" => enclosure(child, judge),
        "source" => source(child, judge),
        _ => {}
    }
}

fn enclosure(enclosure: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, enclosure; RSS profile, enclosure";
    if let Some(Err(why)) = required_attribute(enclosure, "url", Code::BadEnclosure, SOURCE, judge).map(urls::enclosure)
    {
        let message = format!("the enclosure {} {why}", quoted_value(enclosure.attribute("url").unwrap_or_default()));
        judge.report(Code::BadEnclosure, enclosure.at, message, SOURCE);
    }
    if let Some(length) = required_attribute(enclosure, "length", Code::BadEnclosure, SOURCE, judge)
        && (!length.bytes().all(|b| b.is_ascii_digit()) || length.parse::<u64>().is_err())
    {
        let message = format!("the enclosure's length is {}, no whole number of bytes", quoted_value(length));
        judge.report(Code::BadEnclosure, enclosure.at, message, "RSS profile, enclosure: an unknown length is `0`");
    }
    if let Some(kind) = required_attribute(enclosure, "type", Code::BadEnclosure, SOURCE, judge)
        && !urls::is_media_type(kind)
    {
        let message = format!("the enclosure's type is {}, no media type", quoted_value(kind));
        judge.report(Code::BadEnclosure, enclosure.at, message, SOURCE);
    }
}

fn source(source: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, source";
    plain::rss(source, judge);
    if let Some(Err(why)) = required_attribute(source, "url", Code::MissingElement, SOURCE, judge).map(urls::absolute) {
        let message = format!("the source {} {why}", quoted_value(source.attribute("url").unwrap_or_default()));
        judge.report(Code::BadFeedUrl, source.at, message, SOURCE);
    }
}

fn guid<'a>(guid: &'a XmlElement, ids: &mut BTreeMap<&'a str, usize>, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, guid; RSS profile, guid";
    let value = guid.value();
    let permalink = match guid.attribute("isPermaLink") {
        None | Some("true") => true,
        Some("false") => false,
        Some(other) => {
            let message = format!("isPermaLink is {}, neither `true` nor `false`", quoted_value(other));
            return judge.report(Code::BadFeedType, guid.at, message, SOURCE);
        }
    };
    let message = match urls::web(value) {
        _ if value.is_empty() => return judge.report(Code::MissingElement, guid.at, "<guid> is empty", SOURCE),
        Err(why) if permalink => format!("the guid {} is called a permalink and {why}", quoted_value(value)),
        _ if !permalink && value.len() < 9 && value.bytes().all(|b| b.is_ascii_digit()) => {
            format!("the guid {} is a short number, which other feeds use as well", quoted_value(value))
        }
        _ => String::new(),
    };
    if !message.is_empty() {
        judge.report(Code::BadFeedId, guid.at, message, SOURCE);
    }
    if ids.insert(value, guid.at).is_some() {
        let message = format!("a second item has the guid {}", quoted_value(value));
        judge.report(Code::DuplicateEntryId, guid.at, message, SOURCE);
    }
}

fn slash(comments: &XmlElement, channel: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS profile, slash:comments";
    number("<slash:comments>", comments.value(), 0, Spot(comments.at, SOURCE), judge);
    if channel.first(Space::None, "lastBuildDate").is_none() {
        judge.report(
            Code::MissingElement,
            comments.at,
            "<slash:comments> is used in a channel without <lastBuildDate>",
            SOURCE,
        );
    }
}

fn duplicates(item: &XmlElement, judge: &mut Judge<'_>) {
    for (own, (space, other)) in TWINS {
        let Some(twin) = item.first(*space, other).filter(|_| item.first(Space::None, own).is_some()) else { continue };
        let message = format!("<{}> repeats <{own}>", twin.name);
        judge.report(Code::DuplicateElement, twin.at, message, "RSS profile: use one element for each value");
    }
    for (space, name) in [(Space::Content, "encoded"), (Space::Slash, "comments"), (Space::Wfw, "commentRss")] {
        if let Some(second) = item.all(space, name).nth(1) {
            let message = format!("<item> holds <{}> more than once", second.name);
            judge.report(Code::DuplicateElement, second.at, message, SOURCE);
        }
    }
}

fn order(item: &XmlElement, judge: &mut Judge<'_>) {
    let at = |space, name| item.children.iter().position(|child| child.is(space, name));
    if let (Some(content), Some(description)) = (at(Space::Content, "encoded"), at(Space::None, "description"))
        && content < description
    {
        let message = "<content:encoded> comes before <description>";
        judge.report(Code::Misplaced, item.at, message, "RSS profile, content:encoded: the description comes first");
    }
}
