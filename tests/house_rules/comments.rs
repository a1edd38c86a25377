//! Rules of comments: a doc comment has at least three words, and the words of the old dialect do not come back.

use super::hold;
use super::source::sources;

/// Words that new comments must not use (docs/architecture.md is written without them).
const DIALECT: &[&str] = &[
    "told",
    "tells nobody",
    "mend",
    "hangs on",
    "stands beside",
    "no matter",
    "in doubt",
    "leans",
    "aside",
    "fate",
    "shelf",
    "shelved",
    "desk",
    "errand",
    "glimpse",
    "comes to",
    "is no ",
    "are no ",
];

/// How many of them the comments of src/, tests/ and benches/ hold. It may only fall: after rewriting comments run
/// `cargo test --test house_rules dialect` and write the number that it prints.
const DIALECT_COUNT: usize = 19;

#[test]
fn a_doc_comment_has_at_least_three_words() {
    let short = sources("src").into_iter().flat_map(|source| short_doc_comments(&source.path, &source.raw));
    hold("Say what the item is, in three words at least:", short.collect());
}

#[test]
fn a_planted_short_doc_comment_is_found() {
    let text = "//! Both.\n\n/// It.\nfn a() {}\n/// Three words\n/// here.\nfn b() {}\n    /// `a b`.\n    c: u8,\n//// no doc\n";
    assert_eq!(short_doc_comments("a.rs", text), ["a.rs:1: Both.", "a.rs:3: It.", "a.rs:8: `a b`."]);
}

#[test]
fn the_old_dialect_does_not_spread() {
    let all = ["src", "tests", "benches"].iter().flat_map(|folder| sources(folder));
    // This file lists the words.
    let others = all.filter(|source| source.path != "tests/house_rules/comments.rs");
    let found: Vec<_> = others.flat_map(|source| dialect(&source.path, &source.raw)).collect();
    let count = found.len();
    assert!(
        count == DIALECT_COUNT,
        "comments hold {count} words of the old dialect, {DIALECT_COUNT} recorded. If there are fewer, lower DIALECT_COUNT \
         in tests/house_rules/comments.rs; if there are more, use other words in yours (git diff):\n{}",
        found.join("\n")
    );
}

#[test]
fn a_planted_word_of_the_old_dialect_is_found() {
    let text = "let told = 1; // It is told.\n/// A mender.\n//! x is no y\nlet url = \"https://told\";\n";
    assert_eq!(dialect("a.rs", text), ["a.rs:1: told", "a.rs:3: is no"]);
}

/// Each doc comment of one or two words, at its first line. Consecutive lines are one comment.
fn short_doc_comments(path: &str, text: &str) -> Vec<String> {
    let mut blocks: Vec<(usize, &str, String)> = Vec::new();
    let mut before = "";
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let kind = ["///", "//!"].into_iter().find(|kind| line.starts_with(kind) && !line.starts_with("////"));
        let words = line.get(3..).unwrap_or_default().trim();
        match (kind, blocks.last_mut()) {
            (Some(kind), Some((_, _, block))) if kind == before => *block = format!("{block} {words}"),
            (Some(kind), _) => blocks.push((at + 1, kind, words.to_owned())),
            (None, _) => {}
        }
        before = kind.unwrap_or_default();
    }
    let short = blocks.into_iter().filter(|(_, _, block)| block.split_whitespace().count() < 3);
    short.map(|(line, _, block)| format!("{path}:{line}: {block}")).collect()
}

/// Each word of the old dialect in a comment. A comment begins at `//` after a blank or at the start of the line.
fn dialect(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let start = if line.starts_with("//") { Some(0) } else { line.find(" //") };
        let comment = start.map(|start| line[start..].to_lowercase()).unwrap_or_default();
        for word in DIALECT {
            let hits = super::words(&comment, word).len();
            found.extend((0..hits).map(|_| format!("{path}:{}: {}", at + 1, word.trim_end())));
        }
    }
    found
}
