//! Bodies as each dialect of `content.markdown` reads them.

use super::super::dialect::set_aside;
use super::super::findings::BodyFindings;
use super::super::leftovers::References;
use super::super::markdown::{self, MarkdownReading};
use crate::model::{AbsUrl, Engine, MarkdownDialect};

fn html(dialect: &str, text: &str) -> String {
    let base = AbsUrl::parse("https://e.org/a/").unwrap();
    let dialect = MarkdownDialect::all().iter().find(|known| known.name == dialect).unwrap();
    let mut found = Vec::new();
    let mut findings = BodyFindings::new("a.md", 1, text, &mut found);
    let (plain, origins, formulas) = set_aside(text, dialect);
    findings.rewritten(origins);
    let reading = MarkdownReading { title: "T", base: &base, dialect, formulas, references: References::Defined };
    markdown::render(&plain, reading, &mut findings).html
}

fn all_are(dialect: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(html(dialect, text), *expected, "{dialect}: {text}");
    }
}

#[test]
fn commonmark_is_commonmark_and_nothing_else() {
    all_are(
        "commonmark",
        &[
            ("~~a~~ https://b.ex", "<p>~~a~~ https://b.ex</p>"),
            ("a\n: b", "<p>a\n: b</p>"),
            ("\"a\" -- $b_c$ \\(d\\)", "<p>&quot;a&quot; -- $b_c$ (d)</p>".replace("&quot;", "\"").as_str()),
            ("| a |\n|---|\n| b |", "<p>| a |\n|---|\n| b |</p>"),
            ("- [ ] a[^1]\n\n[^1]: b", "<ul>\n<li>[ ] a<a href=\"https://e.org/a/b\">^1</a></li>\n</ul>"),
        ],
    );
}

#[test]
fn bare_addresses_are_links_where_the_engine_makes_them() {
    let link = |url: &str, text: &str| format!("<a href=\"{url}\">{text}</a>");
    for dialect in ["gfm", "hugo", "docusaurus", "hexo", "any"] {
        let site = link("https://a.ex/b_c_d?e=f&amp;g", "https://a.ex/b_c_d?e=f&amp;g");
        assert_eq!(html(dialect, "*x* https://a.ex/b_c_d?e=f&g."), format!("<p><em>x</em> {site}.</p>"));
        let emphasis = link("https://a.ex/_b_/", "https://a.ex/_b_/");
        assert_eq!(html(dialect, "https://a.ex/_b_/ _c_"), format!("<p>{emphasis} <em>c</em></p>"));
        let mail = link("mailto:a@b.ex", "a@b.ex");
        assert_eq!(html(dialect, "(a@b.ex)"), format!("<p>({mail})</p>"));
        let www = link("http://www.a.ex/", "www.a.ex");
        assert_eq!(html(dialect, "**www.a.ex**"), format!("<p><strong>{www}</strong></p>"));
        for text in
            ["`https://a.ex`", "    https://a.ex", "[https://a.ex](/b)", "<https://a.ex/>", "![https://a.ex](b)"]
        {
            assert_eq!(html(dialect, text), html("commonmark", text), "{text}");
        }
    }
    for dialect in ["eleventy", "jekyll", "pelican", "zola"] {
        assert_eq!(html(dialect, "https://a.ex www.a.ex"), "<p>https://a.ex www.a.ex</p>");
    }
    assert_eq!(html("vitepress", "www.a.ex"), "<p>www.a.ex</p>");
}

#[test]
fn typography_line_breaks_and_definitions_are_the_engines() {
    all_are(
        "hugo",
        &[
            ("\"a\" -- it's...", "<p>“a” – it’s…</p>"),
            ("a\n: b *c*\n\n    d", "<dl>\n<dt>a</dt>\n<dd>\n<p>b <em>c</em></p>\n<p>d</p>\n</dd>\n</dl>"),
            ("## A -- \"b\"", "<h2 id=\"a----b\">A – “b”</h2>"),
            ("`\"a\" -- b`", "<p><code>\"a\" -- b</code></p>"),
        ],
    );
    all_are("hexo", &[("a\nb -- c", "<p>a<br>\nb — c</p>"), ("- a\n  b", "<ul>\n<li>a<br>\nb</li>\n</ul>")]);
    all_are("eleventy", &[("\"a\" -- b\n: c", "<p>\"a\" -- b\n: c</p>")]);
}

#[test]
fn formulas_are_kept_to_the_letter() {
    for engine in Engine::ALL {
        let dialect = &MarkdownDialect::for_engine(engine).name;
        all_are(
            dialect,
            &[
                ("$x_i*y_i*z$ and $f[x](y)$", "<p>$x_i*y_i*z$ and $f[x](y)$</p>"),
                ("$\\{x\\}$ $a\\,b$ $\\frac{{a}}{b}$", "<p>$\\{x\\}$ $a\\,b$ $\\frac{{a}}{b}$</p>"),
                ("$$\na &= b \\\\\n- e\n\n+ g\n= x\n$$", "<p>$$\na &amp;= b \\\\\n- e\n\n+ g\n= x\n$$</p>"),
                ("> $$\n> a_b *c*\n> $$", "<blockquote>\n<p>$$\na_b *c*\n$$</p>\n</blockquote>"),
                ("a $$b \\\\ c$$ d", "<p>a $$b \\\\ c$$ d</p>"),
                ("$_a_ + _b_$ and *$x_1$ to $y_2$*", "<p>$_a_ + _b_$ and <em>$x_1$ to $y_2$</em></p>"),
                (
                    "![$a{b}$ c](/d$e$ \"$f_1$\")",
                    "<p><img src=\"https://e.org/d$e$\" alt=\"$a{b}$ c\" title=\"$f_1$\"></p>",
                ),
                ("[$a_1$](<b $c{d}$ e>)", "<p><a href=\"https://e.org/a/b%20$c%7Bd%7D$%20e\">$a_1$</a></p>"),
                ("[a][b]\n\n[b]: /c?$d_1$ '$e_1$'", "<p><a href=\"https://e.org/c?$d_1$\" title=\"$e_1$\">a</a></p>"),
                ("a <b title='c\n$d_1$'>e</b>", "<p>a <b title=\"c\n$d_1$\">e</b></p>"),
            ],
        );
    }
    for dialect in ["any", "hugo", "mkdocs", "pelican"] {
        all_are(
            dialect,
            &[
                ("\\(a_b\\) and \\[c*d*e\\]", "<p>\\(a_b\\) and \\[c*d*e\\]</p>"),
                ("## \\(a_b\\)", "<h2 id=\"a_b\">\\(a_b\\)</h2>"),
            ],
        );
    }
}

#[test]
fn prices_and_escaped_brackets_are_no_formulas() {
    all_are(
        "any",
        &[
            ("$5 and *x* $6", "<p>$5 and <em>x</em> $6</p>"),
            ("**$5** to **$6**", "<p><strong>$5</strong> to <strong>$6</strong></p>"),
            ("*10$* or *20$*", "<p><em>10$</em> or <em>20$</em></p>"),
            ("AU$5 _or_ US$6, *$7*", "<p>AU$5 <em>or</em> US$6, <em>$7</em></p>"),
            (
                "the **$**, a `$` and the **$**",
                "<p>the <strong>$</strong>, a <code>$</code> and the <strong>$</strong></p>",
            ),
            ("_$a and b_ c$", "<p><em>$a and b</em> c$</p>"),
            ("`$a$` *b* $c", "<p><code>$a$</code> <em>b</em> $c</p>"),
            ("\\[*sic*\\] \\(a, b\\)", "<p>[<em>sic</em>] (a, b)</p>"),
            ("[a](/b_\\(c_d\\))", "<p><a href=\"https://e.org/b_(c_d)\">a</a></p>"),
            ("a $$ *b* c", "<p>a $$ <em>b</em> c</p>"),
            ("```\n$$\na_b\n$$\n```", "<pre><code>$$\na_b\n$$\n</code></pre>"),
        ],
    );
}

#[test]
fn many_marks_do_not_hang() {
    for mark in ["$$", "\\(", "\\[ ", "$a{", "https://a.ex/_b_ ", "www.", "a@b.ex "] {
        html("any", &mark.repeat((1 << 15) / mark.len()));
    }
}
