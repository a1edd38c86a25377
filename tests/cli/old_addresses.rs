//! `output.also`, `output.redirects` and `output.gone`: addresses that readers go on asking for.

use crate::project::TestProject;

fn configure(project: &TestProject, output: &str) {
    let text = format!(
        "site: {{title: T, url: \"https://e.example/\", language: en}}\nwebsub: {{hubs: [\"https://hub.example/\"]}}\n\
         output: {{headers: [nginx, apache, caddy, netlify], {output}}}\n"
    );
    project.write("feedmill.yaml", text);
}

/// Three tagged articles.
fn site(output: &str) -> TestProject {
    let project = TestProject::empty();
    configure(&project, output);
    for (n, tag) in ["news", "old", "other"].into_iter().enumerate() {
        let text = format!("---\ntitle: {tag}\ndate: 2025-03-0{}T10:00:00Z\ntags: [{tag}]\n---\nText.\n", n + 1);
        project.write(&format!("content/{n}.md"), text);
    }
    project
}

#[test]
fn copies_follow_their_documents_and_go_with_the_line_that_asks_for_them() {
    let also = "precompress: [gz], also: {/index.xml: /rss.xml, /feed/: {feed: /atom.xml, self: here}, /t/news.xml: /tags/news/rss.xml}";
    let project = site(also);
    project.run(&["build"]).ends(0);
    assert_eq!(project.read("feeds/index.xml"), project.read("feeds/rss.xml"));
    assert_eq!(project.read("feeds/t/news.xml"), project.read("feeds/tags/news/rss.xml"));
    let here = project.read("feeds/feed/index.xml");
    assert!(here.contains("href=\"https://e.example/feeds/feed/\" rel=\"self\""), "{here}");
    let (manifest, headers) = (project.read("feeds/.feedmill/manifest.json"), project.read("feeds/_headers"));
    assert!(manifest.contains("\"index.xml\"") && manifest.contains("\"feed/index.xml\""));
    assert!(headers.contains("/feeds/index.xml\n  Content-Type: application/rss+xml"), "{headers}");
    let link = |path: &str| headers.split_once(&format!("\n{path}\n")).unwrap().1.lines().nth(2).unwrap().to_owned();
    assert!(link("/feeds/index.xml").contains("<https://e.example/feeds/rss.xml>; rel=\"self\""), "{headers}");
    assert!(link("/feeds/feed/").contains("<https://e.example/feeds/feed/>; rel=\"self\""), "{headers}");
    assert!(project.read("feeds/_redirects").contains("/feeds/feed/ /feeds/feed/index.xml 200\n"));
    assert!(!project.read("feeds/feeds.opml").contains("index.xml"), "a copy is not another feed");
    let pushed = project.command(&["push", "--dry-run", "--report", "json"]).output().unwrap();
    assert!(!String::from_utf8(pushed.stdout).unwrap().contains("index.xml"), "nor another topic");
    let before = project.tree("feeds");
    project.run(&["build", "--no-cache"]).ends(0);
    assert_eq!(project.tree("feeds"), before);
    project.write("content/3.md", "---\ntitle: New\ndate: 2025-04-01T10:00:00Z\ntags: [news]\n---\nText.\n");
    project.run(&["build"]).ends(0);
    assert!(project.read("feeds/t/news.xml").contains("New"));
    assert_eq!(project.read("feeds/index.xml"), project.read("feeds/rss.xml"));
    configure(&project, "precompress: [gz]");
    project.run(&["build"]).ends(0);
    assert!(!project.has("feeds/index.xml") && !project.has("feeds/index.xml.gz") && !project.has("feeds/t/news.xml"));
}

#[test]
fn servers_redirect_and_say_gone_for_exactly_these_paths() {
    let moved = "redirects: {/old.xml: /middle.xml, /middle.xml: /rss.xml, /feed/: /atom.xml}, gone: [/dead.xml]";
    let project = site(&moved.replace("/old.xml: /middle.xml, ", ""));
    project.run(&["build"]).ends(0);
    let read = |path: &str| project.read(&format!("feeds/{path}"));
    for (path, lines) in [
        (
            ".feedmill/nginx.conf",
            [
                "location ~ \"^/feeds/middle\\.xml$\" {\n    return 301 'https://e.example/feeds/rss.xml';\n}\n",
                "location ~ \"^/feeds/dead\\.xml$\" {\n    return 410;\n}\n",
            ],
        ),
        (
            ".htaccess",
            [
                "RedirectMatch 301 \"^/feeds/middle\\.xml$\" \"https://e.example/feeds/rss.xml\"\n",
                "RedirectMatch 410 \"^/feeds/dead\\.xml$\"\n",
            ],
        ),
        (
            ".feedmill/Caddyfile",
            [
                "redir @feedmill_redirect_0 `https://e.example/feeds/rss.xml` 301\n",
                "path_regexp `^/feeds/dead\\.xml$`\nhandle @feedmill_gone_0 {\n    error 410\n}\n",
            ],
        ),
        ("_redirects", ["/feeds/middle.xml /feeds/rss.xml 301\n", "/feeds/dead.xml /404.html 410\n"]),
    ] {
        for line in lines {
            assert!(read(path).contains(line), "{line} in {path}:\n{}", read(path));
        }
    }
    project.write(
        "feedmill.yaml",
        project.read("feedmill.yaml").replace("[nginx, apache, caddy, netlify]", "[cloudflare]"),
    );
    project.run(&["build"]).ends(0);
    assert!(read("_redirects").contains("# Cloudflare Pages cannot answer 410"));
    configure(&project, "");
    project.run(&["build"]).ends(0);
    assert!(!project.has("feeds/_redirects"));
}

#[test]
fn a_feed_whose_address_is_redirected_or_gone_is_given_up() {
    for (line, code) in [
        ("redirects: {/tags/old/rss.xml: /tags/new/rss.xml}", 0),
        ("gone: [/tags/old/rss.xml]", 0),
        ("gone: [/tags/other/rss.xml]", 2),
        ("gone: [/tags/other.xml]", 0),
    ] {
        let project = site("formats: rss");
        project.run_at(None, &["build"]).ends(0);
        project.write("content/1.md", project.read("content/1.md").replace("tags: [old]", "tags: [new]"));
        let held = project.run_at(None, &["build", "--report", "json", "--dry-run"]).ends(0);
        assert!(held.stdout.contains("belongs to it any more"), "{}", held.stdout);
        configure(&project, &format!("formats: rss, pages: false, {line}"));
        let ran = project.run_at(None, &["build", "--report", "json"]).ends(code);
        let is_given_up = line.contains("/tags/old/");
        assert_eq!(ran.stdout.contains("belongs to it any more"), !is_given_up && code == 0, "{line}: {}", ran.stdout);
        assert_eq!(project.has("feeds/tags/old/rss.xml"), !is_given_up, "{line}");
    }
}

#[test]
fn a_feed_that_moved_behind_a_redirect_is_not_reported() {
    let project = site("formats: rss");
    project.run_at(None, &["build"]).ends(0);
    configure(&project, "formats: rss, paths: {rss: /feed.xml}");
    let moved = project.run_at(None, &["build", "--report", "json", "--dry-run"]).ends(0);
    assert!(moved.stdout.contains("feeds moved"), "{}", moved.stdout);
    for kept in ["redirects: {/rss.xml: /feed.xml}", "also: {/rss.xml: /feed.xml}"] {
        configure(&project, &format!("formats: rss, paths: {{rss: /feed.xml}}, {kept}"));
        let ran = project.run_at(None, &["build", "--report", "json", "--dry-run"]).ends(0);
        assert!(!ran.stdout.contains("feeds moved"), "{}", ran.stdout);
    }
}

#[test]
fn what_contradicts_itself_is_refused_with_the_reason() {
    for (output, reason) in [
        ("redirects: {/a.xml: /rss.xml, /b.xml: /rss.xml}", "both lead to `/rss.xml`"),
        ("redirects: {/a.xml: /b.xml, /b.xml: /rss.xml}", "both lead to `/rss.xml`"),
        ("redirects: {/a.xml: /b.xml, /b.xml: /a.xml}", "leads in a ring"),
        ("redirects: {/a.xml: /a.xml}", "leads in a ring"),
        ("redirects: {/rss.xml: /atom.xml}", "lies there"),
        ("redirects: {/tags/news/rss.xml: /atom.xml}", "lies there"),
        ("redirects: {/tags/news/: /rss.xml}", "lies there"),
        ("redirects: {/a.xml: /nothing.xml}", "no document lies"),
        ("redirects: {a.xml: /rss.xml}", "does not begin with `/`"),
        ("gone: [/feeds.opml]", "lies there"),
        ("gone: [/a.xml], redirects: {/a.xml: /rss.xml}", "another use"),
        ("gone: [\"/{slug}.xml\"]", "no meaning here"),
        ("also: {/a.xml: /nothing.xml}", "there is no feed at `/nothing.xml`"),
        ("also: {/a.xml: /feeds.opml}", "there is no feed"),
        ("also: {/atom.xml: /rss.xml}", "a name of Atom"),
        ("also: {/tags/news/rss.xml: /rss.xml}", "would both lie"),
        ("also: {/../a.xml: /rss.xml}", "leaves the output folder"),
        ("also: {/a.xml: {self: here}}", "the address of a feed"),
        ("also: {/a.xml: {feed: /rss.xml, self: there}}", "`feed` or `here`"),
        ("paths: {rss: /a.xml}, also: {/a.xml: /atom.xml}", "another use"),
    ] {
        let project = site(output);
        let ran = project.run(&["build", "--report", "json"]).ends(2);
        assert!(ran.stdout.contains(reason), "{output}: {}", ran.stdout);
        assert!(!project.has("feeds/rss.xml"));
    }
    for output in [
        "redirects: {/a.xml: /rss.xml, /b.xml: /atom.xml}",
        "redirects: {/a.xml: /tags/later/rss.xml}",
        "also: {/a.xml: /tags/later/rss.xml, /x/index.xml: /rss.xml, /y/index.xml: /rss.xml}",
        "also: {/rss/: /rss.xml}",
    ] {
        site(output).run(&["build"]).ends(0);
    }
}
