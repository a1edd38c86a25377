//! Permalink patterns as written: feedmill's own `{year}/{slug}`, and those of other engines, whose parts are mapped to
//! feedmill's placeholders by one table, `permalink/tokens.toml`.
//!
//! A pattern with a part that feedmill cannot fill is refused as a whole, because an incomplete URL is wrong.

mod foreign;

pub use foreign::{from_engine, from_mkdocs, plain_path};

use crate::model::{Engine, PermalinkPattern, Placeholder};
use std::collections::BTreeMap;
use std::sync::LazyLock;

type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// `tokens.toml`; a test checks that it can be read.
static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("permalink/tokens.toml")).unwrap_or_default());

fn look_up(table: &str, token: &str) -> Option<&'static str> {
    Some(TABLES.get(table)?.get(token)?.as_str())
}

/// Reads a pattern of the config or of an article; `Err` says what would help.
pub fn read(text: &str, engine: Engine) -> Result<PermalinkPattern, String> {
    let text = text.trim();
    let text = look_up("jekyll-styles", text).unwrap_or(text);
    if !text.contains(':') {
        return PermalinkPattern::parse(text);
    }
    let translate = |token: &str| engine_token(engine, token).or_else(|| look_up("any", token));
    let made = replace_tokens(text, translate)
        .map_err(|token| format!("feedmill cannot make `{token}`; use {}", Placeholder::list()))?;
    PermalinkPattern::parse(&single_slashes(&made))
}

/// Whether an address is a pattern of `:tokens`, or the name of one of Jekyll's.
pub fn has_tokens(text: &str) -> bool {
    let has_token = || text.split(':').skip(1).any(|after| after.starts_with(is_token_char));
    look_up("jekyll-styles", text).is_some() || (!text.contains("://") && has_token())
}

fn engine_token(engine: Engine, token: &str) -> Option<&'static str> {
    look_up(engine.name(), token).or_else(|| look_up("dates", token))
}

/// Replaces `:tokens`; `Err` is the one that has no translation.
fn replace_tokens(text: &str, translate: impl Fn(&str) -> Option<&'static str>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(':') {
        let end = from.find(|c| !is_token_char(c)).unwrap_or(from.len());
        let (token, after) = from.split_at_checked(end).unwrap_or((from, ""));
        // Hugo's `:sections[1:]` means something else than `:sections`.
        let slice = after.starts_with('[').then(|| after.split_inclusive(']').next()).flatten();
        match (translate(token), slice) {
            (Some(value), None) => out.extend([before, value]),
            _ => return Err(format!(":{token}{}", slice.unwrap_or_default())),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}

/// A token may be empty: the slashes around it become one.
fn single_slashes(text: &str) -> String {
    let mut out = text.to_owned();
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_pattern() {
        let tables: Tables = toml::from_str(include_str!("permalink/tokens.toml")).unwrap();
        let other = ["dates", "any", "jekyll-styles", "pelican-url", "mkdocs-url", "eleventy-values", "luxon"];
        for (name, rows) in &tables {
            let is_engine = Engine::ALL.iter().any(|engine| engine.name() == name);
            assert!(is_engine || other.contains(&name.as_str()), "[{name}] is not an engine of `content.engine`");
            for (token, becomes) in rows {
                // A date alone gives no address of its own.
                let made = match name.as_str() {
                    "jekyll-styles" => replace_tokens(becomes, |_| Some("{name}")).unwrap(),
                    _ => format!("/{{name}}/{becomes}"),
                };
                assert!(PermalinkPattern::parse(&made).is_ok(), "[{name}] {token} = {becomes}");
            }
        }
        assert!(other.iter().all(|name| tables.contains_key(*name)));
    }

    #[test]
    fn a_pattern_means_the_same_in_feedmills_config_and_in_the_engines() {
        for (engine, written, pattern) in [
            (Engine::Hexo, ":category/:title/", "/{categories}/{sections}/{name}/"),
            (Engine::Hexo, ":categories/:name/", "/{categories}/{name}/"),
            (Engine::Hexo, ":lang/:year/:slug.html", "/{lang}/{year}/{sections}/{name}.html"),
            (Engine::Hexo, ":i_month/:post_title/", "/{i_month}/{title}/"),
            (Engine::Hugo, "/p/:filename/", "/p/{file}/"),
            (Engine::Hugo, "/:sections/:contentbasename/", "/{sections}/{file}/"),
            (Engine::Hugo, "/:year/:slug/", "/{year}/{slug|title}/"),
            (Engine::Hugo, "/:yearday/:slugorfilename", "/{y_day}/{slug|file}"),
            (Engine::Hugo, "/:section/:slugorcontentbasename/:title/", "/{section}/{slug|file}/{title}/"),
            (Engine::Jekyll, "pretty", "/{categories}/{year}/{month}/{day}/{slug|name}/"),
            (Engine::Jekyll, "/:collection/:slug:output_ext", "/posts/{slug|name}.html"),
            (Engine::Jekyll, "/:slugified_categories/:title", "/{categories}/{slug|name}"),
            (Engine::Jekyll, "/:category/:path/", "/{category}/{path}/"),
        ] {
            assert_eq!(read(written, engine).unwrap().to_string(), pattern, "{written} in feedmill.yaml");
            assert_eq!(from_engine(engine, written).unwrap().to_string(), pattern, "{written} in the engine's config");
        }
    }

    #[test]
    fn own_patterns_and_those_of_engines() {
        let made = |text, engine| read(text, engine).map_or_else(|help| help, |pattern| pattern.to_string());
        for (text, engine, pattern) in [
            ("{year}/{slug}.html", Engine::None, "/{year}/{slug}.html"),
            ("{year}/:title", Engine::None, "/{year}/{slug}"),
            ("pretty", Engine::None, "/{categories}/{year}/{month}/{day}/{slug}/"),
            ("/{slug|year/name}/", Engine::None, "/{slug|year/name}/"),
            ("/{other_lang}/{file}/", Engine::Hugo, "/{other_lang}/{file}/"),
            // No token of the engine's own.
            ("/:categories/:title/", Engine::Hugo, "/{categories}/{title}/"),
            ("/:section/:title/", Engine::Zola, "/{section}/{slug}/"),
            ("/:collection//:title", Engine::None, "/posts/{slug}"),
        ] {
            assert_eq!(made(text, engine), pattern, "{text}");
        }
        for (text, help) in [
            ("/:year/:short_month/:title/", "feedmill cannot make `:short_month`; use {slug} {title}"),
            ("/:sections[1:]/:title/", "feedmill cannot make `:sections[1:]`; use"),
            ("weekdate", "feedmill cannot make `:week`; use"),
            ("/{sulg}/", "did you mean `{slug}`?"),
            ("/:year/", "it needs `{slug}`"),
        ] {
            assert!(made(text, Engine::Hugo).starts_with(help), "{text}: {}", made(text, Engine::Hugo));
        }
        assert!(has_tokens("/:year/:title/") && has_tokens("pretty"));
        assert!(!has_tokens("https://e.org/a") && !has_tokens("/a:/") && !has_tokens("/a/"));
    }
}
