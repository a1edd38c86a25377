//! Which line is the heading, and that Markdown's own reader agrees.

use super::*;
use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

fn heading(body: &str) -> Option<(String, u32)> {
    match first(body.as_bytes(), Extent::Whole, BodyRef { offset: 0, line: 1, fenced: false }) {
        Heading::Found(found) => Some((found.value, found.at.line)),
        Heading::Absent => None,
        Heading::Cut => panic!("a whole body is never cut"),
    }
}

/// The first heading of level one with a text, at the top level, by the Markdown reader.
fn by_markdown(body: &str) -> Option<String> {
    let (mut depth, mut text) = (0, None::<String>);
    for event in Parser::new(body) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if depth == 0 => text = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                // White space is ours to collapse: what raw HTML leaves behind is no part of a title.
                let words = text.take().unwrap_or_default();
                let words = words.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                if !words.is_empty() {
                    return Some(words);
                }
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => depth += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => depth -= 1,
            Event::Text(t) | Event::Code(t) => {
                if let Some(text) = &mut text {
                    text.push_str(&t);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(text) = &mut text {
                    text.push(' ');
                }
            }
            _ => {}
        }
    }
    None
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
        ("#\n#hash\n# [a][b] [c]\n", "a [c]", 3),
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
fn a_heading_behind_broken_bytes_is_found() {
    let bytes = b"\xff\xfe text\n\n# Title\n";
    let found = first(bytes, Extent::Whole, BodyRef { offset: 0, line: 5, fenced: false });
    assert!(matches!(found, Heading::Found(h) if h.value == "Title" && h.at.line == 7));
}

#[test]
fn slugs_are_told_from_titles() {
    assert!(may_be_slug("eth-l2-zksync-era-hits-500m-tvl") && may_be_slug("а-б-в"));
    assert!(!may_be_slug("A-B-C") && !may_be_slug("a - b - c") && !may_be_slug("co-op"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn agrees_with_the_markdown_reader(lines in proptest::collection::vec(prop_oneof![
        Just(""), Just(""), Just("# One"), Just("## Two"), Just("words"), Just("==="), Just("---"), Just("```"),
        Just("```rust"), Just("~~~"), Just("    # code"), Just("> quote"), Just("<!-- c -->"), Just("<!-- open"),
        Just("-->"), Just("<div>"), Just("</div>"), Just("<pre>"), Just("</pre>"), Just("* * *"), Just("#"),
    ], 0..12)) {
        let body = lines.join("\n");
        prop_assert_eq!(heading(&body).map(|(text, _)| text), by_markdown(&body), "{:?}", body);
    }

    #[test]
    fn a_cut_body_never_lies(body in "([#= a\n\r`-]|```\n|# ){0,40}", cut in 0usize..60) {
        let whole = body.as_bytes();
        let start = &whole[..cut.min(whole.len())];
        let at = BodyRef { offset: 0, line: 1, fenced: false };
        let known = first(start, Extent::Start, at);
        prop_assert!(known == Heading::Cut || known == first(whole, Extent::Whole, at));
    }
}
