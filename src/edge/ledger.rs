//! `feedmill.ids` on disk. A link in its place is not followed; a file with a line that cannot be read refuses the run, so that no id
//! is lost by writing it anew.

use super::{EdgeError, files};
use crate::diagnostic::{Code, Diagnostic, Place, Sink};
use crate::ledger::{FILE_NAME, Ledger, to_bytes};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The largest file that is read, in bytes: a million articles.
const MAX_LEDGER_BYTES: u64 = 512 << 20;

/// Reads the ledger of a project folder, and whether its lines are in order; a missing one is empty.
pub fn read(project: &Path, sink: &mut dyn Sink) -> Result<(Ledger, bool), EdgeError> {
    let path = project.join(FILE_NAME);
    let mut bytes = Vec::new();
    match files::open(&path).and_then(|file| file.take(MAX_LEDGER_BYTES + 1).read_to_end(&mut bytes)) {
        Ok(_) => {}
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok((Ledger::default(), true)),
        Err(why) => return Err(EdgeError::disk(&path, why)),
    }
    if bytes.len() as u64 > MAX_LEDGER_BYTES {
        sink.report(damaged(0, "the file is larger than 512 MiB"));
        return Ok((Ledger::default(), true));
    }
    let Ok(text) = String::from_utf8(bytes) else {
        sink.report(damaged(0, "the file is not UTF-8"));
        return Ok((Ledger::default(), true));
    };
    let (ledger, faults) = Ledger::read(&text);
    for fault in faults.iter().take(10) {
        sink.report(damaged(fault.line, fault.why));
    }
    let is_in_order = ledger.is_in_order(&text);
    Ok((ledger, is_in_order))
}

/// Writes the ledger whole, or leaves the file as it was.
pub fn write(project: &Path, ledger: &Ledger) -> Result<(), EdgeError> {
    let path = project.join(FILE_NAME);
    let staged = path.with_file_name(format!("{FILE_NAME}.new-{}", std::process::id()));
    files::replace(&path, &to_bytes(ledger), &staged).map_err(|why| EdgeError::disk(&path, why))
}

/// Whether this is a run of continuous integration, which has nobody to commit what it writes.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true" || value == "1")
}

fn damaged(line: u32, why: &str) -> Diagnostic {
    let text = format!("the line cannot be used: {why}");
    let help = "restore the file from version control, or correct the line; nothing was written";
    let place = if line == 0 { Place::WHOLE } else { Place::new(line, 1, 0) };
    Diagnostic::new(Code::DamagedLedger, FILE_NAME, place, text).help(help)
}
