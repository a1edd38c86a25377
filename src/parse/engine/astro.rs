//! Astro: `astro.config.*`, read by its literals, and the constants that its templates define in `src`.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::javascript::Literals;
use super::package;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, folder, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let said = Literals::new(site_files.text(by).unwrap_or_default());
    facts.url(said.text("site"), said.text("base"), by);
    facts.language(said.text("i18n.defaultLocale"), by);
    let locales = said.all("i18n.locales");
    if locales.len() > 1 {
        facts.languages(locales);
    }
    for name in
        ["src/consts.ts", "src/consts.js", "src/constants.ts", "src/config.ts", "src/config.mjs", "src/site.config.ts"]
    {
        constants(&join(&config.base, name), site_files, facts);
    }
    facts.static_dirs.push(join(&config.base, "public"));
    let end = if said.word("trailingSlash") == Some("never") { "" } else { "/" };
    unconfigured(&join(&config.base, "src"), end, site_files, facts);
    // Collections may lie outside `src` since Astro 5.
    let elsewhere = ["content", "blog", "posts"].map(|name| join(&config.base, name));
    facts.roots.extend(elsewhere);
}

/// A source folder: each collection is a part of the site, pages lie at its root.
pub fn unconfigured(src: &str, end: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    facts.rules.push(Rule { folder: join(src, "pages"), pattern: format!("/{{path}}{end}") });
    for parent in ["content", "data"] {
        let parent = join(src, parent);
        for name in site_files.folders_in(&parent) {
            let dir = join(&parent, name);
            let evidence = Evidence::from_pages(site_files, &dir);
            let last = match evidence.slugs {
                0 => "{path}",
                slugs if slugs == evidence.dated => "{slug}",
                _ => "{sections}/{slug|file}",
            };
            let route = package::route(site_files, &[&join(src, "pages")], name).unwrap_or_else(|| name.to_owned());
            facts.rules.push(Rule { folder: dir, pattern: format!("/{route}/{last}{end}") });
        }
        facts.rules.push(Rule { folder: parent, pattern: format!("/{{path}}{end}") });
    }
    facts.roots.push(src.to_owned());
    facts.static_dirs.push(join(folder(src), "public"));
}

fn constants(path: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let Some(text) = site_files.text(path) else { return };
    let said = Literals::new(text);
    let find = |names: &[&str], keys: &[&str]| {
        let constant = names.iter().find_map(|name| said.constant(name));
        constant.or_else(|| keys.iter().find_map(|key| said.text(key))).map(str::to_owned)
    };
    facts.title(find(&["SITE_TITLE", "SITE_NAME", "TITLE"], &["title", "name"]).as_deref(), path);
    facts.description(find(&["SITE_DESCRIPTION", "DESCRIPTION"], &["description", "desc"]).as_deref(), path);
    facts.url(find(&["SITE_URL"], &["website", "url", "site"]).as_deref(), None, path);
    facts.language(find(&["SITE_LANG", "LANG"], &["lang", "language", "locale"]).as_deref(), path);
    facts.timezone(find(&["TIMEZONE"], &["timezone"]).as_deref(), path);
    facts.author(find(&["AUTHOR", "SITE_AUTHOR"], &["author"]).as_deref(), None, None);
}
