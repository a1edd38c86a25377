//! `feedmill init` and the ids of an engine's own feed (`content.ids`).

use crate::project::TestProject;

const POST: &str = "---\ntitle: A post\ndate: 2020-05-02\n---\nText.\n";

/// A project with these files, and what `init` says of it.
fn init(files: &[(&str, &str)]) -> (TestProject, String) {
    let project = TestProject::empty();
    files.iter().for_each(|(path, text)| project.write(path, text));
    let said = String::from_utf8(project.command(&["init"]).output().unwrap().stdout).unwrap();
    (project, said)
}

#[test]
fn ids_are_those_of_the_engines_feed() {
    let post = "---\ntitle: Post 3\ncategories: news\n---\nText.\n";
    let jekyll = ("_config.yml", "title: J\nurl: https://e.org\nplugins: [jekyll-feed]\n");
    let pelican =
        ("pelicanconf.py", "SITENAME='P'\nSITEURL='https://e.org'\nPATH='content'\nTIMEZONE='Europe/Paris'\n");
    let hello = "Title: Hello\nDate: 2024-05-02 10:00\nSlug: hello\n\nText.\n";
    let post = ("_posts/2024-03-02-post-3.md", post);
    for (files, rule, id, atom, dir) in [
        ([jekyll, post], "jekyll-feed", "https://e.org/news/2024/03/02/post-3", "feed.xml", ""),
        (
            [pelican, ("content/hello.md", hello)],
            "pelican",
            "tag:e.org,2024-05-02:/hello.html",
            "feeds/all.atom.xml",
            "content/",
        ),
    ] {
        let (project, said) = init(&files);
        assert!(said.contains(&format!("ids     {rule}: entries keep the ids")), "{said}");
        project.run(&["build", "-q"]).ends(0);
        for (document, id) in [
            (atom, format!("<id>{id}</id>")),
            ("rss.xml", format!("<guid isPermaLink=\"false\">{id}</guid>")),
            ("feed.json", format!("\"id\":\"{id}\"")),
        ] {
            let text = project.read(&format!("{dir}{document}"));
            assert!(text.contains(&id), "{document}: no {id} in\n{text}");
        }
    }
}

#[test]
fn what_init_knows_of_ids_is_said() {
    let own = "---\ntitle: A\ndate: 2024-05-02\nguid: x\n---\nText.\n";
    for (files, line) in [
        ([("_config.yml", "title: J\nplugins: []\n"), ("_posts/2024-03-02-a.md", POST)], None),
        (
            [("hugo.toml", "title = 'H'\n"), ("content/a.md", own)],
            Some("note    1 article has an `id` or `guid`, which hugo did not use"),
        ),
        (
            [("astro.config.mjs", "export default {}\n"), ("src/content/blog/a.md", POST)],
            Some("ids     astrojs-rss: a guess"),
        ),
        (
            [("old/blog.WordPress.2024-01-01.xml", "x"), ("a.md", POST)],
            Some("an export of wordpress: `feedmill adopt old/blog.WordPress.2024-01-01.xml`"),
        ),
    ] {
        let (_, said) = init(&files);
        match line {
            Some(line) => assert!(said.contains(line), "{line} is not in\n{said}"),
            None => assert!(!said.contains("ids     "), "{said}"),
        }
    }
}

#[test]
fn a_written_id_that_the_engine_ignored_is_ignored() {
    let own = "---\ntitle: A\ndate: 2024-05-02\nguid: urn:example:own\n---\nText.\n";
    let (project, _) = init(&[("hugo.toml", "title = 'H'\nbaseURL = 'https://e.org/'\n"), ("content/a.md", own)]);
    project.run(&["build", "-q"]).ends(0);
    assert!(project.read("static/index.xml").contains(">https://e.org/a/</guid>"));
    let config = project.read("feedmill.yaml").replace("\ncontent:\n", "\ncontent:\n  fields: {id: guid}\n");
    project.write("feedmill.yaml", config);
    std::fs::remove_dir_all(project.path("static")).unwrap();
    project.run(&["build", "-q"]).ends(0);
    assert!(project.read("static/index.xml").contains(">urn:example:own</guid>"));
}
