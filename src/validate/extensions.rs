//! Extensions that RSS and Atom share: Media RSS 1.5.1, syndication, paging, threading, places.

use super::elements::{Spot, number, one_of};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{dates, html, plain, urls};
use crate::diagnostic::Code;

const MEDIA: &str = "Media RSS 1.5.1";

/// Extensions of a channel or an Atom feed.
pub(super) fn feed(feed: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 1.0 syndication module";
    const PERIODS: [&str; 5] = ["hourly", "daily", "weekly", "monthly", "yearly"];
    for child in feed.children.iter().filter(|child| child.space == Space::Syndication) {
        match child.local() {
            "updatePeriod" => one_of("<sy:updatePeriod>", child.value(), &PERIODS, Spot(child.at, SOURCE), judge),
            "updateFrequency" => number("<sy:updateFrequency>", child.value(), 1, Spot(child.at, SOURCE), judge),
            "updateBase" => w3c_date(child, judge),
            _ => {}
        }
    }
    shared(feed, judge);
}

/// Extensions of an item or an Atom entry.
pub(super) fn entry(entry: &XmlElement, judge: &mut Judge<'_>) {
    shared(entry, judge);
    for child in entry.children.iter().filter(|child| child.space == Space::Thread) {
        if child.local() == "in-reply-to" && child.attribute("ref").is_none() {
            judge.report(Code::MissingElement, child.at, "<thr:in-reply-to> has no `ref`", "RFC 4685 section 3");
        }
    }
    let picture = |e: &XmlElement| e.attribute("type").is_some_and(|t| t.starts_with("image/"));
    let enclosed = entry.all(Space::None, "enclosure").any(picture)
        || entry.all(Space::Atom, "link").any(|l| l.attribute("rel") == Some("enclosure") && picture(l));
    if let Some(itunes) = entry.children.iter().find(|child| child.space == Space::Itunes).filter(|_| enclosed) {
        let message = format!("<{}> is used with an image enclosure, which podcast apps refuse", itunes.name);
        judge.report(Code::Misplaced, itunes.at, message, "Apple podcast RSS: enclosures are audio, video or PDF");
    }
}

fn shared(parent: &XmlElement, judge: &mut Judge<'_>) {
    for child in &parent.children {
        match child.space {
            Space::Media => media(child, judge),
            Space::Dc if child.local() == "date" => w3c_date(child, judge),
            Space::Geo | Space::GeoRss => place(child, judge),
            _ => {}
        }
    }
}

fn media(element: &XmlElement, judge: &mut Judge<'_>) {
    match element.local() {
        "group" if element.all(Space::Media, "content").count() < 2 => {
            judge.report(Code::MissingElement, element.at, "<media:group> has fewer than two <media:content>", MEDIA);
        }
        "content" => content(element, judge),
        "thumbnail" => {
            address(element, judge);
            sizes(element, &["width", "height"], judge);
        }
        "title" | "description" | "text" => {
            if let Some(kind) = element.attribute("type") {
                one_of(
                    &format!("the type of <{}>", element.name),
                    kind,
                    &["plain", "html"],
                    Spot(element.at, MEDIA),
                    judge,
                );
            }
            match element.attribute("type") {
                Some("html") => html::check(&element.text, element.at, judge),
                _ => plain::atom(element, judge),
            }
        }
        "hash" => {
            let algorithm = element.attribute("algo").unwrap_or("md5");
            one_of("the algorithm of <media:hash>", algorithm, &["md5", "sha-1"], Spot(element.at, MEDIA), judge);
        }
        _ => {}
    }
    for child in element.children.iter().filter(|child| child.space == Space::Media) {
        media(child, judge);
    }
}

fn content(content: &XmlElement, judge: &mut Judge<'_>) {
    const MEDIA_KINDS: [&str; 5] = ["image", "audio", "video", "document", "executable"];
    if content.attribute("url").is_some() || content.first(Space::Media, "player").is_none() {
        address(content, judge);
    }
    if let Some(medium) = content.attribute("medium") {
        one_of("the medium of <media:content>", medium, &MEDIA_KINDS, Spot(content.at, MEDIA), judge);
    }
    if let Some(expression) = content.attribute("expression") {
        let known = ["sample", "full", "nonstop"];
        one_of("the expression of <media:content>", expression, &known, Spot(content.at, MEDIA), judge);
    }
    if let Some(kind) = content.attribute("type").filter(|kind| !urls::is_media_type(kind)) {
        let message = format!("the type of <media:content> is {}, no media type", quoted_value(kind));
        judge.report(Code::BadFeedType, content.at, message, MEDIA);
    }
    sizes(content, &["fileSize", "width", "height", "bitrate", "channels", "duration"], judge);
}

fn address(element: &XmlElement, judge: &mut Judge<'_>) {
    match element.attribute("url") {
        None => judge.report(Code::MissingElement, element.at, format!("<{}> has no `url`", element.name), MEDIA),
        Some(url) => {
            if let Err(why) = urls::absolute(url) {
                judge.report(
                    Code::BadFeedUrl,
                    element.at,
                    format!("<{}> {} {why}", element.name, quoted_value(url)),
                    MEDIA,
                );
            }
        }
    }
}

fn sizes(element: &XmlElement, names: &[&str], judge: &mut Judge<'_>) {
    for name in names {
        if let Some(value) = element.attribute(name) {
            number(&format!("`{name}` of <{}>", element.name), value, 1, Spot(element.at, MEDIA), judge);
        }
    }
}

fn w3c_date(element: &XmlElement, judge: &mut Judge<'_>) {
    if let Err(why) = dates::w3cdtf(element.value()) {
        let message = format!("<{}> {} {why}", element.name, quoted_value(element.value()));
        judge.report(Code::BadFeedDate, element.at, message, "W3C NOTE-datetime");
    }
}

fn place(element: &XmlElement, judge: &mut Judge<'_>) {
    let degrees = |text: &str, most: f64| text.parse().is_ok_and(|n: f64| n.abs() <= most);
    let good = match element.local() {
        "lat" => degrees(element.value(), 90.0),
        "long" => degrees(element.value(), 180.0),
        "point" if element.space == Space::GeoRss => {
            let parts: Vec<&str> = element.value().split_whitespace().collect();
            matches!(parts.as_slice(), [lat, long] if degrees(lat, 90.0) && degrees(long, 180.0))
        }
        _ => true,
    };
    if !good {
        let message = format!("<{}> is {}, which is not a valid position", element.name, quoted_value(element.value()));
        judge.report(Code::BadFeedType, element.at, message, "GeoRSS simple; W3C basic geo");
    }
}
