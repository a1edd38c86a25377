//! Constructs of Markdown dialects that the parser does not read: bare links, formulas and admonitions.
//!
//! Which dialect has which is a table of the model, `markdown.toml`.

mod admonitions;
mod bare_links;
mod formulas;

pub use admonitions::as_alerts;
pub use bare_links::BareLinks;
pub use formulas::{Formulas, set_aside};

use crate::model::{MarkdownDialect, MarkdownFeature};
use pulldown_cmark::Options;

/// The options of the parser for a dialect.
pub fn options(dialect: &MarkdownDialect) -> Options {
    use MarkdownFeature as Feature;
    let mut options = Options::empty();
    for (feature, option) in [
        (Feature::Tables, Options::ENABLE_TABLES),
        (Feature::Footnotes, Options::ENABLE_FOOTNOTES),
        (Feature::Strikethrough, Options::ENABLE_STRIKETHROUGH),
        (Feature::Tasks, Options::ENABLE_TASKLISTS),
        (Feature::Definitions, Options::ENABLE_DEFINITION_LIST),
        (Feature::Punctuation, Options::ENABLE_SMART_PUNCTUATION),
    ] {
        options.set(option, dialect.has(feature));
    }
    options
}
