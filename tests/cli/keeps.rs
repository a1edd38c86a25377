//! What was published keeps its id, its link and the address of its feed, whatever is added or goes.

use crate::mill::Mill;

const CONFIG: &str = "site: {title: T, url: \"https://e.org/\"}\n";

fn mill() -> Mill {
    let mill = Mill::empty();
    mill.write("feedmill.yaml", CONFIG);
    mill
}

/// An article of one slug or another with tags.
fn put(mill: &Mill, name: &str, slug: &str, month: u32, tags: &str, body: &str) {
    let head = format!("title: \"{body}\"\nslug: \"{slug}\"\ndate: 2024-{month:02}-01T10:00:00Z\ntags: [{tags}]");
    mill.write(&format!("content/{name}"), format!("---\n{head}\n---\n\n{body}\n"));
}

fn tag(mill: &Mill, name: &str, month: u32, tag: &str) {
    put(mill, name, name.trim_end_matches(".md"), month, &format!("\"{tag}\""), name);
}

/// The title of the feed of each folder of a tag.
fn tags(mill: &Mill) -> Vec<(String, String)> {
    let tree = mill.tree("feeds");
    let feeds = tree.iter().filter(|(path, _)| path.starts_with("tags/") && path.ends_with("rss.xml"));
    let title = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
    };
    feeds.map(|(path, bytes)| (path.split('/').nth(1).unwrap().to_owned(), title(bytes))).collect()
}

fn folder(mill: &Mill, label: &str) -> String {
    let all = tags(mill);
    all.iter().find(|(_, title)| title.contains(label)).unwrap_or_else(|| panic!("{label}: {all:?}")).0.clone()
}

/// What all feeds say under the one id of the slug, and at which file another is refused.
fn same(mill: &Mill, args: &[&str]) -> (String, String) {
    let ran = mill.run(&[&["build", "--report", "short"][..], args].concat()).ends(0);
    let refused = ran.stderr.lines().find(|line| line.contains("A026")).unwrap_or_default();
    let file = refused.split(':').next().unwrap_or_default().to_owned();
    let feed: serde_json::Value = serde_json::from_str(&mill.read("feeds/feed.json")).unwrap();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["url"] == "https://e.org/same/").unwrap();
    (item["title"].as_str().unwrap().to_owned(), file)
}

#[test]
fn a_new_file_with_an_earlier_path_does_not_take_over() {
    let mill = mill();
    put(&mill, "m.md", "same", 1, "x", "Old");
    assert_eq!(same(&mill, &[]), ("Old".into(), String::new()));
    put(&mill, "b.md", "same", 6, "x", "New");
    assert_eq!(same(&mill, &[]), ("Old".into(), "content/b.md".into()));
    put(&mill, "a.md", "same", 7, "x", "Newer");
    put(&mill, "z.md", "same", 8, "x", "Newest");
    assert_eq!(same(&mill, &["--no-cache"]).0, "Old");
    let check = mill.run(&["check", "--report", "short"]).ends(1);
    assert!(
        !check.stderr.contains("content/m.md: error") && !check.stderr.contains("content/m.md:3"),
        "{}",
        check.stderr
    );
    put(&mill, "m.md", "same", 1, "x", "Old, edited");
    assert_eq!(same(&mill, &[]).0, "Old, edited");
    assert_eq!(same(&mill, &["--accept"]).0, "Newer", "agreed to, the first path has it");
    assert_eq!(same(&mill, &[]).0, "Newer");
}

#[test]
fn a_renamed_article_keeps_what_it_has_from_a_new_one_at_its_path() {
    let mill = mill();
    put(&mill, "m.md", "same", 1, "x", "Old");
    mill.run(&["build"]).ends(0);
    std::fs::rename(mill.path("content/m.md"), mill.path("content/z.md")).unwrap();
    put(&mill, "m.md", "same", 6, "x", "New");
    assert_eq!(same(&mill, &[]), ("Old".into(), "content/m.md".into()));
    assert_eq!(same(&mill, &[]), ("Old".into(), "content/m.md".into()));
}

#[test]
fn a_copy_does_not_take_over_when_the_original_is_edited() {
    let mill = mill();
    put(&mill, "m.md", "same", 1, "x", "Old");
    mill.run(&["build"]).ends(0);
    put(&mill, "b.md", "same", 1, "x", "Old");
    assert_eq!(same(&mill, &[]).1, "content/b.md");
    put(&mill, "m.md", "same", 1, "x", "Old, edited");
    assert_eq!(same(&mill, &[]), ("Old, edited".into(), "content/b.md".into()));
}

#[test]
fn a_published_id_does_not_grow_when_another_article_takes_its_slug() {
    let mill = mill();
    let site = "site: {title: T, url: \"https://e.org/\", since: 2024}\n";
    mill.write("feedmill.yaml", site.to_owned() + "content: {permalink: \"/{path}/\"}\n");
    put(&mill, "m.md", "same", 1, "x", "Old");
    mill.run(&["build"]).ends(0);
    let ids = |mill: &Mill| mill.read("feeds/atom.xml").matches("<id>tag:e.org,2024:same</id>").count();
    assert_eq!(ids(&mill), 1);
    put(&mill, "b.md", "same", 6, "x", "New");
    mill.run(&["build"]).ends(0);
    assert_eq!(ids(&mill), 1);
    mill.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(ids(&mill), 1);
}

#[test]
fn a_tag_keeps_its_address_when_its_oldest_article_goes() {
    let mill = mill();
    for (name, month, label) in [("a.md", 1, "Go!"), ("b.md", 2, "Go?"), ("c.md", 3, "Go!"), ("d.md", 4, "Go?")] {
        tag(&mill, name, month, label);
    }
    mill.run(&["build"]).ends(0);
    let before = tags(&mill);
    assert_eq!((before.len(), folder(&mill, "Go!").as_str()), (2, "go"));
    std::fs::remove_file(mill.path("content/a.md")).unwrap();
    mill.run(&["build"]).ends(0);
    assert_eq!(tags(&mill), before);
    mill.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(tags(&mill), before);
    let list = mill.run(&["list"]).ends(0);
    assert!(list.stdout.lines().any(|line| line.contains("Go!") || line.contains("tags/go/")), "{}", list.stdout);
    // The whole tag goes: its address stays free until it returns.
    std::fs::remove_file(mill.path("content/c.md")).unwrap();
    mill.run(&["build"]).ends(0);
    assert_eq!(tags(&mill), before.iter().filter(|(folder, _)| folder != "go").cloned().collect::<Vec<_>>());
    tag(&mill, "c.md", 3, "Go!");
    mill.run(&["build"]).ends(0);
    assert_eq!(tags(&mill), before);
}

#[test]
fn a_new_tag_with_an_older_article_does_not_take_a_published_address() {
    let mill = mill();
    tag(&mill, "b.md", 2, "C sharp");
    mill.run(&["build"]).ends(0);
    assert!(!mill.read("feeds/.feedmill/manifest.json").contains("\"tags\":"), "no tags compete");
    tag(&mill, "a.md", 1, "C#");
    mill.run(&["build"]).ends(0);
    assert_eq!(folder(&mill, "C sharp"), "c-sharp");
    assert!(folder(&mill, "C#").starts_with("c-sharp-"));
    // Their dates change places.
    tag(&mill, "b.md", 1, "C sharp");
    tag(&mill, "a.md", 2, "C#");
    mill.run(&["build"]).ends(0);
    assert_eq!(folder(&mill, "C sharp"), "c-sharp");
}

#[test]
fn two_new_tags_are_parted_by_their_oldest_articles() {
    let mill = mill();
    tag(&mill, "b.md", 2, "Go!");
    tag(&mill, "a.md", 1, "Go?");
    mill.run(&["build"]).ends(0);
    assert_eq!(folder(&mill, "Go?"), "go");
}

#[test]
fn a_manifest_gives_a_tag_no_folder_that_it_cannot_have() {
    let mill = mill();
    tag(&mill, "a.md", 1, "Go!");
    tag(&mill, "b.md", 2, "Go?");
    mill.run(&["build"]).ends(0);
    let manifest = mill.read("feeds/.feedmill/manifest.json");
    let forged = manifest.replace("\"go\": \"go!\"", "\"../../out\": \"go!\"");
    assert_ne!(forged, manifest);
    mill.write("feeds/.feedmill/manifest.json", forged);
    mill.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(folder(&mill, "Go!"), "go");
    assert!(!mill.has("out") && !mill.read("feeds/.feedmill/manifest.json").contains("out"));
}
