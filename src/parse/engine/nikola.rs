//! Nikola: `conf.py`, read by its literals. `POSTS` has rows of a glob, the folder in the address, and a template.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::python;
use super::site_files::{SiteFiles, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let text = site_files.text(by).unwrap_or_default();
    let value = |name: &str| python::text(text, name);
    facts.title(value("BLOG_TITLE"), by);
    facts.url(value("SITE_URL"), None, by);
    facts.description(value("BLOG_DESCRIPTION"), by);
    facts.language(value("DEFAULT_LANG"), by);
    facts.timezone(value("TIMEZONE"), by);
    facts.author(value("BLOG_AUTHOR"), value("BLOG_EMAIL"), None);
    let is_file = text.lines().any(|line| line.split_whitespace().collect::<String>() == "PRETTY_URLS=False");
    let end = if is_file { ".html" } else { "/" };
    let mut rows = python::rows(text, "POSTS");
    if rows.is_empty() {
        rows.push(vec!["posts/*.md", "posts"]);
    }
    for row in rows {
        let [glob, route, ..] = row.as_slice() else { continue };
        let dir = glob.rsplit_once('/').map_or("", |(dir, _)| dir);
        if [".md", ".markdown", ".*"].iter().any(|end| glob.ends_with(end)) {
            let folder = join(&config.base, dir);
            facts
                .rules
                .push(Rule { folder: folder.clone(), pattern: format!("/{route}/{{sections}}/{{slug|file}}{end}") });
            facts.roots.push(folder);
        }
    }
    facts.static_dirs.push(join(&config.base, "files"));
}
