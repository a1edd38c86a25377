//! Permalink patterns: feedmill's own `{year}/{slug}`, and the `:year/:title` of Jekyll, Hugo and Hexo, which are read
//! into it. Refused, with what would help: unknown placeholders, spaces, `//`, `..`.
//!
//! jekyllrb.com/docs/permalinks, gohugo.io/configuration/permalinks, hexo.io/docs/permalinks.

use crate::diagnostic::nearest;
use crate::model::{Engine, PermalinkPattern, is_xml_char};

/// What may stand in braces.
pub(super) const PLACEHOLDERS: [&str; 21] = [
    "slug",
    "title",
    "name",
    "path",
    "file",
    "other_lang",
    "year",
    "month",
    "day",
    "lang",
    "section",
    "sections",
    "category",
    "categories",
    "i_month",
    "i_day",
    "short_year",
    "y_day",
    "hour",
    "minute",
    "second",
];

/// Those that tell one article from another.
const DISTINCT: [&str; 5] = ["slug", "title", "name", "path", "file"];

const LONGEST: usize = 300;

/// Reads a pattern, with a slash before it; else what would help.
pub(super) fn read(text: &str, engine: Engine) -> Result<PermalinkPattern, Option<String>> {
    let text = text.trim();
    let text = style(text).unwrap_or(text);
    let braced = if text.contains(':') { braced(text, engine)? } else { text.to_owned() };
    let names = placeholders(&braced)?;
    let illegal = |c: char| c.is_whitespace() || c == '\\' || !is_xml_char(c);
    let climbs = braced.split('/').any(|part| part == "." || part == "..");
    if braced.contains(illegal) || braced.contains("//") || climbs || braced.len() > LONGEST {
        return Err(Some("write a path below the site, without spaces, `//` and `..`".into()));
    }
    if !names.iter().any(|name| DISTINCT.contains(name)) {
        return Err(Some("it needs `{slug}` or `{path}`, or all articles would have one address".into()));
    }
    Ok(PermalinkPattern(format!("/{}", braced.trim_start_matches('/'))))
}

/// Whether an address is a pattern of `:tokens`, or a style of Jekyll's.
pub(super) fn is_coloned(text: &str) -> bool {
    style(text).is_some() || (!text.contains("://") && tokens(text).any(|(name, _)| !name.is_empty()))
}

/// Jekyll's names for patterns.
fn style(text: &str) -> Option<&'static str> {
    match text {
        "date" => Some("/:categories/:year/:month/:day/:title.html"),
        "pretty" => Some("/:categories/:year/:month/:day/:title/"),
        "ordinal" => Some("/:categories/:year/:y_day/:title.html"),
        "none" => Some("/:categories/:title.html"),
        _ => None,
    }
    .map(|pattern| pattern.trim_start_matches('/'))
}

/// The names in braces.
fn placeholders(text: &str) -> Result<Vec<&str>, Option<String>> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or(Some("a `{` is not closed".to_owned()))?;
        if before.contains('}') {
            return Err(Some("a `}` closes nothing".into()));
        }
        // `{slug|year/name}`: the slug as written, else the others.
        let others = name.strip_prefix("slug|");
        let unknown = others.unwrap_or(name).split('/').find(|name| !PLACEHOLDERS.contains(name));
        if let Some(unknown) = unknown.filter(|_| others.is_some() || !PLACEHOLDERS.contains(&name)) {
            return Err(Some(match nearest(unknown, PLACEHOLDERS) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("known: {{{}}}", PLACEHOLDERS.join("} {")),
            }));
        }
        if others.is_some_and(|others| !others.split('/').any(|name| DISTINCT.contains(&name))) {
            return Err(Some(
                "behind `slug|` stands what tells one article from another, such as `{slug|name}`".into(),
            ));
        }
        names.push(others.map_or(name, |_| "slug"));
        rest = tail;
    }
    if rest.contains('}') {
        return Err(Some("a `}` closes nothing".into()));
    }
    Ok(names)
}

/// `:tokens` into braces.
fn braced(text: &str, engine: Engine) -> Result<String, Option<String>> {
    let mut out = text.split(':').next().unwrap_or_default().to_owned();
    for (name, after) in tokens(text) {
        // Hugo's `:sections[1:]` is another thing than `:sections`.
        match token(name, engine).filter(|_| !after.starts_with('[')) {
            Some(value) => out.push_str(value),
            None => return Err(Some(format!("feedmill cannot make `:{name}`; use {{{}}}", PLACEHOLDERS.join("} {")))),
        }
        out.push_str(after);
    }
    let mut single = String::with_capacity(out.len());
    for c in out.chars() {
        if c != '/' || !single.ends_with('/') {
            single.push(c);
        }
    }
    Ok(single)
}

/// The words behind each colon, and what follows them.
fn tokens(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(':').skip(1).map(|part| {
        let end = part.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(part.len());
        part.split_at_checked(end).unwrap_or((part, ""))
    })
}

fn token(name: &str, engine: Engine) -> Option<&'static str> {
    Some(match (name, engine) {
        ("title", Engine::Hugo) | ("post_title", _) => "{title}",
        ("title", Engine::Hexo) => "{name}",
        ("title" | "slug" | "slugorfilename" | "slugorcontentbasename", _) => "{slug}",
        ("name" | "filename" | "contentbasename" | "basename", _) => "{name}",
        ("categories" | "slugified_categories", _) => "{categories}",
        ("output_ext", _) => ".html",
        ("collection", _) => "posts",
        ("yearday", _) => "{y_day}",
        _ => return BRACED.iter().find(|(plain, _)| *plain == name).map(|(_, braced)| *braced),
    })
}

/// Tokens that mean the same everywhere.
const BRACED: [(&str, &str); 15] = [
    ("path", "{path}"),
    ("year", "{year}"),
    ("month", "{month}"),
    ("day", "{day}"),
    ("lang", "{lang}"),
    ("section", "{section}"),
    ("sections", "{sections}"),
    ("category", "{category}"),
    ("i_month", "{i_month}"),
    ("i_day", "{i_day}"),
    ("short_year", "{short_year}"),
    ("y_day", "{y_day}"),
    ("hour", "{hour}"),
    ("minute", "{minute}"),
    ("second", "{second}"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_patterns_and_those_of_engines() {
        let made = |text, engine| read(text, engine).map(|p| p.0).unwrap_or_else(|help| help.unwrap());
        for (text, engine, pattern) in [
            ("{year}/{slug}.html", Engine::None, "/{year}/{slug}.html"),
            ("date", Engine::Jekyll, "/{categories}/{year}/{month}/{day}/{slug}.html"),
            ("/:categories/:year/:title:output_ext", Engine::Jekyll, "/{categories}/{year}/{slug}.html"),
            ("/:year/:title/", Engine::Hugo, "/{year}/{title}/"),
            ("/:sections/:slugorfilename/", Engine::Hugo, "/{sections}/{slug}/"),
            (":year/:i_month/:title/", Engine::Hexo, "/{year}/{i_month}/{name}/"),
            ("{year}/:title", Engine::None, "/{year}/{slug}"),
            ("/{slug|year/name}/", Engine::None, "/{slug|year/name}/"),
            ("/{other_lang}/{file}/", Engine::Hugo, "/{other_lang}/{file}/"),
        ] {
            assert_eq!(made(text, engine), pattern, "{text}");
        }
        for (text, help) in [
            ("/:year/:short_month/:title/", "feedmill cannot make `:short_month`"),
            ("/:sections[1:]/:title/", "feedmill cannot make `:sections`"),
            ("/{sulg}/", "did you mean `{slug}`?"),
            ("/{slug|nam}/", "did you mean `{name}`?"),
            ("/{slug|year}/", "behind `slug|` stands"),
            ("/{slug", "a `{` is not closed"),
            ("/slug}/{slug}", "a `}` closes nothing"),
            ("/{slug}}", "a `}` closes nothing"),
            ("/:year/", "it needs `{slug}`"),
            ("/../{slug}", "write a path below the site"),
            ("/a b/{slug}", "write a path below the site"),
        ] {
            assert!(made(text, Engine::Hugo).starts_with(help), "{text}: {}", made(text, Engine::Hugo));
        }
        assert!(is_coloned("/:year/:title/") && is_coloned("pretty"));
        assert!(!is_coloned("https://e.org/a") && !is_coloned("/a:/") && !is_coloned("/a/"));
    }
}
