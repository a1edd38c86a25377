//! Patterns in the configs of other engines: `:tokens` of Jekyll, Hugo and Hexo, Pelican's `ARTICLE_URL`, an Eleventy
//! `permalink` with Liquid or Nunjucks output in it.

use super::{engine_token, look_up, replace_tokens, single_slashes};
use crate::model::{Engine, PermalinkPattern, Placeholder};

/// Reads a pattern of an engine's own config; `Err` is the part that feedmill cannot fill.
pub fn from_engine(engine: Engine, written: &str) -> Result<PermalinkPattern, String> {
    let written = written.trim();
    let made = match engine {
        Engine::Pelican => replace_between(written, "{", "}", pelican)?,
        Engine::Eleventy => {
            let made = replace_between(written, "{{", "}}", eleventy)?;
            made.strip_suffix("index.html").map(str::to_owned).unwrap_or(made)
        }
        _ => {
            let style = if engine == Engine::Jekyll { look_up("jekyll-styles", written) } else { None };
            replace_tokens(style.unwrap_or(written), |token| engine_token(engine, token))?
        }
    };
    plain_path(&made)
}

/// A pattern put together from those of engines and the names of folders. Refused: what ends the path of an address.
pub fn plain_path(pattern: &str) -> Result<PermalinkPattern, String> {
    let is_mark = |c: &char| c.is_control() || matches!(c, '<' | '>' | '"' | '?' | '#' | '[' | ']');
    match pattern.chars().find(is_mark) {
        Some(mark) => Err(format!("`{mark}`")),
        None => PermalinkPattern::parse(&single_slashes(pattern)),
    }
}

/// Replaces the text between two marks; `Err` holds the text that has no translation.
fn replace_between(
    text: &str,
    open: &str,
    close: &str,
    translate: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(open) {
        let (inside, after) = from.split_once(close).ok_or(open)?;
        out.push_str(before);
        out.push_str(&translate(inside.trim()).ok_or_else(|| format!("{open}{inside}{close}"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// `date:%Y`, or a name.
fn pelican(inside: &str) -> Option<String> {
    match inside.strip_prefix("date:") {
        Some(format) => strftime(format),
        None => look_up("pelican-url", inside).map(str::to_owned),
    }
}

/// `page.date | date: "%Y"`, or another value. A date filter of the site's own is known by its name alone.
fn eleventy(expression: &str) -> Option<String> {
    let (value, filters) = expression.split_once('|').unwrap_or((expression, ""));
    let value = value.trim();
    if !matches!(value, "date" | "page.date") {
        return look_up("eleventy-values", value).map(str::to_owned);
    }
    match filters.split(['"', '\'']).nth(1) {
        Some(format) if format.contains('%') => strftime(format),
        Some(format) => luxon(format),
        None => {
            let name = filters.to_lowercase();
            let word = ["path", "year", "month", "day"].into_iter().find(|word| name.contains(word))?;
            Some(if word == "path" { "{year}/{month}/{day}".to_owned() } else { format!("{{{word}}}") })
        }
    }
}

/// The pattern of a blog of MkDocs: `{slug}` and the like, `{date}` in letters such as `yyyy/MM/dd`.
pub fn from_mkdocs(written: &str, date: &str) -> Result<PermalinkPattern, String> {
    let translate = |inside: &str| match inside {
        "date" => luxon(date),
        name => look_up("mkdocs-url", name).map(str::to_owned),
    };
    plain_path(&replace_between(written, "{", "}", translate)?)
}

/// Translates a format of Luxon, such as `yyyy/LL/dd`.
fn luxon(format: &str) -> Option<String> {
    let parts = format.split_inclusive(['/', '-']).map(|part| {
        let bare = part.trim_end_matches(['/', '-']);
        Some(format!("{}{}", look_up("luxon", bare)?, part.get(bare.len()..)?))
    });
    parts.collect()
}

/// `%Y/%m/%d`, of what feedmill has a placeholder for.
fn strftime(format: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at_checked(at)?;
        let (name, after) = Placeholder::ALL.iter().find_map(|(name, placeholder)| match placeholder {
            Placeholder::Date(code) => Some((name, from.strip_prefix(code)?)),
            _ => None,
        })?;
        out.push_str(&format!("{before}{{{name}}}"));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(engine: Engine, written: &str) -> String {
        from_engine(engine, written).map_or_else(|part| format!("no: {part}"), |pattern| pattern.to_string())
    }

    #[test]
    fn jekyll_hugo_and_hexo() {
        for (engine, written, pattern) in [
            (Engine::Jekyll, "date", "/{categories}/{year}/{month}/{day}/{slug|name}.html"),
            (Engine::Jekyll, "ordinal", "/{categories}/{year}/{y_day}/{slug|name}.html"),
            (Engine::Jekyll, "none", "/{categories}/{slug|name}.html"),
            (Engine::Jekyll, "weekdate", "no: :week"),
            (Engine::Jekyll, "/:year-:month/:short_month/:title", "no: :short_month"),
            (Engine::Jekyll, "/:year/", "no: it needs `{slug}` or `{path}`, or all articles would have one address"),
            (Engine::Jekyll, "/../:title", "no: write a path below the site, without spaces, `//` and `..`"),
            (Engine::Jekyll, "/:title?x", "no: `?`"),
            (Engine::Hugo, "date", "no: it needs `{slug}` or `{path}`, or all articles would have one address"),
            (Engine::Hugo, "/:sections[1:]/:filename/", "no: :sections[1:]"),
            (Engine::Hugo, "/:monthname/:filename/", "no: :monthname"),
            // What the engine does not know is not guessed from what others mean by it.
            (Engine::Hugo, "/:categories/:title/", "no: :categories"),
            (Engine::Hexo, ":year/:month/:day/:title/", "/{year}/{month}/{day}/{sections}/{name}/"),
            (Engine::Hexo, "post/:hash.html", "no: :hash"),
        ] {
            assert_eq!(made(engine, written), pattern, "{written}");
        }
    }

    #[test]
    fn pelican_and_eleventy() {
        for (engine, written, pattern) in [
            (Engine::Pelican, "{date:%Y}/{date:%-m}/{slug}.html", "/{year}/{i_month}/{slug|title}.html"),
            (Engine::Pelican, "{category}/{lang}/{slug}/", "/{category}/{lang}/{slug|title}/"),
            (Engine::Pelican, "{date:%b}/{slug}/", "no: {date:%b}"),
            (Engine::Pelican, "{author}/{slug", "no: {author}"),
            (Engine::Pelican, "{slug", "no: {"),
            (
                Engine::Eleventy,
                "/{{ page.date | date: '%Y/%m/%d' }}/{{ page.fileSlug }}/index.html",
                "/{year}/{month}/{day}/{name}/",
            ),
            (Engine::Eleventy, "/blog/{{ title | slugify }}/", "/blog/{title}/"),
            (Engine::Eleventy, "/blog/{{ slug }}/", "/blog/{slug|name}/"),
            (Engine::Eleventy, "/{{ page.date | toDatePath }}/{{ page.fileSlug }}/", "/{year}/{month}/{day}/{name}/"),
            (Engine::Eleventy, "/{{ page.date | theYear }}/{{ page.fileSlug }}/", "/{year}/{name}/"),
            (Engine::Eleventy, "/{{ page.date | f('yyyy/LL') }}/{{page.fileSlug}}.html", "/{year}/{month}/{name}.html"),
            (Engine::Eleventy, "/{{ page.date | f('MMM') }}/{{ page.fileSlug }}", "no: {{ page.date | f('MMM') }}"),
            (Engine::Eleventy, "/{{ page.url }}", "no: {{ page.url }}"),
            (Engine::Eleventy, "{% if x %}{{ page.fileSlug }}{% endif %}", "no: known: "),
        ] {
            assert!(made(engine, written).starts_with(pattern), "{written}: {}", made(engine, written));
        }
    }
}
