//! Dates of feeds and exports: RFC 3339 and RFC 822 as they should be, and the spellings that old programs wrote.

use crate::model::Timestamp;
use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Reads a date. `None` where it cannot be read, or lies before 1970 as a date that was never set does.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let full = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).ok();
    let at = full.or_else(|| without_seconds(text)).or_else(|| without_zone(text))?;
    Some(Timestamp::new(at)).filter(|at| at.unix() > 0)
}

/// `2003-12-13T18:30+02:00` (W3C date and time formats, used by RDF and Atom 0.3).
fn without_seconds(text: &str) -> Option<DateTime<chrono::FixedOffset>> {
    let text = text.strip_suffix('Z').map_or_else(|| text.to_owned(), |text| format!("{text}+00:00"));
    DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M%:z").ok()
}

/// `2003-12-13 18:30:02` and `2003-12-13`, in UTC: exports of WordPress and old Ghost.
fn without_zone(text: &str) -> Option<DateTime<chrono::FixedOffset>> {
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    let clock = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"].iter();
    let at = clock.filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok()).next().or_else(day)?;
    Some(at.and_utc().fixed_offset())
}
