//! Which changes for subscribers a run has been agreed to: `--accept=KIND,…`.

/// What a run may change for subscribers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accept {
    /// Entries get other ids.
    pub ids: bool,
    /// Entries get other dates.
    pub dates: bool,
    /// Old entries enter feeds that never listed them.
    pub limit: bool,
    /// Feeds get other addresses.
    pub addresses: bool,
    /// Feeds are given up.
    pub feeds: bool,
    /// A large part of the entries goes.
    pub entries: bool,
    /// The site has another host than the ledger.
    pub host: bool,
    /// Feeds of another program are replaced.
    pub foreign: bool,
}

impl Accept {
    /// Nothing may change.
    pub const NONE: Self = Self::all(false);

    /// Everything: `--accept` alone.
    pub const ALL: Self = Self::all(true);

    /// The kinds by their names, in the order of the docs.
    pub const KINDS: [&str; 8] = ["ids", "dates", "limit", "addresses", "feeds", "entries", "host", "foreign"];

    const fn all(yes: bool) -> Self {
        Self { ids: yes, dates: yes, limit: yes, addresses: yes, feeds: yes, entries: yes, host: yes, foreign: yes }
    }

    /// The same with one kind more. `None` for an unknown name.
    pub fn with(mut self, kind: &str) -> Option<Self> {
        let flag = match kind {
            "ids" => &mut self.ids,
            "dates" => &mut self.dates,
            "limit" => &mut self.limit,
            "addresses" => &mut self.addresses,
            "feeds" => &mut self.feeds,
            "entries" => &mut self.entries,
            "host" => &mut self.host,
            "foreign" => &mut self.foreign,
            _ => return None,
        };
        *flag = true;
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_flag_of_its_own() {
        let one = |kind: &&str| Accept::NONE.with(kind).unwrap();
        assert!(Accept::KINDS.iter().all(|kind| one(kind) != Accept::NONE && one(kind) != Accept::ALL));
        assert_eq!(Accept::KINDS.iter().try_fold(Accept::NONE, |all, kind| all.with(kind)), Some(Accept::ALL));
        assert_eq!(Accept::NONE.with("id"), None);
    }
}
