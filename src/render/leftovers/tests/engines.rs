//! Leftovers of each engine, one table each: the source, and the result for readers.
//!
//! The shapes come from the documentation of each engine and from the corpora.

use super::super::trial::rewritten;
use super::plain;

#[track_caller]
fn becomes(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(written, wanted)| {
            let got = plain(written);
            (got != *wanted).then(|| format!("\n  written {written:?}\n  wanted  {wanted:?}\n  got     {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn jekyll_and_liquid() {
    becomes(&[
        (
            "{% highlight rust linenos %}\nlet a = \"{{ x }}\";\n{% endhighlight %}",
            "```rust\nlet a = \"{{ x }}\";\n```",
        ),
        ("a\n{%- highlight js -%}b{%- endhighlight -%}\nc", "a\n\n```js\nb\n```\n\nc"),
        ("{% highlight html %}{% raw %}\n{{ a }}\n{% endraw %}{% endhighlight %}", "```html\n{{ a }}\n```"),
        ("{% raw %}\n```\n{{ x }} {% y %}\n```\n{% endraw %}\nz", "\n```\n{{ x }} {% y %}\n```\n\nz"),
        ("Say {% raw %}{{ x }}{% endraw %} here", "Say `{{ x }}` here"),
        (
            "[a]({{ site.url }}{{ site.baseurl }}/b) ![c]({{ \"/d.png\" | relative_url }})",
            "[a](https://e.org/b) ![c](/d.png)",
        ),
        (
            "[a]({% post_url 2020-05-02-one %}) [b]({{ site.baseurl }}{% link posts/two/index.md %})",
            "[a](https://e.org/one/) [b](https://e.org/two/)",
        ),
        ("[a]({{ site.url }}{% post_url one %})", "[a](https://e.org/one/)"),
        ("[a]({% post_url 2001-01-01-gone %}) {% link assets/f.pdf %}", "[a](\u{FDD0}) https://e.org/assets/f.pdf"),
        ("{% assign bse = \"https://x.org/a/\" %}\n[a]: {{bse}}12", "\n[a]: https://x.org/a/12"),
        ("{% capture x %}b *c*{% endcapture %}a {{ x }} d", "a b *c* d"),
        ("a{% comment %} b {% if %} {% endcomment %}c", "ac"),
        ("{% if page.x %}a{% elsif y %}b{% else %}c{% endif %}d", "ad"),
        ("{% case x %} {% when 1 %}a{% when 2 %}b{% endcase %}c", " ac"),
        ("{% for p in site.posts %}{{ p.title }}{% endfor %}x", "x"),
        ("a {{ page.excerpt }} b [c]({{ page.x }}/y) {% include y.html %}", "a  b [c](\u{FDD0}/y) "),
        (
            "{% include youtube.html id=\"abc\" %}",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>",
        ),
        (
            "{% include figure.html src=\"/a.png\" caption=\"A *b*\" %}",
            "<figure><img src=\"/a.png\" alt=\"A *b*\"><figcaption>A <em>b</em></figcaption></figure>",
        ),
        ("text\n{: .center #id}\n\n* TOC\n{:toc}\n\nb {:.x}", "text\n\n\nb "),
        ("{::options parse_block_html=\"true\" /}\n{::comment}\nx\n{:/comment}\ny", "\n\ny"),
        (
            "`{{ x }}` ``{% y %}`` <code>{{ z }}</code>\n\n    {{ a }}\n",
            "`{{ x }}` ``{% y %}`` <code>{{ z }}</code>\n\n    {{ a }}\n",
        ),
        ("a {% b", "a  b"),
        ("$$\\frac{{a}}{{b}}$$ x^{{2}}", "$$\\frac{{a}}{{b}}$$ x^{{2}}"),
    ]);
}

#[test]
fn hugo_and_zola() {
    becomes(&[
        (
            "{{< figure src=\"a.png\" alt=\"A\" title=\"T\" width=\"10\" >}}",
            "<figure><img src=\"a.png\" alt=\"A\" width=\"10\"><figcaption>T</figcaption></figure>",
        ),
        ("a {{< figure src=\"a.png\" >}} b", "a <img src=\"a.png\" alt=\"\"> b"),
        (
            "{{< figure\n  src=\"a.png\"\n  link=\"/b\"\n>}}\nc",
            "<figure><a href=\"/b\"><img src=\"a.png\" alt=\"\"></a></figure>\n\nc",
        ),
        (
            "{{< youtube abc >}} {{<vimeo id=\"12\" title=\"V\">}}",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a> <a href=\"https://vimeo.com/12\">V</a>",
        ),
        ("{{< highlight go \"linenos=table\" >}}\nx := `{{ y }}`\n{{< /highlight >}}", "```go\nx := `{{ y }}`\n```"),
        (
            "[a]({{< ref \"/posts/two\" >}}) [b]({{< relref \"2020-05-02-one.md#c\" >}}) [d]({{< ref \"x.md\" >}})",
            "[a](https://e.org/two/) [b](https://e.org/one/#c) [d](\u{FDD0})",
        ),
        (
            "{{% note title=\"Take `care`\" %}}\na *b*\n{{% /note %}}",
            "<blockquote>\n<p><strong>Take <code>care</code></strong></p>\n\na *b*\n\n</blockquote>",
        ),
        ("{{< hint warning >}}a{{< /hint >}}", "<blockquote>\n<p><strong>Warning</strong></p>\n\na\n\n</blockquote>"),
        ("{{< unknown x=1 >}}a {{< inner >}}b{{< /inner >}}{{< /unknown >}}", "a b"),
        ("Write {{</* figure src=\"a\" */>}} or {{%/* b */%}}", "Write `{{< figure src=\"a\" >}}` or `{{% b %}}`"),
        ("{{< tabs >}}{{< tab \"One\" >}}\na\n{{< /tab >}}{{< /tabs >}}", "<p><strong>One</strong></p>\n\na\n"),
        ("{{< details \"More\" >}}\na\n{{< /details >}}", "<details><summary>More</summary>\n\na\n\n</details>"),
        (
            "{{< tweet user=\"a\" id=\"1\" >}}{{< self />}}",
            "<a href=\"https://x.com/a/status/1\">https://x.com/a/status/1</a>",
        ),
        ("{{< quote author=\"B\" >}}\na\n{{< /quote >}}", "<blockquote>\n\na\n\n<p>— B</p>\n</blockquote>"),
        (
            "{{ youtube(id=\"abc\", autoplay=true) }}",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>",
        ),
        ("{% quote(author=\"B\") %}\na\n{% end %}c", "<blockquote>\n\na\n\n<p>— B</p>\n</blockquote>\n\nc"),
        (
            "{% unknown(a=1) %}b{% end %} [c](@/posts/two/index.md#d) [e](@/gone.md)",
            "b [c](https://e.org/two/#d) [e](\u{FDD0})",
        ),
        ("{{/* youtube(id=\"x\") */}} {%/* quote() */%}", "`{{ youtube(id=\"x\") }}` `{% quote() %}`"),
    ]);
}

#[test]
fn hexo_and_zenn_and_hashnode() {
    becomes(&[
        ("{% codeblock A title lang:rust %}\nlet a;\n{% endcodeblock %}", "```rust\nlet a;\n```"),
        ("{% asset_img a.png This is a *b* %}", "<figure><img src=\"a.png\" alt=\"This is a *b*\"></figure>"),
        ("{% img left /a.png 10 20 '\"T\" \"A\"' %}", "<figure><img src=\"/a.png\" alt=\"A\"></figure>"),
        ("{% image \"assets/a.png\" \"A b\" %}", "<figure><img src=\"/assets/a.png\" alt=\"A b\"></figure>"),
        (
            "See {% post_link two %} and {% post_link one 'The one' %} and {% post_link gone %}",
            "See <a href=\"https://e.org/two/\">The Title</a> and <a href=\"https://e.org/one/\">The one</a> and gone",
        ),
        (
            "{% blockquote A, B https://b.org %}\na\n{% endblockquote %}",
            "<blockquote>\n\na\n\n<p>— <a href=\"https://b.org\">A, B</a></p>\n</blockquote>",
        ),
        (
            "{% note info Title here %}\na\n{% endnote %}",
            "<blockquote>\n<p><strong>Title here</strong></p>\n\na\n\n</blockquote>",
        ),
        ("{% link Text https://a.org external %}", "<a href=\"https://a.org\">Text</a>"),
        ("{% label primary@red %}", "<strong>red</strong>"),
        (
            "{% youtube abc %}",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>",
        ),
        ("@[card](https://a.org/b_c)", "<a href=\"https://a.org/b_c\">https://a.org/b&#95;c</a>"),
        (
            "@[youtube](abc)\n@[x](y z)",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>\n",
        ),
        (
            "%[https://youtu.be/abc]",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>",
        ),
        (":::message alert\na\n:::\nb", "<blockquote>\n\na\n\n</blockquote>\n\nb"),
        (":::details T\na\n:::", "<details><summary>T</summary>\n\na\n\n</details>"),
        ("![a](b.png =250x) ![c](d.png =10x20)", "![a](b.png) ![c](d.png)"),
    ]);
}

#[test]
fn containers_and_alerts() {
    becomes(&[
        (
            ":::tip A `b` c\n`d`\n:::",
            "<blockquote>\n<p><strong>A <code>b</code> c</strong></p>\n\n`d`\n\n</blockquote>",
        ),
        (":::tip Title\na\n:::", "<blockquote>\n<p><strong>Title</strong></p>\n\na\n\n</blockquote>"),
        (
            "::: warning\n\n- a\n\n:::\n\nb",
            "<blockquote>\n<p><strong>Warning</strong></p>\n\n- a\n\n</blockquote>\n\nb",
        ),
        (":::note[A *b*]{#c}\na\n:::", "<blockquote>\n<p><strong>A <em>b</em></strong></p>\n\na\n\n</blockquote>"),
        (
            "::::info\n:::tip\na\n:::\n::::",
            "<blockquote>\n<p><strong>Info</strong></p>\n\n<blockquote>\n<p><strong>Tip</strong></p>\n\na\n\n</blockquote>\n\n</blockquote>",
        ),
        ("::: row\na\n:::\n", "\na\n\n"),
        (":::tip\na", "**Tip**\n\na"),
        (
            "- a\n  :::tip\n  b\n  :::\n- c",
            "- a\n\n  <blockquote>\n  <p><strong>Tip</strong></p>\n\n  b\n\n  </blockquote>\n\n- c",
        ),
        ("```\n:::tip\n:::\n```\n", "```\n:::tip\n:::\n```\n"),
        (
            "::alert{type=\"warning\"}\na\n::\n\nstd\n::mem",
            "<blockquote>\n<p><strong>Warning</strong></p>\n\na\n\n</blockquote>\n\nstd\n::mem",
        ),
        ("> [!NOTE]\n> a\n\nb", "> **Note**\n>\n> a\n\nb"),
        ("> [!warning]- Take care\n> a", "> **Take care**\n>\n> a"),
        ("[TOC]\n\na [toc]\n\n[[toc]]", "\n\na [toc]\n\n"),
        (
            "[a]({static}/b.png) [c]({filename}2020-05-02-one.md) [d]({tag}e) [f](|filename|two/index.md)",
            "[a](/b.png) [c](https://e.org/one/) [d](\u{FDD0}) [f](https://e.org/two/)",
        ),
        (
            "[a](./2020-05-02-one.md#b) [c](other.md) ![d](@site/static/e.png)",
            "[a](https://e.org/one/#b) [c](other.md) ![d](/e.png)",
        ),
    ]);
}

#[test]
fn mdx() {
    assert_eq!(
        rewritten("a.mdx", "<div>\n  <b>a</b>\n\n    text *b*\n    ```js\n    c {d}\n    ```\n</div>\n"),
        "<div>\n\n<b>a</b>\n\n  text *b*\n  ```js\n  c {d}\n  ```\n\n</div>\n\n"
    );
    becomes(&[
        (
            "import Tabs from '@theme/Tabs';\nimport {A} from \"./a\"\n\n<Tabs>\n  <TabItem label=\"One\">\n\n    a *b*\n\n  </TabItem>\n</Tabs>\n",
            "\n\n\n\n<p><strong>One</strong></p>\n\na *b*\n\n\n\n",
        ),
        (
            "<YouTube id=\"abc\" />",
            "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a>",
        ),
        ("<Note>a *b*</Note>", "<blockquote>\n<p><strong>Note</strong></p>\n\na *b*\n\n</blockquote>"),
        (
            "<Callout type=\"warning\" title={'T'}>a</Callout>",
            "<blockquote>\n<p><strong>T</strong></p>\n\na\n\n</blockquote>",
        ),
        ("See <Link to=\"/a\">b</Link> and <Unknown x={y}>c</Unknown><Other/>.", "See <a href=\"/a\">b</a> and c."),
        (
            "Vec<T> and <Alice> of <Gov Delivery> <DIV ALIGN=x>a</DIV>",
            "Vec<T> and <Alice> of <Gov Delivery> <DIV ALIGN=x>a</DIV>",
        ),
        (
            "import pic from './p.png'\n\n<Image src={pic} alt=\"A\" />\n<img src={pic.src} style={{a: \"b\"}} />",
            "\n\n<figure><img src=\"./p.png\" alt=\"A\"></figure>\n<img src=\"./p.png\"  />",
        ),
        ("<img src={require('./a.png').default} alt=\"x\"/>", "<img src=\"./a.png\" alt=\"x\"/>"),
        ("a {/* b */} c {#d} {e}", "a  c {#d} {e}"),
        ("import duties were raised.\n\nexport the key.", "import duties were raised.\n\nexport the key."),
        ("export const meta = {\n  a: 1,\n\n  b: 2\n}\n\nText", "\n\nText"),
    ]);
    assert_eq!(rewritten("a.mdx", "a {version} {\"b\"} {' '}c <>d</> \\{e} \\frac{f}"), "a  b  c d \\{e} \\frac{f}");
}

#[test]
fn markdoc_and_odd_corners() {
    becomes(&[
        (
            "{% callout type=\"note\" %}\na\n{% /callout %}\n{% x /%}b",
            "<blockquote>\n<p><strong>Note</strong></p>\n\na\n\n</blockquote>\n\nb",
        ),
        ("_{{ \"a\" | b }} c_ x_{{ij}}", "_ c_ x_{{ij}}"),
        ("## A { /*#b*/ }\n\n{ /* c */ }", "## A {#b}\n\n"),
        ("{% if a %}{% if b %}x{% else %}y{% endif %}{% else %}z{% endif %}", "x"),
        ("{% endif %}a{% else %}b", "ab"),
        ("| a |\n|---|\n| {{< unknown >}} `{{ b }}` |", "| a |\n|---|\n|  `{{ b }}` |"),
        ("{{< figure caption=\"a `b` c\" src=\"d.png\" >}} `{{e}}`", "<img src=\"d.png\" alt=\"a `b` c\"> `{{e}}`"),
        ("<a href=\"{{ site.x }}/y\">b</a>", "<a href=\"\u{FDD0}/y\">b</a>"),
        ("<pre>\n{{ a }}\n</pre>", "<pre>\n{{ a }}\n</pre>"),
        ("{# a comment #}b {#anchor}", "b {#anchor}"),
        ("## A {#b .c}", "## A {#b}"),
    ]);
}

#[test]
fn addresses_and_lines_of_any_length() {
    let long = "x".repeat(3000);
    for (open, close) in [("[a](/", ")"), ("<img src=\"/", "\">"), ("[a]: /", "\nb")] {
        let text = format!("{open}{long}{{{{ page.x }}}}{close}");
        assert_eq!(rewritten("a.md", &text), text.replace("{{ page.x }}", "\u{FDD0}"));
    }
    let block = "{% highlight js %}b{% endhighlight %}";
    for (before, between) in [("", "\n"), (" a", "\n"), ("\n", "")] {
        let text = format!("{long}{before}\n{block}");
        assert_eq!(rewritten("a.md", &text), format!("{long}{before}{between}\n```js\nb\n```"), "{before:?}");
    }
}

#[test]
fn components_of_nuxt_within_a_line() {
    becomes(&[
        ("a :icon{name=\"x\"} b", "a  b"),
        ("Now :badge[New *x*]{color=\"red\"}.", "Now New *x*."),
        (":ellipsis{.blur}\n\nx", "\n\nx"),
        ("`:icon{name=\"x\"}`", "`:icon{name=\"x\"}`"),
        ("at 10:30{a=b}, x:y{z}, :smile: and :set{key}", "at 10:30{a=b}, x:y{z}, :smile: and :set{key}"),
        (":open{never=", ":open{never="),
    ]);
}
