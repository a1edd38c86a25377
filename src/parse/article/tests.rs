//! From bytes to an article's head: what is read, what is reported, where.

use super::*;
use crate::model::{ArticlePath, WrittenDate};
use crate::parse::Extent;
use proptest::prelude::*;

fn parse_bytes(path: &str, bytes: &[u8], extent: Extent) -> (Parsed, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let path = ArticlePath::new(path);
    let parsed =
        read(Head { path: &path, display_path: "x.md", bytes, extent }, &ContentRules::default(), &mut findings);
    (parsed, findings)
}

fn parse(file: &str) -> (RawArticle, Vec<(Code, u32, u32)>) {
    let (parsed, findings) = parse_bytes("x.md", file.as_bytes(), Extent::Whole);
    let said = findings.iter().map(|d| (d.code, d.at.line, d.at.column)).collect();
    match parsed {
        Parsed::Article(raw) => (*raw, said),
        other => panic!("{other:?} {findings:?}"),
    }
}

fn left_out(bytes: &[u8]) -> (Outcome, Vec<(Code, u32, u32)>) {
    let (parsed, findings) = parse_bytes("x.md", bytes, Extent::Whole);
    match parsed {
        Parsed::LeftOut(outcome) => (outcome, findings.iter().map(|d| (d.code, d.at.line, d.at.column)).collect()),
        other => panic!("{other:?}"),
    }
}

const SEED: &str = "```\n---\ntitle: \"Ethereum Layer 2\"\nslug: \"ethereum-layer-2\"\ndate: \"08.06.2025\"\ntag: \"Layer2\"\n\
img: \"https://i.ibb.co/a/b.webp\"\ndescription: \"О сети.\"\nalt: \"График\"\ntoc: true\nsource: \"DeFiBank\"\n\
feature: false\n---\n\n# Ethereum Layer 2\n\nТекст.\n```";

#[test]
fn reads_the_seed_dialect() {
    let (raw, said) = parse(SEED);
    assert_eq!(said, [(Code::FencedDocument, 1, 1)]);
    assert_eq!(raw.title.unwrap().value, "Ethereum Layer 2");
    assert_eq!(raw.slug.unwrap().value, "ethereum-layer-2");
    let day = chrono::NaiveDate::from_ymd_opt(2025, 6, 8).unwrap();
    assert_eq!(raw.date, Some(crate::model::Located::new(WrittenDate::Day(day), Place::new(5, 7, 12))));
    assert_eq!(raw.tags.iter().map(|t| t.value.as_str()).collect::<Vec<_>>(), ["Layer2"]);
    let image = raw.image.unwrap();
    assert_eq!((image.url.value.as_str(), image.alt.unwrap().value.as_str()), ("https://i.ibb.co/a/b.webp", "График"));
    assert_eq!(raw.source.unwrap().name.unwrap().value, "DeFiBank");
    assert!(!raw.featured && !raw.draft && raw.heading.is_none());
    assert_eq!((raw.head, raw.body.line), (Place::new(2, 1, 3), 14));
    assert_eq!(crate::parse::body(SEED, raw.body), "\n# Ethereum Layer 2\n\nТекст.\n");
}

#[test]
fn all_dialects_give_one_article() {
    for file in [
        "---\ntitle: A b\ndate: 2025-06-08\ntags: [x, y]\n---\n",
        "+++\ntitle = \"A b\"\ndate = 2025-06-08\ntags = [\"x\", \"y\"]\n+++\n",
        "{\"title\": \"A b\", \"date\": \"2025-06-08\", \"tags\": [\"x\", \"y\"]}\n",
        ";;;\n{\"title\": \"A b\", \"date\": \"2025-06-08\", \"tags\": [\"x\", \"y\"]}\n;;;\n",
        "Title: A b\nDate: 2025-06-08\nTags: x, y\n\n",
        "\u{feff}---\r\ntitle: A b\r\ndate: 2025-06-08\r\ntags: [x, y]\r\n---\r\n",
        "---\rtitle: A b\rdate: 2025-06-08\rtags: x,y\r---\r",
    ] {
        let (raw, said) = parse(file);
        assert_eq!(said, [], "{file:?}");
        assert_eq!(raw.title.unwrap().value, "A b", "{file:?}");
        assert!(matches!(raw.date.unwrap().value, WrittenDate::Day(_)), "{file:?}");
        assert_eq!(raw.tags.iter().map(|t| t.value.as_str()).collect::<Vec<_>>(), ["x", "y"], "{file:?}");
    }
}

#[test]
fn the_heading_is_read_where_the_title_needs_it() {
    let heading = |file| parse(file).0.heading.map(|h| (h.value, h.at.line));
    assert_eq!(heading("---\ndate: 2025-06-08\n---\n# One\n"), Some(("One".into(), 4)));
    assert_eq!(heading("---\ntitle: a-b-c\n---\n\n# One\n"), Some(("One".into(), 5)));
    assert_eq!(heading("---\ntitle: One\n---\n# Two\n"), None);
    let (parsed, said) = parse_bytes("x.md", b"```\n---\ntitle: a-b-c\n---\ntext\n", Extent::Start);
    assert!(matches!(parsed, Parsed::NeedsMore) && said.is_empty());
}

#[test]
fn no_article() {
    use Outcome::{Error, Other};
    assert_eq!(left_out(b""), (Other, vec![(Code::NoFrontMatter, 0, 0)]));
    assert_eq!(left_out(b"\n# Readme\n"), (Other, vec![(Code::NoFrontMatter, 2, 1)]));
    assert_eq!(left_out(b"---\ntitle: x\n"), (Error, vec![(Code::UnclosedFrontMatter, 1, 1)]));
    assert_eq!(left_out(b"---\n[a]\n---\n"), (Error, vec![(Code::FrontMatterSyntax, 2, 1)]));
    assert_eq!(left_out(b"---\nprose\n---\n"), (Error, vec![(Code::FrontMatterSyntax, 2, 1)]));
    assert_eq!(left_out(b"---\ntitle: caf\xe9\n---\n"), (Error, vec![(Code::NotUtf8, 2, 11)]));
    assert_eq!(left_out(b"\xff\xfe-\0"), (Error, vec![(Code::NotUtf8, 1, 1)]));
    assert_eq!(left_out(b"@def title = \"x\"\n"), (Error, vec![(Code::ForeignFrontMatter, 1, 1)]));
    let long = format!("---\ntitle: {}\n---\n", "x".repeat(70_000));
    assert_eq!(left_out(long.as_bytes()), (Error, vec![(Code::FrontMatterTooLarge, 1, 1)]));
}

#[test]
fn a_dated_path_makes_an_article_of_a_text_without_front_matter() {
    let (parsed, said) = parse_bytes("2020-05-02-hello.md", b"# Hello\n\ntext", Extent::Whole);
    let Parsed::Article(raw) = parsed else { panic!("{parsed:?}") };
    assert!(said.is_empty() && raw.date.is_some());
    assert_eq!((raw.heading.unwrap().value.as_str(), raw.body.offset), ("Hello", 0));
}

#[test]
fn broken_bytes_in_the_body_are_not_the_heads_business() {
    let (parsed, said) = parse_bytes("x.md", b"---\ntitle: X\n---\n\xff\xfe", Extent::Whole);
    assert!(matches!(parsed, Parsed::Article(_)) && said.is_empty());
}

#[test]
fn forbidden_characters_are_removed_and_named() {
    let (raw, said) = parse("---\ntitle: A\u{8}b \u{a0}]]>\ndescription: \"x\\u0008y\"\n---\n");
    assert_eq!(said, [(Code::ForbiddenCharacter, 2, 9), (Code::ForbiddenCharacter, 3, 14)]);
    assert_eq!(raw.title.unwrap().value, "Ab \u{a0}]]>");
    assert_eq!(raw.description.unwrap().value, "xy");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_cut_read_gives_what_a_whole_one_gives(parts in proptest::collection::vec(prop_oneof![
        Just("---\n"), Just("---\r\n"), Just("title: a-b-c\n"), Just("title: \"Ж\"\r\n"), Just("date: 30.02.2025\n"),
        Just("tag: [1, x]\n"), Just("# One\n"), Just("```\n"), Just("text\n"), Just("+++\n"), Just("a: \u{8}\n"),
        Just("{\"title\": 1}\n"), Just("===\n"), Just("\r"),
    ], 0..12), cut in 0usize..120) {
        let whole = parts.concat();
        let whole = whole.as_bytes();
        let start = &whole[..cut.min(whole.len())];
        let (parsed, said) = parse_bytes("x.md", start, Extent::Start);
        if matches!(parsed, Parsed::NeedsMore) {
            prop_assert!(said.is_empty());
        } else {
            let (whole, all) = parse_bytes("x.md", whole, Extent::Whole);
            prop_assert_eq!(format!("{parsed:?}"), format!("{whole:?}"));
            prop_assert_eq!(said, all);
        }
    }
}
