//! Permalink patterns of other engines → feedmill's, such as `/:year/:title/` → `/{year}/{slug}/`.
//!
//! A pattern with a part that feedmill cannot make is refused as a whole, naming the part: half an address is a wrong one.
//! Rules: jekyllrb.com/docs/permalinks, gohugo.io/configuration/permalinks, hexo.io/docs/permalinks, Pelican's `ARTICLE_URL`.

use crate::parse::pattern::PLACEHOLDERS;

/// What stands for the file name or slug of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Last {
    /// `{slug}`: articles write slugs.
    Slug,
    /// `{name}`: none does, and the engine takes the file name without its day.
    Name,
    /// `{file}`: none does, and the engine takes the file name as it is.
    File,
    /// `{title}`: none does, and the engine makes it of the title.
    Title,
    /// Some write slugs; for the others the engine takes the file name without its day.
    SlugOrName,
    /// Some write slugs; for the others the engine takes the file name as it is.
    SlugOrFile,
    /// Some write slugs; for the others the engine makes it of the title.
    SlugOrTitle,
}

impl Last {
    /// As it stands in a pattern.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Slug => "{slug}",
            Self::Name => "{name}",
            Self::File => "{file}",
            Self::Title => "{title}",
            Self::SlugOrName => "{slug|name}",
            Self::SlugOrFile => "{slug|file}",
            Self::SlugOrTitle => "{slug|title}",
        }
    }
}

/// The part of a pattern that feedmill cannot make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub String);

/// Jekyll's `permalink`: a style or a pattern.
pub fn jekyll(written: &str, last: Last) -> Result<String, Unknown> {
    let pattern = match written.trim() {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    };
    coloned(pattern, |token| {
        Some(match token {
            "title" | "slug" | "name" | "basename" => last.token(),
            "categories" | "slugified_categories" => "{categories}",
            "category" => "{category}",
            "output_ext" => ".html",
            "collection" => "posts",
            "path" => "{path}",
            "short_year" => "{short_year}",
            "i_month" => "{i_month}",
            "i_day" => "{i_day}",
            "y_day" => "{y_day}",
            "hour" => "{hour}",
            "minute" => "{minute}",
            "second" => "{second}",
            _ => return year_month_day(token),
        })
    })
}

/// Hugo's `permalinks`. `slug` is what stands for `:slug`, `name` for the tokens that fall back to the file name, `file` for that.
pub fn hugo(written: &str, slug: Last, name: Last, file: Last) -> Result<String, Unknown> {
    coloned(written.trim(), |token| {
        Some(match token {
            "slug" => slug.token(),
            "slugorfilename" | "slugorcontentbasename" => name.token(),
            "filename" | "contentbasename" => file.token(),
            "title" => "{title}",
            "section" => "{section}",
            "sections" => "{sections}",
            "yearday" => "{y_day}",
            _ => return year_month_day(token),
        })
    })
}

/// Hexo's `permalink`, in which the slashes at both ends are left out.
pub fn hexo(written: &str, name: Last) -> Result<String, Unknown> {
    coloned(written.trim(), |token| {
        Some(match token {
            "title" | "name" => name.token(),
            "post_title" => "{title}",
            "i_month" => "{i_month}",
            "i_day" => "{i_day}",
            "hour" => "{hour}",
            "minute" => "{minute}",
            "second" => "{second}",
            "category" | "categories" => "{categories}",
            "lang" => "{lang}",
            _ => return year_month_day(token),
        })
    })
}

/// Pelican's `ARTICLE_URL`: `{date:%Y}/{slug}.html`.
pub fn pelican(written: &str, slug: Last) -> Result<String, Unknown> {
    let mut out = String::from("/");
    let mut rest = written.trim().trim_start_matches('/');
    while let Some((before, from)) = rest.split_once('{') {
        let (token, after) = from.split_once('}').ok_or_else(|| Unknown("{".into()))?;
        out.push_str(before);
        match token.split_once(':') {
            Some(("date", format)) => out.push_str(&strftime(format)?),
            _ => out.push_str(match token {
                "slug" => slug.token(),
                "lang" => "{lang}",
                "category" => "{category}",
                _ => return Err(Unknown(format!("{{{token}}}"))),
            }),
        }
        rest = after;
    }
    out.push_str(rest);
    checked(out)
}

/// An Eleventy `permalink` of a directory data file: a path with Liquid or Nunjucks output in it.
pub fn eleventy(written: &str, slug: Last) -> Result<String, Unknown> {
    let mut out = String::from("/");
    let mut rest = written.trim().trim_start_matches('/');
    while let Some((before, from)) = rest.split_once("{{") {
        let (expression, after) = from.split_once("}}").ok_or_else(|| Unknown("{{".into()))?;
        out.push_str(before);
        out.push_str(&output(expression, slug)?);
        rest = after;
    }
    out.push_str(rest);
    let short = out.strip_suffix("index.html").map(str::to_owned);
    checked(short.unwrap_or(out))
}

/// What an output expression stands for. A date filter of the site's own is known by its name alone.
fn output(expression: &str, slug: Last) -> Result<String, Unknown> {
    let unknown = || Unknown(format!("{{{{ {} }}}}", expression.trim()));
    let (value, filters) = expression.split_once('|').unwrap_or((expression, ""));
    let format = filters.split(['"', '\'']).nth(1);
    let name = filters.to_lowercase();
    Ok(match value.trim() {
        "date" | "page.date" => match format {
            Some(format) if format.contains('%') => strftime(format)?,
            Some(format) => luxon(format).ok_or_else(unknown)?,
            None if name.contains("path") => "{year}/{month}/{day}".into(),
            None if name.contains("year") => "{year}".into(),
            None if name.contains("month") => "{month}".into(),
            None if name.contains("day") => "{day}".into(),
            None => return Err(unknown()),
        },
        "page.date.getFullYear()" => "{year}".into(),
        "page.fileSlug" | "page.fileslug" => "{name}".into(),
        "page.filePathStem" => "{path}".into(),
        "slug" => slug.token().into(),
        "title" => "{title}".into(),
        _ => return Err(unknown()),
    })
}

/// Luxon's and day.js's formats: `yyyy/LL/dd`, `YYYY/MM/DD`.
fn luxon(format: &str) -> Option<String> {
    let parts = format.split_inclusive(['/', '-']).map(|part| {
        let bare = part.trim_end_matches(['/', '-']);
        let token = match bare {
            "yyyy" | "YYYY" | "y" | "Y" => "{year}",
            "MM" | "LL" => "{month}",
            "dd" | "DD" => "{day}",
            "M" | "L" => "{i_month}",
            "d" | "D" => "{i_day}",
            _ => return None,
        };
        Some(format!("{token}{}", part.get(bare.len()..)?))
    });
    parts.collect()
}

fn strftime(format: &str) -> Result<String, Unknown> {
    let mut out = String::new();
    let mut rest = format;
    while let Some((before, from)) = rest.split_once('%') {
        out.push_str(before);
        let (token, after) = [
            ("Y", "{year}"),
            ("m", "{month}"),
            ("d", "{day}"),
            ("-m", "{i_month}"),
            ("-d", "{i_day}"),
            ("y", "{short_year}"),
            ("j", "{y_day}"),
            ("H", "{hour}"),
            ("M", "{minute}"),
            ("S", "{second}"),
        ]
        .into_iter()
        .find_map(|(code, token)| Some((token, from.strip_prefix(code)?)))
        .ok_or_else(|| Unknown(format!("%{}", from.chars().take(2).collect::<String>())))?;
        out.push_str(token);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn year_month_day(token: &str) -> Option<&'static str> {
    match token {
        "year" => Some("{year}"),
        "month" => Some("{month}"),
        "day" => Some("{day}"),
        _ => None,
    }
}

/// Replaces `:token`s.
fn coloned(pattern: &str, token: impl Fn(&str) -> Option<&'static str>) -> Result<String, Unknown> {
    let mut out = String::from("/");
    let mut rest = pattern.trim_start_matches('/');
    while let Some((before, from)) = rest.split_once(':') {
        out.push_str(before);
        let end = from.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(from.len());
        let (name, after) = from.split_at_checked(end).unwrap_or((from, ""));
        // Hugo's `:sections[1:]` is another thing than `:sections`.
        let value = token(name).filter(|_| !after.starts_with('['));
        out.push_str(value.ok_or_else(|| Unknown(format!(":{}", from.split('/').next().unwrap_or_default())))?);
        rest = after;
    }
    out.push_str(rest);
    checked(out)
}

/// The pattern, or what feedmill's own config would refuse in it.
pub fn checked(pattern: String) -> Result<String, Unknown> {
    let mut out = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if c != '/' || !out.ends_with('/') {
            out.push(c);
        }
    }
    let legal =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '\\' | '<' | '>' | '"' | '?' | '#' | '[' | ']');
    let climbs = out.split('/').any(|part| part == "." || part == "..");
    let names = ["{slug}", "{slug|", "{name}", "{file}", "{title}", "{path}"].iter().any(|name| out.contains(name));
    if climbs || out.len() > 300 || !out.chars().all(legal) || !has_known_tokens(&out) {
        return Err(Unknown(out.chars().take(60).collect()));
    }
    if names { Ok(out) } else { Err(Unknown("no part that tells one article from another".into())) }
}

/// Braces of the engine's own pattern are none of ours.
fn has_known_tokens(pattern: &str) -> bool {
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((token, after)) = from.split_once('}') else { return false };
        let known = token.strip_prefix("slug|").unwrap_or(token).split('/').all(|token| PLACEHOLDERS.contains(&token));
        if before.contains('}') || !known {
            return false;
        }
        rest = after;
    }
    !rest.contains('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jekylls_styles_and_patterns() {
        let made = |text| jekyll(text, Last::Name).unwrap_or_else(|Unknown(part)| format!("no: {part}"));
        for (written, pattern) in [
            ("date", "/{categories}/{year}/{month}/{day}/{name}.html"),
            ("pretty", "/{categories}/{year}/{month}/{day}/{name}/"),
            ("ordinal", "/{categories}/{year}/{y_day}/{name}.html"),
            ("none", "/{categories}/{name}.html"),
            ("weekdate", "no: :week"),
            ("/blog/:year/:i_month/:slug/", "/blog/{year}/{i_month}/{name}/"),
            (":categories/:title", "/{categories}/{name}"),
            ("/:categories/:year/:month/:day/:title:output_ext", "/{categories}/{year}/{month}/{day}/{name}.html"),
            ("/:year-:month/:short_month/:title", "no: :short_month"),
            ("/:year/", "no: no part that tells one article from another"),
            ("/../:title", "no: /../{name}"),
        ] {
            assert_eq!(made(written), pattern, "{written}");
        }
        assert_eq!(jekyll("pretty", Last::Slug).unwrap(), "/{categories}/{year}/{month}/{day}/{slug}/");
    }

    #[test]
    fn hugos_hexos_and_pelicans() {
        let made = |text| {
            hugo(text, Last::Title, Last::File, Last::File).unwrap_or_else(|Unknown(part)| format!("no: {part}"))
        };
        assert_eq!(made("/:year/:month/:slug/"), "/{year}/{month}/{title}/");
        assert_eq!(made("/:sections/:slugorfilename/"), "/{sections}/{file}/");
        assert_eq!(made("posts/:contentbasename"), "/posts/{file}");
        assert_eq!(made("/:sections[1:]/:filename/"), "no: :sections[1:]");
        assert_eq!(made("/:monthname/:filename/"), "no: :monthname");
        assert_eq!(hexo(":year/:month/:day/:title/", Last::Name).unwrap(), "/{year}/{month}/{day}/{name}/");
        assert_eq!(hexo("post/:hash.html", Last::Name), Err(Unknown(":hash.html".into())));
        assert_eq!(pelican("{date:%Y}/{date:%-m}/{slug}.html", Last::Slug).unwrap(), "/{year}/{i_month}/{slug}.html");
        assert_eq!(pelican("{date:%b}/{slug}/", Last::Slug), Err(Unknown("%b/".chars().take(2).collect())));
        assert!(pelican("{author}/{slug", Last::Slug).is_err());
        let eleventy = |text| super::eleventy(text, Last::Name).ok();
        assert_eq!(
            eleventy("/{{ page.date | date: '%Y/%m/%d' }}/{{ page.fileSlug }}/index.html").as_deref(),
            Some("/{year}/{month}/{day}/{name}/")
        );
        assert_eq!(eleventy("/blog/{{ title | slugify }}/").as_deref(), Some("/blog/{title}/"));
        assert_eq!(
            eleventy("/{{ page.date | toDatePath }}/{{ page.fileSlug }}/").as_deref(),
            Some("/{year}/{month}/{day}/{name}/")
        );
        assert_eq!(
            eleventy("/{{ page.date | f('yyyy/LL') }}/{{page.fileSlug}}.html").as_deref(),
            Some("/{year}/{month}/{name}.html")
        );
        assert_eq!(eleventy("/{{ page.date | f('MMM') }}/{{ page.fileSlug }}"), None);
        assert_eq!(eleventy("{% if x %}{{ page.fileSlug }}{% endif %}"), None);
    }
}
