//! Which permalink patterns hold for which folders, tried on the articles that there are.
//!
//! Two articles with one address cannot both stand in a feed. A pattern that would make that of many is given up for
//! one that keeps the articles apart, and said so.

use super::facts::{Facts, Rule};
use super::ground::{Ground, below, join};
use super::pattern::Last;
use super::sketch::Sketch;
use super::tongues;
use std::collections::BTreeSet;

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
        if self.slugs > 0 { Last::Slug } else { without_slugs }
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

/// The patterns for a content folder.
pub fn of(ground: &Ground<'_>, dir: &str, languages: &[String], facts: &mut Facts) -> Permalinks {
    let made = placed(ground, dir, &facts.rules);
    let (all, shared) = addresses(ground, dir, &made, languages);
    if shared * SHARED <= all {
        return made;
    }
    let first = if made.folders.is_empty() { made.default.clone() } else { "the engine's pattern".into() };
    if !languages.is_empty() {
        let with_language = |pattern: &String| match pattern.contains("{lang}") {
            true => pattern.clone(),
            false => format!("/{{lang}}{pattern}"),
        };
        let folders = made.folders.iter().map(|(folder, pattern)| (folder.clone(), with_language(pattern))).collect();
        let apart = Permalinks { default: with_language(&made.default), folders };
        let (_, still) = addresses(ground, dir, &apart, languages);
        if still * SHARED <= all {
            facts.note(format!("{shared} of {all} articles would share an address in two languages by {first}: `{{lang}}` was put before it"));
            return apart;
        }
    }
    let apart = Permalinks { default: "/{path}/".into(), folders: Vec::new() };
    let (_, still) = addresses(ground, dir, &apart, languages);
    if still < shared {
        facts.note(format!(
            "{shared} of {all} articles would share an address by {first}: `/{{path}}/` keeps them apart; check it"
        ));
        return apart;
    }
    made
}

/// The rules as they stand relative to the content folder.
fn placed(ground: &Ground<'_>, dir: &str, rules: &[Rule]) -> Permalinks {
    let mut default: Option<(usize, String)> = None;
    let mut folders: Vec<(String, String)> = Vec::new();
    for rule in rules {
        match (below(&rule.folder, dir), below(dir, &rule.folder)) {
            (Some(sub), _) if !sub.is_empty() => {
                let is_new = !folders.iter().any(|(known, _)| known == sub);
                if is_new && ground.under(&join(dir, sub)).next().is_some() {
                    folders.push((sub.to_owned(), inner(&rule.pattern, sub)));
                }
            }
            (_, Some(rest)) if default.as_ref().is_none_or(|(depth, _)| *depth < rule.folder.len()) => {
                default = Some((rule.folder.len(), outer(&rule.pattern, rest)));
            }
            _ => {}
        }
    }
    let default = default.map_or_else(|| "/{path}/".to_owned(), |(_, pattern)| pattern);
    folders.sort();
    let plain = folders.clone();
    folders.retain(|(folder, pattern)| {
        let inherited = plain
            .iter()
            .filter(|(over, _)| over != folder && below(folder, over).is_some())
            .max_by_key(|(over, _)| over.len());
        inherited.map_or(&default, |(_, pattern)| pattern) != pattern
    });
    Permalinks { default, folders }
}

/// A pattern of a folder inside the content folder: its `{path}` begins with that folder already.
fn inner(pattern: &str, sub: &str) -> String {
    let last = sub.rsplit('/').next().unwrap_or_default();
    for token in ["{path}", "{sections}"] {
        for said in [sub, last] {
            if let Some(rest) = pattern.strip_prefix(&format!("/{said}/{token}")).filter(|_| said == sub) {
                return format!("/{token}{rest}");
            }
        }
    }
    pattern.to_owned()
}

/// A pattern of a folder around the content folder: its `{path}` lacks what lies between.
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

/// How many articles get an address by the patterns, and how many of them one that is taken.
fn addresses(ground: &Ground<'_>, dir: &str, made: &Permalinks, languages: &[String]) -> (usize, usize) {
    let mut seen = BTreeSet::new();
    let (mut all, mut shared) = (0, 0);
    for (path, sketch) in ground.under(dir).filter(|(_, sketch)| sketch.is_dated() && !sketch.addressed) {
        let own = made
            .folders
            .iter()
            .filter(|(folder, _)| below(path, folder).is_some())
            .max_by_key(|(folder, _)| folder.len());
        all += 1;
        shared += usize::from(!seen.insert(address(
            own.map_or(&made.default, |(_, pattern)| pattern),
            path,
            sketch,
            languages,
        )));
    }
    (all, shared)
}

/// Roughly the address of an article: enough to see whether two are the same.
fn address(pattern: &str, path: &str, sketch: &Sketch, languages: &[String]) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let suffix = tongues::suffix(stem, languages);
    let plain = suffix.and_then(|lang| stem.strip_suffix(lang)?.strip_suffix('.')).unwrap_or(stem);
    let is_bundle = matches!(plain, "index" | "_index");
    let name = if is_bundle { folder.rsplit('/').next().unwrap_or_default() } else { plain };
    let page = if is_bundle { folder.to_owned() } else { format!("{folder}/{stem}") };
    let of_folder = folder.split('/').find(|part| languages.iter().any(|lang| lang == part));
    let lang = sketch.lang.as_deref().or(suffix).or(of_folder).unwrap_or_default();
    let day = sketch.day.as_deref().unwrap_or_default();
    pattern
        .replace("{slug}", sketch.slug.as_deref().unwrap_or(name))
        .replace("{name}", name)
        .replace("{title}", name)
        .replace("{path}", &page)
        .replace("{sections}", folder)
        .replace("{section}", folder.split('/').next().unwrap_or_default())
        .replace("{lang}", lang)
        .replace("{year}", day)
        .replace("{short_year}", day)
}
