//! Dates of digits only: ISO 8601 and variants of it, dotted dates, dates with slashes, epoch numbers.

use super::cursor::Cursor;
use super::{DateFault, assemble, calendar};
use crate::model::{DateOrder, WrittenDate};
use chrono::DateTime;

/// `20250608`, `20250608143000`, seconds or milliseconds since 1970.
pub(super) fn digits(text: &str) -> Result<WrittenDate, DateFault> {
    let number: i64 = text.parse().map_err(|_| DateFault::Shape)?;
    match text.len() {
        8 | 14 => compact(text),
        9 | 10 => epoch(number),
        13 => epoch(number / 1000),
        _ => Err(DateFault::Shape),
    }
}

/// Three numbers with one mark between them, or eight digits before a `T`, and what follows. `None`: it does not begin
/// so.
pub(super) fn separated(text: &str, order: Option<DateOrder>) -> Option<Result<WrittenDate, DateFault>> {
    let mut cursor = Cursor::new(text);
    if let Some(day) = cursor.digits(8, 8) {
        let (date, rest) = (day, cursor.rest);
        return rest.starts_with(['T', 't', ' ']).then(|| basic(date, rest));
    }
    let first = cursor.digits(1, 4)?;
    let mark = cursor.one_of(&['-', '/', '.'])?;
    let second = cursor.number(1, 2)?;
    cursor.one_of(&[mark])?;
    let third = cursor.digits(1, 4)?;
    Some(in_order(first, mark, second, third, order).and_then(|day| behind(day, cursor)))
}

/// The marks and the lengths tell the order: `2025-6-8`, `8.6.2025`; `13/04/2025` has one reading only. Two digits are
/// a year only where the order is known: those below 70 are of this century (POSIX `strptime`).
fn in_order(
    first: &str,
    mark: char,
    second: u32,
    third: &str,
    order: Option<DateOrder>,
) -> Result<chrono::NaiveDate, DateFault> {
    let number = |digits: &str| digits.parse::<u32>().unwrap_or(0);
    let year = |digits: &str| digits.parse::<i32>().unwrap_or(0);
    let short = |digits: &str| year(digits) + if number(digits) < 70 { 2000 } else { 1900 };
    match (first.len(), third.len(), mark) {
        (4, 1 | 2, _) => calendar::day(year(first), second, number(third)),
        (1 | 2, 4, '.') => calendar::day(year(third), second, number(first)),
        (1 | 2, 4, _) => match order {
            Some(DateOrder::DayFirst) => calendar::day(year(third), second, number(first)),
            Some(DateOrder::MonthFirst) => calendar::day(year(third), number(first), second),
            Some(DateOrder::YearFirst) | None => calendar::either_order(number(first), second, year(third)),
        },
        (1 | 2, 2, _) => match order {
            Some(DateOrder::DayFirst) => calendar::day(short(third), second, number(first)),
            Some(DateOrder::MonthFirst) => calendar::day(short(third), number(first), second),
            Some(DateOrder::YearFirst) => calendar::day(short(first), second, number(third)),
            None => Err(DateFault::Shape),
        },
        _ => Err(DateFault::Shape),
    }
}

fn behind(day: chrono::NaiveDate, mut cursor: Cursor<'_>) -> Result<WrittenDate, DateFault> {
    match cursor.rest.chars().next() {
        None => return assemble(day, None, None),
        Some('T' | 't' | ' ' | ',') => cursor.rest = cursor.rest.trim_start_matches(','),
        Some(_) => return Err(DateFault::Shape),
    }
    if cursor.one_of(&['T', 't']).is_none() {
        cursor.rest = cursor.rest.trim_start();
        cursor.rest = ["at ", "в "].iter().find_map(|w| cursor.rest.strip_prefix(w)).unwrap_or(cursor.rest);
    }
    if cursor.rest.trim().is_empty() {
        return Err(DateFault::Shape);
    }
    let (time, zone) = cursor.time_and_zone()?;
    assemble(day, time, zone.as_ref())
}

/// Reads `20250608T143000Z`, `20250608T14:30`.
fn basic(date: &str, rest: &str) -> Result<WrittenDate, DateFault> {
    let WrittenDate::Day(day) = compact(date)? else { return Err(DateFault::Shape) };
    let mut cursor = Cursor::new(rest);
    cursor.one_of(&['T', 't', ' ']);
    let mut packed = cursor;
    let Some(time) = packed.digits(4, 4).or_else(|| packed.digits(6, 6)) else {
        let (time, zone) = cursor.time_and_zone()?;
        return assemble(day, time, zone.as_ref());
    };
    let time = clock(time)?;
    let zone = match packed.rest.trim_start() {
        "" => None,
        rest => Some(super::zone::read(rest)?),
    };
    assemble(day, Some(time), zone.as_ref())
}

/// Eight digits of a day, six of a time.
fn compact(text: &str) -> Result<WrittenDate, DateFault> {
    let mut parts =
        [(0, 4), (4, 6), (6, 8)].into_iter().map(|(a, b)| text.get(a..b).and_then(|p| p.parse::<u32>().ok()));
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
        return Err(DateFault::Shape);
    };
    let day = calendar::day(i32::try_from(year).unwrap_or(0), month, day)?;
    let time = text.get(8..).filter(|t| !t.is_empty()).map(clock).transpose()?;
    assemble(day, time, None)
}

/// Reads `1430`, `143000`.
fn clock(digits: &str) -> Result<chrono::NaiveTime, DateFault> {
    let part = |a, b| digits.get(a..b).and_then(|p: &str| p.parse::<u32>().ok());
    match (part(0, 2), part(2, 4)) {
        (Some(hour), Some(minute)) => calendar::time(hour, minute, part(4, 6).unwrap_or(0)),
        _ => Err(DateFault::Shape),
    }
}

fn epoch(seconds: i64) -> Result<WrittenDate, DateFault> {
    DateTime::from_timestamp(seconds, 0).map(|at| WrittenDate::Instant(at.fixed_offset())).ok_or(DateFault::Shape)
}
