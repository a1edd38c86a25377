//! RSS 2.0: the smaller elements of channel and item.

use super::elements::{self, KnownElement, Spot, number, required, required_attribute};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{dates, plain, urls};
use crate::diagnostic::Code;
use std::collections::BTreeSet;

/// The only value of `docs` that lets validators pass attributes of extensions.
const DOCS: &str = "http://www.rssboard.org/rss-specification";

/// A category: text that is not blank.
pub(super) fn category(category: &XmlElement, judge: &mut Judge<'_>) {
    if category.value().is_empty() {
        judge.report(Code::MissingElement, category.at, "<category> is empty", "RSS 2.0, category");
    }
    plain::rss(category, judge);
}

/// An element that holds an address.
pub(super) fn address(element: &XmlElement, judge: &mut Judge<'_>) {
    if let Err(why) = urls::absolute(element.value()) {
        let message = format!("<{}> {} {why}", element.name, quoted_value(element.value()));
        judge.report(
            Code::BadFeedUrl,
            element.at,
            message,
            "RSS 2.0: addresses are absolute URIs, percent-encoded (RFC 3986)",
        );
    }
}

/// The channel's image: GIF, JPEG or PNG, small, with the channel's title and link.
pub(super) fn image(image: &XmlElement, channel: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, image; RSS profile, image";
    const PARTS: &[KnownElement] = &[
        KnownElement::once("url"),
        KnownElement::once("title"),
        KnownElement::once("link"),
        KnownElement::once("width"),
        KnownElement::once("height"),
        KnownElement::once("description"),
    ];
    elements::children(image, Space::None, PARTS, SOURCE, judge);
    if let Some(url) = required(image, Space::None, "url", SOURCE, judge) {
        address(url, judge);
        let path = url.value().split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        if ![".gif", ".jpg", ".jpeg", ".png"].iter().any(|ending| path.ends_with(ending)) {
            let message = format!("the image {} is neither GIF, JPEG nor PNG", quoted_value(url.value()));
            judge.report(Code::BadChannelImage, url.at, message, SOURCE);
        }
    }
    for name in ["title", "link"] {
        let Some(own) = required(image, Space::None, name, SOURCE, judge) else { continue };
        if channel.first(Space::None, name).is_some_and(|other| other.value() != own.value()) {
            let message = format!("the image's <{name}> is {}, not the channel's", quoted_value(own.value()));
            judge.report(Code::BadChannelImage, own.at, message, SOURCE);
        }
    }
    for (name, most) in [("width", 144), ("height", 400)] {
        let Some(size) = image.first(Space::None, name) else { continue };
        if !size.value().parse().is_ok_and(|n: u32| (1..=most).contains(&n)) {
            let message = format!("the image's <{name}> is {}, not from 1 to {most}", quoted_value(size.value()));
            judge.report(Code::BadChannelImage, size.at, message, SOURCE);
        }
    }
}

/// Where to register for updates.
pub(super) fn cloud(cloud: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, cloud";
    for name in ["domain", "path", "registerProcedure", "protocol"] {
        required_attribute(cloud, name, Code::MissingElement, SOURCE, judge);
    }
    if let Some(port) = required_attribute(cloud, "port", Code::MissingElement, SOURCE, judge) {
        number("the port of <cloud>", port, 1, Spot(cloud.at, SOURCE), judge);
    }
}

/// Hours from 0 to 23, none twice.
pub(super) fn skip_hours(element: &XmlElement, judge: &mut Judge<'_>) {
    let hour = |value: &str| value.parse().is_ok_and(|n: u8| n < 24);
    skip(element, KnownElement::many("hour"), "an hour from 0 to 23", hour, judge);
}

/// English names of days, none twice.
pub(super) fn skip_days(element: &XmlElement, judge: &mut Judge<'_>) {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    skip(element, KnownElement::many("day"), "an English day", |value| DAYS.contains(&value), judge);
}

/// Attributes of extensions on RSS's own elements, which validators accept only with the right `docs`.
pub(super) fn strange_attributes(channel: &XmlElement, judge: &mut Judge<'_>) {
    if channel.first(Space::None, "docs").is_some_and(|docs| docs.value() == DOCS) {
        return;
    }
    let items = channel.all(Space::None, "item").flat_map(|item| item.children.iter());
    for element in channel.children.iter().chain(items).filter(|e| e.space == Space::None) {
        if let Some(attribute) = element.attributes.iter().find(|a| !matches!(a.space, Space::None | Space::Unbound)) {
            let message =
                format!("<{}> has an attribute {} of an extension", element.name, quoted_value(&attribute.name));
            judge.report(
                Code::UnknownElement,
                element.at,
                message,
                "RSS 2.0: extend with elements, or give <docs> exactly",
            );
        }
    }
}

fn skip(element: &XmlElement, known: KnownElement, what: &str, good: impl Fn(&str) -> bool, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RSS 2.0, skipHours and skipDays";
    elements::children(element, Space::None, &[known], SOURCE, judge);
    let mut seen = BTreeSet::new();
    for child in element.children.iter().filter(|child| child.space == Space::None) {
        if !good(child.value()) {
            let message = format!("<{}> is {}, not {what}", child.name, quoted_value(child.value()));
            judge.report(Code::BadFeedType, child.at, message, SOURCE);
        } else if !seen.insert(child.value()) {
            let message = format!("<{}> names {} twice", element.name, quoted_value(child.value()));
            judge.report(Code::DuplicateElement, child.at, message, SOURCE);
        }
    }
}

/// A date of RSS.
pub(super) fn date(element: &XmlElement, judge: &mut Judge<'_>) {
    if let Err(why) = dates::rfc822(element.value()) {
        let message = format!("<{}> {} {why}", element.name, quoted_value(element.value()));
        judge.report(
            Code::BadFeedDate,
            element.at,
            message,
            "RSS 2.0: dates follow RFC 822, with years of four digits",
        );
    }
}
