//! Zola: `config.toml` or `zola.toml`. Articles are in `content`; most URLs follow from folders and file names.

use super::config_file::Config;
use super::facts::{Facts, Rule};
use super::keys;
use super::languages;
use super::permalinks::Evidence;
use super::site_files::{SiteFiles, join};
use crate::model::{PermalinkPart, Placeholder};

pub fn read(config: &Config, site_files: &SiteFiles<'_>, facts: &mut Facts) {
    let by = config.path.as_str();
    match site_files.tree(by) {
        Some(tree) => {
            facts.title(keys::text(&tree, &["title"]), by);
            facts.description(keys::text(&tree, &["description"]), by);
            facts.url(keys::text(&tree, &["base_url"]), None, by);
            let language = keys::text(&tree, &["default_language"]);
            facts.language(language, by);
            facts.author(keys::text(&tree, &["author", "extra.author.name", "extra.author"]), None, None);
            let others: Vec<_> = keys::at(&tree, "languages").into_iter().flat_map(keys::names).collect();
            if !others.is_empty() {
                facts.languages(language.into_iter().chain(others));
            }
        }
        None => facts.note(format!("{by} could not be read")),
    }
    let root = join(&config.base, "content");
    facts.static_dirs.push(join(&config.base, "static"));
    facts.rules.push(Rule { folder: root.clone(), pattern: default_pattern(site_files, &root) });
    facts.roots.push(root);
}

/// A day before a file name is not part of the URL.
pub fn default_pattern(site_files: &SiteFiles<'_>, root: &str) -> String {
    let evidence = Evidence::from_pages(site_files, root);
    let page = match (evidence.last(Placeholder::Name), evidence.days_in_names) {
        (PermalinkPart::Value(Placeholder::Name), 0) => "{path}".into(),
        (last, _) => format!("{{sections}}/{last}"),
    };
    // `post.ru.md`: the main language has no part in the address.
    let is_mixed = languages::find(site_files, root, &[]).iter().any(|lang| !site_files.has_folder(&join(root, lang)));
    format!("/{}{page}/", if is_mixed { "{other_lang}/" } else { "" })
}
