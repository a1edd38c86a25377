//! The day in a path, used if no key has one: Jekyll's `2020-05-02-slug.md`, folders `2020/05/02/`, `20200502-slug.md`,
//! Docusaurus's `2020/05-02-slug.md`.
//!
//! Only whole parts of the path, or the beginning of one, count; a year elsewhere in a name is not a date.

use super::calendar;
use super::cursor::Cursor;
use chrono::NaiveDate;

/// The day in a path or URL: the last part that begins with one, else three folders in a row, else a year or month and
/// the rest.
pub(in super::super) fn day(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty()).collect();
    let begins = parts.iter().rev().find_map(|part| prefix(part));
    let folders = || {
        parts.windows(3).rev().find_map(|three| match three {
            [year, month, day] => folders(year, month, day),
            _ => None,
        })
    };
    let split = || {
        parts.windows(2).rev().find_map(|two| match two {
            [year, rest] if is_year(year) => prefix(&format!("{year}-{rest}")),
            _ => None,
        })
    };
    begins.or_else(folders).or_else(split)
}

/// `2020`, or `2020-05` with the day in the next part.
fn is_year(part: &str) -> bool {
    let mut cursor = Cursor::new(part);
    let is_month = |mut cursor: Cursor<'_>| {
        cursor.one_of(&['-']).is_some() && cursor.number(1, 2).is_some() && cursor.rest.is_empty()
    };
    cursor.number(4, 4).is_some() && (cursor.rest.is_empty() || is_month(cursor))
}

/// `2020-05-02`, `2020_05_02`, `20200502`, alone or before a mark and more.
fn prefix(part: &str) -> Option<NaiveDate> {
    let mut cursor = Cursor::new(part);
    let day = if let Some(packed) = cursor.digits(8, 8) {
        let number = |a, b| packed.get(a..b).and_then(|p: &str| p.parse::<u32>().ok());
        known(number(0, 4)?, number(4, 6)?, number(6, 8)?)?
    } else {
        let year = cursor.number(4, 4)?;
        let mark = cursor.one_of(&['-', '_'])?;
        let month = cursor.number(1, 2)?;
        cursor.one_of(&[mark])?;
        known(year, month, cursor.number(1, 2)?)?
    };
    cursor.rest.chars().next().is_none_or(|c| matches!(c, '-' | '_' | '.' | ' ')).then_some(day)
}

fn folders(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let number = |text: &str, least, most| {
        let mut cursor = Cursor::new(text);
        cursor.number(least, most).filter(|_| cursor.rest.is_empty())
    };
    known(number(year, 4, 4)?, number(month, 1, 2)?, number(day, 1, 2)?)
}

/// A day of the years in which articles are written: other digits are numbers.
fn known(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    calendar::day(i32::try_from(year).ok().filter(|y| (1900..2200).contains(y))?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn reads_the_places_that_engines_use() {
        let read = |path| day(path).map(|d| d.to_string());
        let may = Some("2020-05-02".to_owned());
        for path in [
            "_posts/2020-05-02-slug.md",
            "2020-05-02.md",
            "2020-05-02-slug/index.md",
            "2020/05/02/slug.md",
            "/2020/05/02/slug/",
            "20200502-slug.md",
            "blog/2020_5_2_slug.md",
            "2019/01/2020-05-02-slug.md",
            "blog/2020/05-02-slug.md",
            "blog/2020/05-02/index.md",
            "blog/2020-05/02-slug.md",
        ] {
            assert_eq!(read(path), may, "{path}");
        }
        for path in [
            "slug.md",
            "2020-05.md",
            "2020-13-45-x.md",
            "release-2020-05-02.md",
            "12345678.md",
            "2020-05-021.md",
            "2020/10-tips.md",
            "20/05-02-x.md",
            "",
        ] {
            assert_eq!(read(path), None, "{path}");
        }
    }
}
