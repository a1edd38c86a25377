//! Properties of every body: each kind reported once at its first line, code unchanged, no raw leftover, linear time.
//!
//! The bodies are generated from hostile pieces.

use super::super::super::tests::{html, rendered_with};
use super::super::trial::rewritten;
use super::super::trial::whole;
use super::super::zones::{CodeKind, Zones};
use super::{findings_of, plain};
use crate::diagnostic::Code;
use proptest::prelude::*;

#[test]
fn each_kind_is_told_once_where_it_begins() {
    let found = findings_of("a\n{{< foo >}}\n\n{{< foo >}} {{< youtube x >}}\n{{ page.x }}\n:::tip\nb\n:::\n");
    let lines: Vec<_> = found.iter().map(|(code, line, _)| (*code, *line)).collect();
    assert_eq!(
        lines,
        [
            (Code::LeftoverRemoved, 2),
            (Code::LeftoverRendered, 4),
            (Code::LeftoverRemoved, 5),
            (Code::LeftoverRendered, 6)
        ]
    );
    assert_eq!(found[0].2, "the shortcode `foo` was removed, 2 times in this body");
    assert!(findings_of(&(0..5000).map(|n| format!("{{{{< a{n} >}}}}\n")).collect::<String>()).len() < 100);
    assert!(findings_of("plain *text* and `{{ code }}`").is_empty());
}

#[test]
fn later_findings_keep_the_lines_of_the_file() {
    let text = "{{< note >}}\na\n{{< /note >}}\n\n{% include x %}\n[b](javascript:c)\n";
    whole(text, |plain| {
        let at = plain.text.find("[b]").unwrap();
        assert_eq!(plain.origins.source_offset(at), text.find("[b]").unwrap());
    });
    let hidden = "{% highlight md %}\n```\n{% endhighlight %}\n\n{{< x >}} {{ y }}\n\n[b](javascript:c)\n";
    whole(hidden, |plain| {
        assert!(!plain.text.contains("{{"), "{}", plain.text);
        assert_eq!(plain.origins.source_offset(plain.text.find("[b]").unwrap()), hidden.find("[b]").unwrap());
    });
}

#[test]
fn the_first_paragraph_is_not_that_of_a_box() {
    let text = plain(":::tip\nIn a box.\n:::\n\nThe *text*.\n");
    assert_eq!(rendered_with(&text).excerpt.as_deref(), Some("The text."));
    assert_eq!(
        html(&text),
        "<blockquote>\n<p><strong>Tip</strong></p>\n<p>In a box.</p>\n</blockquote>\n<p>The <em>text</em>.</p>"
    );
}

#[test]
fn attacks_cost_no_more_than_novels() {
    let n = 20_000;
    for bomb in [
        "{% if a %}".repeat(n),
        "{% if a %}x".repeat(n) + &"{% endif %}".repeat(n),
        "{% a %}{% endb %}".repeat(n),
        "{{< a >}}".repeat(n) + &"{{< /a >}}".repeat(n),
        "{% raw %}".repeat(n),
        "{% highlight x %}".repeat(n),
        "{%".repeat(n),
        "{{".repeat(n),
        "{{<".repeat(n),
        "{{%".repeat(n),
        "{{{".repeat(n),
        "{/*".repeat(n),
        "{#  ".repeat(n),
        "{:".repeat(n),
        "{.a}".repeat(n),
        "{::comment}".repeat(n),
        "<A b={".repeat(n),
        "<A b=\"".repeat(n),
        "<A ".repeat(n),
        "<A><A/></B>".repeat(n),
        "<a b={c} ".repeat(n),
        "<A>".repeat(n) + &"</A>".repeat(n),
        ":::tip\n".repeat(n),
        ":::tip\n".repeat(n) + &":::\n".repeat(n),
        "::a{}\n".repeat(n) + "::\n",
        "> [!NOTE]\n".repeat(n),
        "import a\n\n".repeat(n),
        "import 'a'\n".repeat(n),
        "export const a = {\n\n".repeat(n),
        "![](a =1x)".repeat(n),
        " =1x)".repeat(n),
        "](".repeat(n),
        "[a](b.md)".repeat(n),
        "{% assign a = a | append: a %}{{ a }}".repeat(n),
        "{% capture a %}".repeat(n),
        "{% capture a %}xx{% endcapture %}{{ a }}".repeat(n),
        format!("{{% assign a = '{}' %}}", "x".repeat(60_000)) + &"{{ a }}".repeat(n),
        format!("{{{{< figure src=\"{}\" >}}}}", "a".repeat(n * 40)),
        format!("{{{{< figure {} >}}}}", "a=\"b\" ".repeat(n)),
        "{{< figure src=\"a.png\" >}} ".repeat(n),
        "{{< note >}}x".repeat(n) + &"{{< /note >}}".repeat(n),
        "<Tabs>\n    x\n".repeat(n) + &"</Tabs>".repeat(n),
        "{{ page.x }} `".repeat(n),
        "  - a\n    {{< figure src=\"a.png\" >}}\n".repeat(n / 4),
    ] {
        let text = plain(&bomb);
        let page = html(&text);
        assert!(page.len() < 40 * text.len() + 1000);
        assert!(text.len() < bomb.len() * 30 + 400_000, "{:?}: {} from {}", &bomb[..20], text.len(), bomb.len());
    }
}

const PIECES: [&str; 64] = [
    "{% raw %}",
    "{% endraw %}",
    "{% highlight x %}",
    "{% endhighlight %}",
    "{% if a %}",
    "{% else %}",
    "{% endif %}",
    "{% comment %}",
    "{% endcomment %}",
    "{{ a }}",
    "{{ site.url }}",
    "{{< figure src=\"a.png\" >}}",
    "{{< note >}}",
    "{{< /note >}}",
    "{{% b %}}",
    "{{</* c */>}}",
    "{% quote() %}",
    "{% end %}",
    "{%",
    "{{<",
    "%}",
    "}}",
    ">}}",
    "{{",
    "{% capture d %}",
    "{% endcapture %}",
    ":::tip\n",
    "\n:::\n",
    "::::x\n",
    "> [!NOTE]\n",
    "[TOC]\n",
    "{:.e}",
    "{#f .g}",
    "{/* h */}",
    "<Tabs>",
    "</Tabs>",
    "<T>",
    "<I j={k}/>",
    "<img src={l}>",
    "<div>",
    "</div>",
    "\n",
    "\n\n",
    "\n\n    ",
    "\n```\n",
    "\n~~~\n",
    "`",
    "``",
    "- ",
    "1. ",
    "> ",
    "| m |\n|---|\n",
    "[n](",
    ")",
    "](o.md)",
    "import p from 'q'\n",
    "export const r = {\n",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "я",
    "text ",
    "\n   ",
];

/// The code of a text, without the prefixes of its lines.
fn code(text: &str) -> Vec<String> {
    let zones = Zones::new(text, pulldown_cmark::Options::empty());
    let fenced = zones.code.iter().filter(|(_, kind)| matches!(kind, CodeKind::Fenced | CodeKind::Span));
    fenced.map(|(range, _)| text[range.clone()].to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_raw_is_left_outside_code(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24)) {
        let body = pieces.concat();
        for path in ["a.md", "a.mdx"] {
            let text = rewritten(path, &body);
            let zones = Zones::new(&text, pulldown_cmark::Options::empty());
            for (at, _) in text.match_indices("{%").chain(text.match_indices("{{<")) {
                let in_code = zones.code.iter().any(|(range, _)| range.contains(&at));
                prop_assert!(in_code, "{}: {:?}\n{:?}", path, body, text);
            }
            html(&text);
        }
    }

    #[test]
    fn code_stays_as_it_is(
        before in prop::sample::select(&["", "a {{ b }} c\n\n", "{{< figure src=\"a.png\" >}}\n\n", ":::tip\n\n", "{% raw %}\n\n", "{% if a %}\n\n"][..]),
        inside in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8),
        after in prop::sample::select(&["", "\n\n{{ b }}", "\n\n:::\n", "\n\n{% endraw %}\n", "\n\n{% endif %} {{< /note >}}"][..]),
    ) {
        let inside = inside.concat();
        prop_assume!(!inside.contains("endraw") && !inside.contains("endif"));
        let fence = "~".repeat(inside.split(|c| c != '~').map(str::len).max().unwrap_or(0).max(2) + 1);
        let block = format!("{fence}\n{inside}\n{fence}");
        let body = format!("{before}{block}{after}");
        let text = plain(&body);
        prop_assert!(code(&text).contains(&block), "{body:?}\n{text:?}");
    }
}
