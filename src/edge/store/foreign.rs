//! Files that feedmill did not write: an output folder may be the site's own, or another program's. They are not replaced
//! or deleted unless the user agrees.

use crate::format::{self, START, is_own};
use crate::model::{Coding, Format, is_host_file_path, unpacked};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The kind of file at the path where a run would write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occupant {
    /// Nothing, an empty file, or a file of feedmill's own.
    Ours,
    /// A symbolic link, which is not followed.
    Link,
    /// A file of the site or of another program.
    Foreign,
    /// A folder, a pipe, a socket or a device.
    NotAFile,
}

/// Looks at the path of a file. One that the manifest lists is feedmill's own, whatever its contents.
pub(super) fn occupant(root: &Path, path: &str, listed: bool) -> io::Result<Occupant> {
    let full = root.join(path);
    match fs::symlink_metadata(&full) {
        Ok(about) if about.is_symlink() => Ok(Occupant::Link),
        Ok(about) if !about.is_file() => Ok(Occupant::NotAFile),
        Ok(_) => Ok(if listed || names_feedmill(&full, path)? { Occupant::Ours } else { Occupant::Foreign }),
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(Occupant::Ours),
        Err(why) => Err(why),
    }
}

/// Whether a file names feedmill as its generator. `path` is its path below the output folder, which gives the
/// expected format.
pub(super) fn names_feedmill(file: &Path, path: &str) -> io::Result<bool> {
    let file = crate::edge::files::open(file)?;
    match unpacked(path) {
        Some((document, coding)) => Ok(unpacks_to_own(document, coding, file)),
        None if is_host_file_path(path) => Ok(format::is_ours(&start(file)?)),
        None => Ok(is_own_at(path, &start(file)?)),
    }
}

/// Whether the bytes are those of a document of feedmill's: in the format of its name, else in any feed format, because the config
/// names feeds.
fn is_own_at(path: &str, bytes: &[u8]) -> bool {
    match Format::of_path(path) {
        Some(format) => is_own(format, bytes),
        None => Format::ALL.iter().any(|format| is_own(*format, bytes)),
    }
}

fn start(from: impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    from.take(START).read_to_end(&mut start)?;
    Ok(start)
}

/// Whether a compressed copy is one of a document of feedmill's. An empty file has no owner; one that cannot be
/// decompressed is not ours.
fn unpacks_to_own(document: &str, coding: Coding, file: File) -> bool {
    if file.metadata().is_ok_and(|about| about.len() == 0) {
        return true;
    }
    let unpacked = match coding {
        Coding::Gz => start(flate2::read::GzDecoder::new(file)),
        Coding::Br => start(brotli::Decompressor::new(file, 4096)),
    };
    unpacked.is_ok_and(|bytes| is_own_at(document, &bytes))
}
