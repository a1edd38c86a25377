//! A small site whose articles are numbered, to be edited, thinned and re-tagged by tests.

use crate::mill::Mill;

/// The config most tests use: ids are `tag:` URIs.
pub const CONFIG: &str = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n";
/// One whose ids are permalinks.
pub const WITHOUT_SINCE: &str = "site: {title: Test, url: \"https://example.org/\", language: en}\n";

/// Twelve articles, six tagged `Even` and six `Odd`.
pub fn twelve() -> Mill {
    let mill = Mill::empty();
    mill.write("feedmill.yaml", CONFIG);
    for n in 1..=12 {
        write(&mill, n, if n % 2 == 0 { "Even" } else { "Odd" }, "As first written.");
    }
    mill
}

/// Writes article number `n`.
pub fn write(mill: &Mill, n: usize, tag: &str, body: &str) {
    let text = format!(
        "---\ntitle: Article number {n}\nslug: article-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntag: {tag}\n\
         img: https://example.org/{n}.png\ndescription: What number {n} is about.\n---\n\n{body}\n"
    );
    mill.write(&format!("content/{n:02}.md"), text);
}

/// Removes article number `n`.
pub fn remove(mill: &Mill, n: usize) {
    std::fs::remove_file(mill.path(&format!("content/{n:02}.md"))).unwrap();
}
