//! `content:`: which files are articles, and where they live on the site.

use super::reader::Reader;
use super::section::{Field, Section};
use crate::diagnostic::nearest;
use crate::model::{ContentRules, PermalinkPattern};

const PLACEHOLDERS: [&str; 6] = ["slug", "year", "month", "day", "lang", "path"];
const LONGEST_GLOB: usize = 1000;

/// Reads `content:`; the flag stands above `content.dir`.
pub fn read(mut content: Section<'_>, flag: Option<&str>, reader: &mut Reader<'_>) -> ContentRules {
    let dir = reader.text(content.take("dir"));
    let include = content.take("include");
    let rules = ContentRules {
        dir: flag.map(str::to_owned).or(dir).unwrap_or_else(|| "content".into()),
        include: match include {
            Some(_) => globs(include, reader),
            None => vec!["**/*.md".into(), "**/*.markdown".into()],
        },
        exclude: globs(content.take("exclude"), reader),
        permalink: permalink(content.take("permalink"), reader).unwrap_or_default(),
    };
    content.finish(reader);
    rules
}

fn globs(field: Option<Field<'_>>, reader: &mut Reader<'_>) -> Vec<String> {
    let mut globs = Vec::new();
    for item in reader.list(field) {
        // Groups within groups are read by recursion: a length that people write keeps it shallow.
        let glob = |text: &str| {
            let plausible = !text.is_empty() && text.len() <= LONGEST_GLOB;
            (plausible && globset::Glob::new(text).is_ok()).then(|| text.to_owned())
        };
        globs.extend(reader.value(Some(item), "a glob, such as `**/*.md` or `drafts/**`", glob));
    }
    globs
}

fn permalink(field: Option<Field<'_>>, reader: &mut Reader<'_>) -> Option<PermalinkPattern> {
    let field = field?;
    let text = field.node.text().unwrap_or_default().trim();
    match pattern(text) {
        Ok(pattern) => Some(PermalinkPattern(pattern)),
        Err(help) => {
            reader.wrong_with_help(&field, "a path pattern, such as `/{year}/{slug}/`", help);
            None
        }
    }
}

/// The pattern with a slash before it, or what would help.
fn pattern(text: &str) -> Result<String, Option<String>> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or(Some("a `{` is not closed".to_owned()))?;
        if before.contains('}') {
            return Err(Some("a `}` closes nothing".into()));
        }
        if !PLACEHOLDERS.contains(&name) {
            return Err(Some(match nearest(name, PLACEHOLDERS) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("known: {{{}}}", PLACEHOLDERS.join("} {")),
            }));
        }
        names.push(name);
        rest = tail;
    }
    let illegal = |c: char| c.is_whitespace() || c == '\\' || !crate::model::is_xml_char(c);
    let climbs = text.split('/').any(|part| part == "." || part == "..");
    if rest.contains('}') || text.contains(illegal) || text.contains("//") || climbs {
        return Err(Some("write a path below the site, without spaces, `//` and `..`".into()));
    }
    if !names.contains(&"slug") && !names.contains(&"path") {
        return Err(Some("it needs `{slug}` or `{path}`, or all articles would have one address".into()));
    }
    Ok(format!("/{}", text.trim_start_matches('/')))
}
