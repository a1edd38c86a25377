//! Nuxt Content: `nuxt.config.*`, read by its literals. Articles are in `content`.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::javascript::Literals;
use super::site_files::{SiteFiles, folder, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let said = Literals::new(site_files.text(by).unwrap_or_default());
    facts.title(said.text("site.name").or(said.text("app.head.title")), by);
    facts.description(said.text("site.description"), by);
    facts.url(said.text("site.url").or(said.text("i18n.baseUrl")), said.text("app.baseURL"), by);
    facts.language(said.text("site.defaultLocale").or(said.text("i18n.defaultLocale")), by);
    let codes = said.all("i18n.locales.code");
    if codes.len() > 1 {
        facts.languages(codes);
    }
    unconfigured(&join(&config.base, "content"), facts);
}

/// A content folder without a config.
pub fn unconfigured(root: &str, facts: &mut Facts) {
    facts.rules.push(Rule { folder: root.to_owned(), pattern: "/{path}".into() });
    facts.static_dirs.push(join(folder(root), "public"));
    facts.roots.push(root.to_owned());
}
