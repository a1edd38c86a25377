//! Reads the project folder of another engine (its config, its layout, and the heads of its articles) and writes a
//! commented `feedmill.yaml`.
//!
//! Configs in JavaScript, TypeScript and Python are read by their literals and never executed. Only values that were
//! found are set; values that only the owner knows appear in the text as comments. Pure: texts in, text out; the edge
//! finds the files.
//!
//! One file per engine. A new engine is a file, a row in `kind`, and a line in `layout` if its folders identify it.

mod astro;
mod config_file;
mod docusaurus;
mod eleventy;
mod facts;
mod hexo;
mod hugo;
mod javascript;
mod jekyll;
mod keys;
mod kind;
mod languages;
mod layout;
mod mkdocs;
mod next;
mod nikola;
mod nuxt;
mod own_feeds;
mod package;
mod pelican;
mod permalinks;
mod python;
pub mod recipes;
mod settings;
mod site_files;
mod sketch;
mod vitepress;
mod written;
mod zola;

pub use facts::{Author, FoundValue, site_url};
pub use layout::{ContentGuess, OUTPUT};
pub use own_feeds::OwnFeeds;
pub use sketch::{Sketch, sketch};
pub use written::config_text;

use crate::model::{Engine, Recipe};
use facts::Facts;
use site_files::SiteFiles;

/// Something found in a project folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    /// Relative to the project folder, with `/` between its parts.
    pub path: String,
    /// What it is.
    pub what: What,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A config or data file, as text.
    Text(String),
    /// A Markdown file.
    Article(Box<Sketch>),
    /// A folder in the project.
    Folder,
    /// A file that a service exported, such as WordPress.
    Export,
}

/// What a folder says.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// Whose articles these are.
    pub engine: Engine,
    /// The engine's config; `None` where the engine was guessed from the layout, or there is none.
    pub config: Option<String>,
    /// The key `site.title`.
    pub title: Option<FoundValue>,
    /// `site.url`, with a slash at its end.
    pub url: Option<FoundValue>,
    /// The key `site.description`.
    pub description: Option<FoundValue>,
    /// The key `site.language`.
    pub language: Option<FoundValue>,
    /// The key `site.timezone`.
    pub timezone: Option<FoundValue>,
    /// The key `site.copyright`.
    pub copyright: Option<FoundValue>,
    /// The key `site.authors`.
    pub authors: Vec<Author>,
    /// The key `content.ids`: the feeds that the engine wrote.
    pub ids: Option<&'static Recipe>,
    /// Where the engine's own feeds lie.
    pub own_feeds: Option<OwnFeeds>,
    /// The key `content.future`.
    pub future: bool,
    /// The service that exported a file in the folder, and the file's path.
    pub export: Option<(&'static Recipe, String)>,
    /// The section `content:`.
    pub content: ContentGuess,
    /// Axes of `feeds:`.
    pub axes: Vec<&'static str>,
    /// What could not be taken over, in sentences.
    pub notes: Vec<String>,
    /// Markdown files seen under the content folder.
    pub files: usize,
    /// Those of them with a day: the likely articles.
    pub dated: usize,
}

/// Which files the edge should hand on as text: the names of configs and of data about the site, by path.
pub fn is_telling(path: &str) -> bool {
    kind::is_telling(path)
}

/// Reads what was found.
pub fn read(found: &[FoundFile]) -> Foreign {
    let site_files = SiteFiles::new(found);
    let mut facts = Facts::default();
    let config = kind::find_config(&site_files);
    let engine = match &config {
        Some(found) => {
            kind::read(found, &site_files, &mut facts);
            found.engine
        }
        None => layout::engine(&site_files),
    };
    package::read(&site_files, config.as_ref().map_or("", |found| found.base.as_str()), &mut facts);
    let path = config.as_ref().map(|found| found.path.clone());
    let content = layout::content(&site_files, engine, path.as_deref(), &mut facts);
    let dir = if content.dir == "." { "" } else { content.dir.as_str() };
    let (files, dated) = site_files
        .under(dir)
        .fold((0, 0), |(files, dated), (_, sketch)| (files + 1, dated + usize::from(sketch.is_dated())));
    if facts.language.is_none() {
        facts.language = languages::main(&site_files, dir, &content.languages);
    }
    // A layout alone does not show who wrote the feed.
    let ids = path.as_ref().and_then(|_| recipes::of_engine(engine, &site_files));
    facts.notes.extend(ids.and_then(|recipe| recipes::written_ids(recipe, &site_files)));
    let own_feeds =
        ids.zip(config.as_ref()).and_then(|(recipe, config)| own_feeds::read(recipe, config, &site_files, &mut facts));
    let export = found.iter().find(|file| matches!(file.what, What::Export));
    Foreign {
        engine,
        future: ids.is_some_and(|recipe| recipes::lists_future(recipe, &site_files)),
        ids,
        own_feeds,
        export: export.and_then(|file| Some((recipes::of_export(&file.path)?, file.path.clone()))),
        config: path,
        title: facts.title,
        url: facts.url,
        description: facts.description,
        language: facts.language,
        timezone: facts.timezone,
        copyright: facts.copyright,
        authors: facts.authors,
        axes: layout::axes(&site_files, dir, &content.languages),
        content,
        notes: facts.notes,
        files,
        dated,
    }
}

#[cfg(test)]
mod tests;
