//! The table of delimiters, the refused heads, and that a partial read never gives a wrong answer.

use super::*;
use proptest::prelude::*;

/// Dialect, text, first line, where the body begins (its text and line), what wraps it.
fn head(file: &str) -> (Dialect, String, u32, String, u32, Wrap) {
    match find(file.as_bytes(), Extent::Whole) {
        FoundFence::Head(h) => {
            let text = String::from_utf8_lossy(h.text).into_owned();
            let body = file[h.body.offset as usize..].to_owned();
            (h.dialect, text, h.first_line, body, h.body.line, h.wrap)
        }
        other => panic!("{file:?}: {other:?}"),
    }
}

#[test]
fn reads_every_delimiter() {
    use Dialect::{Json, Lines, Toml, Yaml};
    let table = [
        ("---\na: 1\n---\nbody", Yaml, "a: 1\n", 2, "body", 4),
        ("---\na: 1\n...\nbody", Yaml, "a: 1\n", 2, "body", 4),
        ("---\na: 1\n---", Yaml, "a: 1\n", 2, "", 4),
        ("---\n---\n", Yaml, "", 2, "", 3),
        ("\u{feff}---\r\na: 1\r\n---\r\nbody", Yaml, "a: 1\r\n", 2, "body", 4),
        ("---\ra: 1\r---\rbody", Yaml, "a: 1\r", 2, "body", 4),
        ("---\na: 1\r\n---\rbody", Yaml, "a: 1\r\n", 2, "body", 4),
        ("\n \t\r\n---  \na: 1\n--- \t\nbody", Yaml, "a: 1\n", 4, "body", 6),
        ("---\na: |\n  ---\n---\nbody", Yaml, "a: |\n  ---\n", 2, "body", 5),
        (" ---\n a: 1\n ---\nbody", Yaml, " a: 1\n", 2, "body", 4),
        ("---\na: 1\n---\n\n---\nb\n---\n", Yaml, "a: 1\n", 2, "\n---\nb\n---\n", 4),
        ("--- toml\na = 1\n---\n", Toml, "a = 1\n", 2, "", 4),
        ("+++\na = 1\n+++        \nbody", Toml, "a = 1\n", 2, "body", 4),
        (";;;\n\"a\": 1\n;;;\nbody", Json, "\"a\": 1\n", 2, "body", 4),
        ("{\n\"a\": \"}\\\"{\"\n}\nbody", Json, "{\n\"a\": \"}\\\"{\"\n}", 1, "body", 4),
        ("\n{\"a\": {}} \n\nbody", Json, "{\"a\": {}}", 2, "\nbody", 3),
        ("{}body", Json, "{}", 1, "body", 1),
        ("```toml\na = 1\n```\nbody", Toml, "a = 1\n", 2, "body", 4),
        ("~~~ yaml\na: 1\n~~~\nbody", Yaml, "a: 1\n", 2, "body", 4),
        ("```yaml\n---\na: 1\n---\n```\nbody", Yaml, "a: 1\n", 3, "body", 6),
        ("<!--\n.. title: x\n-->\nbody", Lines, ".. title: x\n", 2, "body", 4),
        ("Title: x\nDate: 2020-01-01\n\nbody", Lines, "Title: x\nDate: 2020-01-01\n", 1, "body", 4),
        ("title: x\ntags:\n  - a\n---\nbody", Yaml, "title: x\ntags:\n  - a\n", 1, "body", 5),
    ];
    for (file, dialect, text, first_line, body, line) in table {
        let found = head(file);
        assert_eq!(found, (dialect, text.into(), first_line, body.into(), line, Wrap::None), "{file:?}");
    }
}

#[test]
fn takes_a_code_fence_off() {
    let fence = Place::new(1, 1, 3);
    for file in ["```\n---\na: 1\n---\n\nText.\n```", "```\n\n---\na: 1\n---\nText.\n```\n"] {
        let FoundFence::Head(found) = find(file.as_bytes(), Extent::Whole) else { panic!("{file:?}") };
        assert!(found.body.fenced);
        assert_eq!((found.wrap, found.text), (Wrap::Document(fence), b"a: 1\n".as_slice()));
        assert_eq!(crate::parse::body(file, found.body).trim(), "Text.");
    }
    let (.., body, line, wrap) = head("```\n---\na: 1\n---\n\n```\nText.");
    assert_eq!((body.as_str(), line, wrap), ("Text.", 7, Wrap::Head(fence)));
    let (.., wrap) = head("```markdown\n---\na: 1\n---\nText.\n```\n");
    assert_eq!(wrap, Wrap::Document(Place::new(1, 1, 11)));
    let (.., wrap) = head("```yaml\n---\na: 1\n---\nText.\n```\n");
    assert!(matches!(wrap, Wrap::Document(_)));
}

#[test]
fn text_is_no_front_matter() {
    for file in [
        "# Title\n\ntext",
        "Note: this is prose.\n\ntext",
        "Title: x\nprose",
        "```\ncode\n```\n",
        "```\n{\n\"a\": 1\n}\n```\n",
        "```rust\n---\n",
        "{% include x %}\n",
        "{{< x >}}\n",
        "{\nprose",
        "----\na: 1\n----\n",
        "<!-- a comment -->\n---\n",
        "http://e.org: x\n\n",
        "a - b\n---\n",
    ] {
        let found = find(file.as_bytes(), Extent::Whole);
        assert!(matches!(found, FoundFence::Absent(body) if body.offset == 0 && body.line == 1), "{file:?}: {found:?}");
    }
    assert_eq!(find(b"", Extent::Whole), FoundFence::Empty);
    assert_eq!(find("\u{feff}\n \r\n".as_bytes(), Extent::Whole), FoundFence::Empty);
}

#[test]
fn refuses_by_name() {
    let fault = |file: &[u8]| match find(file, Extent::Whole) {
        FoundFence::Fault(fault) => fault,
        other => panic!("{other:?}"),
    };
    for (file, closing) in [("---\na: 1\n", "---"), ("+++\n", "+++"), ("{\n\"a\": 1\n", "}"), ("```toml\na", "```")] {
        assert!(matches!(fault(file.as_bytes()), Fault::Unclosed { closing: c, .. } if c == closing), "{file:?}");
    }
    for (file, engine) in [
        ("<!-- .. title: x -->\n", HeadEngine::Nikola),
        (".. title: x\n", HeadEngine::Nikola),
        ("@def title = \"x\"\n", HeadEngine::Franklin),
        ("[#]: collector: (x)\n", HeadEngine::LinkComment),
    ] {
        assert!(matches!(fault(file.as_bytes()), Fault::Foreign(e, _) if e == engine), "{file:?}");
    }
    for file in [b"\xff\xfe-\0-\0".as_slice(), b"\xfe\xff\0-", b"-\0-\0-\0\n"] {
        assert!(matches!(fault(file), Fault::NotText(_)));
    }
}

#[test]
fn sixty_four_kibibytes_and_no_more() {
    let file = |n: usize| format!("---\n{}\n---\n", "a".repeat(n - 1));
    assert!(matches!(find(file(LIMIT).as_bytes(), Extent::Whole), FoundFence::Head(_)));
    let fault = FoundFence::Fault(Fault::TooLarge(Place::new(1, 1, 3)));
    assert_eq!(find(file(LIMIT + 1).as_bytes(), Extent::Whole), fault);
    let endless = format!("---\n{}", "a: b\n".repeat(LIMIT));
    assert_eq!(find(endless.as_bytes(), Extent::Whole), fault);
    assert_eq!(find(&endless.as_bytes()[..LIMIT + 100], Extent::Start), fault);
    assert_eq!(find(&endless.as_bytes()[..4096], Extent::Start), FoundFence::Cut);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_cut_read_never_lies(parts in proptest::collection::vec(prop_oneof![
        Just("\u{feff}"), Just("\n"), Just("\r\n"), Just("\r"), Just(" "), Just("---"), Just("..."), Just("+++"),
        Just("```"), Just("```toml"), Just("{"), Just("}"), Just("\"a\": 1"), Just("a: 1"), Just("Title: x"),
        Just("  - b"), Just(";;;"), Just("<!--"), Just(".. title: x"), Just("ж"), Just("# H"), Just("\0"),
    ], 0..16), cut in 0usize..80) {
        let whole = parts.concat();
        let whole = whole.as_bytes();
        let start = &whole[..cut.min(whole.len())];
        let known = find(start, Extent::Start);
        prop_assert!(known == FoundFence::Cut || known == find(whole, Extent::Whole), "{:?}", known);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = find(&bytes, Extent::Whole);
        let _ = find(&bytes, Extent::Start);
    }
}
