//! A site whose articles have images on the test's servers, and the facts that a run left behind.

use crate::project::TestProject;
use std::path::Path;

/// A site that may probe loopback.
pub const CONFIG: &str = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n\
                          images: {allow_private: true}\n";

/// One article for each image, the first the newest; each image stands on line 5.
pub fn with_images(images: &[String]) -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for (n, url) in images.iter().enumerate() {
        article(&project, n, url);
    }
    project
}

/// Writes article number `n` with this image.
pub fn article(project: &TestProject, n: usize, url: &str) {
    let (month, day, hour) = (12 - n / 500, 28 - (n / 20) % 25, 23 - n % 20);
    let text = format!(
        "---\ntitle: Article {n}\nslug: a-{n}\ndate: 2025-{month:02}-{day:02}T{hour:02}:00:00Z\nimg: \"{url}\"\n\
         alt: Picture {n}\ntag: T\ndescription: D {n}.\n---\n\nBody {n}.\n"
    );
    project.write(&format!("content/{n:04}.md"), text);
}

/// The line of `images.lock` for a URL that ends so.
pub fn line(project: &TestProject, end: &str) -> serde_json::Value {
    let text = if project.has("images.lock") { project.read("images.lock") } else { String::new() };
    let lines = text.lines().filter(|line| !line.starts_with('#')).map(|l| serde_json::from_str(l).unwrap());
    lines.into_iter().find(|l: &serde_json::Value| l["url"].as_str().unwrap().ends_with(end)).unwrap_or_default()
}

/// An image that another program has made.
pub fn image(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/images").join(name)).unwrap()
}
