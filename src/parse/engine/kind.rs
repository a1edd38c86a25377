//! Which engine a folder belongs to, by its config files.

use super::config_file::Config;
use super::facts::Facts;
use super::site_files::{SiteFiles, below, folder, join};
use super::{
    astro, docusaurus, eleventy, hexo, hugo, jekyll, keys, mkdocs, next, nikola, nuxt, pelican, vitepress, zola,
};
use crate::model::Engine;

/// The config to use: one with articles before one without, then the one highest up, then the more specific one.
pub fn find_config(site_files: &SiteFiles<'_>) -> Option<Config> {
    let found = site_files.texts().filter_map(|(path, text)| config(path, text, site_files));
    found
        .min_by_key(|(rank, config)| {
            let is_bare = !site_files.under(&config.base).any(|(_, sketch)| sketch.is_dated());
            (is_bare, config.base.split('/').filter(|part| !part.is_empty()).count(), *rank, config.path.clone())
        })
        .map(|(_, config)| config)
}

/// Reads a config into the facts.
pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    match config.engine {
        Engine::Jekyll => jekyll::read(config, site_files, facts),
        Engine::Hugo => hugo::read(config, site_files, facts),
        Engine::Hexo => hexo::read(config, site_files, facts),
        Engine::Zola => zola::read(config, site_files, facts),
        Engine::Eleventy => eleventy::read(config, site_files, facts),
        Engine::Astro => astro::read(config, site_files, facts),
        Engine::Docusaurus => docusaurus::read(config, site_files, facts),
        Engine::Next => next::read(config, site_files, facts),
        Engine::Nuxt => nuxt::read(config, site_files, facts),
        Engine::Pelican => pelican::read(config, site_files, facts),
        Engine::Nikola => nikola::read(config, site_files, facts),
        Engine::MkDocs => mkdocs::read(config, site_files, facts),
        Engine::VitePress => vitepress::read(config, site_files, facts),
        Engine::Obsidian | Engine::Quarto | Engine::Myst | Engine::None | Engine::Other => {}
    }
}

/// Whether a path is that of a config or of data about a site.
pub fn is_telling(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folder.split('/').filter(|part| !part.is_empty()).count() > 3 {
        return false;
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let data = matches!(extension, "yml" | "yaml" | "toml" | "json");
    let code = matches!(extension, "js" | "mjs" | "cjs" | "ts" | "mts");
    match stem {
        "hugo" | "config" | "zola" | "_config" | "site" | "metadata" | "meta" | "authors" | "params" | "languages"
        | "permalinks" | "siteMetadata" | "consts" | "constants" => data || code,
        "astro.config" | "docusaurus.config" | "eleventy.config" | ".eleventy" | "next.config" | "nuxt.config" => code,
        "pelicanconf" | "publishconf" | "conf" => extension == "py",
        "mkdocs" => data,
        "package" => extension == "json",
        _ if name == "CNAME" || name == "Gemfile" => true,
        _ if stem.starts_with("languages.") => data,
        // Eleventy's directory data: `posts/posts.json`.
        _ => {
            let stem = stem.strip_suffix(".11tydata").unwrap_or(stem);
            (extension == "json" || code) && folder.rsplit('/').next() == Some(stem)
        }
    }
}

fn config(path: &str, text: &str, site_files: &SiteFiles<'_>) -> Option<(u8, Config)> {
    let (dir, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let (rank, engine) = match (stem, extension) {
        ("docusaurus.config", _) => (0, Engine::Docusaurus),
        ("astro.config", _) => (1, Engine::Astro),
        ("hugo", "toml" | "yaml" | "yml" | "json") => (2, Engine::Hugo),
        ("zola", "toml") => (3, Engine::Zola),
        ("pelicanconf", "py") => (4, Engine::Pelican),
        (".eleventy" | "eleventy.config", _) => (5, Engine::Eleventy),
        ("conf", "py") if text.contains("BLOG_TITLE") => (4, Engine::Nikola),
        ("mkdocs", "yml" | "yaml") => (4, Engine::MkDocs),
        ("config", "js" | "mjs" | "ts" | "mts") if is_in_vitepress(dir) => (5, Engine::VitePress),
        ("nuxt.config", _) => (6, Engine::Nuxt),
        ("_config", "yml" | "yaml" | "toml") => (7, jekyll_or_hexo(dir, path, text, site_files)),
        ("config", "toml" | "yaml" | "yml" | "json") => (8, hugo_or_zola(path, text, dir)?),
        ("next.config", _) => (9, Engine::Next),
        ("package", "json") => (10, dependency(path, text)?),
        _ => return None,
    };
    let is_default = below(dir, folder(folder(dir))).is_some_and(|rest| rest == "config/_default");
    let base = if is_default { folder(folder(dir)) } else { dir };
    Some((rank, Config { engine, path: path.to_owned(), base: base.to_owned() }))
}

fn is_in_vitepress(dir: &str) -> bool {
    dir.rsplit('/').next() == Some(".vitepress")
}

fn jekyll_or_hexo(dir: &str, path: &str, text: &str, site_files: &SiteFiles<'_>) -> Engine {
    let tree = keys::tree(path, text);
    let has = |key: &str| tree.as_ref().is_some_and(|tree| keys::at(tree, key).is_some());
    let hexo_keys =
        ["source_dir", "new_post_name", "public_dir", "category_dir", "tag_dir", "skip_render", "deploy.type"];
    let hexo = hexo_keys.iter().filter(|key| has(key)).count();
    let jekyll_keys = ["baseurl", "plugins", "gems", "collections", "defaults", "kramdown", "sass", "remote_theme"];
    let jekyll = jekyll_keys.iter().filter(|key| has(key)).count();
    let depends = site_files
        .tree(&join(dir, "package.json"))
        .is_some_and(|package| keys::at(&package, "dependencies.hexo").is_some());
    let written = tree.as_ref().and_then(|tree| keys::text(tree, &["permalink"])).unwrap_or_default();
    // Hexo's pattern has no slash before it.
    let pattern = usize::from(written.starts_with(':') && !written.contains(":output_ext"));
    let folders = site_files.has_folder(&join(dir, "source/_posts"));
    let hexo = hexo + pattern + usize::from(depends) * 4 + usize::from(folders) * 2;
    let jekyll = jekyll + usize::from(site_files.has_folder(&join(dir, "_posts"))) * 2;
    if hexo > jekyll { Engine::Hexo } else { Engine::Jekyll }
}

fn hugo_or_zola(path: &str, text: &str, dir: &str) -> Option<Engine> {
    let tree = keys::tree(path, text)?;
    let has = |keys: &[&str]| keys.iter().any(|key| keys::at(&tree, key).is_some());
    if has(&["base_url", "compile_sass", "generate_feed", "generate_feeds", "build_search_index"]) {
        return Some(Engine::Zola);
    }
    let hugo =
        has(&["baseURL", "languageCode", "defaultContentLanguage", "contentDir", "publishDir", "markup.goldmark"]);
    (hugo || dir.ends_with("config/_default")).then_some(Engine::Hugo)
}

/// An engine that works without a config of its own.
fn dependency(path: &str, text: &str) -> Option<Engine> {
    let tree = keys::tree(path, text)?;
    let engines = [
        ("@docusaurus/core", Engine::Docusaurus),
        ("astro", Engine::Astro),
        ("@11ty/eleventy", Engine::Eleventy),
        ("hexo", Engine::Hexo),
        ("nuxt", Engine::Nuxt),
        ("next", Engine::Next),
    ];
    let depends = |name: &str| {
        ["dependencies", "devDependencies"]
            .iter()
            .any(|list| tree.entry(list).is_some_and(|list| list.entry(name).is_some()))
    };
    engines.into_iter().find(|(name, _)| depends(name)).map(|(_, engine)| engine)
}
