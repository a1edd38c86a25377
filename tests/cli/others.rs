//! Files that feedmill did not write: feeds of other programs in the output folder, and what a forged manifest lists.

use crate::project::TestProject;
use crate::site::{CONFIG, remove};
use serde_json::{Value, json};

const MANIFEST: &str = "feeds/.feedmill/manifest.json";

/// Twelve articles, six tagged `Even` and six `Odd`; none has an image, so that `publish` asks no host.
fn twelve() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    (1..=12).for_each(|n| write(&project, n, if n % 2 == 0 { "Even" } else { "Odd" }, "As first written."));
    project
}

fn write(project: &TestProject, n: usize, tag: &str, body: &str) {
    let head = format!("title: Article {n}\nslug: article-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntag: {tag}");
    project.write(&format!("content/{n:02}.md"), format!("---\n{head}\n---\n\n{body}\n"));
}

/// Every command that would write is refused, says why and how to go on, and writes nothing; with `--accept` the run writes
/// its own files, and the next one has nothing to ask.
#[track_caller]
fn stops(project: &TestProject, named: &[&str]) {
    let before = project.tree(".");
    let had_state = project.has("feeds/.feedmill");
    let commands: [&[&str]; 8] = [
        &["build"],
        &["build", "--quiet"],
        &["build", "--report", "short"],
        &["build", "--report", "json"],
        &["build", "--report", "sarif"],
        &["build", "--report", "github", "--dry-run"],
        &["publish", "--no-push", "--quiet"],
        &["publish", "--no-push", "--dry-run"],
    ];
    for args in commands {
        let ran = project.run(args).ends(1);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("P013") && said.contains("--accept"), "{args:?}: {said}");
        assert!(named.iter().all(|path| said.contains(path)), "{args:?}: {said}");
        assert_eq!(project.tree("."), before, "{args:?}");
        assert_eq!(project.has("feeds/.feedmill"), had_state, "{args:?}");
    }
    project.run(&["build", "--accept"]).ends(0);
    for path in named {
        assert_ne!(project.tree("feeds")[*path], before[&format!("feeds/{path}")], "{path}");
        assert!(project.read(MANIFEST).contains(&format!("\"{path}\"")), "{path} is listed from now on");
    }
    assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), [""; 0]);
}

#[test]
fn feeds_of_another_program_are_refused_until_accept() {
    let project = twelve();
    project.write("feeds/feed.json", "{\"mine\":1}\n");
    project.write("feeds/tags/odd/rss.xml", "<mine/>\n");
    stops(&project, &["feed.json", "tags/odd/rss.xml"]);
    let project = twelve();
    let quoting = "<rss version=\"2.0\"><channel><title>B</title><generator>Ghost</generator><item>\
                   <description><![CDATA[<generator>feedmill</generator>]]></description></item></channel></rss>";
    project.write("feeds/rss.xml", quoting);
    stops(&project, &["rss.xml"]);
    let project = twelve();
    project.write("feeds/atom.xml", vec![0xff; 100_000]);
    stops(&project, &["atom.xml"]);
}

#[test]
fn a_feed_that_comes_later_meets_another_programs_too() {
    let project = twelve();
    project.write("feedmill.yaml", format!("{CONFIG}output: {{formats: [rss]}}\n"));
    project.run(&["build"]).ends(0);
    project.write("feeds/feed.json", "{\"mine\":1}\n");
    project.run(&["build"]).ends(0);
    project.write("feedmill.yaml", CONFIG);
    stops(&project, &["feed.json"]);
    project.write("feeds/tags/new/atom.xml", "<mine/>\n");
    write(&project, 13, "New", "Text.");
    stops(&project, &["tags/new/atom.xml"]);
}

#[test]
fn packed_copies_of_another_program_are_refused_until_accept() {
    let project = twelve();
    project.write("feedmill.yaml", format!("{CONFIG}output: {{precompress: [gz, br]}}\n"));
    project.write("feeds/feed.json.gz", "m");
    project.write("feeds/tags/odd/index.html.br", "mine");
    stops(&project, &["feed.json.gz", "tags/odd/index.html.br"]);
}

#[test]
fn own_feeds_without_their_manifest_are_written_anew() {
    for output in ["precompress: [gz, br]", "formats: [json]"] {
        let project = twelve();
        project.write("feedmill.yaml", format!("{CONFIG}output: {{{output}}}\n"));
        project.run(&["build"]).ends(0);
        let whole = project.tree("feeds");
        std::fs::remove_dir_all(project.path("feeds/.feedmill")).unwrap();
        assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), ["P005"]);
        assert_eq!(project.tree("feeds"), whole);
        // Also where articles have changed since.
        std::fs::remove_file(project.path(MANIFEST)).unwrap();
        write(&project, 12, "Even", "Edited.");
        assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), ["P005"]);
        assert_ne!(project.tree("feeds"), whole);
        // One that the manifest lists is repaired, whatever was made of it.
        let whole = project.tree("feeds");
        project.write("feeds/feed.json", "{\"mine\":1}\n");
        project.run(&["build"]).ends(0);
        assert_eq!(project.tree("feeds"), whole);
    }
}

#[test]
fn what_is_no_file_of_anybodys_does_not_refuse() {
    let project = twelve();
    project.write("feeds/feed.json", "");
    project.write("feeds/tags/odd/other.xml", "<mine/>");
    assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), [""; 0]);
    assert_eq!(project.read("feeds/tags/odd/other.xml"), "<mine/>");
    let project = twelve();
    std::fs::create_dir_all(project.path("feeds/tags/odd/rss.xml")).unwrap();
    let ran = project.run(&["build", "--accept"]).ends(3);
    assert!(ran.stderr.contains("tags/odd/rss.xml"), "{}", ran.stderr);
    assert!(project.tree("feeds").is_empty(), "nothing is written: {:?}", project.tree("feeds").keys());
}

/// Adds files to a part of the manifest, each with the digest of what lies there.
fn forge(project: &TestProject, part: &str, paths: &[&str]) {
    let mut manifest: Value = serde_json::from_str(&project.read(MANIFEST)).unwrap();
    if manifest[part].is_null() {
        manifest[part] = json!({});
    }
    for path in paths {
        let bytes = std::fs::read(project.path(&format!("feeds/{path}"))).unwrap();
        let digest = blake3::hash(&bytes).to_hex().to_string();
        manifest[part][*path] = json!({ "digest": digest, "size": bytes.len() });
    }
    project.write(MANIFEST, manifest.to_string());
}

#[test]
fn a_forged_manifest_deletes_nothing_of_the_sites() {
    let project = twelve();
    write(&project, 12, "Rare", "Text.");
    project.run(&["build"]).ends(0);
    let documents = [
        "CNAME",
        "robots.txt",
        "img/a.png",
        "sitemap.json",
        "feed.xml",
        "notes/index.html",
        "notes/atom.xml",
        "blog/2025/rss.xml",
        "tags/Rare/rss.xml",
    ];
    let beside = ["robots.txt.gz", "notes/rss.xml.gz", ".htaccess", "_headers", "index.html.br"];
    documents.iter().chain(&beside).for_each(|path| project.write(&format!("feeds/{path}"), format!("mine: {path}")));
    forge(&project, "documents", &documents);
    forge(&project, "beside", &beside);
    let dry = project.run(&["build", "--dry-run", "--report", "json"]).ends(0);
    assert_eq!(dry.codes(), ["P014"; 3], "{}", dry.stdout);
    remove(&project, 12);
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert!(ran.stdout.contains("CNAME") && ran.stdout.contains("notes/atom.xml"), "{}", ran.stdout);
    for path in documents.iter().chain(&beside) {
        assert_eq!(project.read(&format!("feeds/{path}")), format!("mine: {path}"));
    }
    assert!(!project.has("feeds/tags/rare"), "what is feedmill's own still goes");
    assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), [""; 0], "told once");
}

#[test]
fn a_digest_that_is_not_the_files_deletes_nothing() {
    let project = twelve();
    write(&project, 12, "Rare", "Text.");
    project.run(&["build"]).ends(0);
    let edited = project.read("feeds/tags/rare/rss.xml").replace("Text.", "Edited by hand.");
    project.write("feeds/tags/rare/rss.xml", &edited);
    remove(&project, 12);
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(ran.codes(), ["P014", "P026"], "{}", ran.stdout);
    assert_eq!(project.read("feeds/tags/rare/rss.xml"), edited);
    assert!(!project.has("feeds/tags/rare/atom.xml") && !project.has("feeds/tags/rare/index.html"));
}

#[test]
fn a_run_that_removes_documents_names_their_folders() {
    let project = twelve();
    (1..=12).for_each(|n| write(&project, n, &format!("Tag{n}"), "Text."));
    project.run(&["build"]).ends(0);
    write(&project, 3, "Tag1", "Text.");
    let would = project.run(&["build", "--dry-run", "--accept=feeds"]).ends(0).stdout;
    assert!(would.contains("  to remove 4 files in tags/tag3/\n"), "{would}");
    let did = project.run(&["build", "--accept=feeds"]).ends(0).stdout;
    assert!(did.contains("  removed   4 files in tags/tag3/\n"), "{did}");
    (1..=12).for_each(|n| write(&project, n, "Tag1", "Text."));
    let many = project.run(&["build", "--accept"]).ends(0).stdout;
    assert!(many.contains("  removed   40 files in tags/tag10/, tags/tag11/, tags/tag12/, tags/tag2/, "), "{many}");
    write(&project, 1, "Tag1", "Text.");
    assert!(!project.run(&["build"]).ends(0).stdout.contains("  removed"));
    (1..=12).for_each(|n| write(&project, n, &format!("Tag{n}"), "Text."));
    project.run(&["build", "--accept"]).ends(0);
    (1..=12).for_each(|n| write(&project, n, "Shared", "Text."));
    let more = project.run(&["build", "--accept"]).ends(0).stdout;
    assert!(more.contains("  removed   48 files in ") && more.contains(", 2 more folders\n"), "{more}");
}
