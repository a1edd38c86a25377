//! Permalink rules of project folders → patterns relative to the content folder.
//!
//! An engine's `{path}` begins at the folder of its rule, feedmill's at the content folder. If they differ, the folders
//! in between are written out one by one.

use super::super::facts::Rule;
use super::super::languages;
use super::super::site_files::{SiteFiles, below, folder, join};
use super::{Permalinks, by_path, lies_in};
use crate::model::PermalinkPattern;
use crate::parse::permalink::plain_path;
use std::collections::{BTreeMap, BTreeSet};

/// Folders that are written out one by one.
const FOLDERS: usize = 40;

/// The rules as patterns. Of several rules for a folder the first stands; the longest folder wins.
pub fn rules(site_files: &SiteFiles<'_>, dir: &str, rules: &[Rule]) -> Permalinks {
    let mut default: Option<(usize, String)> = None;
    let mut folders: BTreeMap<String, String> = BTreeMap::new();
    for rule in rules {
        match (below(&rule.folder, dir), below(dir, &rule.folder)) {
            (Some(sub), _) if !sub.is_empty() => {
                for (folder, pattern) in inner(site_files, &rule.folder, sub, &rule.pattern) {
                    folders.entry(folder).or_insert(pattern);
                }
            }
            (_, Some(rest)) if default.as_ref().is_none_or(|(depth, _)| *depth < rule.folder.len()) => {
                default = Some((rule.folder.len(), outer(&rule.pattern, rest)));
            }
            _ => {}
        }
    }
    // A route or a folder's name may hold what no pattern may.
    let default = default.and_then(|(_, made)| plain_path(&made).ok()).unwrap_or_else(|| by_path("/"));
    let is_held = |folder: &str| site_files.under(dir).any(|(path, _)| lies_in(path, folder));
    let folders: BTreeMap<String, PermalinkPattern> = folders
        .into_iter()
        .filter_map(|(folder, made)| Some((folder, plain_path(&made).ok()?)))
        .filter(|(folder, _)| is_held(folder))
        .collect();
    let needed = |(folder, made): &(&String, &PermalinkPattern)| {
        let around = folders.iter().filter(|(over, _)| over != folder && below(folder, over).is_some());
        around.max_by_key(|(over, _)| over.len()).map_or(&default, |(_, pattern)| pattern) != *made
    };
    let folders = folders.iter().filter(needed).map(|(folder, made)| (folder.clone(), made.clone())).collect();
    Permalinks { default, folders }
}

/// A pattern of a folder inside the content folder: feedmill's `{path}` begins with `sub`, the engine's does not.
/// `{sections}` leaves out folders of languages and `_posts`.
fn inner(site_files: &SiteFiles<'_>, root: &str, sub: &str, pattern: &str) -> Vec<(String, String)> {
    let named: Vec<_> = sub.split('/').filter(|part| !languages::is_language(part) && *part != "_posts").collect();
    if named.is_empty() {
        return vec![(sub.to_owned(), pattern.replace("{path}", "{sections}/{name}"))];
    }
    if !["{path}", "{sections}", "{section}"].iter().any(|token| pattern.contains(token)) {
        return vec![(sub.to_owned(), pattern.to_owned())];
    }
    if let Some(after) = pattern.strip_prefix(&format!("/{sub}/{{path}}")) {
        return vec![(sub.to_owned(), format!("/{{path}}{after}"))];
    }
    let sections = format!("/{}/{{sections}}", named.join("/"));
    if pattern.contains(&sections) {
        return vec![(sub.to_owned(), pattern.replace(&sections, "/{sections}"))];
    }
    // The folders that hold articles.
    let mut holding = BTreeSet::new();
    for (path, _) in site_files.under(root).filter(|(_, sketch)| sketch.is_dated()) {
        let is_bundle = path.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        holding.insert(if is_bundle { folder(folder(path)) } else { folder(path) });
    }
    if holding.is_empty() || holding.len() > FOLDERS {
        return vec![(sub.to_owned(), pattern.to_owned())];
    }
    let written = |held: &str| {
        let pattern = pattern
            .replace("{path}", &format!("{held}/{{name}}"))
            .replace("{sections}", held)
            .replace("{section}", held.split('/').next().unwrap_or_default());
        (join(sub, held), pattern)
    };
    holding.into_iter().map(written).collect()
}

/// A pattern of a folder around the content folder: the engine's `{path}` has what lies between, feedmill's has not.
fn outer(pattern: &str, rest: &str) -> String {
    let odd = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '\\' | '"');
    if rest.is_empty() || rest.contains(odd) {
        return pattern.to_owned();
    }
    let first = rest.split('/').next().unwrap_or_default();
    pattern
        .replace("{path}", &format!("{rest}/{{path}}"))
        .replace("{sections}", &format!("{rest}/{{sections}}"))
        .replace("{section}", first)
}
