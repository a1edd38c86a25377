//! Days and local times in a zone → instants.

use crate::model::Timestamp;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// How long after its start an article of a day comes out: at the start of the day in UTC, but not before the day has begun on the
/// site, and not after six in the morning there.
///
/// Readers show an instant in their own zone. The first hour of a day in Moscow is the day before in UTC, London and New York.
/// The first hour of the day in UTC is that day from UTC to UTC+14, for most people of the world and all of Europe. West of it
/// no instant of the site's morning would be that day in America and Asia. A site east of UTC+6 would wait until noon for the day
/// to begin in UTC, so it takes six in the morning, which is the day as far west as it gets. Alternatives: noon, which is right
/// in more zones and in the future on the morning of publication; the time of the first run, which a second machine would not
/// find.
pub(super) fn day_shift(day: NaiveDate, start: Timestamp) -> i64 {
    const LATEST: i64 = 6 * 3600;
    let in_utc = day.and_time(NaiveTime::MIN).and_utc().timestamp();
    (in_utc - start.unix()).clamp(0, LATEST)
}

/// The first instant of a day in a zone.
pub(super) fn day_start(day: NaiveDate, zone: Tz) -> Option<Timestamp> {
    first_instant(day.and_time(NaiveTime::MIN), zone)
}

/// The instant of a local time: the earlier one if it occurs twice, the next existing one if it does not occur.
pub(super) fn first_instant(local: NaiveDateTime, zone: Tz) -> Option<Timestamp> {
    const LONGEST_GAP_MINUTES: i64 = 3 * 24 * 60;
    let at = |local: NaiveDateTime| {
        let found = zone.from_local_datetime(&local).earliest()?;
        (found.naive_local() == local).then(|| in_zone(Timestamp::new(found.fixed_offset()), zone))
    };
    at(local).or_else(|| {
        let minute = (1..LONGEST_GAP_MINUTES).find_map(|n| {
            let later = local.checked_add_signed(TimeDelta::minutes(n))?;
            at(later).map(|_| later)
        })?;
        (0..60).rev().filter_map(|n| at(minute.checked_sub_signed(TimeDelta::seconds(n))?)).next()
    })
}

/// The instant in the zone, or in UTC if the zone's offset has seconds (local mean time), which RFC 3339 cannot
/// express.
pub(super) fn in_zone(at: Timestamp, zone: Tz) -> Timestamp {
    let there = at.in_zone(zone);
    if there.datetime().offset().local_minus_utc() % 60 == 0 { there } else { at.in_zone(Tz::UTC) }
}
