//! Where an engine's own feeds lie, how long they are, and in which folder feedmill's take their place.

use super::config_file::Config;
use super::facts::Facts;
use super::settings::Settings;
use super::site_files::{SiteFiles, join};
use crate::model::{Axis, EntryLimit, FeedPath, Format, Recipe, RecipeFeed, RecipeFeedKind};

/// The length of a feed of all articles.
const ALL: usize = 1000;

/// The feeds that subscribers of the engine's site have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFeeds {
    /// The folder that the engine copies to its site.
    pub dir: String,
    /// The number of entries of a feed.
    pub limit: usize,
    /// Whether the engine's feeds list all articles.
    pub lists_all: bool,
    /// Addresses of the feed of all articles.
    pub main: Vec<(Format, String)>,
    /// Addresses of families, with `{slug}`.
    pub families: Vec<(Axis, Vec<(Format, String)>)>,
    /// Further addresses of the feed of all articles, each with the one whose document lies there.
    pub also: Vec<(String, String)>,
    /// How to switch the engine's own feeds off.
    pub off: Option<&'static str>,
}

/// Finds them by the recipe and the config.
pub fn read(
    recipe: &'static Recipe,
    config: &Config,
    site_files: &SiteFiles<'_>,
    facts: &mut Facts,
) -> Option<OwnFeeds> {
    let settings = Settings::new(config, site_files);
    let folder = recipe.folder.as_deref()?;
    let dir = facts.static_dirs.first().cloned().unwrap_or_else(|| join(&config.base, folder));
    let (limit, lists_all) = limit(recipe, &settings);
    let mut own = OwnFeeds {
        dir: if dir.is_empty() { ".".into() } else { dir },
        limit,
        lists_all,
        main: Vec::new(),
        families: Vec::new(),
        also: Vec::new(),
        off: recipe.off.as_deref(),
    };
    for feed in &recipe.feeds {
        let Some(path) = path(feed, &settings, site_files) else { continue };
        if !own.add(feed, path.clone()) {
            facts.note(format!("the engine's feeds at {path} are not written: that address cannot be had here"));
        }
    }
    (!own.main.is_empty()).then_some(own)
}

impl OwnFeeds {
    /// Adds a feed; `false` where feedmill cannot write one there.
    fn add(&mut self, feed: &RecipeFeed, path: String) -> bool {
        let format = Format::from(feed.format);
        let Ok(address) = FeedPath::new(&path) else { return false };
        let is_misnamed = Format::of_path(&address.file(format)).is_some_and(|named| named != format);
        let is_taken = self.families.iter().flat_map(|(_, paths)| paths).any(|(_, taken)| *taken == path);
        match feed.kind.axis() {
            _ if is_misnamed || is_taken || feed.kind.axis().is_some() != address.has_slug() => false,
            None if feed.kind == RecipeFeedKind::Updated => {
                let of = self.main.iter().find(|(own, _)| *own == format).map(|(_, own)| own.clone());
                of.is_some_and(|of| {
                    self.also.push((path, of));
                    true
                })
            }
            None => {
                self.main.push((format, path));
                true
            }
            Some(axis) => {
                match self.families.iter_mut().find(|(own, _)| *own == axis) {
                    Some((_, paths)) if paths.iter().any(|(own, _)| *own == format) => return false,
                    Some((_, paths)) => paths.push((format, path)),
                    None => self.families.push((axis, vec![(format, path)])),
                }
                true
            }
        }
    }
}

/// The address of a feed that the engine writes, with `{slug}`.
fn path(feed: &RecipeFeed, settings: &Settings<'_>, site_files: &SiteFiles<'_>) -> Option<String> {
    let holds = |condition: &String| match condition.strip_suffix(" of a section") {
        Some(_) => site_files.articles().any(|(_, sketch)| sketch.makes_feed),
        None => settings.holds(condition),
    };
    if feed.kind == RecipeFeedKind::Terms || !feed.only_with.iter().all(holds) {
        return None;
    }
    // Several addresses are in the order of the formats.
    let value = feed.only_with.first().and_then(|condition| condition.split_once('='));
    let formats = value.and_then(|(key, _)| settings.values(key.trim_end_matches('?'))).unwrap_or_default();
    let at = value.and_then(|(_, value)| formats.iter().position(|own| own == value)).unwrap_or_default();
    let moved = feed.moved_by.as_deref().and_then(|key| settings.values(key));
    let path = match moved {
        Some(paths) => format!("/{}", paths.get(at)?.trim_start_matches('/')),
        None => feed.path.clone(),
    };
    let path = ["{tag}", "{category}", "{section}", "{collection}", "{author}"]
        .iter()
        .fold(path, |path, name| path.replace(name, "{slug}"));
    let folder = feed.folder_by.as_deref().and_then(|key| settings.values(key)?.first().cloned());
    Some(match (folder, path.get(1..).and_then(|path| path.split_once('/'))) {
        (Some(folder), Some((_, rest))) => format!("/{}", join(&folder, rest)),
        _ => path,
    })
}

/// The number of entries, and whether the engine lists all.
fn limit(recipe: &Recipe, settings: &Settings<'_>) -> (usize, bool) {
    let set = recipe.entries.limit_by.as_deref().and_then(|key| settings.values(key));
    // Off, zero and -1 mean all.
    let number = |values: Vec<String>| values.first().and_then(|value| value.parse().ok()).filter(|number| *number > 0);
    let limit = match (set.map(number), recipe.entries.limit) {
        (Some(number), _) => number,
        (None, EntryLimit::Number(number)) => Some(number),
        (None, EntryLimit::All) => None,
    };
    (limit.unwrap_or(ALL), limit.is_none())
}
