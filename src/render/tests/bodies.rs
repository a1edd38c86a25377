//! Rendered bodies by example: Markdown, references, footnotes, raw HTML, and oversized input.
//!
//! The corpus covers the same cases with the lines of files.

use super::{html, rendered};
use crate::diagnostic::Code;
use crate::model::strip_forbidden;

fn codes(text: &str) -> Vec<(Code, u32)> {
    rendered(text).1.iter().map(|finding| (finding.code, finding.at.line)).collect()
}

#[test]
fn markdown_of_every_kind_becomes_plain_html() {
    let table = "| a | b |\n|--:|---|\n| 1 | ~~2~~ |\n";
    assert_eq!(
        html(table),
        "<table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td><del>2</del></td></tr>\n</tbody>\n</table>"
    );
    assert_eq!(
        html("```rust\nlet a < b && c;\n```"),
        "<pre><code class=\"language-rust\">let a &lt; b &amp;&amp; c;\n</code></pre>"
    );
    assert_eq!(html("- [ ] a\n- [x] b"), "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>");
    assert_eq!(html("3. a\n\n   b\n"), "<ol start=\"3\">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ol>");
    assert_eq!(html("a  \nb\n\n---\n\n> c"), "<p>a<br>\nb</p>\n<hr>\n<blockquote>\n<p>c</p>\n</blockquote>");
    assert_eq!(
        html("## A *b* `c`\n## A b c\n"),
        "<h2 id=\"a-b-c\">A <em>b</em> <code>c</code></h2>\n<h2 id=\"a-b-c-1\">A b c</h2>"
    );
    assert_eq!(html("## Два {#two}"), "<h2 id=\"two\">Два</h2>");
    assert_eq!(html("a\u{a0}]]> b"), "<p>a\u{a0}]]&gt; b</p>");
}

#[test]
fn every_reference_is_absolute() {
    assert_eq!(
        html("[x](../b?c=1&d=2 \"T \\\"q\\\"\") [y](#я) <m@e.org>"),
        "<p><a href=\"https://e.org/b?c=1&amp;d=2\" title=\"T &quot;q&quot;\">x</a> \
         <a href=\"https://e.org/a/#%D1%8F\">y</a> <a href=\"mailto:m@e.org\">m@e.org</a></p>"
    );
    assert_eq!(
        html("![a *b*](i g.png)\n![a *b*](</i g.png> 't')"),
        "<p>![a <em>b</em>](i g.png)\n<img src=\"https://e.org/i%20g.png\" alt=\"a b\" title=\"t\"></p>"
    );
    assert_eq!(
        html("<video src=v.mp4 poster=/p.png controls></video>"),
        "<p><video src=\"https://e.org/a/v.mp4\" poster=\"https://e.org/p.png\" controls=\"\"></video></p>"
    );
    assert_eq!(
        html("<picture><source srcset=\"a.webp 1x, b.webp 2x\"><img src=c.png width=10px></picture>"),
        "<p><picture><source srcset=\"https://e.org/a/a.webp 1x, https://e.org/a/b.webp 2x\">\
         <img src=\"https://e.org/a/c.png\" width=\"10\"></picture></p>"
    );
    assert_eq!(codes("[a](https://[)\n\n![](x)\n\n![b]()"), [(Code::BadBodyUrl, 1), (Code::BadBodyUrl, 5)]);
}

#[test]
fn footnotes_stand_at_the_end_with_links_both_ways() {
    assert_eq!(
        html("a[^x] b[^x]\n\n[^x]: Note\n\nc"),
        "<p>a<sup><a href=\"https://e.org/a/#fn1\" id=\"fnref1\">1</a></sup> \
         b<sup><a href=\"https://e.org/a/#fn1\" id=\"fnref1-2\">1</a></sup></p>\n<p>c</p>\n<hr>\n<ol>\n\
         <li id=\"fn1\"><p>Note <a href=\"https://e.org/a/#fnref1\">↩</a></p></li>\n</ol>"
    );
    assert_eq!(
        html("a[^nope]\n\n[^unused]: Still here"),
        "<p>a[^nope]</p>\n<hr>\n<ol>\n<li><p>Still here</p></li>\n</ol>"
    );
}

#[test]
fn the_heading_that_repeats_the_title_goes() {
    let (page, found) = rendered("\n# the *title*\n\ntext\n\n# The Title\n");
    assert_eq!(page.html, "<p>text</p>\n<h1 id=\"the-title\">The Title</h1>");
    assert_eq!(found.iter().map(|f| (f.code, f.at.line)).collect::<Vec<_>>(), [(Code::HeadingIsTitle, 2)]);
    assert_eq!(html("text\n\n# The Title"), "<p>text</p>\n<h1 id=\"the-title\">The Title</h1>");
    assert_eq!(html("## The Title"), "<h2 id=\"the-title\">The Title</h2>");
    assert_eq!(html("The Title\n=====\n\nx"), "<p>x</p>");
}

#[test]
fn what_is_dangerous_goes_and_is_told() {
    assert_eq!(html("a <script>alert(1)</script> b"), "<p>a  b</p>");
    assert_eq!(html("<script>\nfoo()\n\nbar()\n</script>\n\nx"), "<p>x</p>");
    assert_eq!(html("[x](JaVaScRiPt:alert(1)) <a href=' java&#115;cript&colon;x'>t</a>"), "<p>x t</p>");
    assert_eq!(html("![alt](data:image/png;base64,AAAA)"), "<p>alt</p>");
    assert_eq!(html("<div onclick=x style=y class=z>t</div>"), "<div>t</div>");
    assert_eq!(html("<form action=/x><input name=a>Send <button>Go</button></form>"), "<div>Send </div>");
    assert_eq!(
        codes("text\n\n<div>\n<iframe src=x></iframe>\n<p onload=x>\n</div>\n\n> <object>\n> <embed>"),
        [(Code::UnsafeHtml, 4), (Code::UnsafeHtml, 5), (Code::UnsafeHtml, 8), (Code::UnsafeHtml, 9)]
    );
    assert_eq!(codes("a\n[b](vbscript:x)\n<img src=x:y>"), [(Code::UnsafeLink, 2), (Code::UnsafeLink, 3)]);
    assert_eq!(codes("use <b>bold</b> <mytag a=b>x</mytag> <!-- c --> <x-y>"), []);
}

#[test]
fn unknown_words_in_angle_brackets_are_text() {
    assert_eq!(html("R&D <protokol> and Vec<T>."), "<p>R&amp;D &lt;protokol&gt; and Vec&lt;T&gt;.</p>");
    assert_eq!(html("a <Foo bar=\"x\"/> <x-y>b</x-y> <font color=red>c</font>"), "<p>a  b c</p>");
    assert_eq!(rendered("# <T>\n\nR&D <x>").0.excerpt.as_deref(), Some("R&D <x>"));
}

#[test]
fn raw_html_ends_with_its_paragraph_and_is_well_formed() {
    assert_eq!(html("a <b>b *c <i>d* e\n\nf"), "<p>a <b>b <em>c <i>d</i></em> e</b></p>\n<p>f</p>");
    assert_eq!(html("</div> a </b>"), " a");
    assert_eq!(html("a </b> <br/> <div>b</div>"), "<p>a  <br> b</p>");
    assert_eq!(html("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
    assert_eq!(html("<p>a & b<p>c <div>d"), "<p>a &amp; b</p><p>c </p><div>d</div>");
    assert_eq!(
        html("<details><summary>S</summary>\n\npara\n\n</details>\n\nx"),
        "<details><summary>S</summary>\n<p>para</p>\n</details>\n<p>x</p>"
    );
    assert_eq!(
        html("| a |\n|---|\n| <ul><li>x |"),
        "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n<tr><td><ul><li>x</li></ul></td></tr>\n</tbody>\n</table>"
    );
    assert_eq!(html("<a href=x>[y](z)</a>"), "<p><a href=\"https://e.org/a/x\">y</a></p>");
}

#[test]
fn the_excerpt_is_the_first_paragraph() {
    let excerpt = |text: &str| rendered(text).0.excerpt.map(|text| crate::render::excerpt::cut(&text));
    assert_eq!(
        excerpt("# H\n\n![alt](x.png)\n\n```\ncode\n```\n\nFirst *para*\nline[^1]\n\nSecond\n\n[^1]: n").as_deref(),
        Some("First para line")
    );
    assert_eq!(excerpt("> quote\n\ntext").as_deref(), Some("text"));
    assert_eq!(excerpt("> quote").as_deref(), Some("quote"));
    assert_eq!(excerpt("a <script>alert(1)</script> b").as_deref(), Some("a b"));
    assert_eq!(excerpt("<p>raw <b>html</b></p>").as_deref(), Some("raw html"));
    assert_eq!(excerpt("# only a heading"), None);
}

#[test]
fn character_references_cannot_smuggle() {
    let (page, found) = rendered("a &#1; b &#xFFFE; <i>c&#8;</i> &#xD800;\n\n<p title='&#1;x'>&#2;y</p>");
    assert_eq!(strip_forbidden(&page.html).1, None);
    assert!(found.iter().all(|f| f.code == Code::ForbiddenBodyCharacter) && !found.is_empty());
}

#[test]
fn bombs_do_no_harm() {
    let n = 100_000;
    for bomb in [
        ">".repeat(n),
        "[".repeat(n),
        "![".repeat(n),
        "- ".repeat(n),
        "*a ".repeat(n),
        "**a ".repeat(n),
        "*".repeat(n),
        "<div>".repeat(n),
        "a <b>".repeat(n),
        "<b title=x>".repeat(n),
        "<a <b".repeat(n),
        "<svg>".repeat(n),
        "x <script>".repeat(n),
        "<p onclick=x>".repeat(n),
        "`".repeat(n) + "x",
        "&".repeat(n),
        "[a](".repeat(n),
        "[^1]".repeat(n) + "\n\n[^1]: x",
        "# a\n".repeat(n),
        "<!--".repeat(n),
        "<b>\n\n".repeat(n / 10),
        "<table><tr><td>".repeat(n / 10),
        format!("{}\n{}\n{}", "|a".repeat(2000), "|-".repeat(2000), "|b\n".repeat(2000)),
        format!("<img {}>", "a=b ".repeat(n)),
        format!("<img srcset='{}'>", "a 1x,".repeat(n)),
        "слово ".repeat(n * 8),
    ] {
        let (page, found) = rendered(&bomb);
        assert!(page.html.len() < 200 * bomb.len() + 1000, "{}", &bomb[..20]);
        assert!(found.len() <= 200);
    }
}

#[test]
fn readings_stand_in_their_ruby_alone() {
    assert_eq!(
        html("<ruby>漢<rp>(</rp><rt>かん<rp>)</ruby>"),
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>"
    );
    assert_eq!(html("<ruby>a <abbr>b <rt>c</rt></abbr></ruby> <rt>d"), "<p><ruby>a <abbr>b c</abbr></ruby> d</p>");
}
