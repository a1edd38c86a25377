//! Properties of fixes: only the named lines change, a second fix changes nothing, and unverified edits are refused.

use super::*;
use crate::model::{ArticlePath, Extent};
use crate::parse::{self, Head, Overrides, Parsed};
use proptest::prelude::*;

/// Mends once: the syntax, then the rest, with this slug where none is written.
fn once(file: &[u8]) -> Result<(Vec<u8>, Vec<Edit>), Unproved> {
    let first = syntax(file);
    let readable = apply(file, &first);
    let path = ArticlePath::new("a.md");
    let site = parse::config(Some("site: {url: \"https://e.org/\"}"), "", &Overrides::default(), &mut ()).unwrap();
    let head = Head { path: &path, display_path: "a.md", bytes: &readable, extent: Extent::Whole };
    let Parsed::Article(raw) = parse::article(head, &site, &mut ()) else { return Ok((readable, first)) };
    let slug = Slug::new("the-slug").filter(|_| raw.slug.is_none());
    let second = self::head(&readable, Wish { raw: &raw, slug: slug.as_ref(), leave: &[] })?;
    let edits = merged(first.into_iter().chain(second).collect());
    let mended = apply(file, &edits);
    Ok((mended, edits))
}

#[track_caller]
fn mends(file: &str, expected: &str) {
    let (mended, edits) = once(file.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(mended.clone()).unwrap(), expected);
    let (again, more) = once(&mended).unwrap();
    assert_eq!((again, more), (mended, Vec::new()), "twice is once; first: {edits:?}");
}

#[test]
fn all_at_once() {
    mends(
        "```markdown\n---\n# c\ntitle: \"A: \"b\"\"\ndate: 08.06.2025 # d\ntitle: \"T\"\n\ntoc:   true\n---\nText.  \n```\n\n",
        "---\n# c\ndate: 2025-06-08 # d\ntitle: \"T\"\nslug: \"the-slug\"\n\ntoc:   true\n---\nText.  \n\n",
    );
}

#[test]
fn line_ends_marks_and_the_lack_of_an_end_stay() {
    mends(
        "\u{feff}---\r\ntitle: x\r\ndate: \"8.6.2025\"\r\n---\r\nText\r\nno end",
        "\u{feff}---\r\ntitle: x\r\nslug: the-slug\r\ndate: \"2025-06-08\"\r\n---\r\nText\r\nno end",
    );
    mends("---\rtitle: x\rdate: 2025/6/8\r---\rT\r", "---\rtitle: x\rslug: the-slug\rdate: 2025-06-08\r---\rT\r");
    mends(
        "\u{feff}```\r\n---\r\ntitle: x\r\nslug: y\r\n---\r\nT\r\n```",
        "\u{feff}---\r\ntitle: x\r\nslug: y\r\n---\r\nT\r\n",
    );
}

#[test]
fn every_dialect_gets_its_slug_and_its_dates() {
    mends("+++\n[extra]\ntitle = 'x'\n+++\n# H\n", "+++\nslug = \"the-slug\"\n[extra]\ntitle = 'x'\n+++\n# H\n");
    mends(
        "+++\ntitle = 'x'\ndate = \"2 May 2020\"\n[extra]\na = 1\n+++\n",
        "+++\ntitle = 'x'\nslug = 'the-slug'\ndate = \"2020-05-02\"\n[extra]\na = 1\n+++\n",
    );
    mends(
        "{\n  \"title\": \"x\",\n  \"date\": 1589000000\n}\nText\n",
        "{\n  \"slug\": \"the-slug\",\n  \"title\": \"x\",\n  \"date\": \"2020-05-09T04:53:20Z\"\n}\nText\n",
    );
    mends("Title: x\nDate: 2 May 2020 3:04\n\nText\n", "Title: x\nSlug: the-slug\nDate: 2020-05-02T03:04:00\n\nText\n");
    mends(
        "---\ntitle: >\n  x\n  y\ndate: 2020-01-01\n---\n",
        "---\ntitle: >\n  x\n  y\ndate: 2020-01-01\nslug: the-slug\n---\n",
    );
    mends("---\ntitle: 'x'\nslug:\n---\n", "---\ntitle: 'x'\nslug: 'the-slug'\n---\n");
    mends("---\nslug: \"\"\ntitle: x\n---\n", "---\nslug: the-slug\ntitle: x\n---\n");
    // A head in one line, and a number beside a date, stay as they are.
    mends("---\n{title: x, date: 2020-01-01}\n---\n", "---\n{title: x, date: 2020-01-01}\n---\n");
    mends("---\nslug: '20200502'\ntitle: x\n---\n", "---\nslug: '20200502'\ntitle: x\n---\n");
}

#[test]
fn losing_twins_go_with_their_lines() {
    mends(
        "---\nslug: s\ntags:\n  - a\n\n  - b\n# of the title\ntitle: x\ntags: [c]\nextra:\n  a: 1\n  a: |\n    # y\n---\n",
        "---\nslug: s\n# of the title\ntitle: x\ntags: [c]\nextra:\n  a: |\n    # y\n---\n",
    );
    mends("+++\nslug = 's'\ntitle = 'x'\ntitle = 'y'\n+++\n", "+++\nslug = 's'\ntitle = 'y'\n+++\n");
    // The winner is an alias of the loser: without it the head could not be read.
    let refused = once(b"---\ntitle: &t x\nslug: s\ntitle: *t\n---\n").unwrap_err();
    assert_eq!(refused.at.line, 2);
}

#[test]
fn fences_go() {
    mends("```\n---\ntitle: x\nslug: s\n---\n```\nText\n", "---\ntitle: x\nslug: s\n---\nText\n");
    mends("````md\n---\ntitle: x\nslug: s\n---\n```\na\n```\n````\n", "---\ntitle: x\nslug: s\n---\n```\na\n```\n");
    mends("```md\n---\ntitle: x\nslug: s\n---\nnever closed\n", "---\ntitle: x\nslug: s\n---\nnever closed\n");
}

#[test]
fn broken_values_are_quoted_and_other_faults_left() {
    mends(
        "---\ntitle: \"\"Are you there?\"\"\nslug: s\nd: Layer 2: now # c\nauthor: @me\n---\n",
        "---\ntitle: '\"Are you there?\"'\nslug: s\nd: \"Layer 2: now\" # c\nauthor: \"@me\"\n---\n",
    );
    for file in [
        "---\ntitle: \"open\nslug: s\n---\n",
        "---\ntitle: x\n\tslug: s\n---\n",
        "---\ntitle: Foo: bar\n  goes on\nslug: s\n---\n",
        "---\ntitle: x\nslug\n---\n",
        "+++\ntitle = x: y\n+++\n",
    ] {
        mends(file, file);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn no_file_is_harmed(parts in proptest::collection::vec(prop_oneof![
        Just("---\n"), Just("```\n"), Just("```md\n"), Just("title: x\n"), Just("title: 'y'\r\n"), Just("date: 8.6.2025\n"),
        Just("date: \"2 May 2020\"\n"), Just("slug:\n"), Just("slug: s\n"), Just("a: b: c\n"), Just("a: \"\"x\"\"\n"),
        Just("  k: v\n"), Just("- i\n"), Just("# c\n"), Just("\n"), Just("+++\n"), Just("title = 'x'\n"), Just("[t]\n"),
        Just("{\n"), Just("\"title\": \"x\",\n"), Just("}\n"), Just("a: &b [c]\n"), Just("d: *b\n"), Just("text"), Just("\u{feff}"),
        Just("e: |\n"), Just("updated: *b\n"), Just("f: {a: 1, a: 2}\n"), Just("\r"),
    ], 0..14)) {
        let file = parts.concat().into_bytes();
        if let Ok((mended, edits)) = once(&file) {
            prop_assert_eq!(edits.is_empty(), mended == file);
            let second = once(&mended);
            prop_assert!(second.as_ref().is_ok_and(|(_, edits)| edits.is_empty()), "{:?}\n{:?}", String::from_utf8_lossy(&mended), second);
        }
    }
}
