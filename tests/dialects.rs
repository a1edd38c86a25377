//! Walks `tests/corpus/dialects.tsv`: every row of the survey's tables has its case, and every case is there. Where the
//! survey lies beside the repository, no row of its tables may be missing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::PathBuf;

/// The survey's tables that are walked, by their headings.
const TABLES: [&str; 12] = [
    "kind",
    "quirk",
    "eol",
    "dateshape",
    "datenative",
    "datezone",
    "fndate",
    "fnvs",
    "tag",
    "img",
    "enclosure",
    "auth",
];

/// Numbered quirks of the survey.
const QUIRKS: usize = 20;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// `(table, row, cases)`.
fn rows(table: &str) -> Vec<(String, String, Vec<String>)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
            [table, row, cases] => {
                ((*table).to_owned(), (*row).to_owned(), cases.split(" | ").map(str::to_owned).collect())
            }
            _ => panic!("three columns: {line}"),
        })
        .collect()
}

#[test]
fn every_row_has_a_case_that_is_there() {
    let dates: BTreeSet<String> =
        read("tests/corpus/dates.tsv").lines().map(|line| line.split('\t').nth(1).unwrap().to_owned()).collect();
    let is_there = |case: &str| match (case.strip_prefix("dates.tsv="), case.split_once('#')) {
        (Some(text), _) => dates.contains(text),
        // A heading of a page for users.
        (None, Some((page, anchor))) => read(page).lines().any(|line| {
            line.starts_with('#') && line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-") == anchor
        }),
        _ => root().join("tests/corpus").join(case).exists() || root().join(case).exists(),
    };
    let rows = rows(&read("tests/corpus/dialects.tsv"));
    let missing: Vec<_> = rows
        .iter()
        .flat_map(|(table, row, cases)| cases.iter().map(move |case| (table, row, case)))
        .filter(|(.., case)| case.is_empty() || !is_there(case))
        .collect();
    assert!(missing.is_empty(), "cases that are not there: {missing:#?}");
    let numbers: Vec<_> = rows.iter().filter(|(table, ..)| table == "numbered").map(|(_, row, _)| row).collect();
    assert_eq!(numbers.len(), QUIRKS, "every numbered quirk has its row");
    for (n, row) in (1..).zip(numbers) {
        assert!(row.starts_with(&format!("{n} ")), "{row}");
    }
    for table in TABLES {
        assert!(rows.iter().any(|(of, ..)| of == table), "{table}");
    }
}

#[test]
fn no_row_of_the_survey_is_forgotten() {
    let survey = root().join("../shared/reference/dialects.md");
    // A clone alone has the table, not the survey.
    let Ok(survey) = std::fs::read_to_string(survey) else { return };
    let known: BTreeSet<_> =
        rows(&read("tests/corpus/dialects.tsv")).into_iter().map(|(table, row, _)| (table, row)).collect();
    let mut table = "";
    let (mut seen, mut forgotten) = (0, Vec::new());
    for line in survey.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            table = TABLES.into_iter().find(|table| *table == name.trim()).unwrap_or_default();
        } else if line.starts_with("```") {
            // The heading of a table stands inside its block.
        } else if let Some((count, row)) = line.split_once(')').filter(|_| !table.is_empty()) {
            let is_row = count.trim_start().starts_with(|c: char| c.is_ascii_digit()) && count.contains("corp");
            let row = (table.to_owned(), row.trim().to_owned());
            seen += usize::from(is_row);
            if is_row && !known.contains(&row) {
                forgotten.push(row);
            }
        }
    }
    assert!(seen > 80, "only {seen} rows of the survey were found");
    assert!(forgotten.is_empty(), "rows of the survey without a case: {forgotten:#?}");
}
