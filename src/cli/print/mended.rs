//! What was mended: `path:line: mended: what`, every line of it, for whoever looks after their files.

use super::Run;
use super::harmless::{harmless, harmless_path};
use crate::cli::args::Mend;
use std::io::{self, Write};

/// Writes the lines.
pub fn write(run: &Run<'_>, out: &mut dyn Write) -> io::Result<()> {
    for mended in &run.report.mended {
        let (path, word) = (harmless_path(&mended.path), word(run.mend));
        writeln!(out, "{path}:{}: {word}: {}", mended.line, harmless(&mended.what))?;
    }
    Ok(())
}

/// `mended`, or `to mend` where nothing is written.
pub const fn word(mend: Mend) -> &'static str {
    match mend {
        Mend::Show => "to mend",
        Mend::No | Mend::Write => "mended",
    }
}
