//! Guesses the engine of a folder without a config, and its default permalinks.

use super::super::facts::{Facts, Rule};
use super::super::permalinks::Evidence;
use super::super::site_files::{SiteFiles, folder};
use super::super::sketch::{EngineMarks, HeadSyntax, Sketch};
use super::super::{astro, docusaurus, eleventy, hexo, hugo, jekyll, next, nuxt, pelican, zola};
use super::dirs;
use crate::model::Engine;

/// Whose articles these look like. Folders tell more than heads, heads more than bodies.
pub fn engine(site_files: &SiteFiles<'_>) -> Engine {
    let has = |part: &str| {
        site_files
            .articles()
            .any(|(path, _)| path.contains(part) || part.strip_prefix('/').is_some_and(|p| path.starts_with(p)))
    };
    let dir = dirs::unconfigured(site_files);
    if has("/source/_posts/") {
        return Engine::Hexo;
    }
    // Jekyll's collections: `_posts`, and `_articles` at the top.
    let collection = |part: &str| part.len() > 2 && part.starts_with('_');
    if has("/_posts/")
        || site_files.articles().any(|(path, _)| path.split_once('/').is_some_and(|(top, _)| collection(top)))
    {
        return Engine::Jekyll;
    }
    if has("/src/content/") || has("/src/pages/") {
        return Engine::Astro;
    }
    let code = || site_files.articles().any(|(path, sketch)| path.ends_with(".mdx") || sketch.marks.import);
    if dir.split('/').any(|part| part == "pages") && code() {
        return Engine::Next;
    }
    by_heads(site_files).or_else(|| by_bodies(site_files)).unwrap_or(
        match site_files.articles().any(|(_, sketch)| sketch.is_dated()) {
            true => Engine::Other,
            // A site that begins: its articles are feedmill's own.
            false => Engine::None,
        },
    )
}

fn by_heads(site_files: &SiteFiles<'_>) -> Option<Engine> {
    let count = |is: &dyn Fn(&Sketch) -> bool| site_files.articles().filter(|(_, sketch)| is(sketch)).count();
    let all = count(&|sketch| sketch.head != HeadSyntax::Absent);
    let most = |n: usize| n > 0 && n * 2 > all;
    if most(count(&|sketch| sketch.head == HeadSyntax::Lines)) {
        return Some(Engine::Pelican);
    }
    let toml = count(&|sketch| sketch.head == HeadSyntax::Toml && !sketch.fenced);
    let zola = count(&|sketch| sketch.zola);
    let shortcodes = count(&|sketch| sketch.marks.shortcode);
    if most(toml) {
        return Some(if zola * 10 > toml && shortcodes == 0 { Engine::Zola } else { Engine::Hugo });
    }
    let sections = site_files.articles().any(|(path, _)| path.ends_with("/_index.md") || path == "_index.md");
    (most(count(&|sketch| sketch.head == HeadSyntax::Json)) || sections).then_some(Engine::Hugo)
}

fn by_bodies(site_files: &SiteFiles<'_>) -> Option<Engine> {
    let all = site_files.articles().filter(|(_, sketch)| sketch.head != HeadSyntax::Absent).count();
    let share = |is: &dyn Fn(&EngineMarks) -> bool, percent: usize| {
        let seen = site_files.articles().filter(|(_, sketch)| is(&sketch.marks)).count();
        seen > 0 && seen * 100 >= all * percent
    };
    let mdx = site_files.articles().any(|(path, _)| path.ends_with(".mdx"));
    if share(&|marks| marks.shortcode, 1) {
        Some(Engine::Hugo)
    } else if share(&|marks| marks.truncate, 10) {
        Some(Engine::Docusaurus)
    } else if share(&|marks| marks.component, 5) {
        Some(Engine::Nuxt)
    } else if share(&|marks| marks.tag, 5) {
        Some(Engine::Eleventy)
    } else if mdx && share(&|marks| marks.import, 2) {
        Some(Engine::Next)
    } else {
        None
    }
}

/// The engine's defaults for a content folder, in the form in which its config would set them.
pub fn rules(site_files: &SiteFiles<'_>, engine: Engine, dir: &str, facts: &mut Facts) {
    match engine {
        Engine::Jekyll => jekyll::unconfigured(&before_collections(dir), site_files, facts),
        Engine::Hexo => hexo::unconfigured(&upto(dir, "source"), facts),
        Engine::Hugo => hugo::unconfigured(&upto(dir, "content"), site_files, facts),
        Engine::Zola => root(&upto(dir, "content"), zola::default_pattern(site_files, dir), facts),
        Engine::Eleventy => root(dir, eleventy::DEFAULT.to_owned(), facts),
        Engine::Astro => astro::unconfigured(&upto(dir, "src"), "/", site_files, facts),
        Engine::Next => next::unconfigured(&upto(dir, "pages"), facts),
        Engine::Nuxt => nuxt::unconfigured(&upto(dir, "content"), facts),
        Engine::Docusaurus => docusaurus::unconfigured(dir, site_files, facts),
        Engine::Pelican => pelican::unconfigured(dir, site_files, facts),
        Engine::Nikola
        | Engine::MkDocs
        | Engine::VitePress
        | Engine::Obsidian
        | Engine::Quarto
        | Engine::Myst
        | Engine::None
        | Engine::Other => root(dir, plain(site_files, dir), facts),
    }
    let above = folder(dir);
    for name in ["static", "public"] {
        facts.static_dirs.push(super::super::site_files::join(above, name));
    }
    for name in ["_data/authors.yml", "_data/authors.yaml", "data/authors", "authors.yml"] {
        facts.author_files.push(super::super::site_files::join(above, name));
    }
}

/// Of no engine: the slug, where articles have one or lie side by side; else the path.
fn plain(site_files: &SiteFiles<'_>, dir: &str) -> String {
    let evidence = Evidence::from_pages(site_files, dir);
    let is_flat = !site_files.under(dir).any(|(path, sketch)| sketch.is_dated() && path.contains('/'));
    if is_flat || evidence.slugs * 2 > evidence.dated { "/{slug}/".into() } else { "/{path}/".into() }
}

fn root(folder: &str, pattern: String, facts: &mut Facts) {
    facts.rules.push(Rule { folder: folder.to_owned(), pattern });
}

/// A path up to its first part of a name, with it; the path itself where it has none.
fn upto(dir: &str, name: &str) -> String {
    let parts: Vec<_> = dir.split('/').collect();
    let end = parts.iter().position(|part| *part == name).map_or(parts.len(), |at| at + 1);
    parts.into_iter().take(end).collect::<Vec<_>>().join("/")
}

/// A path before its first part that begins as the folders of Jekyll's collections do.
fn before_collections(dir: &str) -> String {
    dir.split('/').take_while(|part| !part.starts_with('_')).collect::<Vec<_>>().join("/")
}

/// The content folder of an engine that has one, where all files of this corpus lie in a part of it.
pub fn whole(engine: Engine, dir: String) -> String {
    if matches!(engine, Engine::Hugo | Engine::Zola) { upto(&dir, "content") } else { dir }
}
