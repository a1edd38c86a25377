//! Every shape of date, in three zones, across their changes of clocks, against `tests/corpus/dates.tsv`, which another
//! program wrote (`tests/corpora/dates.py`, by Python's zoneinfo). A day alone is held to its day and to the hour after
//! that day's start in UTC, at most the hour after six.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use feedmill::internals::model::{ArticlePath, Extent};
use feedmill::internals::parse::{self, Head, Overrides, Parsed};
use feedmill::internals::{diagnostic::Diagnostic, normalise};

#[test]
fn every_shape_means_in_every_zone_what_zoneinfo_says() {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/dates.tsv")).unwrap();
    let mut breaches = Vec::new();
    for row in table.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [zone, text, meant] = columns.as_slice() else { panic!("{row}") };
        let (published, precise) = published(zone, text);
        let right = match meant.strip_suffix(" day") {
            Some(day) => !precise && published.starts_with(day) && is_hour_of_day(&published),
            None => precise && published == *meant,
        };
        if !right {
            breaches.push(format!("{zone}: {text}: {published}, not {meant}"));
        }
    }
    assert!(table.lines().count() > 500, "the table is cut short");
    assert!(breaches.is_empty(), "\n{} of {}\n{}", breaches.len(), table.lines().count(), breaches.join("\n"));
}

/// The hour after the day's start in UTC, not before midnight and not after six there; midnight exists in all three zones.
fn is_hour_of_day(published: &str) -> bool {
    let at = chrono::DateTime::parse_from_rfc3339(published).unwrap();
    let start = i64::from(at.offset().local_minus_utc()).clamp(0, 6 * 3600);
    let seconds = i64::from(chrono::Timelike::num_seconds_from_midnight(&at));
    (start..start + 3600).contains(&seconds)
}

fn published(zone: &str, text: &str) -> (String, bool) {
    let config = format!("site: {{url: \"https://example.org/\", timezone: {zone}}}");
    let site = parse::config(Some(&config), "feedmill.yaml", &Overrides::default(), &mut ()).unwrap();
    let (place, keys) = match text.split_once(':') {
        Some(("path", path)) => (path, String::new()),
        Some((key @ ("permalink" | "url"), value)) => ("a.md", format!("{key}: {value}\n")),
        _ => ("a.md", format!("date: \"{text}\"\n")),
    };
    let file = format!("---\ntitle: A date\nslug: a-date\n{keys}---\n");
    let path = ArticlePath::new(place);
    let head = Head { path: &path, display_path: place, bytes: file.as_bytes(), extent: Extent::Whole };
    let mut findings: Vec<Diagnostic> = Vec::new();
    let article = match parse::article(head, &site, &mut findings) {
        Parsed::Article(raw) => normalise::article(*raw, &site, &mut findings),
        _ => None,
    };
    let made = findings.iter().any(|finding| finding.code.id() == "A012");
    match article {
        Some(article) => (article.published.rfc3339(), !made),
        None => (format!("{:?}", findings.first().map(|finding| &finding.message)), true),
    }
}
