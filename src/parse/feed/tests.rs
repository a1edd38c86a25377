//! What the reader makes of odd and hostile documents. Whole feeds of every format are read in `tests/cli/adopt.rs`.

use super::*;
use proptest::prelude::*;

const RSS: &str = "<rss version=\"2.0\"><channel><title>T</title><item><guid>a</guid><link>https://e.org/a</link></item></channel></rss>";

fn ids(text: &str) -> Vec<String> {
    read(text.as_bytes()).unwrap().entries.into_iter().map(|entry| entry.id).collect()
}

#[test]
fn encodings_are_those_that_the_document_names() {
    let declared = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?>");
    let title = |bytes: &[u8]| read(bytes).unwrap().entries.remove(0).title;
    let item = |title: &[u8]| [&b"<rss><channel><item><title>"[..], title, b"</title></item></channel></rss>"].concat();
    let cyrillic = [declared("windows-1251").as_bytes(), &item(b"\xc6")].concat();
    assert_eq!(title(&cyrillic), "Ж");
    let wide: Vec<u8> = "\u{feff}<rss><channel><item><title>Ж</title></item></channel></rss>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(title(&wide), "Ж");
    let broken = [declared("utf-8").as_bytes(), &item(b"\xc6")].concat();
    assert_eq!(read(&broken), Err(FeedFault::Encoding("UTF-8".into())));
}

#[test]
fn prefixes_may_be_missing_or_others() {
    assert_eq!(ids("<feed><entry><id>tag:e.org,2024:1</id></entry></feed>"), ["tag:e.org,2024:1"]);
    let renamed = "<x:feed xmlns:x=\"http://www.w3.org/2005/Atom\"><x:entry><x:id>u:1</x:id></x:entry></x:feed>";
    assert_eq!(ids(renamed), ["u:1"]);
    let text = "<rss><channel><item><guid>a</guid><content:encoded>Body</content:encoded></item></channel></rss>";
    assert_eq!(read(text.as_bytes()).unwrap().entries.remove(0).text, "Body");
}

#[test]
fn an_id_is_as_written_and_its_link_serves_where_there_is_none() {
    assert_eq!(ids(RSS), ["a"]);
    assert_eq!(ids(&RSS.replace(">a<", ">\n  A &amp; b%20c  <")), ["A & b%20c"]);
    assert_eq!(ids(&RSS.replace("<guid>a</guid>", "")), ["https://e.org/a"]);
    assert_eq!(ids(&RSS.replace("<guid>a</guid>", "<guid/>")), ["https://e.org/a"]);
    assert!(!is_usable_id(&ids(&RSS.replace(">a<", ">&unknown;<")).remove(0)));
    for bad in ["", "a\u{1}", "a\nb", "a\u{85}"] {
        assert!(!is_usable_id(bad), "{bad:?}");
    }
    assert!(!is_usable_id(&"x".repeat(MAX_ID_BYTES + 1)) && is_usable_id("45863 at https://example.org"));
}

#[test]
fn what_is_too_much_is_refused() {
    let many = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(MAX_ENTRIES + 1));
    assert_eq!(read(many.as_bytes()), Err(FeedFault::TooMany));
    let many = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}1]}}", "1,".repeat(MAX_ENTRIES));
    assert_eq!(read(many.as_bytes()), Err(FeedFault::TooMany));
    let spaces: String = (0..10_000).map(|n| format!(" xmlns:p{n}=\"http://www.w3.org/2005/Atom\"")).collect();
    assert_eq!(ids(&RSS.replacen("<rss", &format!("<rss{spaces}"), 1)), ["a"]);
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let text = format!("{bomb}{}", RSS.replace("<title>T", "<title>&b;"));
    assert_eq!(ids(&text), ["a"]);
}

proptest! {
    #[test]
    fn no_document_ends_in_a_panic(at in 0..RSS.len(), with in "(\\PC|[<>&;/\"\\x00-\\x20]){0,12}", cut in 0..200_usize) {
        let mut bytes = RSS.as_bytes().to_vec();
        bytes.splice(at..(at + cut).min(RSS.len()), with.bytes());
        let _ = read(&bytes);
        let _ = read(format!("{{{with}").as_bytes());
    }
}
