//! An instant with the UTC offset in which it is displayed. Ordered and compared by the instant alone.

use chrono::{DateTime, Datelike, FixedOffset, TimeZone, Utc};
use std::cmp::Ordering;

/// RFC 822 with a four-digit year and a two-digit day.
const RFC822: &str = "%a, %d %b %Y %H:%M:%S %z";

/// An instant, to the second, with the UTC offset for display.
#[derive(Debug, Clone, Copy)]
pub struct Timestamp(DateTime<FixedOffset>);

impl Timestamp {
    /// From a chrono instant; fractions of a second are cut off.
    pub fn new(at: DateTime<FixedOffset>) -> Self {
        let cut = Utc.timestamp_opt(at.timestamp(), 0).single().unwrap_or_default();
        Self(cut.with_timezone(at.offset()))
    }

    /// From seconds since 1970-01-01T00:00:00Z, displayed in UTC. `None` beyond the calendar.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        Some(Self(Utc.timestamp_opt(seconds, 0).single()?.fixed_offset()))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// The same instant displayed in a zone.
    pub fn in_zone(self, zone: chrono_tz::Tz) -> Self {
        Self(self.0.with_timezone(&zone).fixed_offset())
    }

    /// Adds whole seconds; unchanged if the result is beyond the calendar.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.checked_add_signed(chrono::TimeDelta::seconds(seconds)).unwrap_or(self.0))
    }

    /// The chrono instant.
    pub fn datetime(self) -> DateTime<FixedOffset> {
        self.0
    }

    /// RFC 3339 with seconds: `2025-06-08T00:12:03+03:00` (RFC 4287 section 3.3, JSON Feed 1.1).
    pub fn rfc3339(self) -> String {
        self.0.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// RFC 822 with a four-digit year: `Sun, 08 Jun 2025 00:12:03 +0300` (RSS 2.0 `pubDate`).
    /// Offsets that are not whole or half hours are written in UTC (RSS profile, dates).
    pub fn rfc822(self) -> String {
        let odd = self.0.offset().local_minus_utc() % 1800 != 0;
        let displayed = if odd { self.0.with_timezone(&Utc).fixed_offset() } else { self.0 };
        // chrono's built-in RFC 2822 format is four times as fast, but writes days below 10 with one digit.
        if !(0..=9999).contains(&displayed.year()) {
            return displayed.format(RFC822).to_string();
        }
        let mut text = displayed.to_rfc2822();
        if displayed.day() < 10 {
            text.insert("Sun, ".len(), '0');
        }
        text
    }
}

/// Serialises as seconds since 1970 and the offset in seconds, for feedmill's own files.
impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.0.timestamp(), self.0.offset().local_minus_utc()).serialize(to)
    }
}

impl<'de> serde::Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (seconds, offset) = <(i64, i32)>::deserialize(from)?;
        let at = Utc.timestamp_opt(seconds, 0).single().zip(FixedOffset::east_opt(offset));
        let at = at.ok_or_else(|| serde::de::Error::custom("no instant of the calendar"))?;
        Ok(Self(at.0.with_timezone(&at.1)))
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Timestamp {}
impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.timestamp().cmp(&other.0.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_rss_have_days_of_two_digits() {
        for day in -800_000..2_950_000 {
            if day % 97 == 0 {
                let at = Timestamp::from_unix(day * 86_399).unwrap();
                let at =
                    at.in_zone(if day % 2 == 0 { chrono_tz::Europe::Moscow } else { chrono_tz::America::St_Johns });
                if at.0.offset().local_minus_utc() % 1800 == 0 {
                    assert_eq!(at.rfc822(), at.0.format(RFC822).to_string());
                }
            }
        }
        assert_eq!(Timestamp::from_unix(1_749_330_723).unwrap().rfc822(), "Sat, 07 Jun 2025 21:12:03 +0000");
    }
}
