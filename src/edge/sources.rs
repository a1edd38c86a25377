//! Files that `feedmill adopt` reads: one file, or all files of a folder whose names are those of feeds.

use super::EdgeError;
use std::fs::File;
use std::io::{Error, Read};
use std::path::{Path, PathBuf};

/// Endings of names under which feeds and exports are saved. Other files of a folder are not read.
const ENDINGS: [&str; 6] = ["xml", "rss", "atom", "rdf", "json", "wxr"];

/// Files of a folder that are read, and folders within each other.
const MAX_FILES: usize = 10_000;
const MAX_DEPTH: usize = 16;

/// The files of a source, in the order of their names; a file is one itself, whatever its name.
pub fn files(source: &Path) -> Result<Vec<PathBuf>, EdgeError> {
    let about = std::fs::metadata(source).map_err(|why| EdgeError::disk(source, why))?;
    if !about.is_dir() {
        return Ok(vec![source.to_owned()]);
    }
    let mut found = Vec::new();
    below(source, 0, &mut found).map_err(|why| EdgeError::disk(source, why))?;
    found.sort();
    Ok(found)
}

fn below(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // Links are not followed.
        let kind = entry.file_type()?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if kind.is_dir() && depth < MAX_DEPTH && !name.starts_with('.') {
            below(&entry.path(), depth + 1, found)?;
        } else if kind.is_file() && name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending)) {
            found.push(entry.path());
        }
        if found.len() > MAX_FILES {
            return Err(Error::other(format!("the folder holds more than {MAX_FILES} feeds")));
        }
    }
    Ok(())
}

/// The bytes of a file, one more than the limit where it is larger.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, EdgeError> {
    let open = || {
        if !std::fs::metadata(path)?.is_file() {
            return Err(Error::other("it is not a regular file"));
        }
        let mut bytes = Vec::new();
        File::open(path)?.take(max_bytes + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    open().map_err(|why| EdgeError::disk(path, why))
}
