//! Chooses the content folder.

use super::super::facts::Facts;
use super::super::languages;
use super::super::site_files::{SiteFiles, below, folder};
use crate::model::Engine;

/// Folders at the top that hold what was made or installed, never articles.
pub const OUTPUT: [&str; 6] = ["_site", "node_modules", "vendor", "target", "dist", "themes"];

/// Files about the project, not of the site.
const ABOUT: [&str; 9] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "code_of_conduct",
    "code-of-conduct",
    "security",
    "agents",
];

/// The folder of an engine whose config named its roots.
pub fn configured(site_files: &SiteFiles<'_>, engine: Engine, facts: &Facts) -> String {
    let dated = |root: &str| site_files.under(root).any(|(_, sketch)| sketch.is_dated());
    let roots: Vec<_> = facts.roots.iter().filter(|root| dated(root)).collect();
    let own = matches!(
        engine,
        Engine::Hugo
            | Engine::Zola
            | Engine::Hexo
            | Engine::Pelican
            | Engine::Nuxt
            | Engine::Docusaurus
            | Engine::MkDocs
    );
    match (roots.as_slice(), facts.roots.first()) {
        ([root], _) if own => (*root).clone(),
        ([], Some(first)) if own && !site_files.articles().any(|(_, sketch)| sketch.is_dated()) => first.clone(),
        ([], _) => unconfigured(site_files),
        (roots, _) => {
            let in_roots = site_files.articles().filter(|(path, sketch)| {
                sketch.is_dated() && !is_made(path) && roots.iter().any(|root| below(path, root).is_some())
            });
            // A content folder with a language each, `content/en` and `content/ru`, has them all below.
            whole(shared(in_roots.map(|(path, _)| path)), facts.roots.first())
        }
    }
}

/// The folder of all Markdown files, or, among very many, of those with a date.
pub fn unconfigured(site_files: &SiteFiles<'_>) -> String {
    let all = || site_files.articles().filter(|(path, _)| !is_made(path) && !is_about(path));
    let dated = all().filter(|(_, sketch)| sketch.is_dated()).count();
    if all().next().is_none() {
        return "content".into();
    }
    let few = dated > 0 && all().count() > dated * 20;
    whole(shared(all().filter(|(_, sketch)| !few || sketch.is_dated()).map(|(path, _)| path)), None)
}

/// The folders above Jekyll's `_posts` are a part of the address: where there are any, they belong in the content
/// folder.
fn whole(dir: String, root: Option<&String>) -> String {
    let parts: Vec<_> = dir.split('/').collect();
    match parts.iter().position(|part| *part == "_posts") {
        Some(at) if at > 0 && parts.get(at - 1) != Some(&"source") => root.cloned().unwrap_or_default(),
        _ => dir,
    }
}

/// The deepest folder that holds all the paths, without years and languages at its end.
fn shared<'p>(paths: impl Iterator<Item = &'p str>) -> String {
    let mut common: Option<(&str, Vec<&str>)> = None;
    for path in paths {
        let parts: Vec<_> = folder(path).split('/').filter(|part| !part.is_empty()).collect();
        common = Some(match common {
            None => (path, parts),
            Some((first, known)) => {
                let both = known.into_iter().zip(parts).take_while(|(a, b)| a == b).map(|(a, _)| a);
                (first, both.collect())
            }
        });
    }
    let (first, mut common) = common.unwrap_or_default();
    // The folder of a single bundle is the article itself.
    let name = first.rsplit('/').next().unwrap_or_default();
    if common.len() > 1 && name.starts_with("index.") && common.join("/") == folder(first) {
        common.pop();
    }
    let loose = |part: &&str| part.bytes().all(|b| b.is_ascii_digit()) || languages::is_language(part);
    while common.len() > 1 && common.last().is_some_and(loose) {
        common.pop();
    }
    common.join("/")
}

fn is_made(path: &str) -> bool {
    path.split_once('/').is_some_and(|(top, _)| OUTPUT.contains(&top))
}

fn is_about(path: &str) -> bool {
    let stem = path.split('.').next().unwrap_or_default().to_lowercase();
    !path.contains('/') && ABOUT.contains(&stem.as_str())
}
