//! What the fast reader accepts, the full reader reads to the same tree with the same places.

use super::super::tree::{Node, NodeKind};
use super::super::yaml;
use super::tree;
use proptest::prelude::*;

/// Whether the fast reader takes a text, and then agrees with the full one.
fn takes(text: &str) -> bool {
    let Some(fast) = tree(text, 3) else { return false };
    assert_eq!(Ok(fast), yaml::tree(text, 3), "{text:?}");
    true
}

#[test]
fn common_heads_are_taken() {
    for text in [
        "title: \"Жук: a # b\"\nslug: 'x-1'\ndate: 10.03.2020\ntags: [\"Ethereum\", DAO153, 'x y']\n",
        "title: Hello, world\ndate: 2020-01-02 10:00:00 +0300\nurl: https://e.org/a?b=c\ndraft: false\ntags:\n  - a\n  - \"b\"\n\nx: y\n",
        "# a comment\nauthor: О. Кузнецов  \nempty:\nnone: ~\nnull_too: null\ntags:\n- a b\n- ж\nlist: []\nlast: x",
        "a: \"\"\nb: ''\nc: x\n\n\n",
        "a: [ 'ж' , b ]  \nb:   \"x\"  \n",
        "a:\n\n  - x\n\n  - y\n",
        "a: 1\na: 2\n",
    ] {
        assert!(takes(text), "{text:?}");
    }
}

#[test]
fn all_else_is_left_to_the_full_reader() {
    for text in [
        "",
        "\n",
        "text",
        "- a",
        "---\na: b",
        "a: b\n...\n",
        "a: b\n c\n",
        "a: |\n  x\n",
        "a: >\n  x\n",
        "a: *b",
        "a: &b c",
        "a: !x b",
        "a: b # c",
        "a: \"x\" # c",
        "a: \"x\\ty\"",
        "a: 'it''s'",
        "a: \"x\n  y\"",
        "a: {b: c}",
        "a: [b, [c]]",
        "a: [b,]",
        "a: [b",
        "a: [b: c]",
        "a: [b\n, c]",
        "a: b: c",
        "a: b:",
        "a:b",
        "a: -b",
        "a: ?b",
        "a: @b",
        "a: `b",
        "a: %b",
        "a:\tb",
        "a: b\r\n",
        "a b: c",
        "\"a\": b",
        "null: a",
        "a:\n  - b: c\n",
        "a:\n  - - b\n",
        "a:\n  b: c\n",
        "a:\n  -\n",
        "a:\n  - b\n - c\n",
        "a:\n  - b\n    c\n",
        "a: [\u{feff}]",
        "a: \u{7f}",
        "<<: a",
        "a: [a, , b]",
        "a: ['b' c]",
        "a: , b",
    ] {
        assert!(!takes(text), "{text:?}");
    }
}

fn token() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "a",
        "b",
        "title",
        "null",
        "~",
        "true",
        "x y",
        "жук",
        "«ж»",
        "\u{a0}",
        "\u{2028}",
        "😀",
        "1",
        "2020-01-02",
        "10:30",
        "https://e.org/#x",
        ":",
        ": ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n  ",
        "- ",
        "-",
        "\n- ",
        "\n  - ",
        "[",
        "]",
        ", ",
        ",",
        "\"",
        "'",
        "''",
        "\\",
        "#",
        " #",
        "# ",
        "{",
        "}",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "---",
        "...",
        "\t",
        "<<",
        ".",
        "/",
        "(",
        "$",
        "+",
        "=",
        "a: ",
        "b: ",
        "a: \"",
        "a: '",
        "a: [",
        "a:\n",
        "]\n",
        "\"\n",
        "'\n",
    ]);
    words.prop_map(str::to_owned)
}

/// A head of the shapes that people write, so that most are taken.
fn head() -> impl Strategy<Value = String> {
    let word = || "[a-zа-я0-9/.~(_+$«é😀][a-zа-я0-9 :,.'\"#«»/()-]{0,12}";
    let item = prop_oneof![
        word().prop_map(|w| w),
        "[a-zж ,:#{}'&*-]{0,8}".prop_map(|w| format!("\"{w}\"")),
        "[a-zж ,:#{}\"&*\\\\-]{0,8}".prop_map(|w| format!("'{w}'")),
    ];
    let list = prop::collection::vec(item.clone(), 0..4);
    let value = prop_oneof![
        item,
        Just(String::new()),
        (list.clone(), prop::sample::select(vec![", ", ",", " , "]))
            .prop_map(|(l, comma)| format!("[{}]", l.join(comma))),
        (list, 0..4usize).prop_map(|(l, n)| l.iter().map(|i| format!("\n{}- {i}", " ".repeat(n))).collect()),
    ];
    let line = (
        "[A-Za-z_][a-z_-]{0,6}",
        ": {0,2}",
        value,
        prop::sample::select(vec!["\n", " \n", "\n\n", "\n \n", "\n# x\n"]),
    );
    prop::collection::vec(line.prop_map(|(key, colon, value, end)| format!("{key}{colon}{value}{end}")), 1..5)
        .prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn agrees_on_heads(text in head()) {
        takes(&text);
    }

    #[test]
    fn agrees_on_anything(parts in prop::collection::vec(token(), 0..12)) {
        takes(&parts.concat());
    }
}

#[test]
fn takes_what_the_corpora_are_made_of() {
    let text = "title: x\ndate: 2020-01-02\ntags: [a, b]\n";
    let Some(Node { kind: NodeKind::Map(entries), .. }) = tree(text, 1) else { panic!("not taken") };
    assert_eq!(entries.len(), 3);
}
