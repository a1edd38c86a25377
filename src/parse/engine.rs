//! What the folder of another engine says of its site: its config, its layout, and the heads of its articles → a
//! commented `feedmill.yaml`.
//!
//! Configs in JavaScript, TypeScript and Python are read by their literals and never executed. Nothing that was not
//! said is set: a value that only its owner knows stands in the text as a comment. Pure: texts in, text out; the edge
//! looks for the files.
//!
//! One file per engine; a new engine is a file, a row in `kind`, and a line in `layout` where its folders tell it.

mod astro;
mod docusaurus;
mod eleventy;
mod facts;
mod ground;
mod hexo;
mod hugo;
mod javascript;
mod jekyll;
mod keys;
mod kind;
mod layout;
mod next;
mod nuxt;
mod package;
mod pelican;
mod permalinks;
mod python;
mod sketch;
mod tongues;
mod written;
mod zola;

pub use facts::{Author, Told, site_url};
pub use layout::{Content, OUTPUT};
pub use sketch::{Sketch, sketch};
pub use written::config_text;

use crate::model::Engine;
use facts::Facts;
use ground::Ground;

/// Something found in a project folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
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
    /// A folder.
    Folder,
}

/// What a folder says.
#[derive(Debug, Clone)]
pub struct Foreign {
    /// Whose articles these are.
    pub engine: Engine,
    /// The engine's config; `None` where the engine was guessed from the layout, or there is none.
    pub config: Option<String>,
    /// `site.title`.
    pub title: Option<Told>,
    /// `site.url`, with a slash at its end.
    pub url: Option<Told>,
    /// `site.description`.
    pub description: Option<Told>,
    /// `site.language`.
    pub language: Option<Told>,
    /// `site.timezone`.
    pub timezone: Option<Told>,
    /// `site.copyright`.
    pub copyright: Option<Told>,
    /// `site.authors`.
    pub authors: Vec<Author>,
    /// `content:`.
    pub content: Content,
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
pub fn read(files: &[Found]) -> Foreign {
    let ground = Ground::new(files);
    let mut facts = Facts::default();
    let config = kind::of(&ground);
    let engine = match &config {
        Some(found) => {
            kind::read(found, &ground, &mut facts);
            found.engine
        }
        None => layout::engine(&ground),
    };
    package::read(&ground, config.as_ref().map_or("", |found| found.base.as_str()), &mut facts);
    let path = config.as_ref().map(|found| found.path.clone());
    let content = layout::content(&ground, engine, path.as_deref(), &mut facts);
    let dir = if content.dir == "." { "" } else { content.dir.as_str() };
    let (files, dated) = ground
        .under(dir)
        .fold((0, 0), |(files, dated), (_, sketch)| (files + 1, dated + usize::from(sketch.is_dated())));
    if facts.language.is_none() {
        facts.language = tongues::main(&ground, dir, &content.languages);
    }
    Foreign {
        engine,
        config: path,
        title: facts.title,
        url: facts.url,
        description: facts.description,
        language: facts.language,
        timezone: facts.timezone,
        copyright: facts.copyright,
        authors: facts.authors,
        axes: layout::axes(&ground, dir, &content.languages),
        content,
        notes: facts.notes,
        files,
        dated,
    }
}

#[cfg(test)]
mod tests;
