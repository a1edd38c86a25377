//! Properties of the YAML reader: texts as written, places in the file, oversized input refused.

use super::super::tree::{Node, NodeKind, Style};
use super::tree;
use crate::model::Place;

fn ok(text: &str) -> Node {
    tree(text, 1).unwrap()
}

fn fault(text: &str) -> (u32, u32, String) {
    let fault = tree(text, 1).unwrap_err();
    (fault.at.line, fault.at.column, fault.message)
}

fn entry<'n>(node: &'n Node, key: &str) -> &'n Node {
    node.entry(key).unwrap()
}

fn plain(text: &str) -> NodeKind {
    NodeKind::Scalar(text.into(), Style::Plain)
}

fn quoted(text: &str) -> NodeKind {
    NodeKind::Scalar(text.into(), Style::Quoted)
}

#[test]
fn plain_scalars_keep_their_text() {
    let words =
        ["no", "on", "y", "True", "0123", "1e3", "0x1F", "2020-01-02", "08.06.2025", ".nan", "1_000", "a:b", "it's"];
    for word in words {
        assert_eq!(entry(&ok(&format!("k: {word} # why\n")), "k").kind, plain(word), "{word}");
        assert_eq!(entry(&ok(&format!("k: \"{word}\"\n")), "k").kind, quoted(word), "{word}");
    }
}

#[test]
fn nothing_is_null_unless_quoted() {
    for nothing in ["", "~", "null", "Null", "NULL", "# comment"] {
        assert!(entry(&ok(&format!("k: {nothing}\nz: 1\n")), "k").is_null(), "{nothing}");
    }
    assert_eq!(entry(&ok("k: 'null'"), "k").kind, quoted("null"));
    assert_eq!(entry(&ok("k: ''"), "k").kind, quoted(""));
    assert_eq!(entry(&ok("k: nULL"), "k").kind, plain("nULL"));
    assert_eq!(entry(&ok("z: 1\nk:\n"), "k").at, Place::new(2, 1, 1));
}

#[test]
fn empty_documents_are_empty_mappings() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "---\n---\n", "\u{feff}", "~"] {
        assert_eq!(ok(text).kind, NodeKind::Map(vec![]), "{text:?}");
    }
    assert_eq!(ok("just text").kind, plain("just text"));
    assert_eq!(ok("- x\n-\n").items().len(), 2);
}

#[test]
fn places_are_those_of_the_file() {
    let node = tree("\u{feff}заголовок: да\r\nlist:\r\n  - a\r\n  - \"бв\"\r\nflow: {a: [1]}\r\n", 2).unwrap();
    assert_eq!(entry(&node, "заголовок").at, Place::new(2, 12, 2));
    let list = entry(&node, "list");
    assert_eq!(list.items().iter().map(|n| n.at).collect::<Vec<_>>(), [Place::new(4, 5, 1), Place::new(5, 5, 4)]);
    assert_eq!(entry(&node, "flow").at, Place::new(6, 7, 8));
    assert_eq!(entry(entry(&node, "flow"), "a").at, Place::new(6, 11, 3));
    let keys: Vec<_> = node.entries().unwrap().iter().map(|(k, _)| (k.at.line, k.at.column)).collect();
    assert_eq!(keys, [(2, 1), (3, 1), (6, 1)]);
}

#[test]
fn twins_are_kept_in_order() {
    let node = ok("a: 1\nb: 2\na: 3\n");
    let seen: Vec<_> = node.entries().unwrap().iter().map(|(k, v)| (k.value.as_str(), v.text().unwrap())).collect();
    assert_eq!(seen, [("a", "1"), ("b", "2"), ("a", "3")]);
    assert_eq!(entry(&node, "a").text(), Some("3"));
}

#[test]
fn blocks_folds_and_long_lines() {
    let node = ok("a: |\n  x\n\n  y: z\nb: >-\n  x\n  y\nc: x\n  y\nd: \"x\\\n  y\\tz\"\n");
    assert_eq!(entry(&node, "a").kind, quoted("x\n\ny: z\n"));
    assert_eq!(entry(&node, "b").kind, quoted("x y"));
    assert_eq!(entry(&node, "c").kind, plain("x y"));
    assert_eq!(entry(&node, "d").kind, quoted("xy\tz"));
}

#[test]
fn unusual_spaces_are_text() {
    let node = ok("a: x\u{2028}y\nb: \u{a0}x\u{a0}y\n");
    assert_eq!(entry(&node, "a").kind, plain("x\u{2028}y"));
    assert_eq!(entry(&node, "b").kind, plain("\u{a0}x\u{a0}y"));
    assert_eq!(entry(&node, "b").at.line, 2);
}

#[test]
fn characters_that_yaml_refuses_are_left_to_the_field() {
    let node = ok("a: x\u{8}y\u{0}\nb: \"\\ud800z\"\nc: '\u{7f}\u{feff}\u{ffff}'\nd: \"\\ud83d\\ude00\"\n");
    assert_eq!(entry(&node, "a").kind, plain("x\u{fffd}y\u{fffd}"));
    assert_eq!(entry(&node, "b").kind, quoted("\u{fffd}z"));
    assert_eq!(entry(&node, "c").kind, quoted("\u{fffd}\u{fffd}\u{fffd}"));
    assert_eq!(entry(&node, "d").kind, quoted("😀"));
}

#[test]
fn aliases_and_merges_are_resolved() {
    let node = ok(
        "base: &b {x: 1, y: 2}\nmore: &m {z: 3, x: 9}\none:\n  <<: *b\n  y: own\ntwo: {<<: [*b, *m]}\nn: &n no\nl: *n\n",
    );
    let one = entry(&node, "one");
    assert_eq!((entry(one, "x").text(), entry(one, "y").text()), (Some("1"), Some("own")));
    let two = entry(&node, "two");
    assert_eq!((entry(two, "x").text(), entry(two, "z").text()), (Some("1"), Some("3")));
    assert_eq!(entry(&node, "l").kind, plain("no"));
    assert_eq!(entry(&node, "l").at, Place::new(8, 4, 2));
    assert_eq!(entry(&ok("'<<': 1"), "<<").text(), Some("1"));
    assert_eq!(fault("a: &x [1, *x]").2, "an alias is used inside its own anchor");
    assert!(fault("<<: 1").2.starts_with("a merge key"));
}

#[test]
fn tags_that_say_text_make_texts() {
    let node = ok("a: !!str\nb: !!str 12\nc: !custom x\nd: ! 12\n");
    assert_eq!(entry(&node, "a").kind, quoted(""));
    assert_eq!(entry(&node, "b").kind, quoted("12"));
    assert_eq!(entry(&node, "c").kind, plain("x"));
    assert_eq!(entry(&node, "d").kind, quoted("12"));
}

#[test]
fn faults_point_to_the_culprit_in_plain_words() {
    let cases = [
        ("title: foo: bar", (1, 11), "unexpected `:`; a value"),
        ("a: 1\nb:\n\tc: d\n", (3, 2), "a tab"),
        ("a: 'b\n", (1, 6), "a quote"),
        ("a: \"b\n", (1, 6), "a quote"),
        ("a: \"x\" y\n", (1, 8), "text follows"),
        ("a: {{ title }}\n", (1, 5), "a key must be a string"),
        ("a: @x\n", (1, 4), "a value cannot begin with `@`"),
        ("a: *x\n", (1, 4), "an alias refers to an anchor"),
        ("a: \"\\q\"\n", (1, 4), "unknown escape"),
        ("a: 1\n\nfoo\n", (3, 1), "a line of the shape"),
        ("a: 1\n---\nb: 1\n", (3, 1), "a second document"),
    ];
    for (text, (line, column), words) in cases {
        let (l, c, message) = fault(text);
        assert_eq!((l, c), (line, column), "{text:?}: {message}");
        assert!(message.starts_with(words), "{text:?}: {message}");
    }
    assert_eq!(tree("a: @x", 40).unwrap_err().at.line, 40);
}

#[test]
fn bombs_end() {
    let mut laughs = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for n in 1..30 {
        let m = n - 1;
        laughs += &format!("a{n}: &a{n} [*a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}, *a{m}]\n");
    }
    let anchored: String = (0..60).map(|n| format!("&a{n} [")).collect::<String>() + &"x,".repeat(400_000);
    let merges = "m: &m {a: 1}\n".to_owned() + &"<<: *m\n".repeat(140_000);
    let deep_block: String = (0..1_000).map(|n| format!("{}- x:\n", " ".repeat(n))).collect();
    let texts = [
        laughs,
        anchored,
        merges,
        deep_block,
        "[".repeat(65_000),
        "{".repeat(65_000),
        "a: ".repeat(20_000),
        "- ".repeat(30_000),
        "? ".repeat(30_000),
        "&a ".repeat(20_000),
        "!a ".repeat(20_000),
        format!("a: [{}]", "x, ".repeat(21_000)),
        format!("a: {}", "x ".repeat(30_000)),
        format!("\"{}", "\\ud800".repeat(10_000)),
        "a: b\n".repeat(12_000),
        "#\n".repeat(30_000),
        "\n".repeat(65_000),
        "a:\n".repeat(21_000),
        "\u{0}".repeat(65_000),
        "a: \"x".to_owned() + &"\ny".repeat(32_000) + "\"",
        format!("a:{}x\nb: 'x", " ".repeat(500)) + &"\ny''z".repeat(13_000) + "'",
    ];
    for text in &texts {
        drop(tree(text, 1));
    }
    assert!(tree(&texts[0], 1).unwrap_err().message.contains("aliases"));
    assert!(tree(&texts[4], 1).unwrap_err().message.contains("nested deeper"));
}

#[test]
fn quoted_texts_may_go_on_without_indentation() {
    assert_eq!(entry(&ok("a: \"Themed 'x,' the\ny: 'z' w\"\n"), "a").text(), Some("Themed 'x,' the y: 'z' w"));
    let node = ok("a:\n  b: \"x\n  it's\n\n  \\\"y\\\" # z\"\n  c: 'p\nq'\nd: 1\n");
    assert_eq!(entry(entry(&node, "a"), "b").kind, quoted("x it's\n\"y\" # z"));
    assert_eq!(entry(entry(&node, "a"), "c").kind, quoted("p q"));
    assert_eq!(entry(&node, "d").at, Place::new(8, 4, 1));
    let expected = "the quote on line 1 is not closed, or this line, which continues it, is not indented";
    assert_eq!(fault("a: \"x\nb: 1\nc: 2\n"), (2, 1, expected.into()));
    let expected = "line 2 has no `:`, where a line of the shape `key: value` is expected";
    assert_eq!(fault("# c\ntitle\n\nb: 1\n"), (4, 2, expected.into()));
    assert!(fault("a: x\n  y\n z: 1\n").2.starts_with("unexpected `:`; a value that contains `: ` needs quotes"));
    assert_eq!(fault("a: \"x\nb: \"1\"\nc: 2\n").0, 2);
}

#[test]
fn a_key_is_its_text() {
    let NodeKind::Map(pairs) = tree("null: a\n~: b\nno: c\n1: d", 1).unwrap().kind else { panic!() };
    assert_eq!(pairs.iter().map(|(key, _)| key.value.as_str()).collect::<Vec<_>>(), ["null", "~", "no", "1"]);
}
