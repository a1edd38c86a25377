//! `path:line:col`, as editors and terminals make it a link.

use super::RunView;
use super::harmless::harmless;
use crate::diagnostic::Diagnostic;
use std::path::{Component, MAIN_SEPARATOR, PathBuf};

/// `path:line:col: `; `path: ` for a whole file; nothing for the run.
pub fn place(finding: &Diagnostic) -> String {
    let path = harmless(&finding.path);
    match (path.as_str(), finding.at.line, finding.at.column.max(1)) {
        ("", ..) => String::new(),
        (path, 0, _) => format!("{path}: "),
        (path, line, column) => format!("{path}:{line}:{column}: "),
    }
}

/// A path relative to the folder in which feedmill runs, whatever `-C` is; a document's path is in the output folder.
pub fn from_here(run: &RunView<'_>, path: &str) -> String {
    let out = run
        .finished
        .site
        .as_ref()
        .filter(|_| run.finished.report.feeds.iter().any(|feed| feed.path == path))
        .map(|site| &*site.output.dir);
    let full = run.dir.join(out.unwrap_or_default()).join(path);
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| full.strip_prefix(here).ok()).unwrap_or(&full);
    let plain: PathBuf = short.components().filter(|part| *part != Component::CurDir).collect();
    plain.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::print::testing;
    use crate::diagnostic::Verdict;
    use std::path::Path;

    #[test]
    fn paths_begin_where_feedmill_runs() {
        let here = std::env::current_dir().unwrap();
        let from = |dir: &Path, path: &str| {
            testing::printed(&testing::report(), Verdict::Clean, |run, out| {
                write!(out, "{}", from_here(&RunView { dir, ..*run }, path))
            })
        };
        assert_eq!(from(Path::new("."), "content/a.md"), "content/a.md");
        assert_eq!(from(Path::new("./site/"), "./content/a.md"), "site/content/a.md");
        assert_eq!(from(&here.join("site"), "a.md"), "site/a.md");
        assert_eq!(from(Path::new("site"), "/elsewhere/a.md"), "/elsewhere/a.md");
    }
}
