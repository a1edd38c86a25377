//! Jekyll: `_config.yml`. Posts are in `_posts`, also below other folders, which then are their categories.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::keys;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, join};
use crate::model::{Engine, PermalinkPattern};
use crate::parse::permalink;
use crate::parse::tree::Node;
use std::collections::BTreeSet;

/// The style without a setting.
const DEFAULT: &str = "date";

/// Folders of posts whose pattern is written one by one.
const FOLDERS: usize = 60;

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let Some(tree) = site_files.tree(by) else {
        facts.note(format!("{by} could not be read"));
        return posts(&config.base, DEFAULT, by, site_files, facts);
    };
    facts.title(keys::text(&tree, &["title", "name"]), by);
    facts.description(keys::text(&tree, &["description", "tagline", "subtitle"]), by);
    facts.url(keys::text(&tree, &["url"]), keys::text(&tree, &["baseurl"]), by);
    facts.language(keys::text(&tree, &["lang", "language", "locale"]), by);
    facts.timezone(keys::text(&tree, &["timezone"]), by);
    facts.copyright(keys::text(&tree, &["copyright"]), by);
    facts.author(
        keys::text(&tree, &["author.name", "author"]),
        keys::text(&tree, &["author.email", "email"]),
        keys::text(&tree, &["author.url", "author.uri"]),
    );
    if let Some(languages) = keys::at(&tree, "languages") {
        facts.languages(languages.items().iter().filter_map(Node::text));
    }
    let base = join(&config.base, keys::text(&tree, &["source"]).unwrap_or_default());
    facts.static_dirs.push(if base.is_empty() { ".".into() } else { base.clone() });
    let data = keys::text(&tree, &["data_dir"]).unwrap_or("_data");
    for extension in ["yml", "yaml", "json"] {
        facts.author_files.push(join(&base, &format!("{data}/authors.{extension}")));
    }
    let of_posts = keys::text(&tree, &["collections.posts.permalink"]).or_else(|| default_of(&tree, "posts"));
    let written = of_posts.or_else(|| keys::text(&tree, &["permalink"])).unwrap_or(DEFAULT);
    posts(&base, written, by, site_files, facts);
    let collections = join(&base, keys::text(&tree, &["collections_dir"]).unwrap_or_default());
    for name in keys::at(&tree, "collections").into_iter().flat_map(keys::names).filter(|name| *name != "posts") {
        let end = if written.ends_with('/') || written == "pretty" { "/" } else { ".html" };
        let fallback = format!("/:collection/:path{end}");
        let own = keys::text(&tree, &[&format!("collections.{name}.permalink")]);
        let own = own.or_else(|| default_of(&tree, name)).unwrap_or(&fallback);
        if site_files.has_folder(&join(&collections, &format!("_{name}"))) {
            let (dir, pattern) = collection(name, own, &collections, site_files);
            facts.rule(&dir, pattern, own, by);
        }
    }
}

/// A folder of posts without a config: Jekyll's default.
pub fn unconfigured(base: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    posts(base, DEFAULT, "Jekyll", site_files, facts);
    for name in site_files.folders_in(base).filter_map(|name| name.strip_prefix('_')).filter(|name| *name != "posts") {
        let written = "/:collection/:path.html";
        let (dir, pattern) = collection(name, written, base, site_files);
        facts.rule(&dir, pattern, written, "Jekyll");
    }
}

/// The folder of a collection, and the pattern of its pages.
fn collection(
    name: &str,
    written: &str,
    parent: &str,
    site_files: &SiteFiles<'_>,
) -> (String, Result<PermalinkPattern, String>) {
    let dir = join(parent, &format!("_{name}"));
    let made = permalink::from_engine(Engine::Jekyll, &written.replace(":collection", &safe(name)));
    let evidence = Evidence::from_pages(site_files, &dir);
    (dir, made.map(|made| evidence.settle(&made)))
}

/// `defaults:` of a collection.
fn default_of<'n>(tree: &'n Node, name: &str) -> Option<&'n str> {
    let is_meant = |rule: &&Node| {
        let kind = keys::text(rule, &["scope.type"]);
        let path = keys::text(rule, &["scope.path"]).unwrap_or_default().trim_matches('/');
        kind == Some(name) && path.is_empty() || kind.is_none() && path.rsplit('/').next() == Some(&format!("_{name}"))
    };
    keys::text(keys::at(tree, "defaults")?.items().iter().find(is_meant)?, &["values.permalink"])
}

/// The pattern for posts. Folders above a `_posts` are categories of those in it: `{categories}` has them.
fn posts(base: &str, written: &str, by: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    facts.roots.push(base.to_owned());
    let made = match permalink::from_engine(Engine::Jekyll, written) {
        Ok(made) => Evidence::from_pages(site_files, base).settle(&made),
        fault => return facts.rule(base, fault, written, by),
    };
    let mut folders = BTreeSet::new();
    let mut others = false;
    for (path, sketch) in site_files.under(base).filter(|(_, sketch)| sketch.is_dated()) {
        let parts: Vec<_> = path.split('/').collect();
        match parts.iter().position(|part| *part == "_posts") {
            Some(at) => drop(folders.insert(parts.into_iter().take(at + 1).collect::<Vec<_>>().join("/"))),
            None => others |= !sketch.addressed,
        }
    }
    if others && folders.len() <= FOLDERS {
        let end = if made.to_string().ends_with('/') { "/" } else { ".html" };
        for folder in folders {
            facts.rule(&join(base, &folder), Ok(made.clone()), written, by);
        }
        return facts.rules.push(Rule { folder: base.to_owned(), pattern: format!("/{{path}}{end}") });
    }
    facts.rule(base, Ok(made), written, by);
}

/// A folder name as a part of a pattern.
fn safe(folder: &str) -> String {
    folder.chars().map(|c| if c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '.') { c } else { '-' }).collect()
}
