//! Whether a text looks like a day, by its shape only; `parse::date` reads the value.

/// The order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The day first, as in `13/02/2020`.
    DayFirst,
    /// The month first, as in `02/13/2020`.
    MonthFirst,
    /// Either order fits, as in `03/04/2020`.
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

/// `2020-05-02…`, `2020-5-2…`, and what follows.
fn iso(text: &str) -> Option<(String, &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '_' | '/' | '.'))?;
    let (month, rest) = number(rest.get(1..)?, 1, 2)?;
    let (day, rest) = number(rest.strip_prefix(mark)?, 1, 2)?;
    let known = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| (format!("{year:04}-{month:02}-{day:02}"), rest))
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
}
