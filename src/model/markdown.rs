//! Dialects of Markdown (`content.markdown`): which constructs an engine reads besides CommonMark. The table is
//! `markdown.toml`.

use super::Engine;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A construct that CommonMark does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkdownFeature {
    /// Templates, shortcodes, components and containers are rendered or removed.
    Templates,
    /// Tables with `|`.
    Tables,
    /// Notes by `[^1]`.
    Footnotes,
    /// Deleted text, `~~x~~`.
    Strikethrough,
    /// Boxes, `- [ ] x`.
    Tasks,
    /// `https://…` and `a@b.c` in text are links.
    BareLinks,
    /// So is `www.…`.
    WwwLinks,
    /// `: definition` below a term.
    Definitions,
    /// Typographic quotes, dashes and ellipses.
    Punctuation,
    /// `--` is an em dash; elsewhere it is an en dash.
    EmDashes,
    /// A line end within a paragraph is a line break.
    LineBreaks,
    /// `$…$` and `$$…$$` are formulas.
    Math,
    /// `\(…\)` and `\[…\]` are formulas.
    TexBrackets,
    /// `!!! note` with an indented text.
    Admonitions,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct MarkdownDialect {
    /// The value of `content.markdown`.
    pub name: String,
    features: Vec<MarkdownFeature>,
}

impl MarkdownDialect {
    /// Whether the dialect has a construct.
    pub fn has(&self, feature: MarkdownFeature) -> bool {
        self.features.contains(&feature)
    }

    /// The dialect that an engine reads.
    pub fn for_engine(engine: Engine) -> &'static Self {
        let named = |name: &str| DIALECTS.iter().find(|dialect| dialect.name == name);
        static PLAIN: MarkdownDialect = MarkdownDialect { name: String::new(), features: Vec::new() };
        named(engine.name()).or_else(|| named("any")).unwrap_or(&PLAIN)
    }

    /// All dialects, in the order of their names.
    pub fn all() -> &'static [Self] {
        &DIALECTS
    }
}

/// `markdown.toml`; a test checks that it can be read.
static DIALECTS: LazyLock<Vec<MarkdownDialect>> = LazyLock::new(|| {
    let rows: BTreeMap<String, Vec<MarkdownFeature>> =
        toml::from_str(include_str!("markdown.toml")).unwrap_or_default();
    rows.into_iter().map(|(name, features)| MarkdownDialect { name, features }).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_has_a_row_and_commonmark_has_nothing_else() {
        assert!(MarkdownDialect::all().len() > 15, "markdown.toml cannot be read");
        for engine in Engine::ALL {
            let name = if matches!(engine, Engine::None | Engine::Other) { "any" } else { engine.name() };
            assert_eq!(MarkdownDialect::for_engine(engine).name, name);
        }
        let commonmark = MarkdownDialect::all().iter().find(|dialect| dialect.name == "commonmark");
        assert!(commonmark.is_some_and(|dialect| dialect.features.is_empty()));
    }
}
