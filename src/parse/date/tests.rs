//! The table of accepted shapes with their meaning, and the table of refused ones.

use super::{DateFault, DateRules, implied_order, is_format};
use crate::model::{DateOrder, WrittenDate};
use proptest::prelude::*;

fn read(text: &str) -> Result<WrittenDate, DateFault> {
    super::read(text, DateRules::default())
}

fn displayed(text: &str) -> String {
    said(read(text))
}

fn said(read: Result<WrittenDate, DateFault>) -> String {
    match read {
        Ok(WrittenDate::Day(day)) => day.to_string(),
        Ok(WrittenDate::Local(at)) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        Ok(WrittenDate::Instant(at)) => at.to_rfc3339(),
        Err(fault) => format!("{fault}"),
    }
}

#[test]
fn reads_every_shape_of_the_survey() {
    let table = [
        // Days.
        ("2025-06-08", "2025-06-08"),
        ("  2025-6-8 ", "2025-06-08"),
        ("2025/06/08", "2025-06-08"),
        ("2025.06.08", "2025-06-08"),
        ("20250608", "2025-06-08"),
        ("08.06.2025", "2025-06-08"),
        ("8.6.2025", "2025-06-08"),
        ("31.12.2025", "2025-12-31"),
        ("13/04/2020", "2020-04-13"),
        ("04/13/2020", "2020-04-13"),
        ("05-05-2020", "2020-05-05"),
        ("2 May 2020", "2020-05-02"),
        ("02 May, 2020", "2020-05-02"),
        ("May 2, 2020", "2020-05-02"),
        ("2nd of May 2020", "2020-05-02"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("14 February 2012", "2012-02-14"),
        ("2-May-2020", "2020-05-02"),
        ("8 июня 2025", "2025-06-08"),
        ("8\u{a0}июня 2025\u{a0}г.", "2025-06-08"),
        ("8 ИЮН 2025 года", "2025-06-08"),
        ("1 мая 2020", "2020-05-01"),
        ("вс, 8 июн. 2025", "2025-06-08"),
        // Days and times.
        ("2015-02-15 9:18:00", "2015-02-15T09:18:00"),
        ("2015-11-3 10:30:00", "2015-11-03T10:30:00"),
        ("2023-01-02T03:04", "2023-01-02T03:04:00"),
        ("2023-01-02t03:04:05.678", "2023-01-02T03:04:05"),
        ("2023-01-02, 03:04", "2023-01-02T03:04:00"),
        ("08.06.2025 14:30", "2025-06-08T14:30:00"),
        ("08.06.2025, 14:30:15", "2025-06-08T14:30:15"),
        ("8.6.2025 в 9:30", "2025-06-08T09:30:00"),
        ("8 июня 2025, 14:30", "2025-06-08T14:30:00"),
        ("8 июня 2025 г. в 14:30", "2025-06-08T14:30:00"),
        ("May 2, 2020 at 10:05 PM", "2020-05-02T22:05:00"),
        ("2020-05-02 12:05am", "2020-05-02T00:05:00"),
        ("20250608143000", "2025-06-08T14:30:00"),
        ("2016-12-31 23:59:60", "2016-12-31T23:59:59"),
        // Instants.
        ("2023-2-07T00:00:00.000Z", "2023-02-07T00:00:00+00:00"),
        ("2026-1-13T00:00:00.000Z", "2026-01-13T00:00:00+00:00"),
        ("2013-12-02 7:37:00 -0400", "2013-12-02T07:37:00-04:00"),
        ("2015-03-17 10:00:00 -4", "2015-03-17T10:00:00-04:00"),
        ("2015-03-17 10:00:00 +03", "2015-03-17T10:00:00+03:00"),
        ("2015-03-17 10:00:00+0530", "2015-03-17T10:00:00+05:30"),
        ("2015-03-17 10:00:00 +05:45", "2015-03-17T10:00:00+05:45"),
        ("2015-03-17T10:00:00 +14:00", "2015-03-17T10:00:00+14:00"),
        ("2020-05-28 14:15:14+15:00", "2020-05-28T14:15:14+15:00"),
        ("2020-05-28 14:15:14 -1559", "2020-05-28T14:15:14-15:59"),
        ("2015-03-17 10:00 UTC", "2015-03-17T10:00:00+00:00"),
        ("2015-03-17 10:00 UTC+3", "2015-03-17T10:00:00+03:00"),
        ("2015-03-17 10:00 MSK", "2015-03-17T10:00:00+03:00"),
        ("2015-03-17 10:00:00.5 CET", "2015-03-17T10:00:00+01:00"),
        ("2015-03-17 10:00 PST", "2015-03-17T10:00:00-08:00"),
        ("2015-03-17 10:00 Europe/Moscow", "2015-03-17T10:00:00+03:00"),
        ("2015-07-17 10:00 America/New_York", "2015-07-17T10:00:00-04:00"),
        ("2015-03-17T10:00:00+01:00[Europe/Paris]", "2015-03-17T10:00:00+01:00"),
        ("20250608T143000Z", "2025-06-08T14:30:00+00:00"),
        ("Tue Aug 10 2021 14:03:22 GMT+0000 (Coordinated Universal Time)", "2021-08-10T14:03:22+00:00"),
        ("Tue, 10 Aug 2021 14:03:22 +0300", "2021-08-10T14:03:22+03:00"),
        ("10 Aug 2021 14:03:22 GMT", "2021-08-10T14:03:22+00:00"),
        ("Tuesday, 10-Aug-2021 14:03:22 EST", "2021-08-10T14:03:22-05:00"),
        ("Tue Aug 10 14:03:22 UTC 2021", "2021-08-10T14:03:22+00:00"),
        ("1628604202", "2021-08-10T14:03:22+00:00"),
        ("1628604202123", "2021-08-10T14:03:22+00:00"),
    ];
    for (text, meant) in table {
        assert_eq!(displayed(text), meant, "{text}");
    }
}

#[test]
fn refuses_what_does_not_exist_or_has_two_meanings() {
    let shape = "this date format is not supported";
    let table = [
        ("30.02.2025", "2025-02-30 does not exist"),
        ("2024-02-30", "2024-02-30 does not exist"),
        ("2017-02-29", "2017-02-29 does not exist"),
        ("31 апреля 2025", "2025-04-31 does not exist"),
        ("06.13.2025", "2025-13-06 does not exist"),
        ("20251345", "2025-13-45 does not exist"),
        ("0001-01-01T00:00:00Z", "the year 0001 is not between 1001 and 9998"),
        ("2025-06-08 25:00", "25:00:00 is not a time of day"),
        ("2025-06-08 13:00 PM", "13 pm is not a time of day"),
        ("2025-06-08 10:00:00 +16:30", "+16:30 is not an offset from UTC (-15:59 to +15:59)"),
        ("2025-06-08 10:00:00 -1600", "-1600 is not an offset from UTC (-15:59 to +15:59)"),
        ("2025-06-08 10:00:00 +0175", "+0175 is not an offset from UTC (-15:59 to +15:59)"),
        ("2025-06-08 10:00 IST", "IST is unknown or names several time zones"),
        ("2025-06-08 10:00 Europe/Atlantis", "Europe/Atlantis is unknown or names several time zones"),
        ("2025-03-30 02:30 Europe/Berlin", "the clocks of this time zone skip 2025-03-30 02:30:00"),
        ("Mon, 8 Jun 2025 10:00:00 GMT", "that date is a Sunday"),
        ("03/04/2020", "it can mean 3 April 2020 or 4 March 2020"),
        ("03-04-2020", "it can mean 3 April 2020 or 4 March 2020"),
        ("2015-01-01 16:30-:00+16:30", shape),
        ("2015-01-01 00:10::00 -03:00", shape),
        ("08.06.25", shape),
        ("2025", shape),
        ("2025-06", shape),
        ("2025-06-08T", shape),
        ("2025-06-08 +03:00", shape),
        ("2025-06-08 10", shape),
        ("2025-06/08", shape),
        ("2025-06-08x", shape),
        ("2025-06-08 10:00 soon", "soon is unknown or names several time zones"),
        ("June 2025", shape),
        ("8 2025", shape),
        ("yesterday", shape),
        ("true", shape),
        ("", shape),
        ("-", shape),
        ("é", shape),
        ("123456789012", shape),
    ];
    for (text, said) in table {
        assert_eq!(displayed(text), said, "{text}");
    }
    assert_eq!(read(&"9".repeat(1000)), Err(DateFault::Shape));
    let help = read("03/04/2020").unwrap_err().help();
    assert_eq!(help, "write 2020-04-03 or 2020-03-04, or set `content.date_order` or `content.date_formats`");
}

#[test]
fn the_config_settles_the_order() {
    let by = |text, order| said(super::read(text, DateRules { formats: &[], order: Some(order) }));
    use DateOrder::{DayFirst, MonthFirst, YearFirst};
    for (text, order, meant) in [
        ("03/04/2020", DayFirst, "2020-04-03"),
        ("03/04/2020", MonthFirst, "2020-03-04"),
        ("03/04/2020", YearFirst, "it can mean 3 April 2020 or 4 March 2020"),
        ("03-04-2020 10:00 +03:00", MonthFirst, "2020-03-04T10:00:00+03:00"),
        ("04/13/2020", DayFirst, "2020-13-04 does not exist"),
        ("03.04.2020", MonthFirst, "2020-04-03"),
        ("03/04/05", DayFirst, "2005-04-03"),
        ("03/04/05", YearFirst, "2003-04-05"),
        ("08.06.25", DayFirst, "2025-06-08"),
        ("06/08/99 9:30", MonthFirst, "1999-06-08T09:30:00"),
        ("2020-03-04", MonthFirst, "2020-03-04"),
    ] {
        assert_eq!(by(text, order), meant, "{text}");
    }
    let implied = |text| implied_order(text, DateRules::default());
    assert_eq!(implied("13/04/2020"), Some(DayFirst));
    assert_eq!(implied("04-13-2020 10:00"), Some(MonthFirst));
    for text in ["03/04/2020", "05/05/2020", "2020-04-13", "13.04.2020", "99/99/2020", "x"] {
        assert_eq!(implied(text), None, "{text}");
    }
}

#[test]
fn own_patterns_go_first() {
    let by = |text, format: &str| said(super::read(text, DateRules { formats: &[format.to_owned()], order: None }));
    for (text, format, meant) in [
        ("03/04/2020", "%d/%m/%Y", "2020-04-03"),
        ("03/04/2020 9:05", "%m/%d/%Y %H:%M", "2020-03-04T09:05:00"),
        ("20200403T0905 +0300", "%Y%m%dT%H%M %z", "2020-04-03T09:05:00+03:00"),
        ("08.06.25", "%d.%m.%y", "2025-06-08"),
        ("1628604202", "%s", "2021-08-10T14:03:22+00:00"),
        ("2020-04-03", "%d/%m/%Y", "2020-04-03"),
    ] {
        assert!(is_format(format), "{format}");
        assert_eq!(by(text, format), meant, "{text}");
    }
    for format in ["", "%d", "%H:%M", "%Q", "%", "dd/mm/yyyy", "%m/%Y", &"%d/%m/%Y".repeat(50)] {
        assert!(!is_format(format), "{format}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = read(&text);
    }

    #[test]
    fn nothing_near_a_date_panics(text in "[0-9]{1,4}[-./ T:,]{1,2}[0-9a-zA-Zмайюн]{1,4}[-./ T:,+]{0,2}[0-9:. +ZTGMp(-]{0,16}") {
        let _ = read(&text);
    }

    #[test]
    fn dotted_is_day_first_and_iso_is_iso(y in 1000i32..9999, m in 1u32..13, d in 1u32..29) {
        let day = chrono::NaiveDate::from_ymd_opt(y, m, d).unwrap();
        prop_assert_eq!(read(&format!("{d}.{m:02}.{y}")), Ok(WrittenDate::Day(day)));
        prop_assert_eq!(read(&format!("{y}-{m}-{d:02}")), Ok(WrittenDate::Day(day)));
        prop_assert_eq!(read(&day.format("%-d %B %Y").to_string()), Ok(WrittenDate::Day(day)));
        prop_assert_eq!(read(&day.format("%a %b %d %Y").to_string()), Ok(WrittenDate::Day(day)));
    }
}
