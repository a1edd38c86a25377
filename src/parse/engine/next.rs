//! Next.js: `next.config.*` and `siteMetadata.js`, read by their literals. The layout shows where articles are.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::javascript::Literals;
use super::keys;
use super::package;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, folder, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let said = Literals::new(site_files.text(&config.path).unwrap_or_default());
    for name in [
        "data/siteMetadata.js",
        "siteMetadata.js",
        "src/siteMetadata.js",
        "data/siteMetadata.ts",
        "src/config.ts",
        "src/constants.ts",
        "site.json",
    ] {
        let path = join(&config.base, name);
        let Some(text) = site_files.text(&path) else { continue };
        if let Some(tree) = site_files.tree(&path) {
            facts.title(keys::text(&tree, &["title", "name"]), &path);
            facts.description(keys::text(&tree, &["description"]), &path);
            facts.url(keys::text(&tree, &["siteUrl", "url"]), said.text("basePath"), &path);
            continue;
        }
        let site = Literals::new(text);
        facts.title(site.text("title"), &path);
        facts.url(site.text("siteUrl").or(site.text("url")), said.text("basePath"), &path);
        facts.description(site.text("description"), &path);
        facts.language(site.text("language").or(site.text("locale")), &path);
        facts.author(site.text("author"), site.text("email"), None);
    }
    facts.language(said.text("i18n.defaultLocale"), &config.path);
    let locales = said.all("i18n.locales");
    if locales.len() > 1 {
        facts.languages(locales);
    }
    facts.static_dirs.push(join(&config.base, "public"));
    let end = if said.word("trailingSlash") == Some("true") { "/" } else { "" };
    for pages in ["pages", "src/pages"] {
        facts.rules.push(Rule { folder: join(&config.base, pages), pattern: format!("/{{path}}{end}") });
    }
    let parents = ["app", "src/app", "pages", "src/pages"].map(|name| join(&config.base, name));
    let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
    for name in ["posts", "blog", "articles"] {
        for above in ["", "content", "data", "src/content", "src/data"] {
            let dir = join(&config.base, &join(above, name));
            if let Some(route) = package::route(site_files, &parents, name).filter(|_| site_files.has_folder(&dir)) {
                let last = if Evidence::from_pages(site_files, &dir).slugs > 0 { "{slug}" } else { "{path}" };
                facts.rules.push(Rule { folder: dir, pattern: format!("/{route}/{last}{end}") });
            }
        }
    }
    facts.roots.push(config.base.clone());
}

/// A `pages` folder without a config.
pub fn unconfigured(pages: &str, facts: &mut Facts) {
    facts.rules.push(Rule { folder: pages.to_owned(), pattern: "/{path}".into() });
    facts.static_dirs.push(join(folder(pages), "public"));
    facts.roots.push(pages.to_owned());
}
