//! People read twenty findings of a kind, not a thousand: those beyond are counted. Reports for machines are whole.

use crate::diagnostic::Code;
use std::collections::BTreeMap;

/// Maximum number of findings of one code that are printed.
pub const PER_CODE: usize = 20;

/// Counts findings by code.
#[derive(Debug, Default)]
pub struct Limit(BTreeMap<Code, usize>);

/// Whether a finding is still printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The finding is printed.
    Left,
    /// The finding is only counted.
    Full,
}

impl Limit {
    /// Counts one finding.
    pub fn count(&mut self, code: Code) -> Room {
        let seen = self.0.entry(code).or_default();
        *seen += 1;
        if *seen <= PER_CODE { Room::Left } else { Room::Full }
    }

    /// One line for each code with findings that were not printed, in the order of the codes.
    pub fn more(&self) -> impl Iterator<Item = String> {
        let over = self.0.iter().filter(|(_, seen)| **seen > PER_CODE);
        over.map(|(code, seen)| format!("… and {} more {code} {}", seen - PER_CODE, code.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_first_is_counted() {
        let mut limit = Limit::default();
        let displayed = (0..23).filter(|_| limit.count(Code::DateWithoutTime) == Room::Left).count();
        assert_eq!((displayed, limit.count(Code::BadDate)), (20, Room::Left));
        assert_eq!(limit.more().collect::<Vec<_>>(), ["… and 3 more A012 date-without-time"]);
    }
}
