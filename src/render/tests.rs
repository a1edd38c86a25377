//! Laws of whole bodies and entries. The smaller laws stand beside their code.

use super::findings::BodyFindings;
use super::writer::Rendered;
use super::{markdown, sanitise};
use crate::diagnostic::{Code, Diagnostic, PolicyRules};
use crate::model::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn rendered(text: &str) -> (Rendered, Vec<Diagnostic>) {
    let base = AbsUrl::parse("https://e.org/a/").unwrap();
    let mut found = Vec::new();
    let mut findings = BodyFindings::new("a.md", 1, text, &mut found);
    let rendered = markdown::render(text, "The Title", &base, &mut findings);
    findings.finish();
    (rendered, found)
}

fn html(text: &str) -> String {
    rendered(text).0.html
}

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
    assert_eq!(html("```rust\nlet a < b && c;\n```"), "<pre><code>let a &lt; b &amp;&amp; c;\n</code></pre>");
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
    let excerpt = |text: &str| rendered(text).0.excerpt.map(|text| super::excerpt::cut(&text));
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

const PIECES: [&str; 60] = [
    "<script>",
    "</script>",
    "<script src=x",
    "<style>",
    "</style>",
    "<svg>",
    "</svg>",
    "<math>",
    "<iframe src=x>",
    "</iframe>",
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<b onclick=x>",
    "</b>",
    "<a href='javascript:x'>",
    "<a href=y>",
    "</a>",
    "<img src=x onerror=y>",
    "<img srcset='a, javascript:b 2x'>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<details open>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<pre>\n\n",
    "</pre>",
    "<title>",
    "<textarea>",
    "<noscript>",
    "<template>",
    "<select>",
    "<x-y>",
    "<foo>",
    "[a](",
    "b)",
    "javascript:",
    "data:",
    "![",
    "](x)",
    "*",
    "_",
    "`",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "| a |\n|--|\n| ",
    "[^1]",
    "\n[^1]: ",
    "&#106;&lt;script&gt; t",
];

fn bodies() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => ".{0,6}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| strip_forbidden(&pieces.concat()).0.replace('\r', "\n"))
}

/// Start tags of HTML that a parser has written: names, and attributes with their values.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let tokens = super::tags::Tokens::new(html);
    let tags = tokens.filter_map(|(_, token)| if let super::tags::Token::Tag(tag) = token { Some(tag) } else { None });
    tags.map(|tag| (tag.name.to_owned(), tag.attributes())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_gets_anything_dangerous_through(body in bodies()) {
        let page = html(&body);
        prop_assert_eq!(strip_forbidden(&page).1, None);
        for (name, attributes) in tags(&page) {
            prop_assert!(super::elements::KEPT.iter().any(|element| element.name == name), "<{}> in {}", name, page);
            for (attribute, value) in attributes {
                prop_assert!(!attribute.starts_with("on") && attribute != "style" && attribute != "class");
                if matches!(attribute.as_str(), "src" | "poster") {
                    prop_assert!(AbsUrl::parse(&value).is_ok_and(|url| url.as_str() == value), "{}", page);
                }
                if matches!(attribute.as_str(), "href" | "cite") {
                    prop_assert!(value.is_ascii() && ["https://", "http://", "mailto:", "tel:"].iter().any(|s| value.starts_with(s)));
                }
                if attribute == "srcset" {
                    prop_assert!(value.split(", ").all(|candidate| candidate.starts_with("https://")), "{}", page);
                }
            }
        }
    }

    #[test]
    fn what_is_clean_stays_as_it_is(body in bodies()) {
        let page = html(&body);
        let once = sanitise::clean(&page);
        prop_assert_eq!(sanitise::clean(&once), once);
    }

    #[test]
    fn bodies_without_raw_html_are_well_formed_without_the_sanitiser(body in bodies().prop_map(|b| b.replace('<', "("))) {
        let page = html(&body);
        prop_assert_eq!(sanitise::clean(&page).replace("&nbsp;", "\u{a0}"), page);
    }
}

struct Map(Result<String, BodyFault>, Option<ImageFacts>);

impl World for Map {
    fn read(&self, _: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
        Err(ReadFault::Unreadable("a map has no files".into()))
    }
    fn body(&self, _: &Article) -> Result<String, BodyFault> {
        self.0.clone()
    }
    fn image(&self, _: &Image) -> Option<ImageFacts> {
        self.1.clone()
    }
}

fn site() -> Site {
    let url = |text: &str| AbsUrl::parse(text).unwrap();
    Site {
        title: "Site".into(),
        url: url("https://e.org/"),
        description: None,
        lang: None,
        timezone: chrono_tz::UTC,
        since: None,
        authors: Vec::new(),
        image: None,
        copyright: None,
        content: ContentRules {
            dir: "content".into(),
            include: Vec::new(),
            exclude: Vec::new(),
            permalink: PermalinkPattern::default(),
        },
        output: OutputRules {
            dir: "feeds".into(),
            url: url("https://e.org/feeds/"),
            formats: Format::ALL.to_vec(),
            limit: 50,
            content: ContentMode::Both,
        },
        feeds: Vec::new(),
        aliases: BTreeMap::new(),
        sources: BTreeMap::new(),
        hubs: Vec::new(),
        credit: Credit::Shown,
        policy: PolicyRules::default(),
    }
}

fn article() -> Article {
    Article {
        path: ArticlePath::new("a.md"),
        id: EntryId::new("tag:e.org,2025:a").unwrap(),
        id_written: false,
        permalink: AbsUrl::parse("https://e.org/a/").unwrap(),
        slug: Slug::new("a").unwrap(),
        title: "The Title".into(),
        published: Timestamp::from_unix(1).unwrap(),
        precision: Precision::Written,
        updated: Timestamp::from_unix(2).unwrap(),
        expires: None,
        tags: vec![(TagKey::new("Layer2").unwrap(), "Layer2".into(), Place::WHOLE)],
        description: None,
        image: None,
        attribution: None,
        via: None,
        authors: Vec::new(),
        lang: None,
        featured: false,
        draft: false,
        body: BodyRef { offset: 0, line: 10, fenced: false },
        places: Places::default(),
    }
}

fn entry(article: &Article, body: Result<&str, BodyFault>) -> (Option<Entry>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let world = Map(body.map(str::to_owned), None);
    (super::entry(article, &TagTable::new(), &site(), &world, &mut found), found)
}

#[test]
fn an_entry_is_complete() {
    let tags =
        TagTable::from([(TagKey::new("layer2").unwrap(), Tag { label: "LAYER2".into(), slug: "layer2".into() })]);
    let facts = ImageFacts { length: 7, media_type: MediaType::new("image/png"), width: Some(1), height: Some(2) };
    let world = Map(Ok("# The Title\r\n\r\nПривет\r\n".into()), Some(facts));
    let image = AbsUrl::parse("https://i.ibb.co/x/a.webp").unwrap();
    let mut article = article();
    article.image = Some(Image { url: image.clone(), file: None, alt: Some(" a\n b".into()), at: Place::WHOLE });
    let mut found = Vec::new();
    let entry = super::entry(&article, &tags, &site(), &world, &mut found).unwrap();
    assert_eq!(entry.html, "<p>Привет</p>");
    assert_eq!(entry.summary, "Привет");
    assert_eq!(entry.tags, ["LAYER2"]);
    assert_eq!(entry.authors, [Person { name: "Site".into(), email: None, url: None }]);
    assert_eq!(entry.body_hash, blake3::hash("# The Title\r\n\r\nПривет\r\n".as_bytes()).to_hex().to_string());
    let enclosure = entry.image.unwrap();
    assert_eq!((enclosure.url, enclosure.length, enclosure.media_type.as_str()), (image, 7, "image/png"));
    assert_eq!(enclosure.alt.as_deref(), Some("a b"));
    assert_eq!(found.iter().map(|f| (f.code, f.at.line)).collect::<Vec<_>>(), [(Code::HeadingIsTitle, 10)]);
}

#[test]
fn faults_of_the_body_are_told_in_lines_of_the_file() {
    let (gone, found) = entry(&article(), Err(BodyFault::Unreadable("gone".into())));
    assert!(gone.is_none() && found[0].code == Code::UnreadableBody);
    let (rest, found) = entry(&article(), Err(BodyFault::NotUtf8 { line: 12, rest: "x".into() }));
    assert_eq!(rest.unwrap().html, "<p>x</p>");
    assert_eq!((found[0].code, found[0].at.line, found[0].path.as_str()), (Code::BodyNotUtf8, 12, "content/a.md"));
    let (empty, found) = entry(&article(), Ok(" \n<!-- -->\n"));
    assert_eq!((empty.unwrap().summary.as_str(), found.len()), ("The Title", 0));
    let (empty, found) = entry(&article(), Ok("\n \u{feff}"));
    assert!(empty.is_some() && found.iter().any(|f| f.code == Code::EmptyBody) || found.is_empty());
    let (_, found) = entry(&article(), Ok("a\n\nb\u{1}"));
    assert_eq!((found[0].code, found[0].at), (Code::ForbiddenBodyCharacter, Place::new(12, 2, 1)));
    let (_, found) = entry(&article(), Ok("a\n[b](javascript:x)"));
    assert_eq!((found[0].code, found[0].at.line), (Code::UnsafeLink, 11));
}

#[test]
fn an_image_of_unknown_type_is_left_out() {
    let mut article = article();
    let url = AbsUrl::parse("https://e.org/photo?id=1").unwrap();
    article.image = Some(Image { url, file: None, alt: None, at: Place::new(4, 6, 3) });
    let (entry, found) = entry(&article, Ok("x"));
    assert_eq!(entry.unwrap().image, None);
    assert_eq!((found[0].code, found[0].at), (Code::UnknownImageType, Place::new(4, 6, 3)));
}

#[test]
fn the_credit_line_speaks_the_language_of_the_article() {
    let credit = |article: &Article| entry(article, Ok("x")).0.unwrap().html;
    let mut article = article();
    let url = AbsUrl::parse("https://d.org/?a=1&b=2").ok();
    article.attribution =
        Some(Attribution { name: "A&B".into(), url: None, feed: None, title: "A&B".into(), id: None });
    assert_eq!(credit(&article), "<p>x</p>\n<p>Source: A&amp;B</p>");
    article.attribution = article.attribution.map(|a| Attribution { url, ..a });
    article.description = Some("Сеть достигла рубежа".into());
    assert_eq!(credit(&article), "<p>x</p>\n<p>Источник: <a href=\"https://d.org/?a=1&amp;b=2\">A&amp;B</a></p>");
    article.lang = Lang::new("de-AT");
    article.via = AbsUrl::parse("https://via.org/p").ok();
    assert_eq!(credit(&article), "<p>x</p>\n<p>Quelle: <a href=\"https://via.org/p\">A&amp;B</a></p>");
    article.attribution = None;
    assert_eq!(credit(&article), "<p>x</p>\n<p>Quelle: <a href=\"https://via.org/p\">via.org</a></p>");
}
