//! The three dates of an article, and the day in its permalink or path if no key has one.

use super::super::date::{self, DateFault, DateRules};
use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, texts};
use crate::diagnostic::Code;
use crate::model::{DateField, DateOrder, Located, Place, RawArticle, Unsettled, WrittenDate, day_in_path};

/// Reads the dates into the article. A bad publication or expiry date is an error: an article that should vanish must
/// not stay for ever by a slip of the pen. A bad `updated` is ignored.
pub(super) fn read(
    keys: &Keys<'_>,
    own: Own<'_>,
    raw: &mut RawArticle,
    addresses: &[Option<&Located<String>>],
    report: &mut Report<'_>,
) {
    let [published, updated, expires] =
        [Field::Published, Field::Updated, Field::Expires].map(|field| first(keys, field, own));
    raw.orders = [&published, &updated, &expires].into_iter().flatten().filter_map(|date| date.order).collect();
    let published = settled(published, DateField::Published, own, raw);
    let updated = settled(updated, DateField::Updated, own, raw);
    let expires = settled(expires, DateField::Expires, own, raw);
    for (name, fault) in [&published, &expires].into_iter().flatten().filter_map(Written::fault) {
        raw.date_is_bad = true;
        let message = format!("`{name}` is {}: {}", fault.found, fault.says());
        report.tell(Code::BadDate, fault.at, message, &fault.help());
    }
    raw.date = published.and_then(Written::date);
    raw.expires = expires.and_then(Written::date);
    raw.updated = updated.and_then(|updated| {
        if let Some((name, fault)) = updated.fault() {
            let message = format!("`{name}` is {}: {}; it was ignored", fault.found, fault.says());
            report.tell(Code::BadField, fault.at, message, &fault.help());
        }
        updated.date()
    });
    let waits = raw.unsettled.iter().any(|date| date.field == DateField::Published);
    if raw.date.is_none() && !raw.date_is_bad && !waits {
        raw.date = told_by_address(raw, addresses);
    }
    if raw.date_is_bad {
        raw.date = None;
    }
}

/// The day in the permalink, the slug, or the path of the file.
fn told_by_address(raw: &RawArticle, addresses: &[Option<&Located<String>>]) -> Option<Located<WrittenDate>> {
    let written = addresses.iter().flatten().find_map(|text| {
        let path = text.value.split(['?', '#']).next().unwrap_or_default();
        day_in_path(path).map(|day| Located::new(WrittenDate::Day(day), text.at))
    });
    written.or_else(|| day_in_path(raw.path.as_str()).map(|day| Located::new(WrittenDate::Day(day), Place::WHOLE)))
}

/// A date with two readings is kept for later: the other articles decide its order.
fn settled<'n>(
    written: Option<Written<'n>>,
    field: DateField,
    own: Own<'_>,
    raw: &mut RawArticle,
) -> Option<Written<'n>> {
    let written = written?;
    if !matches!(written.read, Err(Some(DateFault::Ambiguous { .. }))) {
        return Some(written);
    }
    let by = |order| date::read(written.text(), DateRules { order: Some(order), ..own.dates() });
    let (Ok(day_first), Ok(month_first)) = (by(DateOrder::DayFirst), by(DateOrder::MonthFirst)) else {
        return Some(written);
    };
    let (name, text, at) = (written.name.to_owned(), texts::kind(written.node), written.at());
    raw.unsettled.push(Unsettled { field, name, text, at, day_first, month_first });
    None
}

/// What a date key holds.
struct Written<'n> {
    name: &'n str,
    node: &'n Node,
    read: Result<WrittenDate, Option<DateFault>>,
    /// The order that it shows.
    order: Option<DateOrder>,
}

/// Why it is not a date.
struct BadDate<'w> {
    at: Place,
    /// As sentences show it.
    found: String,
    /// `None` if it is not a scalar.
    fault: Option<&'w DateFault>,
}

impl Written<'_> {
    fn at(&self) -> Place {
        self.node.at
    }

    fn text(&self) -> &str {
        self.node.text().unwrap_or_default()
    }

    fn date(self) -> Option<Located<WrittenDate>> {
        let at = self.at();
        self.read.ok().map(|date| Located::new(date, at))
    }

    fn fault(&self) -> Option<(&str, BadDate<'_>)> {
        let fault = self.read.as_ref().err()?.as_ref();
        Some((self.name, BadDate { at: self.at(), found: texts::kind(self.node), fault }))
    }
}

impl BadDate<'_> {
    fn says(&self) -> String {
        self.fault.map_or_else(|| "it is not a date".into(), ToString::to_string)
    }

    fn help(&self) -> String {
        self.fault.unwrap_or(&DateFault::Shape).help()
    }
}

/// The first of the keys with a value; a boolean is none, and means something else (`published: true`).
fn first<'n>(keys: &Keys<'n>, field: Field, own: Own<'n>) -> Option<Written<'n>> {
    let rules = own.dates();
    keys.each(own.keys(field)).find_map(|(name, node)| {
        let read = match &node.kind {
            NodeKind::Null => return None,
            NodeKind::Scalar(text, _) if text.trim().is_empty() => return None,
            NodeKind::Scalar(text, _) if name == "published" && means_no_date(node, text, rules) => return None,
            NodeKind::Scalar(text, _) => date::read(text, rules).map_err(Some),
            NodeKind::List(_) | NodeKind::Map(_) => Err(None),
        };
        let implied = || date::implied_order(node.text()?, rules);
        let order = if rules.order.is_none() && read.is_ok() { implied() } else { None };
        Some(Written { name, node, read, order })
    })
}

/// A boolean, or what flags report as neither.
fn means_no_date(node: &Node, text: &str, rules: DateRules<'_>) -> bool {
    super::flags::truth(text).is_some()
        || texts::is_bool(node)
        || matches!(text.trim(), "0" | "1")
        || matches!(date::read(text, rules), Err(DateFault::Shape))
}
