//! What a build would do, told before one is made: for `init`, whose last word is what its config is worth.

use super::args::{Commit, Mend, Options, Verbosity};
use super::line::{self, Stop};
use super::print::{self, Run};
use crate::diagnostic::{Code, Severity};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Codes that are named at most.
const NAMED: usize = 5;

/// The summary of a dry run in a folder, and the commonest findings with the first place of each; `None` where nothing can be shown.
pub fn of(dir: &Path, url: Option<&str>) -> Option<String> {
    let mut options = Options::dry(dir);
    options.overrides.url = url.map(str::to_owned);
    let ended = line::run(&options, &[], Stop::Commit);
    let run = Run {
        command: "a build now",
        report: &ended.report,
        site: ended.site.as_ref(),
        policy: &ended.policy,
        verdict: ended.verdict,
        commit: Commit::Dry,
        elapsed: Duration::ZERO,
        timings: &ended.timings,
        clocked: options.clocked,
        source: &|_, _| None,
        mend: Mend::No,
        diff: &[],
        dir,
    };
    let mut text = print::summary(&run, Verbosity::Normal)?;
    let mut kinds: BTreeMap<Code, (usize, String)> = BTreeMap::new();
    for finding in &ended.report.findings {
        if ended.policy.severity(finding.code).is_some_and(|s| s > Severity::Note) {
            let kind = kinds.entry(finding.code).or_insert_with(|| {
                let first = match (&*finding.path, finding.at.line) {
                    ("", _) => finding.message.to_string(),
                    (path, line) => format!("the first at {path}:{}: {}", line.max(1), finding.message),
                };
                (0, first)
            });
            kind.0 += 1;
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(code, (count, _))| (std::cmp::Reverse(code.severity()), std::cmp::Reverse(*count)));
    for (code, (count, first)) in kinds.iter().take(NAMED) {
        text.push_str(&format!("  {count:>6} × {code} {}, {first}\n", code.name()));
    }
    Some(text)
}
