//! How an engine writes file and folder names in URLs. Without an engine they are unchanged.
//!
//! gohugo.io/content-management/urls, getzola.org/documentation/content/page, jekyllrb.com/docs/permalinks
//! (`Utils.slugify`), docs.astro.build (github-slugger), content.nuxt.com (numbers before names give the order of
//! menus).

use super::{encode, slugs};
use crate::model::Engine;

/// One name as a percent-encoded path segment.
pub fn segment(name: &str, engine: Engine) -> String {
    let spelt = match engine {
        Engine::Hugo => joined(&name.to_lowercase(), char::is_whitespace),
        Engine::Jekyll => {
            joined(name, |c| !(c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c))).trim_matches('-').to_owned()
        }
        Engine::Zola => slugs::ascii(name),
        Engine::Astro => {
            let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_') || c.is_whitespace();
            joined(&name.to_lowercase().chars().filter(kept).collect::<String>(), char::is_whitespace)
        }
        Engine::Nuxt => joined(&unnumbered(name).to_lowercase(), char::is_whitespace),
        _ => name.to_owned(),
    };
    encode::segment(if spelt.is_empty() { name } else { &spelt })
}

/// Several names, with slashes between them.
pub fn path(names: &str, engine: Engine) -> String {
    names.split('/').map(|name| segment(name, engine)).collect::<Vec<_>>().join("/")
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
            (Engine::Hexo, "我 a", "%E6%88%91%20a"),
            (Engine::Jekyll, "!?", "!"),
        ] {
            assert_eq!(segment(name, engine), expected.replace('!', "%21"), "{name}");
        }
        assert_eq!(path("A/1.b", Engine::Nuxt), "a/b");
    }
}
