//! What the README shows is what happens: its example is run, and its config is read.

use crate::mill::Mill;
use std::collections::BTreeMap;

/// The fenced blocks of the README that are named by a comment above them.
fn blocks() -> BTreeMap<String, String> {
    let readme = include_str!("../../README.md");
    let named = readme.split("<!-- ").skip(1).filter_map(|part| part.split_once(" -->\n```"));
    let block = |(name, rest): (&str, &str)| {
        let text = rest.split_once('\n')?.1.split_once("\n```")?.0;
        Some((name.to_owned(), format!("{text}\n")))
    };
    named.filter_map(block).collect()
}

#[test]
fn the_example_is_real() {
    let (mill, blocks) = (Mill::empty(), blocks());
    for (name, text) in blocks.iter().filter(|(name, _)| name.starts_with("posts/")) {
        mill.write(name, text);
    }
    let line =
        include_str!("../../README.md").lines().find(|line| line.contains("--report short") && line.starts_with(' '));
    let args: Vec<&str> = line.unwrap().split_whitespace().skip(1).collect();
    let ran = mill.run_at(None, &args).ends(0);
    assert_eq!(ran.stderr, blocks["stderr"]);
    assert_eq!(ran.stdout, blocks["stdout"]);
    let (path, item) = blocks.iter().find(|(name, _)| name.starts_with("feeds/")).unwrap();
    assert!(mill.read(path).contains(item.as_str()), "{}", mill.read(path));
}

#[test]
fn the_config_is_accepted() {
    let readme = include_str!("../../README.md");
    let config = readme.split_once("```yaml\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let mill = Mill::empty();
    mill.write("feedmill.yaml", config);
    mill.write(
        "content/a.md",
        "---\ntitle: One\nslug: one\ndate: 2025-01-01T00:00:00Z\ntag: L2\nfeature: true\n---\n\nX.\n",
    );
    let report = mill.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(report.codes(), Vec::<String>::new(), "{}", report.stdout);
    let names: Vec<String> = report.json()["feeds"].as_array().unwrap().iter().map(|f| f["name"].to_string()).collect();
    assert!(names.contains(&"\"tag/layer2\"".to_owned()) && names.contains(&"\"featured\"".to_owned()), "{names:?}");
}
