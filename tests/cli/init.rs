//! `feedmill init`: each engine's config is found and read, no file is overwritten, an empty folder becomes a site,
//! and the result can be built at once, with the URLs that the engine itself gives.

use crate::project::{TestProject, tree};
use std::collections::BTreeMap;

/// A folder of an engine.
struct Case {
    /// What it tests.
    name: &'static str,
    /// Its files.
    files: &'static [(&'static str, &'static str)],
    /// Lines that the config must hold, as beginnings without indent.
    config: &'static [&'static str],
    /// The addresses of the entries below the site, in order.
    entries: &'static [&'static str],
}

const POST: &str = "---\ntitle: A post\ndate: 2020-05-02\n---\nText.\n";

const CASES: &[Case] = &[
    Case {
        name: "jekyll",
        files: &[
            (
                "_config.yml",
                "title: J\nurl: https://e.org\nbaseurl: /blog\ntimezone: Europe/Berlin\npermalink: pretty\nauthor: {name: Ann, email: a@e.org}\n",
            ),
            ("_data/authors.yml", "bob: {name: Bob Baker}\n"),
            (
                "_posts/2020-05-02-A Post.md",
                "---\ntitle: A\ncategories: [Web Dev]\ntags: one two\nauthor: bob\n---\n{% include x.html %}Text\n",
            ),
            ("news/_posts/2020-05-03-b.md", "---\ntitle: B\nlayout: post\n---\nText\n"),
            ("_drafts/idea.md", "---\ntitle: Idea\n---\n"),
        ],
        config: &[
            "engine: jekyll",
            "title: \"J\"",
            "url: \"https://e.org/blog/\"",
            "timezone: \"Europe/Berlin\"",
            "authors_file: \"_data/authors.yml\"",
            "permalink: \"/{categories}/{year}/{month}/{day}/{name}/\"",
            "- {name: \"Ann\", email: \"a@e.org\"}",
        ],
        entries: &["blog/news/2020/05/03/b/", "blog/web%20dev/2020/05/02/A-Post/"],
    },
    Case {
        name: "hugo, bundles and languages by suffix",
        files: &[
            (
                "hugo.toml",
                "baseURL = 'https://e.org/'\ntitle = 'H'\nlanguageCode = 'en-US'\n[permalinks]\npost = '/:year/:slug/'\n[languages.en]\n[languages.ru]\n",
            ),
            ("content/_index.md", "---\ntitle: Home\n---\n"),
            ("content/post/_index.md", "---\ntitle: Posts\ndate: 2020-01-01\n---\n"),
            (
                "content/post/first/index.md",
                "+++\ntitle = \"First one\"\ndate = 2020-05-02T10:00:00Z\n+++\n{{< ref x >}}Text\n",
            ),
            (
                "content/post/first/index.ru.md",
                "+++\ntitle = \"Первый\"\ndate = 2020-05-02T09:00:00Z\nslug = \"pervyj\"\n+++\nТекст\n",
            ),
            ("content/notes/2020-05-01-Day.md", POST),
            ("static/a.png", ""),
        ],
        config: &[
            "engine: hugo",
            "languages: [\"en\", \"ru\"]",
            "static_dir: \"static\"",
            "\"post\": \"/{other_lang}/{year}/{slug|title}/\"",
        ],
        entries: &["2020/first-one/", "ru/2020/pervyj/", "notes/2020-05-01-day/"],
    },
    Case {
        name: "hexo",
        files: &[
            (
                "_config.yml",
                "title: X\nurl: https://e.org\nroot: /\nlanguage: zh-CN\ntimezone: Asia/Shanghai\npermalink: :year/:month/:day/:title/\nnew_post_name: :title.md\n",
            ),
            (
                "source/_posts/Hello.md",
                "title: Hello\ndate: 2013/7/13 20:46:25\ntags:\n- a\n---\n{% post_link two %}\n",
            ),
            ("source/_posts/two.md", "---\ntitle: 二\ndate: 2020-05-02 09:00\ncategories: 技术\n---\nText\n"),
        ],
        config: &["engine: hexo", "language: \"zh-CN\"", "permalink: \"/{year}/{month}/{day}/{sections}/{name}/\""],
        entries: &["2020/05/02/two/", "2013/07/13/Hello/"],
    },
    Case {
        name: "zola",
        files: &[
            ("config.toml", "base_url = 'https://e.org'\ntitle = 'Z'\ndefault_language = 'en'\n[languages.fr]\n"),
            ("content/blog/_index.md", "+++\nsort_by = \"date\"\n+++\n"),
            (
                "content/blog/2021-03-04-hello/index.md",
                "+++\ntitle = \"Hello\"\n[taxonomies]\ntags = [\"rust\"]\n+++\n[b](@/blog/b.md)\n",
            ),
            ("content/blog/b.md", "+++\ntitle = \"B\"\ndate = 2021-03-02\n+++\nText\n"),
            ("content/blog/b.fr.md", "+++\ntitle = \"B\"\ndate = 2021-03-01\n+++\nTexte\n"),
        ],
        config: &["engine: zola", "title: \"Z\"", "languages: [\"en\", \"fr\"]"],
        entries: &["blog/hello/", "blog/b/", "fr/blog/b/"],
    },
    Case {
        name: "eleventy",
        files: &[
            (
                "eleventy.config.js",
                "export const config = { dir: { input: \"content\", data: \"../_data\", output: \"_site\" } };\n",
            ),
            (
                "_data/metadata.js",
                "export default { title: \"E\", url: \"https://e.org/\", language: \"en\", author: { name: \"Ann\" } }\n",
            ),
            ("content/blog/one.md", POST),
            ("content/blog/two/two.md", "---\ntitle: Two\ndate: 2020-05-01\n---\nText\n"),
        ],
        config: &["engine: eleventy", "title: \"E\"", "url: \"https://e.org/\"", "- {name: \"Ann\"}"],
        entries: &["blog/one/", "blog/two/"],
    },
    Case {
        name: "astro",
        files: &[
            ("astro.config.mjs", "export default defineConfig({ site: 'https://e.org', integrations: [mdx()] });\n"),
            ("src/consts.ts", "export const SITE_TITLE = 'A';\n"),
            ("src/pages/posts/[...slug].astro", "x"),
            (
                "src/content/blog/one.mdx",
                "---\ntitle: One\npubDate: 'Jul 08 2022'\n---\nimport X from './x';\n\n<X />\n\nText\n",
            ),
            ("src/content/blog/two.md", "---\ntitle: Two\npubDatetime: 2022-07-07T10:00:00Z\n---\nText\n"),
        ],
        config: &["engine: astro", "title: \"A\"", "include: [\"**/*.md\", \"**/*.markdown\", \"**/*.mdx\"]"],
        entries: &["posts/one/", "posts/two/"],
    },
    Case {
        name: "docusaurus",
        files: &[
            (
                "docusaurus.config.ts",
                "const config = { title: 'D', url: 'https://e.org', baseUrl: '/x/', presets: [['classic', { blog: { routeBasePath: 'news' } }]] };\n",
            ),
            ("blog/authors.yml", "ann: {name: Ann Lee}\n"),
            ("blog/2020-05-04-a.md", "---\nslug: own\ntitle: A\nauthors: [ann]\n---\n:::tip\nText\n:::\n"),
            ("blog/2020-05-03-b/index.md", "---\ntitle: B\n---\nText\n"),
            ("blog/2020/05-02-c.md", "---\ntitle: C\n---\nText\n"),
        ],
        config: &["engine: docusaurus", "url: \"https://e.org/x/\"", "authors_file: \"blog/authors.yml\""],
        entries: &["x/news/own", "x/news/2020/05/03/b", "x/news/2020/05/02/c"],
    },
    Case {
        name: "next",
        files: &[
            ("next.config.mjs", "export default {}\n"),
            ("data/siteMetadata.js", "module.exports = { title: 'N', siteUrl: 'https://e.org', language: 'en-us' }\n"),
            ("data/authors/ann.mdx", "---\nname: Ann Lee\n---\n"),
            ("app/blog/[...slug]/page.tsx", "x"),
            ("data/blog/deep/one.mdx", "---\ntitle: One\ndate: '2021-05-02'\nauthors: ['ann']\n---\nText\n"),
        ],
        config: &["engine: next", "language: \"en-US\"", "authors_file: \"data/authors\""],
        entries: &["blog/deep/one"],
    },
    Case {
        name: "nuxt",
        files: &[
            ("nuxt.config.ts", "export default defineNuxtConfig({ site: { url: 'https://e.org', name: 'U' } })\n"),
            ("content/1.blog/2.Second Post.md", "---\ntitle: Second\ndate: 2023-01-02\n---\n::note\nText\n::\n"),
        ],
        config: &["engine: nuxt", "title: \"U\""],
        entries: &["blog/second-post"],
    },
    Case {
        name: "pelican",
        files: &[
            (
                "pelicanconf.py",
                "SITENAME = 'P'\nSITEURL = ''\nTIMEZONE = 'America/New_York'\nPATH = 'content'\nARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'\n",
            ),
            ("publishconf.py", "from pelicanconf import *\nSITEURL = 'https://e.org'\n"),
            ("content/2013-06-07-a.md", "Title: It's a Title\nDate: 2013-06-07 21:22\nCategory: News\n\nText\n"),
            ("content/b.md", "Title: B\nDate: 2013-06-06\nSlug: own\n\nText\n"),
            ("content/c.md", "Title: C\nDate: 2013-06-05\nStatus: draft\n\nText\n"),
        ],
        config: &["engine: pelican", "url: \"https://e.org/\"", "timezone: \"America/New_York\""],
        entries: &["2013/06/its-a-title/", "2013/06/own/"],
    },
    Case {
        name: "no engine: people as pages, a day in the path",
        files: &[
            ("content/2020-05-02-a.md", "---\ntitle: A\nauthors: [ann-lee]\n---\nText\n"),
            ("author/ann-lee.md", "---\nname: Ann Lee\n---\n"),
            ("CNAME", "e.org\n"),
        ],
        config: &["engine: other", "url: \"https://e.org/\"", "authors_file: \"author\""],
        entries: &["content/2020-05-02-a/"],
    },
];

fn folder(files: &[(&str, &str)]) -> TestProject {
    let project = TestProject::empty();
    files.iter().for_each(|(path, text)| project.write(path, text));
    project
}

/// The JSON feed, in the folder that the config names.
fn json_feed(project: &TestProject) -> String {
    let config = project.read("feedmill.yaml");
    let output = config.split_once("\noutput:").and_then(|(_, output)| output.split_once("\n  dir: \""));
    let dir = output.map_or("feeds", |(_, rest)| rest.split('"').next().unwrap());
    let name = config.split_once("json: \"").map_or("/feed.json", |(_, rest)| rest.split('"').next().unwrap());
    project.read(&format!("{dir}{name}"))
}

/// The entries' addresses, and all authors' names.
fn feed(project: &TestProject) -> (Vec<String>, String) {
    let feed: serde_json::Value = serde_json::from_str(&json_feed(project)).unwrap();
    let items = feed["items"].as_array().unwrap();
    let urls = items.iter().map(|item| item["url"].as_str().unwrap().to_owned()).collect();
    (urls, items.iter().map(|item| item["authors"].to_string()).collect())
}

#[test]
fn every_engine_is_found_read_and_built() {
    for case in CASES {
        let project = folder(case.files);
        let ran = project.command(&["init"]).output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success(), "{}: {said}", case.name);
        let config = project.read("feedmill.yaml");
        for line in case.config {
            assert!(
                config.lines().any(|l| l.trim_start().starts_with(line)),
                "{}: no `{line}` in\n{config}",
                case.name
            );
        }
        assert!(said.contains("next    feedmill build\n"), "{}: {said}", case.name);
        project.run(&["build", "-q"]).ends(0);
        let expected: Vec<_> = case.entries.iter().map(|entry| format!("https://e.org/{entry}")).collect();
        let (urls, authors) = feed(&project);
        assert_eq!(urls, expected, "{}\n{config}", case.name);
        if config.contains("authors_file:") {
            assert!(authors.contains("Ann Lee") || authors.contains("Bob Baker"), "{}: {authors}", case.name);
        }
        let text = json_feed(&project);
        for source in ["{%", "{{<", ":::", "::note", "import X"] {
            assert!(!text.contains(source), "{}: {source} in {text}", case.name);
        }
    }
}

#[test]
fn copies_of_an_article_in_several_folders_are_all_kept() {
    let project = TestProject::empty();
    for folder in ["issues", "old/archive", "old/letters"] {
        for n in 1..4 {
            let text = format!(
                "---\nid: letter-{n}\ntitle: Letter {n}\nslug: letter-{n}\ndate: 2024-01-0{n}T10:00:00Z\n---\nText.\n"
            );
            project.write(&format!("{folder}/{n}.md"), text);
        }
    }
    project.command(&["init", "--url", "https://e.org/"]).assert().success();
    let ran = project.run(&["build", "--report", "short"]).ends(0);
    assert!(ran.stdout.contains("9 found, all accepted"), "{}", ran.stdout);
    let (urls, _) = feed(&project);
    assert_eq!(urls.iter().collect::<std::collections::BTreeSet<_>>().len(), 9, "{urls:?}");
}

/// Engine, pattern, the article's path in the engine's folder, more of its front matter, its address.
const COPIED_PATTERNS: [(&str, &str, &str, &str, &str); 8] = [
    ("hexo", ":category/:title/", "_posts/2020-05-02-My-post.md", "categories: [News, Local]\n", "news/local/My-post/"),
    ("hexo", ":year/:slug.html", "_posts/My-post.md", "slug: own\n", "2020/My-post.html"),
    ("hugo", "/p/:filename/", "posts/2020-05-02-a.md", "slug: own\n", "p/2020-05-02-a/"),
    ("hugo", "/p/:contentbasename", "posts/2020-05-02-a/index.md", "", "p/2020-05-02-a"),
    ("hugo", "/p/:slug/", "posts/a.md", "", "p/a-post/"),
    ("hugo", "/:sections/:slug/", "posts/x/a.md", "", "posts/x/a-post/"),
    ("hugo", "/blog/:section/:filename.html", "posts/x/a.md", "", "blog/posts/a.html"),
    ("jekyll", "/:year/:title/", "_posts/2020-05-02-My-Post.md", "", "2020/My-Post/"),
];

#[test]
fn a_pattern_of_the_engine_may_be_copied_into_the_config() {
    for (engine, pattern, article, fields, address) in COPIED_PATTERNS {
        let text = format!("---\ntitle: A post\ndate: 2020-05-02 10:00:00\n{fields}---\nText.\n");
        let (config, text_of_config, dir) = match engine {
            "hexo" => (
                "_config.yml",
                format!("url: https://e.org\nroot: /\npermalink: {pattern}\nnew_post_name: :title.md\n"),
                "source",
            ),
            "hugo" => {
                ("hugo.toml", format!("baseURL = 'https://e.org/'\n[permalinks]\nposts = '{pattern}'\n"), "content")
            }
            _ => ("_config.yml", format!("url: https://e.org\npermalink: {pattern}\n"), "."),
        };
        let path = format!("{dir}/{article}");
        let project = folder(&[(config, &text_of_config), (&path, &text)]);
        project.command(&["init"]).assert().success();
        project.run(&["build", "-q", "--lenient"]).ends(0);
        let by_init = feed(&project).0;
        let own = format!(
            "site: {{url: \"https://e.org/\"}}\ncontent: {{engine: {engine}, dir: {dir}, permalink: \"{pattern}\"}}\n"
        );
        let project = folder(&[("feedmill.yaml", &own), (&path, &text)]);
        project.run(&["build", "-q", "--lenient"]).ends(0);
        let address = format!("https://e.org/{address}");
        assert_eq!(
            (by_init, feed(&project).0),
            (vec![address.clone()], vec![address]),
            "{pattern} by init, and copied"
        );
    }
}

#[test]
fn what_it_says_is_what_a_build_does() {
    let project = folder(&[
        ("_config.yml", "title: J\nurl: https://e.org\n"),
        ("_posts/2020-05-02-a.md", POST),
        ("_posts/2020-05-03-b.md", "---\ntitle: B\npublished: false\n---\n"),
        ("_posts/2020-05-04-c.md", "---\ntitle: C\ndate: 2020-13-45\n---\n"),
    ]);
    let ran = project.command(&["init"]).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    for line in [
        "found   Jekyll, by _config.yml\n",
        "        3 Markdown files under _posts, 3 of them with a date\n",
        "wrote   ./feedmill.yaml\n",
        "  articles  3 found, 1 accepted, 2 left out: 1 draft, 1 with an error\n",
        "A010 bad-date, the first at _posts/2020-05-04-c.md:3: ",
        "next    feedmill build\n",
    ] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
    assert!(!project.has("feeds"), "init has built");
    let built = project.run(&["build", "--report", "short"]).ends(0);
    assert!(built.stdout.contains("3 found, 1 accepted, 2 left out: 1 draft, 1 with an error"), "{}", built.stdout);
}

#[test]
fn nothing_is_written_over() {
    let project = folder(&[
        ("feedmill.yaml", "# mine\n"),
        ("_config.yml", "url: https://e.org\n"),
        ("_posts/2020-05-02-a.md", POST),
    ]);
    let before = tree(project.root());
    let ran = project.command(&["init", "--url", "https://e.org/"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("feedmill.yaml exists"));
    let after = tree(project.root());
    assert_eq!(before, after, "{:?}", after.keys());
    // An example of the user's own stays as well.
    let project = folder(&[("content/hello.md", "mine")]);
    project.command(&["init"]).assert().success();
    assert_eq!(project.read("content/hello.md"), "mine");
}

#[test]
fn an_empty_folder_begins_a_site() {
    let project = TestProject::empty();
    let ran = project.command(&["init", "new/site", "--url", "https://e.org"]).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(ran.status.success(), "{said}");
    assert!(said.contains("next    feedmill build -C new/site\n"), "{said}");
    let made: BTreeMap<_, _> = tree(&project.path("new/site"));
    assert_eq!(made.keys().map(String::as_str).collect::<Vec<_>>(), ["content/hello.md", "feedmill.yaml"]);
    project.run(&["build", "-q", "-C", "new/site"]).ends(0);
    project.run(&["check", "-q", "-C", "new/site"]).ends(0);
    let feed: serde_json::Value = serde_json::from_str(&project.read("new/site/feeds/feed.json")).unwrap();
    assert_eq!(feed["items"][0]["url"], "https://e.org/hello/");
}

#[test]
fn the_address_of_the_site() {
    // Without one, init says so, and what it wrote is built with `--url`.
    let project = folder(&[("hugo.toml", "title = 'T'\n"), ("content/a.md", POST)]);
    let ran = project.command(&["init"]).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(said.contains("the URL of the site is missing") && said.contains("--url https://example.org/"), "{said}");
    project.run(&["build", "-q"]).ends(2);
    project.run(&["build", "-q", "--url", "https://x.example/"]).ends(0);
    assert_eq!(feed(&project).0, ["https://x.example/a/"]);
    // `--url` stands above what the engine says; a bad one writes nothing.
    let project = folder(&[("hugo.toml", "baseURL = 'https://e.org/'\n"), ("content/a.md", POST)]);
    project.command(&["init", "--url", "not a url"]).assert().code(2);
    assert!(!project.has("feedmill.yaml"));
    project.command(&["init", "--url", "https://other.example/sub"]).assert().success();
    assert!(project.read("feedmill.yaml").contains("  url: \"https://other.example/sub/\""));
}
