//! JSON Feed 1.1: the document and its head (jsonfeed.org/version/1.1).

use super::json_item;
use super::json_tree::{self, JsonKind, JsonNode};
use super::judge::{Judge, quoted_value};
use super::quick_check;
use super::{dates, urls};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, Lang, first_forbidden};
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

/// Where the rules come from.
pub(super) const SOURCE: &str = "JSON Feed 1.1";
const VERSION: &str = "https://jsonfeed.org/version/1.1";
const KEYS: &str = "version title home_page_url feed_url description user_comment next_url icon favicon author authors \
    language expired hubs items";

#[derive(serde::Deserialize)]
struct Outline {
    version: Option<String>,
    title: Option<String>,
    items: Option<Vec<IgnoredAny>>,
}

/// The quick look: a JSON object with version, title and items.
pub(super) fn verify(text: &str, judge: &mut Judge<'_>) {
    if let Some((at, c)) = first_forbidden(text) {
        let message = format!("the character U+{:04X} may not stand in a feed", c as u32);
        judge.report(Code::NotWellFormed, at, message, SOURCE);
    }
    let short = quick_check::without_strings(text);
    let read = |text: &str| serde_json::from_str::<Outline>(text);
    match short.as_deref().map(read).filter(Result::is_ok).unwrap_or_else(|| read(text)) {
        Err(e) => broken(text, &e, judge),
        Ok(outline) if outline.version.as_deref().is_some_and(|version| version != VERSION) => {
            judge.report(Code::BadFeedType, 0, "the version is not that of JSON Feed 1.1", SOURCE);
        }
        Ok(outline) => {
            let there = [outline.version.is_some(), outline.title.is_some(), outline.items.is_some()];
            for (name, _) in ["version", "title", "items"].iter().zip(there).filter(|(_, there)| !there) {
                judge.report(Code::MissingElement, 0, format!("the feed has no `{name}`"), SOURCE);
            }
        }
    }
}

/// Applies every rule to the document.
pub(super) fn document(text: &str, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    if let Err(e) = serde_json::from_str::<IgnoredAny>(text) {
        return broken(text, &e, judge);
    }
    let Some(root) = json_tree::read(text) else { return };
    let Some(pairs) = object(&root, "the document", KEYS, judge) else { return };
    match root.key("version").and_then(JsonNode::text) {
        Some(VERSION) => {}
        None => missing(&root, "the feed", "version", judge),
        Some(other) => {
            let message = format!("the version is {}, not `{VERSION}`", quoted_value(other));
            judge.report(Code::BadFeedType, root.at, message, SOURCE);
        }
    }
    for name in ["title", "home_page_url"] {
        if root.key(name).is_none() {
            missing(&root, "the feed", name, judge);
        }
    }
    for (key, value) in pairs {
        part(key, value, judge);
    }
    addresses(&root, topic, judge);
    match root.key("items").map(|items| (&items.kind, items.at)) {
        None => missing(&root, "the feed", "items", judge),
        Some((JsonKind::List(items), _)) => {
            let mut ids = BTreeMap::new();
            for item in items {
                json_item::item(item, &mut ids, judge);
            }
        }
        Some((_, at)) => wrong("items", "a list", at, judge),
    }
}

/// The pairs of an object; unknown and duplicate keys are reported.
pub(super) fn object<'v, 'a>(
    value: &'v JsonNode<'a>,
    what: &str,
    known: &str,
    judge: &mut Judge<'_>,
) -> Option<&'v [(std::borrow::Cow<'a, str>, JsonNode<'a>)]> {
    let JsonKind::Object(pairs) = &value.kind else {
        judge.report(Code::BadFeedType, value.at, format!("{what} is no object"), SOURCE);
        return None;
    };
    let mut seen = BTreeSet::new();
    for (key, value) in pairs {
        if !seen.insert(key.as_ref()) {
            let message = format!("{what} has the key {} twice", quoted_value(key));
            judge.report(Code::DuplicateElement, value.at, message, "RFC 8259 section 4");
        }
        let extension = key.starts_with('_');
        if extension && !matches!(value.kind, JsonKind::Object(_)) {
            wrong(key, "an object", value.at, judge);
        } else if !extension && !known.split_ascii_whitespace().any(|known| known == key) {
            let message = format!("{what} has a key {}, which JSON Feed does not know", quoted_value(key));
            judge.report(
                Code::UnknownElement,
                value.at,
                message,
                "JSON Feed 1.1, extensions: their keys begin with `_`",
            );
        }
    }
    Some(pairs)
}

/// A required key that is not there.
pub(super) fn missing(value: &JsonNode<'_>, what: &str, name: &str, judge: &mut Judge<'_>) {
    judge.report(Code::MissingElement, value.at, format!("{what} has no `{name}`"), SOURCE);
}

/// A value of the wrong type.
pub(super) fn wrong(name: &str, wanted: &str, at: usize, judge: &mut Judge<'_>) {
    judge.report(Code::BadFeedType, at, format!("{} is not {wanted}", quoted_value(name)), SOURCE);
}

/// The text of a key that must hold one.
pub(super) fn text<'v>(key: &str, value: &'v JsonNode<'_>, judge: &mut Judge<'_>) -> Option<&'v str> {
    if value.text().is_none() {
        wrong(key, "a string", value.at, judge);
    }
    value.text()
}

/// A key that holds an absolute address.
pub(super) fn address(key: &str, value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    if let Some(Err(why)) = text(key, value, judge).map(urls::absolute) {
        let message = format!("`{key}` {} {why}", quoted_value(value.text().unwrap_or_default()));
        judge.report(Code::BadFeedUrl, value.at, message, SOURCE);
    }
}

/// A key that holds a date.
pub(super) fn date(key: &str, value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    if let Some(Err(why)) = text(key, value, judge).map(dates::rfc3339) {
        let message = format!("`{key}` {} {why}", quoted_value(value.text().unwrap_or_default()));
        judge.report(Code::BadFeedDate, value.at, message, "JSON Feed 1.1: dates follow RFC 3339");
    }
}

/// A key that holds a language.
pub(super) fn language(value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    if let Some(lang) = text("language", value, judge).filter(|lang| Lang::new(lang).is_none()) {
        let message = format!("`language` is {}, which is not a language tag", quoted_value(lang));
        judge.report(Code::BadFeedLanguage, value.at, message, "JSON Feed 1.1: language follows RFC 5646");
    }
}

/// Checks `authors`: each object must have a value.
pub(super) fn authors(value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let JsonKind::List(people) = &value.kind else { return wrong("authors", "a list", value.at, judge) };
    for person in people {
        author(person, judge);
    }
}

/// Checks one author.
pub(super) fn author(person: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let Some(pairs) = object(person, "an author", "name url avatar", judge) else { return };
    if pairs.iter().all(|(_, value)| value.text().is_none_or(|text| text.trim().is_empty())) {
        judge.report(Code::BadPerson, person.at, "an author has neither name, url nor avatar", SOURCE);
    }
    for (key, value) in pairs {
        match key.as_ref() {
            "name" => _ = text(key, value, judge),
            "url" | "avatar" => address(key, value, judge),
            _ => {}
        }
    }
}

fn broken(text: &str, error: &serde_json::Error, judge: &mut Judge<'_>) {
    // serde_json counts lines from one and bytes of the line.
    let line = error.line().saturating_sub(1);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let message = match error.classify() {
        _ if text.starts_with('\u{feff}') => "there is a byte order mark before the JSON".to_owned(),
        _ => format!("the JSON cannot be read: {error}"),
    };
    judge.report(Code::NotWellFormed, start + error.column().saturating_sub(1), message, "RFC 8259; JSON Feed 1.1");
}

fn part(key: &str, value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    match key {
        "title" | "description" | "user_comment" => _ = text(key, value, judge),
        "home_page_url" | "next_url" | "icon" | "favicon" => address(key, value, judge),
        "language" => language(value, judge),
        "authors" => authors(value, judge),
        "author" => author(value, judge),
        "expired" if !matches!(value.kind, JsonKind::Literal("true" | "false")) => {
            wrong("expired", "true or false", value.at, judge);
        }
        "hubs" => hubs(value, judge),
        _ => {}
    }
}

fn hubs(value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let JsonKind::List(hubs) = &value.kind else { return wrong("hubs", "a list", value.at, judge) };
    for hub in hubs {
        let Some(pairs) = object(hub, "a hub", "type url", judge) else { continue };
        for name in ["type", "url"] {
            if hub.key(name).is_none() {
                missing(hub, "a hub", name, judge);
            }
        }
        for (key, value) in pairs {
            match key.as_ref() {
                "type" => _ = text(key, value, judge),
                "url" => address(key, value, judge),
                _ => {}
            }
        }
    }
}

/// The feed names its own address, and its next page is another.
fn addresses(root: &JsonNode<'_>, topic: Option<&AbsUrl>, judge: &mut Judge<'_>) {
    let Some(own) = root.key("feed_url") else {
        return judge.report(Code::SelfLink, root.at, "the feed has no `feed_url`", SOURCE);
    };
    let url = own.text().unwrap_or_default();
    let message = match (urls::absolute(url), topic) {
        (Err(why), _) => format!("`feed_url` {} {why}", quoted_value(url)),
        (_, Some(topic)) if topic.as_str() != url => {
            format!(
                "`feed_url` is {}, but the document is served at {}",
                quoted_value(url),
                quoted_value(topic.as_str())
            )
        }
        _ if root.key("next_url").and_then(JsonNode::text) == Some(url) => "`next_url` is the feed itself".to_owned(),
        _ => return,
    };
    judge.report(Code::SelfLink, own.at, message, SOURCE);
}
