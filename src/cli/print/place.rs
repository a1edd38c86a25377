//! `path:line:col`, as editors and terminals make it a link.

use super::harmless::harmless_path;
use crate::diagnostic::Diagnostic;

/// `path:line:col: `; `path: ` for a whole file; nothing for the run.
pub fn place(finding: &Diagnostic) -> String {
    let path = harmless_path(&finding.path);
    match (path.as_str(), finding.at.line, finding.at.column.max(1)) {
        ("", ..) => String::new(),
        (path, 0, _) => format!("{path}: "),
        (path, line, column) => format!("{path}:{line}:{column}: "),
    }
}
