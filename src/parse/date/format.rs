//! Dates by the patterns of the config, in chrono's strftime syntax (`content.date_formats`).
//!
//! Refused: patterns that cannot read back the day of a date that they have written.

use crate::model::WrittenDate;
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use std::fmt::Write;

const MAX_FORMAT_BYTES: usize = 100;

/// Whether a pattern reads whole dates: it must read back what it writes.
pub fn is_format(format: &str) -> bool {
    let sound = !format.is_empty()
        && format.len() <= MAX_FORMAT_BYTES
        && !StrftimeItems::new(format).any(|item| matches!(item, Item::Error));
    let Ok(sample) = DateTime::parse_from_rfc3339("2021-11-23T13:14:15+03:00") else { return false };
    let mut written = String::new();
    sound
        && write!(written, "{}", sample.format(format)).is_ok()
        && read(&written, format).is_some_and(|date| match date {
            WrittenDate::Day(day) => day == sample.date_naive(),
            WrittenDate::Local(at) => at.date() == sample.date_naive(),
            WrittenDate::Instant(at) => (at - sample).num_hours() == 0,
        })
}

/// Reads a text by one pattern. Seconds since 1970 are an instant; else the pattern's letters tell how much is known.
pub(super) fn read(text: &str, format: &str) -> Option<WrittenDate> {
    if let Ok(at) = DateTime::parse_from_str(text, format) {
        return Some(WrittenDate::Instant(at));
    }
    match NaiveDateTime::parse_from_str(text, format) {
        Ok(at) if format.contains("%s") => Some(WrittenDate::Instant(at.and_utc().fixed_offset())),
        Ok(at) => Some(WrittenDate::Local(at)),
        Err(_) => NaiveDate::parse_from_str(text, format).ok().map(WrittenDate::Day),
    }
}
