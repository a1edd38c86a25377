//! Finds the content folder and the engine from folders, names, heads and bodies.
//!
//! The content folder is wide enough to hold every dated file and, if there is no engine config, every Markdown file;
//! files that are left out are then reported one by one.

mod dirs;
mod guess;

pub use dirs::OUTPUT;
pub use guess::engine;

use super::facts::Facts;
use super::languages;
use super::permalinks::{self, Permalinks};
use super::site_files::{SiteFiles, below};
use super::sketch::{Order, TagText};
use crate::model::{Engine, PermalinkPattern};
use std::collections::{BTreeMap, BTreeSet};

/// The section `content:` that fits the folder.
#[derive(Debug, Clone)]
pub struct ContentGuess {
    /// The key `dir`.
    pub dir: String,
    /// The key `include`.
    pub include: Vec<String>,
    /// The key `exclude`.
    pub exclude: Vec<String>,
    /// Folders with many files and no article, which the user may exclude.
    pub quiet: Vec<String>,
    /// The key `permalink`.
    pub permalink: PermalinkPattern,
    /// The key `permalinks`.
    pub permalinks: Vec<(String, PermalinkPattern)>,
    /// The key `languages`.
    pub languages: Vec<String>,
    /// The key `fields.published`.
    pub published: Option<String>,
    /// The key `date_order`.
    pub date_order: Option<&'static str>,
    /// The key `tag_separator`.
    pub tag_separator: Option<&'static str>,
    /// The key `authors_file`.
    pub authors_file: Option<String>,
    /// The key `static_dir`.
    pub static_dir: Option<String>,
}

/// The content rules of a folder whose config, if any, has been read into the facts.
pub fn content(site_files: &SiteFiles<'_>, engine: Engine, config: Option<&str>, facts: &mut Facts) -> ContentGuess {
    let dir = match config {
        Some(_) => dirs::configured(site_files, engine, facts),
        None => guess::whole(engine, dirs::unconfigured(site_files)),
    };
    if config.is_none() {
        guess::rules(site_files, engine, &dir, facts);
    }
    let languages = languages::find(site_files, &dir, &facts.languages);
    let Permalinks { default, folders } =
        permalinks::find(site_files, engine, &dir, &languages::known(&languages), facts);
    let include = include(site_files, &dir, config);
    let is_new = engine == Engine::None && site_files.articles().next().is_none();
    ContentGuess {
        exclude: if include.iter().any(|glob| glob.starts_with("**")) { output(site_files, &dir) } else { Vec::new() },
        include,
        quiet: quiet(site_files, &dir),
        // A site that begins has no addresses to keep.
        permalink: if is_new { PermalinkPattern::default() } else { default },
        permalinks: folders,
        languages,
        published: published(site_files, &dir),
        date_order: date_order(site_files, &dir, facts),
        tag_separator: tag_separator(site_files, &dir, engine),
        authors_file: facts
            .author_files
            .iter()
            .find(|path| is_data(site_files, path))
            .cloned()
            .or_else(|| people(site_files)),
        static_dir: facts
            .static_dirs
            .iter()
            .find(|path| *path == "." || !path.is_empty() && site_files.has_folder(path))
            .cloned(),
        dir: if dir.is_empty() { ".".into() } else { dir },
    }
}

/// Axes of the feeds that these articles are good for.
pub fn axes(site_files: &SiteFiles<'_>, dir: &str, languages: &[String]) -> Vec<&'static str> {
    let (mut all, mut tags, mut categories) = (0, 0, 0);
    let (known, mut spoken) = (languages::known(languages), BTreeSet::new());
    for (path, sketch) in site_files.under(dir).filter(|(_, sketch)| sketch.is_dated()) {
        spoken.insert(languages::spoken(path, sketch, &known));
        all += 1;
        tags += usize::from(sketch.tags);
        categories += usize::from(sketch.categories);
    }
    let mut axes = vec!["tag"];
    // Where only categories are written, they are the tags.
    if all > 0 && tags * 10 >= all && categories * 10 >= all {
        axes.push("category");
    }
    if languages.len() > 1 && spoken.len() > 1 {
        axes.push("lang");
    }
    axes
}

/// Globs for the extensions that there are; at the top of a project with a config, only the folders that hold articles.
fn include(site_files: &SiteFiles<'_>, dir: &str, config: Option<&str>) -> Vec<String> {
    let mut extensions = BTreeSet::from(["md", "markdown"]);
    let mut tops = BTreeSet::new();
    for (path, sketch) in site_files.under(dir) {
        let name = path.rsplit('/').next().unwrap_or_default();
        extensions.extend(name.rsplit_once('.').map(|(_, extension)| extension));
        if sketch.is_dated() {
            tops.insert(path.split_once('/').map(|(top, _)| top));
        }
    }
    let narrow = config.is_some() && dir.is_empty() && (1..=12).contains(&tops.len());
    let folders: Vec<_> = match narrow {
        true => tops.into_iter().map(|top| top.map_or(String::new(), |top| format!("{}/**/", escaped(top)))).collect(),
        false => vec!["**/".to_owned()],
    };
    let mut extensions: Vec<_> = extensions.into_iter().collect();
    // The usual one first.
    extensions.sort_by_key(|extension| (*extension != "md", *extension));
    folders.iter().flat_map(|folder| extensions.iter().map(move |extension| format!("{folder}*.{extension}"))).collect()
}

/// A folder's name as a glob.
fn escaped(name: &str) -> String {
    name.chars().map(|c| if "*?[]{}!\\".contains(c) { '?' } else { c }).collect()
}

/// Folders at the top that hold what was made or installed.
fn output(site_files: &SiteFiles<'_>, dir: &str) -> Vec<String> {
    let made =
        |name: &&str| dirs::OUTPUT.contains(name) && !site_files.under(name).any(|(_, sketch)| sketch.is_dated());
    match dir {
        // `node_modules` is never read.
        "" => site_files
            .folders_in("")
            .filter(made)
            .filter(|name| *name != "node_modules")
            .map(|name| format!("{name}/**"))
            .collect(),
        _ => Vec::new(),
    }
}

/// Folders directly under the content folder with at least five files and no article.
fn quiet(site_files: &SiteFiles<'_>, dir: &str) -> Vec<String> {
    let mut tops: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (path, sketch) in site_files.under(dir) {
        if let Some((top, _)) = path.split_once('/') {
            let (files, dated) = tops.entry(top).or_default();
            *files += 1;
            *dated += usize::from(sketch.is_dated());
        }
    }
    let quiet = tops.into_iter().filter(|(_, (files, dated))| *files >= 5 && *dated == 0);
    quiet.take(40).map(|(top, _)| format!("{}/**", escaped(top))).collect()
}

/// The key that has the date, where the usual ones do not.
fn published(site_files: &SiteFiles<'_>, dir: &str) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut undated = 0;
    for (_, sketch) in site_files.under(dir).filter(|(_, sketch)| !sketch.is_dated()) {
        undated += 1;
        for key in sketch.other_dates.iter().collect::<BTreeSet<_>>() {
            *counts.entry(key).or_default() += 1;
        }
    }
    let (key, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count >= 3 && count * 2 > undated).then(|| key.to_owned())
}

fn date_order(site_files: &SiteFiles<'_>, dir: &str, facts: &mut Facts) -> Option<&'static str> {
    let seen = |order| site_files.under(dir).filter(|(_, sketch)| sketch.order == Some(order)).count();
    match (seen(Order::DayFirst), seen(Order::MonthFirst), seen(Order::Open)) {
        (1.., 0, _) => Some("dmy"),
        (0, 1.., _) => Some("mdy"),
        (0, 0, 1..) => {
            facts.note(
                "dates such as 03/04/2020 may be read in two ways: set `content.date_order` to dmy or mdy".into(),
            );
            None
        }
        (1.., 1.., _) => {
            facts.note(
                "some dates have the day first, some the month (13/02/2020, 02/13/2020): write them as 2020-02-13"
                    .into(),
            );
            None
        }
        _ => None,
    }
}

/// Jekyll splits one text at spaces, everyone else at commas.
fn tag_separator(site_files: &SiteFiles<'_>, dir: &str, engine: Engine) -> Option<&'static str> {
    let seen = |text| site_files.under(dir).filter(|(_, sketch)| sketch.tag_text == Some(text)).count();
    (engine == Engine::Jekyll && seen(TagText::Spaces) >= seen(TagText::Commas)).then_some("space")
}

/// The folder of pages that are people: `authors/ann.md`, `authors/ann/index.md`.
fn people(site_files: &SiteFiles<'_>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, _) in site_files.articles().filter(|(_, sketch)| sketch.named && !sketch.is_dated()) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_bundle = matches!(name.split('.').next(), Some("index" | "_index"));
        let folder = if is_bundle { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
        *counts.entry(folder).or_default() += 1;
    }
    let is_theirs = |folder: &str| PEOPLE.contains(&folder.rsplit('/').next().unwrap_or_default());
    let (folder, _) = counts.into_iter().filter(|(folder, _)| is_theirs(folder)).max_by_key(|(_, count)| *count)?;
    Some(folder.to_owned())
}

/// Names of folders of people.
const PEOPLE: [&str; 7] = ["authors", "author", "_authors", "people", "team", "contributors", "members"];

/// A file, or a folder of files that are not articles.
fn is_data(site_files: &SiteFiles<'_>, path: &str) -> bool {
    let holds_data = || site_files.texts().any(|(text, _)| below(text, path).is_some_and(|rest| !rest.is_empty()));
    site_files.text(path).is_some()
        || site_files.has_folder(path) && (holds_data() || site_files.under(path).next().is_none())
}
