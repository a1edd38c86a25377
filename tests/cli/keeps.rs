//! A published article keeps its id, its link and the URL of its feed, whatever is added or removed.

use crate::project::TestProject;

const CONFIG: &str = "site: {title: T, url: \"https://e.org/\"}\n";

fn project() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    project
}

/// An article of one slug or another with tags.
fn put(project: &TestProject, name: &str, slug: &str, month: u32, tags: &str, body: &str) {
    let head = format!("title: \"{body}\"\nslug: \"{slug}\"\ndate: 2024-{month:02}-01T10:00:00Z\ntags: [{tags}]");
    project.write(&format!("content/{name}"), format!("---\n{head}\n---\n\n{body}\n"));
}

fn tag(project: &TestProject, name: &str, month: u32, tag: &str) {
    put(project, name, name.trim_end_matches(".md"), month, &format!("\"{tag}\""), name);
}

/// The title of the feed of each folder of a tag.
fn tags(project: &TestProject) -> Vec<(String, String)> {
    let tree = project.tree("feeds");
    let feeds = tree.iter().filter(|(path, _)| path.starts_with("tags/") && path.ends_with("rss.xml"));
    let title = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
    };
    feeds.map(|(path, bytes)| (path.split('/').nth(1).unwrap().to_owned(), title(bytes))).collect()
}

fn folder(project: &TestProject, label: &str) -> String {
    let all = tags(project);
    all.iter().find(|(_, title)| title.contains(label)).unwrap_or_else(|| panic!("{label}: {all:?}")).0.clone()
}

/// What all feeds say under the one id of the slug, and at which file another is refused.
fn same(project: &TestProject, args: &[&str]) -> (String, String) {
    let ran = project.run(&[&["build", "--report", "short"][..], args].concat()).ends(0);
    let refused = ran.stderr.lines().find(|line| line.contains("A026")).unwrap_or_default();
    let file = refused.split(':').next().unwrap_or_default().to_owned();
    let feed: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["url"] == "https://e.org/same/").unwrap();
    (item["title"].as_str().unwrap().to_owned(), file)
}

#[test]
fn a_new_file_with_an_earlier_path_does_not_take_over() {
    let project = project();
    put(&project, "m.md", "same", 1, "x", "Old");
    assert_eq!(same(&project, &[]), ("Old".into(), String::new()));
    put(&project, "b.md", "same", 6, "x", "New");
    assert_eq!(same(&project, &[]), ("Old".into(), "content/b.md".into()));
    put(&project, "a.md", "same", 7, "x", "Newer");
    put(&project, "z.md", "same", 8, "x", "Newest");
    assert_eq!(same(&project, &["--no-cache"]).0, "Old");
    let check = project.run(&["check", "--report", "short"]).ends(1);
    assert!(
        !check.stderr.contains("content/m.md: error") && !check.stderr.contains("content/m.md:3"),
        "{}",
        check.stderr
    );
    put(&project, "m.md", "same", 1, "x", "Old, edited");
    assert_eq!(same(&project, &[]).0, "Old, edited");
    assert_eq!(same(&project, &["--accept"]).0, "Old, edited", "nothing agrees to give an id to another article");
}

#[test]
fn a_renamed_article_keeps_what_it_has_from_a_new_one_at_its_path() {
    let project = project();
    put(&project, "m.md", "same", 1, "x", "Old");
    project.run(&["build"]).ends(0);
    std::fs::rename(project.path("content/m.md"), project.path("content/z.md")).unwrap();
    put(&project, "m.md", "same", 6, "x", "New");
    assert_eq!(same(&project, &[]), ("Old".into(), "content/m.md".into()));
    assert_eq!(same(&project, &[]), ("Old".into(), "content/m.md".into()));
}

#[test]
fn a_copy_does_not_take_over_when_the_original_is_edited() {
    let project = project();
    put(&project, "m.md", "same", 1, "x", "Old");
    project.run(&["build"]).ends(0);
    put(&project, "b.md", "same", 1, "x", "Old");
    assert_eq!(same(&project, &[]).1, "content/b.md");
    put(&project, "m.md", "same", 1, "x", "Old, edited");
    assert_eq!(same(&project, &[]), ("Old, edited".into(), "content/b.md".into()));
}

#[test]
fn a_published_id_does_not_grow_when_another_article_takes_its_slug() {
    let project = project();
    let site = "site: {title: T, url: \"https://e.org/\", since: 2024}\n";
    project.write("feedmill.yaml", site.to_owned() + "content: {permalink: \"/{path}/\"}\n");
    put(&project, "m.md", "same", 1, "x", "Old");
    project.run(&["build"]).ends(0);
    let ids = |project: &TestProject| project.read("feeds/atom.xml").matches("<id>tag:e.org,2024:same</id>").count();
    assert_eq!(ids(&project), 1);
    put(&project, "b.md", "same", 6, "x", "New");
    project.run(&["build"]).ends(0);
    assert_eq!(ids(&project), 1);
    project.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(ids(&project), 1);
}

#[test]
fn a_tag_keeps_its_address_when_its_oldest_article_goes() {
    let project = project();
    for (name, month, label) in [("a.md", 1, "Go!"), ("b.md", 2, "Go?"), ("c.md", 3, "Go!"), ("d.md", 4, "Go?")] {
        tag(&project, name, month, label);
    }
    project.run(&["build"]).ends(0);
    let before = tags(&project);
    assert_eq!((before.len(), folder(&project, "Go!").as_str()), (2, "go"));
    std::fs::remove_file(project.path("content/a.md")).unwrap();
    project.run(&["build"]).ends(0);
    assert_eq!(tags(&project), before);
    project.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(tags(&project), before);
    let list = project.run(&["list"]).ends(0);
    assert!(list.stdout.lines().any(|line| line.contains("Go!") || line.contains("tags/go/")), "{}", list.stdout);
    // The whole tag goes: its address stays free until it returns.
    std::fs::remove_file(project.path("content/c.md")).unwrap();
    project.run(&["build"]).ends(0);
    assert_eq!(tags(&project), before.iter().filter(|(folder, _)| folder != "go").cloned().collect::<Vec<_>>());
    tag(&project, "c.md", 3, "Go!");
    project.run(&["build"]).ends(0);
    assert_eq!(tags(&project), before);
}

#[test]
fn a_new_tag_with_an_older_article_does_not_take_a_published_address() {
    let project = project();
    tag(&project, "b.md", 2, "C sharp");
    project.run(&["build"]).ends(0);
    assert!(!project.read("feeds/.feedmill/manifest.json").contains("\"tags\":"), "no tags compete");
    tag(&project, "a.md", 1, "C#");
    project.run(&["build"]).ends(0);
    assert_eq!(folder(&project, "C sharp"), "c-sharp");
    assert!(folder(&project, "C#").starts_with("c-sharp-"));
    // Their dates change places.
    tag(&project, "b.md", 1, "C sharp");
    tag(&project, "a.md", 2, "C#");
    project.run(&["build"]).ends(0);
    assert_eq!(folder(&project, "C sharp"), "c-sharp");
}

#[test]
fn two_new_tags_are_parted_by_their_oldest_articles() {
    let project = project();
    tag(&project, "b.md", 2, "Go!");
    tag(&project, "a.md", 1, "Go?");
    project.run(&["build"]).ends(0);
    assert_eq!(folder(&project, "Go?"), "go");
}

#[test]
fn a_manifest_gives_a_tag_no_folder_that_it_cannot_have() {
    let project = project();
    tag(&project, "a.md", 1, "Go!");
    tag(&project, "b.md", 2, "Go?");
    project.run(&["build"]).ends(0);
    let manifest = project.read("feeds/.feedmill/manifest.json");
    let forged = manifest.replace("\\tgo!\\tgo\\t", "\\tgo!\\t../../out\\t");
    assert_ne!(forged, manifest);
    project.write("feeds/.feedmill/manifest.json", forged);
    project.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(folder(&project, "Go!"), "go");
    assert!(!project.has("out") && !project.read("feeds/.feedmill/manifest.json").contains("out"));
}
