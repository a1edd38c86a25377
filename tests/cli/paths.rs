//! `output.paths` and `path:` of a rule: a feed lies where its subscribers ask for it, and everything that names it says so.

use crate::project::TestProject;

/// Two tagged articles in two folders.
fn site(config: &str) -> TestProject {
    let project = TestProject::empty();
    configure(&project, config);
    for (n, folder) in ["posts", "notes"].into_iter().enumerate() {
        let text =
            format!("---\ntitle: {folder}\ndate: 2025-03-0{}T10:00:00Z\ntags: [News, {folder}]\n---\nText.\n", n + 1);
        project.write(&format!("content/{folder}/{n}.md"), text);
    }
    project
}

fn configure(project: &TestProject, config: &str) {
    project
        .write("feedmill.yaml", format!("site: {{title: T, url: \"https://e.example/\", language: en}}\n{config}\n"));
}

/// The feeds below the output folder.
fn feeds(project: &TestProject) -> Vec<String> {
    let is_feed = |path: &String| !path.starts_with('.') && (path.ends_with(".xml") || path.ends_with(".json"));
    project.tree("feeds").into_keys().filter(is_feed).collect()
}

const MOVED: &str = "output: {paths: {rss: /feed/, atom: /feeds/all.atom.xml}, headers: [nginx, apache, caddy, netlify]}\n\
    websub: {hubs: [\"https://hub.example/\"]}\n\
    feeds: [{by: tag, path: {rss: \"/tags/{slug}/index.xml\", atom: \"/feeds/{slug}.atom.xml\"}}, \
    {name: best, where: {tag: news}, path: /best.xml}]";

#[test]
fn feeds_lie_where_the_config_puts_them_and_say_so() {
    let project = site(MOVED);
    project.run(&["build"]).ends(0);
    assert_eq!(
        feeds(&project),
        [
            "best.xml",
            "best/atom.xml",
            "best/feed.json",
            "feed.json",
            "feed/index.xml",
            "feeds/all.atom.xml",
            "feeds/news.atom.xml",
            "feeds/notes.atom.xml",
            "feeds/posts.atom.xml",
            "tags/news/feed.json",
            "tags/news/index.xml",
            "tags/notes/feed.json",
            "tags/notes/index.xml",
            "tags/posts/feed.json",
            "tags/posts/index.xml",
        ]
    );
    let said = |path: &str, text: &str| {
        let file = project.read(&format!("feeds/{path}"));
        assert!(file.contains(text), "{text} in {path}:\n{file}");
    };
    said("feed/index.xml", "href=\"https://e.example/feeds/feed/\" rel=\"self\"");
    said("feeds/news.atom.xml", "href=\"https://e.example/feeds/feeds/news.atom.xml\" rel=\"self\"");
    said("feeds/news.atom.xml", "<id>https://e.example/feeds/feeds/news.atom.xml</id>");
    said("feeds.opml", "xmlUrl=\"https://e.example/feeds/feed/\"");
    said("index.html", "href=\"https://e.example/feeds/feed/\"");
    said("tags/news/index.html", "https://e.example/feeds/tags/news/index.xml");
    said(".feedmill/manifest.json", "\"feed/index.xml\"");
    said(".feedmill/nginx.conf", "location ~ \"^/feeds/(?<feedmill_path>feed/)(?:index\\.xml)?$\" {");
    said(
        ".feedmill/nginx.conf",
        "(?<feedmill_path>tags/[a-z0-9-]+/index\\.xml|best\\.xml)$\" {\n    types { }\n    default_type \"application/rss+xml",
    );
    said(
        ".htaccess",
        "SetEnvIf Request_URI \"^/feeds/(feeds/all\\.atom\\.xml|feeds/[a-z0-9-]+\\.atom\\.xml)$\" FEEDMILL_ATOM_PATH=$1",
    );
    said(".feedmill/Caddyfile", "rewrite @feedmill_rss_folder `/feeds/{re.feedmill_rss_folder.1}index.xml`");
    said("_headers", "/feeds/feed/\n  Content-Type: application/rss+xml; charset=utf-8\n");
    said("_headers", "<https://e.example/feeds/feeds/all.atom.xml>; rel=\"self\"");
    let list = project.run(&["list"]).ends(0).stdout;
    assert!(list.contains("https://e.example/feeds/feed/\n") && list.contains("/tags/news/index.xml"), "{list}");
    let snippet = project.command(&["snippet"]).output().unwrap();
    assert!(String::from_utf8(snippet.stdout).unwrap().contains("https://e.example/feeds/feeds/all.atom.xml"));
    let pushed = project.command(&["push", "--dry-run", "--report", "json"]).output().unwrap();
    let pushed = String::from_utf8(pushed.stdout).unwrap();
    assert!(pushed.contains("https://e.example/feeds/feed/\"") && pushed.contains("/feeds/news.atom.xml"), "{pushed}");
}

#[test]
fn a_feed_that_moves_leaves_no_document_behind_and_the_ledger_has_its_address() {
    let project = site("output: {paths: {rss: /feed.xml}}");
    project.run_at(None, &["build"]).ends(0);
    assert!(project.read("feedmill.ids").contains("https://e.example/feeds/feed.xml"));
    configure(&project, "output: {paths: {rss: /index.xml}}");
    let moved = project.run_at(None, &["build", "--report", "json"]).ends(0);
    assert!(moved.stdout.contains("feeds/feed.xml → https://e.example/feeds/index.xml"), "{}", moved.stdout);
    assert!(!project.has("feeds/feed.xml") && project.has("feeds/index.xml"));
    // Another site's file at a path that no config names is not deleted, whatever the manifest says.
    let manifest = project.read("feeds/.feedmill/manifest.json").replace("\"index.xml\"", "\"mine.xml\"");
    project.write("feeds/mine.xml", project.read("feeds/index.xml"));
    project.write("feeds/.feedmill/manifest.json", manifest);
    project.run_at(None, &["build", "--no-cache", "--accept"]);
    assert!(project.has("feeds/mine.xml"));
}

#[test]
fn a_feed_of_another_program_is_not_replaced() {
    let project = site("output: {paths: {rss: /index.xml}}");
    project.write("feeds/index.xml", "<rss version=\"2.0\"><channel><generator>Hugo</generator></channel></rss>");
    project.run(&["build"]).ends(1);
    assert!(project.read("feeds/index.xml").contains("Hugo"));
}

#[test]
fn paths_that_cannot_be_used_are_refused_with_the_reason() {
    for (config, reason) in [
        ("output: {paths: {rss: feed.xml}}", "does not begin with `/`"),
        ("output: {paths: {rss: /../feed.xml}}", "leaves the output folder"),
        ("output: {paths: {rss: '/a\\b.xml'}}", "holds `\\`"),
        ("output: {paths: {rss: /a//b.xml}}", "holds `//`"),
        ("output: {paths: {rss: /a/./b.xml}}", "the segment `.`"),
        ("output: {paths: {rss: \"/a\\tb.xml\"}}", "a control character"),
        ("output: {paths: {rss: /.feedmill/manifest.json}}", "feedmill's own files"),
        ("output: {paths: {rss: /x.xml, atom: /x.xml}}", "two documents would lie at `/x.xml`"),
        ("output: {paths: {rss: /x/, json: /x/}}", "two documents would lie at `/x/`"),
        ("output: {paths: {rss: /index.html}}", "the name of a page"),
        ("output: {paths: {rss: /feeds.opml}}", "the name of OPML"),
        ("output: {paths: {rss: /atom.xml}}", "the name of Atom"),
        ("output: {paths: {rss: \"/{slug}.xml\"}}", "has no slug"),
        ("output: {paths: /feed.xml}", "a mapping of keys"),
        ("feeds: [{by: tag, path: /tag.xml}]", "lacks `{slug}`"),
        ("feeds: [{by: tag, path: \"/{name}.xml\"}]", "the only placeholder is `{slug}`"),
        (
            "feeds: [{name: best, where: {tag: news}, path: /x.xml}, {name: other, where: {tag: news}, path: /x.xml}]",
            "`/x.xml`",
        ),
        (
            "output: {paths: {rss: /t/news.xml}}\nfeeds: [{by: tag, path: \"/t/{slug}.xml\"}]",
            "would both lie at `/t/news.xml`",
        ),
        ("output: {paths: {rss: /}}", "would both lie at `/index.html`"),
        ("output: {paths: {rss: /tags}}", "a file"),
        ("output: {paths: {rss: /tags/news/atom.xml}}", "the name of Atom"),
        ("output: {paths: {rss: /tags/news/rss.xml}}", "would both lie"),
    ] {
        let project = site(config);
        let ran = project.run(&["build", "--report", "json"]).ends(2);
        assert!(ran.stdout.contains(&reason.replace('\\', "\\\\")), "{config}: {}", ran.stdout);
        assert!(!project.has("feeds/feeds.opml"), "{config}");
        project.run(&["check"]).ends(2);
    }
}

#[test]
fn neighbours_of_refused_paths_are_fine() {
    for config in [
        "output: {paths: {rss: /x.xml, atom: /X/x.xml}}",
        "output: {pages: false, paths: {rss: /}}",
        "output: {paths: {rss: /feeds/all.xml}}\nfeeds: [{by: tag, path: \"/feeds/{slug}.xml\"}]",
        "feeds: [{name: best, where: {tag: news}, path: /feed.xml}]",
        "output: {paths: {rss: /tags/rss.xml}}",
    ] {
        site(config).run(&["build"]).ends(0);
    }
}

#[test]
fn sections_have_feeds_and_the_main_feed_can_leave_one_out() {
    let project = site(
        "output: {where: {not: {section: Notes}}}\nfeeds: [{by: section}, {name: short, where: {section: notes}}]",
    );
    project.write("content/root.md", "---\ntitle: Root\ndate: 2025-03-04T10:00:00Z\n---\nText.\n");
    project.write("content/posts/2025/deep.md", "---\ntitle: Deep\ndate: 2025-03-05T10:00:00Z\n---\nText.\n");
    project.run(&["build"]).ends(0);
    let titles = |path: &str| {
        let feed = project.read(&format!("feeds/{path}"));
        let items = feed.split("<item>").skip(1);
        items.map(|item| item.split(['>', '<']).nth(2).unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles("rss.xml"), ["Deep", "Root", "posts"]);
    assert_eq!(titles("sections/posts/rss.xml"), ["Deep", "posts"]);
    assert_eq!(titles("sections/notes/rss.xml"), ["notes"]);
    assert_eq!(titles("short/rss.xml"), ["notes"]);
    assert!(!project.has("feeds/sections/2025") && !project.has("feeds/tags"));
    assert!(project.read("feeds/feeds.opml").contains("<outline text=\"Sections\""));
    configure(&project, "feeds: [{by: section, path: \"/{slug}/index.xml\"}]");
    project.run(&["build", "--accept"]).ends(0);
    assert!(project.has("feeds/posts/index.xml") && !project.has("feeds/sections/posts/rss.xml"));
    assert_eq!(titles("rss.xml"), ["Deep", "Root", "notes", "posts"]);
}

#[test]
fn a_condition_that_no_article_meets_is_reported() {
    let project = site("output: {where: {section: nowhere}}");
    let ran = project.run(&["build", "--report", "json"]).ends(0);
    assert!(ran.stdout.contains("`output.where` matches no articles"), "{}", ran.stdout);
    assert!(!project.has("feeds/rss.xml") && project.has("feeds/tags/news/rss.xml"));
    configure(&project, "output: {where: {path: \"notes/**\"}}");
    project.run(&["build"]).ends(2);
}
