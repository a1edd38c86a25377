//! Dates as people and engines write them: an explicit list of shapes, no lenient reading.
//!
//! The list is that of `docs/articles.md`, counted over 87,768 files. Dotted dates are always day first. A date with
//! slashes or dashes whose year comes last is read only if it has one reading, or if the config sets the order.
//! Nothing is rounded or corrected: a date that does not exist is reported.

mod calendar;
mod cursor;
mod format;
mod names;
mod numeric;
mod words;
mod zone;

pub use format::is_format;

use crate::model::{DateOrder, WrittenDate};
use chrono::{Datelike, NaiveDate, NaiveTime};
use std::borrow::Cow;
use zone::Zone;

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// The shape is not in the list.
    #[error("this date format is not supported")]
    Shape,
    /// No such day.
    #[error("{year:04}-{month:02}-{day:02} does not exist")]
    Impossible {
        /// The year, as written.
        year: i32,
        /// As written; may be beyond 12.
        month: u32,
        /// The day, as written.
        day: u32,
    },
    /// A year that no feed can carry.
    #[error("the year {0:04} is not between 1001 and 9998")]
    Year(i32),
    /// No such time of day.
    #[error("{0} is not a time of day")]
    Time(String),
    /// No such offset from UTC: they run from -15:59 to +15:59.
    #[error("{0} is not an offset from UTC (-15:59 to +15:59)")]
    Offset(String),
    /// A zone name that is unknown, or means several zones.
    #[error("{0} is unknown or names several time zones")]
    ZoneName(String),
    /// The zone's clocks skip this time.
    #[error("the clocks of this time zone skip {0}")]
    Skipped(String),
    /// The weekday is another day's.
    #[error("that date is a {0}")]
    Weekday(&'static str),
    /// Day first and month first are both possible.
    #[error("it can mean {} or {}", said(*.day_first), said(*.month_first))]
    Ambiguous {
        /// Read as day, month, year.
        day_first: NaiveDate,
        /// Read as month, day, year.
        month_first: NaiveDate,
    },
}

impl DateFault {
    /// How to fix it.
    pub fn help(&self) -> String {
        match self {
            Self::Ambiguous { day_first, month_first } => {
                format!("write {day_first} or {month_first}, or set `content.date_order` or `content.date_formats`")
            }
            Self::ZoneName(_) | Self::Offset(_) => "write the offset, as in `2025-06-08 14:30 +03:00`".into(),
            _ => "write it as `2025-06-08`, or with a time as `2025-06-08T14:30:00+03:00`".into(),
        }
    }
}

/// The longest text that is looked at.
const MAX_DATE_BYTES: usize = 120;

/// What the config says of dates.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateRules<'a> {
    /// chrono's patterns, tried first.
    pub formats: &'a [String],
    /// The order of `03/04/2020`.
    pub order: Option<DateOrder>,
}

/// Reads a date by the patterns of the config, or of any shape in the list.
pub fn read(text: &str, rules: DateRules<'_>) -> Result<WrittenDate, DateFault> {
    if text.len() > MAX_DATE_BYTES {
        return Err(DateFault::Shape);
    }
    let text = single_spaced(text);
    if let Some(read) = rules.formats.iter().find_map(|format| format::read(&text, format)) {
        return Ok(read);
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return numeric::digits(&text);
    }
    match numeric::separated(&text, rules.order) {
        Some(read) => read,
        None => words::read(&text),
    }
}

/// The text, trimmed, with one space between its words: as it is, nearly always.
fn single_spaced(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let odd = |b: u8| !b.is_ascii() || b.is_ascii_control();
    match text.bytes().any(odd) || text.contains("  ") {
        true => text.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        false => text.into(),
    }
}

/// The order shown by a date with only one reading: `13/04/2020` is day first. A date whose year comes first shows
/// none.
pub fn implied_order(text: &str, rules: DateRules<'_>) -> Option<DateOrder> {
    let year_first = text.trim_start().bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    if year_first || !text.contains(['/', '-']) {
        return None;
    }
    let by = |order| read(text, DateRules { order: Some(order), ..rules });
    match (by(DateOrder::DayFirst), by(DateOrder::MonthFirst)) {
        (Ok(_), Err(_)) => Some(DateOrder::DayFirst),
        (Err(_), Ok(_)) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// A day with what was written behind it.
fn assemble(day: NaiveDate, time: Option<NaiveTime>, zone: Option<&Zone>) -> Result<WrittenDate, DateFault> {
    match (time, zone) {
        (None, None) => Ok(WrittenDate::Day(day)),
        (None, Some(_)) => Err(DateFault::Shape),
        (Some(time), None) => Ok(WrittenDate::Local(day.and_time(time))),
        (Some(time), Some(zone)) => zone.instant(day.and_time(time)).map(WrittenDate::Instant),
    }
}

/// `3 April 2020`.
fn said(day: NaiveDate) -> String {
    let month = names::ENGLISH_MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    format!(
        "{} {}{} {}",
        day.day(),
        month.get(..1).unwrap_or_default().to_uppercase(),
        month.get(1..).unwrap_or_default(),
        day.year()
    )
}

#[cfg(test)]
mod tests;
