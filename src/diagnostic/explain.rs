//! The explain pages: what a finding means, why it matters to readers, how to mend it.

use super::Code;

/// The page of a code, Markdown, beginning with `# A010 bad-date`.
pub const fn explain(code: Code) -> &'static str {
    code.page()
}
