//! A small site whose articles are numbered, to be edited, thinned and re-tagged by tests.

use crate::project::TestProject;

/// The config most tests use: ids are `tag:` URIs.
pub const CONFIG: &str = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n";
/// One whose ids are permalinks.
pub const WITHOUT_SINCE: &str = "site: {title: Test, url: \"https://example.org/\", language: en}\n";

/// Twelve articles, six tagged `Even` and six `Odd`.
pub fn twelve() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for n in 1..=12 {
        write(&project, n, if n % 2 == 0 { "Even" } else { "Odd" }, "As first written.");
    }
    project
}

/// Writes article number `n`.
pub fn write(project: &TestProject, n: usize, tag: &str, body: &str) {
    let text = format!(
        "---\ntitle: Article number {n}\nslug: article-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntag: {tag}\n\
         img: https://example.org/{n}.png\ndescription: What number {n} is about.\n---\n\n{body}\n"
    );
    project.write(&format!("content/{n:02}.md"), text);
}

/// Removes article number `n`.
pub fn remove(project: &TestProject, n: usize) {
    std::fs::remove_file(project.path(&format!("content/{n:02}.md"))).unwrap();
}
