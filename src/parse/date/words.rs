//! Dates with a month in words: `2 May 2020`, `May 2, 2020`, RFC 2822, JavaScript's `Date.toString`, `8 июня 2025 г.`.

use super::cursor::Cursor;
use super::{DateFault, assemble, calendar, names};
use crate::model::WrittenDate;
use chrono::{Datelike, NaiveDate};

/// Reads such a date.
pub(super) fn read(text: &str) -> Result<WrittenDate, DateFault> {
    let mut words: Vec<&str> = text.split([' ', ',']).filter(|w| !is_filler(w)).collect();
    let weekday = words.first().and_then(|w| names::weekday(w));
    if weekday.is_some() {
        words.remove(0);
    }
    let (day, rest) = dashed(&words).or_else(|| apart(&words)).ok_or(DateFault::Shape)?;
    let day = day?;
    if weekday.is_some_and(|said| said != day.weekday()) {
        return Err(DateFault::Weekday(names::weekday_name(day.weekday())));
    }
    let (time, zone) = Cursor::new(&rest.join(" ")).time_and_zone()?;
    assemble(day, time, zone.as_ref())
}

type Day<'w> = (Result<NaiveDate, DateFault>, Vec<&'w str>);

/// Reads a day such as `2-May-2020`.
fn dashed<'w>(words: &[&'w str]) -> Option<Day<'w>> {
    let (first, rest) = words.split_first()?;
    let mut parts = first.split('-');
    let (a, month, b) = (parts.next()?, names::month(parts.next()?)?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let day = match (number(a), year(a), number(b), year(b)) {
        (Some(day), _, _, Some(year)) | (_, Some(year), Some(day), _) => calendar::day(year, month, day),
        _ => return None,
    };
    Some((day, rest.to_vec()))
}

/// `2 May 2020 …`, `May 2 2020 …`, `May 2 14:30:00 [UTC] 2020`.
fn apart<'w>(words: &[&'w str]) -> Option<Day<'w>> {
    let (first, second, rest) = match words {
        [first, second, rest @ ..] => (first, second, rest),
        _ => return None,
    };
    let (day, month) = match (number(first), names::month(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (number(second)?, names::month(first)?),
    };
    match rest {
        [third, rest @ ..] if year(third).is_some() => {
            let rest =
                if rest.first().is_some_and(|w| is_year_word(w)) { rest.get(1..).unwrap_or_default() } else { rest };
            Some((calendar::day(year(third)?, month, day), rest.to_vec()))
        }
        // As `date` and `ctime` print it: the year behind the time.
        [clock @ .., last] if clock.first().is_some_and(|w| w.contains(':')) => {
            Some((calendar::day(year(last)?, month, day), clock.to_vec()))
        }
        _ => None,
    }
}

/// A day of the month: `2`, `02`, `2nd`.
fn number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = word.get(digits.len()..)?.to_lowercase();
    let known = matches!(suffix.as_str(), "" | "." | "st" | "nd" | "rd" | "th" | "-е" | "-го");
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (known && plain).then(|| digits.parse().ok())?
}

/// A year of four digits: `2020`, `2020г.`.
fn year(word: &str) -> Option<i32> {
    let digits = word.trim_end_matches(['г', '.']);
    (digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

fn is_year_word(word: &str) -> bool {
    matches!(word, "г" | "г." | "год" | "года")
}

fn is_filler(word: &str) -> bool {
    matches!(word, "" | "of" | "the" | "at" | "в" | "on" | "-" | "–" | "@")
}
