//! Runs the validator over `tests/corpus/feeds/<format>/`: each file lists in its first comment (JSON: in `_expect`)
//! the codes that must be found in it, and no others may be. `!CODE` must not be found; `ok-…` has none. `topic=URL`
//! gives the URL at which the document is served. To add a case, add a file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a case that cannot be read is a failed test")]

use feedmill::internals::diagnostic::{Code, Diagnostic};
use feedmill::internals::model::{AbsUrl, Format};
use feedmill::internals::validate::{self, Subject};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    path: PathBuf,
    format: Format,
    bytes: Vec<u8>,
    wanted: BTreeSet<String>,
    forbidden: BTreeSet<String>,
    topic: Option<AbsUrl>,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/feeds");
    let mut cases = Vec::new();
    for format in Format::ALL {
        let mut paths: Vec<_> =
            fs::read_dir(root.join(format.name())).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        cases.extend(paths.into_iter().map(|path| case(path, format)));
    }
    cases
}

fn case(path: PathBuf, format: Format) -> Case {
    let bytes = fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let expected = match format {
        Format::Json => text.split_once("\"_expect\"").and_then(|(_, rest)| Some(rest.split_once(']')?.0)),
        _ => text.split_once("<!--").and_then(|(_, rest)| Some(rest.split_once("-->")?.0)),
    };
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let words: Vec<&str> = expected
        .unwrap_or_else(|| panic!("{name} does not say what is expected"))
        .split(|c: char| c.is_whitespace() || "\",[{".contains(c))
        .collect();
    let codes = |sign: &str| -> BTreeSet<String> {
        let code = |word: &&str| word.strip_prefix(sign).filter(|id| Code::find(id).is_some()).map(str::to_owned);
        words.iter().filter_map(code).collect()
    };
    let topic = words.iter().find_map(|word| word.strip_prefix("topic=")).map(|url| AbsUrl::parse(url).unwrap());
    let case = Case { format, wanted: codes(""), forbidden: codes("!"), topic, bytes, path };
    let first = name.split('-').next().unwrap_or_default();
    assert!(first == "ok" || case.wanted.contains(first), "{name} is named by a code that it does not expect");
    assert!(first != "ok" || case.wanted.is_empty(), "{name} expects a finding");
    case
}

fn judge(case: &Case, rules: fn(Subject<'_>, &mut dyn feedmill::internals::diagnostic::Sink)) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let path = case.path.file_name().unwrap().to_string_lossy();
    let subject = Subject { path: &path, format: case.format, topic: case.topic.as_ref(), bytes: &case.bytes };
    rules(subject, &mut found);
    found
}

#[test]
fn every_document_is_judged_as_it_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = judge(&case, validate::document);
        let codes: BTreeSet<String> = found.iter().map(|f| f.code.id().to_owned()).collect();
        if codes != case.wanted || codes.intersection(&case.forbidden).next().is_some() {
            let reported: Vec<String> =
                found.iter().map(|f| format!("    {}:{} {} {}", f.at.line, f.at.column, f.code, f.message)).collect();
            wrong.push(format!("{}: wanted {:?}, found\n{}", case.path.display(), case.wanted, reported.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_quick_look_sees_what_no_build_may_publish() {
    for case in cases() {
        let found: BTreeSet<&str> = judge(&case, validate::verify).iter().map(|f| f.code.id()).collect();
        for code in ["F001", "F002"] {
            let root = case.path.to_string_lossy().contains("namespace-of-root");
            assert!(found.contains(code) == case.wanted.contains(code) || root, "{}: {code}", case.path.display());
        }
        assert!(found.iter().all(|code| case.wanted.contains(*code)), "{}: {found:?}", case.path.display());
    }
}

#[test]
fn every_code_of_documents_has_a_case() {
    let cases = cases();
    for code in Code::ALL.iter().filter(|code| code.id().starts_with('F') && code.id() != "F030") {
        assert!(cases.iter().any(|case| case.wanted.contains(code.id())), "{code} has no document that shows it");
        assert!(cases.iter().any(|case| !case.wanted.contains(code.id())), "{code} is in every document");
    }
    assert!(Format::ALL.iter().all(|format| cases.iter().any(|c| c.format == *format && c.wanted.is_empty())));
}

#[test]
fn findings_point_into_the_document() {
    for case in cases() {
        let lines = String::from_utf8_lossy(&case.bytes).lines().count() as u32 + 1;
        for finding in judge(&case, validate::document) {
            let at = finding.at;
            assert!((1..=lines).contains(&at.line) && at.column > 0, "{}: {at:?}", case.path.display());
            assert!(finding.help.is_some(), "{}: no help for {}", case.path.display(), finding.message);
        }
    }
}
