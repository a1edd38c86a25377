//! Dates as written → instants displayed in the site's zone. A day without a time becomes an instant that most readers show as that
//! day ([`days::day_shift`]) plus a part of an hour derived only from the slug, so that it never changes and articles of one day get
//! different times. With `content.ids`, the day is the engine's instant, and only `updated` has the part of an hour. Nothing here
//! reads a clock.

mod days;

use self::days::{day_shift, day_start, first_instant, in_zone};
use super::findings::Findings;
use crate::diagnostic::Code;
use crate::model::{
    AddressDay, DateRule, DateZone, DayShift, Located, Precision, RawArticle, Site, Slug, Timestamp, WrittenDate,
    ZonedTime, day_in_path,
};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;

/// The dates of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// When the article becomes due.
    pub published: Timestamp,
    /// Whether the time of `published` was written.
    pub precision: Precision,
    /// Never before `published`.
    pub updated: Timestamp,
    /// When it leaves the feeds.
    pub expires: Option<Timestamp>,
    /// How much earlier feedmill 0.1 dated it.
    pub earlier: DayShift,
}

/// The dates of an article with this slug. `None` if it has no usable publication date, which has been reported.
pub fn read(raw: &RawArticle, slug: &Slug, site: &Site, findings: &mut Findings<'_>) -> Option<Dates> {
    let Some(written) = &raw.date else {
        if !raw.date_is_bad {
            findings.report(
                Code::MissingDate,
                raw.head,
                "the article has no date",
                "add the date of publication, such as `date: 2025-06-08`",
            );
        }
        return None;
    };
    let clock = Clock::new(slug, site);
    let published = instant("date", written, Clock { offset: clock.published_offset(), ..clock }, findings);
    let expires = raw.expires.as_ref().and_then(|e| end(e.value, clock));
    let changed = raw.updated.as_ref().map(|u| (u, instant("updated", u, clock, findings)));
    let published = published?;
    for (field, date) in [("date", Some(written)), ("updated", raw.updated.as_ref())] {
        warn_of_offset(field, date, findings);
    }
    let precision = match written.value {
        WrittenDate::Day(_) => Precision::DayOnly,
        _ => Precision::Written,
    };
    if precision == Precision::DayOnly && !clock.is_engine {
        tell_day_only("date", written, published, findings);
    }
    let updated = match changed {
        None | Some((_, None)) if precision == Precision::DayOnly && clock.is_engine => {
            published.plus_seconds(clock.offset)
        }
        None | Some((_, None)) => published,
        Some((field, Some(updated))) => raised(field, updated, published, findings),
    };
    let earlier = clock.earlier(written.value, raw.updated.as_ref().map(|updated| updated.value));
    Some(Dates { published, precision, updated, expires, earlier })
}

/// The dates of a draft without a date: later than all others.
pub fn never() -> Option<Dates> {
    let at = Timestamp::from_unix(NEVER)?;
    Some(Dates {
        published: at,
        precision: Precision::Written,
        updated: at,
        expires: None,
        earlier: DayShift::default(),
    })
}

/// The instant 9999-12-31T00:00:00Z, in seconds since 1970.
const NEVER: i64 = 253_402_214_400;

/// Whether feedmill chose the time of this instant: it equals what an article with this slug gets for a day alone.
pub fn is_made(at: Timestamp, slug: &Slug, site: &Site) -> bool {
    let clock = Clock::new(slug, site);
    let day = at.in_zone(clock.zone_of(|rule| rule.day)).datetime().date_naive();
    clock.shown_day(day).is_some_and(|shown| shown.plus_seconds(offset(slug)) == at)
}

/// The instant whose year, month and day the link has. `None` if the engine takes them from the file's name, which has none.
pub fn in_address(raw: &RawArticle, dates: Dates, site: &Site) -> Option<Timestamp> {
    let rule = site.content.ids.map(|recipe| recipe.dates).unwrap_or_default();
    // An address has the start of the day, as that of an older article does.
    let published = dates.published.plus_seconds(-i64::from(dates.earlier.published));
    let zone = |zone: DateZone| if zone == DateZone::Utc { Tz::UTC } else { site.timezone };
    match (rule.address, raw.date.as_ref().map(|date| date.value)) {
        (AddressDay::Name, _) => day_start(day_in_path(raw.path.as_str())?, Tz::UTC),
        (AddressDay::Own, Some(WrittenDate::Instant(at))) => Some(Timestamp::new(at)),
        (AddressDay::Own, Some(WrittenDate::Day(_))) => Some(published.in_zone(zone(rule.day))),
        (AddressDay::Own, Some(WrittenDate::Local(_))) => Some(dates.published.in_zone(zone(rule.time))),
        (AddressDay::Site | AddressDay::Own, _) => Some(published),
    }
}

#[derive(Clone, Copy)]
struct Clock {
    /// The zone of the site, in which all dates are shown.
    zone: Tz,
    offset: i64,
    rule: DateRule,
    /// Whether the rule is that of an engine (`content.ids`).
    is_engine: bool,
}

impl Clock {
    fn new(slug: &Slug, site: &Site) -> Self {
        let rule = site.content.ids.map(|recipe| recipe.dates);
        Self { zone: site.timezone, offset: offset(slug), rule: rule.unwrap_or_default(), is_engine: rule.is_some() }
    }

    fn zone_of(self, which: fn(DateRule) -> DateZone) -> Tz {
        match which(self.rule) {
            DateZone::Utc => Tz::UTC,
            DateZone::Site => self.zone,
        }
    }

    fn published_offset(self) -> i64 {
        if self.is_engine { 0 } else { self.offset }
    }

    /// The first instant of a day.
    fn day(self, day: NaiveDate) -> Option<Timestamp> {
        Some(in_zone(day_start(day, self.zone_of(|rule| rule.day))?, self.zone))
    }

    /// The instant before the part of an hour of a day without a time.
    fn shown_day(self, day: NaiveDate) -> Option<Timestamp> {
        let start = self.day(day)?;
        Some(start.plus_seconds(if self.is_engine { 0 } else { day_shift(day, start) }))
    }

    /// The seconds that are new since feedmill 0.1, which took the first hour of the site's day.
    fn earlier(self, date: WrittenDate, updated: Option<WrittenDate>) -> DayShift {
        let shift = |written: WrittenDate| match written {
            WrittenDate::Day(day) if !self.is_engine => self.day(day).map(|start| day_shift(day, start)),
            _ => None,
        };
        let seconds = |written| shift(written).and_then(|shift| u16::try_from(shift).ok()).unwrap_or_default();
        DayShift { published: seconds(date), updated: seconds(updated.unwrap_or(date)) }
    }

    /// The instant of a time without a zone.
    fn local(self, local: NaiveDateTime) -> Option<Timestamp> {
        let zone = self.zone_of(|rule| rule.time);
        let second = || zone.from_local_datetime(&local).latest().map(|at| Timestamp::new(at.fixed_offset()));
        let at = if self.rule.fold == 1 { second() } else { None };
        Some(in_zone(at.or_else(|| first_instant(local, zone))?, self.zone))
    }

    /// The instant of a time with a zone.
    fn zoned(self, at: DateTime<FixedOffset>) -> Option<Timestamp> {
        match self.rule.zoned {
            ZonedTime::Instant => Some(in_zone(Timestamp::new(at), self.zone)),
            ZonedTime::UtcClock => self.local(at.naive_utc()),
        }
    }
}

/// Seconds into the day: the first eight bytes of the slug's BLAKE3 hash, big-endian, modulo an hour.
fn offset(slug: &Slug) -> i64 {
    let hash = blake3::hash(slug.as_str().as_bytes());
    let number = hash.as_bytes().iter().take(8).fold(0u64, |n, byte| n << 8 | u64::from(*byte));
    i64::try_from(number % 3600).unwrap_or_default()
}

/// The instant of a written date; a year that cannot be written in a feed is reported.
fn instant(
    field: &str,
    written: &Located<WrittenDate>,
    clock: Clock,
    findings: &mut Findings<'_>,
) -> Option<Timestamp> {
    let at = match written.value {
        WrittenDate::Day(day) => {
            in_range(day).then(|| clock.shown_day(day)).flatten().map(|at| at.plus_seconds(clock.offset))
        }
        WrittenDate::Local(local) => in_range(local.date()).then(|| clock.local(local)).flatten(),
        WrittenDate::Instant(at) => in_range(at.naive_utc().date()).then(|| clock.zoned(at)).flatten(),
    };
    if at.is_none() {
        // As in the parser: without a publication date there is no article; without a date of change there is.
        let (code, ignored) =
            if field == "updated" { (Code::BadField, "; it was ignored") } else { (Code::BadDate, "") };
        findings.report(
            code,
            written.at,
            format!("the year of `{field}` is not between 1001 and 9998{ignored}"),
            "write a date such as 2025-06-08",
        );
    }
    at
}

/// An offset that no place on Earth uses is read as written, and may be a slip.
fn warn_of_offset(field: &str, date: Option<&Located<WrittenDate>>, findings: &mut Findings<'_>) {
    let Some(Located { value: WrittenDate::Instant(instant), at, .. }) = date else { return };
    if !(-12 * 3600..=14 * 3600).contains(&instant.offset().local_minus_utc()) {
        let utc = instant.to_utc().format("%Y-%m-%dT%H:%M:%SZ");
        let text = format!("`{field}` is {} from UTC, which no place is; it was read as {utc}", instant.offset());
        findings.report(Code::BadField, *at, text, "write the offset of the place, as in `2025-06-08 14:30 +03:00`");
    }
}

/// `updated`, never before the publication. A day without a time that is the day of publication is not a contradiction.
fn raised(
    field: &Located<WrittenDate>,
    updated: Timestamp,
    published: Timestamp,
    findings: &mut Findings<'_>,
) -> Timestamp {
    let same_day = match field.value {
        WrittenDate::Day(day) => day == published.datetime().date_naive(),
        _ => false,
    };
    if updated < published && !same_day {
        findings.report(
            Code::UpdatedBeforePublished,
            field.at,
            format!(
                "`updated` ({}) is earlier than the publication date ({}); using the publication date",
                updated.rfc3339(),
                published.rfc3339()
            ),
            "correct `updated`, or remove it",
        );
    } else if matches!(field.value, WrittenDate::Day(_)) && !same_day {
        tell_day_only("updated", field, updated, findings);
    }
    updated.max(published)
}

fn tell_day_only(field: &str, written: &Located<WrittenDate>, instant: Timestamp, findings: &mut Findings<'_>) {
    let WrittenDate::Day(day) = written.value else { return };
    let time = instant.datetime().time();
    // After the first hour, feedmill 0.1 had another time.
    let kept = if time.hour() > 0 { "; an entry that subscribers have keeps its time" } else { "" };
    findings.report(
        Code::DateWithoutTime,
        written.at,
        format!("`{field}`: no time given; using {time}, derived from the slug so that it never changes{kept}"),
        format!("to choose the time yourself, write it, as in `{field}: {day}T09:00:00`"),
    );
}

/// When the article expires: a day without a time expires at its end. A year beyond the calendar means never.
fn end(written: WrittenDate, clock: Clock) -> Option<Timestamp> {
    match written {
        WrittenDate::Day(day) => clock.day(Some(day).filter(|d| in_range(*d))?.checked_add_days(Days::new(1))?),
        WrittenDate::Local(local) => clock.local(Some(local).filter(|l| in_range(l.date()))?),
        WrittenDate::Instant(at) => in_range(at.naive_utc().date()).then(|| clock.zoned(at)).flatten(),
    }
}

/// Whether the year has four digits in every zone (RFC 3339, RFC 822).
fn in_range(day: NaiveDate) -> bool {
    (1001..=9998).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::Place;
    use crate::model::trial;

    fn day(text: &str) -> WrittenDate {
        WrittenDate::Day(text.parse().unwrap())
    }
    fn local(text: &str) -> WrittenDate {
        WrittenDate::Local(text.parse().unwrap())
    }
    fn at(text: &str) -> WrittenDate {
        WrittenDate::Instant(DateTime::parse_from_rfc3339(text).unwrap())
    }
    fn dates(zone: Tz, all: [Option<WrittenDate>; 3]) -> (Option<Dates>, Vec<Code>) {
        let [date, updated, expires] = all.map(|d| d.map(|d| Located::new(d, Place::new(2, 7, 10))));
        let raw = RawArticle { date, updated, expires, ..RawArticle::default() };
        let mut site = trial::site("https://e.org/");
        site.timezone = zone;
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = read(&raw, &Slug::new("x").unwrap(), &site, &mut Findings::new("a.md", &mut sink));
        (got, sink.iter().map(|f| f.code).collect())
    }
    fn starts(zone: Tz, day: &str) -> String {
        day_start(day.parse().unwrap(), zone).unwrap().rfc3339()
    }

    #[test]
    fn an_offset_that_no_place_uses_is_read_and_reported() {
        for (text, instant, codes) in [
            ("2020-05-28T14:15:14+15:00", "2020-05-27T23:15:14Z", vec![Code::BadField]),
            ("2020-05-28T14:15:14-12:30", "2020-05-29T02:45:14Z", vec![Code::BadField]),
            ("2020-05-28T14:15:14+14:00", "2020-05-28T00:15:14Z", vec![]),
        ] {
            let (got, found) = dates(Tz::UTC, [Some(at(text)), None, None]);
            assert_eq!((got.unwrap().published.rfc3339(), found), (instant.to_owned(), codes), "{text}");
        }
    }

    #[test]
    fn days_begin_where_they_begin() {
        assert_eq!(starts(Tz::Europe__Moscow, "2025-06-08"), "2025-06-08T00:00:00+03:00");
        assert_eq!(starts(Tz::America__Sao_Paulo, "2018-11-04"), "2018-11-04T01:00:00-02:00");
        assert_eq!(starts(Tz::Pacific__Apia, "2011-12-30"), "2011-12-31T00:00:00+14:00");
        assert_eq!(starts(Tz::America__Havana, "2024-11-03"), "2024-11-03T00:00:00-04:00");
        assert_eq!(starts(Tz::Europe__Moscow, "1901-01-01"), "1900-12-31T21:29:43Z");
    }

    #[test]
    fn local_times_in_gaps_and_folds() {
        let in_zone = |t: &str| first_instant(t.parse().unwrap(), Tz::Europe__Berlin).unwrap().rfc3339();
        assert_eq!(in_zone("2024-03-31T02:30:00"), "2024-03-31T03:00:00+02:00");
        assert_eq!(in_zone("2024-10-27T02:30:00"), "2024-10-27T02:30:00+02:00");
    }

    #[test]
    fn a_day_gets_a_stable_time_and_others_keep_theirs() {
        let mut moscow = trial::site("https://e.org/");
        moscow.timezone = Tz::Europe__Moscow;
        let (got, codes) = dates(Tz::Europe__Moscow, [Some(day("2025-06-08")), None, Some(day("2025-06-09"))]);
        let got = got.unwrap();
        assert_eq!(codes, [Code::DateWithoutTime]);
        assert!(got.published.rfc3339().starts_with("2025-06-08T03:"));
        assert_eq!(got.earlier, DayShift { published: 3 * 3600, updated: 3 * 3600 });
        assert_eq!((got.precision, got.updated), (Precision::DayOnly, got.published));
        assert_eq!(got.expires.unwrap().rfc3339(), "2025-06-10T00:00:00+03:00");
        assert!(is_made(got.published, &Slug::new("x").unwrap(), &moscow));
        let (got, codes) =
            dates(Tz::Europe__Moscow, [Some(at("2025-06-08T10:00:00.9Z")), None, Some(local("9999-12-31T00:00:00"))]);
        assert_eq!((got.unwrap().published.rfc3339(), codes), ("2025-06-08T13:00:00+03:00".into(), vec![]));
        assert_eq!(got.unwrap().expires, None);
    }

    /// The zones of readers, and what part of them shows a day as it was written.
    #[test]
    fn readers_show_the_written_day() {
        use Tz::{America__New_York, Asia__Tokyo, Europe__London, Europe__Moscow, UTC};
        let readers = [Europe__Moscow, UTC, Europe__London, America__New_York, Asia__Tokyo];
        let sites = [(Europe__Moscow, 4), (UTC, 4), (Europe__London, 4), (America__New_York, 5), (Asia__Tokyo, 2)];
        let sites = sites.into_iter().chain([(Tz::Asia__Kolkata, 3), (Tz::Pacific__Auckland, 1)]);
        for (zone, most) in sites {
            for written in ["2026-01-08", "2026-03-29", "2026-06-08", "2026-10-25", "2026-12-31"] {
                let got = dates(zone, [Some(day(written)), None, None]).0.unwrap();
                let shown =
                    |reader: &&Tz| got.published.in_zone(**reader).datetime().date_naive().to_string() == written;
                assert!(readers.iter().filter(shown).count() >= most, "{zone} {written}: {}", got.published.rfc3339());
                assert_eq!(got.published.in_zone(zone).datetime().date_naive().to_string(), written);
                let morning = in_zone(day_start(written.parse().unwrap(), zone).unwrap(), zone).plus_seconds(7 * 3600);
                assert!(got.published < morning, "{zone} {written} is out on its own morning");
            }
        }
    }

    #[test]
    fn updated_is_never_before_published() {
        let codes = |date, updated| dates(Tz::UTC, [Some(date), Some(updated), None]).1;
        assert_eq!(codes(at("2025-06-08T10:00:00Z"), at("2025-06-08T09:00:00Z")), [Code::UpdatedBeforePublished]);
        assert_eq!(codes(at("2025-06-08T10:00:00Z"), day("2025-06-07")), [Code::UpdatedBeforePublished]);
        assert_eq!(codes(at("2025-06-08T10:00:00Z"), day("2025-06-08")), []);
        assert_eq!(codes(day("2025-06-08"), day("2025-06-08")), [Code::DateWithoutTime]);
        assert_eq!(codes(at("2025-06-08T10:00:00Z"), day("2025-06-09")), [Code::DateWithoutTime]);
        let got = dates(Tz::UTC, [Some(at("2025-06-08T10:00:00Z")), Some(day("2025-06-07")), None]).0.unwrap();
        assert_eq!(got.updated, got.published);
    }

    #[test]
    fn dates_that_no_feed_can_carry() {
        assert_eq!(dates(Tz::UTC, [None, None, None]), (None, vec![Code::MissingDate]));
        assert_eq!(dates(Tz::UTC, [Some(at("0001-01-01T00:00:00Z")), None, None]), (None, vec![Code::BadDate]));
        assert_eq!(dates(Tz::UTC, [Some(WrittenDate::Day(NaiveDate::MAX)), None, None]), (None, vec![Code::BadDate]));
        assert_eq!(
            dates(
                Tz::UTC,
                [Some(WrittenDate::Local(NaiveDateTime::MIN)), None, Some(WrittenDate::Day(NaiveDate::MAX))]
            )
            .1,
            [Code::BadDate]
        );
        let (got, findings) = dates(Tz::UTC, [Some(day("2025-06-08")), Some(WrittenDate::Day(NaiveDate::MAX)), None]);
        assert_eq!(
            (got.map(|d| d.updated == d.published), findings),
            (Some(true), vec![Code::BadField, Code::DateWithoutTime])
        );
    }
}
