//! What probes change in the feeds: facts and nothing else. The recipe, part by part.

use crate::server::{Request, Server, answer, good};
use crate::site::{self, image};
use std::net::TcpStream;

fn host(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    match request.path.as_str() {
        "/gone.png" => answer(out, "410 Gone", &[], b""),
        "/talk.mp3" => good(request, out, "audio/mpeg", &[b"ID3\x03\0\0\0\0\0\0", &[0; 500][..]].concat()),
        _ => good(request, out, "image/webp", &image("lossy.webp")),
    }
}

#[test]
fn before_and_after_differ_in_facts_alone() {
    let server = Server::start(host);
    let url = server.url("/a.webp");
    let project = site::with_images(std::slice::from_ref(&url));
    project.run(&["build"]).ends(0);
    let before = ["rss.xml", "atom.xml", "feed.json"].map(|name| project.read(&format!("feeds/{name}")));
    project.run(&["build", "--probe"]).ends(0);
    let after = ["rss.xml", "atom.xml", "feed.json"].map(|name| project.read(&format!("feeds/{name}")));
    let [rss, atom, json] = &after;
    assert!(rss.contains(&format!("<enclosure url=\"{url}\" length=\"1478\" type=\"image/webp\"/>")), "{rss}");
    assert!(atom.contains("length=\"1478\"") && json.contains("\"size_in_bytes\":1478"));
    let without_facts = |text: &String| {
        let mut text = text.clone();
        for fact in [
            " width=\\\"640\\\" height=\\\"360\\\"",
            " fileSize=\"1478\"",
            " width=\"640\"",
            " height=\"360\"",
            " height=\"360\"",
            " width=\"640\"",
            ",\"size_in_bytes\":1478",
        ] {
            text = text.replace(fact, "");
        }
        text.replace("length=\"1478\"", "length=\"0\"")
    };
    for (before, after) in before.iter().zip(&after) {
        assert_ne!(before, after);
        assert_eq!(before, &without_facts(after));
    }
    let reported = project.run(&["build", "--report", "json"]).ends(0).json();
    assert!(reported["feeds"].as_array().unwrap().iter().all(|f| f["change"] == "unchanged"), "{reported}");
}

#[test]
fn the_recipe_stands_in_every_format() {
    let server = Server::start(host);
    let url = server.url("/a.webp");
    let project = site::with_images(std::slice::from_ref(&url));
    project.run(&["build", "--probe"]).ends(0);
    let rss = project.read("feeds/rss.xml");
    let figure = format!(
        "<figure><img src=\"{url}\" alt=\"Picture 0\" width=\"640\" height=\"360\" class=\"featured\"></figure>\n<p>Body 0.</p>"
    );
    let json: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
    let item = &json["items"][0];
    assert_eq!(item["content_html"], figure.as_str());
    assert_eq!((&item["image"], &item["attachments"][0]["url"]), (&url.as_str().into(), &url.as_str().into()));
    for part in ["<media:content", "medium=\"image\"", "fileSize=\"1478\""] {
        assert!(rss.contains(part), "{part}: {rss}");
    }
    // `url`, or `&amp;`-escaped: the same string wherever it stands.
    assert_eq!(rss.matches(&url).count(), rss.matches("/a.webp").count());
    project.write(
        "feedmill.yaml",
        site::CONFIG.replace("allow", "figure: false, enclosure: false, media: false, attachments: false, allow"),
    );
    project.run(&["build"]).ends(0);
    let (rss, json) = (project.read("feeds/rss.xml"), project.read("feeds/feed.json"));
    assert!(!rss.contains("<enclosure") && !rss.contains("<media:") && !rss.contains("<figure"), "{rss}");
    assert!(!json.contains("attachments") && json.contains("\"image\":"), "{json}");
}

#[test]
fn what_is_gone_leaves_the_feeds_and_the_article_stays() {
    let server = Server::start(host);
    let project = site::with_images(&[server.url("/gone.png"), server.url("/a.webp")]);
    let ran = project.run(&["build", "--probe", "--report", "short"]).ends(0);
    assert!(ran.stderr.contains("content/0000.md:5:") && ran.stderr.contains("A045"), "{}", ran.stderr);
    let rss = project.read("feeds/rss.xml");
    assert!(!rss.contains("gone.png") && rss.contains("<title>Article 0</title>") && rss.contains("a.webp"), "{rss}");
    server.forget();
    let again = project.run(&["build", "--report", "short"]).ends(0);
    assert!(again.stderr.contains("A045") && server.connections() == 0, "offline it is still known to be gone");
}

#[test]
fn an_audio_is_the_enclosure_and_the_image_stays() {
    let server = Server::start(host);
    let project = site::with_images(&[server.url("/a.webp")]);
    let text = project
        .read("content/0000.md")
        .replace("tag: T", &format!("tag: T\naudio: {{url: \"{}\", duration: 90}}", server.url("/talk.mp3")));
    project.write("content/0000.md", text);
    project.run(&["build", "--probe"]).ends(0);
    let (rss, atom, json) =
        (project.read("feeds/rss.xml"), project.read("feeds/atom.xml"), project.read("feeds/feed.json"));
    let audio = server.url("/talk.mp3");
    assert!(rss.contains(&format!("<enclosure url=\"{audio}\" length=\"510\" type=\"audio/mpeg\"/>")), "{rss}");
    assert_eq!(rss.matches("<enclosure").count(), 1);
    assert!(rss.contains("medium=\"image\"") && rss.contains("&#x3C;figure>") || rss.contains("figure"), "{rss}");
    assert_eq!(atom.matches("rel=\"enclosure\"").count(), 1);
    assert!(json.contains("\"mime_type\":\"audio/mpeg\",\"size_in_bytes\":510,\"duration_in_seconds\":90"), "{json}");
}

#[test]
fn the_table_tells_ages_uses_and_faults() {
    let server = Server::start(host);
    let project = site::with_images(&[server.url("/gone.png"), server.url("/a.webp"), server.url("/a.webp")]);
    project.write("content/own.png", image("plain.png"));
    site::article(&project, 3, "/own.png");
    let new = project.run(&["images"]).ends(0).stdout;
    assert!(new.contains("new  http://") && new.contains("174 png           300×20    own"), "{new}");
    project.run_at(Some("2026-01-01T00:00:00Z"), &["probe"]).ends(0);
    let table = project.run_at(Some("2026-01-04T00:00:00Z"), &["images"]).ends(0).stdout;
    assert!(table.contains("1478 webp         640×360    3 d  http://"), "{table}");
    assert!(table.contains("content/0001.md, content/0002.md\n") && table.contains("404 or 410"), "{table}");
    let json = project.run_at(Some("2026-01-04T00:00:00Z"), &["images", "--report", "json"]).ends(0).json();
    let list = json["images"]["list"].as_array().unwrap();
    assert_eq!(list.len(), 3);
    let webp = list.iter().find(|i| i["type"] == "image/webp").unwrap();
    assert_eq!(
        (&webp["age_seconds"], &webp["size"], webp["used_by"].as_array().unwrap().len()),
        (&259_200.into(), &1478.into(), 2)
    );
    std::fs::remove_file(project.path("content/0000.md")).unwrap();
    let pruned = project.run(&["images", "--prune"]).ends(0).stdout;
    assert!(pruned.contains("1 forgotten"), "{pruned}");
    assert!(!project.read("images.lock").contains("gone.png"));
    server.forget();
    project.run(&["images", "--refresh"]).ends(0);
    assert_eq!(server.lines(), ["GET /a.webp"]);
    assert_eq!(server.requests()[0].header("if-none-match"), "\"1478\"");
}
