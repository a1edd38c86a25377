//! The tables and the sections know the same keys, and the reader accepts the values that the tables describe.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::parse::config::{reader::ConfigReader, sections};
use crate::parse::schema::{ReferenceTable, reference};
use crate::parse::{Overrides, config, yaml};
use std::collections::BTreeSet;

/// Every mapping that the reader knows how to look into.
const FULL: &str = "\
site: {url: \"https://e.org/\", authors: [{name: A}]}
sources: {X: {url: \"https://x.org/\"}}
output: {paths: {rss: /f.xml}, also: {/b.xml: {feed: /f.xml}}}
feeds: [{name: a, path: {rss: /a.xml}, where: {all: [{tag: x}], any: [{tag: x}], not: {tag: x}}}]
pages: {texts: {de: {feed: F}}}
";

#[test]
fn the_tables_and_the_sections_know_the_same_keys() {
    let root = yaml::tree(FULL, 1).unwrap();
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut reader = ConfigReader::new("feedmill.yaml", &mut findings);
    sections(&root, &Overrides::default(), &mut reader);
    let asked: BTreeSet<(String, &str)> = reader.known().iter().map(|(section, key)| (placed(section), *key)).collect();
    assert_eq!(findings, []);
    let named = |table: &ReferenceTable| {
        let name = table.name.clone();
        table.rows.clone().into_iter().map(move |[key, ..]| (name.clone(), key))
    };
    let mut reported: BTreeSet<(String, &str)> = reference().iter().flat_map(named).collect();
    reported.extend(Word::ALL.map(|word| ("pages.texts.<language>".to_owned(), word.name())));
    let only = |a: &BTreeSet<(String, &str)>, b: &BTreeSet<(String, &str)>| -> Vec<String> {
        a.difference(b).map(|(section, key)| format!("{section}.{key}")).collect()
    };
    assert_eq!(only(&asked, &reported), [""; 0], "give the key a row in src/parse/config/keys/");
    assert_eq!(only(&reported, &asked), [""; 0], "no section asks for it");
}

/// A section as the tables call it.
fn placed(section: &str) -> String {
    match section {
        "output.also./b.xml" => "output.also.<address>".into(),
        "sources.X" => "sources.<name>".into(),
        "pages.texts.de" => "pages.texts.<language>".into(),
        inside if inside == "feeds.where" || inside.starts_with("feeds.where.") => "output.where".into(),
        other => other.into(),
    }
}

/// A config in which the key of a table has a value.
fn with(table: &str, key: &str, value: &str) -> String {
    let url = "site: {url: \"https://e.org/\"}\n";
    let pair = format!("{{{key}: {value}}}");
    match (table, key) {
        ("site", "url") => format!("site: {pair}\n"),
        ("site", _) => format!("site: {{url: \"https://e.org/\", {key}: {value}}}\n"),
        ("site.authors", "name") => format!("site: {{url: \"https://e.org/\", authors: {pair}}}\n"),
        ("site.authors", _) => format!("site: {{url: \"https://e.org/\", authors: {{name: A, {key}: {value}}}}}\n"),
        ("", "site") => format!("site: {value}\n"),
        ("", _) => format!("{url}{key}: {value}\n"),
        ("sources.<name>", _) => format!("{url}sources: {{X: {pair}}}\n"),
        ("output.where" | "feeds.where", _) => format!("{url}feeds: [{{name: a, where: {pair}}}]\n"),
        ("feeds.path", _) => format!("{url}feeds: [{{name: a, where: {{tag: a}}, path: {pair}}}]\n"),
        ("output.also.<address>", "feed") => format!("{url}output: {{also: {{/b.xml: {pair}}}}}\n"),
        ("output.also.<address>", _) => {
            format!("{url}output: {{also: {{/b.xml: {{feed: /rss.xml, {key}: {value}}}}}}}\n")
        }
        ("output.paths", _) => format!("{url}output: {{paths: {pair}}}\n"),
        ("feeds", "title" | "description") => format!("{url}feeds: [{{name: a, where: {{tag: a}}, {key}: {value}}}]\n"),
        ("feeds", "name") => format!("{url}feeds: [{{name: {value}, where: {{tag: a}}}}]\n"),
        ("feeds", "where") => format!("{url}feeds: [{{name: a, where: {value}}}]\n"),
        ("feeds", "by") => format!("{url}feeds: [{pair}]\n"),
        ("feeds", _) => format!("{url}feeds: [{{by: tag, {key}: {value}}}]\n"),
        _ => format!("{url}{table}: {pair}\n"),
    }
}

#[test]
fn examples_and_defaults_are_taken() {
    fn walk(table: &str, keys: &[Key], seen: &mut usize) {
        for key in keys {
            let default = key.default().map(|_| key.unset.trim_matches('`'));
            for value in key.examples().into_iter().chain(default) {
                let mut findings: Vec<Diagnostic> = Vec::new();
                // In braces a comma would end a value that is none of a list or a mapping.
                let bare = value.contains([',', '{']) && !value.starts_with(['[', '{', '"']);
                let value = if bare { format!("\"{value}\"") } else { value.to_owned() };
                let site =
                    config(Some(&with(table, key.name, &value)), "feedmill.yaml", &Overrides::default(), &mut findings);
                assert!(site.is_some(), "{table}.{}: {value}: {findings:?}", key.name);
                *seen += 1;
            }
            assert!(!key.examples().is_empty(), "{table}.{} shows no example", key.name);
        }
    }
    let mut seen = 0;
    walk("", &ROOT, &mut seen);
    walk("site", &SITE, &mut seen);
    walk("site.authors", &PERSON, &mut seen);
    walk("content", &CONTENT, &mut seen);
    walk("output", &OUTPUT, &mut seen);
    walk("tags", &TAGS, &mut seen);
    walk("sources.<name>", &SOURCE, &mut seen);
    walk("feeds.where", &CONDITION, &mut seen);
    let ValueShape::Rule(rule, _) = FEED else { panic!("{FEED:?}") };
    walk("feeds", rule, &mut seen);
    walk("websub", &WEBSUB, &mut seen);
    walk("pages", &PAGES, &mut seen);
    walk("push", &PUSH, &mut seen);
    walk("images", &IMAGES, &mut seen);
    walk("policy", &POLICY, &mut seen);
    assert!(seen > 100, "{seen}");
}

#[test]
fn defaults_are_those_of_the_reader() {
    let read = |text: &str| config(Some(text), "feedmill.yaml", &Overrides::default(), &mut ()).unwrap();
    let silent = format!("{:?}", read("site: {url: \"https://e.org/\"}"));
    let tables: [(&str, &[Key]); 6] = [
        ("site", &SITE),
        ("content", &CONTENT),
        ("output", &OUTPUT),
        ("websub", &WEBSUB),
        ("push", &PUSH),
        ("images", &IMAGES),
    ];
    for (table, keys) in tables {
        for key in keys.iter().filter(|key| key.default().is_some()) {
            let value = key.unset.trim_matches('`');
            let value = if value.starts_with('[') { value.to_owned() } else { format!("{value:?}") };
            let value = if matches!(key.shape, ValueShape::Flag) { value.trim_matches('"').to_owned() } else { value };
            assert_eq!(format!("{:?}", read(&with(table, key.name, &value))), silent, "{table}.{}", key.name);
        }
    }
}
