//! The schemas contain the keys that the readers use, in the form that editors read.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::model::{ArticlePath, Extent, Site};
use crate::parse::key_shape::Key;
use crate::parse::{Head, Overrides, Parsed};

#[test]
fn the_config_is_described_key_by_key() {
    let schema = config();
    assert_eq!(schema["$schema"], DIALECT);
    assert_eq!(schema["additionalProperties"], false);
    let output = &schema["properties"]["output"]["properties"];
    assert_eq!(output["formats"]["default"], json!(["rss", "atom", "json"]));
    assert_eq!(output["limit"]["maximum"], 100_000);
    assert_eq!(output["content"]["enum"], json!(["both", "full", "summary", null]));
    assert!(output["limit"]["description"].as_str().is_some_and(|says| says.starts_with("maximum number of entries")));
    let levels = &schema["properties"]["policy"]["properties"]["levels"]["properties"];
    assert_eq!(levels["A010"]["enum"], levels["bad-date"]["enum"]);
    assert_eq!(schema["definitions"]["condition"]["properties"]["not"]["allOf"][0]["$ref"], "#/definitions/condition");
}

#[test]
fn words_of_a_default_are_no_value() {
    let key = |unset| Key::new("x", ValueShape::Text, unset, "`a`, `[1, \"2\"]`", "");
    assert_eq!(key("none").default(), None);
    assert_eq!(key("`feeds/` below `site.url`").default(), None);
    assert_eq!(key("`30d`").default(), Some(json!("30d")));
    assert_eq!(key("`true`").default(), Some(json!(true)));
    assert_eq!(key("`50`").default(), Some(json!(50)));
    assert_eq!(
        key("").examples().iter().map(|text| key_shape::value_of(text)).collect::<Vec<_>>(),
        [json!("a"), json!([1, "2"])]
    );
}

fn site() -> Site {
    let overrides = Overrides { url: Some("https://e.org/".into()), ..Overrides::default() };
    crate::parse::config(None, "feedmill.yaml", &overrides, &mut ()).unwrap()
}

/// Front matter in which one key has a value.
fn front(name: &str, value: &str) -> String {
    let mut text = String::from("---\n");
    let mut parts = name.split('.').peekable();
    let mut depth = 0;
    while let Some(part) = parts.next() {
        let value = if parts.peek().is_none() { value } else { "" };
        text += &format!("{}{part}: {value}\n", "  ".repeat(depth));
        depth += 1;
    }
    text + "---\n\n# H\n\nX.\n"
}

/// Each key is read: what it fills is not what an empty head gives.
#[test]
fn every_key_of_an_article_fills_its_field() {
    let site = site();
    let read = |text: &str| {
        let path = ArticlePath::new("a.md");
        let head = Head { path: &path, display_path: "a.md", bytes: text.as_bytes(), extent: Extent::Whole };
        let mut findings: Vec<Diagnostic> = Vec::new();
        match crate::parse::article(head, &site, &mut findings) {
            Parsed::Article(raw) => format!("{raw:?}"),
            other => format!("{other:?}"),
        }
    };
    let beside = |name: &str, value: &str, more: &str| {
        let text = front(name, value).replacen("---\n", &format!("---\n{more}\n"), 1);
        let without = front("layout", value).replacen("---\n", &format!("---\n{more}\n"), 1);
        assert_ne!(read(&text), read(&without), "{name}");
    };
    for row in usual::rows() {
        let (value, more) = match row.name.as_str() {
            "published" | "updated" | "expires" => ("2025-06-08T00:00:00Z", ""),
            "image" | "audio" | "video" => ("/a/b.png", ""),
            "enclosure" | "permalink" => ("/a/b.pdf", ""),
            "alt" | "caption" => ("words", "img: /x.png"),
            "featured" | "draft" => ("true", ""),
            "lang" => ("ru", ""),
            "author_page" => ("https://e.org/a", "author: A"),
            "author_email" => ("a@e.org", "author: A"),
            "source_url" => ("https://o.org/1", "author: A"),
            "status" => ("draft", ""),
            _ => ("words", ""),
        };
        for name in &row.keys {
            let value = if (row.name.as_str(), name.as_str()) == ("draft", "published") { "false" } else { value };
            beside(name, value, more);
        }
    }
}

#[test]
fn a_key_that_means_two_things_may_hold_either() {
    let schema = article();
    let published = &schema["properties"]["published"];
    assert_eq!(published["anyOf"].as_array().map(Vec::len), Some(2), "{published}");
    assert!(schema["properties"]["extra"]["properties"]["created"]["description"].is_string());
    assert_eq!(schema.get("additionalProperties"), None);
}
