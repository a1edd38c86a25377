//! Zones after a time: offsets, the names of RFC 822 and of common zones, and names of the zone database.
//!
//! Refused: a name that means several zones (`IST`, `AST`), and an offset of sixteen hours or more.

use super::DateFault;
use super::cursor::Cursor;
use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, NaiveTime, TimeZone};

/// What determines the instant of a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// So far from UTC.
    Offset(FixedOffset),
    /// By the rules of a place.
    Place(chrono_tz::Tz),
}

impl Zone {
    /// The instant of a local time; the earlier of two where clocks go back.
    pub(super) fn instant(&self, local: NaiveDateTime) -> Result<DateTime<FixedOffset>, DateFault> {
        let skipped = || DateFault::Skipped(local.to_string());
        match self {
            Self::Offset(offset) => offset.from_local_datetime(&local).single().ok_or_else(skipped),
            Self::Place(place) => match place.from_local_datetime(&local) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Ok(at.fixed_offset()),
                LocalResult::None => Err(skipped()),
            },
        }
    }
}

/// Reads a zone that runs to the end of the text; a remark in brackets behind it is passed over.
pub(super) fn read(text: &str) -> Result<Zone, DateFault> {
    let text = text.split_once(['(', '[']).map_or(text, |(zone, _)| zone).trim();
    if text.starts_with(['+', '-', '\u{2212}']) {
        return offset(text);
    }
    let lower = text.to_ascii_lowercase();
    for universal in ["utc", "gmt", "ut"] {
        match lower.strip_prefix(universal).map(str::trim_start) {
            Some("") => return minutes(0, text),
            Some(rest) if rest.starts_with(['+', '-']) => return offset(rest),
            _ => {}
        }
    }
    match ABBREVIATIONS.iter().find(|(name, _)| *name == lower) {
        Some((_, east)) => minutes(*east, text),
        None if text.contains('/') => text.parse().map(Zone::Place).map_err(|_| DateFault::ZoneName(text.to_owned())),
        None if !text.is_empty() && text.chars().all(char::is_alphabetic) => Err(DateFault::ZoneName(text.to_owned())),
        None => Err(DateFault::Shape),
    }
}

/// `+03:00`, `+0300`, `+03`, `-4`.
fn offset(text: &str) -> Result<Zone, DateFault> {
    let mut cursor = Cursor::new(text);
    let sign = if cursor.one_of(&['+', '-', '\u{2212}']) == Some('+') { 1 } else { -1 };
    let digits = cursor.digits(1, 4).ok_or(DateFault::Shape)?;
    let (hours, rest) = digits
        .split_at_checked(if digits.len() > 2 { digits.len() - 2 } else { digits.len() })
        .ok_or(DateFault::Shape)?;
    let past_hour = if cursor.one_of(&[':']).is_some() {
        if !rest.is_empty() {
            return Err(DateFault::Shape);
        }
        cursor.digits(2, 2).ok_or(DateFault::Shape)?
    } else {
        rest
    };
    if !cursor.rest.is_empty() {
        return Err(DateFault::Shape);
    }
    let number = |digits: &str| digits.parse::<i32>().unwrap_or(0);
    if number(past_hour) > 59 {
        return Err(DateFault::Offset(text.to_owned()));
    }
    minutes(sign * (number(hours) * 60 + number(past_hour)), text)
}

/// RFC 3339 takes any hour of a day, and Jekyll reads it; 88 posts of openSUSE/news-o-o have +15:00. `normalise` warns of what no
/// place uses.
fn minutes(east: i32, text: &str) -> Result<Zone, DateFault> {
    let is_read = east.abs() < 16 * 60;
    let offset = FixedOffset::east_opt(east * 60).filter(|_| is_read);
    offset.map(Zone::Offset).ok_or_else(|| DateFault::Offset(text.to_owned()))
}

/// Minutes east of UTC. The American names are those of RFC 822 section 5.
const ABBREVIATIONS: [(&str, i32); 33] = [
    ("z", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("мск", 180),
    ("msd", 240),
    ("sast", 120),
    ("hkt", 480),
    ("sgt", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
];

impl Cursor<'_> {
    /// The part after a day: a time, then a zone, to the end of the text.
    pub(super) fn time_and_zone(mut self) -> Result<(Option<NaiveTime>, Option<Zone>), DateFault> {
        self.rest = self.rest.trim_start();
        if self.rest.is_empty() {
            return Ok((None, None));
        }
        let time = self.time()?;
        self.rest = self.rest.trim_start();
        let zone = if self.rest.is_empty() { None } else { Some(read(self.rest)?) };
        Ok((Some(time), zone))
    }
}
