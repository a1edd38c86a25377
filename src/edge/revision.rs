//! Files of a folder as a git revision has them, by the program `git`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Names of files that are feeds.
const ENDINGS: [&str; 2] = [".xml", ".json"];

/// The largest number of files that are read.
const MAX_FILES: usize = 100_000;

/// The feeds below a folder at a revision, by their paths in it. Fails with a text where git or the revision is not there.
pub fn files(folder: &Path, revision: &str, max_bytes: u64) -> Result<BTreeMap<String, Vec<u8>>, String> {
    // What git would take for an option is not a revision (gitrevisions(7)).
    if revision.starts_with('-') || revision.contains(['\0', '\n', ':']) {
        return Err(format!("{revision}: not a folder, a URL or a git revision"));
    }
    let listing = git(folder, &["ls-tree", "-r", "-z", "-l", revision, "."])
        .map_err(|why| format!("{revision}: not a folder, a URL or a git revision of {}: {why}", folder.display()))?;
    let listing = String::from_utf8_lossy(&listing).into_owned();
    let mut found = BTreeMap::new();
    for line in listing.split('\0').filter(|line| !line.is_empty()) {
        let Some((about, path)) = line.split_once('\t') else { continue };
        let mut about = about.split_ascii_whitespace();
        let (mode, object, size) = (about.next(), about.nth(1), about.next());
        let is_file = mode.is_some_and(|mode| mode.starts_with("100"));
        let is_small = size.and_then(|size| size.parse::<u64>().ok()).is_some_and(|size| size <= max_bytes);
        let Some(object) = object.filter(|_| is_file && is_small) else { continue };
        if !ENDINGS.iter().any(|ending| path.ends_with(ending)) || path.starts_with('.') {
            continue;
        }
        if found.len() >= MAX_FILES {
            return Err(format!("{revision}: more than {MAX_FILES} files"));
        }
        found.insert(path.to_owned(), git(folder, &["cat-file", "blob", object])?);
    }
    if found.is_empty() {
        return Err(format!("{revision}: {} has no feeds there", folder.display()));
    }
    Ok(found)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    // Neither a prompt nor a pager nor a lock: the repository is only read.
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    let ran = command.output().map_err(|why| format!("git cannot be run: {why}"))?;
    if ran.status.success() {
        return Ok(ran.stdout);
    }
    Err(String::from_utf8_lossy(&ran.stderr).lines().next().unwrap_or("git failed").to_owned())
}
