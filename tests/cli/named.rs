//! `check PATH…` reads what it is given and nothing else, and finds no more and no less in it than a check of everything.

use crate::mill::Mill;
use crate::site::twelve;
use std::path::Path;
use std::time::{Duration, Instant};

fn found(mill: &Mill, names: &[&str]) -> u64 {
    let ran = mill.run(&[&["check", "--lenient", "--report", "json"], names].concat());
    ran.json()["articles"]["found"].as_u64().unwrap()
}

const BAD: &str = "---\ntitle: Bad\ndate: yesterday\n---\n";

#[test]
fn a_name_may_be_written_in_any_way() {
    let mill = twelve();
    mill.write("content/deep/er/x.md", BAD);
    for name in ["content/03.md", "03.md", "./content/03.md", "content/deep/../03.md", "content//03.md"] {
        assert_eq!(found(&mill, &[name]), 1, "{name}");
    }
    let full = mill.path("content/03.md").canonicalize().unwrap();
    assert_eq!(found(&mill, &[full.to_str().unwrap()]), 1);
    assert_eq!(found(&mill, &["content/03.md", "content/03.md", "03.md"]), 1, "twice is once");
    assert_eq!(found(&mill, &["content/deep", "content/deep/er/x.md", "content/deep/"]), 1);
    assert_eq!(found(&mill, &["content"]), 13);
    assert_eq!(found(&mill, &["."]), 0, "the project folder is no article, nor does it lie in the content folder");
}

#[test]
fn what_everything_passes_over_is_no_article_by_name() {
    let mill = twelve();
    mill.write(
        "feedmill.yaml",
        mill.read("feedmill.yaml") + "content: {exclude: [\"drafts/**\"]}\noutput: {dir: content/out}\n",
    );
    for path in ["drafts/a.md", ".hidden/a.md", "node_modules/a.md", "out/a.md", "deep/.a.md", "deep/a.txt"] {
        mill.write(&format!("content/{path}"), BAD);
        let ran = mill.run(&["check", &format!("content/{path}")]).ends(1);
        assert!(
            ran.stderr.contains("A001") && ran.stderr.contains("is no article of this site"),
            "{path}: {}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("A010"), "{path}: {}", ran.stderr);
    }
    mill.write("elsewhere/a.md", BAD);
    for name in ["elsewhere/a.md", "../elsewhere/a.md", "content/../elsewhere/a.md", "/", "", "content/nowhere.md"] {
        assert_eq!(found(&mill, &[name]), 0, "{name}");
    }
    assert_eq!(found(&mill, &[]), 12);
}

#[cfg(unix)]
#[test]
fn links_are_told_where_they_are_named_and_not_followed() {
    let mill = twelve();
    mill.write("elsewhere/a.md", BAD);
    std::os::unix::fs::symlink(mill.path("elsewhere"), mill.path("content/folder")).unwrap();
    std::os::unix::fs::symlink(mill.path("elsewhere/a.md"), mill.path("content/link.md")).unwrap();
    let codes = |name: &str| mill.run(&["check", "--report", "json", name]).codes();
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
    let time = |mill: &Mill| {
        let run = |_| {
            let began = Instant::now();
            mill.run(&["check", "content/03.md"]).ends(0);
            began.elapsed()
        };
        (0..5).map(run).min().unwrap()
    };
    let (one, many) = (time(&one), time(&many));
    // To walk over them and to read them would take several times that, in a debug build most of a second.
    assert!(many < one * 3 + Duration::from_millis(100), "{one:?} for a small folder, {many:?} for a large one");
    assert!(Path::new(&folder).exists());
}
