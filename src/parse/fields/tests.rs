//! The aliases and shapes of each field, as found in the survey.

use super::*;
use crate::model::{DateField, DateOrder, RawArticle, TagSeparator, WrittenDate};
use crate::parse::{tree::NodeKind, yaml};

fn read_at(path: &str, text: &str) -> (RawArticle, Vec<Diagnostic>) {
    let NodeKind::Map(pairs) = yaml::tree(text, 2).unwrap_or_else(|f| panic!("{text:?}: {f:?}")).kind else {
        panic!("{text:?}")
    };
    let mut findings = Vec::new();
    let raw = read(&pairs, &ArticlePath::new(path), &ContentRules::default(), "x.md", &mut findings);
    (raw, findings)
}

fn fields(text: &str) -> RawArticle {
    let (raw, findings) = read_at("x.md", text);
    assert!(findings.is_empty(), "{text:?}: {findings:?}");
    raw
}

fn findings(text: &str) -> Vec<(Code, u32, u32)> {
    read_at("x.md", text).1.iter().map(|d| (d.code, d.at.line, d.at.column)).collect()
}

fn value(field: Option<Located<String>>) -> Option<String> {
    field.map(|f| f.value)
}

#[test]
fn texts_have_aliases_and_no_types() {
    for text in ["title: A", "Title: A", "title: ' A '"] {
        assert_eq!(value(fields(text).title).as_deref(), Some("A"), "{text}");
    }
    assert_eq!(value(fields("title: 404").title).as_deref(), Some("404"));
    assert_eq!(value(fields("title: true").title).as_deref(), Some("true"));
    assert_eq!(value(fields("title: ''\nTitle: B").title), None);
    assert_eq!(value(fields("title: null").title), None);
    assert_eq!(value(fields("lang: no").lang).as_deref(), Some("no"));
    assert_eq!(value(fields("description: ''\nexcerpt: E").description).as_deref(), Some("E"));
    assert_eq!(value(fields("canonicalUrl: ''\ncanonicalURL: https://e.org/").canonical).unwrap(), "https://e.org/");
    assert_eq!(value(fields("cuid: ck1").id).as_deref(), Some("ck1"));
    assert_eq!(value(fields("id: 0012").id).as_deref(), Some("0012"));
    assert_eq!(findings("title: [a]\nlang: {a: b}"), [(Code::BadField, 2, 8), (Code::BadField, 3, 7)]);
}

#[test]
fn permalinks_are_addresses_or_paths() {
    let permalink = |text| value(fields(text).permalink);
    assert_eq!(permalink("permalink: /a/b/").as_deref(), Some("/a/b/"));
    assert_eq!(permalink("url: https://e.org/a").as_deref(), Some("https://e.org/a"));
    assert_eq!(permalink("path: 2020/01/02/x").as_deref(), Some("/2020/01/02/x/"));
    assert_eq!(permalink("permalink: false\nurl: /a").as_deref(), Some("/a"));
    let pattern = |text| fields(text).pattern.map(|p| p.value.to_string());
    assert_eq!(pattern("permalink: /:year/:title/").as_deref(), Some("/{year}/{slug}/"));
    assert_eq!(pattern("permalink: pretty").as_deref(), Some("/{categories}/{year}/{month}/{day}/{slug}/"));
    assert_eq!(pattern("permalink: /a/b/"), None);
    assert_eq!(findings("permalink: /:year/:hash/"), [(Code::BadUrl, 2, 12)]);
    assert_eq!(findings("permalink: 'blog/{{ title | slug }}/'\nurl: /a"), [(Code::BadUrl, 2, 12)]);
}

#[test]
fn dates_by_priority() {
    let date = |text| fields(text).date.map(|d| d.value);
    let day = |d| Some(WrittenDate::Day(chrono::NaiveDate::from_ymd_opt(2020, 5, d).unwrap()));
    assert_eq!(date("date: 2020-05-02\npublished_at: 2020-05-03"), day(2));
    assert_eq!(date("Date: 2.5.2020"), day(2));
    assert_eq!(date("date:\ndatePublished: 2020-05-03"), day(3));
    assert_eq!(date("published: 2 May 2020"), day(2));
    assert_eq!(date("published: true\npublished_at: 2020-05-04"), day(4));
    assert_eq!(date("extra: {created: 2020-05-05}"), day(5));
    assert_eq!(date("slug: 2020/05/06/x"), day(6));
    assert_eq!(date("permalink: /2020/05/07/x.html"), day(7));
    let (raw, _) = read_at("_posts/2020-05-08-x.md", "title: x");
    assert_eq!(raw.date.map(|d| d.value), day(8));
    let (raw, _) = read_at("_posts/2020-05-08-x.md", "date: 2020-05-09");
    assert_eq!(raw.date.map(|d| d.value), day(9));
    assert!(fields("updated: 2020-05-02").updated.is_some() && fields("lastmod: 2020-05-02").updated.is_some());
    assert!(fields("expires: 2020-05-02").expires.is_some() && fields("expirydate: 2020-05-02").expires.is_none());
}

#[test]
fn bad_dates_are_errors_unless_they_are_updates() {
    let (raw, said) = read_at("2020-05-02-x.md", "date: 2024-02-30");
    assert!(raw.date.is_none() && raw.date_is_bad);
    assert_eq!(&*said[0].message, "`date` is \"2024-02-30\": 2024-02-30 does not exist");
    assert_eq!((said[0].code, said[0].at.line, said[0].at.column), (Code::BadDate, 2, 7));
    let (raw, said) = read_at("x.md", "date: 2024-02-03\nexpires: soon");
    assert!(raw.date.is_none() && raw.date_is_bad && said[0].code == Code::BadDate);
    let (raw, said) = read_at("x.md", "date: 2024-02-03\nupdated: soon");
    assert!(raw.date.is_some() && !raw.date_is_bad && said[0].code == Code::BadField);
    assert_eq!(findings("date: 03/04/2020\nupdated: 2020-13-01"), [(Code::BadField, 3, 10)]);
    assert_eq!(findings("date: 30/30/2020\nupdated: 2020-13-01"), [(Code::BadDate, 2, 7), (Code::BadField, 3, 10)]);
    assert_eq!(findings("date: [2020-01-01]"), [(Code::BadDate, 2, 7)]);
}

#[test]
fn flags_hide_and_feature() {
    for text in ["draft: true", "draft: 'true'", "Draft: yes", "published: false", "hidden: true", "status: draft"] {
        assert!(fields(text).draft, "{text}");
    }
    for text in ["draft: null", "draft: false", "published: true", "published: 2 May 2020", "hidden: 'false'", "a: b"] {
        assert!(!fields(text).draft, "{text}");
    }
    assert!(fields("featured: true").featured && !fields("feature: false").featured);
    let (raw, said) = read_at("x.md", "draft: ture");
    assert!(raw.draft && said[0].code == Code::BadField);
    assert_eq!(findings("date: 2020-01-01\npublished: flase"), [(Code::BadField, 3, 12)]);
    assert_eq!(findings("published: 2017-02-29"), [(Code::BadDate, 2, 12)]);
    assert_eq!(findings("feature: much"), [(Code::BadField, 2, 10)]);
}

#[test]
fn tags_of_every_shape() {
    let tags = |text: &str| {
        let raw = fields(text);
        raw.tags.into_iter().chain(raw.categories).map(|t| t.value).collect::<Vec<_>>().join("|")
    };
    for (text, expected) in [
        ("tags: [a, b]", "a|b"),
        ("tag: Layer2", "Layer2"),
        ("tags: a, b , ,c", "a|b|c"),
        ("tags: ['a, b']", "a|b"),
        ("tags: ['Moscow, Russia', x]", "Moscow, Russia|x"),
        ("tag: every kid in a park", "every kid in a park"),
        ("tags: [47, TCP/IP, /etc/x.conf, '::selection']", "47|TCP/IP|/etc/x.conf|::selection"),
        ("tags: ['R&amp;D', 'a & b', 'c&d;']", "R&D|a & b|c&d;"),
        ("tags: [[a, b], [c]]", "a|b|c"),
        ("tags: [{name: a}, {title: b}]", "a|b"),
        ("tags: [a, null, a]", "a"),
        ("tags: [a, '']", "a|"),
        ("tags:\ncategories: []", ""),
        ("tags: ''", ""),
        ("tags: a; b", "a|b"),
        ("tags: [a]\ncategories: [b]\ncategory: c d\ntopics: [a]", "a|b|c d"),
        ("categories:\n- [a, b]\n- [a, c]\n- d", "a|b|c|d"),
        ("taxonomies: {tags: [a], theme-tags: [b], authors: [c]}", "a|b"),
        ("keywords: [a]", ""),
        ("tags: [no, 1.10]", "no|1.10"),
    ] {
        if text.contains("topics") {
            assert_eq!(tags(text), "a|b|c d");
        } else {
            assert_eq!(tags(text), expected, "{text}");
        }
    }
    assert_eq!(findings("tags: {a: b}"), [(Code::BadField, 2, 7)]);
}

#[test]
fn images_are_addresses() {
    let image = |text| fields(text).image.map(|i| (i.url.value, value(i.alt)));
    let is = |url: &str, alt: Option<&str>| Some((url.to_owned(), alt.map(str::to_owned)));
    assert_eq!(image("img: https://e.org/a.webp\nalt: A"), is("https://e.org/a.webp", Some("A")));
    assert_eq!(image("image: /a b.png\nimage_alt: A"), is("/a b.png", Some("A")));
    assert_eq!(image("image: false\nthumbnail: ''\nbanner: b.png"), is("b.png", None));
    assert_eq!(image("image: some-id\nhero: false\nphoto: true\nprimary_image: x/y"), None);
    assert_eq!(image("hero: {src: ./a.png, alt: A, contain: true}"), is("./a.png", Some("A")));
    assert_eq!(image("cover: {desktop: /d.png, mobile: /m.png, alt: A, author: B}"), is("/d.png", Some("A")));
    assert_eq!(image("featured_image: {uid: logo-1, alt: ''}"), None);
    assert_eq!(image("featured-image: {url: /a.png}\nalt: B"), is("/a.png", Some("B")));
    assert_eq!(image("images: [a.png, b.png]"), is("a.png", None));
    assert_eq!(image("image: '<a href=\"/x\">y</a>'"), None);
    assert_eq!(image("image: report.pdf-notes"), None);
}

#[test]
fn captions_and_files_beside_the_image() {
    let caption = |text| value(fields(text).image.and_then(|i| i.caption));
    assert_eq!(caption("img: /a.png\ncaption: C").as_deref(), Some("C"));
    assert_eq!(caption("image: /a.png\nimage_caption: C").as_deref(), Some("C"));
    assert_eq!(caption("image: {src: /a.png, caption: C}").as_deref(), Some("C"));
    assert_eq!(caption("image: /a.png\ncaption: false"), None);
    let file = |text| {
        let file = fields(text).enclosure?;
        Some([file.field.to_owned(), file.url.value, value(file.length).unwrap_or_default()].join("|"))
    };
    assert_eq!(file("audio: https://e.org/a.mp3").as_deref(), Some("audio|https://e.org/a.mp3|"));
    assert_eq!(file("video: a.mp4\naudio: false").as_deref(), Some("video|a.mp4|"));
    assert_eq!(file("enclosure: {url: /a.mp3, length: 12}").as_deref(), Some("enclosure|/a.mp3|12"));
    assert_eq!(file("audio: [{src: /a.mp3, size: 1}, /b.mp3]").as_deref(), Some("audio|/a.mp3|1"));
    for none in
        ["video: dQw4w9WgXcQ", "video: true", "audio: {title: x}", "audio:", "enclosure: '<audio src=\"/a.mp3\">'"]
    {
        assert_eq!(file(none), None, "{none}");
    }
}

#[test]
fn sources_of_every_shape() {
    let source =
        |text| fields(text).source.map(|s| [s.name, s.url, s.feed].map(|f| value(f).unwrap_or_default()).join("|"));
    for (text, expected) in [
        ("source: DeFiBank", Some("DeFiBank||")),
        ("source: {name: A, url: https://a.org/, feed: https://a.org/f}", Some("A|https://a.org/|https://a.org/f")),
        ("source: {title: A, url: https://a.org/}", Some("A|https://a.org/|")),
        ("source: 18f\nsource_url: https://a.org/", Some("18f|https://a.org/|")),
        ("source: https://a.org/x", Some("|https://a.org/x|")),
        ("originallink: https://a.org/x", Some("|https://a.org/x|")),
        ("via: A", Some("A||")),
        ("via: https://a.org/x", Some("|https://a.org/x|")),
        ("source: ''\nsource_url: ''", None),
        ("source:", None),
        ("originallink: /old/path", None),
        ("link: https://a.org/\nurl: /x", None),
    ] {
        assert_eq!(source(text).as_deref(), expected, "{text}");
    }
    assert_eq!(findings("source: [a]"), [(Code::BadField, 2, 9)]);
}

#[test]
fn authors_of_every_shape() {
    let authors = |text| {
        let said = |a: RawArticle| {
            a.authors
                .into_iter()
                .map(|a| format!("{};{};{}", a.name.value, a.email.unwrap_or_default(), a.url.unwrap_or_default()))
                .collect::<Vec<_>>()
                .join("|")
        };
        said(fields(text))
    };
    for (text, expected) in [
        ("author: Ann", "Ann;;"),
        ("author: 'A, B and C'", "A;;|B;;|C;;"),
        ("author: 'A, B, and C'", "A;;|B;;|C;;"),
        ("author: 'Аня и Боря'", "Аня;;|Боря;;"),
        ("author: 'Sammy Davis, Jr.'", "Sammy Davis, Jr.;;"),
        ("authors: [A, 'B, Inc.']", "A;;|B, Inc.;;"),
        ("author: 'Ann <ann@e.org>'", "Ann;ann@e.org;"),
        ("author: 'ann@e.org (Ann)'", "Ann;ann@e.org;"),
        ("author: ann@e.org", "ann;ann@e.org;"),
        ("author: 'Ann (https://e.org/)'", "Ann;;https://e.org/"),
        ("author: '<a href=\"https://e.org/\">Ann</a>'", "Ann;;https://e.org/"),
        ("author: 'Ann (editor)'", "Ann (editor);;"),
        ("author: {name: Ann, email: ann@e.org, homepage: https://e.org/}", "Ann;ann@e.org;https://e.org/"),
        ("authors: [{name: Ann, url: https://e.org/, title: Boss}, B]", "Ann;;https://e.org/|B;;"),
        ("extra: {author: {name: Ann, homepage: https://e.org/}}", "Ann;;https://e.org/"),
        ("author:\nauthors: [null, '', B]", "B;;"),
        ("author: Ann\nauthorlink: https://e.org/", "Ann;;https://e.org/"),
        ("by: [A]", "A;;"),
        ("translator: T", ""),
    ] {
        assert_eq!(authors(text), expected, "{text}");
    }
    assert_eq!(findings("author: true"), [(Code::BadField, 2, 9)]);
    assert_eq!(findings("authors: [{url: x}]"), [(Code::BadField, 2, 11)]);
}

#[test]
fn the_last_of_twins_counts_and_is_reported_once() {
    let (raw, said) = read_at("x.md", "title: A\nauthor:\ntitle: B\nauthor: Ann\ntitle: C");
    assert_eq!(value(raw.title).as_deref(), Some("C"));
    assert_eq!(raw.authors[0].name.value, "Ann");
    let messages: Vec<_> = said.iter().map(|d| (d.code, d.at.line, &*d.message)).collect();
    assert_eq!(
        messages,
        [
            (Code::DuplicateKey, 5, "`author` appears on line 3 and again on line 5; the last one is used"),
            (Code::DuplicateKey, 6, "`title` appears on line 2, 4 and again on line 6; the last one is used"),
        ]
    );
    assert_eq!(findings("extra: {a: 1, a: 2}"), [(Code::DuplicateKey, 2, 15)]);
}

fn ruled(rules: &ContentRules, text: &str) -> RawArticle {
    let NodeKind::Map(pairs) = yaml::tree(text, 2).unwrap().kind else { panic!("{text:?}") };
    read(&pairs, &ArticlePath::new("x.md"), rules, "x.md", &mut ())
}

#[test]
fn own_keys_go_first() {
    let mut rules = ContentRules::default();
    let pairs = [
        ("published", "extra.created"),
        ("title", "seo.title"),
        ("image", "social.card"),
        ("draft", "private"),
        ("tags", "keywords"),
        ("author", "by.line"),
        ("updated", "ms.date"),
        ("permalink", "route"),
    ];
    rules.fields = pairs.iter().map(|(field, key)| ((*field).to_owned(), vec![(*key).to_owned()])).collect();
    let text = "title: A\nseo: {title: B}\ndate: 2020-01-01\nextra: {created: 2020-01-02}\nsocial: {card: /a.png}\n\
                private: true\nkeywords: [k]\ntags: [t]\nby: {line: Ann}\nms.date: 2020-01-03\nroute: /r/";
    let raw = ruled(&rules, text);
    assert_eq!(value(raw.title).as_deref(), Some("B"));
    assert_eq!(raw.date.map(|d| d.value), Some(WrittenDate::Day("2020-01-02".parse().unwrap())));
    assert_eq!(raw.updated.map(|d| d.value), Some(WrittenDate::Day("2020-01-03".parse().unwrap())));
    assert_eq!(raw.image.map(|i| i.url.value).as_deref(), Some("/a.png"));
    assert_eq!(raw.tags.iter().map(|t| t.value.as_str()).collect::<Vec<_>>(), ["k", "t"]);
    assert_eq!((raw.draft, raw.authors[0].name.value.as_str()), (true, "Ann"));
    assert_eq!(value(raw.permalink).as_deref(), Some("/r/"));
    assert_eq!(value(ruled(&rules, "title: A").title).as_deref(), Some("A"));
}

#[test]
fn blanks_part_tags_where_the_engine_means_so() {
    let rules = ContentRules { tag_separator: TagSeparator::Space, ..ContentRules::default() };
    let all = |text: &str| {
        let raw = ruled(&rules, text);
        raw.tags.into_iter().chain(raw.categories).map(|t| t.value).collect::<Vec<_>>().join("|")
    };
    assert_eq!(all("tags: a b  c"), "a|b|c");
    assert_eq!(all("tags: a b, c"), "a b|c");
    assert_eq!(all("tags: [a b]"), "a b");
    assert_eq!(all("categories: a b\ncategory: c d"), "a|b|c d");
}

#[test]
fn dates_of_two_readings_wait() {
    let raw = fields("date: 03/04/2020 10:00\nupdated: 13/04/2020");
    let [date] = raw.unsettled.as_slice() else { panic!("{raw:?}") };
    assert_eq!((date.name.as_str(), date.field, date.at.line), ("date", DateField::Published, 2));
    assert_eq!(date.day_first, WrittenDate::Local("2020-04-03T10:00:00".parse().unwrap()));
    assert_eq!(date.month_first, WrittenDate::Local("2020-03-04T10:00:00".parse().unwrap()));
    assert_eq!((raw.orders, raw.date.is_none(), raw.date_is_bad), (vec![DateOrder::DayFirst], true, false));
    let rules = ContentRules { date_order: Some(DateOrder::MonthFirst), ..ContentRules::default() };
    let raw = ruled(&rules, "date: 03/04/2020");
    assert_eq!(raw.date.map(|d| d.value), Some(WrittenDate::Day("2020-03-04".parse().unwrap())));
    let rules = ContentRules { date_formats: vec!["%d/%m/%Y".into()], ..ContentRules::default() };
    let raw = ruled(&rules, "date: 03/04/2020\npublished: true");
    assert_eq!(raw.date.map(|d| d.value), Some(WrittenDate::Day("2020-04-03".parse().unwrap())));
}
