//! The day in a path, used if no key has one: Jekyll's `2020-05-02-slug.md`, folders `2020/05/02/`, `20200502-slug.md`,
//! Docusaurus's `2020/05-02-slug.md`.
//!
//! Only whole parts of the path, or the beginning of one, count; a year elsewhere in a name is not a date.

use chrono::NaiveDate;

/// The day in a path or URL: the last part that begins with one, else three folders in a row, else a year or month and
/// the rest.
pub fn day_in_path(path: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty()).collect();
    let begins = parts.iter().rev().find_map(|part| leading_day(part).map(|(day, _)| day));
    let folders = || {
        let mut rows = parts.windows(3).rev();
        rows.find_map(|row| leading_day(&row.join("-")).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day))
    };
    let split = || parts.windows(2).rev().find_map(|row| leading_day(&row.join("-")).map(|(day, _)| day));
    begins.or_else(folders).or_else(split)
}

/// A name without the day before it; unchanged if nothing would be left.
pub fn undated(name: &str) -> &str {
    let rest = leading_day(name).and_then(|(_, rest)| rest.get(1..));
    rest.filter(|rest| rest.contains(char::is_alphanumeric)).unwrap_or(name)
}

/// Whether a name begins with a day and goes on, as Jekyll's do.
pub fn begins_with_day(name: &str) -> bool {
    leading_day(name).is_some_and(|(_, rest)| !rest.is_empty())
}

/// `2020-05-02`, `2020_5_2`, `2020.05.02`, `20200502`, alone or before a mark and more. Only years in which articles are
/// written: other digits are numbers.
fn leading_day(part: &str) -> Option<(NaiveDate, &str)> {
    let (year, month, day, rest) = if let Some((packed, rest)) = number(part, 8, 8) {
        (packed / 10_000, packed / 100 % 100, packed % 100, rest)
    } else {
        let (year, rest) = number(part, 4, 4)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '.'))?;
        let (month, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
        let (day, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
        (year, month, day, rest)
    };
    let ends = rest.is_empty() || rest.starts_with(['-', '_', '.', ' ']);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (ends && (1900..2200).contains(&year)).then_some((date, rest))
}

/// A number of between `least` and `most` digits, and what follows.
fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(length).filter(|_| (least..=most).contains(&length))?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::{begins_with_day, day_in_path, undated};

    #[test]
    fn reads_the_places_that_engines_use() {
        let read = |path| day_in_path(path).map(|d| d.to_string());
        let may = Some("2020-05-02".to_owned());
        for path in [
            "_posts/2020-05-02-slug.md",
            "2020-05-02.md",
            "2020-05-02-slug/index.md",
            "2020/05/02/slug.md",
            "/2020/05/02/slug/",
            "20200502-slug.md",
            "blog/2020_5_2_slug.md",
            "2020.05.02 slug.md",
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
            "2020-5_2-x.md",
            "20209999-a.md",
            "2020-+5-02-a.md",
            "жжжж",
            "",
        ] {
            assert_eq!(read(path), None, "{path}");
        }
    }
    #[test]
    fn names_lose_the_day_before_them() {
        for name in ["2025-06-08-name", "20250608_name", "2025.6.8 name", "2025_06_08.name"] {
            assert_eq!(undated(name), "name", "{name}");
            assert!(begins_with_day(name), "{name}");
        }
        for name in ["2025-06-08", "2025-06-08-", "2025-13-45-name", "name", "12345678-name"] {
            assert_eq!(undated(name), name, "{name}");
        }
        assert!(begins_with_day("2025-06-08.md") && !begins_with_day("2025-06-08") && !begins_with_day("2025.md"));
    }
}
