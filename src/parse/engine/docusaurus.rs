//! Docusaurus: `docusaurus.config.js` or `.ts`, read by its literals. Articles are in `blog`.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::javascript::Literals;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let said = Literals::new(site_files.text(by).unwrap_or_default());
    facts.title(said.text("title"), by);
    facts.description(said.text("tagline"), by);
    facts.url(said.text("url"), said.text("baseUrl"), by);
    facts.language(said.text("i18n.defaultLocale"), by);
    facts.copyright(said.text("themeConfig.footer.copyright"), by);
    let dir = said.text("blog.path").unwrap_or("blog");
    let root = join(&config.base, dir);
    let route = said.text("blog.routeBasePath").unwrap_or("blog").trim_matches('/').to_owned();
    let end = if said.word("trailingSlash") == Some("true") { "/" } else { "" };
    facts.rules.push(Rule { folder: root.clone(), pattern: pattern(site_files, &root, &route, end) });
    let authors = said.text("blog.authorsMapPath").unwrap_or("authors.yml");
    facts.author_files.push(join(&root, authors));
    facts.static_dirs.push(join(&config.base, "static"));
    facts.roots.push(root);
}

/// A blog folder without a config.
pub fn unconfigured(root: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    facts.rules.push(Rule { folder: root.to_owned(), pattern: pattern(site_files, root, "blog", "") });
    facts.roots.push(root.to_owned());
    facts.author_files.push(join(root, "authors.yml"));
}

/// `slug`, where articles have it; else the day of the file name in the path; else the path.
fn pattern(site_files: &SiteFiles<'_>, root: &str, route: &str, end: &str) -> String {
    let evidence = Evidence::from_pages(site_files, root);
    let route = if route.is_empty() { String::new() } else { format!("/{route}") };
    let without_slug = if evidence.days_in_names > 0 { "year/month/day/sections/name" } else { "path" };
    match evidence.slugs {
        0 if evidence.days_in_names * 2 >= evidence.dated.max(1) => {
            format!("{route}/{{year}}/{{month}}/{{day}}/{{sections}}/{{name}}{end}")
        }
        0 => format!("{route}/{{path}}{end}"),
        slugs if slugs == evidence.dated => format!("{route}/{{slug}}{end}"),
        _ => format!("{route}/{{slug|{without_slug}}}{end}"),
    }
}
