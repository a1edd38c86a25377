//! Atom 1.0: links and categories (RFC 4287 sections 4.2.2 and 4.2.7).

use super::elements::{Spot, number, required_attribute};
use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use super::{plain, urls};
use crate::diagnostic::Code;
use crate::model::Lang;
use std::collections::BTreeSet;

const LINKS: &str = "RFC 4287 section 4.2.7";

/// The attributes of a link; those of threading carry a prefix.
pub(super) const LINK: &[&str] = &["href", "rel", "type", "hreflang", "title", "length"];

/// Link relations that are registered and that readers of feeds know.
const RELATIONS: &str = "alternate self enclosure related via hub current first last next previous next-archive \
    prev-archive describedby edit edit-media license payment replies search service up";

/// Relations that belong to feeds alone (RFC 5005).
const OF_FEEDS: [&str; 7] = ["first", "last", "previous", "next", "current", "prev-archive", "next-archive"];

/// Checks a link.
pub(super) fn link(link: &XmlElement, judge: &mut Judge<'_>) {
    if !link.value().is_empty() {
        judge.report(Code::UnknownElement, link.at, "text stands in <link>", LINKS);
    }
    let relation = link.attribute("rel").unwrap_or("alternate");
    if relation.trim().is_empty()
        || !(RELATIONS.split_whitespace().any(|r| r == relation) || urls::has_scheme(relation))
    {
        let message = format!("the relation {} of a link is not registered", quoted_value(relation));
        judge.report(Code::BadFeedType, link.at, message, LINKS);
    }
    // A self link that is not absolute is reported once, as such.
    let href = required_attribute(link, "href", Code::MissingElement, LINKS, judge).filter(|_| relation != "self");
    if let Some(Err(why)) = href.map(urls::absolute) {
        let message = format!("the link {} {why}", quoted_value(href.unwrap_or_default()));
        judge.report(Code::BadFeedUrl, link.at, message, LINKS);
    }
    let enclosure = relation == "enclosure";
    let code = if enclosure { Code::BadEnclosure } else { Code::BadFeedType };
    if let Some(kind) = link.attribute("type").filter(|kind| relation != "self" && !urls::is_media_type(kind)) {
        judge.report(code, link.at, format!("the type of a link is {}, no media type", quoted_value(kind)), LINKS);
    }
    if let Some(length) = link.attribute("length")
        && (length.is_empty() || !length.bytes().all(|b| b.is_ascii_digit()))
    {
        judge.report(
            code,
            link.at,
            format!("the length of a link is {}, no whole number", quoted_value(length)),
            LINKS,
        );
    }
    if let Some(lang) = link.attribute("hreflang").filter(|lang| Lang::new(lang).is_none()) {
        judge.report(
            Code::BadFeedLanguage,
            link.at,
            format!("hreflang is {}, no language tag", quoted_value(lang)),
            LINKS,
        );
    }
    if let Some(title) = link.attributes.iter().find(|a| a.name == "title") {
        plain::attribute("the title of a link", title, link.at, judge);
    }
    if enclosure {
        for name in ["type", "length"] {
            if link.attribute(name).is_none() {
                let message = format!("an enclosure has no `{name}`");
                judge.report(Code::BadEnclosure, link.at, message, "readers show it before they download");
            }
        }
    }
    threads(link, judge);
}

/// Of links with rel=alternate, one for each type and language (RFC 4287 sections 4.1.1 and 4.1.2).
pub(super) fn alternates(parent: &XmlElement, judge: &mut Judge<'_>) {
    let mut seen = BTreeSet::new();
    let alternates =
        parent.all(Space::Atom, "link").filter(|l| l.attribute("rel").is_none_or(|rel| rel == "alternate"));
    for link in alternates {
        if !seen.insert((link.attribute("type"), link.attribute("hreflang"))) {
            let message = format!("<{}> has two alternate links of one type and language", parent.name);
            judge.report(Code::DuplicateElement, link.at, message, LINKS);
        }
    }
}

/// Relations of paging belong to feeds, not to entries.
pub(super) fn no_paging(entry: &XmlElement, judge: &mut Judge<'_>) {
    for link in entry.all(Space::Atom, "link") {
        if let Some(relation) = link.attribute("rel").filter(|rel| OF_FEEDS.contains(rel)) {
            let message = format!("an entry has a link with rel={}", quoted_value(relation));
            judge.report(Code::Misplaced, link.at, message, "RFC 5005: pages belong to feeds");
        }
    }
}

/// Checks a category.
pub(super) fn category(category: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RFC 4287 section 4.2.2";
    required_attribute(category, "term", Code::MissingElement, SOURCE, judge);
    if let Some(scheme) = category.attribute("scheme")
        && let Err(why) = urls::absolute(scheme)
    {
        judge.report(Code::BadFeedUrl, category.at, format!("the scheme {} {why}", quoted_value(scheme)), SOURCE);
    }
    if let Some(label) = category.attributes.iter().find(|a| a.name == "label") {
        plain::attribute("the label of a category", label, category.at, judge);
    }
}

/// `xml:lang` of an element.
pub(super) fn language(element: &XmlElement, judge: &mut Judge<'_>) {
    let lang = element.attributes.iter().find(|a| a.space == Space::Xml && a.name == "xml:lang");
    if let Some(lang) = lang.filter(|lang| !lang.value.is_empty() && Lang::new(&lang.value).is_none()) {
        let message = format!("xml:lang is {}, no language tag", quoted_value(&lang.value));
        judge.report(Code::BadFeedLanguage, element.at, message, "BCP 47; RFC 4287 section 2");
    }
}

fn threads(link: &XmlElement, judge: &mut Judge<'_>) {
    const SOURCE: &str = "RFC 4685 section 4";
    for attribute in link.attributes.iter().filter(|a| a.space == Space::Thread) {
        match attribute.name.split_once(':').map(|(_, name)| name) {
            Some("count") => number("thr:count", &attribute.value, 0, Spot(link.at, SOURCE), judge),
            Some("updated") => {
                if let Err(why) = super::dates::rfc3339(&attribute.value) {
                    let message = format!("thr:updated {} {why}", quoted_value(&attribute.value));
                    judge.report(Code::BadFeedDate, link.at, message, SOURCE);
                }
            }
            _ => {
                let message = format!("a link has {}, which RFC 4685 does not define", quoted_value(&attribute.name));
                judge.report(Code::UnknownElement, link.at, message, SOURCE);
            }
        }
    }
}
