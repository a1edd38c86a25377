//! Eleventy: `.eleventy.js` or `eleventy.config.*`, read by its literals, and data files about the site in `_data`.

use super::config_file::Config;
use super::facts::{Facts, Rule, quoted};
use super::javascript::Literals;
use super::keys;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, folder, join};
use crate::model::Engine;
use crate::parse::permalink;

const DATA: [&str; 3] = ["site", "metadata", "meta"];

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let said = Literals::new(site_files.text(&config.path).unwrap_or_default());
    let input = join(&config.base, said.text("dir.input").unwrap_or_default());
    let data = below(&input, said.text("dir.data").unwrap_or("_data"));
    let below = said.text("pathPrefix");
    for name in DATA {
        for extension in ["json", "yaml", "yml", "js", "cjs", "mjs", "ts"] {
            site(&join(&data, &format!("{name}.{extension}")), below, site_files, facts);
        }
    }
    // The feed plugin's own words.
    facts.title(said.text("metadata.title"), &config.path);
    facts.url(said.text("metadata.base"), None, &config.path);
    facts.language(said.text("metadata.language"), &config.path);
    for extension in ["yml", "yaml", "json"] {
        facts.author_files.push(join(&data, &format!("authors.{extension}")));
    }
    directories(&input, site_files, facts);
    facts.rules.push(Rule { folder: input.clone(), pattern: DEFAULT.into() });
    facts.roots.push(input);
}

/// A folder named from another one: `../_data` lies beside it.
fn below(input: &str, name: &str) -> String {
    match name.strip_prefix("../") {
        Some(rest) => below(folder(input), rest),
        None => join(input, name),
    }
}

/// Without a permalink, the day before a file name is part of the URL.
pub const DEFAULT: &str = "/{path}/";

fn site(path: &str, below: Option<&str>, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let Some(text) = site_files.text(path) else { return };
    let tree = site_files.tree(path);
    let said = Literals::new(if tree.is_some() { "" } else { text });
    let find = |names: &[&str]| match &tree {
        Some(tree) => keys::text(tree, names),
        None => names.iter().find_map(|name| said.text(name)),
    };
    facts.title(find(&["title", "name", "siteName", "site_name"]), path);
    facts.url(
        find(&["url", "siteUrl", "siteURL", "baseUrl", "baseURL", "base_url", "homepage", "host", "domain"]),
        below,
        path,
    );
    facts.description(find(&["description", "siteDescription", "tagline"]), path);
    facts.language(find(&["language", "lang", "locale", "siteLanguage"]), path);
    facts.timezone(find(&["timezone", "timeZone"]), path);
    let author = find(&["author.name", "authorName", "author"]);
    facts.author(author, find(&["author.email", "authorEmail"]), find(&["author.url", "authorUrl"]));
}

/// `posts/posts.json` with a permalink for all files of its folder.
fn directories(input: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    for (path, text) in site_files.texts() {
        let dir = folder(path);
        let name = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let is_own = !dir.is_empty() && dir.rsplit('/').next() == Some(name);
        if !is_own || super::site_files::below(dir, input).is_none() {
            continue;
        }
        let written = match site_files.tree(path) {
            Some(tree) => keys::text(&tree, &["permalink"]).map(str::to_owned),
            None => Literals::new(text).text("permalink").map(str::to_owned),
        };
        if let Some(written) = written {
            let made = permalink::from_engine(Engine::Eleventy, &written);
            if made.is_ok() && written.contains("date |") && !written.contains(['%', '\'', '"']) {
                facts.note(format!(
                    "{path} makes permalinks with a filter of its own, {}: compare `permalink`",
                    quoted(&written)
                ));
            }
            facts.rule(dir, made.map(|made| Evidence::from_pages(site_files, dir).settle(&made)), &written, path);
        }
    }
}
