//! The run's policy: the severity of each finding, and whether the run is refused. Applied once, to the finished
//! report.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// How strict a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Refuses on any warning.
    Strict,
    /// Leaves out articles with errors and continues.
    Lenient,
}

/// The level that the config sets for one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not reported and never a reason to refuse.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error; refuses the run.
    Deny,
}

/// `policy:` of the config.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PolicyRules {
    /// The value of `policy.mode`.
    pub mode: Option<Mode>,
    /// The value of `policy.levels`.
    pub levels: BTreeMap<Code, Level>,
}

/// How a run came out. Exit codes: clean and warned 0, refused 1, failed 2 or 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing but notes.
    Clean,
    /// Done, with warnings or with articles left out for an error.
    Warned,
    /// Nothing was committed.
    Refused,
    /// The config or the world failed.
    Failed,
}

/// The policy of one run: flag over config over the command's default.
#[derive(Debug, Clone)]
pub struct Policy {
    mode: Mode,
    levels: BTreeMap<Code, Level>,
}

impl Policy {
    /// From the flag, the config and the command's own default.
    pub fn new(flag: Option<Mode>, rules: &PolicyRules, default: Mode) -> Self {
        Self { mode: flag.or(rules.mode).unwrap_or(default), levels: rules.levels.clone() }
    }

    /// The same levels in another mode, to report what a mode would change.
    pub fn in_mode(&self, mode: Mode) -> Self {
        Self { mode, levels: self.levels.clone() }
    }

    /// The severity of a finding; `None` if it is not reported. A code that refuses under every policy cannot be
    /// allowed.
    pub fn severity(&self, code: Code) -> Option<Severity> {
        match self.levels.get(&code) {
            Some(Level::Allow) if !refuses_always(code) => None,
            Some(Level::Warn) if !refuses_always(code) => Some(Severity::Warning),
            Some(Level::Deny) => Some(Severity::Error),
            _ => Some(code.severity()),
        }
    }

    /// Whether the findings let the run commit.
    pub fn verdict(&self, findings: &[Diagnostic]) -> Verdict {
        findings
            .iter()
            .filter_map(|f| self.severity(f.code).map(|s| (f.code, s)))
            .map(|(code, s)| self.judge(code, s))
            .max()
            .unwrap_or(Verdict::Clean)
    }

    fn judge(&self, code: Code, severity: Severity) -> Verdict {
        let denied = self.levels.get(&code) == Some(&Level::Deny);
        match (severity, self.mode) {
            (Severity::Note, _) => Verdict::Clean,
            _ if denied || (severity == Severity::Error && refuses_always(code)) => Verdict::Refused,
            (_, Mode::Strict) => Verdict::Refused,
            (_, Mode::Lenient) => Verdict::Warned,
        }
    }
}

/// Errors in the config, in a document of our own making, and the brake refuse under every policy.
fn refuses_always(code: Code) -> bool {
    code.severity() == Severity::Error && code.id().starts_with(['C', 'F', 'P'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn verdict(mode: Mode, levels: &[(Code, Level)], code: Code) -> Verdict {
        let rules = PolicyRules { mode: None, levels: levels.iter().copied().collect() };
        Policy::new(Some(mode), &rules, Mode::Strict).verdict(&[Diagnostic::new(code, "a.md", Place::WHOLE, "x")])
    }

    #[test]
    fn strict_refuses_what_lenient_only_tells() {
        assert_eq!(verdict(Mode::Lenient, &[], Code::BadDate), Verdict::Warned);
        assert_eq!(verdict(Mode::Strict, &[], Code::BadDate), Verdict::Refused);
        assert_eq!(verdict(Mode::Strict, &[], Code::MissingSlug), Verdict::Clean);
        assert_eq!(verdict(Mode::Lenient, &[], Code::NotWellFormed), Verdict::Refused);
    }

    #[test]
    fn levels_move_a_code_but_never_the_brake() {
        assert_eq!(verdict(Mode::Strict, &[(Code::TitleIsSlug, Level::Allow)], Code::TitleIsSlug), Verdict::Clean);
        assert_eq!(verdict(Mode::Lenient, &[(Code::MissingSlug, Level::Deny)], Code::MissingSlug), Verdict::Refused);
        assert_eq!(verdict(Mode::Lenient, &[(Code::LostFeeds, Level::Allow)], Code::LostFeeds), Verdict::Refused);
    }
}
