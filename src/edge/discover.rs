//! Which files of the content folder are articles: by the config's globs alone. No ignore file, locale or directory
//! order of the machine has a say. Symbolic links are never followed; hidden files and folders are passed over.

use super::EdgeError;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, Place, Site};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::fs::FileType;
use std::path::{Component, Path, PathBuf};

/// Where articles are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The content folder.
    pub content: &'a Path,
    /// The config, whose globs tell what is an article.
    pub site: &'a Site,
    /// A folder that holds none: where feeds are written.
    pub skip: &'a Path,
}

/// The articles' paths, sorted.
pub fn articles(field: Field<'_>, sink: &mut dyn Sink) -> Result<Vec<ArticlePath>, EdgeError> {
    std::fs::metadata(field.content).map_err(|why| EdgeError::disk(field.content, why))?;
    let mut search = Search::of(field, sink);
    search.walk(field.content);
    Ok(search.found())
}

/// The articles that these files are or these folders hold, sorted; nothing else is walked over or read. A name counts
/// from the project folder or from the content folder. One that leads to no article is reported.
pub fn named(
    field: Field<'_>,
    names: &[PathBuf],
    project: &Path,
    sink: &mut dyn Sink,
) -> Result<Vec<ArticlePath>, EdgeError> {
    std::fs::metadata(field.content).map_err(|why| EdgeError::disk(field.content, why))?;
    let mut search = Search::of(field, sink);
    for name in names {
        let before = search.found.len();
        let full = Some(project.join(name)).filter(|path| path.exists()).unwrap_or_else(|| field.content.join(name));
        if let Some(full) = within(&full, field.content).filter(|full| search.leads_to(full)) {
            match std::fs::symlink_metadata(&full).map(|about| about.file_type()) {
                Ok(kind) if kind.is_dir() && full != field.content && search.is_skipped(&full) => {}
                Ok(kind) if kind.is_dir() => search.walk(&full),
                Ok(kind) => search.take(&full, Some(kind)),
                Err(_) => {}
            }
        }
        if search.found.len() == before {
            let help = format!("articles are the files under {} that content.include names", field.site.content.dir);
            let text = format!("{} is no article of this site", name.display());
            let shown = name.display().to_string();
            search.sink.report(Diagnostic::new(Code::Unreadable, &shown, Place::WHOLE, text).help(help.to_owned()));
        }
    }
    Ok(search.found())
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

struct Search<'a> {
    field: Field<'a>,
    include: GlobSet,
    exclude: GlobSet,
    found: Vec<ArticlePath>,
    sink: &'a mut dyn Sink,
}

impl<'a> Search<'a> {
    fn of(field: Field<'a>, sink: &'a mut dyn Sink) -> Self {
        let rules = &field.site.content;
        Self { field, include: globs(&rules.include), exclude: globs(&rules.exclude), found: Vec::new(), sink }
    }

    fn found(mut self) -> Vec<ArticlePath> {
        self.found.sort_unstable();
        self.found.dedup();
        self.found
    }

    /// Whether a walk from the content folder would come to this path.
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
        path.file_name().is_some_and(|name| name == "node_modules") || path == self.field.skip
    }

    fn walk(&mut self, folder: &Path) {
        let skip = self.field.skip.to_owned();
        let walk = ignore::WalkBuilder::new(folder)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .filter_entry(move |entry| entry.file_name() != "node_modules" && entry.path() != skip)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) => self.take(entry.path(), entry.file_type()),
                Err(why) => unreadable(&why, self.field.content, self.field.site, self.sink),
            }
        }
    }

    /// Takes what is an article, and tells what only looks like one.
    fn take(&mut self, full: &Path, kind: Option<FileType>) {
        let Some(path) = relative(full, self.field.content) else { return };
        let shown = self.field.site.shown(&path);
        let named_so = self.include.is_match(path.as_str()) && !self.exclude.is_match(path.as_str());
        let whole =
            |code, text: &str, help: &str| Diagnostic::new(code, &shown, Place::WHOLE, text).help(help.to_owned());
        if kind.is_some_and(|k| k.is_symlink()) {
            let leads_to_folder = std::fs::metadata(full).is_ok_and(|m| m.is_dir());
            if named_so || leads_to_folder {
                self.sink.report(link(full, &shown));
            }
        } else if named_so && !kind.is_some_and(|k| k.is_file()) {
            let help = "rename it, or name it in content.exclude";
            self.sink.report(whole(Code::NotAFile, "it has an article's name and is no file", help));
        } else if named_so && full.to_str().is_none() {
            self.sink.report(whole(Code::Unreadable, "its name is not UTF-8", "rename the file"));
        } else if named_so {
            self.found.push(path);
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

fn relative(path: &Path, content: &Path) -> Option<ArticlePath> {
    let parts: Vec<_> =
        path.strip_prefix(content).ok()?.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    (!parts.is_empty()).then(|| ArticlePath::new(&parts.join("/")))
}

fn link(path: &Path, shown: &str) -> Diagnostic {
    let target = std::fs::read_link(path).map(|t| t.display().to_string()).unwrap_or_default();
    Diagnostic::new(
        Code::OutsideLink,
        shown,
        Place::WHOLE,
        format!("a symbolic link to {target}, which is not followed"),
    )
    .help("put the file itself there, or name its folder in content.dir")
}

fn unreadable(why: &ignore::Error, content: &Path, site: &Site, sink: &mut dyn Sink) {
    let path = error_path(why).and_then(|p| relative(p, content)).unwrap_or_default();
    let text = why.io_error().map_or_else(|| why.to_string(), ToString::to_string);
    let help = "check its permissions, or name it in content.exclude";
    sink.report(
        Diagnostic::new(Code::Unreadable, &site.shown(&path), Place::WHOLE, format!("it cannot be read: {text}"))
            .help(help),
    );
}

fn error_path(why: &ignore::Error) -> Option<&Path> {
    match why {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}
