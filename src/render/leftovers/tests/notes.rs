//! Obsidian's notes and lists of attributes in all places.

use super::super::trial::{rewritten, whole};

fn all_are(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(rewritten("posts/x.md", text), *expected, "{text}");
    }
}

#[test]
fn links_between_notes_lead_to_their_pages() {
    let one = "https://e.org/one/";
    all_are(&[
        ("See [[2020-05-02-one]].", &format!("See <a href=\"{one}\">2020-05-02-one</a>.")),
        ("See [[one|the *first*]].", &format!("See <a href=\"{one}\">the *first*</a>.")),
        ("See [[one#A heading|it]].", &format!("See <a href=\"{one}#a-heading\">it</a>.")),
        ("See [[one#^block]].", &format!("See <a href=\"{one}\">one > ^block</a>.").replace(" > ", " &gt; ")),
        ("See ![[one]].", &format!("See <a href=\"{one}\">one</a>.")),
        ("[[#Own]]", "<a href=\"https://e.org/x/#own\">Own</a>"),
        ("See [[Missing note]] and [[Missing|it]].", "See Missing note and it."),
    ]);
    whole("a\n\n[[Missing]]", |rewritten| assert_eq!(rewritten.text, "a\n\nMissing"));
}

#[test]
fn embedded_files_and_marks_are_html() {
    all_are(&[
        ("![[a b.png|300]]", "<img src=\"a b.png\" alt=\"a b.png\" width=\"300\">"),
        ("![[img/a.png|30x20]]", "<img src=\"img/a.png\" alt=\"a.png\" width=\"30\" height=\"20\">"),
        ("![[a.png|A text]]", "<img src=\"a.png\" alt=\"A text\">"),
        ("a ==b *c*== d", "a <mark>b *c*</mark> d"),
    ]);
}

#[test]
fn other_brackets_and_signs_stay() {
    for text in [
        "[[1]](/a)",
        "[[1]]",
        "if [[ -f x ]]; then",
        "`[[one]]`",
        "\\[[one]]",
        "[[a][b]]",
        "a == b == c",
        "a==b==c",
        "A\n====",
        "`==a==`",
    ] {
        assert_eq!(rewritten("posts/x.md", text), text);
    }
}

#[test]
fn lists_of_attributes_go_wherever_they_are() {
    all_are(&[
        ("![a](b){:style=\"float: right\"} c", "![a](b) c"),
        ("[a](b){:title=\"two words\"} c", "[a](b) c"),
        ("*x*{:title='a b'} c", "*x* c"),
        ("![a](b){width=50%}", "![a](b)"),
        ("![a](b){ loading=lazy }", "![a](b)"),
        ("[l](/l){target=_blank rel=\"noopener\"} d", "[l](/l) d"),
        ("## H { .cls data-x=1 }", "## H "),
        ("![c](c.png){#fig:x}", "![c](c.png)"),
        ("![c](c.png){.a #b} d", "![c](c.png) d"),
    ]);
    for text in ["## A {#b}", "a {b} c", "f(x){y}", "`a`{b}", "see {a=b}"] {
        assert_eq!(rewritten("posts/x.md", text), text);
    }
}
