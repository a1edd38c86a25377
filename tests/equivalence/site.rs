//! Values for articles and the config of the sites under test: the choices for each key.

use crate::dice::Dice;
use std::collections::BTreeMap;

/// An article.
#[derive(Clone)]
pub struct Piece {
    head: BTreeMap<&'static str, &'static str>,
    body: String,
}

const HEAD: [(&str, &[&str]); 17] = [
    ("title", &["One", "Two", "Of *three* and `four`", "\"A: colon\"", "''"]),
    (
        "date",
        &["2024-02-03", "2024-02-03T04:05:06Z", "05.06.2024", "2024-02-04", "2024-03-01T10:00:00+03:00", "2023-12-31"],
    ),
    (
        "date",
        &["03/04/2024", "13/04/2024", "04/13/2024", "30.02.2024", "2030-01-01T12:00:00Z", "2030-02-02", "2029-12-31"],
    ),
    ("updated", &["2024-05-06", "2029-12-31T00:00:00Z", "2020-01-01"]),
    ("expires", &["2030-01-01T12:00:00Z", "2030-03-01", "2024-01-01"]),
    ("tags", &["[red]", "[red, Blue]", "[blue, GREEN]", "Red", "L2", "[Layer2, red]", "[]", "red, blue"]),
    ("categories", &["news", "[news, life]", "Life"]),
    ("source", &["Wire", "Post", "Unknown", "\"https://wire.example/a\""]),
    ("author", &["Ann", "\"Bob <bob@e.org>\"", "[Ann, Cy]"]),
    ("lang", &["en", "ru", "en-GB"]),
    ("draft", &["true", "false"]),
    ("featured", &["true", "false"]),
    ("image", &["/i/a.gif", "/i/b.gif", "\"https://img.example/x.png\"", "i/none.gif"]),
    ("alt", &["A picture", "''"]),
    ("slug", &["same", "other", "\"Not A Slug\""]),
    ("canonical", &["\"https://elsewhere.example/p\"", "\"https://e.org/own/\""]),
    ("description", &["Few words.", "Other words."]),
];

const BODY: [&str; 14] = [
    "One two three.",
    "Two one three.",
    "# A heading",
    "See [that](a.md) and [this](b.md#part).",
    "See [the third](sub/c.md).",
    "![A picture](/i/a.gif)",
    "![Another](i/b.gif)",
    "![Far](https://img.example/x.png)",
    "<b onclick=\"x()\">Raw</b> <i>HTML</i>",
    "{{< youtube x >}}",
    "{% raw %}{{ x }}{% endraw %}",
    "[nowhere](gone.md)",
    "<!--more-->",
    "Слово & ещё.",
];

impl Piece {
    pub fn new(dice: &mut Dice) -> Self {
        let mut piece = Self { head: BTreeMap::new(), body: String::new() };
        for (key, values) in &HEAD[..2] {
            piece.head.insert(key, dice.pick(values));
        }
        for _ in 0..dice.below(6) {
            piece.edit_head(dice);
        }
        piece.edit_body(dice);
        piece
    }

    /// Gives a key another value, or takes it out.
    pub fn edit_head(&mut self, dice: &mut Dice) -> String {
        let (key, values) = HEAD[dice.below(HEAD.len())];
        if dice.below(5) == 0 && self.head.remove(key).is_some() {
            return format!("no {key}");
        }
        let value = dice.pick(values);
        self.head.insert(key, value);
        format!("{key}: {value}")
    }

    /// Gives other words to what is said of it, where anything is: no line more, no line less.
    pub fn edit_words(&mut self, dice: &mut Dice) -> String {
        let (key, values) = HEAD[HEAD.len() - 1 - 3 * dice.below(2)];
        let value = dice.pick(values);
        self.head.entry(key).and_modify(|old| *old = value);
        format!("{key}: {value}")
    }

    pub fn edit_body(&mut self, dice: &mut Dice) {
        let lines: Vec<&str> = (0..1 + dice.below(4)).map(|_| dice.pick(&BODY)).collect();
        self.body = lines.join("\n\n");
    }

    /// Changes what it says, and not its length.
    pub fn edit_within(&mut self, dice: &mut Dice) {
        let turn = |c: char| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        let at = dice.below(self.body.chars().count());
        self.body = self.body.chars().enumerate().map(|(n, c)| if n % 7 == at % 7 { turn(c) } else { c }).collect();
    }

    pub fn text(&self) -> String {
        let head: String = self.head.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("---\n{head}---\n\n{}\n", self.body)
    }
}

/// The config: a line for each key, or none.
#[derive(Default)]
pub struct Config(BTreeMap<&'static str, &'static str>);

const CONFIG: [(&str, &[&str]); 12] = [
    ("1 site", &["{url: \"https://e.org/\"}", "{url: \"https://e.org/\", title: Mill}", "{url: \"https://f.org/b/\"}"]),
    (
        "1 site",
        &[
            "{url: \"https://e.org/\", language: ru, timezone: Europe/Moscow}",
            "{url: \"https://e.org/\", since: 2020, image: /i/a.gif}",
            "{url: \"https://e.org/\", authors: [{name: Ed, email: ed@e.org}], copyright: Ed}",
        ],
    ),
    (
        "2 feeds",
        &[
            "[{by: tag}]",
            "[{by: tag, limit: 1}]",
            "[{by: tag, content: summary}, {by: author}]",
            "[{by: source}, {by: category}]",
            "[{by: lang}, {by: tag}, {name: picks, where: {featured: true}}]",
            "[{name: picks, title: Picks, where: {featured: true}}, {name: red, where: {any: [{tag: red}, {author: Ann}]}}]",
            "[{name: picks, title: Our picks, where: {featured: true}}, {by: tag}, {by: author, limit: 2}]",
            "[]",
        ],
    ),
    ("3 output", &["{limit: 1}", "{limit: 3}", "{limit: 3, pages: false}", "{formats: [json, rss]}"]),
    (
        "3 output",
        &[
            "{content: summary}",
            "{content: full, credit: false}",
            "{url: \"https://cdn.example/f/\"}",
            "{headers: [nginx]}",
        ],
    ),
    ("4 tags", &["{aliases: {L2: Layer2}}", "{aliases: {red: Scarlet}}"]),
    (
        "5 sources",
        &[
            "{Wire: \"https://wire.example/\"}",
            "{Wire: {url: \"https://wire.example/\", feed: \"https://wire.example/rss\"}, Post: {url: \"https://post.example/\"}}",
        ],
    ),
    (
        "6 content",
        &[
            "{change_detection: hash}",
            "{date_order: dmy}",
            "{date_order: mdy}",
            "{permalink: \"/{year}/{slug}/\"}",
            "{exclude: [\"sub/**\"]}",
            "{engine: other}",
            "{body_image: false, languages: [en, ru]}",
        ],
    ),
    ("7 policy", &["{levels: {A021: allow}}", "{levels: {P004: allow}}"]),
    ("8 websub", &["{hubs: [\"https://hub.example/\"]}"]),
    ("9 pages", &["{texts: {en: {latest: New here}}}"]),
    ("9 wrong", &["key"]),
];

impl Config {
    pub fn new() -> Self {
        Self(BTreeMap::from([("1 site", CONFIG[0].1[0])]))
    }

    /// Gives a key another value, or takes it out. Rarely the whole file is not a config, until the next change.
    pub fn edit(&mut self, dice: &mut Dice) -> String {
        self.0.remove("9 wrong");
        let (key, values) = match dice.below(16) {
            0 => CONFIG[CONFIG.len() - 1],
            _ => CONFIG[dice.below(CONFIG.len() - 1)],
        };
        if key != "1 site" && dice.below(4) == 0 && self.0.remove(key).is_some() {
            return format!("no {key}");
        }
        let value = dice.pick(values);
        self.0.insert(key, value);
        format!("{key}: {value}")
    }

    pub fn text(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{}: {value}\n", &key[2..])).collect()
    }
}
