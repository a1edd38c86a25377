//! `output.headers` and `output.precompress`: what is written for servers, follows the feeds, and leaves nothing behind.

use crate::mill::Mill;
use std::io::Read;

fn site(output: &str) -> Mill {
    let mill = Mill::empty();
    config(&mill, output);
    for n in 1..=3 {
        article(&mill, n, "As first written.");
    }
    mill
}

fn config(mill: &Mill, output: &str) {
    let text = format!(
        "site: {{title: Test, url: \"https://example.org/\", language: en, since: 2025}}\n\
         websub: {{hubs: [\"https://hub.example/\"]}}\noutput: {{{output}}}\n"
    );
    mill.write("feedmill.yaml", text);
}

fn article(mill: &Mill, n: usize, body: &str) {
    let text =
        format!("---\ntitle: Article {n}\nslug: a-{n}\ndate: 2025-03-0{n}T10:00:00Z\ntags: [tag-{n}]\n---\n\n{body}\n");
    mill.write(&format!("content/{n}.md"), text);
}

/// Packed copies that do not hold what their documents hold.
fn stale(mill: &Mill) -> Vec<String> {
    let tree = mill.tree("feeds");
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

fn packed(mill: &Mill, extension: &str) -> usize {
    mill.tree("feeds").keys().filter(|path| path.ends_with(extension)).count()
}

#[test]
fn packed_copies_follow_their_documents() {
    let mill = site("precompress: [gz, br]");
    mill.run(&["build"]).ends(0);
    let documents =
        packed(&mill, ".xml") + packed(&mill, ".html") + packed(&mill, "feed.json") + packed(&mill, ".opml");
    assert_eq!((packed(&mill, ".gz"), packed(&mill, ".br"), stale(&mill)), (documents, documents, vec![]));
    let before = mill.tree("feeds");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.tree("feeds"), before);
    article(&mill, 2, "An edit.");
    mill.run(&["build"]).ends(0);
    let after = mill.tree("feeds");
    assert_eq!(stale(&mill), [""; 0]);
    assert!(after["tags/tag-2/rss.xml.gz"] != before["tags/tag-2/rss.xml.gz"]);
    // One that is gone or damaged comes back, also beside a document that did not change.
    std::fs::remove_file(mill.path("feeds/tags/tag-1/rss.xml.gz")).unwrap();
    mill.write("feeds/rss.xml.br", "torn");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.tree("feeds"), after);
    // A dry run makes none, and a document takes its copies along.
    std::fs::remove_file(mill.path("content/3.md")).unwrap();
    mill.run(&["build", "--dry-run"]).ends(0);
    assert_eq!(mill.tree("feeds"), after);
    mill.run(&["build"]).ends(0);
    assert!(!mill.has("feeds/tags/tag-3"));
    config(&mill, "precompress: [br]");
    mill.write("feeds/tags/tag-1/atom.xml.gz", "mine");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.read("feeds/tags/tag-1/atom.xml.gz"), "mine", "what was changed by others stays");
    assert_eq!((packed(&mill, ".gz"), stale_br(&mill)), (1, 0));
}

fn stale_br(mill: &Mill) -> usize {
    std::fs::remove_file(mill.path("feeds/tags/tag-1/atom.xml.gz")).unwrap();
    stale(mill).len()
}

#[test]
fn servers_files_follow_the_config() {
    let mill = site("headers: [netlify, nginx, apache, caddy], cache_control: \"public, max-age=60\"");
    mill.run(&["build"]).ends(0);
    let files = ["_headers", ".htaccess", ".feedmill/nginx.conf", ".feedmill/Caddyfile"];
    for file in files {
        let text = mill.read(&format!("feeds/{file}"));
        for said in [
            "application/feed+json; charset=utf-8",
            "public, max-age=60",
            "<https://hub.example/>; rel=",
            "<https://example.org/feeds/",
        ] {
            assert!(text.contains(said), "{said} in {file}:\n{text}");
        }
    }
    let before = mill.tree("feeds");
    mill.run(&["build"]).ends(0);
    assert_eq!(mill.tree("feeds"), before);
    article(&mill, 4, "New.");
    mill.run(&["build"]).ends(0);
    assert!(mill.read("feeds/_headers").contains("/feeds/tags/tag-4/feed.json\n"));
    config(&mill, "headers: [cloudflare]");
    mill.run(&["build"]).ends(0);
    assert!(mill.read("feeds/_headers").contains("/feeds/tags/:feed/feed.json\n"));
    assert!(files[1..].iter().all(|file| !mill.has(&format!("feeds/{file}"))));
}

#[test]
fn a_file_of_the_sites_own_stays() {
    let mill = site("headers: [netlify, apache]");
    mill.write("feeds/.htaccess", "Options -Indexes\n");
    for _ in 0..2 {
        let ran = mill.run(&["build", "--report", "json"]).ends(0);
        assert_eq!(ran.codes(), ["P008"]);
        assert_eq!(mill.read("feeds/.htaccess"), "Options -Indexes\n");
        assert!(mill.has("feeds/_headers"));
    }
    config(&mill, "headers: []");
    mill.write("feeds/_headers", "/*\n  X-Mine: 1\n");
    assert_eq!(mill.run(&["build", "--report", "json"]).ends(0).codes(), [""; 0]);
    assert_eq!(mill.read("feeds/_headers"), "/*\n  X-Mine: 1\n");
}
