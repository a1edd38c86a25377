//! Dates as the formats want them: RFC 822 with a four-digit year (RSS 2.0, RSS profile), RFC 3339 (RFC 4287 section
//! 3.3, JSON Feed 1.1), W3CDTF for Dublin Core. Strict: readers with their own parsers trip over everything looser.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const ZONES: [&str; 11] = ["GMT", "UT", "Z", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
const TOO_OLD: &str = "lies before 1990, which no reader believes";

/// `Sun, 08 Jun 2025 00:12:03 +0300`.
pub(super) fn rfc822(text: &str) -> Result<(), &'static str> {
    let (day_name, rest) = match text.split_once(", ") {
        Some((name, rest)) => (Some(name), rest),
        None => (None, text),
    };
    let mut parts = rest.split(' ');
    let mut part = || parts.next().filter(|p| !p.is_empty()).ok_or("is no RFC 822 date");
    let (day, month, year, time, zone) = (part()?, part()?, part()?, part()?, part()?);
    if parts.next().is_some() {
        return Err("is no RFC 822 date");
    }
    let month = MONTHS.iter().position(|m| *m == month).ok_or("has no English month name, such as `Jun`")?;
    if year.len() != 4 {
        return Err("has no year of four digits");
    }
    let day = digits(day, 1..=2).ok_or("has no day of the month")?;
    let date = u32::try_from(month + 1).ok().zip(digits(year, 4..=4));
    let date = date.and_then(|(m, y)| NaiveDate::from_ymd_opt(i32::try_from(y).ok()?, m, day));
    let date = date.ok_or("names a day that does not exist")?;
    if day_name.is_some_and(|name| name != date.format("%a").to_string()) {
        return Err("names the wrong day of the week");
    }
    let mut clock = time.split(':').map(|p| digits(p, 2..=2));
    let whole = match (clock.next(), clock.next(), clock.next(), clock.next()) {
        (Some(Some(h)), Some(Some(m)), second, None) => {
            h < 24 && m < 60 && second.is_none_or(|s| s.is_some_and(|s| s < 61))
        }
        _ => false,
    };
    if !whole {
        return Err("has no time of day");
    }
    zone_822(zone)?;
    if date.year() < 1990 { Err(TOO_OLD) } else { Ok(()) }
}

/// Checks a date such as `2025-06-08T00:12:03+03:00`.
pub(super) fn rfc3339(text: &str) -> Result<(), &'static str> {
    let (date, rest) = text.split_once('T').ok_or("is no RFC 3339 date")?;
    let date = day(date)?;
    let zone = rest.find(['Z', '+', '-']).ok_or("has no time zone")?;
    let (time, zone) = rest.split_at_checked(zone).ok_or("is no RFC 3339 date")?;
    let (time, fraction) = time.split_once('.').map_or((time, None), |(time, fraction)| (time, Some(fraction)));
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return Err("has no digits after its decimal point");
    }
    let mut clock = time.split(':').map(|p| digits(p, 2..=2));
    match (clock.next().flatten(), clock.next().flatten(), clock.next().flatten(), clock.next()) {
        (Some(h), Some(m), Some(s), None) if h < 24 && m < 60 && s < 61 => {}
        _ => return Err("has no time of day with seconds"),
    }
    if zone != "Z" {
        let (hours, minutes) =
            zone.get(1..).and_then(|z| z.split_once(':')).ok_or("has no time zone such as `+03:00`")?;
        match (digits(hours, 2..=2), digits(minutes, 2..=2)) {
            (Some(h), Some(m)) if h < 24 && m < 60 => {}
            _ => return Err("has no time zone such as `+03:00`"),
        }
    }
    if date.year() < 1990 { Err(TOO_OLD) } else { Ok(()) }
}

/// A year, a month, a day, or a whole RFC 3339 date, seconds optional (W3C NOTE-datetime).
pub(super) fn w3cdtf(text: &str) -> Result<(), &'static str> {
    let wrong = Err("is no W3C date");
    if let Some((date, time)) = text.split_once('T') {
        let without_seconds = time.bytes().take_while(|b| *b != b'Z' && *b != b'+' && *b != b'-').count() == 5;
        let seconds = if without_seconds { ":00" } else { "" };
        let (clock, zone) = time.split_at_checked(5).unwrap_or((time, ""));
        return rfc3339(&format!("{date}T{clock}{seconds}{zone}"));
    }
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return wrong,
    };
    day(&full).map(|_| ())
}

fn zone_822(zone: &str) -> Result<(), &'static str> {
    if ZONES.contains(&zone) {
        return Ok(());
    }
    let offset = zone.strip_prefix(['+', '-']).filter(|z| z.len() == 4).and_then(|z| digits(z, 4..=4));
    match offset {
        None => Err("has no time zone such as `+0300` or `GMT`"),
        Some(offset) if offset / 100 < 24 && matches!(offset % 100, 0 | 30) => Ok(()),
        Some(_) => Err("has an offset that some readers do not understand; use UTC"),
    }
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    let mut parts = text.split('-');
    let shape = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(y), Some(m), Some(d), None) = shape else { return Err("is no date of the form `2025-06-08`") };
    let numbers = digits(y, 4..=4).zip(digits(m, 2..=2)).zip(digits(d, 2..=2));
    let ((y, m), d) = numbers.ok_or("is no date of the form `2025-06-08`")?;
    let year = i32::try_from(y).map_err(|_| "has no year")?;
    NaiveDate::from_ymd_opt(year, m, d).ok_or("names a day that does not exist")
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_dates() {
        for good in ["Sun, 08 Jun 2025 00:12:03 +0300", "8 Jun 2025 00:12 GMT", "Sun, 8 Jun 2025 23:59:60 -0330"] {
            assert_eq!(rfc822(good), Ok(()), "{good}");
        }
        for bad in [
            "Mon, 08 Jun 2025 00:12:03 +0300",
            "Sun, 08 июн 2025 00:12:03 +0300",
            "Sun, 08 Jun 25 00:12:03 GMT",
            "Sun,  08 Jun 2025 00:12:03 GMT",
            "Sun, 08 jun 2025 00:12:03 GMT",
            "Sun, 08 Jun 2025 00:12:03",
            "Sun, 08 Jun 2025 00:12:03 +0545",
            "Mon, 31 Jun 2025 00:12:03 GMT",
            "2025-06-08T00:12:03Z",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "",
        ] {
            assert!(rfc822(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn atom_dates() {
        for good in ["2025-06-08T00:12:03+03:00", "2025-06-08T00:12:03.5Z", "2024-02-29T23:59:60-00:30"] {
            assert_eq!(rfc3339(good), Ok(()), "{good}");
        }
        for bad in [
            "2025-06-08",
            "2025-06-08T00:12Z",
            "2025-06-08T00:12:03",
            "2025-06-08t00:12:03z",
            "2025-02-30T00:12:03Z",
            "2025-06-08T00:12:03+0300",
            "1970-01-01T00:00:00+00:00",
            "2025-06-08 00:12:03Z",
            "2025-06-08T00:12:03.Z",
        ] {
            assert!(rfc3339(bad).is_err(), "{bad}");
        }
        assert_eq!(w3cdtf("2025-06"), Ok(()));
        assert_eq!(w3cdtf("2025-06-08T00:12+03:00"), Ok(()));
        assert!(w3cdtf("2025-06-08T00:12").is_err() && w3cdtf("June").is_err());
    }
}
