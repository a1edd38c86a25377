//! The files of a folder that may belong to another engine: its configs as text, its Markdown files as sketches.
//!
//! Nothing is executed, no link is followed, hidden folders and `node_modules` are skipped, but VitePress has its config in one. A config is read up to
//! [`MAX_SURVEYED_FILE_BYTES`] bytes, an article only at its beginning. Unreadable files are left out; `check`
//! reports them.

use super::EdgeError;
use crate::parse::engine::{FoundFile, OUTPUT, What, is_telling, recipes, sketch};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes of a config.
pub const MAX_SURVEYED_FILE_BYTES: u64 = 1 << 20;

/// Bytes of an article that are looked at.
const START: u64 = 16 << 10;

/// Entries of a folder that are looked at, so that `init` in a root folder ends.
const ENTRIES: usize = 500_000;

/// Maximum bytes of all configs and data files together.
const TEXTS: usize = 16 << 20;

/// Maximum depth of the folders that are listed.
const FOLDERS: usize = 6;

/// Extensions of Markdown files.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdx", "mdown", "mkd"];

/// Every file that may identify an engine, in the order of the paths.
pub fn survey(dir: &Path) -> Result<Vec<FoundFile>, EdgeError> {
    std::fs::read_dir(dir).map_err(|why| EdgeError::disk(dir, why))?;
    let walk = ignore::WalkBuilder::new(dir)
        .standard_filters(false)
        .follow_links(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_passed_over(entry))
        .build();
    let mut found = Vec::new();
    let mut texts = 0;
    for entry in walk.filter_map(Result::ok).take(ENTRIES) {
        let Some(path) = relative(entry.path(), dir) else { continue };
        let is = |kind: fn(&std::fs::FileType) -> bool| entry.file_type().is_some_and(|t| kind(&t));
        if is(std::fs::FileType::is_dir) {
            let levels = path.matches('/').count() + 1;
            found.extend((levels <= FOLDERS).then_some(FoundFile { path, what: What::Folder }));
        } else if is(std::fs::FileType::is_file) {
            let what = what(&path, entry.path(), &mut texts);
            found.extend(what.map(|what| FoundFile { path, what }));
        }
    }
    // Output folders are listed but not searched.
    found.extend(
        OUTPUT
            .iter()
            .filter(|name| dir.join(name).is_dir())
            .map(|name| FoundFile { path: (*name).to_owned(), what: What::Folder }),
    );
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn is_passed_over(entry: &ignore::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_dir
        && (name.starts_with('.') && name != ".vitepress"
            || name == "node_modules"
            || entry.depth() == 1 && OUTPUT.contains(&&*name))
}

fn what(path: &str, file: &Path, texts: &mut usize) -> Option<What> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension);
    if extension.is_some_and(|extension| MARKDOWN.contains(&extension)) {
        return Some(What::Article(Box::new(sketch(path, &start(file, START)?))));
    }
    if recipes::of_export(path).is_some() {
        return Some(What::Export);
    }
    text(path, file, texts)
}

fn text(path: &str, file: &Path, texts: &mut usize) -> Option<What> {
    let size = || std::fs::metadata(file).map_or(u64::MAX, |about| about.len());
    if !is_telling(path) || *texts >= TEXTS || size() > MAX_SURVEYED_FILE_BYTES {
        return None;
    }
    let text = start(file, MAX_SURVEYED_FILE_BYTES)?;
    *texts += text.len();
    Some(What::Text(text))
}

fn start(file: &Path, limit: u64) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(file).ok()?.take(limit).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8(bytes).unwrap_or_else(|fault| String::from_utf8_lossy(fault.as_bytes()).into_owned()))
}

/// With `/` between its parts; `None` where it is not UTF-8.
fn relative(path: &Path, dir: &Path) -> Option<String> {
    let parts: Option<Vec<_>> =
        path.strip_prefix(dir).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configs_articles_and_folders() {
        let temp = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &[u8]| {
            let file = temp.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        };
        put("_config.yml", b"title: A");
        put(".eleventy.js", b"x");
        put("hugo.toml", &vec![b' '; 2 << 20]);
        put("CNAME", b"e.org");
        put("content/a.md", b"---\ndate: 2020-01-01\n---\n\xff");
        put("content/b.txt", b"x");
        put("node_modules/p/README.md", b"x");
        put("deep/node_modules/p/README.md", b"x");
        put(".git/x.md", b"x");
        put("_site/x.md", b"x");
        let found: Vec<_> = survey(temp.path())
            .unwrap()
            .into_iter()
            .map(|found| match found.what {
                What::Text(_) => format!("t {}", found.path),
                What::Article(sketch) => format!("a {} {}", found.path, sketch.is_dated()),
                What::Folder => format!("f {}", found.path),
                What::Export => format!("e {}", found.path),
            })
            .collect();
        assert_eq!(
            found,
            [
                "t .eleventy.js",
                "t CNAME",
                "t _config.yml",
                "f _site",
                "f content",
                "a content/a.md true",
                "f deep",
                "f node_modules"
            ]
        );
        assert!(survey(&temp.path().join("none")).is_err());
    }
}
