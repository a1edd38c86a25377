//! What an element may contain: names, how often, which attributes. Each format has its own table.

use super::judge::{Judge, quoted_value};
use super::namespaces::Space;
use super::tree::XmlElement;
use crate::diagnostic::Code;
use std::collections::BTreeSet;

/// An element that a format knows.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownElement {
    name: &'static str,
    many: bool,
    attributes: &'static [&'static str],
    inner: bool,
}

impl KnownElement {
    /// Text, at most once.
    pub(super) const fn once(name: &'static str) -> Self {
        Self { name, many: false, attributes: &[], inner: false }
    }

    /// Text, any number of times.
    pub(super) const fn many(name: &'static str) -> Self {
        Self { name, many: true, attributes: &[], inner: false }
    }

    /// With these attributes.
    pub(super) const fn with(self, attributes: &'static [&'static str]) -> Self {
        Self { attributes, ..self }
    }

    /// Holding elements instead of text.
    pub(super) const fn inner(self) -> Self {
        Self { inner: true, ..self }
    }
}

/// Checks the children of an element that holds elements: all known, none too often, with known attributes.
pub(super) fn children(parent: &XmlElement, own: Space, known: &[KnownElement], source: &str, judge: &mut Judge<'_>) {
    if !parent.value().is_empty() {
        let message = format!("text stands in <{}>: {}", parent.name, quoted_value(parent.value()));
        judge.report(Code::UnknownElement, parent.at, message, source);
    }
    let mut seen = BTreeSet::new();
    for child in &parent.children {
        match (child.space, known.iter().find(|k| k.name == child.local())) {
            (Space::Unknown, _) => {
                let message = format!("<{}> is in a namespace that validators do not know", child.name);
                judge.report(Code::UnknownElement, child.at, message, "use a registered extension or none");
            }
            (space, Some(known)) if space == own => {
                if !seen.insert(known.name) && !known.many {
                    let message = format!("<{}> holds <{}> more than once", parent.name, child.name);
                    judge.report(Code::DuplicateElement, child.at, message, source);
                }
                element(child, *known, source, judge);
            }
            (space, None) if space == own || space == Space::None => {
                let message = format!("<{}> holds <{}>, which the format does not define", parent.name, child.name);
                judge.report(Code::UnknownElement, child.at, message, source);
            }
            _ => {}
        }
    }
}

/// The text of a required child; reported where there is none.
pub(super) fn required<'a>(
    parent: &'a XmlElement,
    space: Space,
    name: &str,
    source: &str,
    judge: &mut Judge<'_>,
) -> Option<&'a XmlElement> {
    let found = parent.first(space, name);
    if found.is_none_or(|child| child.value().is_empty() && child.children.is_empty()) {
        let (what, at) = match found {
            Some(child) => ("an empty", child.at),
            None => ("no", parent.at),
        };
        judge.report(Code::MissingElement, at, format!("<{}> has {what} <{name}>", parent.name), source);
        return None;
    }
    found
}

/// The value of a required attribute; reported under the code where it is missing or empty.
pub(super) fn required_attribute<'a>(
    element: &'a XmlElement,
    name: &str,
    code: Code,
    source: &str,
    judge: &mut Judge<'_>,
) -> Option<&'a str> {
    let found = element.attribute(name).filter(|value| !value.trim().is_empty());
    if found.is_none() {
        judge.report(code, element.at, format!("<{}> has no `{name}`", element.name), source);
    }
    found
}

/// Where in the document a value is, and the rule that it must keep.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a>(pub(super) usize, pub(super) &'a str);

/// A whole number, or a finding.
pub(super) fn number(what: &str, value: &str, least: u64, spot: Spot<'_>, judge: &mut Judge<'_>) {
    let whole = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    if !whole || value.parse().is_ok_and(|n: u64| n < least) {
        let message = format!("{what} is {}, no whole number from {least}", quoted_value(value));
        judge.report(Code::BadFeedType, spot.0, message, spot.1);
    }
}

/// A value of a closed list, or a finding.
pub(super) fn one_of(what: &str, value: &str, allowed: &[&str], spot: Spot<'_>, judge: &mut Judge<'_>) {
    if !allowed.contains(&value) {
        let message = format!("{what} is {}, none of {}", quoted_value(value), allowed.join(", "));
        judge.report(Code::BadFeedType, spot.0, message, spot.1);
    }
}

fn element(child: &XmlElement, known: KnownElement, source: &str, judge: &mut Judge<'_>) {
    let strange =
        child.attributes.iter().find(|a| a.space == Space::None && !known.attributes.contains(&a.name.as_str()));
    if let Some(attribute) = strange {
        let message = format!(
            "<{}> has an attribute {}, which the format does not define",
            child.name,
            quoted_value(&attribute.name)
        );
        judge.report(Code::UnknownElement, child.at, message, source);
    }
    if let Some(inner) = child.children.first().filter(|_| !known.inner) {
        let message = format!("<{}> contains text instead of an element <{}>", child.name, inner.name);
        judge.report(Code::UnknownElement, inner.at, message, source);
    }
}
