//! Booleans: `draft`, `published`, `hidden`, `featured`. Strings are accepted too; null means unset.

use super::super::date;
use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, texts};
use crate::diagnostic::Code;

/// Reads `feature` and `featured`.
pub(super) fn featured(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> bool {
    keys.each(own.keys(Field::Featured)).any(|(name, node)| match read(node) {
        Flag::Is(value) => value,
        Flag::Unset => false,
        Flag::Unclear => {
            report.bad_field(name, node, "`true` or `false`");
            false
        }
    })
}

/// Whether the article says of itself that it is not to be seen. What is unclear keeps it back: a published draft
/// cannot be called back.
pub(super) fn draft(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> bool {
    let status = keys.each(Field::Status.keys()).find_map(|(_, node)| texts::written(node));
    let mut draft = status.is_some_and(|s| matches!(s.value.to_lowercase().as_str(), "draft" | "hidden" | "private"));
    for (name, node) in keys.each(own.keys(Field::Draft)) {
        let hides = name != "published";
        match read(node) {
            Flag::Is(value) => draft |= value == hides,
            Flag::Unset => {}
            // `published` may be the date.
            Flag::Unclear if name == "published" && is_date(node, own) => {}
            Flag::Unclear => {
                let found = texts::kind(node);
                let message =
                    format!("`{name}` is {found}, neither `true` nor `false`; the article is treated as a draft");
                report.tell(Code::BadField, node.at, message, &format!("write `{name}: true` or `{name}: false`"));
                draft = true;
            }
        }
    }
    draft
}

/// `true` and `false` as the dialects write them.
pub(super) fn truth(text: &str) -> Option<bool> {
    let text = text.trim();
    let is_one_of = |words: [&str; 3]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    match () {
        () if is_one_of(["true", "yes", "on"]) => Some(true),
        () if is_one_of(["false", "no", "off"]) => Some(false),
        () => None,
    }
}

enum Flag {
    Is(bool),
    Unset,
    Unclear,
}

fn read(node: &Node) -> Flag {
    match &node.kind {
        NodeKind::Null => Flag::Unset,
        NodeKind::Scalar(text, _) => match text.trim() {
            "" => Flag::Unset,
            "1" => Flag::Is(true),
            "0" => Flag::Is(false),
            other => truth(other).map_or(Flag::Unclear, Flag::Is),
        },
        NodeKind::List(_) | NodeKind::Map(_) => Flag::Unclear,
    }
}

/// Whether it is meant as a date; a bad one is reported where dates are read.
fn is_date(node: &Node, own: Own<'_>) -> bool {
    texts::written(node).is_some_and(|t| !matches!(date::read(&t.value, own.dates()), Err(date::DateFault::Shape)))
}
