//! Languages in paths: folders such as `ru/` and `pt-br/`, names such as `post.ru.md`.
//!
//! `cs`, `ml` and `os` are also topics: folders count only if one of them is one of a few languages with many readers.

use super::facts::FoundValue;
use super::site_files::SiteFiles;
use super::sketch::Sketch;
use crate::model::{ArticlePath, Engine, Lang, PathInfo};
use std::collections::{BTreeMap, BTreeSet};

/// Codes that ISO 639-1 gave up, and that name folders of other kinds.
const OBSOLETE: [&str; 6] = ["in", "iw", "ji", "jw", "mo", "sh"];

const COMMON: [&str; 12] = ["en", "ru", "de", "fr", "es", "zh", "ja", "ko", "pt", "uk", "pl", "it"];

/// Whether a folder's name is that of a language, in any of `ru`, `pt-br`, `zh_CN`, `zh-Hans`.
pub fn is_language(name: &str) -> bool {
    let (primary, rest) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let is_region = |part: &str| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic())
            || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
    };
    let is_script =
        |part: &str| matches!(part.to_ascii_lowercase().as_str(), "hans" | "hant" | "latn" | "cyrl" | "arab");
    let known = (primary.len() == 2 || primary == "fil")
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && !OBSOLETE.contains(&primary)
        && Lang::new(primary).is_some();
    known
        && !name.ends_with(['-', '_'])
        && (rest.is_empty() || rest.split(['-', '_']).all(|part| is_region(part) || is_script(part)))
}

/// Those of the names that are languages.
pub fn known(names: &[String]) -> Vec<Lang> {
    names.iter().filter_map(|name| Lang::new(name)).collect()
}

/// The languages of the paths under a content folder, with those that the config names, sorted.
pub fn find(site_files: &SiteFiles<'_>, dir: &str, named: &[String]) -> Vec<String> {
    let mut all: BTreeSet<String> = if named.len() > 1 { named.iter().cloned().collect() } else { BTreeSet::new() };
    let mut depths: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut suffixes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files = 0;
    for (path, _) in site_files.under(dir) {
        files += 1;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        for (depth, part) in folder.split('/').enumerate().take(4).filter(|(_, part)| is_language(part)) {
            *depths.entry(depth).or_default().entry(part).or_default() += 1;
        }
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        if let Some((_, last)) = stem.rsplit_once('.').filter(|(_, last)| is_language(last)) {
            *suffixes.entry(last).or_default() += 1;
        }
    }
    let is_common =
        |names: &BTreeMap<&str, usize>| names.keys().any(|name| COMMON.iter().any(|common| primary(name) == *common));
    let held = |names: &BTreeMap<&str, usize>| names.values().sum::<usize>();
    let best = depths.into_values().max_by_key(|names| (held(names), names.len()));
    if let Some(names) = best.filter(|names| is_common(names) && held(names) * 20 >= files) {
        all.extend(names.into_keys().map(str::to_owned));
    }
    if is_common(&suffixes) && held(&suffixes) * 20 >= files {
        all.extend(suffixes.into_keys().map(str::to_owned));
    }
    all.into_iter().take(200).collect()
}

/// The language of an article, by its head, its name or its folders.
pub fn spoken(path: &str, sketch: &Sketch, languages: &[Lang]) -> Option<Lang> {
    let written = sketch.lang.as_deref().and_then(Lang::new);
    written.or_else(|| PathInfo::new(&ArticlePath::new(path), languages, Engine::None).lang)
}

/// The language in which most articles are, where they say it themselves.
pub fn main(site_files: &SiteFiles<'_>, dir: &str, languages: &[String]) -> Option<FoundValue> {
    let languages = known(languages);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    for (path, sketch) in site_files.under(dir).filter(|(_, sketch)| sketch.is_dated()) {
        all += 1;
        if let Some(lang) = spoken(path, sketch, &languages) {
            *counts.entry(lang.to_string()).or_default() += 1;
        }
    }
    // Where most say nothing, they are in the language that needs no saying.
    let speakers: usize = counts.values().sum();
    let (lang, count) = counts.into_iter().max_by(|(a, n), (b, m)| n.cmp(m).then(b.cmp(a)))?;
    (count * 5 > all && speakers * 2 > all)
        .then(|| FoundValue { value: lang, by: format!("{count} of {all} articles") })
}

fn primary(name: &str) -> &str {
    name.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn names_of_languages() {
        for name in ["en", "ru", "pt-br", "zh_CN", "zh-Hans", "fil", "es-419", "sr-Latn"] {
            assert!(is_language(name), "{name}");
        }
        for name in ["", "api", "docs", "js", "EN", "base-l10n", "en-", "ru-news", "2020", "e"] {
            assert!(!is_language(name), "{name}");
        }
    }
}
