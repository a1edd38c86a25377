//! Sites that their engines built (`tests/engines/README.md`): `init` and `build` on the same sources must give the links, ids and
//! dates that the engine's feeds have, at the same addresses. `tests/engines/expected.tsv` has the least number of each (`extra`: the most). When a rule is
//! added, `FEEDMILL_BLESS=1` writes the new numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "engines/feeds.rs"]
mod feeds;

use feeds::{Fact, instant};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How many entries of an engine's feeds feedmill writes alike.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Score {
    links: usize,
    ids: usize,
    dates: usize,
    /// Entries of the engine that are posts.
    of: usize,
    /// Those that have a date other than the time of the build.
    dated: usize,
    /// Entries that only feedmill has.
    extra: usize,
    /// Addresses of the engine's feeds at which feedmill writes one.
    kept: usize,
    /// Addresses of the engine's feeds.
    feeds: usize,
}

impl Score {
    fn columns(&self) -> [usize; 8] {
        [self.links, self.ids, self.dates, self.of, self.dated, self.extra, self.kept, self.feeds]
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines")
}

#[test]
fn feeds_are_as_the_engines_wrote_them() {
    let expected = expected();
    let mut table = String::from("engine\tlinks\tids\tdates\tof\tdated\textra\tkept\tfeeds\n");
    let mut worse = Vec::new();
    let mut differences = String::new();
    let names = names();
    for name in &names {
        let score = compare(name, &mut differences);
        let columns = score.columns();
        writeln!(table, "{name}\t{}", columns.map(|column| column.to_string()).join("\t")).unwrap();
        let [links, ids, dates, of, dated, extra, kept, feeds] = columns;
        let Some(least) = expected.get(name) else { continue };
        let is_worse =
            links < least.links || ids < least.ids || dates < least.dates || extra > least.extra || kept < least.kept;
        if is_worse || (of, dated, feeds) != (least.of, least.dated, least.feeds) {
            worse.push(format!("{name}: {score:?}, expected {least:?}"));
        }
    }
    println!("{table}\n{differences}");
    if std::env::var_os("FEEDMILL_BLESS").is_some() {
        return fs::write(root().join("expected.tsv"), table).unwrap();
    }
    assert_eq!(expected.keys().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>(), "rows of expected.tsv");
    assert!(worse.is_empty(), "{}\n{table}\n{differences}", worse.join("\n"));
}

/// `hugo`, `hugo/subpath`, …
fn names() -> Vec<String> {
    let folders = |path: &Path| -> Vec<String> {
        let entries = fs::read_dir(path).into_iter().flatten().map(Result::unwrap);
        entries.filter(|e| e.path().join("recorded").is_dir()).map(|e| e.file_name().into_string().unwrap()).collect()
    };
    let mut names = folders(&root());
    for engine in names.clone() {
        let variants = folders(&root().join(&engine).join("variants"));
        names.extend(variants.iter().map(|variant| format!("{engine}/{variant}")));
    }
    names.sort();
    names
}

fn expected() -> BTreeMap<String, Score> {
    let text = fs::read_to_string(root().join("expected.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| columns[at].parse().unwrap();
        let [links, ids, dates, of, dated, extra, kept, feeds] = [1, 2, 3, 4, 5, 6, 7, 8].map(number);
        (columns[0].to_owned(), Score { links, ids, dates, of, dated, extra, kept, feeds })
    });
    rows.collect()
}

/// Builds a copy of the site and compares its main feeds with the recorded ones.
fn compare(name: &str, differences: &mut String) -> Score {
    let recorded = match name.split_once('/') {
        Some((engine, variant)) => root().join(engine).join("variants").join(variant).join("recorded"),
        None => root().join(name).join("recorded"),
    };
    let temp = tempfile::tempdir().unwrap();
    copy(&root().join(name.split('/').next().unwrap()).join("site"), temp.path());
    copy(&recorded.with_file_name("site"), temp.path());
    build(temp.path(), name);
    let mut score = Score::default();
    for address in feeds::addresses(&recorded) {
        score.feeds += 1;
        match feeds::file(temp.path(), &address).is_file() {
            true => score.kept += 1,
            false => writeln!(differences, "{name}: no feed at {address}").unwrap(),
        }
    }
    for (address, format) in feeds::main_feeds(&recorded) {
        let facts = feeds::facts(&recorded, &address);
        let entries = feeds::entries(temp.path(), &address, &format);
        score.extra += entries.keys().filter(|title| !facts.iter().any(|fact| fact.key() == **title)).count();
        for fact in facts.iter().filter(|fact| !fact.source.is_empty()) {
            tally(fact, entries.get(&fact.key()), &mut score, &mut |what| {
                writeln!(differences, "{name} {format} {}: {what}", fact.source).unwrap();
            });
        }
    }
    score
}

fn tally(fact: &Fact, entry: Option<&Fact>, score: &mut Score, differs: &mut dyn FnMut(String)) {
    score.of += 1;
    let date =
        [&fact.published, &fact.updated].into_iter().find(|date| !date.is_empty()).filter(|date| *date != "build");
    score.dated += usize::from(date.is_some());
    let Some(entry) = entry else { return differs("is missing".into()) };
    for (count, engine, own) in [(&mut score.links, &fact.link, &entry.link), (&mut score.ids, &fact.id, &entry.id)] {
        match engine == own {
            true => *count += 1,
            false => differs(format!("{engine} is {own}")),
        }
    }
    if let Some(date) = date {
        match instant(date) == instant(&entry.published) {
            true => score.dates += 1,
            false => differs(format!("{date} is {}", entry.published)),
        }
    }
    let is_link = entry.is_permalink == "true";
    assert!(entry.is_permalink.is_empty() || is_link == (entry.id == entry.link), "isPermaLink of {}", entry.id);
}

fn build(dir: &Path, name: &str) {
    let run = |arguments: &[&str]| {
        let feedmill = Command::new(env!("CARGO_BIN_EXE_feedmill")).args(arguments).current_dir(dir).output().unwrap();
        let text = String::from_utf8_lossy(&[feedmill.stdout, feedmill.stderr].concat()).into_owned();
        assert!(feedmill.status.success(), "{name}: {arguments:?}\n{text}");
    };
    run(&["init"]);
    let has_url = !fs::read_to_string(dir.join("feedmill.yaml")).unwrap().contains("\n  # url: ");
    let url: &[&str] = if has_url { &[] } else { &["--url", "https://example.org/"] };
    run(&[&["build", "--quiet", "--now", "2026-11-30T12:00:00Z"], url].concat());
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), &to).unwrap();
        }
    }
}
