//! A cursor over a short text.

use super::{DateFault, calendar};
use chrono::NaiveTime;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    /// The rest of the text.
    pub rest: &'a str,
}

impl<'a> Cursor<'a> {
    /// At the start of a text.
    pub(super) const fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    /// Between `least` and `most` digits, as they stand; nothing when there are fewer or more.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(length).filter(|_| (least..=most).contains(&length))?;
        self.rest = rest;
        Some(digits)
    }

    /// A number of between `least` and `most` digits.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        self.digits(least, most)?.parse().ok()
    }

    /// One of these characters.
    pub(super) fn one_of(&mut self, marks: &[char]) -> Option<char> {
        let mark = self.rest.chars().next().filter(|c| marks.contains(c))?;
        self.rest = self.rest.get(mark.len_utf8()..)?;
        Some(mark)
    }

    /// `H:MM`, `HH:MM:SS`, `H:M:S`, with a fraction (not kept: feeds count seconds), or with AM and PM.
    pub(super) fn time(&mut self) -> Result<NaiveTime, DateFault> {
        let hour = self.number(1, 2).ok_or(DateFault::Shape)?;
        self.one_of(&[':']).ok_or(DateFault::Shape)?;
        let minute = self.number(1, 2).ok_or(DateFault::Shape)?;
        let mut second = 0;
        if self.one_of(&[':']).is_some() {
            second = self.number(1, 2).ok_or(DateFault::Shape)?;
            if self.one_of(&['.', ',']).is_some() {
                self.digits(1, 12).ok_or(DateFault::Shape)?;
            }
        }
        calendar::time(self.half_day(hour)?, minute, second)
    }

    /// The hour with AM or PM applied.
    fn half_day(&mut self, hour: u32) -> Result<u32, DateFault> {
        let rest = self.rest.trim_start();
        let word: String = rest.chars().take(2).collect::<String>().to_ascii_lowercase();
        let ends = rest.chars().nth(2).is_none_or(|c| !c.is_alphanumeric());
        if !ends || !matches!(word.as_str(), "am" | "pm") {
            return Ok(hour);
        }
        self.rest = rest.get(2..).unwrap_or_default();
        match (hour, word.as_str()) {
            (12, "am") => Ok(0),
            (12, _) => Ok(12),
            (1..=11, "am") => Ok(hour),
            (1..=11, _) => Ok(hour + 12),
            _ => Err(DateFault::Time(format!("{hour} {word}"))),
        }
    }
}
