//! The corpus: every file of `tests/corpus/articles` and every folder of `tests/corpus/sites` is a case for the real
//! binary. Adding a case is adding a file. `FEEDMILL_CASE=part-of-a-name` runs some of them alone;
//! `FEEDMILL_BLESS=1` writes what the binary did as what the sites expect.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/markers.rs"]
mod markers;
#[path = "support/project.rs"]
mod project;

use markers::Markers;
use project::{NOW, Ran, TestProject, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The site every article case is put into, beside a healthy neighbour that no fault may touch.
const SITE: &str = r#"site: {title: Corpus, url: "https://example.org/", language: en, timezone: Europe/Moscow}
sources: {Known: {url: "https://known.example/", feed: "https://known.example/rss.xml"}}
"#;
const NEIGHBOUR: &str = "---\ntitle: A healthy neighbour\nslug: a-healthy-neighbour\ndate: 2001-02-03T04:05:06Z\n\
                         tag: Neighbourhood\nimg: https://example.org/n.png\nalt: Next door\ndescription: It is well.\n---\n\nIt is well.\n";

fn corpus(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder)
}

/// The entries of a corpus folder, in order, narrowed by `FEEDMILL_CASE`.
fn cases(folder: &str, is_case: impl Fn(&Path) -> bool) -> Vec<(String, PathBuf)> {
    let only = std::env::var("FEEDMILL_CASE").unwrap_or_default();
    let mut cases: Vec<_> = std::fs::read_dir(corpus(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| is_case(path))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.contains(&only))
        .collect();
    cases.sort();
    cases
}

#[test]
fn every_article_is_reported_as_it_says() {
    let mut breaches = Vec::new();
    for (name, path) in cases("articles", |p| p.extension().is_some_and(|e| e == "md" || e == "markdown")) {
        let found = article_breaches(&name, &path);
        breaches.extend(found.into_iter().map(|breach| format!("tests/corpus/articles/{name}:{breach}")));
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

fn article_breaches(name: &str, path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap();
    let mut markers = Markers::parse(&String::from_utf8_lossy(&bytes));
    if let Ok(expect) = std::fs::read_to_string(path.with_extension("expect")) {
        markers.expect(&expect);
    }

    let project = TestProject::empty();
    project.write("feedmill.yaml", SITE);
    project.write("content/neighbour.markdown", NEIGHBOUR);
    project.write(&format!("content/{name}"), &bytes);
    let ran = project.run(&["check", "--report", "json"]);
    if !matches!(ran.code, 0 | 1) {
        return vec![format!("0: exit code {}\n{}{}", ran.code, ran.stdout, ran.stderr)];
    }
    let report = ran.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut findings = BTreeSet::new();
    for finding in report["diagnostics"].as_array().unwrap() {
        let own = finding["path"].as_str() == Some(&format!("content/{name}"));
        let line = if own { finding["line"].as_u64().unwrap_or(0) } else { 0 };
        findings.insert((line, text(&finding["code"]), text(&finding["severity"])));
    }
    let mut breaches = markers.breaches(&findings);
    if report["articles"]["accepted"].as_u64().unwrap_or(0) == 0 {
        breaches.push("0: it has stopped its healthy neighbour".into());
    }
    breaches
}

#[test]
fn every_site_gives_its_bytes_and_its_report() {
    let bless = std::env::var_os("FEEDMILL_BLESS").is_some();
    let mut breaches = Vec::new();
    for (name, path) in cases("sites", Path::is_dir) {
        let (feeds, report) = built(&path);
        if bless {
            write_expected(&path, &feeds, &report);
        }
        breaches.extend(site_breaches(&path, &feeds, &report).into_iter().map(|breach| format!("{name}: {breach}")));
    }
    assert!(
        breaches.is_empty(),
        "\n{}\n\nIf this is what should come out: FEEDMILL_BLESS=1 cargo test --test corpus, then read `git diff`.\n",
        breaches.join("\n")
    );
}

/// Builds a copy of a site. `before/` is what `feeds/` holds before the run; `args` adds to the command line, one
/// argument a line; `check` as its first line takes the place of `build`.
fn built(site: &Path) -> (BTreeMap<String, Vec<u8>>, String) {
    let project = TestProject::empty();
    for (path, bytes) in tree(site) {
        match path.split_once('/') {
            Some(("before", inner)) => project.write(&format!("feeds/{inner}"), bytes),
            Some(("feeds", _)) => {}
            Some(_) => project.write(&path, bytes),
            None if matches!(path.as_str(), "feedmill.yaml" | "images.lock") => project.write(&path, bytes),
            None => {}
        }
    }
    let more = std::fs::read_to_string(site.join("args")).unwrap_or_default();
    let more: Vec<&str> = more.lines().filter(|line| !line.is_empty()).collect();
    let (command, more) = match more.split_first() {
        Some((&"check", rest)) => ("check", rest),
        _ => ("build", more.as_slice()),
    };
    let args = [&[command, "--report", "short", "-v"], more].concat();
    let ran = project.run(&args);
    (project.tree("feeds"), reported(&args, &ran, project.root()))
}

/// Everything the run said, without times and the name of the temporary folder.
fn reported(args: &[&str], ran: &Ran, root: &Path) -> String {
    let said = format!("$ feedmill {} --now {NOW}\n{}{}exit {}\n", args.join(" "), ran.stderr, ran.stdout, ran.code);
    without_times(&said.replace(&*root.to_string_lossy(), "<site>"))
}

/// `in 12 ms`, `in 0.3 s`: a number between `in` and a unit of time becomes `_`. The stages of the run and their shares of
/// it are left out.
fn without_times(text: &str) -> String {
    let untimed = |line: &&str| !line.starts_with("  stage ") && !line.starts_with("  slowest ");
    let lines = text.lines().filter(untimed).map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let displayed = words.iter().enumerate().map(|(i, word)| {
            let number = word.chars().all(|c| c.is_ascii_digit() || c == '.') && !word.is_empty();
            let unit = words.get(i + 1).is_some_and(|w| matches!(w.trim_end_matches(['.', ',', ')']), "ms" | "s"));
            if number && unit { "_" } else { word }
        });
        displayed.collect::<Vec<_>>().join(" ") + "\n"
    });
    lines.collect()
}

fn write_expected(site: &Path, feeds: &BTreeMap<String, Vec<u8>>, report: &str) {
    let _ = std::fs::remove_dir_all(site.join("feeds"));
    for (path, bytes) in feeds {
        let path = site.join("feeds").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    std::fs::write(site.join("report.txt"), report).unwrap();
}

fn site_breaches(site: &Path, feeds: &BTreeMap<String, Vec<u8>>, report: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    let expected = std::fs::read_to_string(site.join("report.txt")).unwrap_or_default();
    if let Some(difference) = first_difference(&expected, report) {
        breaches.push(format!("report.txt {difference}"));
    }
    let expected = tree(&site.join("feeds"));
    for path in expected.keys().chain(feeds.keys()).collect::<BTreeSet<_>>() {
        match (expected.get(path), feeds.get(path)) {
            (Some(_), None) => breaches.push(format!("feeds/{path} is expected and was not written")),
            (None, Some(_)) => breaches.push(format!("feeds/{path} was written and is not expected")),
            (Some(old), Some(new)) => {
                let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
                breaches.extend(first_difference(&old, &new).map(|difference| format!("feeds/{path} {difference}")));
            }
            (None, None) => {}
        }
    }
    breaches
}

fn first_difference(expected: &str, found: &str) -> Option<String> {
    let (mut old, mut new) = (expected.split('\n'), found.split('\n'));
    let (line, old, new) = (1..).find_map(|line| match (old.next(), new.next()) {
        (None, None) => Some(None),
        (a, b) if a == b => None,
        (a, b) => Some(Some((line, a.unwrap_or("(end)"), b.unwrap_or("(end)")))),
    })??;
    let column = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    let displayed = |text: &str| text.chars().skip(column.saturating_sub(40)).take(100).collect::<String>();
    Some(format!(
        "differs on line {line}, column {}:\n    expected: {:?}\n    found:    {:?}",
        column + 1,
        displayed(old),
        displayed(new)
    ))
}
