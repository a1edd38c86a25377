//! The engine of a folder without a config, and its default permalinks.

use super::super::facts::{Facts, Rule};
use super::super::ground::{Ground, folder};
use super::super::permalinks::Evidence;
use super::super::sketch::{Head, Marks, Sketch};
use super::super::{astro, docusaurus, eleventy, hexo, hugo, jekyll, next, nuxt, pelican, zola};
use super::dirs;
use crate::model::Engine;

/// Whose articles these look like. Folders tell more than heads, heads more than bodies.
pub fn engine(ground: &Ground<'_>) -> Engine {
    let has = |part: &str| {
        ground
            .articles()
            .any(|(path, _)| path.contains(part) || part.strip_prefix('/').is_some_and(|p| path.starts_with(p)))
    };
    let dir = dirs::unconfigured(ground);
    if has("/source/_posts/") {
        return Engine::Hexo;
    }
    // Jekyll's collections: `_posts`, and `_articles` at the top.
    let collection = |part: &str| part.len() > 2 && part.starts_with('_');
    if has("/_posts/")
        || ground.articles().any(|(path, _)| path.split_once('/').is_some_and(|(top, _)| collection(top)))
    {
        return Engine::Jekyll;
    }
    if has("/src/content/") || has("/src/pages/") {
        return Engine::Astro;
    }
    let code = || ground.articles().any(|(path, sketch)| path.ends_with(".mdx") || sketch.marks.import);
    if dir.split('/').any(|part| part == "pages") && code() {
        return Engine::Next;
    }
    by_heads(ground).or_else(|| by_bodies(ground)).unwrap_or(
        match ground.articles().any(|(_, sketch)| sketch.is_dated()) {
            true => Engine::Other,
            // A site that begins: its articles are feedmill's own.
            false => Engine::None,
        },
    )
}

fn by_heads(ground: &Ground<'_>) -> Option<Engine> {
    let count = |is: &dyn Fn(&Sketch) -> bool| ground.articles().filter(|(_, sketch)| is(sketch)).count();
    let all = count(&|sketch| sketch.head != Head::Absent);
    let most = |n: usize| n > 0 && n * 2 > all;
    if most(count(&|sketch| sketch.head == Head::Lines)) {
        return Some(Engine::Pelican);
    }
    let toml = count(&|sketch| sketch.head == Head::Toml && !sketch.fenced);
    let zola = count(&|sketch| sketch.zola);
    let shortcodes = count(&|sketch| sketch.marks.shortcode);
    if most(toml) {
        return Some(if zola * 10 > toml && shortcodes == 0 { Engine::Zola } else { Engine::Hugo });
    }
    let sections = ground.articles().any(|(path, _)| path.ends_with("/_index.md") || path == "_index.md");
    (most(count(&|sketch| sketch.head == Head::Json)) || sections).then_some(Engine::Hugo)
}

fn by_bodies(ground: &Ground<'_>) -> Option<Engine> {
    let all = ground.articles().filter(|(_, sketch)| sketch.head != Head::Absent).count();
    let share = |is: &dyn Fn(&Marks) -> bool, percent: usize| {
        let seen = ground.articles().filter(|(_, sketch)| is(&sketch.marks)).count();
        seen > 0 && seen * 100 >= all * percent
    };
    let mdx = ground.articles().any(|(path, _)| path.ends_with(".mdx"));
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

/// The engine's defaults for a content folder, told as its config would tell them.
pub fn rules(ground: &Ground<'_>, engine: Engine, dir: &str, facts: &mut Facts) {
    match engine {
        Engine::Jekyll => jekyll::unconfigured(&before_collections(dir), ground, facts),
        Engine::Hexo => hexo::unconfigured(&upto(dir, "source"), facts),
        Engine::Hugo => hugo::unconfigured(&upto(dir, "content"), ground, facts),
        Engine::Zola => root(&upto(dir, "content"), zola::default_pattern(ground, dir), facts),
        Engine::Eleventy => root(dir, eleventy::default_pattern(ground, dir), facts),
        Engine::Astro => astro::unconfigured(&upto(dir, "src"), "/", ground, facts),
        Engine::Next => next::unconfigured(&upto(dir, "pages"), facts),
        Engine::Nuxt => nuxt::unconfigured(&upto(dir, "content"), facts),
        Engine::Docusaurus => docusaurus::unconfigured(dir, ground, facts),
        Engine::Pelican => pelican::unconfigured(dir, ground, facts),
        Engine::None | Engine::Other => root(dir, plain(ground, dir), facts),
    }
    let above = folder(dir);
    for name in ["static", "public"] {
        facts.static_dirs.push(super::super::ground::join(above, name));
    }
    for name in ["_data/authors.yml", "_data/authors.yaml", "data/authors", "authors.yml"] {
        facts.author_files.push(super::super::ground::join(above, name));
    }
}

/// Of no engine: the slug, where articles have one or lie side by side; else the path.
fn plain(ground: &Ground<'_>, dir: &str) -> String {
    let evidence = Evidence::of(ground, dir);
    let is_flat = !ground.under(dir).any(|(path, sketch)| sketch.is_dated() && path.contains('/'));
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
