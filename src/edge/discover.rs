//! Which files of the content folder are articles: by the config's globs alone. No ignore file, locale or directory
//! order of the machine has a say. Symbolic links are never followed; hidden files and folders are passed over.

use super::EdgeError;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, Place, Site};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};

/// The articles' paths, sorted.
pub fn articles(
    content: &Path,
    site: &Site,
    skip: &[PathBuf],
    sink: &mut dyn Sink,
) -> Result<Vec<ArticlePath>, EdgeError> {
    std::fs::metadata(content).map_err(|why| EdgeError::disk(content, why))?;
    let (include, exclude) = (globs(&site.content.include), globs(&site.content.exclude));
    let skip = skip.to_vec();
    let walk = ignore::WalkBuilder::new(content)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .filter_entry(move |entry| entry.file_name() != "node_modules" && !skip.iter().any(|s| s == entry.path()))
        .build();
    let mut found = Vec::new();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(why) => {
                unreadable(&why, content, site, sink);
                continue;
            }
        };
        let Some(path) = relative(entry.path(), content) else { continue };
        let (shown, kind) = (site.shown(&path), entry.file_type());
        let named_so = include.is_match(path.as_str()) && !exclude.is_match(path.as_str());
        if kind.is_some_and(|k| k.is_symlink()) {
            let leads_to_folder = std::fs::metadata(entry.path()).is_ok_and(|m| m.is_dir());
            if named_so || leads_to_folder {
                sink.report(link(entry.path(), &shown));
            }
        } else if named_so && !kind.is_some_and(|k| k.is_file()) {
            let help = "rename it, or name it in content.exclude";
            sink.report(
                Diagnostic::new(Code::NotAFile, &shown, Place::WHOLE, "it has an article's name and is no file")
                    .help(help),
            );
        } else if named_so && entry.path().to_str().is_none() {
            let help = "rename the file";
            sink.report(Diagnostic::new(Code::Unreadable, &shown, Place::WHOLE, "its name is not UTF-8").help(help));
        } else if named_so {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
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
