//! Whether a text looks like a day, by its shape only; `parse::date` reads the value.

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `13/02/2020`.
    DayFirst,
    /// `02/13/2020`.
    MonthFirst,
    /// `03/04/2020`: either.
    Open,
}

/// The day of a date key's value: `2020-05-02`, or empty if it has another form. `None` if it is not a date.
pub fn day(value: &str) -> Option<String> {
    let word = value.to_ascii_lowercase();
    if matches!(word.as_str(), "" | "true" | "false" | "null" | "~" | "yes" | "no")
        || !value.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    Some(iso(value).map(|(day, _)| day).unwrap_or_default())
}

/// Whether any value is surely a day.
pub fn is_day(value: &str) -> bool {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['T', ' ', 't', '"', '\'']);
    iso(value).is_some_and(|(_, rest)| ends(rest)) || order(value).is_some()
}

/// The order shown by `d/d/yyyy`.
pub fn order(value: &str) -> Option<Order> {
    let date = value.split([' ', 'T', ',']).next().unwrap_or_default();
    let mut parts = date.split(['/', '-']);
    let first: u32 = parts.next().filter(|p| p.len() <= 2)?.parse().ok()?;
    let second: u32 = parts.next().filter(|p| p.len() <= 2)?.parse().ok()?;
    let year: u32 = parts.next().filter(|p| p.len() == 4)?.parse().ok()?;
    match (first, second) {
        _ if !(1900..2200).contains(&year) || parts.next().is_some() => None,
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        (1..=12, 1..=12) => Some(Order::Open),
        _ => None,
    }
}

/// The day in a path: at the beginning of one of its parts, or as three parts in a row.
pub fn in_path(path: &str) -> Option<String> {
    let begins = path.rsplit('/').find_map(|part| iso(part).map(|(day, _)| day).or_else(|| packed(part)));
    let parts: Vec<_> = path.split('/').collect();
    let folders = || {
        parts.windows(3).find_map(|three| iso(&three.join("-")).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| day))
    };
    // Docusaurus: `2020/05-02-slug.md`.
    let split = || {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(['-', '_', '.', ' ']);
        parts.windows(2).find_map(|two| iso(&two.join("-")).filter(|(_, rest)| ends(rest)).map(|(day, _)| day))
    };
    begins.or_else(folders).or_else(split)
}

/// Whether a name begins with a day, as Jekyll's do.
pub fn begins_with_day(name: &str) -> bool {
    iso(name).is_some_and(|(_, rest)| rest.starts_with(['-', '_', '.']))
}

/// A name without the day before it; the same where nothing would be left.
pub fn undated(name: &str) -> &str {
    let rest = iso(name).and_then(|(_, rest)| rest.strip_prefix(['-', '_', '.', ' ']));
    rest.filter(|rest| rest.contains(char::is_alphanumeric)).unwrap_or(name)
}

/// `2020-05-02…`, `2020-5-2…`, and what follows.
fn iso(text: &str) -> Option<(String, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '/' | '.'))?;
    let (month, rest) = number(rest.get(1..)?, 1, 2)?;
    let (day, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
    let known = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| (format!("{year:04}-{month:02}-{day:02}"), rest))
}

/// `20200502-…`.
fn packed(text: &str) -> Option<String> {
    let (digits, rest) = text.split_at_checked(8)?;
    let number = |at: std::ops::Range<usize>| digits.get(at).filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    let spaced = format!("{}-{}-{}", number(0..4)?, number(4..6)?, number(6..8)?);
    rest.starts_with(['-', '_', '.', ' ']).then(|| iso(&spaced)).flatten().map(|(day, _)| day)
}

fn number(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits.min(most))?;
    (least..=most).contains(&digits).then(|| number.parse().ok().map(|n| (n, rest)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_by_their_looks() {
        for text in ["2020-05-02", "2020-5-2 10:00", "2020-05-02T00:00Z"] {
            assert!(is_day(text), "{text}");
            assert_eq!(day(text).as_deref(), Some("2020-05-02"), "{text}");
        }
        for text in ["2 May 2020", "08.06.2025", "Tue May 02 2020 10:00:00 GMT+0000"] {
            assert_eq!(day(text).as_deref(), Some(""), "{text}");
        }
        for text in ["true", "null", "", "tomorrow"] {
            assert_eq!(day(text), None, "{text}");
        }
        assert!(!is_day("2020-05-02-slug") && !is_day("12") && !is_day("2020.1.2.3"));
    }

    #[test]
    fn orders() {
        assert_eq!(order("13/02/2020"), Some(Order::DayFirst));
        assert_eq!(order("02/13/2020 10:00"), Some(Order::MonthFirst));
        assert_eq!(order("03/04/2020"), Some(Order::Open));
        assert_eq!(order("2020/04/03"), None);
        assert_eq!(order("13/13/2020"), None);
    }

    #[test]
    fn paths() {
        for path in [
            "_posts/2020-05-02-a.md",
            "2020/05/02/a",
            "/2020/05/02/a/",
            "2020/05-02-a.md",
            "x/20200502-a.md",
            "2020-05-02-a/index.md",
        ] {
            assert_eq!(in_path(path).as_deref(), Some("2020-05-02"), "{path}");
        }
        for path in ["release-2020-05-02.md", "2020/a.md", "20209999-a.md", "жжжж"] {
            assert_eq!(in_path(path), None, "{path}");
        }
        assert!(begins_with_day("2020-05-02-a.md") && !begins_with_day("2020.md"));
    }
}
