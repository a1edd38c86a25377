//! Hugo: `hugo.toml`, `config.toml` (or YAML, JSON), or the files of `config/_default`. Keys are of any case.

use super::facts::Facts;
use super::ground::{Ground, folder, join};
use super::keys;
use super::kind::Config;
use super::pattern::{self, Last};
use super::permalinks::Evidence;
use crate::parse::tree::Node;

const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

pub fn read(config: &Config, ground: &Ground<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let main = ground.tree(by);
    if main.is_none() {
        facts.note(format!("{by} could not be read"));
    }
    let part = |name: &str| {
        let names = EXTENSIONS.map(|extension| format!("config/_default/{name}.{extension}"));
        names.iter().find_map(|name| ground.tree(&join(&config.base, name)))
    };
    let part = |name: &str, key: &str| part(name).or_else(|| keys::at(main.as_ref()?, key).cloned());
    let languages = part("languages", "languages");
    let main_language = main.as_ref().and_then(|tree| keys::text(tree, &["defaultContentLanguage"]));
    let own = languages.as_ref().and_then(|languages| keys::at(languages, main_language.unwrap_or("en")));
    for tree in main.iter().chain(own) {
        facts.title(keys::text(tree, &["title"]), by);
        facts.url(keys::text(tree, &["baseURL"]), None, by);
        facts.copyright(keys::text(tree, &["copyright"]).filter(|text| !text.contains('{')), by);
        facts.timezone(keys::text(tree, &["timeZone"]), by);
        facts.author(keys::text(tree, &["author.name", "author"]), keys::text(tree, &["author.email"]), None);
        facts.language(keys::text(tree, &["languageCode", "locale"]), by);
    }
    facts.language(main_language, by);
    let params = part("params", "params");
    for tree in params.iter().chain(own.and_then(|tree| keys::at(tree, "params"))) {
        facts.description(keys::text(tree, &["description", "subtitle"]), by);
        let email = keys::text(tree, &["author.email"]);
        facts.author(keys::text(tree, &["author.name", "author", "authors.name"]), email, None);
    }
    let content = main.as_ref().and_then(|tree| keys::text(tree, &["contentDir"])).unwrap_or("content");
    facts.roots.push(join(&config.base, content));
    for (name, language) in languages.iter().filter_map(Node::entries).flatten() {
        facts.languages([name.value.as_str()]);
        let own = keys::text(language, &["contentDir"]).map(|dir| join(&config.base, dir));
        facts.roots.extend(own.filter(|dir| !facts.roots.contains(dir)));
    }
    let folders = main.as_ref().and_then(|tree| keys::at(tree, "staticDir"));
    for dir in folders.into_iter().flat_map(Node::items).filter_map(Node::text).chain(["static"]) {
        facts.static_dirs.push(join(&config.base, dir));
    }
    authors(&config.base, facts);
    let root = join(&config.base, content);
    if let Some(permalinks) = part("permalinks", "permalinks") {
        // Since 0.131 one mapping per kind of page: posts are pages.
        let pages = keys::at(&permalinks, "page").filter(|node| node.entries().is_some()).unwrap_or(&permalinks);
        for (section, node) in pages.entries().unwrap_or_default() {
            let Some(written) = node.text() else { continue };
            rule(&root, &section.value, written, by, ground, facts);
        }
    }
    facts.rules.push(super::facts::Rule { folder: root.clone(), pattern: default_pattern(ground, &root) });
}

/// `data/authors`, as themes have it.
fn authors(base: &str, facts: &mut Facts) {
    facts.author_files.push(join(base, "data/authors"));
    facts.author_files.extend(EXTENSIONS.iter().map(|extension| join(base, &format!("data/authors.{extension}"))));
}

/// Without `permalinks:` a page's address is that of its folder and its slug or file name.
pub fn default_pattern(ground: &Ground<'_>, root: &str) -> String {
    match Evidence::of(ground, root).slugs {
        0 => "/{path}/".into(),
        _ => "/{sections}/{slug}/".into(),
    }
}

/// The rule of a section, also below a folder of each language.
fn rule(root: &str, section: &str, written: &str, by: &str, ground: &Ground<'_>, facts: &mut Facts) {
    let below: Vec<_> = ground
        .folders_in(root)
        .filter(|name| super::tongues::is_language(name))
        .map(|language| join(&join(root, language), section))
        .filter(|dir| ground.has_folder(dir))
        .collect();
    let own = join(root, section);
    for dir in std::iter::once(own).chain(below) {
        let evidence = Evidence::of(ground, &dir);
        let slug = evidence.last(Last::Title);
        facts.rule(&dir, pattern::hugo(written, slug, evidence.last(Last::Name)), written, by);
        if folder(&dir) == root && section.trim_matches('/').is_empty() {
            break;
        }
    }
}
