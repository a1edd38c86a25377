//! Which permalink patterns hold for which folders, tried on the articles that there are.
//!
//! Two articles with one address cannot both stand in a feed. A pattern that would make that of many is given up for
//! one that keeps the articles apart, and said so.

mod placed;

use super::facts::Facts;
use super::ground::{Ground, below, join};
use super::pattern::Last;
use super::sketch::{self, Sketch};
use super::tongues;
use crate::model::Engine;
use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};

/// What the articles under a folder write themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    pub dated: usize,
    pub slugs: usize,
    pub days_in_names: usize,
}

impl Evidence {
    /// Of the articles that do not name their address.
    pub fn of(ground: &Ground<'_>, folder: &str) -> Self {
        let mut evidence = Self::default();
        for (_, sketch) in ground.under(folder).filter(|(_, sketch)| sketch.is_dated() && !sketch.addressed) {
            evidence.dated += 1;
            evidence.slugs += usize::from(sketch.slug.is_some());
            evidence.days_in_names += usize::from(sketch.day_in_name);
        }
        evidence
    }

    /// What stands for the article, where the engine has another source than `slug`.
    pub fn last(self, without_slugs: Last) -> Last {
        match without_slugs {
            _ if self.slugs == self.dated && self.slugs > 0 => Last::Slug,
            other if self.slugs == 0 => other,
            Last::Title => Last::SlugOrTitle,
            Last::File => Last::SlugOrFile,
            _ => Last::SlugOrName,
        }
    }
}

/// `content.permalink` and `content.permalinks`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    /// For all others.
    pub default: String,
    /// Folders under the content folder with their patterns.
    pub folders: Vec<(String, String)>,
}

/// Two in a thousand articles may share an address before a pattern is given up.
const SHARED: usize = 500;

/// Folders that get a pattern of their own because articles in them would share an address.
const FOLDERS: usize = 12;

/// The patterns for a content folder.
pub fn of(ground: &Ground<'_>, engine: Engine, dir: &str, languages: &[String], facts: &mut Facts) -> Permalinks {
    let made = placed::rules(ground, dir, &facts.rules);
    let tried = addresses(ground, engine, dir, &made, languages);
    let (all, shared) = (tried.all, tried.shared);
    if shared == 0 {
        return made;
    }
    let mut told = |how: &str| {
        facts.note(format!("{shared} of {all} articles would share an address with another one: {how}; check it"))
    };
    let with_language = with_language(&made);
    let is_apart = |tried: Tried| tried.shared * SHARED <= all;
    if !languages.is_empty()
        && shared * SHARED > all
        && is_apart(addresses(ground, engine, dir, &with_language, languages))
    {
        told("`{lang}` was put before the engine's pattern");
        return with_language;
    }
    let by_path = if made.default.ends_with('/') { "/{path}/" } else { "/{path}" };
    if tried.folders.len() <= FOLDERS && !tried.folders.contains("") {
        let mut apart = made.clone();
        apart.folders.retain(|(folder, _)| !tried.folders.contains(folder));
        let dated = tried.folders.iter().map(|folder| (folder.clone(), by_day(ground, dir, folder, &made, all)));
        apart.folders.extend(dated.map(|(folder, day)| (folder, day.unwrap_or_else(|| by_path.to_owned()))));
        apart.folders.sort();
        if addresses(ground, engine, dir, &apart, languages).shared == 0 {
            told("their folders have patterns of their own");
            return apart;
        }
    }
    let apart = Permalinks { default: by_path.into(), folders: Vec::new() };
    if shared * SHARED > all && addresses(ground, engine, dir, &apart, languages).shared < shared {
        told("the pattern `/{path}/` was taken for all");
        return apart;
    }
    made
}

/// Names that differ by the day before them alone: no engine could have made pages of them without the day. Only where
/// they are many, so that it is the site's way and not one folder's.
fn by_day(ground: &Ground<'_>, dir: &str, folder: &str, made: &Permalinks, all: usize) -> Option<String> {
    let evidence = Evidence::of(ground, &join(dir, folder));
    let last = if made.default.contains("{slug") { "{slug}" } else { "{name}" };
    let end = if made.default.ends_with('/') { "/" } else { "" };
    let is_the_way = evidence.dated * 5 >= all && evidence.days_in_names == evidence.dated;
    is_the_way.then(|| format!("/{{year}}/{{month}}/{{day}}/{last}{end}"))
}

fn with_language(made: &Permalinks) -> Permalinks {
    let put =
        |pattern: &String| if pattern.contains("lang}") { pattern.clone() } else { format!("/{{lang}}{pattern}") };
    let folders = made.folders.iter().map(|(folder, pattern)| (folder.clone(), put(pattern))).collect();
    Permalinks { default: put(&made.default), folders }
}

/// Patterns, tried.
struct Tried {
    /// Articles that get their address by a pattern.
    all: usize,
    /// Those of them whose address another one has.
    shared: usize,
    /// The folders of both.
    folders: BTreeSet<String>,
}

/// Addresses of articles in two languages or folders are kept apart later, where an engine is named (`normalise::apart`).
fn addresses(ground: &Ground<'_>, engine: Engine, dir: &str, made: &Permalinks, languages: &[String]) -> Tried {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut tried = Tried { all: 0, shared: 0, folders: BTreeSet::new() };
    for (path, sketch) in ground.under(dir).filter(|(_, sketch)| sketch.is_dated() && !sketch.addressed) {
        // The page of a section is no article.
        if path.rsplit('/').next().is_some_and(|name| name.starts_with("_index.")) {
            continue;
        }
        let own = made.folders.iter().filter(|(folder, _)| lies_in(path, folder));
        let pattern = own.max_by_key(|(folder, _)| folder.len()).map_or(&made.default, |(_, pattern)| pattern);
        tried.all += 1;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut address = address(pattern, path, sketch, languages);
        if !matches!(engine, Engine::None | Engine::Other) {
            let lang = tongues::spoken(path, sketch, languages).unwrap_or_default();
            address = format!("{address}\n{lang}\n{folder}");
        }
        match seen.entry(address) {
            Entry::Vacant(entry) => drop(entry.insert(folder)),
            Entry::Occupied(entry) => {
                tried.shared += 1;
                tried.folders.extend([folder.to_owned(), (*entry.get()).to_owned()]);
            }
        }
    }
    tried
}

/// Whether a path lies in a folder, with or without the folder of its language before it.
fn lies_in(path: &str, folder: &str) -> bool {
    let plain = path.split_once('/').filter(|(lang, _)| tongues::is_language(lang));
    below(path, folder).is_some() || plain.is_some_and(|(_, rest)| below(rest, folder).is_some())
}

/// Roughly the address of an article (`normalise::permalink`): enough to see whether two are the same.
fn address(pattern: &str, path: &str, sketch: &Sketch, languages: &[String]) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let suffix = tongues::suffix(stem, languages);
    let plain = suffix.and_then(|lang| stem.strip_suffix(lang)?.strip_suffix('.')).unwrap_or(stem);
    let is_bundle = plain == "index";
    let (above, name) = if is_bundle { folder.rsplit_once('/').unwrap_or(("", folder)) } else { (folder, plain) };
    let page = if is_bundle { folder.to_owned() } else { format!("{folder}/{plain}") };
    let is_own = |part: &&str| !languages.iter().any(|lang| lang == part) && !matches!(*part, "_posts" | "_drafts");
    let sections: Vec<_> = above.split('/').filter(is_own).collect();
    let lang = tongues::spoken(path, sketch, languages).unwrap_or_default();
    let day = sketch.day.as_deref().unwrap_or_default();
    let undated = sketch::undated(name);
    pattern
        .replace("{slug}", sketch.slug.as_deref().unwrap_or(undated))
        .replace("{slug|name}", sketch.slug.as_deref().unwrap_or(undated))
        .replace("{slug|file}", sketch.slug.as_deref().unwrap_or(name))
        .replace("{slug|path}", sketch.slug.as_deref().unwrap_or(&page))
        .replace("{slug|title}", sketch.slug.as_deref().unwrap_or(path))
        .replace("{slug|year/month/day/name}", sketch.slug.as_deref().unwrap_or(path))
        .replace("{file}", name)
        .replace("{other_lang}", lang)
        .replace("{name}", undated)
        // No more is known of a title than that it is another one.
        .replace("{title}", sketch.slug.as_deref().unwrap_or(path))
        .replace("{path}", &page)
        .replace("{sections}", &sections.join("/"))
        .replace("{section}", sections.first().copied().unwrap_or_default())
        .replace("{categories}", folder.split("_posts").next().unwrap_or_default())
        .replace("{lang}", lang)
        .replace("{year}", day)
        .replace("{short_year}", day)
}
