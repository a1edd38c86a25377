//! `output.headers` and `output.precompress`: what is written for servers, follows the feeds, and leaves nothing behind.

use crate::project::TestProject;
use std::io::Read;

fn site(output: &str) -> TestProject {
    let project = TestProject::empty();
    config(&project, output);
    for n in 1..=3 {
        article(&project, n, "As first written.");
    }
    project
}

fn config(project: &TestProject, output: &str) {
    let text = format!(
        "site: {{title: Test, url: \"https://example.org/\", language: en, since: 2025}}\n\
         websub: {{hubs: [\"https://hub.example/\"]}}\noutput: {{{output}}}\n"
    );
    project.write("feedmill.yaml", text);
}

fn article(project: &TestProject, n: usize, body: &str) {
    let text =
        format!("---\ntitle: Article {n}\nslug: a-{n}\ndate: 2025-03-0{n}T10:00:00Z\ntags: [tag-{n}]\n---\n\n{body}\n");
    project.write(&format!("content/{n}.md"), text);
}

/// Packed copies that do not hold what their documents hold.
fn stale(project: &TestProject) -> Vec<String> {
    let tree = project.tree("feeds");
    let unpacked = |path: &str, bytes: &[u8]| {
        let mut back = Vec::new();
        match path.ends_with(".gz") {
            true => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut back).unwrap()),
            false => brotli::BrotliDecompress(&mut &*bytes, &mut back).unwrap(),
        }
        back
    };
    let packed = tree.iter().filter(|(path, _)| path.ends_with(".gz") || path.ends_with(".br"));
    packed
        .filter(|(path, bytes)| tree[&path[..path.len() - 3]] != unpacked(path, bytes))
        .map(|(path, _)| path.clone())
        .collect()
}

fn packed(project: &TestProject, extension: &str) -> usize {
    project.tree("feeds").keys().filter(|path| path.ends_with(extension)).count()
}

#[test]
fn packed_copies_follow_their_documents() {
    let project = site("precompress: [gz, br]");
    project.run(&["build"]).ends(0);
    let documents = packed(&project, ".xml")
        + packed(&project, ".html")
        + packed(&project, "feed.json")
        + packed(&project, ".opml");
    assert_eq!((packed(&project, ".gz"), packed(&project, ".br"), stale(&project)), (documents, documents, vec![]));
    let before = project.tree("feeds");
    project.run(&["build"]).ends(0);
    assert_eq!(project.tree("feeds"), before);
    article(&project, 2, "An edit.");
    project.run(&["build"]).ends(0);
    let after = project.tree("feeds");
    assert_eq!(stale(&project), [""; 0]);
    assert!(after["tags/tag-2/rss.xml.gz"] != before["tags/tag-2/rss.xml.gz"]);
    // One that is gone or damaged comes back, also beside a document that did not change.
    std::fs::remove_file(project.path("feeds/tags/tag-1/rss.xml.gz")).unwrap();
    project.write("feeds/rss.xml.br", "torn");
    project.run(&["build"]).ends(0);
    assert_eq!(project.tree("feeds"), after);
    // A dry run makes none, and a document takes its copies along.
    std::fs::remove_file(project.path("content/3.md")).unwrap();
    project.run(&["build", "--dry-run"]).ends(0);
    assert_eq!(project.tree("feeds"), after);
    project.run(&["build"]).ends(0);
    assert!(!project.has("feeds/tags/tag-3"));
    config(&project, "precompress: [br]");
    project.write("feeds/tags/tag-1/atom.xml.gz", "mine");
    project.run(&["build"]).ends(0);
    assert_eq!(project.read("feeds/tags/tag-1/atom.xml.gz"), "mine", "what was changed by others stays");
    assert_eq!((packed(&project, ".gz"), stale_br(&project)), (1, 0));
}

fn stale_br(project: &TestProject) -> usize {
    std::fs::remove_file(project.path("feeds/tags/tag-1/atom.xml.gz")).unwrap();
    stale(project).len()
}

#[test]
fn servers_files_follow_the_config() {
    let project = site("headers: [netlify, nginx, apache, caddy], cache_control: \"public, max-age=60\"");
    project.run(&["build"]).ends(0);
    let files = ["_headers", ".htaccess", ".feedmill/nginx.conf", ".feedmill/Caddyfile"];
    for file in files {
        let text = project.read(&format!("feeds/{file}"));
        for said in [
            "application/feed+json; charset=utf-8",
            "public, max-age=60",
            "<https://hub.example/>; rel=",
            "<https://example.org/feeds/",
        ] {
            assert!(text.contains(said), "{said} in {file}:\n{text}");
        }
    }
    let before = project.tree("feeds");
    project.run(&["build"]).ends(0);
    assert_eq!(project.tree("feeds"), before);
    article(&project, 4, "New.");
    project.run(&["build"]).ends(0);
    assert!(project.read("feeds/_headers").contains("/feeds/tags/tag-4/feed.json\n"));
    config(&project, "headers: [cloudflare]");
    project.run(&["build"]).ends(0);
    assert!(project.read("feeds/_headers").contains("/feeds/tags/:feed/feed.json\n"));
    assert!(files[1..].iter().all(|file| !project.has(&format!("feeds/{file}"))));
}

#[test]
fn a_file_of_the_sites_own_stays() {
    let project = site("headers: [netlify, apache]");
    project.write("feeds/.htaccess", "Options -Indexes\n");
    for _ in 0..2 {
        let ran = project.run(&["build", "--report", "json"]).ends(0);
        assert_eq!(ran.codes(), ["P008"]);
        assert_eq!(project.read("feeds/.htaccess"), "Options -Indexes\n");
        assert!(project.has("feeds/_headers"));
    }
    config(&project, "headers: []");
    project.write("feeds/_headers", "/*\n  X-Mine: 1\n");
    assert_eq!(project.run(&["build", "--report", "json"]).ends(0).codes(), [""; 0]);
    assert_eq!(project.read("feeds/_headers"), "/*\n  X-Mine: 1\n");
}
