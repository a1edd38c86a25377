//! Properties of pages: small, deterministic, safe for any article text, in the feed's own language and direction.

use crate::format::sample::{entries, feed, plain_entry, site, url};
use crate::format::{directory, document};
use crate::model::{
    Attribution, Axis, ContentMode, Directory, Enclosure, Entry, Feed, FeedAddresses, Format, Lang, MediaType,
    PageContext, Related, Site, Summary, Timestamp, Word,
};
use std::collections::BTreeMap;
use std::sync::Arc;

fn face(tongue: &str) -> PageContext {
    PageContext { site: "Site & Co".into(), tongue: tongue.into(), texts: BTreeMap::new(), related: Vec::new() }
}

fn with_page(folder: &str, tongue: &str, entries: Vec<Arc<Entry>>) -> Feed {
    Feed { face: Some(face(tongue)), ..feed("tag/x", folder, ContentMode::Both, entries) }
}

fn page(feed: &Feed) -> String {
    String::from_utf8(document(feed, Format::Page).unwrap().bytes).unwrap()
}

fn index(feeds: Vec<Summary>, site: &Site) -> String {
    let everything = with_page("", "ru", entries());
    let first = directory(&everything, &Directory { feeds }, site).next().unwrap().unwrap();
    assert_eq!((first.path.as_str(), first.topic.as_str()), ("index.html", "https://example.org/feeds/index.html"));
    String::from_utf8(first.bytes).unwrap()
}

fn tag(label: &str, slug: &str) -> Summary {
    Summary {
        name: format!("tag/{slug}"),
        axis: Some(Axis::Tag),
        label: label.into(),
        folder: format!("tags/{slug}/"),
        addresses: FeedAddresses::in_folder(&format!("tags/{slug}/")),
        title: format!("Site: {label}"),
        total: 123,
        newest: Timestamp::from_unix(0).unwrap(),
    }
}

/// As long as real entries are: Cyrillic, with image, source and a summary that was cut from the body.
fn russian(n: i64) -> Entry {
    let words =
        "Разбираем один час падения рынка поминутно: боты, аукционы и заёмщики, которых спасла медленная цена. ";
    Entry {
        title: "В контрактах zkSync Era заперто больше полумиллиарда долларов, и вынуть их нечем".into(),
        summary: words.repeat(3),
        image: Some(Enclosure {
            url: url(&format!("https://defibank.example/images/2025/06/zksync-era-locked-contracts-{n}.webp")),
            media_type: MediaType::new("image/webp").unwrap(),
            length: 1,
            width: Some(1200),
            height: Some(630),
            alt: Some("График: сколько средств заперто в контрактах, по месяцам, за два года".into()),
            duration: None,
        }),
        attribution: Some(Attribution {
            name: "Ончейн-обозрение".into(),
            url: Some(url("https://onchain.example/")),
            feed: None,
            title: "T".into(),
            id: None,
        }),
        permalink: url(&format!("https://defibank.example/v-kontraktah-zksync-era-zaperto-bolshe-{n}/")),
        ..plain_entry(n)
    }
}

#[test]
fn twenty_entries_fit_into_30_kilobytes() {
    let page = page(&with_page("tags/x/", "ru", (0..50).map(|n| Arc::new(russian(n))).collect()));
    assert_eq!(page.split_once("<ul class=\"entries\">").unwrap().1.matches("<h3 dir").count(), 20);
    assert!(page.len() < 30_000, "{} bytes", page.len());
    let hostile = Entry { title: "Ж".repeat(9000), summary: "😀 ".repeat(9000), ..russian(0) };
    let one = |entry: Entry| super::tests::page(&with_page("", "ru", vec![Arc::new(entry)])).len();
    assert!(one(hostile) < one(russian(0)) + 1500);
}

#[test]
fn a_tag_costs_the_index_120_bytes() {
    let site = site("https://example.org/");
    let tags = |many: usize| {
        let tags = (0..many).map(|n| tag(&format!("Криптовалюта {n}"), &format!("kriptovalyuta-{n}")));
        index(tags.collect(), &site).len()
    };
    let each = (tags(2010) - tags(10)) / 2000;
    assert!(each <= 120, "{each} bytes");
}

#[test]
fn hostile_text_stays_text() {
    let evil = "</title></style><script>alert(1)</script>\" onload=\"x\" '&lt; \u{202e}cba";
    let entry = Entry {
        title: evil.into(),
        summary: format!("{evil} more"),
        image: russian(0).image.map(|image| Enclosure { alt: Some(evil.into()), ..image }),
        attribution: Some(Attribution { name: evil.into(), url: None, feed: None, title: evil.into(), id: None }),
        ..plain_entry(0)
    };
    let related = vec![Related { label: evil.into(), folder: "tags/a/".into(), shared: 1 }];
    let texts = Word::ALL.map(|word| (word, evil.to_owned())).into();
    let face = PageContext { site: evil.into(), related, texts, ..face("ru") };
    let plain = page(&with_page("tags/x/", "ru", vec![Arc::new(entry.clone())]));
    let feed = Feed {
        title: evil.into(),
        description: format!("{evil}!"),
        face: Some(face),
        ..with_page("tags/x/", "ru", vec![Arc::new(entry)])
    };
    let page = page(&feed);
    for tag in ["<script", "</script>", "<style", "</style>", "</title>"] {
        assert_eq!(page.matches(tag).count(), 1, "{tag}");
    }
    assert!(!page.contains("\" onload=") && !page.contains("' onload="));
    assert!(page.contains("<bdi>&lt;/title&gt;"), "labels keep their direction to themselves");
    assert!(!plain.contains("style=") && !plain.contains("onclick"));
    let listed = index(vec![tag(evil, "evil")], &site("https://example.org/"));
    assert_eq!(listed.matches("<script").count(), 1);
}

#[test]
fn nothing_is_fetched_but_images_and_nothing_runs_but_the_script() {
    let page = page(&with_page("tags/x/", "ru", vec![Arc::new(russian(0))]));
    assert!(
        page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src https: http:;")
    );
    assert_eq!(page.matches(" src=").count(), page.matches("<img src=").count());
    assert!(!page.contains("<link rel=\"stylesheet\"") && !page.contains("<iframe"));
    let img =
        "<img src=\"https://defibank.example/images/2025/06/zksync-era-locked-contracts-0.webp\" alt=\"График: сколько";
    assert!(page.contains(img));
    assert!(page.contains("width=\"1200\" height=\"630\" loading=\"lazy\""));
}

#[test]
fn readers_find_the_feeds_and_people_the_links() {
    let page = page(&with_page("tags/x/", "en", entries()));
    let link = "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Feeds &lt;of&gt; Tom &amp; &quot;Jerry&quot; (RSS)\" \
                href=\"https://example.org/feeds/tags/x/rss.xml\">";
    assert!(page.contains(link), "{page}");
    assert_eq!(page.matches("<link rel=\"alternate\"").count(), 3);
    assert!(page.contains("<code dir=\"ltr\">https://example.org/feeds/tags/x/feed.json</code>"));
    assert!(page.contains("href=\"feed:https://example.org/feeds/tags/x/rss.xml\""));
    assert!(
        page.contains("https://feedly.com/i/subscription/feed/https%3A%2F%2Fexample.org%2Ffeeds%2Ftags%2Fx%2Frss.xml")
    );
    assert!(page.contains("<a href=\"../../\""), "the way to all feeds names no host");
    let json = Feed { formats: vec![Format::Json], ..with_page("tags/x/", "en", entries()) };
    assert!(super::tests::page(&json).contains("href=\"feed:https://example.org/feeds/tags/x/feed.json\""));
}

#[test]
fn languages_and_directions() {
    let head = |lang: &str, tongue: &str| {
        let feed = Feed { lang: Lang::new(lang), ..with_page("tags/x/", tongue, entries()) };
        page(&feed)
    };
    assert!(head("ru", "ru").starts_with("<!DOCTYPE html><html lang=\"ru\" dir=\"ltr\">"));
    assert!(head("ru", "ru").contains("<h2 id=\"new\">Последние статьи</h2>"));
    let hebrew = head("he", "en");
    assert!(hebrew.starts_with("<!DOCTYPE html><html lang=\"he\" dir=\"rtl\">"));
    assert!(hebrew.contains("<h2 id=\"new\" lang=\"en\">Latest articles</h2>"));
    assert!(hebrew.contains("<p class=\"about\" lang=\"en\" dir=\"auto\">"));
    assert!(head("en-GB", "en").contains("<time datetime=\"2025-06-07T21:00:00Z\">7 June 2025</time>"));
    assert!(head("ru", "ru").contains("<li lang=\"en-GB\">"), "an entry in another language says so");
}

#[test]
fn the_index_lists_families_by_label() {
    let site = site("https://example.org/");
    let custom = Summary { axis: None, folder: "best/".into(), ..tag("Лучшее", "best") };
    let author = Summary { axis: Some(Axis::Author), folder: "authors/ann/".into(), ..tag("Ann", "ann") };
    let everything = Summary { axis: None, folder: String::new(), ..tag("All", "") };
    let page = index(vec![everything, tag("b", "b"), tag("A", "a"), author, custom], &site);
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(at("Подборки") < at("<a href=\"best/\"><bdi>Лучшее</bdi><small>123</small></a>"));
    assert!(at("<a href=\"best/\">") < at("Метки"));
    assert!(at("<a href=\"tags/a/\">") < at("<a href=\"tags/b/\">") && at("<a href=\"tags/b/\">") < at("authors/ann/"));
    assert!(page.contains("href=\"feeds.opml\"") && page.contains("data-filter=\"Найти ленту\""));
    assert!(!index(Vec::new(), &site).contains("id=\"feeds\""), "a feed that is alone lists none");
}
