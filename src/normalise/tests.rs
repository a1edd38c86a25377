//! Whole articles from written values to resolved ones: the two real-world forms, and unusual values.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::model::trial;
use crate::model::{
    Attribution, Place, Precision, RawAttribution, RawAuthor, RawImage, Since, WrittenDate, is_xml_char,
};
use chrono::NaiveDate;
use proptest::prelude::*;

fn at<T>(value: T, line: u32) -> Located<T> {
    Located::new(value, Place::new(line, 8, 1))
}

fn text(value: &str, line: u32) -> Option<Located<String>> {
    Some(at(value.to_owned(), line))
}

/// The user's second article: its title is a slug, it has neither slug nor heading.
fn slug_titled() -> RawArticle {
    RawArticle {
        path: ArticlePath::new("002_f3e0.md"),
        title: text("eth-l2-zksync-era-hits-500m-tvl", 2),
        date: Some(at(WrittenDate::Day(NaiveDate::from_ymd_opt(2025, 6, 8).unwrap()), 3)),
        tags: vec![at("Ethereum".into(), 4)],
        image: Some(RawImage {
            url: at("https://i.ibb.co/q/p.webp".into(), 5),
            alt: text("Логотип", 7),
            caption: None,
        }),
        description: text("zkSync Era преодолела $500M TVL, закрепив лидерство среди L2.", 6),
        source: Some(RawAttribution { name: text("DeFiBank", 9), url: None, feed: None }),
        head: Place::new(1, 1, 3),
        ..RawArticle::default()
    }
}

#[test]
fn a_real_article() {
    let mut site = trial::site("https://defibank.example/");
    site.timezone = chrono_tz::Tz::Europe__Moscow;
    site.since = Since::new("2025");
    let mut sink: Vec<Diagnostic> = Vec::new();
    let article = article(slug_titled(), &site, &mut sink).unwrap();
    assert_eq!(&*article.title, "zkSync Era преодолела $500M TVL, закрепив лидерство среди L2");
    assert_eq!(article.slug.as_str(), "eth-l2-zksync-era-hits-500m-tvl");
    assert_eq!(article.id.as_str(), "tag:defibank.example,2025:eth-l2-zksync-era-hits-500m-tvl");
    assert_eq!(article.permalink.as_str(), "https://defibank.example/eth-l2-zksync-era-hits-500m-tvl/");
    assert!(article.published.rfc3339().starts_with("2025-06-08T03:"));
    assert_eq!(article.precision, Precision::DayOnly);
    let image = article.image.as_ref().unwrap();
    assert_eq!(
        (image.url.as_str(), image.alt(), image.file.clone()),
        ("https://i.ibb.co/q/p.webp", Some("Логотип"), None)
    );
    let name = "DeFiBank".to_owned();
    let named = Attribution { title: name.clone(), name, url: None, feed: None, id: None };
    assert_eq!(article.attribution.as_deref(), Some(&named));
    let collection = collection(vec![article], &site, &BTreeMap::new(), &mut sink);
    assert_eq!(collection.tags.len(), 1);
    let reported: Vec<(Code, u32)> = sink.iter().map(|f| (f.code, f.at.line)).collect();
    let want = [(Code::TitleIsSlug, 2), (Code::MissingSlug, 1), (Code::DateWithoutTime, 3), (Code::UnknownSource, 9)];
    assert_eq!(reported, want);
}

#[test]
fn every_fault_is_told_at_once() {
    let raw = RawArticle {
        path: ArticlePath::new("a.md"),
        slug: text("../x", 2),
        lang: text("not a language", 3),
        tags: vec![at("".into(), 4)],
        canonical: text("ftp://e.org/", 5),
        image: Some(RawImage { url: at("../../x.png".into(), 6), alt: None, caption: None }),
        ..RawArticle::default()
    };
    let mut sink: Vec<Diagnostic> = Vec::new();
    assert!(article(raw, &trial::site("https://e.org/"), &mut sink).is_none());
    let reported: Vec<&str> = sink.iter().map(|f| f.code.id()).collect();
    assert_eq!(reported, ["A020", "A024", "A011", "A043", "A030", "A042", "A042"]);
    assert!(sink.iter().all(|f| f.help.is_some() && !f.message.is_empty()));
}

fn field() -> impl Strategy<Value = Option<Located<String>>> {
    let texts = prop_oneof![
        any::<String>(),
        "[a-z./\\\\:#?%& <>\u{0}\u{202e}я-]{0,20}",
        Just("../../etc/passwd".to_owned()),
        Just("x".repeat(70_000)),
        Just("https://u:p@[::1]:80/%zz".to_owned()),
        Just("<p <script>&#0;&amp;".repeat(900)),
    ];
    proptest::option::of(texts.prop_map(|t| at(t, 2)))
}

fn date() -> impl Strategy<Value = Option<Located<WrittenDate>>> {
    let day =
        (-300_000_000i32..3_000_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(n).unwrap_or(NaiveDate::MAX));
    let written = (day, any::<bool>()).prop_map(|(day, time)| {
        if time { WrittenDate::Local(day.and_hms_opt(2, 30, 0).unwrap()) } else { WrittenDate::Day(day) }
    });
    proptest::option::of(written.prop_map(|d| at(d, 3)))
}

fn raw() -> impl Strategy<Value = RawArticle> {
    let texts = [(); 12].map(|()| field());
    (texts, date(), date(), date(), "[a-z/.я ]{0,12}").prop_map(|(texts, date, updated, expires, path)| {
        let [title, heading, slug, id, permalink, canonical, tag, description, image, source, author, lang] = texts;
        RawArticle {
            path: ArticlePath::new(&path),
            tags: tag.into_iter().collect(),
            image: image.map(|url| RawImage { alt: Some(url.clone()), caption: None, url }),
            source: Some(RawAttribution { url: source.clone(), feed: source.clone(), name: source }),
            authors: author
                .iter()
                .map(|a| RawAuthor { name: a.clone(), email: Some(a.value.clone()), url: Some(a.value.clone()) })
                .collect(),
            title,
            heading,
            slug,
            id,
            permalink,
            canonical,
            description,
            lang,
            date,
            updated,
            expires,
            ..RawArticle::default()
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_written_is_survived(raws in proptest::collection::vec(raw(), 1..4)) {
        let mut site = trial::site("https://e.org/blog/");
        site.since = Since::new("2025");
        site.timezone = chrono_tz::Tz::America__Sao_Paulo;
        let mut sink: Vec<Diagnostic> = Vec::new();
        let placed = raws.into_iter().zip(0..).map(|(raw, n): (RawArticle, u8)| {
            RawArticle { path: ArticlePath::new(&format!("{n}/{}.md", raw.path)), ..raw }
        });
        let articles: Vec<Article> = placed.filter_map(|raw| article(raw, &site, &mut sink)).collect();
        let mut backwards = articles.clone();
        backwards.reverse();
        let collection = collection(articles, &site, &BTreeMap::new(), &mut sink);
        for article in &collection.articles {
            prop_assert!(!article.title.is_empty() && *article.title == *article.title.trim());
            prop_assert!(article.title.chars().all(|c| is_xml_char(c) && !matches!(c, '\n' | '\r' | '\t')));
            prop_assert!(!article.slug.as_str().contains(['/', '\\']));
            prop_assert!(article.updated >= article.published);
            prop_assert!(article.permalink.as_str().is_ascii() && !article.permalink.has_credentials());
        }
        for tag in collection.tags.values() {
            prop_assert!(!tag.label.is_empty() && tag.label.chars().count() <= 100);
        }
        prop_assert!(sink.iter().all(|f| f.message.chars().count() < 400));
        let mut again: Vec<Diagnostic> = Vec::new();
        let turned = super::collection(backwards, &site, &BTreeMap::new(), &mut again);
        prop_assert_eq!(turned.refused, collection.refused);
        prop_assert_eq!(turned.tags, collection.tags);
    }
}
