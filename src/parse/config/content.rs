//! `content:`: which files are articles, how their dialect is read, and which URLs they get.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{
    BodyImage, ChangeDetection, ContentRules, DateOrder, Engine, Lang, MarkdownDialect, PermalinkPattern, TagSeparator,
    is_xml_char,
};
use crate::parse::engine::recipes;
use crate::parse::{date, fields, permalink};
use std::collections::BTreeMap;

const LONGEST_GLOB: usize = 1000;
/// The orders of `date_order`.
pub const ORDERS: [DateOrder; 3] = [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst];

/// The words of `tag_separator`.
pub const SEPARATORS: [(&str, TagSeparator); 2] = [("comma", TagSeparator::Comma), ("space", TagSeparator::Space)];

/// Reads `content:`; the flag overrides `content.dir`.
pub fn read(mut content: Section<'_>, flag: Option<&str>, reader: &mut ConfigReader<'_>) -> ContentRules {
    let dir = reader.text(content.take("dir"));
    let include = content.take("include");
    let defaults = ContentRules::default();
    let engine = reader.choice(content.take("engine"), &Engine::ALL.map(|e| (e.name(), e))).unwrap_or_default();
    let usual = if engine == Engine::Jekyll { TagSeparator::Space } else { TagSeparator::Comma };
    let rules = ContentRules {
        dir: flag.map(str::to_owned).or(dir).unwrap_or(defaults.dir),
        include: match include {
            Some(_) => globs(include, reader),
            None => defaults.include,
        },
        exclude: globs(content.take("exclude"), reader),
        permalink: permalink(content.take("permalink"), engine, reader).unwrap_or_default(),
        permalinks: permalinks(content.section("permalinks", reader), engine, reader),
        fields: own_keys(content.section("fields", reader), reader),
        date_formats: date_formats(content.take("date_formats"), reader),
        date_order: content
            .take("date_order")
            .and_then(|field| reader.choice(Some(field), &ORDERS.map(|order| (order.name(), order)))),
        tag_separator: reader.choice(content.take("tag_separator"), &SEPARATORS).unwrap_or(usual),
        authors_file: reader.text(content.take("authors_file")),
        image_dir: reader.text(content.take("image_dir")),
        static_dir: reader.text(content.take("static_dir")),
        body_image: match reader.flag(content.take("body_image")) {
            Some(false) => BodyImage::Never,
            _ => BodyImage::First,
        },
        languages: languages(content.take("languages"), reader),
        engine,
        markdown: {
            let dialects: Vec<_> = MarkdownDialect::all().iter().map(|d| (d.name.as_str(), d)).collect();
            reader.choice(content.take("markdown"), &dialects)
        },
        ids: reader.choice(content.take("ids"), &recipes::choices().collect::<Vec<_>>()),
        future: reader.flag(content.take("future")).unwrap_or_default(),
        change_detection: {
            let ways = [("stat", ChangeDetection::Stat), ("hash", ChangeDetection::Hash)];
            reader.choice(content.take("change_detection"), &ways).unwrap_or_default()
        },
    };
    content.finish(reader);
    rules
}

fn globs(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<String> {
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

fn permalink(
    field: Option<ConfigValue<'_>>,
    engine: Engine,
    reader: &mut ConfigReader<'_>,
) -> Option<PermalinkPattern> {
    let field = field?;
    match permalink::read(field.node.text().unwrap_or_default(), engine) {
        Ok(pattern) => Some(pattern),
        Err(help) => {
            reader.wrong_with_help(&field, "a path pattern, such as `/{year}/{slug}/`", Some(help));
            None
        }
    }
}

/// Folder prefix → pattern, as Hugo has them by section.
fn permalinks(
    section: Section<'_>,
    engine: Engine,
    reader: &mut ConfigReader<'_>,
) -> BTreeMap<String, PermalinkPattern> {
    let mut all = BTreeMap::new();
    for (folder, field) in section.names() {
        all.extend(
            permalink(Some(field), engine, reader).map(|made| (folder.value.trim_matches('/').to_owned(), made)),
        );
    }
    all
}

/// Own name of a field → the keys that are asked first.
fn own_keys(section: Section<'_>, reader: &mut ConfigReader<'_>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (name, field) in section.names() {
        let Some(own) = fields::own_name(&name.value) else {
            let help = format!("known keys: {}", fields::usual::own_names().collect::<Vec<_>>().join(", "));
            let message = format!("`content.fields` has no field `{}`", short(&name.value));
            reader.report(Code::UnknownKey, name.at, message, Some(help));
            continue;
        };
        let mut keys = Vec::new();
        for item in reader.list(Some(field)) {
            let key = |text: &str| (!text.is_empty() && text.chars().all(is_xml_char)).then(|| text.to_owned());
            keys.extend(reader.value(Some(item), "a key of the front matter, such as `extra.created`", key));
        }
        all.insert(own.to_owned(), keys);
    }
    all
}

fn date_formats(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<String> {
    let mut formats = Vec::new();
    for item in reader.list(field) {
        let format = |text: &str| date::is_format(text).then(|| text.to_owned());
        let expected = "a pattern of a whole date in chrono's letters, such as `%d/%m/%Y %H:%M`";
        formats.extend(reader.value(Some(item), expected, format));
    }
    formats
}

fn languages(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<Lang> {
    let mut all = Vec::new();
    for item in reader.list(field) {
        all.extend(reader.value(Some(item), "a language tag, such as `ru` or `en-GB`", Lang::new));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::parse::{Overrides, config};

    fn rules(text: &str) -> (Option<ContentRules>, Vec<(Code, u32, String)>) {
        let text = format!("site: {{url: \"https://e.org/\"}}\ncontent:\n{text}");
        let mut sink: Vec<Diagnostic> = Vec::new();
        let site = config(Some(&text), "feedmill.yaml", &Overrides::default(), &mut sink);
        (site.map(|site| site.content), sink.into_iter().map(|f| (f.code, f.at.line, f.message.to_string())).collect())
    }

    #[test]
    fn every_key_of_a_dialect_is_read() {
        let (read, found) = rules(
            "  engine: hugo\n  permalinks: {/posts/: /:year/:title/, '': '{path}'}\n  \
             fields: {date: extra.created, tags: [a, b.c]}\n  date_formats: '%d/%m/%Y'\n  date_order: mdy\n  \
             tag_separator: space\n  authors_file: data/authors\n  image_dir: static/i\n  static_dir: static\n  \
             body_image: false\n  languages: [en, zh-cn]\n",
        );
        assert_eq!(found, []);
        let read = read.unwrap();
        let patterns: Vec<_> = read.permalinks.iter().map(|(folder, p)| (folder.as_str(), p.to_string())).collect();
        let expected = [("", "/{path}"), ("posts", "/{year}/{title}/")];
        assert_eq!(patterns, expected.map(|(folder, pattern)| (folder, pattern.to_owned())));
        let fields: Vec<_> = read.fields.iter().map(|(own, keys)| (own.as_str(), keys.join(" "))).collect();
        assert_eq!(fields, [("published", "extra.created".to_owned()), ("tags", "a b.c".to_owned())]);
        assert_eq!((read.engine, read.date_order), (Engine::Hugo, Some(DateOrder::MonthFirst)));
        assert_eq!((read.tag_separator, read.body_image), (TagSeparator::Space, BodyImage::Never));
        assert_eq!(read.date_formats, ["%d/%m/%Y"]);
        assert_eq!(read.languages.iter().map(ToString::to_string).collect::<Vec<_>>(), ["en", "zh-CN"]);
        let places = [read.authors_file, read.image_dir, read.static_dir].map(Option::unwrap_or_default);
        assert_eq!(places, ["data/authors", "static/i", "static"]);
        assert_eq!(rules("  engine: jekyll\n").0.unwrap().tag_separator, TagSeparator::Space);
        assert_eq!(rules("  dir: x\n").0.unwrap(), ContentRules { dir: "x".into(), ..ContentRules::default() });
    }

    #[test]
    fn faults_of_a_dialect_are_told() {
        for (text, code) in [
            ("  engine: gatsby\n", Code::BadValue),
            ("  permalinks: {posts: /:year/}\n", Code::BadValue),
            ("  permalinks: [a]\n", Code::BadValue),
            ("  fields: {publised: x}\n", Code::UnknownKey),
            ("  date_formats: [dd/mm/yyyy]\n", Code::BadValue),
            ("  date_order: european\n", Code::BadValue),
            ("  tag_separator: ';'\n", Code::BadValue),
            ("  languages: [english]\n", Code::BadValue),
            ("  body_image: first\n", Code::BadValue),
        ] {
            let (read, found) = rules(text);
            assert_eq!((read, found.len()), (None, 1), "{text}: {found:?}");
            assert_eq!((found[0].0, found[0].1), (code, 3), "{text}");
        }
    }
}
