//! How an engine writes file and folder names in URLs. Without an engine they are unchanged. With `content.ids` they are written
//! letter by letter as the engine did.
//!
//! gohugo.io/content-management/urls, getzola.org/documentation/content/page, jekyllrb.com/docs/permalinks
//! (`Utils.slugify`), docs.astro.build (github-slugger), getnikola.com (`utils.slugify`), content.nuxt.com (numbers before names give the order of
//! menus).

use super::{encode, slugs};
use crate::model::{ContentRules, Engine, TagSpelling, TitleRule, UrlEncoding};

/// How names are spelt in the URLs of a site.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spelling {
    engine: Engine,
    encoding: UrlEncoding,
    title: TitleRule,
    /// Whether earlier feeds had the engine's addresses (`content.ids`).
    is_exact: bool,
}

impl Spelling {
    /// The spelling by `content.engine` and `content.ids`.
    pub fn new(content: &ContentRules) -> Self {
        let url = content.ids.map(|recipe| &recipe.url);
        Self {
            engine: content.engine,
            encoding: url.map_or(UrlEncoding::All, |url| url.encoding),
            title: url.map_or(TitleRule::Hyphens, |url| url.title),
            is_exact: url.is_some(),
        }
    }
}

/// One name as a percent-encoded path segment.
pub fn segment(name: &str, spelling: Spelling) -> String {
    let spelt = match spelling.engine {
        Engine::Hugo if spelling.is_exact => sanitised(&name.to_lowercase()),
        Engine::Hugo => joined(&name.to_lowercase(), char::is_whitespace),
        Engine::Jekyll => {
            joined(name, |c| !(c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c))).trim_matches('-').to_owned()
        }
        Engine::Zola => slugs::ascii(name),
        Engine::Astro => {
            let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_') || c.is_whitespace();
            joined(&name.to_lowercase().chars().filter(kept).collect::<String>(), char::is_whitespace)
        }
        Engine::Nikola => ascii_words(name, "+_-"),
        Engine::Nuxt => joined(&unnumbered(name).to_lowercase(), char::is_whitespace),
        _ => name.to_owned(),
    };
    encode::by_engine(if spelt.is_empty() { name } else { &spelt }, spelling.encoding)
}

/// A title as a percent-encoded path segment, where the engine has a rule of its own.
pub fn title(text: &str, spelling: Spelling) -> Option<String> {
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-') || c.is_whitespace();
    let words = match spelling.title {
        TitleRule::Hyphens => return None,
        TitleRule::Ascii => ascii_words(text, "_-"),
        TitleRule::Words => {
            let kept: String = text.chars().filter(is_kept).collect();
            kept.trim().to_lowercase().replace(char::is_whitespace, "-")
        }
    };
    Some(encode::by_engine(&words, spelling.encoding)).filter(|words| !words.is_empty())
}

/// A tag or category as the engine writes it in the address of its feed.
pub fn tag(label: &str, rule: TagSpelling) -> String {
    match rule {
        TagSpelling::AsWritten => label.to_owned(),
        TagSpelling::Ascii => slugs::ascii(label),
        TagSpelling::Hugo => sanitised(&label.to_lowercase()),
        TagSpelling::Pelican => ascii_words(label, "_-"),
        TagSpelling::Nikola => ascii_words(label, "+_-"),
    }
}

/// In ASCII and lower case, with a hyphen for blanks; all signs but these are left out.
fn ascii_words(text: &str, signs: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || signs.contains(*c) || c.is_whitespace();
    let kept: String = any_ascii::any_ascii(text).chars().filter(is_kept).collect();
    joined(kept.trim(), |c| c == '-' || c.is_whitespace()).to_lowercase()
}

/// Hugo's `paths.Sanitize`: spaces become hyphens, other signs are left out.
fn sanitised(name: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric() || "._#+~-@%".contains(*c) || c.is_whitespace();
    joined(name.chars().filter(is_kept).collect::<String>().trim(), char::is_whitespace)
}

/// Several names, with slashes between them.
pub fn path(names: &str, spelling: Spelling) -> String {
    names.split('/').map(|name| segment(name, spelling)).collect::<Vec<_>>().join("/")
}

/// Replaces each run of gap characters by one hyphen.
fn joined(text: &str, is_gap: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if is_gap(c) {
            gap = true;
            continue;
        }
        if gap {
            out.push('-');
        }
        gap = false;
        out.push(c);
    }
    if gap {
        out.push('-');
    }
    out
}

/// Removes a leading number: `1.guide` → `guide`.
fn unnumbered(name: &str) -> &str {
    let (number, rest) = name.split_once('.').unwrap_or(("", name));
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    if is_number && !rest.is_empty() { rest } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_engine_spells_in_its_way() {
        for (engine, name, expected) in [
            (Engine::None, "A b.c", "A%20b.c"),
            (Engine::Hugo, "My  Post_1", "my-post_1"),
            (Engine::Jekyll, "My Post!_1: b ", "My-Post%21_1-b"),
            (Engine::Jekyll, "C++ & C#", "C%2B%2B-%26-C"),
            (Engine::Zola, "My Post. Тест", "my-post-test"),
            (Engine::Astro, "My Post v1.2", "my-post-v12"),
            (Engine::Nuxt, "10.v3 Release", "v3-release"),
            (Engine::Nuxt, "1.", "1."),
            (Engine::Nikola, "A  b, (C++) Привет", "a-b-c%2B%2B-privet"),
            (Engine::Hexo, "我 a", "%E6%88%91%20a"),
            (Engine::Jekyll, "!?", "!"),
        ] {
            let spelling = Spelling { engine, ..Spelling::default() };
            assert_eq!(segment(name, spelling), expected.replace('!', "%21"), "{name}");
        }
        assert_eq!(path("A/1.b", Spelling { engine: Engine::Nuxt, ..Spelling::default() }), "a/b");
    }

    #[test]
    fn titles_by_the_rule_of_an_engine() {
        let by = |rule, text| title(text, Spelling { title: rule, ..Spelling::default() });
        assert_eq!(by(TitleRule::Hyphens, "A b"), None);
        assert_eq!(by(TitleRule::Ascii, "Cats & dogs: \"Größe\"").as_deref(), Some("cats-dogs-grosse"));
        assert_eq!(by(TitleRule::Words, "Cats & Dogs").as_deref(), Some("cats--dogs"));
        assert_eq!(by(TitleRule::Words, "!?"), None);
    }
}
