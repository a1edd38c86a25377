//! One small folder per engine: what is read from its config, and what is inferred from its layout alone.

use super::*;
use crate::model::PermalinkPattern;
use crate::parse::{permalink, yaml};

fn site_files(files: &[(&str, &str)]) -> Vec<FoundFile> {
    let found = |(path, text): &(&str, &str)| {
        let what = match path.ends_with(".md") || path.ends_with(".mdx") {
            true => What::Article(Box::new(sketch(path, text))),
            false if path.ends_with('/') => What::Folder,
            false => What::Text((*text).to_owned()),
        };
        FoundFile { path: path.trim_end_matches('/').to_owned(), what }
    };
    files.iter().map(found).collect()
}

/// The written config's value of a dotted key, as the config reader would see it.
fn config(files: &[(&str, &str)]) -> impl Fn(&str) -> String + use<> {
    let text = config_text(&read(&site_files(files)));
    let tree = yaml::tree(&text, 1).unwrap_or_else(|fault| panic!("{fault:?}\n{text}"));
    move |key| {
        keys::at(&tree, key).map_or_else(String::new, |node| match node.text() {
            Some(text) => text.to_owned(),
            None if node.entries().is_some() => keys::names(node).collect::<Vec<_>>().join(" "),
            None => node.items().iter().filter_map(|item| item.text()).collect::<Vec<_>>().join(" "),
        })
    }
}

const POST: &str = "---\ntitle: A\ndate: 2020-05-02\n---\nText\n";
const PLAIN: &str = "---\ntitle: A\n---\nText\n";

#[test]
fn jekyll() {
    let said = config(&[
        (
            "_config.yml",
            "title: 'It''s: a \"blog\"'\nurl: https://e.org\nbaseurl: /b\nlang: en-GB\ntimezone: Europe/Moscow\npermalink: pretty\nauthor: {name: Ann, email: a@e.org}\nplugins: [x]\n",
        ),
        ("_data/authors.yml", "a: {name: A}"),
        ("_posts/2020-05-02-a.md", PLAIN),
        ("about.md", PLAIN),
    ]);
    assert_eq!(said("site.title"), "It's: a \"blog\"");
    assert_eq!(said("site.url"), "https://e.org/b/");
    assert_eq!((said("site.language"), said("site.timezone")), ("en-GB".into(), "Europe/Moscow".into()));
    assert_eq!((said("content.engine"), said("content.dir")), ("jekyll".into(), "_posts".into()));
    assert_eq!(said("content.permalink"), "/{categories}/{year}/{month}/{day}/{name}/");
    assert_eq!(
        (said("content.tag_separator"), said("content.authors_file")),
        ("space".into(), "_data/authors.yml".into())
    );
}

#[test]
fn jekyll_with_posts_below_folders() {
    let files = [
        ("_config.yml", "permalink: pretty\nbaseurl: ''"),
        ("en/news/_posts/2020-05-02-a.md", PLAIN),
        ("ru/news/_posts/2020-05-02-a.md", PLAIN),
        ("README.md", "# Read me"),
    ];
    for files in [&files[..], &files[1..]] {
        let said = config(files);
        assert_eq!((said("content.engine"), said("content.dir")), ("jekyll".into(), ".".into()));
        assert_eq!(said("content.languages"), "en ru");
        assert!(said("content.permalink").starts_with("/{categories}/{year}/{month}/{day}/{name}"));
    }
    assert_eq!(config(&files)("content.include").split(' ').count(), 4);
}

#[test]
fn hugo() {
    let said = config(&[
        (
            "hugo.toml",
            "baseURL = 'https://e.org/'\ntitle = 'T'\nlanguageCode = 'ru-ru'\ntimeZone = 'Europe/Moscow'\n[params]\ndescription = 'D'\nauthor = 'Ann'\n[permalinks.page]\nposts = '/:year/:month/:slug/'\nbad = '/:monthname/:slug/'\n",
        ),
        ("content/posts/a.md", "+++\ntitle = 'A'\ndate = 2020-05-02\nslug = 'b'\n+++\n"),
        ("content/notes/b.md", POST),
        ("content/_index.md", PLAIN),
        ("static/", ""),
    ]);
    assert_eq!(
        (said("site.title"), said("site.url"), said("site.language")),
        ("T".into(), "https://e.org/".into(), "ru-RU".into())
    );
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("content.static_dir")),
        ("hugo".into(), "content".into(), "static".into())
    );
    assert_eq!(said("content.permalinks.posts"), "/{year}/{month}/{slug}/");
    assert_eq!(said("content.permalink"), "/{sections}/{slug|file}/");
    let said = config(&[
        ("config/_default/config.yaml", "title: T\ndefaultContentLanguage: en\n"),
        ("config/_default/languages.yaml", "en: {title: E, contentDir: content/en}\nde: {contentDir: content/de}\n"),
        ("config/_default/permalinks.yaml", "posts: /:section/:filename/\n"),
        ("content/en/posts/a.md", POST),
        ("content/de/posts/a.md", POST),
    ]);
    assert_eq!((said("content.dir"), said("content.languages")), ("content".into(), "de en".into()));
    assert_eq!(said("content.permalinks"), "de de/posts en en/posts");
    assert_eq!(said("content.permalinks.de"), "/de/{sections}/{name}/");
    let said =
        config(&[("content/en/post/a.md", POST), ("content/ru/post/a.md", POST), ("content/ru/_index.md", PLAIN)]);
    assert_eq!((said("content.engine"), said("content.permalink")), ("hugo".into(), "/{path}/".into()));
}

#[test]
fn hugo_with_a_folder_for_each_language() {
    let post = "---\ntitle: A\ndate: 2020-05-02\nslug: b\n---\n";
    let said = config(&[
        (
            "config/_default/hugo.toml",
            "baseURL = 'https://e.org/'\ndefaultContentLanguage = 'en'\n[uglyURLs]\npost = true\n[permalinks]\npost = '/:year/:slug/'\n",
        ),
        (
            "config/_default/languages.en.toml",
            "title = 'T'\ncontentDir = 'content/en'\nlanguageCode = 'en-US'\ndescription = 'a <b>'\n",
        ),
        ("config/_default/languages.ru.toml", "contentDir = 'content/ru'\n"),
        ("content/en/post/a.md", post),
        ("content/en/docs/a.md", post),
        ("content/ru/post/a.md", post),
        ("content/ru/docs/b/index.md", post),
    ]);
    assert_eq!((said("site.title"), said("site.language")), ("T".into(), "en-US".into()));
    assert_eq!((said("site.description"), said("content.languages")), (String::new(), "en ru".into()));
    assert_eq!(said("content.permalinks.en/post"), "/{year}/{slug}.html");
    assert_eq!(said("content.permalinks.ru/post"), "/ru/{year}/{slug}.html");
    assert_eq!(said("content.permalinks.en"), "/{sections}/{slug}/");
    assert_eq!(said("content.permalinks.ru"), "/ru/{sections}/{slug}/");
}

#[test]
fn zola() {
    let toml = "+++\npath = '2014/09/15/a'\ntitle = 'A'\n+++\n";
    let said = config(&[
        ("config.toml", "base_url = 'https://e.org'\ntitle = 'Z'\ndefault_language = 'en'\n"),
        ("content/a.md", toml),
    ]);
    assert_eq!(
        (said("content.engine"), said("site.title"), said("site.url")),
        ("zola".into(), "Z".into(), "https://e.org/".into())
    );
    let said = config(&[("content/a.md", toml), ("content/b.md", toml), ("content/inside/c.md", toml)]);
    assert_eq!((said("content.engine"), said("content.dir")), ("zola".into(), "content".into()));
}

#[test]
fn hexo() {
    let yml = "title: H\nurl: http://e.org/blog\nroot: /blog/\nlanguage: [zh-CN, en]\nauthor: A\npermalink: :year/:month/:day/:title/\nsource_dir: source\n";
    let said = config(&[("_config.yml", yml), ("source/_posts/a.md", POST), ("source/about/index.md", PLAIN)]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("site.url")),
        ("hexo".into(), "source/_posts".into(), "http://e.org/blog/".into())
    );
    assert_eq!(said("content.permalink"), "/{year}/{month}/{day}/{sections}/{name}/");
    let said = config(&[
        ("source/_posts/2020-05-02-a.md", POST),
        ("source/ru/docs/a.md", PLAIN),
        ("source/ja/docs/a.md", PLAIN),
        ("source/docs/a.md", PLAIN),
    ]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("content.languages")),
        ("hexo".into(), "source".into(), "ja ru".into())
    );
}

#[test]
fn docusaurus() {
    let js = "module.exports = {title: 'D', url: 'https://e.org', baseUrl: '/x/', i18n: {defaultLocale: 'en'}, presets: [['classic', {blog: {routeBasePath: 'news'}}]]};";
    let said = config(&[
        ("website/docusaurus.config.js", js),
        ("website/blog/2020-05-02-a.md", POST),
        ("website/blog/authors.yml", "a: {name: A}"),
        ("website/docs/b.md", PLAIN),
    ]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("site.url")),
        ("docusaurus".into(), "website/blog".into(), "https://e.org/x/".into())
    );
    assert_eq!(said("content.permalink"), "/news/{year}/{month}/{day}/{sections}/{name}");
    assert_eq!(said("content.authors_file"), "website/blog/authors.yml");
    let slug = "---\ntitle: A\ndate: 2020-05-02\nslug: b\n---\nx\n<!-- truncate -->\n";
    let said = config(&[("blog/a.md", slug)]);
    assert_eq!(
        (said("content.engine"), said("content.permalink"), said("content.dir")),
        ("docusaurus".into(), "/blog/{slug}".into(), "blog".into())
    );
}

#[test]
fn javascript_engines() {
    let said = config(&[
        ("astro.config.mjs", "export default defineConfig({ site: 'https://e.org', base: '/b' });"),
        ("src/consts.ts", "export const SITE_TITLE = 'Astro';"),
        ("src/content/blog/a.md", POST),
        ("public/", ""),
    ]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("site.title")),
        ("astro".into(), "src/content/blog".into(), "Astro".into())
    );
    assert_eq!((said("content.permalink"), said("content.static_dir")), ("/blog/{path}/".into(), "public".into()));
    let said = config(&[
        (".eleventy.js", "module.exports = (c) => { return { dir: { input: 'src' } } }"),
        (
            "src/_data/metadata.json",
            "{\"title\": \"E\", \"url\": \"https://e.org/\", \"language\": \"en\", \"author\": {\"name\": \"Ann\"}}",
        ),
        ("src/posts/posts.json", "{\"permalink\": \"/{{ page.date | date: '%Y' }}/{{ page.fileSlug }}/\"}"),
        ("src/posts/2020-05-02-a.md", POST),
    ]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("site.title")),
        ("eleventy".into(), "src/posts".into(), "E".into())
    );
    assert_eq!(said("content.permalink"), "/{year}/{name}/");
    let said = config(&[
        ("apps/site/next.config.mjs", "export default {}"),
        ("apps/site/pages/en/blog/a.md", POST),
        ("apps/site/pages/fr/about.md", PLAIN),
    ]);
    assert_eq!((said("content.engine"), said("content.permalink")), ("next".into(), "/en/blog/{path}".into()));
    let said = config(&[("apps/site/pages/en/blog/a.md", POST), ("apps/site/pages/fr/about.mdx", PLAIN)]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("content.languages")),
        ("next".into(), "apps/site/pages".into(), "en fr".into())
    );
    assert_eq!(
        (said("content.permalink"), said("content.include")),
        ("/{path}".into(), "**/*.md **/*.markdown **/*.mdx".into())
    );
    let said = config(&[
        ("nuxt.config.ts", "export default defineNuxtConfig({ site: { url: 'https://e.org', name: 'N' } })"),
        ("content/blog/a.md", POST),
    ]);
    assert_eq!(
        (said("content.engine"), said("site.title"), said("content.permalink")),
        ("nuxt".into(), "N".into(), "/{path}".into())
    );
}

#[test]
fn pelican() {
    let py = "SITENAME = 'P'\nSITEURL = ''\nTIMEZONE = 'Europe/Rome'\nDEFAULT_LANG = 'en'\nAUTHOR = 'Ann'\nPATH = 'content'\nARTICLE_URL = '{date:%Y}/{slug}/'\n";
    let post = "Title: A\nDate: 2020-05-02\nSlug: a\nCategory: x\n\nText\n";
    let said =
        config(&[("pelicanconf.py", py), ("publishconf.py", "SITEURL = 'https://e.org'\n"), ("content/a.md", post)]);
    assert_eq!(
        (said("content.engine"), said("site.title"), said("site.url")),
        ("pelican".into(), "P".into(), "https://e.org/".into())
    );
    assert_eq!((said("content.permalink"), said("site.timezone")), ("/{year}/{slug}/".into(), "Europe/Rome".into()));
    assert_eq!(config(&[("content/a.md", post)])("content.engine"), "pelican");
}

#[test]
fn no_engine() {
    let said = config(&[
        ("a.md", POST),
        ("README.md", "# x"),
        ("package.json", "{\"name\": \"my-blog\", \"homepage\": \"https://github.com/a/b#readme\"}"),
    ]);
    assert_eq!(
        (said("content.engine"), said("content.dir"), said("content.permalink")),
        ("other".into(), ".".into(), "/{slug}/".into())
    );
    assert_eq!((said("site.title"), said("site.url")), ("my-blog".into(), String::new()));
    assert_eq!(config(&[("x/a.md", POST), ("CNAME", "e.org\n")])("site.url"), "https://e.org/");
    let day = |text: &str| format!("---\ntitle: A\ndate: {text}\n---\n");
    assert_eq!(config(&[("a.md", &day("13/02/2020")), ("b.md", &day("03/04/2020"))])("content.date_order"), "dmy");
    let other = "---\ntitle: A\nposted: 2020-01-01\n---\n";
    assert_eq!(config(&[("a.md", other), ("b.md", other), ("c.md", other)])("content.fields.published"), "posted");
    let both = "---\ndate: 2020-01-01\ntags: [a]\ncategories: [b]\n---\n";
    assert!(config_text(&read(&site_files(&[("a.md", both)]))).contains("  - by: category\n"));
}

#[test]
fn addresses_are_kept_apart() {
    let slug = "---\ntitle: A\ndate: 2020-05-02\nslug: b\n---\n<!-- truncate -->\n";
    let foreign = read(&site_files(&[("blog/en/a.md", slug), ("blog/ru/a.md", slug)]));
    assert_eq!(foreign.content.permalink.to_string(), "/blog/{slug}");
    let plain = "---\ntitle: A\ndate: 2020-05-02\nslug: b\n---\n";
    let foreign = read(&site_files(&[("en/a.md", plain), ("ru/a.md", plain)]));
    assert_eq!(foreign.content.permalink.to_string(), "/{lang}/{slug}/");
    let foreign = read(&site_files(&[("blog/x/a.md", slug), ("blog/x/b.md", slug), ("blog/y/c.md", POST)]));
    assert_eq!(
        (foreign.content.permalink.to_string().as_str(), foreign.content.permalinks.len(), foreign.notes.len()),
        ("/blog/{slug|path}", 1, 1)
    );
    let foreign = read(&site_files(&[("a.md", slug), ("b.md", slug)]));
    assert_eq!((foreign.content.permalink.to_string().as_str(), foreign.notes.len()), ("/{path}", 1));
}

#[test]
fn names_that_differ_by_the_day_alone_have_it_in_their_address() {
    let tag = "+++\ntitle = \"A\"\n[extra]\nx = 1\n+++\n";
    let foreign = read(&site_files(&[
        ("content/posts/2020-05-02-a.md", tag),
        ("content/posts/2021-05-02-a.md", tag),
        ("content/b.md", PLAIN),
    ]));
    assert_eq!((foreign.engine, foreign.content.permalink.to_string().as_str()), (Engine::Zola, "/{sections}/{name}/"));
    let own = ("posts".to_owned(), PermalinkPattern::parse("/{year}/{month}/{day}/{name}/").unwrap());
    assert_eq!((foreign.content.permalinks, foreign.notes.len()), (vec![own], 1));
}

#[test]
fn damage_is_survived() {
    for text in
        ["", "\u{0}", "[[[[", "{", "a: &a [*a]", "title: [1, 2]", "= = =", "permalink: '/:../\\n'", "permalinks: [x]"]
    {
        for name in [
            "_config.yml",
            "hugo.toml",
            "config.toml",
            "config.yaml",
            "config.json",
            "docusaurus.config.js",
            "pelicanconf.py",
            "package.json",
            "config/_default/hugo.yaml",
        ] {
            let files = [(name, text), ("content/a.md", POST), ("_posts/2020-05-02-a.md", text)];
            assert!(!config(&files)("content.dir").is_empty());
        }
    }
    assert!(!config(&[])("content.dir").is_empty());
}

/// Names of files and what they may hold, at their worst.
const NAMES: [&str; 9] = [
    "_config.yml",
    "hugo.toml",
    "config.toml",
    "docusaurus.config.js",
    "astro.config.ts",
    ".eleventy.js",
    "pelicanconf.py",
    "_data/site.json",
    "src/consts.ts",
];

proptest::proptest! {
    #[test]
    fn any_text_gives_a_config_that_can_be_read(name in 0..NAMES.len(), text in r#"([ \n'"`{}\[\]():=,/\\%$#é.-]|title|url|permalink|https://e.org|:year|---|\+\+\+|date|2020-01-02|a)*"#) {
        let folder = format!("{}/a.md", text.replace(['\n', '/'], "x"));
        let files = [(NAMES[name], text.as_str()), (folder.as_str(), text.as_str()), ("_posts/a.md", POST)];
        let text = config_text(&read(&site_files(&files)));
        let tree = yaml::tree(&text, 1).unwrap();
        let names = keys::names(&tree).filter(|name| *name != "output").collect::<Vec<_>>();
        proptest::prop_assert_eq!(names, ["site", "content", "feeds"]);
    }
}

#[test]
fn a_hostile_config_is_read_to_its_end() {
    for unit in ["/[", "/", "'", "`${", "{a:", "[", "a.", "a||", "//", "/*", "\\", "a:{b:'c',"] {
        let text = unit.repeat((1 << 18) / unit.len());
        let _ = javascript::Literals::new(&text);
        let _ = python::text(&text, "A");
        let _ = permalink::from_engine(Engine::Jekyll, &text);
        let _ = sketch("a.md", &text);
    }
}
