//! `.feedmill/.gitignore`: the files of a run and of a push in progress are not committed. One of the user's own stays as it is.

use super::durable::write_if_other;
use crate::edge::EdgeError;
use crate::edge::files::Root;
use std::path::Path;

/// The file, below the output folder.
const NAME: &str = ".feedmill/.gitignore";

const TEXT: &[u8] = b"/lock\n/stage\n/pushed.lock\n/pushed.new\n";

/// The text of earlier versions.
const EARLIER_TEXT: &[u8] = b"/lock\n/stage\n";

/// Checks that the file is free or a regular file.
pub(super) fn check(files: &Root) -> Result<(), EdgeError> {
    files.check(NAME).map_err(|why| EdgeError::disk(&files.join(NAME), why))
}

/// Writes the file where it is missing or an earlier version wrote it.
pub(super) fn write(files: &Root, stage: &Path) -> Result<(), EdgeError> {
    let path = files.join(NAME);
    if path.exists() && !is_outdated(files) {
        return Ok(());
    }
    write_if_other(&path, TEXT, stage)
}

/// Whether an earlier version wrote the file.
pub(super) fn is_outdated(files: &Root) -> bool {
    let length = EARLIER_TEXT.len() as u64;
    files.join(NAME).symlink_metadata().is_ok_and(|about| about.len() == length)
        && files.read(NAME).is_ok_and(|text| text == EARLIER_TEXT)
}
