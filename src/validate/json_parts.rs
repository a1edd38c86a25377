//! JSON Feed 1.1: what the head and the items share: objects, texts, URLs, dates, languages and authors.

use super::json_tree::{JsonKind, JsonNode};
use super::judge::{Judge, quoted_value};
use super::{dates, urls};
use crate::diagnostic::Code;
use crate::model::Lang;
use std::collections::BTreeSet;

/// Where the rules come from.
pub(super) const SOURCE: &str = "JSON Feed 1.1";

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
