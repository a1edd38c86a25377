//! What was fixed: `path:line: mended: what`, one line for each changed line of a file.

use super::RunView;
use super::harmless::harmless;
use crate::app::FixMode;
use std::io::{self, Write};

/// Writes the lines.
pub fn write(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    for mended in &run.finished.report.mended {
        let (path, word) = (harmless(&mended.path), word(run.fix));
        writeln!(out, "{path}:{}: {word}: {}", mended.line, harmless(&mended.what))?;
    }
    Ok(())
}

/// `mended`, or `to mend` if nothing is written.
pub const fn word(fix: FixMode) -> &'static str {
    match fix {
        FixMode::Preview => "to mend",
        FixMode::Off | FixMode::Write => "mended",
    }
}
