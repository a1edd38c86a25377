//! `feedmill adopt`: ids of other programs' feeds reach feedmill's feeds letter by letter, or are listed. Files under `adopt/` are small
//! feeds of every format, each with three entries of the same three articles.

use crate::project::{Ran, TestProject};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const CONFIG: &str = "site: {title: T, url: \"https://e.org/\"}\ncontent: {permalink: \"/{year}/{slug}/\"}\n";

/// The three articles that the feeds of `tests/cli/adopt` have.
fn three() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for (slug, title, day) in [("one", "The first one", 1), ("two", "Fish & chips", 2), ("café", "A café", 3)] {
        article(&project, slug, title, day);
    }
    project
}

fn article(project: &TestProject, slug: &str, title: &str, day: u32) {
    let text =
        format!("---\ntitle: \"{title}\"\nslug: {slug}\ndate: 2024-05-{day:02}\n---\nText of {slug}, some words.\n");
    project.write(&format!("content/{slug}.md"), text);
}

fn saved(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/adopt").join(name)
}

fn adopt(project: &TestProject, args: &[&str]) -> Ran {
    project.run_at(None, &[&["adopt"], args].concat())
}

/// The counts of a JSON report, of which the sum is checked.
fn counts(ran: &Ran) -> (usize, usize, usize) {
    let adopt = ran.json()["adopt"].clone();
    let list = |key: &str| adopt[key].as_array().unwrap().len();
    let (kept, unmatched, ambiguous) =
        (usize::try_from(adopt["kept"].as_u64().unwrap()).unwrap(), list("unmatched"), list("ambiguous"));
    assert_eq!(adopt["entries"], (kept + unmatched + ambiguous) as u64, "{adopt}");
    (kept, unmatched, ambiguous)
}

/// The ids of a document that feedmill wrote.
fn ids(project: &TestProject, document: &str) -> BTreeSet<String> {
    ids_in(project, &format!("feeds/{document}"))
}

/// The ids of a document at any path.
fn ids_in(project: &TestProject, path: &str) -> BTreeSet<String> {
    let text = project.read(path);
    if path.ends_with(".json") {
        let feed: serde_json::Value = serde_json::from_str(&text).unwrap();
        return feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    }
    let (item, id) = if text.contains("<rss") { ("<item>", "<guid") } else { ("<entry>", "<id") };
    let between = |item: &str| {
        let rest = &item[item.find(id).unwrap()..];
        let rest = &rest[rest.find('>').unwrap() + 1..];
        rest[..rest.find('<').unwrap()].replace("&#x26;", "&").replace("&amp;", "&")
    };
    text.split(item).skip(1).map(between).collect()
}

#[test]
fn every_format_keeps_its_ids_to_the_letter() {
    let tsv = std::fs::read_to_string(saved("expected.tsv")).unwrap();
    let mut seen = 0;
    for line in tsv.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (file, document, expected) = (fields[0], fields[1], fields[2..].iter().map(|id| (*id).to_owned()));
        let project = three();
        let ran = adopt(&project, &[saved(file).to_str().unwrap(), "--report", "json"]).ends(0);
        assert_eq!(counts(&ran), (3, 0, 0), "{file}: {}", ran.stdout);
        project.run_at(None, &["build"]).ends(0);
        assert_eq!(ids(&project, document), expected.collect(), "{file}");
        seen += 1;
    }
    let files = std::fs::read_dir(saved("")).unwrap().count();
    assert_eq!(seen, files - 1, "each file has its line in expected.tsv");
}

#[test]
fn a_dry_run_writes_nothing_and_the_last_line_is_the_count() {
    let project = three();
    let source = saved("rss-2.0.xml");
    let ran = adopt(&project, &[source.to_str().unwrap(), "--dry-run"]).ends(0);
    assert!(ran.stdout.ends_with("\n3 of 3 entries kept\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("kept       one.md  https://old.example/?p=1"), "{}", ran.stdout);
    assert!(!project.has("feedmill.ids"));
    let ran = adopt(&project, &[source.to_str().unwrap()]).ends(0);
    assert!(ran.stdout.ends_with("\n3 of 3 entries kept\n"), "{}", ran.stdout);
    let ledger = project.read("feedmill.ids");
    adopt(&project, &[source.to_str().unwrap()]).ends(0);
    assert_eq!(project.read("feedmill.ids"), ledger, "the same again changes nothing");
}

#[test]
fn dates_of_the_source_are_kept_and_old_articles_stay_out() {
    let project = three();
    article(&project, "older", "An older one", 1);
    let text = project.read("content/older.md").replace("2024-05-01", "2020-01-01");
    project.write("content/older.md", text);
    adopt(&project, &[saved("rss-2.0.xml").to_str().unwrap()]).ends(0);
    project.run_at(None, &["build"]).ends(0);
    let feed = project.read("feeds/rss.xml");
    assert!(feed.contains("<pubDate>Wed, 01 May 2024 08:15:00 +0200</pubDate>"), "{feed}");
    assert!(!feed.contains("An older one"), "{feed}");
    article(&project, "new", "A new one", 9);
    project.run_at(None, &["build"]).ends(0);
    assert!(project.read("feeds/rss.xml").contains("A new one"));
}

#[test]
fn a_renamed_slug_an_edited_text_and_another_host_keep_their_ids() {
    let project = three();
    project.write("feedmill.yaml", CONFIG.replace("e.org", "new.example"));
    article(&project, "renamed", "The first one", 1);
    std::fs::remove_file(project.path("content/one.md")).unwrap();
    article(&project, "two", "Another title", 2);
    let ran = adopt(&project, &[saved("atom-1.0.xml").to_str().unwrap(), "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (3, 0, 0), "{}", ran.stdout);
    project.run_at(None, &["build"]).ends(0);
    assert!(ids(&project, "atom.xml").contains("tag:old.example,2024:1"));
}

#[test]
fn what_is_ambiguous_is_listed_with_both_candidates_and_not_taken() {
    let project = three();
    project.write("feedmill.yaml", CONFIG.replace("{year}/{slug}", "posts/{slug}"));
    article(&project, "eins", "The first one", 1);
    article(&project, "uno", "The first one", 2);
    std::fs::remove_file(project.path("content/one.md")).unwrap();
    let ran = adopt(&project, &[saved("rss-2.0.xml").to_str().unwrap(), "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (2, 0, 1), "{}", ran.stdout);
    let ambiguous = ran.json()["adopt"]["ambiguous"][0].clone();
    assert_eq!(ambiguous["articles"], serde_json::json!(["eins.md", "uno.md"]), "{ambiguous}");
    assert_eq!(ambiguous["id"], "https://old.example/?p=1");
    assert!(!project.read("feedmill.ids").contains("?p=1"));
}

#[test]
fn an_alias_and_a_number_of_wordpress_lead_to_the_article() {
    let project = three();
    for (path, line) in [("one", "wordpress_id: 1"), ("two", "aliases: [/2024/fish-and-chips/]")] {
        let path = format!("content/{path}.md");
        let text = project.read(&path).replace("slug: ", "slug: x-").replace("title: \"", "title: \"Now ");
        project.write(&path, text.replacen("---\n", &format!("---\n{line}\n"), 1).replace("2024-05", "2024-08"));
    }
    let feed = "<rss version=\"2.0\"><channel><title>T</title>\
        <item><title>A</title><guid isPermaLink=\"false\">https://old.example/?p=1</guid><link>https://old.example/a/</link></item>\
        <item><title>B</title><guid>b-1</guid><link>http://www.e.org/2024/fish-and-chips/?utm_source=rss</link></item>\
        </channel></rss>";
    project.write("old.xml", feed);
    let ran = adopt(&project, &["old.xml", "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (2, 0, 0), "{}", ran.stdout);
}

#[test]
fn lines_that_feeds_have_listed_are_not_overwritten() {
    let project = three();
    project.run_at(None, &["build"]).ends(0);
    let ledger = project.read("feedmill.ids");
    let ran = adopt(&project, &[saved("rss-2.0.xml").to_str().unwrap(), "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (0, 3, 0), "{}", ran.stdout);
    assert_eq!(project.read("feedmill.ids"), ledger);
}

#[test]
fn a_manifest_of_runs_before_does_not_undo_what_was_adopted() {
    let project = three();
    project.command(&["build"]).env("CI", "true").output().unwrap();
    let manifest = project.path("feeds/.feedmill/manifest.json");
    let mut value: serde_json::Value = serde_json::from_slice(&std::fs::read(&manifest).unwrap()).unwrap();
    value.as_object_mut().unwrap().remove("given");
    std::fs::write(&manifest, value.to_string()).unwrap();
    let ran = adopt(&project, &[saved("rss-2.0.xml").to_str().unwrap(), "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (3, 0, 0), "{}", ran.stdout);
    project.run_at(None, &["build"]).ends(0);
    assert!(ids(&project, "rss.xml").contains("https://old.example/?p=1"), "{}", project.read("feedmill.ids"));
}

#[test]
fn the_ids_of_the_last_run_stay_when_the_rule_changes() {
    let project = three();
    project.run_at(None, &["build"]).ends(0);
    let before = ids(&project, "rss.xml");
    project.write("feedmill.yaml", CONFIG.replace("url:", "since: 2024, url:"));
    project.run_at(None, &["build"]).ends(1);
    let ran = adopt(&project, &["--from-manifest", "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (3, 0, 0), "{}", ran.stdout);
    project.run_at(None, &["build"]).ends(0);
    assert_eq!(ids(&project, "rss.xml"), before);
}

#[test]
fn hostile_sources_end_with_a_reason_and_leave_the_ledger() {
    let project = three();
    adopt(&project, &[saved("rss-2.0.xml").to_str().unwrap()]).ends(0);
    let ledger = project.read("feedmill.ids");
    let deep = format!("<rss><channel>{}", "<a>".repeat(100_000));
    let cut = "<rss version=\"2.0\"><channel><item><title>A</title></item>";
    let json = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}", "[".repeat(100_000));
    for (name, text, why) in [
        ("deep.xml", deep.as_str(), "nested deeper"),
        ("cut.xml", cut, "it ends before its last element does"),
        ("page.xml", "<html><body/></html>", "its first element is <html>"),
        ("deep.json", &json, "not JSON that can be read"),
        ("empty.xml", "", "it is empty"),
        ("text.xml", "hello", "neither XML nor a JSON object"),
        ("other.json", "{\"version\": 3, \"items\": []}", "`version` is not that of JSON Feed"),
    ] {
        project.write(name, text);
        let ran = adopt(&project, &[name]).ends(3);
        assert!(ran.stderr.contains(why), "{name}: {}", ran.stderr);
        assert_eq!(project.read("feedmill.ids"), ledger, "{name}");
    }
    let large = std::fs::File::create(project.path("large.xml")).unwrap();
    large.set_len(1 << 30).unwrap();
    assert!(adopt(&project, &["large.xml"]).ends(3).stderr.contains("larger than 64 MiB"));
    assert!(adopt(&project, &["nothing.xml"]).ends(3).stderr.contains("nothing.xml"));
    adopt(&project, &[]).ends(2);
}

#[test]
fn ids_with_control_characters_and_entities_are_refused_one_by_one() {
    let project = three();
    let entities = "<!DOCTYPE rss [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let item = |slug: &str, guid: &str| {
        format!("<item><guid>{guid}</guid><link>https://e.org/2024/{slug}/</link><title>{slug}</title></item>")
    };
    let items = [item("one", "a&#1;b"), item("two", "&b;&b;"), item("caf%C3%A9", "  good &amp; well  ")].concat();
    project.write("bad.xml", format!("<?xml version=\"1.0\"?>{entities}<rss><channel>{items}</channel></rss>"));
    let ran = adopt(&project, &["bad.xml", "--report", "json"]).ends(0);
    assert_eq!(counts(&ran), (1, 2, 0), "{}", ran.stdout);
    project.run_at(None, &["build"]).ends(0);
    assert!(ids(&project, "rss.xml").contains("good & well"));
    let people = adopt(&project, &["bad.xml"]).ends(0);
    assert!(!people.stdout.contains('\u{1}'), "{}", people.stdout);
}

/// Each engine's own feeds, over its own sources: every entry is kept or listed, and what is kept is in feedmill's feeds to the letter.
#[test]
fn feeds_of_real_engines_are_kept() {
    let (kept, all) = engines(|_| {});
    assert!(kept * 1000 >= all * 995, "{kept} of {all}");
}

/// A third of the articles with another text, a third under another file name; the host has moved as well.
#[test]
fn feeds_of_real_engines_are_kept_after_edits() {
    let (kept, all) = engines(|project| {
        let tree = project.tree(".");
        for (n, (path, bytes)) in tree.iter().filter(|(path, _)| path.ends_with(".md")).enumerate() {
            let name = path.rsplit('/').next().unwrap();
            match n % 3 {
                0 => project.write(path, [bytes, &b"\nA sentence that was added later.\n"[..]].concat()),
                1 if !["index.md", "_index.md", "about.md"].contains(&name) => {
                    let renamed = format!("{}-renamed.md", path.trim_end_matches(".md"));
                    std::fs::rename(project.path(path), project.path(&renamed)).unwrap();
                }
                _ => {}
            }
        }
    });
    assert!(kept * 1000 >= all * 995, "{kept} of {all}");
}

/// Adopts the feeds of each engine in a changed copy of its site, and returns how many entries of how many are kept.
fn engines(change: impl Fn(&TestProject)) -> (usize, usize) {
    let engines = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines");
    let (mut all, mut all_kept) = (0, 0);
    for (engine, documents) in [
        ("hugo", &["index.xml"][..]),
        ("jekyll", &["feed.xml"]),
        ("pelican", &["feeds/all.atom.xml", "feeds/all.rss.xml"]),
        ("hexo", &["atom.xml", "rss2.xml"]),
        ("mkdocs", &["feed_rss_created.xml", "feed_json_created.json"]),
        ("docusaurus", &["blog/rss.xml", "blog/feed.json"]),
        ("eleventy", &["feed.xml", "feed.rss", "feed.json"]),
        ("astro", &["rss.xml"]),
        ("zola", &["atom.xml", "rss.xml"]),
        ("vitepress", &["feed.atom", "feed.rss", "feed.json"]),
    ] {
        let project = TestProject::copy_of(&engines.join(engine).join("site"));
        project.run_at(None, &["init", "--url", "https://moved.example/"]).ends(0);
        change(&project);
        let recorded = engines.join(engine).join("recorded");
        let sources = documents.iter().map(|source| recorded.join(source).to_str().unwrap().to_owned());
        let sources: Vec<String> = sources.collect();
        let mut args: Vec<&str> = sources.iter().map(String::as_str).collect();
        args.extend(["--report", "json", "--now", crate::project::NOW]);
        let ran = adopt(&project, &args).ends(0);
        let (kept, unmatched, ambiguous) = counts(&ran);
        all += kept + unmatched + ambiguous;
        all_kept += kept;
        let config = project.read("feedmill.yaml");
        let limit = config.lines().find(|line| line.starts_with("  limit: ")).unwrap();
        project.write("feedmill.yaml", config.replace(limit, "  limit: 1000"));
        let dir = config.split_once("\n  dir: \"").unwrap().1.split_once("\n  dir: \"").unwrap().1;
        let dir = dir.split('"').next().unwrap();
        project.run_at(None, &["build", "--future", "--lenient"]).ends(0);
        let listed: BTreeSet<String> = ["unmatched", "ambiguous"]
            .iter()
            .flat_map(|key| ran.json()["adopt"][*key].as_array().unwrap().clone())
            .map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect();
        for source in documents {
            let facts = std::fs::read_to_string(recorded.join("facts.tsv")).unwrap();
            let facts = facts.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
            let own = facts.filter(|fact| fact[0].trim_start_matches('/') == *source && !fact[1].is_empty());
            let given: BTreeSet<String> = own.map(|fact| fact[3].to_owned()).collect();
            assert!(given.len() > 10, "{engine} {source}");
            let ours = ids_in(&project, &format!("{dir}/{source}"));
            let lost: Vec<_> = given.iter().filter(|id| !ours.contains(*id) && !listed.contains(*id)).collect();
            assert!(lost.is_empty(), "{engine} {source}: {lost:?}");
        }
    }
    (all_kept, all)
}

#[test]
fn the_feed_of_a_tag_keeps_its_address_and_what_it_listed() {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for (slug, day) in [("one", 1), ("two", 2), ("three", 3)] {
        let head = format!("title: About {slug}\nslug: {slug}\ndate: 2024-05-{day:02}\ntags: [C++, all]");
        project.write(&format!("content/{slug}.md"), format!("---\n{head}\n---\nWords.\n"));
    }
    let feed = |path: &str, slugs: &[&str]| {
        let item = |slug: &&str| {
            format!(
                "<item><title>About {slug}</title><link>https://e.org/2024/{slug}/</link><guid>{slug}</guid></item>"
            )
        };
        let items: String = slugs.iter().map(item).collect();
        let own = format!("<atom:link rel=\"self\" href=\"https://e.org{path}\"/>");
        let start = "<rss xmlns:atom=\"http://www.w3.org/2005/Atom\" version=\"2.0\"><channel><title>T</title>";
        format!("{start}<link>https://e.org/</link><description>d</description>{own}{items}</channel></rss>")
    };
    project.write("old/main.xml", feed("/feed/", &["one", "two", "three"]));
    project.write("old/tag.xml", feed("/tag/c/feed/", &["three"]));
    adopt(&project, &["old"]).ends(0);
    assert!(project.read("feedmill.ids").contains("https://e.org/tag/c/feed/"), "{}", project.read("feedmill.ids"));
    let ran = project.run_at(None, &["build", "--report", "short"]).ends(0);
    assert!(ran.stderr.contains("https://e.org/tag/c/feed/ → https://e.org/feeds/tags/c/rss.xml"), "{}", ran.stderr);
    let tag = project.read("feeds/tags/c/rss.xml");
    assert!(tag.contains("About three") && !tag.contains("About one"), "old entries do not enter\n{tag}");
}
