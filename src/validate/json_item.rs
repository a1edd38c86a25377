//! JSON Feed 1.1: the item (jsonfeed.org/version/1.1, items and attachments).

use super::json_parts::{self, SOURCE, missing, object, text, wrong};
use super::json_tree::{JsonKind, JsonNode};
use super::judge::{Judge, quoted_value};
use super::{html, urls};
use crate::diagnostic::Code;
use std::collections::BTreeMap;

const KEYS: &str = "id url external_url title content_html content_text summary image banner_image date_published \
    date_modified author authors tags language attachments";

/// An item; the ids of those before it.
pub(super) fn item<'v>(item: &'v JsonNode<'_>, ids: &mut BTreeMap<&'v str, usize>, judge: &mut Judge<'_>) {
    let Some(pairs) = object(item, "an item", KEYS, judge) else { return };
    match item.key("id").map(|id| (id.text(), id.at)) {
        None => missing(item, "an item", "id", judge),
        Some((None, at)) => wrong("id", "a string", at, judge),
        Some((Some(id), at)) if id.trim().is_empty() => {
            judge.report(Code::MissingElement, at, "an item's `id` is empty", SOURCE)
        }
        Some((Some(id), at)) => {
            if ids.insert(id, at).is_some() {
                let message = format!("a second item has the id {}", quoted_value(id));
                judge.report(Code::DuplicateEntryId, at, message, SOURCE);
            }
        }
    }
    let carried = ["content_html", "content_text"].iter().filter_map(|key| item.key(key));
    if carried.into_iter().all(|value| value.text().is_none_or(|text| text.trim().is_empty())) {
        judge.report(Code::NoFeedContent, item.at, "an item has neither `content_html` nor `content_text`", SOURCE);
    }
    for (key, value) in pairs {
        part(key, value, judge);
    }
}

fn part(key: &str, value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    match key {
        "title" | "summary" | "content_text" => _ = text(key, value, judge),
        "content_html" => {
            if let Some(content) = text(key, value, judge) {
                html::check(content, value.at, judge);
            }
        }
        "url" | "external_url" | "image" | "banner_image" => json_parts::address(key, value, judge),
        "date_published" | "date_modified" => json_parts::date(key, value, judge),
        "authors" => json_parts::authors(value, judge),
        "author" => json_parts::author(value, judge),
        "language" => json_parts::language(value, judge),
        "tags" => tags(value, judge),
        "attachments" => attachments(value, judge),
        _ => {}
    }
}

fn tags(value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let JsonKind::List(tags) = &value.kind else { return wrong("tags", "a list", value.at, judge) };
    if let Some(tag) = tags.iter().find(|tag| tag.text().is_none_or(|text| text.trim().is_empty())) {
        wrong("tags", "a list of strings", tag.at, judge);
    }
}

fn attachments(value: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let JsonKind::List(attachments) = &value.kind else { return wrong("attachments", "a list", value.at, judge) };
    for attachment in attachments {
        let known = "url mime_type title size_in_bytes duration_in_seconds";
        if object(attachment, "an attachment", known, judge).is_some() {
            self::attachment(attachment, judge);
        }
    }
}

fn attachment(attachment: &JsonNode<'_>, judge: &mut Judge<'_>) {
    let mut bad = |at, message: String| judge.report(Code::BadEnclosure, at, message, "JSON Feed 1.1, attachments");
    match attachment.key("url").map(|url| (url.text().map(urls::absolute), url.at)) {
        None => bad(attachment.at, "an attachment has no `url`".into()),
        Some((None, at)) => bad(at, "the `url` of an attachment is no string".into()),
        Some((Some(Err(why)), at)) => bad(at, format!("the `url` of an attachment {why}")),
        Some((Some(Ok(())), _)) => {}
    }
    match attachment.key("mime_type").map(|kind| (kind.text().is_some_and(urls::is_media_type), kind.at)) {
        None => bad(attachment.at, "an attachment has no `mime_type`".into()),
        Some((false, at)) => bad(at, "the `mime_type` of an attachment is no media type".into()),
        Some((true, _)) => {}
    }
    for name in ["size_in_bytes", "duration_in_seconds"] {
        let Some(number) = attachment.key(name) else { continue };
        if !matches!(number.kind, JsonKind::Literal(written) if written.parse::<f64>().is_ok_and(|n| n >= 0.0)) {
            bad(number.at, format!("`{name}` of an attachment is not a number"));
        }
    }
}
