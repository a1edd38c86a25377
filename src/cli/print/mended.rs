//! What was mended: `path:line: mended: what`, every line of it, for whoever looks after their files.

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

/// `mended`, or `to mend` where nothing is written.
pub const fn word(fix: FixMode) -> &'static str {
    match fix {
        FixMode::Preview => "to mend",
        FixMode::Off | FixMode::Write => "mended",
    }
}
