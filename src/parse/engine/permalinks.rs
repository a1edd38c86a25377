//! Chooses the permalink patterns of each folder and tries them on the existing articles.
//!
//! Two articles with one URL cannot both be in a feed. A pattern that gives many articles the same URL is replaced by
//! one with distinct URLs, and the config says so in a comment.

mod placed;

use super::facts::Facts;
use super::languages;
use super::site_files::{SiteFiles, below, join};
use super::sketch::Sketch;
use crate::model::{ArticlePath, Engine, Lang, PathInfo, PermalinkPart, PermalinkPattern, Placeholder};
use crate::parse::permalink::plain_path;
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
    pub fn from_pages(site_files: &SiteFiles<'_>, folder: &str) -> Self {
        let mut evidence = Self::default();
        for (_, sketch) in site_files.under(folder).filter(|(_, sketch)| sketch.is_dated() && !sketch.addressed) {
            evidence.dated += 1;
            evidence.slugs += usize::from(sketch.slug.is_some());
            evidence.days_in_names += usize::from(sketch.day_in_name);
        }
        evidence
    }

    /// The slug where all articles write one, `without_slug` where none does, else the choice of both.
    pub fn last(self, without_slug: Placeholder) -> PermalinkPart {
        match self.slugs {
            0 => PermalinkPart::Value(without_slug),
            slugs if slugs == self.dated => PermalinkPart::Value(Placeholder::Slug),
            _ => PermalinkPart::SlugOr(vec![without_slug]),
        }
    }

    /// A pattern without the choice `{slug|…}`, where all articles take the same of it.
    pub fn settle(self, pattern: &PermalinkPattern) -> PermalinkPattern {
        pattern.map(|part| match part {
            PermalinkPart::SlugOr(others) if others.len() == 1 => {
                others.first().map_or_else(|| part.clone(), |other| self.last(*other))
            }
            _ => part.clone(),
        })
    }
}

/// `content.permalink` and `content.permalinks`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    /// For all others.
    pub default: PermalinkPattern,
    /// Folders under the content folder with their patterns.
    pub folders: Vec<(String, PermalinkPattern)>,
}

/// Two in a thousand articles may share an address before a pattern is given up.
const SHARED: usize = 500;

/// Folders that get a pattern of their own because articles in them would share an address.
const FOLDERS: usize = 12;

/// The patterns for a content folder.
pub fn find(
    site_files: &SiteFiles<'_>,
    engine: Engine,
    dir: &str,
    languages: &[Lang],
    facts: &mut Facts,
) -> Permalinks {
    let made = placed::rules(site_files, dir, &facts.rules);
    let tried = addresses(site_files, engine, dir, &made, languages);
    let (all, shared) = (tried.all, tried.shared);
    if shared == 0 {
        return made;
    }
    let mut note = |how: &str| {
        facts.note(format!("{shared} of {all} articles would share an address with another one: {how}; check it"))
    };
    let with_language = with_language(&made);
    let is_apart = |tried: Tried| tried.shared * SHARED <= all;
    if !languages.is_empty()
        && shared * SHARED > all
        && is_apart(addresses(site_files, engine, dir, &with_language, languages))
    {
        note("`{lang}` was put before the engine's pattern");
        return with_language;
    }
    let by_path = by_path(end(&made.default));
    if tried.folders.len() <= FOLDERS && !tried.folders.contains("") {
        let mut apart = made.clone();
        apart.folders.retain(|(folder, _)| !tried.folders.contains(folder));
        let dated = tried.folders.iter().map(|folder| (folder.clone(), by_day(site_files, dir, folder, &made, all)));
        apart.folders.extend(dated.map(|(folder, day)| (folder, day.unwrap_or_else(|| by_path.clone()))));
        apart.folders.sort_by(|(a, _), (b, _)| a.cmp(b));
        if addresses(site_files, engine, dir, &apart, languages).shared == 0 {
            note("their folders have patterns of their own");
            return apart;
        }
    }
    let apart = Permalinks { default: by_path, folders: Vec::new() };
    if shared * SHARED > all && addresses(site_files, engine, dir, &apart, languages).shared < shared {
        note("the pattern `/{path}/` was taken for all");
        return apart;
    }
    made
}

/// Names that differ by the day before them alone: no engine could have made pages of them without the day. Only where
/// they are many, so that it is the site's way and not one folder's.
fn by_day(
    site_files: &SiteFiles<'_>,
    dir: &str,
    folder: &str,
    made: &Permalinks,
    all: usize,
) -> Option<PermalinkPattern> {
    let evidence = Evidence::from_pages(site_files, &join(dir, folder));
    let is_slug =
        |part: &PermalinkPart| matches!(part, PermalinkPart::Value(Placeholder::Slug) | PermalinkPart::SlugOr(_));
    let last = if made.default.parts().iter().any(is_slug) { "{slug}" } else { "{name}" };
    let end = end(&made.default);
    let is_the_way = evidence.dated * 5 >= all && evidence.days_in_names == evidence.dated;
    is_the_way.then(|| plain_path(&format!("/{{year}}/{{month}}/{{day}}/{last}{end}")).ok()).flatten()
}

/// What addresses by a pattern end with: a slash or nothing.
fn end(pattern: &PermalinkPattern) -> &'static str {
    if pattern.to_string().ends_with('/') { "/" } else { "" }
}

/// The address that no other article has.
fn by_path(end: &str) -> PermalinkPattern {
    PermalinkPattern::parse(&format!("/{{path}}{end}")).unwrap_or_default()
}

fn with_language(made: &Permalinks) -> Permalinks {
    let put =
        |pattern: &PermalinkPattern| match pattern.holds(Placeholder::Lang) || pattern.holds(Placeholder::OtherLang) {
            true => pattern.clone(),
            false => plain_path(&format!("/{{lang}}{pattern}")).unwrap_or_else(|_| pattern.clone()),
        };
    let folders = made.folders.iter().map(|(folder, pattern)| (folder.clone(), put(pattern))).collect();
    Permalinks { default: put(&made.default), folders }
}

/// Permalink patterns that have been tried on the articles.
struct Tried {
    /// Articles that get their address by a pattern.
    all: usize,
    /// Those of them whose address another one has.
    shared: usize,
    /// The folders of both.
    folders: BTreeSet<String>,
}

/// Addresses of articles in two languages or folders are kept apart later, where an engine is named
/// (`normalise::apart`).
fn addresses(site_files: &SiteFiles<'_>, engine: Engine, dir: &str, made: &Permalinks, languages: &[Lang]) -> Tried {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut tried = Tried { all: 0, shared: 0, folders: BTreeSet::new() };
    for (path, sketch) in site_files.under(dir).filter(|(_, sketch)| sketch.is_dated() && !sketch.addressed) {
        // The page of a section is not an article.
        if path.rsplit('/').next().is_some_and(|name| name.starts_with("_index.")) {
            continue;
        }
        let own = made.folders.iter().filter(|(folder, _)| lies_in(path, folder));
        let pattern = own.max_by_key(|(folder, _)| folder.len()).map_or(&made.default, |(_, pattern)| pattern);
        tried.all += 1;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let article = ArticlePath::new(path);
        let lang = languages::spoken(path, sketch, languages).map(|lang| lang.to_string()).unwrap_or_default();
        let mut address = address(pattern, &article, &PathInfo::new(&article, languages, engine), &lang, sketch);
        if !matches!(engine, Engine::None | Engine::Other) {
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
    let plain = path.split_once('/').filter(|(lang, _)| languages::is_language(lang));
    below(path, folder).is_some() || plain.is_some_and(|(_, rest)| below(rest, folder).is_some())
}

/// Roughly the address of an article (`normalise::permalink`): enough to see whether two are the same.
fn address(
    pattern: &PermalinkPattern,
    article: &ArticlePath,
    path: &PathInfo<'_>,
    lang: &str,
    sketch: &Sketch,
) -> String {
    let slug = sketch.slug.as_deref();
    let value = |placeholder: &Placeholder| match placeholder {
        Placeholder::Slug => slug.unwrap_or(path.undated).to_owned(),
        Placeholder::Name => path.undated.to_owned(),
        Placeholder::File => path.name.to_owned(),
        // No more is known of a title than that it is another one.
        Placeholder::Title => slug.unwrap_or(article.as_str()).to_owned(),
        Placeholder::Path => path.page.to_owned(),
        Placeholder::Sections => path.sections.join("/"),
        Placeholder::Section => path.sections.first().copied().unwrap_or_default().to_owned(),
        Placeholder::Categories => article.folder().split("_posts").next().unwrap_or_default().to_owned(),
        Placeholder::Lang | Placeholder::OtherLang => lang.to_owned(),
        Placeholder::Date("%Y" | "%y") => sketch.day.clone().unwrap_or_default(),
        Placeholder::Category | Placeholder::Date(_) => String::new(),
    };
    let filled = pattern.parts().iter().map(|part| match (part, slug) {
        (PermalinkPart::Text(text), _) => text.clone(),
        (PermalinkPart::Value(placeholder), _) => value(placeholder),
        (PermalinkPart::SlugOr(_), Some(slug)) => slug.to_owned(),
        (PermalinkPart::SlugOr(others), None) => others.iter().map(value).collect::<Vec<_>>().join("/"),
    });
    filled.collect()
}
