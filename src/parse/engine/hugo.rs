//! Hugo: `hugo.toml`, `config.toml` (or YAML, JSON), or the files of `config/_default`. Keys are case-insensitive.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::keys;
use super::languages;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, join};
use crate::model::{Engine, PermalinkPart, Placeholder};
use crate::parse::permalink;
use crate::parse::tree::{Node, NodeKind};

const EXTENSIONS: [&str; 4] = ["toml", "yaml", "yml", "json"];

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    let main = site_files.tree(by);
    if main.is_none() {
        facts.note(format!("{by} could not be read"));
    }
    let main = main.unwrap_or(Node { at: crate::model::Place::WHOLE, kind: NodeKind::Null });
    let part = |name: &str| {
        let names = EXTENSIONS.map(|extension| format!("config/_default/{name}.{extension}"));
        let own = names.iter().find_map(|name| site_files.tree(&join(&config.base, name)));
        own.or_else(|| keys::at(&main, name).cloned())
    };
    let languages = languages(config, &main, part("languages"), site_files);
    let main_language = keys::text(&main, &["defaultContentLanguage"]).unwrap_or("en");
    let own = languages.iter().find(|(name, _)| name.eq_ignore_ascii_case(main_language)).map(|(_, node)| node);
    for tree in std::iter::once(&main).chain(own) {
        facts.title(keys::text(tree, &["title"]), by);
        facts.url(keys::text(tree, &["baseURL"]), None, by);
        facts.copyright(keys::text(tree, &["copyright"]).filter(|text| !text.contains('{')), by);
        facts.timezone(keys::text(tree, &["timeZone"]), by);
        facts.author(keys::text(tree, &["author.name", "author"]), keys::text(tree, &["author.email"]), None);
        facts.language(keys::text(tree, &["languageCode", "locale"]), by);
    }
    facts.language(keys::text(&main, &["defaultContentLanguage"]), by);
    let params = part("params");
    for tree in params.iter().chain(own.and_then(|tree| keys::at(tree, "params"))).chain(own) {
        facts.description(keys::text(tree, &["description", "subtitle"]), by);
        let email = keys::text(tree, &["author.email"]);
        facts.author(keys::text(tree, &["author.name", "author", "authors.name"]), email, None);
    }
    let folders = keys::at(&main, "staticDir");
    for dir in folders.into_iter().flat_map(Node::items).filter_map(Node::text).chain(["static"]) {
        facts.static_dirs.push(join(&config.base, dir));
    }
    facts.author_files.push(join(&config.base, "data/authors"));
    let files = EXTENSIONS.iter().map(|extension| join(&config.base, &format!("data/authors.{extension}")));
    facts.author_files.extend(files);
    facts.languages(languages.iter().map(|(name, _)| name.as_str()));
    let is_below = keys::at(&main, "defaultContentLanguageInSubdir").and_then(Node::boolean) == Some(true);
    let addresses = Addresses {
        by,
        permalinks: part("permalinks"),
        ugly: keys::at(&main, "uglyURLs").or_else(|| keys::at(&main, "uglyurls")).cloned(),
        file: file_names(&main, part("frontmatter").as_ref()),
        is_below,
    };
    let content = join(&config.base, keys::text(&main, &["contentDir"]).unwrap_or("content"));
    let own_folders: Vec<_> =
        languages.iter().filter_map(|(name, node)| Some((name, keys::text(node, &["contentDir"])?))).collect();
    for (name, dir) in &own_folders {
        let root = join(&config.base, dir);
        let is_main = name.eq_ignore_ascii_case(main_language) && !is_below;
        addresses.tell(&root, &if is_main { String::new() } else { format!("/{name}") }, site_files, facts);
        facts.roots.push(root);
    }
    if own_folders.is_empty() {
        addresses.of_languages(&content, None, site_files, facts);
        facts.roots.push(content);
    }
}

/// A content folder without a config: the language of most articles has no part in the address, as by Hugo's default.
pub fn unconfigured(root: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let addresses = Addresses { by: "Hugo", permalinks: None, ugly: None, file: Placeholder::Name, is_below: false };
    let main = languages::main(site_files, root, &languages::find(site_files, root, &[]));
    addresses.of_languages(root, main.map(|found| found.value).as_deref(), site_files, facts);
    facts.roots.push(root.to_owned());
}

/// The placeholder for a file's name: it includes the day, unless the site takes its dates from there.
fn file_names(main: &Node, frontmatter: Option<&Node>) -> Placeholder {
    let own = frontmatter.or_else(|| keys::at(main, "frontmatter"));
    let date = own.and_then(|own| keys::at(own, "date"));
    let by_name = date.is_some_and(|date| date.items().iter().filter_map(Node::text).any(|key| key == ":filename"));
    if by_name { Placeholder::Name } else { Placeholder::File }
}

/// The languages by name: of one mapping, or of files such as `languages.ru.toml`.
fn languages(config: &Config, main: &Node, part: Option<Node>, site_files: &SiteFiles<'_>) -> Vec<(String, Node)> {
    let node = part.or_else(|| keys::at(main, "languages").cloned());
    let mut all: Vec<_> =
        node.iter().filter_map(Node::entries).flatten().map(|(k, v)| (k.value.clone(), v.clone())).collect();
    let prefix = join(&config.base, "config/_default/languages.");
    for (path, _) in site_files.texts() {
        let name = path.strip_prefix(&prefix).and_then(|rest| rest.split_once('.')).map(|(name, _)| name);
        if let Some((name, node)) = name.and_then(|name| Some((name, site_files.tree(path)?))) {
            all.push((name.to_owned(), node));
        }
    }
    all
}

/// Hugo's `:sections` begin at the content folder, a rule's `{sections}` below the rule's folder.
fn below_section(pattern: &str, section: &str) -> String {
    match section.split('/').next() {
        None | Some("") => pattern.to_owned(),
        Some(first) => pattern
            .replace("{sections}", &format!("{section}/{{sections}}"))
            .replace("{section}", &first.to_lowercase()),
    }
}

/// What the config says of addresses.
struct Addresses<'a> {
    by: &'a str,
    permalinks: Option<Node>,
    ugly: Option<Node>,
    /// The placeholder for a file's name.
    file: Placeholder,
    /// Whether the main language has a part in the address too.
    is_below: bool,
}

impl Addresses<'_> {
    /// The rules of a content folder, in which languages may have folders. `main`: the one that is not part of
    /// addresses.
    fn of_languages(&self, root: &str, main: Option<&str>, site_files: &SiteFiles<'_>, facts: &mut Facts) {
        let languages = languages::find(site_files, root, &[]);
        let has_folders = languages.iter().any(|lang| site_files.has_folder(&join(root, lang)));
        if !has_folders {
            // `post.ru.md`: the main language has no part in the address.
            let before = match (!languages.is_empty(), self.is_below) {
                (false, _) => "",
                (true, true) => "/{lang}",
                (true, false) => "/{other_lang}",
            };
            return self.tell(root, before, site_files, facts);
        }
        if let Some(folder) =
            languages.iter().find(|lang| Some(lang.as_str()) == main.map(str::to_lowercase).as_deref())
        {
            self.tell(&join(root, folder), "", site_files, facts);
        }
        self.tell(root, "/{lang}", site_files, facts);
    }

    /// The rules of a content folder. `before`: the prefix of all its URLs.
    fn tell(&self, root: &str, before: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
        self.sections(root, before, site_files, facts);
        let pattern = self.dressed(self.default_pattern(site_files, root), "", before);
        facts.rules.push(Rule { folder: root.to_owned(), pattern });
    }

    /// Without `permalinks:` a page's address is that of its folder and its slug or file name.
    fn default_pattern(&self, site_files: &SiteFiles<'_>, root: &str) -> String {
        let evidence = Evidence::from_pages(site_files, root);
        match evidence.last(self.file) {
            PermalinkPart::Value(Placeholder::File) => "/{path}/".into(),
            PermalinkPart::Value(Placeholder::Name)
                if evidence.days_in_names == 0 || self.permalinks.is_none() && self.by == "Hugo" =>
            {
                "/{path}/".into()
            }
            last => format!("/{{sections}}/{last}/"),
        }
    }

    fn sections(&self, root: &str, before: &str, site_files: &SiteFiles<'_>, facts: &mut Facts) {
        let Some(permalinks) = &self.permalinks else { return };
        // Since 0.131 one mapping per kind of page: posts are pages.
        let pages = keys::at(permalinks, "page").filter(|node| node.entries().is_some()).unwrap_or(permalinks);
        for (section, node) in pages.entries().unwrap_or_default() {
            let (dir, Some(written)) = (join(root, &section.value), node.text()) else { continue };
            let own = Evidence::from_pages(site_files, &dir);
            let evidence = if own.dated == 0 { Evidence::from_pages(site_files, root) } else { own };
            let made = permalink::from_engine(Engine::Hugo, written).and_then(|made| {
                let made = evidence.settle(&made.swap(Placeholder::File, self.file));
                let pattern = below_section(&made.to_string(), &join("", &section.value));
                permalink::plain_path(&self.dressed(pattern, &section.value, before))
            });
            facts.rule(&dir, made, written, self.by);
        }
    }

    fn dressed(&self, pattern: String, section: &str, before: &str) -> String {
        let all = self.ugly.as_ref().and_then(Node::boolean) == Some(true);
        let one = || self.ugly.as_ref().and_then(|ugly| keys::at(ugly, section)).and_then(Node::boolean) == Some(true);
        // A path has the folder of its language already.
        let before = if before == "/{lang}" && pattern.contains("{path}") && !self.is_below { "" } else { before };
        match pattern.strip_suffix('/') {
            Some(page) if all || one() => format!("{before}{page}.html"),
            _ => format!("{before}{pattern}"),
        }
    }
}
