//! A rough reading of one Markdown file: enough to tell articles from other pages and one engine from another.
//!
//! It looks only at lines and does not parse values, so that it is fast and works on every file. The real reader is
//! `parse::article`; nothing from here reaches a feed.

mod dates;
mod marks;

use crate::model::{begins_with_day, day_in_path};
pub use dates::Order;
pub use marks::EngineMarks;

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeadSyntax {
    /// None, or one that no engine here writes.
    #[default]
    Absent,
    /// YAML, between lines of `---`.
    Yaml,
    /// TOML, between lines of `+++`.
    Toml,
    /// `{` or `;;;`.
    Json,
    /// `Key: value` lines.
    Lines,
}

/// How one text separates several tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagText {
    /// By commas: `a, b`.
    Commas,
    /// By spaces: `a b`.
    Spaces,
}

/// What was seen in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    /// What its front matter is written in.
    pub head: HeadSyntax,
    /// Whether that, or all of it, is in a code fence.
    pub fenced: bool,
    /// The day of its publication where the text or the path tells one, as `2020-05-02`; empty where it has another
    /// shape.
    pub day: Option<String>,
    /// Whether its file name begins with a day.
    pub day_in_name: bool,
    /// The value of `slug`.
    pub slug: Option<String>,
    /// Whether it names its own address.
    pub addressed: bool,
    /// The value of `lang`.
    pub lang: Option<String>,
    /// Whether it has tags.
    pub tags: bool,
    /// Whether it has categories.
    pub categories: bool,
    /// Whether it names a person, or whatever else has a name.
    pub named: bool,
    /// How one text holds several tags.
    pub tag_text: Option<TagText>,
    /// Dotted keys with a date, of a file whose usual keys have none.
    pub other_dates: Vec<String>,
    /// The order of day and month shown by a date such as `13/02/2020`.
    pub order: Option<Order>,
    /// Keys that only Zola has.
    pub zola: bool,
    /// Whether it is a section with a feed (Zola).
    pub makes_feed: bool,
    /// Whether it has an `id` or a `guid`.
    pub own_id: bool,
    /// The engine marks found in the body.
    pub marks: EngineMarks,
}

impl Sketch {
    /// Whether it looks like an article: it has a day.
    pub fn is_dated(&self) -> bool {
        self.day.is_some()
    }
}

/// Sketches a file from its first bytes. `path`: relative, with `/` between its parts.
pub fn sketch(path: &str, text: &str) -> Sketch {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let (head, inside, body) = split(text);
    let mut sketch = Sketch { head, fenced: text.starts_with("```"), marks: marks::find(body), ..Sketch::default() };
    let mut other = Vec::new();
    let mut table = String::new();
    let mut margin = None;
    for line in inside.lines() {
        let indent = line.len() - line.trim_start().len();
        let line = line.trim();
        if head == HeadSyntax::Toml && line.starts_with('[') {
            table = line.trim_matches(['[', ']']).trim().to_owned();
            sketch.zola |= matches!(table.as_str(), "extra" | "taxonomies");
            continue;
        }
        let Some((key, value)) = pair(line, head) else { continue };
        let margin = *margin.get_or_insert(indent);
        if head != HeadSyntax::Toml && indent > margin {
            other.extend(dates::is_day(value).then(|| format!("{table}.{key}")));
        } else if table.is_empty() || head != HeadSyntax::Toml {
            if head != HeadSyntax::Toml {
                table = key.to_owned();
            }
            field(&key.to_lowercase(), key, value, &mut sketch, &mut other);
        } else {
            other.extend(dates::is_day(value).then(|| format!("{table}.{key}")));
        }
    }
    address(path, &mut sketch);
    if sketch.day.is_none() {
        sketch.other_dates = other;
        known_nested(&mut sketch);
    }
    sketch
}

/// The head's dialect, its text, and the body.
fn split(text: &str) -> (HeadSyntax, &str, &str) {
    let text = match text.strip_prefix("```").map(|fenced| fenced.split_once('\n').unwrap_or((fenced, ""))) {
        Some((language, rest)) => match (language.trim(), rest.split_once("\n```")) {
            ("toml", Some((inside, body))) if !rest.starts_with("+++") => return (HeadSyntax::Toml, inside, body),
            ("yaml" | "yml", Some((inside, body))) if !rest.starts_with("---") => {
                return (HeadSyntax::Yaml, inside, body);
            }
            _ => rest.trim_start(),
        },
        None => text,
    };
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let (head, closes): (_, &[&str]) = match first.trim() {
        "---" => (HeadSyntax::Yaml, &["---", "..."]),
        "+++" => (HeadSyntax::Toml, &["+++"]),
        ";;;" => (HeadSyntax::Json, &[";;;"]),
        "{" => (HeadSyntax::Json, &["}"]),
        // Nikola's comment.
        "<!--" if rest.starts_with(".. ") => (HeadSyntax::Lines, &["-->"]),
        line => match pair(line, HeadSyntax::Lines) {
            Some((key, _)) if LINE_KEYS.contains(&key.to_lowercase().as_str()) => {
                let (inside, body) = text.split_once("\n\n").unwrap_or((text, ""));
                // The first delimiter is lost: Hexo does without.
                return match inside.split_once("\n---") {
                    Some((inside, _)) => (HeadSyntax::Yaml, inside, body),
                    None => (HeadSyntax::Lines, inside, body),
                };
            }
            _ => return (HeadSyntax::Absent, "", text),
        },
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if closes.contains(&line.trim_end()) {
            let (inside, body) = rest.split_at_checked(at).unwrap_or((rest, ""));
            return (head, inside, body.get(line.len()..).unwrap_or_default());
        }
        at += line.len();
    }
    (head, rest, "")
}

/// With which a head of `Key: value` lines begins.
const LINE_KEYS: [&str; 8] = ["title", "date", "slug", "category", "tags", "author", "authors", "status"];

/// A key and its value, without quotes.
fn pair(line: &str, head: HeadSyntax) -> Option<(&str, &str)> {
    let mark = if head == HeadSyntax::Toml { '=' } else { ':' };
    let line = if head == HeadSyntax::Lines { line.strip_prefix(".. ").unwrap_or(line) } else { line };
    let (key, value) = line.split_once(mark)?;
    let key = key.trim().trim_matches(['"', '\'']);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let value = value.trim().trim_end_matches(',');
    let bare = if head == HeadSyntax::Json || value.starts_with(['"', '\'']) {
        value.trim_matches(['"', '\''])
    } else {
        value
    };
    (!key.is_empty() && key.len() <= 60 && key.chars().all(plain)).then_some((key, bare))
}

fn field(lower: &str, key: &str, value: &str, sketch: &mut Sketch, other: &mut Vec<String>) {
    let short = || (!value.is_empty() && value.len() <= 300).then(|| value.to_owned());
    match lower {
        "slug" => sketch.slug = short(),
        "permalink" | "url" | "path" => {
            sketch.addressed |= value.contains('/') && !value.contains("/:");
            sketch.day = sketch.day.take().or_else(|| day_in_path(value).map(|day| day.to_string()));
            sketch.zola |= lower == "path" && sketch.head == HeadSyntax::Toml;
        }
        "template" => sketch.zola |= sketch.head == HeadSyntax::Toml,
        "lang" | "language" | "locale" => sketch.lang = short(),
        "generate_feed" | "generate_feeds" => sketch.makes_feed |= value == "true",
        "id" | "guid" => sketch.own_id |= !value.is_empty(),
        "tags" | "tag" | "topics" => {
            sketch.tags = true;
            sketch.tag_text = tag_text(value);
        }
        "categories" | "category" => sketch.categories = true,
        "name" | "display_name" | "first_name" => sketch.named = !value.is_empty(),
        _ if DATE_KEYS.contains(&lower) => {
            sketch.order = dates::order(value).or(sketch.order);
            if let Some(day) = dates::day(value) {
                sketch.day = Some(day);
            }
        }
        _ if dates::is_day(value) && !NO_PUBLICATION.iter().any(|part| lower.contains(part)) => {
            sketch.order = sketch.order.or(dates::order(value));
            other.push(key.to_owned());
        }
        _ => {}
    }
}

/// The keys that `parse::article` knows.
const DATE_KEYS: [&str; 13] = [
    "date",
    "pubdate",
    "publishdate",
    "datepublished",
    "published_at",
    "publishedat",
    "published",
    "pubdatetime",
    "date_published",
    "publish_date",
    "created",
    "created_at",
    "createdat",
];

/// Parts of the names of other dates.
const NO_PUBLICATION: [&str; 12] =
    ["expir", "updat", "modif", "lastmod", "end", "until", "review", "deadline", "due", "archiv", "deprecat", "start"];

/// Nested dates that need no setting.
fn known_nested(sketch: &mut Sketch) {
    let known = |key: &String| matches!(key.as_str(), "extra.created" | "extra.date" | "advisory.date");
    if sketch.other_dates.iter().any(known) {
        sketch.day = Some(String::new());
        sketch.other_dates.clear();
    }
    sketch.other_dates.retain(|key| !NO_PUBLICATION.iter().any(|part| key.to_lowercase().contains(part)));
}

fn tag_text(value: &str) -> Option<TagText> {
    match value {
        value if value.starts_with(['[', '{', '&', '*', '|', '>']) || value.is_empty() => None,
        value if value.contains(',') => Some(TagText::Commas),
        value if value.contains(' ') => Some(TagText::Spaces),
        _ => None,
    }
}

/// Adds what the path shows.
fn address(path: &str, sketch: &mut Sketch) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let bundle = name.split('.').next() == Some("index");
    let last = if bundle { folder.rsplit('/').next().unwrap_or_default() } else { name };
    sketch.day_in_name = begins_with_day(last);
    if sketch.day.is_none() {
        sketch.day = day_in_path(path).map(|day| day.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_every_kind() {
        let seen = |path, text| {
            let s = sketch(path, text);
            (s.head, s.day, s.slug)
        };
        let day = |d: &str| Some(d.to_owned());
        assert_eq!(
            seen("a.md", "---\ntitle: A\ndate: 2020-5-2 10:00\nslug: 'a-b'\n---\nx"),
            (HeadSyntax::Yaml, day("2020-05-02"), day("a-b"))
        );
        assert_eq!(
            seen("a.md", "\u{feff}\n+++\ndate = 2020-05-02T00:00:00Z\n[extra]\nslug = \"no\"\n+++\n"),
            (HeadSyntax::Toml, day("2020-05-02"), None)
        );
        assert_eq!(
            seen("a.md", "{\n  \"date\": \"2020-05-02\",\n  \"slug\": \"x\"\n}\n"),
            (HeadSyntax::Json, day("2020-05-02"), day("x"))
        );
        assert_eq!(
            seen("a.md", "Title: A\nDate: 2020-05-02\nSlug: x\n\nDate: no"),
            (HeadSyntax::Lines, day("2020-05-02"), day("x"))
        );
        assert_eq!(seen("a.md", "```\n---\ndate: \"08.06.2025\"\n---\n"), (HeadSyntax::Yaml, day(""), None));
        assert_eq!(
            seen("a.md", "```toml\n[advisory]\ndate = \"2020-05-02\"\n```\n# A"),
            (HeadSyntax::Toml, day(""), None)
        );
        assert_eq!(seen("_posts/2020-05-02-a.md", "---\ntitle: A\n---"), (HeadSyntax::Yaml, day("2020-05-02"), None));
        assert_eq!(seen("a.md", "+++\npath = \"2014/09/15/a\"\n+++"), (HeadSyntax::Toml, day("2014-09-15"), None));
        assert_eq!(seen("a.md", "# A\n\ndate: 2020-05-02"), (HeadSyntax::Absent, None, None));
        assert_eq!(seen("a.md", "---\npublished: true\nlastmod: 2020-05-02\n---"), (HeadSyntax::Yaml, None, None));
        assert_eq!(seen("a.md", "---\ndate: null\nhref: x\n"), (HeadSyntax::Yaml, None, None));
        assert_eq!(seen("", ""), (HeadSyntax::Absent, None, None));
    }

    #[test]
    fn the_rest_of_a_head() {
        let s = sketch(
            "a.md",
            "---\ntags: one two\ncategories: [x]\nlang: ru\npermalink: /a/\nmeta:\n  posted: 2020-01-01\n---\n",
        );
        assert_eq!(s.tag_text, Some(TagText::Spaces));
        assert!(s.categories && s.addressed && !s.is_dated());
        assert_eq!((s.lang.as_deref(), s.other_dates), (Some("ru"), vec!["meta.posted".to_owned()]));
        assert!(sketch("a.md", "+++\n[extra]\ncreated = 2020-01-01\n+++").is_dated());
        assert_eq!(sketch("a.md", "---\nms.date: 04/25/2020\n---").other_dates, ["ms.date"]);
    }
}
