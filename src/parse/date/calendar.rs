//! Numbers → days and times that exist.

use super::DateFault;
use chrono::{NaiveDate, NaiveTime};

/// A day that exists, of a year with four digits.
pub(super) fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, DateFault> {
    if !(1000..=9999).contains(&year) {
        return Err(DateFault::Year(year));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::Impossible { year, month, day })
}

/// A day whose year comes last and whose order is unknown: read only if exactly one order gives a day.
pub(super) fn either_order(first: u32, second: u32, year: i32) -> Result<NaiveDate, DateFault> {
    match (day(year, second, first), day(year, first, second)) {
        (Ok(a), Ok(b)) if a == b => Ok(a),
        (Ok(day_first), Ok(month_first)) => Err(DateFault::Ambiguous { day_first, month_first }),
        (Ok(a), Err(_)) | (Err(_), Ok(a)) => Ok(a),
        (Err(fault), Err(_)) => Err(fault),
    }
}

/// A time that exists; a leap second becomes the last second of its minute, because feed formats have none.
pub(super) fn time(hour: u32, minute: u32, second: u32) -> Result<NaiveTime, DateFault> {
    let shown_second = if second == 60 { 59 } else { second };
    NaiveTime::from_hms_opt(hour, minute, shown_second)
        .ok_or_else(|| DateFault::Time(format!("{hour:02}:{minute:02}:{second:02}")))
}
