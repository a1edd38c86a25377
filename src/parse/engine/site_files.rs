//! The files found, indexed for look-ups. Folder names do not end with a slash; the project folder is the empty name.

use super::keys;
use super::sketch::Sketch;
use super::{FoundFile, What};
use crate::parse::tree::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Files, articles and folders by path.
pub struct SiteFiles<'a> {
    texts: BTreeMap<&'a str, &'a str>,
    articles: BTreeMap<&'a str, &'a Sketch>,
    folders: BTreeSet<&'a str>,
}

impl<'a> SiteFiles<'a> {
    pub fn new(files: &'a [FoundFile]) -> Self {
        let mut site_files = Self { texts: BTreeMap::new(), articles: BTreeMap::new(), folders: BTreeSet::new() };
        for found in files {
            let path = found.path.as_str();
            match &found.what {
                What::Text(text) => drop(site_files.texts.insert(path, text.as_str())),
                What::Article(sketch) => drop(site_files.articles.insert(path, sketch)),
                What::Folder => drop(site_files.folders.insert(path)),
                What::Export => {}
            }
            for (at, _) in path.match_indices('/') {
                site_files.folders.extend(path.get(..at));
            }
        }
        site_files
    }

    pub fn texts(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.texts.iter().map(|(path, text)| (*path, *text))
    }

    pub fn text(&self, path: &str) -> Option<&'a str> {
        self.texts.get(path).copied()
    }

    /// A YAML, TOML or JSON file that can be read.
    pub fn tree(&self, path: &str) -> Option<Node> {
        keys::tree(path, self.text(path)?)
    }

    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.folders.contains(path)
    }

    /// The folders directly under a folder, by name.
    pub fn folders_in(&self, folder: &str) -> impl Iterator<Item = &'a str> {
        self.folders
            .iter()
            .filter_map(move |path| below(path, folder))
            .filter(|rest| !rest.is_empty() && !rest.contains('/'))
    }

    /// All Markdown files.
    pub fn articles(&self) -> impl Iterator<Item = (&'a str, &'a Sketch)> + Clone {
        self.articles.iter().map(|(path, sketch)| (*path, *sketch))
    }

    /// Those under a folder, with paths relative to it.
    pub fn under<'s>(&'s self, folder: &'s str) -> impl Iterator<Item = (&'a str, &'a Sketch)> + Clone + 's {
        self.articles.iter().filter_map(move |(path, sketch)| Some((below(path, folder)?, *sketch)))
    }
}

/// A path under a folder, relative to it; the folder itself is empty.
pub fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    match folder {
        "" => Some(path),
        _ if path == folder => Some(""),
        _ => path.strip_prefix(folder)?.strip_prefix('/'),
    }
}

/// A path in a folder. `./x`, `/x` and `x/` are `x`; `..` leads nowhere and is left out.
pub fn join(base: &str, name: &str) -> String {
    let parts = base.split('/').chain(name.split('/')).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// The folder of a path.
pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
