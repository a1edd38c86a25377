//! The recipes: a file for each engine in `recipes/`, whose README describes the keys.

use super::site_files::SiteFiles;
use crate::model::{Engine, Recipe};
use std::sync::LazyLock;

/// The files by the name of their engine.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("recipes/", $name, ".toml")))),*]
    };
}

static FILES: [(&str, &str); 18] = files![
    "astro",
    "blogger",
    "bridgetown",
    "docusaurus",
    "eleventy",
    "ghost",
    "hexo",
    "hugo",
    "jekyll",
    "medium",
    "mkdocs",
    "nikola",
    "pelican",
    "quarto",
    "substack",
    "vitepress",
    "wordpress",
    "zola",
];

/// Every recipe with the name of its engine; a test checks that each file can be read.
static ALL: LazyLock<Vec<(&str, Recipe)>> =
    LazyLock::new(|| FILES.iter().filter_map(|(name, text)| Some((*name, toml::from_str(text).ok()?))).collect());

/// Recipes that have a rule, by their names.
pub fn choices() -> impl Iterator<Item = (&'static str, &'static Recipe)> {
    ALL.iter().map(|(_, recipe)| (recipe.name.as_str(), recipe)).filter(|(_, recipe)| recipe.id_rules().is_some())
}

/// The recipe of the engine of a folder, where it has one and the folder shows that it is used.
pub fn of_engine(engine: Engine, site_files: &SiteFiles<'_>) -> Option<&'static Recipe> {
    let (_, recipe) = ALL.iter().find(|(name, _)| *name == engine.name())?;
    let is_used = |word: &str| site_files.texts().any(|(_, text)| text.contains(word));
    recipe.needs.as_deref().is_none_or(is_used).then_some(recipe)
}

/// Whether the engine lists articles of the future, and no config says otherwise.
pub fn lists_future(recipe: &Recipe, site_files: &SiteFiles<'_>) -> bool {
    let has = |setting: &str| {
        site_files.texts().any(|(_, text)| text.split_whitespace().collect::<String>().contains(setting))
    };
    recipe.entries.future && !recipe.entries.future_unless.as_deref().is_some_and(has)
}

/// A note about written ids that the engine's feed did not use.
pub fn written_ids(recipe: &Recipe, site_files: &SiteFiles<'_>) -> Option<String> {
    let count = site_files.articles().filter(|(_, sketch)| sketch.is_dated() && sketch.own_id).count();
    let articles = if count == 1 { "1 article has".to_owned() } else { format!("{count} articles have") };
    let is_ignored = count > 0 && recipe.id_rules().is_some() && !recipe.uses_written_ids();
    is_ignored.then(|| {
        format!(
            "{articles} an `id` or `guid`, which {0} did not use: it is ignored, so that subscribers do not see the entry again; \
             `content.fields: {{id: guid}}` uses it",
            recipe.name
        )
    })
}

/// The service that exported a file of this path.
pub fn of_export(path: &str) -> Option<&'static Recipe> {
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let fits = |pattern: &String| {
        let parts: Vec<&str> = pattern.split('*').collect();
        match parts.as_slice() {
            [start, middle @ .., end] => {
                name.starts_with(start) && name.ends_with(end) && middle.iter().all(|part| name.contains(part))
            }
            _ => name == *pattern,
        }
    };
    ALL.iter().map(|(_, recipe)| recipe).find(|recipe| recipe.exports.iter().any(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_recipe() {
        for (name, text) in FILES {
            let recipe: Recipe = toml::from_str(text).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_ne!(recipe.id_rules().is_some(), recipe.reason.is_some(), "{name} has either a rule or a reason");
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/parse/engine/recipes");
        let files = std::fs::read_dir(folder).unwrap().filter_map(|file| file.unwrap().file_name().into_string().ok());
        assert_eq!(files.filter(|name| name.ends_with(".toml")).count(), FILES.len(), "a file is not in `FILES`");
    }

    #[test]
    fn exports_by_their_names() {
        let name = |path| of_export(path).map(|recipe| recipe.name.as_str());
        assert_eq!(name("blog.WordPress.2024-01-01.xml"), Some("wordpress"));
        assert_eq!(name("old/blog.ghost.2024-01-01-10-00-00.json"), Some("ghost"));
        assert_eq!(name("data/posts.json"), None);
    }
}
