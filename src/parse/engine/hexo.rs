//! Hexo: `_config.yml`. Posts are in `source/_posts`, pages elsewhere in `source`.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::keys;
use super::site_files::{SiteFiles, join};
use crate::model::Engine;
use crate::parse::permalink;
use crate::parse::tree::Node;

/// The pattern without a setting.
const DEFAULT: &str = ":year/:month/:day/:title/";

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let tree = site_files.tree(by).filter(|_| config.path.contains("_config."));
    let text = |keys: &[&str]| tree.as_ref().and_then(|tree| keys::text(tree, keys)).map(str::to_owned);
    facts.title(text(&["title"]).as_deref(), by);
    facts.description(text(&["description", "subtitle"]).as_deref(), by);
    facts.author(text(&["author"]).as_deref(), text(&["email"]).as_deref(), None);
    facts.timezone(text(&["timezone"]).as_deref(), by);
    facts.url(text(&["url"]).filter(|url| !is_placeholder(url)).as_deref(), text(&["root"]).as_deref(), by);
    let languages = tree.as_ref().and_then(|tree| keys::at(tree, "language"));
    let languages: Vec<_> =
        languages.into_iter().flat_map(Node::items).filter_map(Node::text).filter(|l| *l != "default").collect();
    facts.language(languages.first().copied(), by);
    if languages.len() > 1 {
        facts.languages(languages);
    }
    let source = join(&config.base, text(&["source_dir"]).as_deref().unwrap_or("source"));
    let permalink = text(&["permalink"]).unwrap_or_else(|| DEFAULT.to_owned());
    let made = permalink::from_engine(Engine::Hexo, &permalink);
    let root = join(&source, "_posts");
    facts.rule(&root, made, &permalink, by);
    // Pages have dates too, but are not in Hexo's feed.
    let has_posts = site_files.under(&root).any(|(_, sketch)| sketch.is_dated());
    facts.rules.push(Rule { folder: source.clone(), pattern: "/{path}/".into() });
    facts.roots.push(if has_posts { root } else { source.clone() });
    facts.static_dirs.push(source);
}

/// A source folder without a config: Hexo's default.
pub fn unconfigured(source: &str, facts: &mut Facts) {
    facts.rule(&join(source, "_posts"), permalink::from_engine(Engine::Hexo, DEFAULT), DEFAULT, "Hexo");
    facts.rules.push(Rule { folder: source.to_owned(), pattern: "/{path}/".into() });
    facts.roots.push(source.to_owned());
}

/// What `hexo init` writes.
fn is_placeholder(url: &str) -> bool {
    matches!(url.trim_end_matches('/'), "http://yoursite.com" | "http://example.com" | "https://yoursite.com")
}
