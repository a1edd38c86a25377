//! RSS 2.0: the document and its channel (rssboard.org/rss-specification, rssboard.org/rss-profile).

use super::elements::{self, KnownElement, Spot, number, required};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{extensions, people, plain, rss_item, rss_parts, urls};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, Lang};
use std::collections::BTreeMap;

const SOURCE: &str = "RSS 2.0, channel elements";
const CHANNEL: &[KnownElement] = &[
    KnownElement::once("title"),
    KnownElement::once("link"),
    KnownElement::once("description"),
    KnownElement::once("language"),
    KnownElement::once("copyright"),
    KnownElement::once("managingEditor"),
    KnownElement::once("webMaster"),
    KnownElement::once("pubDate"),
    KnownElement::once("lastBuildDate"),
    KnownElement::many("category").with(&["domain"]),
    KnownElement::once("generator"),
    KnownElement::once("docs"),
    KnownElement::once("cloud").with(&["domain", "port", "path", "registerProcedure", "protocol"]),
    KnownElement::once("ttl"),
    KnownElement::once("image").inner(),
    KnownElement::once("rating"),
    KnownElement::once("textInput").inner(),
    KnownElement::once("skipHours").inner(),
    KnownElement::once("skipDays").inner(),
    KnownElement::many("item").inner(),
];

/// A whole document.
pub(super) fn document(root: &XmlElement, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    const ROOT: &str = "RSS 2.0, What is RSS";
    if !root.is(Space::None, "rss") {
        let message = format!("the document begins with <{}>, not with <rss>", root.name);
        return judge.report(Code::UnknownElement, root.at, message, ROOT);
    }
    if let Some(version) = elements::required_attribute(root, "version", Code::MissingElement, ROOT, judge)
        && version != "2.0"
    {
        let message = format!("the version of RSS is {}, not `2.0`", quoted_value(version));
        judge.report(Code::BadFeedType, root.at, message, ROOT);
    }
    elements::children(root, Space::None, &[KnownElement::once("channel").inner()], ROOT, judge);
    match root.first(Space::None, "channel") {
        Some(channel) => self::channel(channel, topic, judge),
        None => judge.report(Code::MissingElement, root.at, "<rss> has no <channel>", ROOT),
    }
}

fn channel(channel: &XmlElement, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    elements::children(channel, Space::None, CHANNEL, SOURCE, judge);
    for name in ["title", "link", "description"] {
        required(channel, Space::None, name, "RSS 2.0, required channel elements", judge);
    }
    for child in &channel.children {
        if child.space == Space::None {
            part(child, channel, judge);
        }
    }
    links(channel, topic, judge);
    order(channel, judge);
    rss_parts::strange_attributes(channel, judge);
    extensions::feed(channel, judge);
    let mut ids = BTreeMap::new();
    for item in channel.all(Space::None, "item") {
        rss_item::item(item, channel, &mut ids, judge);
    }
}

fn part(child: &XmlElement, channel: &XmlElement, judge: &mut Judge<'_>) {
    let value = child.value();
    match child.local() {
        "title" | "description" | "copyright" => plain::rss(child, judge),
        "category" => rss_parts::category(child, judge),
        "link" | "docs" if !value.is_empty() => rss_parts::address(child, judge),
        "language" if Lang::new(value).is_none() || value.contains('_') => {
            let message = format!("<language> is {}, which is not a language tag", quoted_value(value));
            judge.report(Code::BadFeedLanguage, child.at, message, "RSS 2.0, language: ISO 639, then a region");
        }
        "pubDate" | "lastBuildDate" => rss_parts::date(child, judge),
        "managingEditor" | "webMaster" => people::contact(child, judge),
        "ttl" => number("<ttl>", value, 1, Spot(child.at, SOURCE), judge),
        "image" => rss_parts::image(child, channel, judge),
        "cloud" => rss_parts::cloud(child, judge),
        "skipHours" => rss_parts::skip_hours(child, judge),
        "skipDays" => rss_parts::skip_days(child, judge),
        "textInput" => {
            let message = "the channel contains <textInput>, which most readers ignore";
            judge.report(Code::Misplaced, child.at, message, "RSS profile, textInput");
        }
        _ => {}
    }
}

/// One `atom:link` names the feed itself.
fn links(channel: &XmlElement, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    let links: Vec<&XmlElement> = channel.all(Space::Atom, "link").collect();
    self_link(channel, &links, topic, "RSS profile, atom:link", judge);
    for link in links {
        let href = elements::required_attribute(link, "href", Code::MissingElement, "RFC 4287 section 4.2.7.1", judge);
        let own = link.attribute("rel") == Some("self");
        if let Some(Err(why)) = href.filter(|_| !own).map(urls::absolute) {
            let message = format!("<{}> {} {why}", link.name, quoted_value(href.unwrap_or_default()));
            judge.report(Code::BadFeedUrl, link.at, message, "RSS profile, atom:link");
        }
    }
}

/// The link by which a feed names its own address, which WebSub and readers that follow moves rely on.
pub(super) fn self_link(
    feed: &XmlElement,
    links: &[&XmlElement],
    topic: Option<&AbsUrl>,
    source: &str,
    judge: &mut Judge<'_>,
) {
    const TYPES: [&str; 3] = ["application/rss+xml", "application/atom+xml", "application/rdf+xml"];
    let mut own = links.iter().filter(|link| link.attribute("rel") == Some("self"));
    let Some(link) = own.next() else {
        let message = format!("<{}> has no link with rel=\"self\"", feed.name);
        return judge.report(Code::SelfLink, feed.at, message, source);
    };
    if let Some(second) = own.next() {
        judge.report(Code::SelfLink, second.at, "there is a second link with rel=\"self\"", source);
    }
    let href = link.attribute("href").unwrap_or_default();
    let message = match (urls::absolute(href), topic) {
        (Err(why), _) => format!("the self link {} {why}", quoted_value(href)),
        (Ok(()), Some(topic)) if topic.as_str() != href => {
            format!(
                "the self link is {}, and the document is served at {}",
                quoted_value(href),
                quoted_value(topic.as_str())
            )
        }
        _ if link.attribute("type").is_some_and(|t| !TYPES.contains(&t)) => {
            format!("the self link has the type {}", quoted_value(link.attribute("type").unwrap_or_default()))
        }
        _ => return,
    };
    judge.report(Code::SelfLink, link.at, message, source);
}

fn order(channel: &XmlElement, judge: &mut Judge<'_>) {
    let late = channel.children.iter().skip_while(|c| !c.is(Space::None, "item")).find(|c| !c.is(Space::None, "item"));
    if let Some(late) = late {
        let message = format!("<{}> comes after the first item", late.name);
        judge.report(Code::Misplaced, late.at, message, "RSS profile: items come last in the channel");
    }
}
