//! VitePress: `.vitepress/config.*`, read by its literals. A page lives where its file lies.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::javascript::Literals;
use super::site_files::{SiteFiles, folder, join};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let said = Literals::new(site_files.text(by).unwrap_or_default());
    let base = folder(&config.base);
    facts.title(said.text("title"), by);
    facts.description(said.text("description"), by);
    facts.url(said.text("sitemap.hostname"), said.text("base"), by);
    facts.language(said.text("lang"), by);
    let root = join(base, said.text("srcDir").unwrap_or_default().trim_start_matches("./").trim_end_matches('/'));
    let end = if said.word("cleanUrls") == Some("true") { "" } else { ".html" };
    facts.rules.push(Rule { folder: root.clone(), pattern: format!("/{{path}}{end}") });
    facts.static_dirs.push(join(&root, "public"));
    facts.roots.push(root);
}
