//! Expectations written inside a case: `key: value  #~ A010 !A020` in front matter, `<!--~ M002 -->` in a body,
//! `#~ file: A011` for the file as a whole; or, where the bytes can hold no marker, `line CODE` in `<name>.expect`.
#![allow(dead_code)]

use std::collections::BTreeSet;

/// What a case expects.
#[derive(Debug, Default)]
pub struct Markers {
    /// Line (0: the whole file) and code.
    pub wanted: BTreeSet<(u64, String)>,
    /// Codes that must not be reported anywhere in the file.
    pub banned: BTreeSet<String>,
}

impl Markers {
    /// Reads the markers of a case's text.
    pub fn parse(text: &str) -> Self {
        let mut markers = Self::default();
        for (line, written) in (1..).zip(text.lines()) {
            for (open, close) in [("#~ ", "\n"), ("<!--~ ", "-->")] {
                for (at, _) in written.match_indices(open) {
                    let rest = &written[at + open.len()..];
                    markers.add(line, rest.split(close).next().unwrap_or(rest));
                }
            }
        }
        markers
    }

    /// Adds the lines of an `.expect` file.
    pub fn expect(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.split_once(' ').and_then(|(n, codes)| Some((n.parse().ok()?, codes))) {
                Some((n, codes)) => self.add(n, codes),
                None => self.add(0, line),
            }
        }
    }

    fn add(&mut self, line: u64, codes: &str) {
        let (line, codes) = match codes.trim().strip_prefix("file:") {
            Some(rest) => (0, rest),
            None => (line, codes),
        };
        for word in codes.split_whitespace() {
            match word.strip_prefix('!') {
                Some(code) => drop(self.banned.insert(code.to_owned())),
                None => drop(self.wanted.insert((line, word.to_owned()))),
            }
        }
    }

    /// What a report gets wrong: `(line, code, severity)` of every finding about the case.
    /// A note that the case does not mention is not a breach.
    pub fn breaches(&self, findings: &BTreeSet<(u64, String, String)>) -> Vec<String> {
        let has = |line: u64, code: &str| findings.iter().any(|(l, c, _)| *l == line && c == code);
        let missing = self.wanted.iter().filter(|(line, code)| !has(*line, code));
        let mut breaches: Vec<_> = missing.map(|(line, code)| format!("{line}: {code} is missing")).collect();
        for (line, code, severity) in findings {
            let spoken_of = self.wanted.iter().any(|(_, c)| c == code);
            if self.banned.contains(code) {
                breaches.push(format!("{line}: {code} is reported and must not be"));
            } else if !self.wanted.contains(&(*line, code.clone())) && (severity != "note" || spoken_of) {
                breaches.push(format!("{line}: {code} ({severity}) is reported and not expected there"));
            }
        }
        breaches
    }
}
