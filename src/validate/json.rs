//! JSON Feed 1.1: the document and its head (jsonfeed.org/version/1.1).

use super::json_item;
use super::json_parts::{SOURCE, address, author, authors, language, missing, object, text, wrong};
use super::json_tree::{self, JsonKind, JsonNode};
use super::judge::{Judge, quoted_value};
use super::quick_check;
use super::urls;
use crate::diagnostic::Code;
use crate::model::{AbsUrl, first_forbidden};
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

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
