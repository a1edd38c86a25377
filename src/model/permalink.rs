//! Permalink patterns: a path below the site with placeholders, such as `/{year}/{slug}/`.
//!
//! A pattern is parsed once, where it is read. Refused, each with a hint: unknown placeholders, spaces, `//`, `..`, and
//! patterns that would give all articles one address.

use super::is_xml_char;
use crate::diagnostic::nearest;
use std::fmt;

/// A placeholder of a permalink pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placeholder {
    /// `{slug}`: as written, otherwise derived from the file's name.
    Slug,
    /// `{title}`: the title in lower case, with hyphens.
    Title,
    /// `{name}`: the file's name without its date; for an `index.md`, the folder's name.
    Name,
    /// `{path}`: the path below the content folder, without extension and language.
    Path,
    /// `{file}`: the file's name with its date.
    File,
    /// `{other_lang}`: the language of an article that is not in the site's language.
    OtherLang,
    /// `{lang}`: the article's language, otherwise the site's.
    Lang,
    /// `{section}`: the first folder.
    Section,
    /// `{sections}`: all folders.
    Sections,
    /// `{category}`: the first category.
    Category,
    /// `{categories}`: all categories.
    Categories,
    /// `{year}`, `{i_month}` and other parts of the publication date, by their format in `strftime`.
    Date(&'static str),
}

impl Placeholder {
    /// All placeholders with their names.
    pub const ALL: [(&'static str, Self); 21] = [
        ("slug", Self::Slug),
        ("title", Self::Title),
        ("name", Self::Name),
        ("path", Self::Path),
        ("file", Self::File),
        ("other_lang", Self::OtherLang),
        ("year", Self::Date("%Y")),
        ("month", Self::Date("%m")),
        ("day", Self::Date("%d")),
        ("lang", Self::Lang),
        ("section", Self::Section),
        ("sections", Self::Sections),
        ("category", Self::Category),
        ("categories", Self::Categories),
        ("i_month", Self::Date("%-m")),
        ("i_day", Self::Date("%-d")),
        ("short_year", Self::Date("%y")),
        ("y_day", Self::Date("%j")),
        ("hour", Self::Date("%H")),
        ("minute", Self::Date("%M")),
        ("second", Self::Date("%S")),
    ];

    /// All placeholders in braces, for a message.
    pub fn list() -> String {
        Self::ALL.map(|(name, _)| format!("{{{name}}}")).join(" ")
    }

    fn parse(name: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(known, _)| *known == name);
        known.map(|(_, placeholder)| *placeholder).ok_or_else(|| match nearest(name, Self::ALL.map(|(name, _)| name)) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!("known: {}", Self::list()),
        })
    }

    /// Whether its value differs from article to article.
    const fn is_distinct(self) -> bool {
        matches!(self, Self::Slug | Self::Title | Self::Name | Self::Path | Self::File)
    }
}

impl fmt::Display for Placeholder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(_, known)| known == self).map_or("", |(name, _)| name))
    }
}

/// A part of a permalink pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PermalinkPart {
    /// Text that stays as it is.
    Text(String),
    /// One placeholder, `{name}`.
    Value(Placeholder),
    /// `{slug|year/name}`: the slug if one is written, otherwise the others with `/` between them.
    SlugOr(Vec<Placeholder>),
}

impl PermalinkPart {
    /// Parses the text between two braces.
    fn parse(inside: &str) -> Result<Self, String> {
        let Some(others) = inside.strip_prefix("slug|") else { return Placeholder::parse(inside).map(Self::Value) };
        let others: Vec<_> = others.split('/').map(Placeholder::parse).collect::<Result<_, _>>()?;
        match others.iter().any(|other| other.is_distinct()) {
            true => Ok(Self::SlugOr(others)),
            false => Err("behind `slug|` stands what tells one article from another, such as `{slug|name}`".into()),
        }
    }
}

impl fmt::Display for PermalinkPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Value(placeholder) => write!(f, "{{{placeholder}}}"),
            Self::SlugOr(others) => {
                write!(f, "{{slug|{}}}", others.iter().map(ToString::to_string).collect::<Vec<_>>().join("/"))
            }
        }
    }
}

/// A permalink pattern such as `/{slug}/`; `docs/config.md` lists its placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermalinkPattern(Vec<PermalinkPart>);

/// The maximum length of a pattern in bytes.
const MAX_PATTERN_BYTES: usize = 300;

impl PermalinkPattern {
    /// Reads a pattern; the leading slash is optional. `Err` says how to fix it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let parts = parts(&format!("/{}", text.trim_start_matches('/')))?;
        let is_refused = |c: char| c.is_whitespace() || c == '\\' || !is_xml_char(c);
        let climbs = text.split('/').any(|part| part == "." || part == "..");
        if text.contains(is_refused) || text.contains("//") || climbs || text.len() > MAX_PATTERN_BYTES {
            return Err("write a path below the site, without spaces, `//` and `..`".into());
        }
        let is_distinct = |part: &PermalinkPart| match part {
            PermalinkPart::Text(_) => false,
            PermalinkPart::Value(placeholder) => placeholder.is_distinct(),
            PermalinkPart::SlugOr(_) => true,
        };
        match parts.iter().any(is_distinct) {
            true => Ok(Self(parts)),
            false => Err("it needs `{slug}` or `{path}`, or all articles would have one address".into()),
        }
    }

    /// The parts in their order.
    pub fn parts(&self) -> &[PermalinkPart] {
        &self.0
    }

    /// Whether it contains a placeholder, except after `slug|`.
    pub fn holds(&self, placeholder: Placeholder) -> bool {
        self.0.contains(&PermalinkPart::Value(placeholder))
    }

    /// The pattern with each part replaced. `replace` must keep the parts that differ from article to article.
    pub fn map(&self, replace: impl Fn(&PermalinkPart) -> PermalinkPart) -> Self {
        Self(self.0.iter().map(replace).collect())
    }

    /// The pattern with one placeholder replaced by another, also after `slug|`.
    pub fn swap(&self, old: Placeholder, new: Placeholder) -> Self {
        let swapped = |placeholder: &Placeholder| if *placeholder == old { new } else { *placeholder };
        self.map(|part| match part {
            PermalinkPart::Text(text) => PermalinkPart::Text(text.clone()),
            PermalinkPart::Value(placeholder) => PermalinkPart::Value(swapped(placeholder)),
            PermalinkPart::SlugOr(others) => PermalinkPart::SlugOr(others.iter().map(swapped).collect()),
        })
    }
}

/// Splits a pattern into its parts.
fn parts(text: &str) -> Result<Vec<PermalinkPart>, String> {
    let mut parts = Vec::new();
    for (n, piece) in text.split('{').enumerate() {
        let text = match (n, piece.split_once('}')) {
            (0, _) => piece,
            (_, None) => return Err("a `{` is not closed".into()),
            (_, Some((inside, after))) => {
                parts.push(PermalinkPart::parse(inside)?);
                after
            }
        };
        if text.contains('}') {
            return Err("a `}` closes nothing".into());
        }
        if !text.is_empty() {
            parts.push(PermalinkPart::Text(text.to_owned()));
        }
    }
    Ok(parts)
}

impl Default for PermalinkPattern {
    fn default() -> Self {
        let slash = || PermalinkPart::Text("/".to_owned());
        Self(vec![slash(), PermalinkPart::Value(Placeholder::Slug), slash()])
    }
}

impl fmt::Display for PermalinkPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| part.fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_written_as_they_were_read() {
        let names: Vec<_> =
            Placeholder::ALL.iter().map(|(name, _)| format!("/{{{name}}}/{{slug|name/{name}}}")).collect();
        for text in
            names.iter().map(String::as_str).chain(["/{slug}/", "/a:b{slug}.html", "/{slug}{path}", "/{year}-{file}"])
        {
            assert_eq!(PermalinkPattern::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(PermalinkPattern::parse(" {slug}/ ").unwrap(), PermalinkPattern::default());
    }

    #[test]
    fn refused_patterns_say_what_helps() {
        for (text, help) in [
            ("/{sulg}/", "did you mean `{slug}`?"),
            ("/{slug|nam}/", "did you mean `{name}`?"),
            ("/{year/month}/{slug}", "known: {slug} {title}"),
            ("/{slug|year}/", "behind `slug|` stands"),
            ("/{slug", "a `{` is not closed"),
            ("/slug}/{slug}", "a `}` closes nothing"),
            ("/{slug}}", "a `}` closes nothing"),
            ("/{year}/", "it needs `{slug}`"),
            ("", "it needs `{slug}`"),
            ("/../{slug}", "write a path below the site"),
            ("//{slug}", "write a path below the site"),
            ("/a b/{slug}", "write a path below the site"),
        ] {
            let said = PermalinkPattern::parse(text).unwrap_err();
            assert!(said.starts_with(help), "{text}: {said}");
        }
        assert!(PermalinkPattern::parse(&format!("/{{slug}}/{}", "x".repeat(300))).is_err());
    }
}
