//! The fields of an article, and the front matter keys that fill them: the table `usual.toml`. The reader uses this
//! table, and the schema and `docs/articles.md` are made from it.

use crate::parse::key_shape::ValueShape::{self, Any, Either, Flag, Number, Several, Text};
use serde::Deserialize;
use std::sync::LazyLock;

/// A field that keys of front matter fill, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The article's title.
    Title,
    /// The article's slug.
    Slug,
    /// When it was published.
    Published,
    /// The last change.
    Updated,
    /// When the article leaves the feeds.
    Expires,
    /// The article's tags.
    Tags,
    /// The article's categories.
    Categories,
    /// The article's image.
    Image,
    /// What the image shows, for those who do not see it.
    Alt,
    /// The caption below the image.
    Caption,
    /// An audio file.
    Audio,
    /// A video file.
    Video,
    /// Any other file.
    Enclosure,
    /// The article's summary.
    Description,
    /// The article's authors.
    Author,
    /// Where it comes from.
    Source,
    /// The page of origin.
    Canonical,
    /// The article's own address.
    Permalink,
    /// The article's id.
    Id,
    /// The article's language.
    Lang,
    /// Whether it is featured.
    Featured,
    /// Whether it is a draft.
    Draft,
    /// A page about the only author.
    AuthorPage,
    /// The e-mail address of the only author.
    AuthorEmail,
    /// The address of the page that the article comes from.
    SourceUrl,
    /// Jekyll's and others' word for drafts.
    Status,
}

/// A row of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its name in `content.fields`.
    pub name: String,
    /// The keys that fill it; the first with a value wins.
    pub keys: Vec<String>,
    /// What it means, and what it takes.
    pub says: String,
    #[serde(default)]
    shape: Takes,
    /// Whether it says more about another field; `content.fields` gives no keys to it.
    #[serde(default)]
    pub beside: bool,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Takes {
    #[default]
    Text,
    List,
    Flag,
    Any,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    field: Vec<Row>,
}

/// `usual.toml`; a test checks that it can be read and has a row for every field.
static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(include_str!("usual.toml")).unwrap_or_default());

/// All rows, in the order of the docs.
pub fn rows() -> &'static [Row] {
    &TABLE.field
}

/// The names that `content.fields` knows.
pub fn own_names() -> impl Iterator<Item = &'static str> {
    rows().iter().filter(|row| !row.beside).map(|row| row.name.as_str())
}

impl Field {
    fn row(self) -> Option<&'static Row> {
        rows().get(self as usize)
    }

    /// Its name in `content.fields`.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name.as_str())
    }

    /// The keys that fill it.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.row().into_iter().flat_map(|row| &row.keys).map(String::as_str)
    }
}

impl Row {
    /// What a value looks like.
    pub const fn shape(&self) -> ValueShape {
        match self.shape {
            Takes::Text => Text,
            Takes::List => Several(&Either(&[Text, Any])),
            Takes::Flag => Either(&[Flag, Number(0, 1)]),
            Takes::Any => Any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_row() {
        use Field::*;
        let table: Table = toml::from_str(include_str!("usual.toml")).unwrap();
        let fields = [
            Title,
            Slug,
            Published,
            Updated,
            Expires,
            Tags,
            Categories,
            Image,
            Alt,
            Caption,
            Audio,
            Video,
            Enclosure,
            Description,
            Author,
            Source,
            Canonical,
            Permalink,
            Id,
            Lang,
            Featured,
            Draft,
            AuthorPage,
            AuthorEmail,
            SourceUrl,
            Status,
        ];
        assert_eq!(table.field.len(), fields.len());
        for field in fields {
            let name = field.name().replace('_', "");
            assert_eq!(format!("{field:?}").to_lowercase(), name);
            assert!(field.keys().count() > 0, "{name}");
        }
    }
}
