//! What a build would do, printed by `init` after it wrote the config.

use super::args::{FolderArgs, OutputArgs, Verbosity};
use super::print::{self, RunView};
use crate::app::{Commit, RunOptions};
use crate::diagnostic::{Code, Severity};
use crate::parse::Overrides;
use std::collections::BTreeMap;
use std::path::Path;

/// Codes that are named at most.
const MAX_CODES: usize = 5;

/// The summary of a dry run in a folder, and the most frequent findings with the first place of each; `None` if the
/// run fails.
pub fn text(dir: &Path, url: Option<&str>) -> Option<String> {
    let overrides = Overrides { url: url.map(str::to_owned), ..Overrides::default() };
    let folder = FolderArgs { dir: dir.to_owned(), overrides, endpoint: None };
    let finished = folder.open(OutputArgs::default()).ok()?.list(&RunOptions::default());
    let run = RunView { commit: Commit::Dry, ..RunView::new("a build now", &finished, dir) };
    let mut text = print::summary(&run, Verbosity::Normal)?;
    let mut kinds: BTreeMap<Code, (usize, String)> = BTreeMap::new();
    for finding in &finished.report.findings {
        if finished.policy.severity(finding.code).is_some_and(|s| s > Severity::Note) {
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
    for (code, (count, first)) in kinds.iter().take(MAX_CODES) {
        text.push_str(&format!("  {count:>6} × {code} {}, {first}\n", code.name()));
    }
    Some(text)
}
