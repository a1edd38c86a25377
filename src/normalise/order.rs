//! Ambiguous dates such as `03/04/2020`: unambiguous dates in other files settle them; feedmill never guesses silently.
//!
//! A date in any file that fits only one order (`13/04/2020`) decides for all files, unless another one fits only the
//! opposite order. The order of the files does not matter. Without such a date, or with both kinds, the date is
//! reported.

use super::findings::Findings;
use crate::diagnostic::{Code, Sink};
use crate::model::{ArticlePath, DateField, DateOrder, Located, RawArticle, Site, Unsettled, WrittenDate};

/// The orders shown by the dates of all files, each with the first file that shows it.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    day_first: Option<ArticlePath>,
    month_first: Option<ArticlePath>,
}

impl Orders {
    /// Adds the orders that a file shows. The files come in order of their paths.
    pub fn add(&mut self, path: &ArticlePath, reported: &[DateOrder]) {
        for order in reported {
            let first = match order {
                DateOrder::DayFirst => &mut self.day_first,
                DateOrder::MonthFirst => &mut self.month_first,
                DateOrder::YearFirst => continue,
            };
            first.get_or_insert_with(|| path.clone());
        }
    }
}

/// Settles the ambiguous dates of an article, or reports them.
pub fn settle(raw: &mut RawArticle, orders: &Orders, site: &Site, sink: &mut dyn Sink) {
    let display_path = site.display_path(&raw.path);
    let findings = &mut Findings::new(&display_path, sink);
    for date in std::mem::take(&mut raw.unsettled) {
        let (read, witness) = match (&orders.day_first, &orders.month_first) {
            (Some(file), None) => (date.day_first, file),
            (None, Some(file)) => (date.month_first, file),
            (day_first, month_first) => {
                let both = day_first.as_ref().zip(month_first.as_ref());
                refuse(&date, both.map(|(a, b)| (site.display_path(a), site.display_path(b))), findings);
                raw.date_is_bad |= date.field != DateField::Updated;
                continue;
            }
        };
        let message = format!(
            "`{}` is {}, which is ambiguous; using {}, the order used in {}",
            date.name,
            date.text,
            said(read),
            site.display_path(witness)
        );
        let help = "set `content.date_order` in feedmill.yaml to fix the order for all articles";
        findings.report(Code::DateOrderSettled, date.at, message, help);
        let read = Some(Located::new(read, date.at));
        match date.field {
            DateField::Published => raw.date = read,
            DateField::Updated => raw.updated = read,
            DateField::Expires => raw.expires = read,
        }
    }
    if raw.date_is_bad {
        raw.date = None;
    }
}

fn refuse(date: &Unsettled, both: Option<(String, String)>, findings: &mut Findings<'_>) {
    let (day_first, month_first) = (said(date.day_first), said(date.month_first));
    let mut message = format!("`{}` is {}: it can mean {day_first} or {month_first}", date.name, date.text);
    if let Some((a, b)) = both {
        message.push_str(&format!("; {a} writes the day first, {b} the month first"));
    }
    let help = format!(
        "write {} or {}, or set `content.date_order` (dmy, mdy) or `content.date_formats`",
        day(date.day_first),
        day(date.month_first)
    );
    match date.field {
        DateField::Updated => findings.report(Code::BadField, date.at, message + "; it was ignored", help),
        DateField::Published | DateField::Expires => findings.report(Code::BadDate, date.at, message, help),
    }
}

fn day(date: WrittenDate) -> chrono::NaiveDate {
    match date {
        WrittenDate::Day(day) => day,
        WrittenDate::Local(at) => at.date(),
        WrittenDate::Instant(at) => at.date_naive(),
    }
}

fn said(date: WrittenDate) -> String {
    day(date).format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::Place;
    use crate::model::trial;

    fn settled(reported: &[(&str, DateOrder)], field: DateField) -> (String, Vec<(Code, String)>) {
        let read = |text: &str| WrittenDate::Day(text.parse().unwrap());
        let date = Unsettled {
            field,
            name: "date".into(),
            text: "\"03/04/2020\"".into(),
            at: Place::new(2, 7, 10),
            day_first: read("2020-04-03"),
            month_first: read("2020-03-04"),
        };
        let mut raw = RawArticle { path: ArticlePath::new("x.md"), unsettled: vec![date], ..RawArticle::default() };
        let mut orders = Orders::default();
        reported.iter().for_each(|(path, order)| orders.add(&ArticlePath::new(path), &[*order]));
        let mut sink: Vec<Diagnostic> = Vec::new();
        settle(&mut raw, &orders, &trial::site("https://e.org/"), &mut sink);
        let date = raw.date.or(raw.updated).map_or("none".into(), |d| day(d.value).to_string());
        (format!("{date} {}", raw.date_is_bad), sink.into_iter().map(|f| (f.code, f.message.to_string())).collect())
    }

    #[test]
    fn other_files_settle_or_it_is_an_error() {
        use DateField::{Published, Updated};
        use DateOrder::{DayFirst, MonthFirst};
        let (date, reported) = settled(&[("b.md", DayFirst), ("c.md", DayFirst)], Published);
        assert_eq!(date, "2020-04-03 false");
        let message =
            "`date` is \"03/04/2020\", which is ambiguous; using 3 April 2020, the order used in content/b.md";
        assert_eq!(reported, [(Code::DateOrderSettled, message.to_owned())]);
        assert_eq!(settled(&[("b.md", MonthFirst)], Published).0, "2020-03-04 false");
        let (date, reported) = settled(&[], Published);
        assert_eq!((date.as_str(), reported[0].0), ("none true", Code::BadDate));
        assert_eq!(reported[0].1, "`date` is \"03/04/2020\": it can mean 3 April 2020 or 4 March 2020");
        let (date, reported) = settled(&[("b.md", DayFirst), ("c.md", MonthFirst)], Published);
        assert_eq!((date.as_str(), reported[0].0), ("none true", Code::BadDate));
        assert!(reported[0].1.ends_with("; content/b.md writes the day first, content/c.md the month first"));
        let (date, reported) = settled(&[], Updated);
        assert_eq!((date.as_str(), reported[0].0), ("none false", Code::BadField));
    }
}
