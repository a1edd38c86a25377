//! Output folders that the site's engine empties, and articles that claim one id.

use crate::project::{Ran, TestProject};

const CONFIG: &str = "site: {title: T, url: \"https://e.org/\", since: 2020}\noutput: {dir: public/feeds}\n";

fn site() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for n in 1..=2 {
        project.write(
            &format!("content/a{n}.md"),
            format!("---\ntitle: A{n}\nslug: a{n}\ndate: 2024-05-0{n}\n---\nText {n}.\n"),
        );
    }
    project
}

fn build(project: &TestProject) -> Ran {
    project.run_at(None, &["build", "--report", "short"]).ends(0)
}

#[test]
fn where_the_engine_empties_the_folder_the_ledger_keeps_ids() {
    let project = site();
    assert!(!build(&project).stderr.contains("P027"), "the first run of a site");
    let before = project.read("public/feeds/rss.xml");
    assert!(!build(&project).stderr.contains("P027"));
    std::fs::remove_dir_all(project.path("public")).unwrap();
    project.write("feedmill.yaml", CONFIG.replace("2020", "2021"));
    let ran = build(&project);
    assert!(ran.stderr.contains("P027") && ran.stderr.contains("P016"), "{}", ran.stderr);
    assert_eq!(project.read("public/feeds/rss.xml"), before);
}

#[test]
fn an_article_that_claims_the_id_of_another_does_not_get_it() {
    let project = site();
    let article = |title: &str, day: u32| {
        format!("---\ntitle: {title}\nid: urn:example:one\ndate: 2024-06-0{day}\n---\nText of {title}.\n")
    };
    project.write("content/m.md", article("First", 1));
    build(&project);
    project.write("content/b.md", article("Second", 2));
    let ran = build(&project);
    let rss = project.read("public/feeds/rss.xml");
    assert!(ran.stderr.contains("content/b.md") && ran.stderr.contains("content/m.md"), "{}", ran.stderr);
    assert!(rss.contains("<title>First</title>") && rss.matches("urn:example:one<").count() == 1, "{rss}");
}
