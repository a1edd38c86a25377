//! The keys of `content:`.

use super::{LANGUAGE, words};
use crate::model::{Engine, MarkdownDialect};
use crate::parse::config::content;
use crate::parse::engine::recipes;
use crate::parse::fields::usual;
use crate::parse::key_shape::ValueShape::{Choice, Flag, Named, Several, Text};
use crate::parse::key_shape::{Key, MappingNames};

pub static CONTENT: [Key; 19] = [
    Key::new("dir", Text, "`content`", "`posts`", "folder; `--content` overrides it"),
    Key::new(
        "include",
        Several(&Text),
        "`[\"**/*.md\", \"**/*.markdown\"]`",
        "`[\"**/*.md\"]`",
        "a glob or a list of globs, relative to `dir`",
    ),
    Key::new("exclude", Several(&Text), "none", "`[\"drafts/**\", \"**/README.md\"]`", "a glob or a list of globs"),
    Key::new(
        "permalink",
        Text,
        "`/{slug}/`",
        "`/{year}/{month}/{slug}.html`",
        "how an article's address is made: a path with `{slug}`, `{name}`, `{title}` or `{path}`, and more (below)",
    ),
    Key::new(
        "permalinks",
        Named(MappingNames::Any("folder"), &Text),
        "none",
        "`{posts: \"/{year}/{slug}/\"}`",
        "folder: the pattern of articles below it; of several the longest folder counts",
    ),
    Key::new(
        "fields",
        Named(MappingNames::Of(|| usual::own_names().map(|name| (name, "")).collect()), &Several(&Text)),
        "none",
        "`{published: extra.created}`",
        "field: the key, or list of keys, of the front matter that is asked before the usual ones; a dot goes into a mapping",
    ),
    Key::new(
        "date_formats",
        Several(&Text),
        "none",
        "`[\"%d/%m/%Y\"]`",
        "a pattern or a list of patterns of dates in chrono's syntax, tried first",
    ),
    Key::new(
        "date_order",
        Choice(|| content::ORDERS.map(|order| order.name()).to_vec()),
        "none: settled by the other files, or an error",
        "`dmy`",
        "how `03/04/2020` is read: `dmy`, `mdy`, `ymd`; two digits are then a year as well",
    ),
    Key::new(
        "tag_separator",
        Choice(|| words(&content::SEPARATORS)),
        "`space` for Jekyll, else `comma`",
        "`space`",
        "separator between tags in one text: `comma`, `space`",
    ),
    Key::new(
        "authors_file",
        Text,
        "none",
        "`_data/authors.yml`",
        "a YAML, TOML or JSON file of people by key, or a folder with one file for each, relative to the project folder",
    ),
    Key::new(
        "image_dir",
        Text,
        "none: beside the article",
        "`static/images`",
        "folder of images that are named without a path, relative to the project folder",
    ),
    Key::new(
        "static_dir",
        Text,
        "none: `dir`",
        "`static`",
        "folder that is served at the site's root, relative to the project folder",
    ),
    Key::new(
        "body_image",
        Flag,
        "`true`",
        "`false`",
        "whether the first image of the text is used if the front matter has none",
    ),
    Key::new(
        "languages",
        Several(&LANGUAGE),
        "none: neither is read",
        "`[en, ru]`",
        "language tags recognised in `post.ru.md` and `ru/post.md`",
    ),
    Key::new(
        "engine",
        Choice(|| Engine::ALL.map(Engine::name).to_vec()),
        "`none`",
        "`jekyll`",
        "the site generator: `jekyll`, `hugo`, `hexo`, `zola`, `eleventy`, `astro`, `docusaurus`, `next`, `nuxt`, `pelican`, `nikola`, `mkdocs`, `vitepress`, \
         `obsidian`, `quarto`, `myst`, \
         `other` (one that feedmill does not know: articles that share an address or an id are kept apart), `none`",
    ),
    Key::new(
        "markdown",
        Choice(|| MarkdownDialect::all().iter().map(|dialect| dialect.name.as_str()).collect()),
        "the engine's; without an engine, `any`",
        "`gfm`",
        "the dialect of Markdown: an engine's name; `any`: what most engines have; `gfm`: GitHub's tables, task lists, strikethrough and \
         bare links; `commonmark`: CommonMark 0.31 and nothing else. In `gfm` and `commonmark` templates and shortcodes are text",
    ),
    Key::new(
        "ids",
        Choice(|| recipes::choices().map(|(name, _)| name).collect()),
        "none: ids by `site.since`, or the address",
        "`jekyll-feed`",
        "the program that wrote the site's earlier feeds: ids, and what dates and addresses depend on, are made by its rules, so that \
         subscribers see no entry twice; `init` sets it",
    ),
    Key::new(
        "future",
        Flag,
        "`false`",
        "`true`",
        "whether articles dated in the future are in the feeds at once, as `--future` does; `init` sets it where the engine did so",
    ),
    Key::new(
        "change_detection",
        Choice(|| vec!["stat", "hash"]),
        "`stat`",
        "`hash`",
        "how a changed article is told from an unchanged one: `stat` (size, times to the nanosecond, inode), or `hash` (all it \
         holds; for file systems whose times tell nothing, at about four times the cost)",
    ),
];
