//! Names of months and weekdays, English and Russian, in full or abbreviated.

use chrono::Weekday;

/// English months, in lower case.
pub(super) const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const RUSSIAN_MONTHS: [&str; 12] = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
];

const RUSSIAN_GENITIVES: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

const WEEKDAYS: [[&str; 3]; 7] = [
    ["monday", "понедельник", "пн"],
    ["tuesday", "вторник", "вт"],
    ["wednesday", "среда", "ср"],
    ["thursday", "четверг", "чт"],
    ["friday", "пятница", "пт"],
    ["saturday", "суббота", "сб"],
    ["sunday", "воскресенье", "вс"],
];

/// The number of a month by its name, or by its first three letters or more, in any case.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let short_enough = word.chars().count() >= 3;
    let is = |name: &str| name == word || (short_enough && name.starts_with(&word));
    [ENGLISH_MONTHS, RUSSIAN_MONTHS, RUSSIAN_GENITIVES]
        .iter()
        .find_map(|months| months.iter().position(|name| is(name)))
        .and_then(|at| u32::try_from(at + 1).ok())
}

/// A weekday by its name, or by its first three letters or more, or by the two letters of Russian calendars.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let short_enough = word.chars().count() >= 3;
    let is = |name: &&str| **name == *word || (short_enough && name.starts_with(&word));
    let at = WEEKDAYS.iter().position(|names| names.iter().any(is))?;
    Weekday::try_from(u8::try_from(at).ok()?).ok()
}

/// The English name.
pub(super) fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
