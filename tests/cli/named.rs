//! `check PATH…` reads only the paths given, and reports the same findings for them as a check of everything.

use crate::project::TestProject;
use crate::site::twelve;
use std::path::Path;
use std::time::{Duration, Instant};

fn found(project: &TestProject, names: &[&str]) -> u64 {
    let ran = project.run(&[&["check", "--lenient", "--report", "json"], names].concat());
    ran.json()["articles"]["found"].as_u64().unwrap()
}

const BAD: &str = "---\ntitle: Bad\ndate: yesterday\n---\n";

#[test]
fn a_name_may_be_written_in_any_way() {
    let project = twelve();
    project.write("content/deep/er/x.md", BAD);
    for name in ["content/03.md", "03.md", "./content/03.md", "content/deep/../03.md", "content//03.md"] {
        assert_eq!(found(&project, &[name]), 1, "{name}");
    }
    let full = project.path("content/03.md").canonicalize().unwrap();
    assert_eq!(found(&project, &[full.to_str().unwrap()]), 1);
    assert_eq!(found(&project, &["content/03.md", "content/03.md", "03.md"]), 1, "twice is once");
    assert_eq!(found(&project, &["content/deep", "content/deep/er/x.md", "content/deep/"]), 1);
    assert_eq!(found(&project, &["content"]), 13);
    assert_eq!(found(&project, &["."]), 0, "the project folder is no article, nor does it lie in the content folder");
}

#[test]
fn what_everything_passes_over_is_no_article_by_name() {
    let project = twelve();
    project.write(
        "feedmill.yaml",
        project.read("feedmill.yaml") + "content: {exclude: [\"drafts/**\"]}\noutput: {dir: content/out}\n",
    );
    for path in ["drafts/a.md", ".hidden/a.md", "node_modules/a.md", "out/a.md", "deep/.a.md", "deep/a.txt"] {
        project.write(&format!("content/{path}"), BAD);
        let ran = project.run(&["check", &format!("content/{path}")]).ends(1);
        assert!(
            ran.stderr.contains("A001") && ran.stderr.contains("is not an article of this site"),
            "{path}: {}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("A010"), "{path}: {}", ran.stderr);
    }
    project.write("elsewhere/a.md", BAD);
    for name in ["elsewhere/a.md", "../elsewhere/a.md", "content/../elsewhere/a.md", "/", "", "content/nowhere.md"] {
        assert_eq!(found(&project, &[name]), 0, "{name}");
    }
    assert_eq!(found(&project, &[]), 12);
}

#[cfg(unix)]
#[test]
fn links_are_told_where_they_are_named_and_not_followed() {
    let project = twelve();
    project.write("elsewhere/a.md", BAD);
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path("content/folder")).unwrap();
    std::os::unix::fs::symlink(project.path("elsewhere/a.md"), project.path("content/link.md")).unwrap();
    let codes = |name: &str| project.run(&["check", "--report", "json", name]).codes();
    assert_eq!(codes("content/link.md"), ["A001", "A060"]);
    assert_eq!(codes("content/folder/a.md"), ["A001"]);
    // Nobody walked past the links.
    assert!(!codes("content/03.md").contains(&"A060".to_owned()));
}

#[test]
fn one_of_ten_thousand_takes_no_longer_than_one() {
    let (one, many) = (twelve(), twelve());
    let folder = many.path("content/many");
    std::fs::create_dir(&folder).unwrap();
    (0..10_000).for_each(|n| std::fs::write(folder.join(format!("{n}.md")), BAD).unwrap());
    let time = |project: &TestProject| {
        let run = |_| {
            let began = Instant::now();
            project.run(&["check", "content/03.md"]).ends(0);
            began.elapsed()
        };
        (0..5).map(run).min().unwrap()
    };
    let (one, many) = (time(&one), time(&many));
    // To walk over them and to read them would take several times that, in a debug build most of a second.
    assert!(many < one * 3 + Duration::from_millis(100), "{one:?} for a small folder, {many:?} for a large one");
    assert!(Path::new(&folder).exists());
}
