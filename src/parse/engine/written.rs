//! The text of `feedmill.yaml`, commented. Every value from outside is quoted, every comment is one line.

use super::facts::{Author, FoundValue, one_line};
use super::{Foreign, OwnFeeds};
use crate::model::{Engine, Format, visible};
use std::fmt::Write;

/// The config that a folder's own words give.
pub fn config_text(foreign: &Foreign) -> String {
    let mut out = String::new();
    head(foreign, &mut out);
    site(foreign, &mut out);
    content(foreign, &mut out);
    feeds(foreign, &mut out);
    out
}

/// Where the value of a key ends and its comment begins.
const COMMENT_AT: usize = 44;

fn head(foreign: &Foreign, out: &mut String) {
    let from = match &foreign.config {
        Some(path) => format!("from {}", comment(path)),
        None => "from the folder's layout".into(),
    };
    put(out, "# yaml-language-server: $schema=.feedmill.schema.json");
    put(out, "# ^ Editors complete and check this file by that line, after `feedmill schema > .feedmill.schema.json`.");
    put(out, &format!("# feedmill's settings, written by `feedmill init` {from}; yours to change."));
    put(out, "# `feedmill check` says what is wrong; every key is described in feedmill's docs/config.md.");
    for note in &foreign.notes {
        put(out, &format!("# Note: {}", comment(note)));
    }
    put(out, "");
}

fn site(foreign: &Foreign, out: &mut String) {
    put(out, "site:");
    write_key(out, "title", foreign.title.as_ref(), "\"My site\"", "the host, where unset");
    match &foreign.url {
        Some(_) => write_key(out, "url", foreign.url.as_ref(), "", ""),
        None => {
            commented(out, "# url: \"https://example.org/\"", "REQUIRED: where the site lives; nothing here says it")
        }
    }
    write_key(out, "description", foreign.description.as_ref(), "\"What it is about\"", "");
    write_key(out, "language", foreign.language.as_ref(), "\"en\"", "of articles that name none");
    write_key(
        out,
        "timezone",
        foreign.timezone.as_ref(),
        "\"Europe/Moscow\"",
        "of dates without a zone; UTC, where unset",
    );
    commented(
        out,
        "# since: 2025",
        "when the site began: ids then survive a change of permalinks. Set it before the first subscriber, or never",
    );
    match foreign.authors.as_slice() {
        [] => commented(out, "# authors: [{name: \"…\", email: \"…\"}]", "of articles that name none"),
        authors => {
            put(out, "  authors:");
            authors.iter().for_each(|author| put(out, &format!("    - {}", person(author))));
        }
    }
    if foreign.copyright.is_some() {
        write_key(out, "copyright", foreign.copyright.as_ref(), "", "");
    }
    put(out, "");
}

fn person(author: &Author) -> String {
    let mut parts = vec![format!("name: {}", quoted(&author.name))];
    parts.extend(author.email.iter().map(|email| format!("email: {}", quoted(email))));
    parts.extend(author.url.iter().map(|url| format!("url: {}", quoted(url))));
    format!("{{{}}}", parts.join(", "))
}

fn content(foreign: &Foreign, out: &mut String) {
    let content = &foreign.content;
    put(out, "content:");
    let seen = format!("{} Markdown files, {} of them with a date", foreign.files, foreign.dated);
    commented(out, &format!("dir: {}", quoted(&content.dir)), &seen);
    put(out, &format!("  include: {}", list(&content.include)));
    if !content.exclude.is_empty() {
        put(out, &format!("  exclude: {}", list(&content.exclude)));
    }
    if !content.quiet.is_empty() {
        put(out, "  # Folders without any date: each file in them is a note in the report until you exclude them.");
        let joined: Vec<_> = content.exclude.iter().chain(&content.quiet).cloned().collect();
        put(out, &format!("  # exclude: {}", comment(&list(&joined))));
    }
    let by = match (&foreign.config, foreign.engine) {
        (None, Engine::None | Engine::Other) => {
            "whose template tags to expect: jekyll, hugo, hexo, zola, eleventy, astro, docusaurus, …"
        }
        (None, _) => "guessed from the layout; whose file names and template tags to expect",
        _ => "whose file names and template tags to expect",
    };
    commented(out, &format!("engine: {}", foreign.engine.name()), by);
    if let Some(recipe) = foreign.ids {
        let how = if recipe.guess { "a guess; compare them with your old feed" } else { "as your old feed had them" };
        commented(out, &format!("ids: {}", recipe.name), how);
    }
    if foreign.future {
        commented(out, "future: true", "articles dated in the future are listed at once, as the engine does");
    }
    commented(
        out,
        &format!("permalink: {}", quoted(&content.permalink.to_string())),
        "where articles live that do not say it themselves",
    );
    if !content.permalinks.is_empty() {
        put(out, "  permalinks:                               # by folder; the longest one wins");
        for (folder, pattern) in &content.permalinks {
            put(out, &format!("    {}: {}", quoted(folder), quoted(&pattern.to_string())));
        }
    }
    if !content.languages.is_empty() {
        commented(out, &format!("languages: {}", list(&content.languages)), "in folders `ru/` and names `post.ru.md`");
    }
    if let Some(key) = &content.published {
        put(out, &format!("  fields: {{published: {}}}", quoted(key)));
    }
    if let Some(order) = content.date_order {
        commented(out, &format!("date_order: {order}"), "of dates such as 03/04/2020");
    }
    if let Some(separator) = content.tag_separator {
        commented(out, &format!("tag_separator: {separator}"), "how one text holds several tags");
    }
    if let Some(path) = &content.authors_file {
        commented(out, &format!("authors_file: {}", quoted(path)), "keys of authors and their names");
    }
    if let Some(path) = &content.static_dir {
        commented(out, &format!("static_dir: {}", quoted(path)), "where `/images/…` lies");
    }
    put(out, "");
}

fn feeds(foreign: &Foreign, out: &mut String) {
    put(out, "feeds:                                      # the feed of all articles always exists");
    let families = foreign.own_feeds.iter().flat_map(|own| &own.families);
    for (axis, paths) in families.clone() {
        put(out, &format!("  - {{by: {}, path: {}}}", axis.name(), mapping(paths)));
    }
    let is_written = |name: &str| families.clone().any(|(axis, _)| axis.name() == name);
    foreign.axes.iter().filter(|axis| !is_written(axis)).for_each(|axis| put(out, &format!("  - by: {axis}")));
    put(out, "  # - {name: \"picks\", title: \"Our picks\", where: {featured: true}}");
    put(out, "");
    match &foreign.own_feeds {
        Some(own) => own_output(own, out),
        None => {
            put(out, "# output:");
            commented(out, "# dir: feeds", "where the feeds are written; they are served under <site.url>/feeds/");
            commented(out, "# limit: 50", "entries of a feed");
        }
    }
}

/// `output:` of a site whose engine wrote feeds: they keep their addresses.
fn own_output(own: &OwnFeeds, out: &mut String) {
    put(out, "output:                                     # where the engine's own feeds are");
    if let Some(off) = own.off {
        put(out, &format!("  # To switch the engine's feeds off: {}", comment(off)));
    }
    commented(out, &format!("dir: {}", quoted(&own.dir)), "the engine copies this folder to the site");
    commented(out, "url: \"./\"", "at the address of the site");
    commented(out, &format!("paths: {}", mapping(&own.main)), "");
    if !own.also.is_empty() {
        let pairs = own.also.iter().map(|(at, of)| format!("{}: {}", quoted(at), quoted(of)));
        commented(out, &format!("also: {{{}}}", pairs.collect::<Vec<_>>().join(", ")), "");
    }
    let length = if own.lists_all { "the engine's feeds list all articles" } else { "as the engine's feeds" };
    commented(out, &format!("limit: {}", own.limit), length);
    commented(out, "pages: false", "the engine writes the pages of the site");
}

fn mapping(paths: &[(Format, String)]) -> String {
    let pairs = paths.iter().map(|(format, path)| format!("{}: {}", format.name(), quoted(path)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

/// A key of `site:`, or what it could look like.
fn write_key(out: &mut String, key: &str, value: Option<&FoundValue>, example: &str, meaning: &str) {
    match value {
        Some(write_key) => {
            commented(out, &format!("{key}: {}", quoted(&write_key.value)), &format!("from {}", write_key.by))
        }
        None => commented(out, &format!("# {key}: {example}"), meaning),
    }
}

/// An indented line with a comment after it.
fn commented(out: &mut String, text: &str, meaning: &str) {
    let meaning = comment(meaning);
    let gap = COMMENT_AT.saturating_sub(text.chars().count() + 2).max(1);
    match meaning.is_empty() {
        true => put(out, &format!("  {text}")),
        false => put(out, &format!("  {text}{}# {meaning}", " ".repeat(gap))),
    }
}

fn put(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

fn list(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

/// A text in double quotes, with YAML's escapes (YAML 1.2, section 5.7).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\u{fffe}' | '\u{ffff}' => drop(write!(out, "\\u{:04x}", c as u32)),
            c if visible(c) != c => drop(write!(out, "\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn comment(text: &str) -> String {
    one_line(text, 400).chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_what_they_are() {
        for text in [
            "",
            "a: b # c",
            "it's \"so\" \\",
            "\u{1}\t\n\r\u{85}\u{2028}\u{feff}",
            "a\u{202e}b\u{2066}c\u{200b}d\u{61c}",
            "- [x] {y}",
            "&a *b !c %d @e `f`",
            "no",
            "жизнь 🎈",
        ] {
            let yaml = format!("key: {}\n", quoted(text));
            assert!(yaml.trim_end().chars().all(|c| visible(c) == c), "{yaml:?}");
            let tree = crate::parse::yaml::tree(&yaml, 1).unwrap();
            let read = tree.entry("key").unwrap().text().unwrap().to_owned();
            assert_eq!(read, text, "{yaml}");
        }
    }

    #[test]
    fn comments_stay_on_their_line() {
        assert_eq!(comment("a\nb: c\u{85}d\u{2028}e"), "a b: c d e");
        assert!(!comment("{{ a }}\n\u{7}\u{202e}\u{2067}").contains(['\n', '\u{7}', '\u{202e}', '\u{2067}']));
    }
}
