//! Pelican: `pelicanconf.py` and `publishconf.py`, read by their literals.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::permalinks::Evidence;
use super::python;
use super::site_files::{SiteFiles, join};
use crate::model::{Engine, PermalinkPattern, Placeholder};
use crate::parse::permalink;

/// The pattern without a setting.
const DEFAULT: &str = "{slug}.html";

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let publish = join(&config.base, "publishconf.py");
    // The published configuration overrides the one for local development.
    let files = [(publish.as_str(), site_files.text(&publish)), (by, site_files.text(by))];
    let find = |name: &str| {
        files
            .iter()
            .find_map(|(path, text)| Some((python::text((*text)?, name)?, *path)))
            .filter(|(text, _)| !text.is_empty())
    };
    let url = files
        .iter()
        .find_map(|(path, text)| Some((python::text((*text)?, "SITEURL").filter(|url| !url.is_empty())?, *path)));
    let value = |name: &str| find(name).map(|(text, _)| text);
    facts.title(value("SITENAME"), by);
    facts.url(url.map(|(url, _)| url), None, url.map_or(by, |(_, path)| path));
    facts.description(value("SITESUBTITLE").or(value("SITE_DESCRIPTION")), by);
    facts.language(value("DEFAULT_LANG"), by);
    facts.timezone(value("TIMEZONE"), by);
    facts.author(value("AUTHOR"), None, None);
    let root = join(&config.base, value("PATH").unwrap_or("content"));
    let written = value("ARTICLE_URL").unwrap_or(DEFAULT);
    let made = permalink::from_engine(Engine::Pelican, written);
    let by_name = value("SLUGIFY_SOURCE") == Some("basename");
    let own = |made: PermalinkPattern| if by_name { made.swap(Placeholder::Title, Placeholder::Name) } else { made };
    facts.rule(&root, made.map(|made| Evidence::from_pages(site_files, &root).settle(&own(made))), written, by);
    facts.static_dirs.push(root.clone());
    facts.roots.push(root);
}

/// A content folder without a config.
pub fn unconfigured(root: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let last = Evidence::from_pages(site_files, root).last(Placeholder::Title);
    facts.rules.push(Rule { folder: root.to_owned(), pattern: format!("/{last}.html") });
    facts.roots.push(root.to_owned());
}
