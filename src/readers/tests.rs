//! How readers display items, by the rules of the files in this folder; each test names the reader's source or thread.

use super::items::ItemPart;
use super::rules::{FILES, ImageGoes};
use super::*;

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:m="http://search.yahoo.com/mrss/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Channel</title><link>https://e.org/</link>
<item><title>One &amp; &lt;two&gt; &#8470;</title><link>https://e.org/one/?a=1&amp;b=2</link><description>Short.</description>
<enclosure url="https://e.org/e.png?a=1&amp;b=2" length="0" type="image/png"/><pubDate>Sun, 08 Jun 2025 00:00:00 +0000</pubDate>
<source url="https://s.org/rss.xml">Source</source><c:encoded><![CDATA[<p class="x"><img src="https://e.org/i.png" width="9" height="9"></p><p>Long &amp; whole.</p>]]></c:encoded>
<m:content url="https://e.org/m.png" medium="image"><m:thumbnail url="https://e.org/t.png"/></m:content><dc:date>2025-06-09T00:00:00Z</dc:date></item>
<item><title>Two</title><enclosure url="https://e.org/a.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"#;

fn reader(name: &str) -> &'static FeedReader {
    readers().iter().find(|reader| reader.name == name).unwrap()
}

fn taken<'a>(pick: &Pick<'a>) -> Option<(&'a str, &'a str)> {
    pick.taken.map(|offer| (offer.name, offer.value.as_str()))
}

fn dropped<'a>(pick: &Pick<'a>) -> Vec<&'a str> {
    pick.dropped.iter().map(|offer| offer.name).collect()
}

#[test]
fn an_item_offers_what_it_says_and_no_more() {
    let items = items(RSS.as_bytes(), Format::Rss);
    assert_eq!(items.len(), 2);
    assert_eq!((items[0].title(), items[0].link()), ("One & <two> №", "https://e.org/one/?a=1&b=2"));
    let offered: Vec<_> = items[0].offers.iter().map(|offer| (offer.name, offer.value.as_str())).collect();
    assert!(offered.contains(&("enclosure", "https://e.org/e.png?a=1&b=2")), "{offered:?}");
    assert!(offered.contains(&("media:thumbnail", "https://e.org/t.png")), "{offered:?}");
    assert!(offered.contains(&("<img>", "https://e.org/i.png")), "{offered:?}");
    assert!(items[0].first(ItemPart::FeaturedImg).is_none(), "nine pixels are no picture");
    let second: Vec<_> = items[1].offers.iter().map(|offer| offer.name).collect();
    assert_eq!(second, ["title"], "audio is no image");
}

#[test]
fn each_reader_takes_its_own_image() {
    let items = items(RSS.as_bytes(), Format::Rss);
    let image = |name: &str| taken(&reader(name).displays(&items[0]).image).unwrap().1.to_owned();
    assert_eq!(image("NetNewsWire"), "https://e.org/i.png");
    assert_eq!(image("Miniflux"), "https://e.org/t.png");
    assert_eq!(image("FreshRSS"), "https://e.org/t.png");
    assert_eq!(image("Mail digest"), "https://e.org/m.png");
    let displayed = reader("NetNewsWire").displays(&items[0]);
    assert_eq!(dropped(&displayed.image), ["enclosure", "media:content", "media:thumbnail"]);
    let offer = displayed.image.taken.unwrap();
    assert_eq!(ImageGoes::BeforeUnlessThere.describe(offer, &items[0]), "in the body already, so not added");
    let other = items[0].first(ItemPart::Thumbnail).unwrap();
    assert_eq!(ImageGoes::BeforeUnlessThere.describe(other, &items[0]), "added to the body");
}

#[test]
fn each_reader_takes_its_own_date_and_body() {
    let items = items(RSS.as_bytes(), Format::Rss);
    let date = |name: &str| taken(&reader(name).displays(&items[0]).date).unwrap().0;
    assert_eq!((date("Miniflux"), date("FreshRSS")), ("dc:date", "pubDate"));
    for name in ["NetNewsWire", "Miniflux", "FreshRSS"] {
        let displayed = reader(name).displays(&items[0]);
        assert_eq!(taken(&displayed.body).unwrap().0, "content:encoded", "{name}");
        assert_eq!(dropped(&displayed.body), ["description"], "{name}");
    }
    let digest = reader("Mail digest").displays(&items[0]);
    assert_eq!(
        (taken(&digest.body), dropped(&digest.body)),
        (Some(("description", "Short.")), vec!["content:encoded"])
    );
    assert_eq!(
        digest.lost.iter().map(|offer| offer.value.as_str()).collect::<Vec<_>>(),
        ["Source"],
        "no reader shows a source"
    );
    let bare = reader("Miniflux").displays(&items[1]);
    assert_eq!((bare.date.taken, bare.image.taken, bare.body.taken), (None, None, None));
}

#[test]
fn a_title_of_dublin_core_stands_above_in_miniflux_alone() {
    let text = r#"<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>A</title><dc:title>B</dc:title></item></channel></rss>"#;
    let items = items(text.as_bytes(), Format::Rss);
    let title = |name: &str| taken(&reader(name).displays(&items[0]).title).unwrap().1.to_owned();
    assert_eq!((title("Miniflux"), title("NetNewsWire"), title("FreshRSS")), ("B".into(), "A".into(), "A".into()));
}

#[test]
fn atom_is_read_by_its_namespace() {
    let text = r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:link href="https://e.org/x/"/>
<a:link rel="enclosure" type="image/png" href="https://e.org/e.png"/><a:link rel="via" href="https://s.org/"/>
<a:published>2025-01-01T00:00:00Z</a:published><a:updated>2025-02-01T00:00:00Z</a:updated><a:summary>S</a:summary>
<a:content type="html">&lt;p&gt;&lt;img class="featured" src="https://e.org/e.png"&gt;C&lt;/p&gt;</a:content>
<a:source><a:title>Elsewhere</a:title><a:updated>2020-01-01T00:00:00Z</a:updated></a:source></a:entry></a:feed>"#;
    let items = items(text.as_bytes(), Format::Atom);
    assert_eq!((items[0].title(), items[0].link()), ("T", "https://e.org/x/"));
    let digest = reader("Mail digest").displays(&items[0]);
    assert_eq!(taken(&digest.image), Some(("<img>", "https://e.org/e.png")));
    assert_eq!(dropped(&digest.image), [""; 0], "the enclosure has the same address: nothing is lost");
    assert_eq!(taken(&digest.date).unwrap().0, "published");
    assert_eq!(
        taken(&reader("NetNewsWire").displays(&items[0]).body),
        Some(("content", r#"<p><img class="featured" src="https://e.org/e.png">C</p>"#))
    );
}

#[test]
fn of_json_feed_images_count_only_as_attachments_or_in_the_body() {
    let text = r#"{"items":[{"id":"1","url":"https://e.org/","title":"T","content_text":"C","image":"https://e.org/i.png",
        "banner_image":"https://e.org/b.png","attachments":[{"url":"https://e.org/a.png","mime_type":"image/png"}]}]}"#;
    let items = items(text.as_bytes(), Format::Json);
    let displayed = reader("Miniflux").displays(&items[0]);
    assert_eq!(
        (taken(&displayed.image), dropped(&displayed.image)),
        (Some(("attachments", "https://e.org/a.png")), vec!["image", "banner_image"])
    );
    assert_eq!(reader("NetNewsWire").displays(&items[0]).image.taken, None);
    assert_eq!(taken(&displayed.body), Some(("content_text", "C")));
}

#[test]
fn nothing_breaks_on_what_is_no_feed() {
    for text in
        ["", "<", "{", "<rss><channel><item><title>A", "<item/>", "\u{0}", "[]", r#"{"items":[{"url":7}]}"#, "&&&;<img"]
    {
        for format in [Format::Rss, Format::Atom, Format::Json, Format::Page, Format::Opml] {
            let _ = items(text.as_bytes(), format);
        }
        let _ = prose(text, 3);
    }
    assert_eq!(prose("<p>One &amp; <b>two</b></p>&nbsp;&unknown; &", 40), "One & two &unknown; &");
    assert_eq!(prose("abc def", 3), "abc…");
}

#[test]
fn every_file_of_the_folder_is_in_the_list_and_can_be_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/readers");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".toml")?.to_owned()))
        .collect();
    let mut listed: Vec<&str> = FILES.map(|(name, _)| name).to_vec();
    there.sort();
    listed.sort_unstable();
    assert_eq!(there, listed);
    for (name, text) in FILES {
        let read: Result<FeedReader, _> = toml::from_str(text);
        assert!(read.as_ref().is_ok_and(|reader| !reader.formats.is_empty()), "{name}: {:?}", read.err());
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
    }
    let wrong = FILES[0].1.replace("key = [\"id\"", "key = [\"id+color\"");
    assert!(toml::from_str::<FeedReader>(&wrong).unwrap_err().to_string().contains("color"));
}

#[test]
fn authors_are_displayed_as_each_reader_does() {
    let rss = r#"<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator></item></channel></rss>"#;
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><author><name>Ann</name><uri>https://e.org/</uri></author>
        <author><name>Bob</name></author><source><author><name>Else</name></author></source></entry></feed>"#;
    let json = r#"{"items":[{"authors":[{"name":"Ann"},{"name":"Bob"}]}]}"#;
    for (text, format) in [(rss, Format::Rss), (atom, Format::Atom), (json, Format::Json)] {
        let items = items(text.as_bytes(), format);
        let names = |name: &str| {
            let displayed = reader(name).displays(&items[0]);
            displayed.authors.iter().map(|offer| offer.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names("FreshRSS"), ["Ann", "Bob"], "{format:?}");
        assert_eq!((names("Miniflux"), names("rss2email")), (vec!["Bob".to_owned()], vec!["Ann".to_owned()]));
        assert!(names("yarr").is_empty());
        assert_eq!(reader("yarr").displays(&items[0]).lost.len(), 2, "they are lost there");
    }
}
