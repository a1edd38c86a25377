//! Pairs and readers on small documents; whole events stand in `tests/cli/diff.rs`.

use super::*;

fn rss(items: &[(&str, &str, &str, &str)]) -> FeedDocument {
    let item = |(id, link, title, text): &(&str, &str, &str, &str)| {
        format!(
            "<item><guid>{id}</guid><link>{link}</link><title>{title}</title><description>{text}</description></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    let text = format!("<rss version=\"2.0\"><channel>{items}</channel></rss>");
    FeedDocument::read("all", text.as_bytes()).unwrap()
}

fn compared(before: FeedDocument, after: FeedDocument) -> DiffReport {
    let documents = |document| FeedDocuments::from([("rss.xml".to_owned(), document)]);
    let (before, after) = (documents(before), documents(after));
    let (given, kept, site) = (Ledger::default(), KeptBack::default(), crate::model::trial::site("https://e.org/"));
    let context = DiffContext { before: &before, after: &after, given: &given, next: &given, kept: &kept, site: &site };
    diff(&context, &["miniflux", "sfeed"])
}

#[test]
fn without_a_ledger_an_article_is_known_by_its_link_or_its_title() {
    let before = rss(&[("1", "https://e.org/a/", "A", "x"), ("2", "https://e.org/b/", "B", "x")]);
    let after = rss(&[
        ("9", "http://www.e.org/a", "A", "x"),
        ("2", "https://e.org/b/", "B", "y"),
        ("3", "https://e.org/c/", "C", "x"),
    ]);
    let report = compared(before, after);
    assert_eq!(
        report.feeds,
        [FeedChanges { path: "rss.xml".into(), new: 1, silent: 1, duplicate: 1, ..FeedChanges::default() }]
    );
    let rows: Vec<_> = report.readers.iter().map(|row| (row.reader, row.unread, row.duplicates)).collect();
    assert_eq!(rows, [("miniflux", 2, 1), ("sfeed", 2, 1)]);
}

#[test]
fn two_entries_of_one_link_are_not_guessed_at() {
    let before = rss(&[("1", "https://e.org/", "A", "x"), ("2", "https://e.org/", "B", "x")]);
    let after = rss(&[("3", "https://e.org/", "C", "x")]);
    let row = &compared(before, after).feeds[0];
    assert_eq!((row.new, row.duplicate, row.gone), (1, 0, 2));
}
