//! Which line is the heading, and that the Markdown parser agrees.

use super::*;

fn heading(body: &str) -> Option<(String, u32)> {
    match first(body.as_bytes(), Extent::Whole, BodyRef { offset: 0, line: 1, fenced: false }, Engine::None) {
        Heading::Found(found) => Some((found.value, found.at.line)),
        Heading::Absent => None,
        Heading::Cut => panic!("a whole body is never cut"),
    }
}

#[test]
fn finds_the_first_heading_as_text() {
    let table = [
        ("# Title", "Title", 1),
        ("text\n\n# *A* `b` [c](/d) &amp; <b>e</b> #\n", "A b c & e", 3),
        ("## Two\n# One {#anchor}\n", "One", 2),
        ("Title\nin two\n===\n", "Title in two", 1),
        ("```sh\n# comment\n```\n# Title\r\n", "Title", 4),
        ("~~~~\n~~~\n# no\n~~~~\n# Title\n", "Title", 5),
        ("<!-- # no\n# no\n-->\n# Title\n", "Title", 4),
        ("<div>\n# no\n\n# Title\n", "Title", 4),
        ("<pre>\n\n# no\n</pre>\n# Title\n", "Title", 5),
        ("{% highlight sh %}\n# no\n{% endhighlight %}\n# Title\n", "Title", 4),
        ("    # code\n# Title\n", "Title", 2),
        ("> # quoted\n\n# Title\n", "Title", 3),
        ("- a\n\n  # nested\n# Title\n", "Title", 4),
        ("#\n#hash\n# [a][b] [c]\n\n[b]: /x\n", "a [c]", 3),
        ("# A\u{0}\u{fffd}B\n", "AB", 1),
    ];
    for (body, text, line) in table {
        assert_eq!(heading(body), Some((text.to_owned(), line)), "{body:?}");
    }
    for body in ["", "text", "## Two", "Two\n---\n", "- a\n===\n", "    # code", "```\n# never closed", "####### seven"]
    {
        assert_eq!(heading(body), None, "{body:?}");
    }
}

#[test]
fn what_a_page_does_not_display_is_no_title() {
    let table = [
        ("<div hidden>\n\n# no\n\n</div>\n\n# Title\n", "Title", 7),
        ("<div style='display:none'>\n<div>\n</div>\n\n# no\n\n</div>\n\n# Title\n", "Title", 9),
        ("%%\n# no\n%%\n\n# Title %%no%%\n", "Title", 5),
        ("# Title <span hidden>no</span> one\n", "Title one", 1),
        ("# Title <span hidden>no\n\n# no\n", "Title", 1),
        ("<p hidden>no\n\n# Title\n", "Title", 3),
        ("`%%`\n\n# A 100%% `%%b%%` title\n", "A 100%% %%b%% title", 3),
    ];
    for (body, text, line) in table {
        assert_eq!(heading(body), Some((text.to_owned(), line)), "{body:?}");
    }
    assert_eq!(heading("<div hidden>\n\n# no\n"), None);
}

#[test]
fn a_heading_behind_broken_bytes_is_found() {
    let bytes = b"\xff\xfe text\n\n# Title\n";
    let found = first(bytes, Extent::Whole, BodyRef { offset: 0, line: 5, fenced: false }, Engine::None);
    assert!(matches!(found, Heading::Found(h) if h.value == "Title" && h.at.line == 7));
}

#[test]
fn slugs_are_told_from_titles() {
    assert!(may_be_slug("eth-l2-zksync-era-hits-500m-tvl") && may_be_slug("а-б-в"));
    assert!(!may_be_slug("A-B-C") && !may_be_slug("a - b - c") && !may_be_slug("co-op"));
}

#[test]
fn a_cut_body_asks_for_more() {
    let at = BodyRef { offset: 0, line: 1, fenced: false };
    assert_eq!(first(b"# Title\n", Extent::Start, at, Engine::None), Heading::Cut);
}

#[test]
fn headings_inside_many_code_tags_cost_one_look_each() {
    let tags = "{% raw %}{% endraw %}\n".repeat(30_000);
    assert_eq!(heading(&format!("{tags}{{% raw %}}\n{}", "# no\n".repeat(30_000))), None);
    assert_eq!(
        heading("{% raw %}{% highlight x %}{% endhighlight %}\n\n# no\n{% endraw %}\n\n# Yes\n").unwrap().0,
        "Yes"
    );
}
