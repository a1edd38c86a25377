//! Which files of the content folder are articles: by the config's globs alone. Ignore files, the locale and the
//! directory order of the machine have no effect. Symbolic links are never followed; hidden files and folders are
//! skipped.

use super::EdgeError;
use super::file_stamp::{self, FileStamp};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, ChangeDetection, Place, Site, without_secrets_in};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use std::fs::{DirEntry, FileType};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// Where articles are looked for.
#[derive(Debug, Clone, Copy)]
pub struct SearchScope<'a> {
    /// The content folder.
    pub content: &'a Path,
    /// The config, whose globs select the articles.
    pub site: &'a Site,
    /// A folder that holds none: where feeds are written.
    pub skip: &'a Path,
    /// Whether stamps are taken, and of which kind.
    pub stamps: StampMode,
}

/// Whether stamps are taken, and of which kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampMode {
    /// For the cache.
    Taken,
    /// No stamps are taken.
    None,
}

/// The articles found, with their stamps.
#[derive(Debug, Default)]
pub struct FoundArticles {
    /// Their paths, sorted.
    pub paths: Vec<ArticlePath>,
    /// The stamp of each; `None` if a change might go undetected, or if stamps were not requested.
    stamps: Vec<Option<FileStamp>>,
    /// Of each, whether its file was read otherwise since.
    withdrawn: Vec<AtomicBool>,
}

impl FoundArticles {
    /// Articles at these paths, without stamps.
    pub fn unmarked(paths: Vec<ArticlePath>) -> Self {
        Self { paths, ..Self::default() }
    }

    /// The mark of the article at a place; `None` where a change might go unseen.
    pub fn stamp(&self, at: usize) -> Option<FileStamp> {
        let withdrawn = self.withdrawn.get(at).is_some_and(|withdrawn| withdrawn.load(Ordering::Relaxed));
        self.stamps.get(at).copied().flatten().filter(|_| !withdrawn)
    }

    /// Removes the stamp of a file that was read with different contents: nothing learned of it in this run may be
    /// cached under its stamp.
    pub fn withdraw(&self, at: usize) {
        if let Some(withdrawn) = self.withdrawn.get(at) {
            withdrawn.store(true, Ordering::Relaxed);
        }
    }
}

/// Finds all articles.
pub fn articles(field: SearchScope<'_>, sink: &mut dyn Sink) -> Result<FoundArticles, EdgeError> {
    there(field)?;
    let search = Search::new(field);
    Ok(search.found(search.walk(field.content, &ArticlePath::default()), sink))
}

/// That the content folder is one.
fn there(field: SearchScope<'_>) -> Result<(), EdgeError> {
    match std::fs::metadata(field.content) {
        Ok(about) if about.is_dir() => Ok(()),
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(EdgeError::disk(field.content, why)),
        _ => Err(EdgeError::NoContent(field.content.to_owned())),
    }
}

/// The articles among these files or in these folders, sorted; nothing else is searched or read. A name is resolved
/// from the project folder, else from the content folder, else from the working folder, as shells complete it. A name
/// without an article is reported.
pub fn named(
    field: SearchScope<'_>,
    names: &[PathBuf],
    project: &Path,
    sink: &mut dyn Sink,
) -> Result<Vec<ArticlePath>, EdgeError> {
    there(field)?;
    let search = Search::new(field);
    let mut all = FoundFiles::default();
    for name in names {
        let places = [project.join(name), field.content.join(name), name.clone()];
        let full = places.into_iter().find(|path| path.symlink_metadata().is_ok());
        let is_there = full.is_some();
        let mut found_files = FoundFiles::default();
        let full = full.and_then(|full| within(&full, field.content));
        if let Some(full) = full.filter(|full| search.leads_to(full)) {
            match std::fs::symlink_metadata(&full).map(|about| about.file_type()) {
                Ok(kind) if kind.is_dir() && full != field.content && search.is_skipped(&full) => {}
                Ok(kind) if kind.is_dir() => found_files = search.walk(&full, &relative(&full, field.content)),
                Ok(kind) => search.take(relative(&full, field.content), &full, kind, None, &mut found_files),
                Err(_) => {}
            }
        }
        if found_files.found.is_empty() {
            let display_path = without_secrets_in(&name.display().to_string()).into_owned();
            let text = match is_there {
                true => format!("{display_path} is not an article of this site"),
                false => format!("{display_path} does not exist"),
            };
            let help = format!("name a file in {} that `content.include` matches", field.site.content.dir);
            sink.report(Diagnostic::new(Code::Unreadable, &display_path, Place::WHOLE, text).help(help));
        }
        all.join(found_files);
    }
    Ok(search.found(all, sink).paths)
}

/// A path as one below the content folder, however it is written; links on the way to its folder are followed.
fn within(path: &Path, content: &Path) -> Option<PathBuf> {
    let plain = |rest: &Path| rest.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if let Some(rest) = path.strip_prefix(content).ok().filter(|rest| plain(rest)) {
        return Some(if rest.as_os_str().is_empty() { content.to_owned() } else { content.join(rest) });
    }
    let (folder, name) = (path.parent()?, path.file_name());
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let real = match name {
        Some(name) => folder.canonicalize().ok()?.join(name),
        None => path.canonicalize().ok()?,
    };
    let rest = real.strip_prefix(content.canonicalize().ok()?).ok()?.to_owned();
    Some(if rest.as_os_str().is_empty() { content.to_owned() } else { content.join(rest) })
}

/// The result of searching one part of the tree.
#[derive(Default)]
struct FoundFiles {
    found: Vec<(ArticlePath, Option<FileStamp>)>,
    findings: Vec<Diagnostic>,
}

impl FoundFiles {
    fn join(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
        self.findings.append(&mut other.findings);
    }
}

struct Search<'a> {
    field: SearchScope<'a>,
    include: GlobSet,
    exclude: GlobSet,
    began: SystemTime,
}

impl<'a> Search<'a> {
    fn new(field: SearchScope<'a>) -> Self {
        let rules = &field.site.content;
        Self { field, include: globs(&rules.include), exclude: globs(&rules.exclude), began: SystemTime::now() }
    }

    fn found(&self, mut found_files: FoundFiles, sink: &mut dyn Sink) -> FoundArticles {
        found_files.findings.into_iter().for_each(|finding| sink.report(finding));
        if !found_files.found.is_sorted_by(|a, b| a.0 < b.0) {
            found_files.found.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            found_files.found.dedup_by(|a, b| a.0 == b.0);
        }
        self.look_again(&mut found_files.found);
        let (paths, stamps): (Vec<_>, _) = found_files.found.into_iter().unzip();
        FoundArticles { withdrawn: paths.iter().map(|_| AtomicBool::new(false)).collect(), paths, stamps }
    }

    /// What was changed a moment ago is looked at when that moment has passed, so that a later edit bears another time.
    fn look_again(&self, found: &mut [(ArticlePath, Option<FileStamp>)]) {
        if self.field.stamps == StampMode::None {
            return;
        }
        let by_bytes = self.field.site.content.change_detection == ChangeDetection::Hash;
        let mut fresh: Vec<_> = found.iter_mut().filter(|(_, stamp)| stamp.is_none() || by_bytes).collect();
        if by_bytes {
            fresh.par_iter_mut().for_each(|(path, stamp)| {
                *stamp =
                    super::disk::whole(&self.field.content.join(path.as_str())).ok().map(|b| FileStamp::of_bytes(&b));
            });
        } else if !fresh.is_empty() {
            std::thread::sleep(file_stamp::TICK);
            let now = SystemTime::now();
            for (path, stamp) in fresh {
                let about = std::fs::symlink_metadata(self.field.content.join(path.as_str()));
                *stamp = about.ok().and_then(|about| FileStamp::from_metadata(&about, now));
            }
        }
    }

    /// Whether a search from the content folder would reach this path.
    fn leads_to(&self, path: &Path) -> bool {
        let Ok(rest) = path.strip_prefix(self.field.content) else { return false };
        let mut at = self.field.content.to_owned();
        let mut parts = rest.components().peekable();
        while let Some(part) = parts.next() {
            at.push(part);
            let hidden = part.as_os_str().to_string_lossy().starts_with('.');
            let link = parts.peek().is_some() && at.is_symlink();
            if hidden || link || self.is_skipped(&at) {
                return false;
            }
        }
        true
    }

    fn is_skipped(&self, path: &Path) -> bool {
        let name = path.file_name();
        // Comparing whole paths costs more, and this runs for every file.
        name.is_some_and(|name| name == "node_modules")
            || name == self.field.skip.file_name() && path == self.field.skip
    }

    /// The folder and all below it, side by side, in the order of the paths. `within` is its path below the content folder.
    fn walk(&self, folder: &Path, within: &ArticlePath) -> FoundFiles {
        let mut found_files = FoundFiles::default();
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(why) => {
                found_files.findings.push(unreadable(folder, &why, self.field));
                return found_files;
            }
        };
        let mut inside = Vec::new();
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.file_type()?, entry))) {
                Ok((kind, entry)) => inside.extend(Inside::from_entry(kind, entry)),
                Err(why) => found_files.findings.push(unreadable(folder, &why, self.field)),
            }
        }
        inside.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let folders: Vec<(PathBuf, ArticlePath)> =
            inside.iter().filter(|i| i.kind.is_dir()).map(|i| (i.entry.path(), i.path(within))).collect();
        let mut below = folders
            .par_iter()
            .map(|(path, within)| if self.is_skipped(path) { FoundFiles::default() } else { self.walk(path, within) })
            .collect::<Vec<_>>()
            .into_iter();
        for one in inside {
            let (full, path) = (one.entry.path(), one.path(within));
            if one.kind.is_dir() {
                self.take(path, &full, one.kind, None, &mut found_files);
                below.next().into_iter().for_each(|below| found_files.join(below));
            } else if !self.is_skipped(&full) {
                self.take(path, &full, one.kind, Some(&one.entry), &mut found_files);
            }
        }
        found_files
    }

    /// Takes a file that is an article, and reports one that only looks like one.
    fn take(
        &self,
        path: ArticlePath,
        full: &Path,
        kind: FileType,
        entry: Option<&DirEntry>,
        found_files: &mut FoundFiles,
    ) {
        let named_so = self.include.is_match(path.as_str()) && !self.exclude.is_match(path.as_str());
        let whole = |code, text: &str, help: &str| {
            Diagnostic::new(code, &self.field.site.display_path(&path), Place::WHOLE, text).help(help.to_owned())
        };
        if kind.is_symlink() {
            let leads_to_folder = std::fs::metadata(full).is_ok_and(|m| m.is_dir());
            if named_so || leads_to_folder {
                found_files.findings.push(link(full, &self.field.site.display_path(&path)));
            }
        } else if named_so && !kind.is_file() {
            let help = "rename it, or add it to `content.exclude`";
            found_files.findings.push(whole(Code::NotAFile, "named like an article, but not a regular file", help));
        } else if named_so && !self.is_utf8(&path, full) {
            found_files.findings.push(whole(Code::Unreadable, "the file name is not valid UTF-8", "rename the file"));
        } else if named_so {
            let asked = entry.filter(|_| self.field.stamps == StampMode::Taken);
            let stamp = asked.and_then(|entry| FileStamp::from_metadata(&entry.metadata().ok()?, self.began));
            found_files.found.push((path, stamp));
        }
    }

    /// Whether the article's path is exactly the file's name below the content folder. The path of that folder itself
    /// may be in any encoding.
    fn is_utf8(&self, path: &ArticlePath, full: &Path) -> bool {
        let below = || full.strip_prefix(self.field.content).unwrap_or(full).to_str().is_some();
        !path.as_str().contains(char::REPLACEMENT_CHARACTER) || below()
    }
}

/// An entry of a folder that is not hidden.
struct Inside {
    /// Sort key: its name, with a slash appended for a folder, so that entries sort as their paths do.
    key: Vec<u8>,
    kind: FileType,
    entry: DirEntry,
}

impl Inside {
    fn from_entry(kind: FileType, entry: DirEntry) -> Option<Self> {
        let mut key = entry.file_name().into_encoded_bytes();
        if key.starts_with(b".") {
            return None;
        }
        if kind.is_dir() {
            key.push(b'/');
        }
        Some(Self { key, kind, entry })
    }

    /// Its path below the content folder; `within` is that of its folder.
    fn path(&self, within: &ArticlePath) -> ArticlePath {
        let name = self.entry.file_name();
        match (within.as_str(), name.to_string_lossy()) {
            ("", name) => ArticlePath::new(&name),
            (within, name) => ArticlePath::new(&[within, &name].join("/")),
        }
    }
}

/// The config has been checked already, so a glob that cannot be built matches nothing.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        if let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() {
            set.add(glob);
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

fn relative(path: &Path, content: &Path) -> ArticlePath {
    let parts = path.strip_prefix(content).unwrap_or(path).components();
    ArticlePath::new(&parts.map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

fn link(path: &Path, display_path: &str) -> Diagnostic {
    let target = std::fs::read_link(path).map(|t| t.display().to_string()).unwrap_or_default();
    Diagnostic::new(Code::OutsideLink, display_path, Place::WHOLE, format!("symbolic link to {target} is not followed"))
        .help("replace the link with the file itself, or set `content.dir` to the folder it points to")
}

fn unreadable(path: &Path, why: &std::io::Error, field: SearchScope<'_>) -> Diagnostic {
    let path = relative(path, field.content);
    let help = "check its permissions, or add it to `content.exclude`";
    Diagnostic::new(Code::Unreadable, &field.site.display_path(&path), Place::WHOLE, format!("cannot be read: {why}"))
        .help(help)
}
