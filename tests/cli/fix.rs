//! `check --fix`: only the lines named change, a second run finds nothing to fix, a dry run writes nothing and its
//! diff can be applied, and an edit that cannot be verified is not made.

use crate::project::{Ran, TestProject, tree};
use std::collections::{BTreeMap, BTreeSet};

const CONFIG: &str = "site: {title: Test, url: \"https://example.org/\", language: en, timezone: UTC}\n";

fn site(files: &[(&str, &str)]) -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    files.iter().for_each(|(path, text)| project.write(&format!("content/{path}"), text));
    project
}

/// `(path, line)` of everything that the report says was mended.
fn mended(ran: &Ran) -> BTreeSet<(String, u64)> {
    let lines = ran.json()["mended"].as_array().cloned().unwrap();
    lines.iter().map(|m| (m["path"].as_str().unwrap().to_owned(), m["line"].as_u64().unwrap())).collect()
}

/// One article in, one out; then once more, and nothing changes.
#[track_caller]
fn mends(before: &str, after: &str) {
    let project = site(&[("a.md", before)]);
    let report = project.run(&["check", "--fix", "--lenient", "--report", "json"]);
    assert_eq!(project.read("content/a.md"), after, "{}", report.stdout);
    let named = mended(&report);
    assert_eq!(named.is_empty(), before == after, "{named:?}");
    let again = project.run(&["check", "--fix", "--report", "json"]);
    assert_eq!((mended(&again).len(), project.read("content/a.md")), (0, after.to_owned()), "{}", again.stdout);
}

#[test]
fn nasty_files_keep_every_other_byte() {
    for (before, after) in [
        // CRLF, a byte order mark, no end of the last line, blanks at the ends of lines.
        (
            "\u{feff}---\r\ntitle:   x  \r\ndate: '8.6.2025'   # c\r\n---\r\nText \r\nno end",
            "\u{feff}---\r\ntitle:   x  \r\nslug: a\r\ndate: '2025-06-08'   # c\r\n---\r\nText \r\nno end",
        ),
        // Mixed line ends.
        (
            "---\r\ntitle: x\ndate: 2025/6/8\r\nslug: s\n---\n\r\n",
            "---\r\ntitle: x\ndate: 2025-06-08\r\nslug: s\n---\n\r\n",
        ),
        // A fence around all, with another within and blank lines behind.
        (
            "````markdown\n---\ntitle: x\nslug: s\ndate: 2025-06-08\n---\n```\ncode\n```\n````\n\n\n",
            "---\ntitle: x\nslug: s\ndate: 2025-06-08\n---\n```\ncode\n```\n\n\n",
        ),
        // Twins with lists, comments and blank lines between.
        (
            "---\nslug: s\ntags:\n  - one\n  # of one\n\n# of the title\ntitle: x\ndate: 2025-06-08\ntags: [two]\n---\nT\n",
            "---\nslug: s\n\n# of the title\ntitle: x\ndate: 2025-06-08\ntags: [two]\n---\nT\n",
        ),
        // Values that break YAML.
        (
            "---\ntitle: \"\"Are you there?\"\"\nslug: s\ndate: 2025-06-08\ndescription: Layer 2: what now? # c\nauthor: @me\n---\nT\n",
            "---\ntitle: '\"Are you there?\"'\nslug: s\ndate: 2025-06-08\ndescription: \"Layer 2: what now?\" # c\nauthor: \"@me\"\n---\nT\n",
        ),
        (
            "---\ntitle: `x` and *y*\nslug: s\ndate: 2025-06-08\n---\nT\n",
            "---\ntitle: \"`x` and *y*\"\nslug: s\ndate: 2025-06-08\n---\nT\n",
        ),
        // TOML, JSON, `Key: value`.
        (
            "+++\ntitle = \"x\"\ndate = \"June 8, 2025\"\n\n[extra]\nslug = 1\n+++\nT\n",
            "+++\ntitle = \"x\"\nslug = \"a\"\ndate = \"2025-06-08\"\n\n[extra]\nslug = 1\n+++\nT\n",
        ),
        (
            "{\n\t\"title\": \"x\",\n\t\"date\": \"8 June 2025 14:30 +0300\"\n}\nT\n",
            "{\n\t\"slug\": \"a\",\n\t\"title\": \"x\",\n\t\"date\": \"2025-06-08T14:30:00+03:00\"\n}\nT\n",
        ),
        ("Title: x\nDate: 8 June 2025\n\nT\n", "Title: x\nSlug: a\nDate: 2025-06-08\n\nT\n"),
        // A body that is not UTF-8 does not affect the head; a head on one line is left unchanged.
        ("---\n{title: x, date: 2025-06-08}\n---\nT\n", "---\n{title: x, date: 2025-06-08}\n---\nT\n"),
        // No front matter at all.
        ("# A readme\n\ndate: 8.6.2025\n", "# A readme\n\ndate: 8.6.2025\n"),
    ] {
        mends(before, after);
    }
}

#[test]
fn a_body_that_is_not_utf8_stays() {
    let project = site(&[]);
    project.write("content/a.md", b"---\ntitle: x\ndate: 2025-06-08\n---\n\xff\xfe\r\xc3\n".as_slice());
    project.run(&["check", "--fix", "--lenient"]);
    assert_eq!(
        std::fs::read(project.path("content/a.md")).unwrap(),
        b"---\ntitle: x\nslug: a\ndate: 2025-06-08\n---\n\xff\xfe\r\xc3\n"
    );
}

#[test]
fn what_is_mended_decides_the_exit_code() {
    let project = site(&[("a.md", "```\n---\ntitle: x\ndate: 2025-06-08\n---\nText.\n```\n")]);
    project.run(&["check"]).ends(1);
    project.run(&["check", "--fix", "--dry-run"]).ends(0);
    project.run(&["check"]).ends(1);
    let reported = project.run(&["check", "--fix"]).ends(0);
    assert!(reported.stderr.contains("content/a.md:1: mended: "), "{}", reported.stderr);
    assert!(reported.stderr.contains("content/a.md:4: mended: `slug: a` is added"), "{}", reported.stderr);
    assert!(reported.stdout.contains("3 lines in 1 file"), "{}", reported.stdout);
    project.run(&["check"]).ends(0);
}

#[test]
fn a_dry_run_writes_nothing_and_its_diff_can_be_applied() {
    let files = [
        ("a b/ж.md", "```\r\n---\r\ntitle: x\r\ndate: 8.6.2025\r\n---\r\nText.\r\n```"),
        ("b.md", "---\ntitle: 'x'\ntitle: \"\"y\"\"\ndate: 8.6.2025\n---\n1\n2\n3\n"),
        ("c.md", "---\ntitle: fine\nslug: fine\ndate: 2025-06-08\n---\nT\n"),
    ];
    let (project, other) = (site(&files), site(&files));
    let before = project.tree(".");
    let displayed = project.run(&["check", "--fix", "--dry-run"]);
    assert_eq!(project.tree("."), before);
    other.run(&["check", "--fix"]);
    assert_ne!(other.tree("."), before);
    assert!(
        displayed.stdout.starts_with("--- a/content/a b/ж.md\t\n+++ b/content/a b/ж.md\t\n@@ -1,7 +1,6 @@\n"),
        "{}",
        displayed.stdout
    );
    assert!(displayed.stderr.contains("content/b.md:2: to mend: "), "{}", displayed.stderr);
    let mut git = std::process::Command::new("git");
    let git = git
        .args(["apply", "--unsafe-paths", "-p1", "-"])
        .current_dir(project.root())
        .stdin(std::process::Stdio::piped());
    // Where there is no git, the diff is still compared with what was written, by its lines.
    if let Ok(mut child) = git.spawn() {
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), displayed.stdout.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success(), "{}", displayed.stdout);
        assert_eq!(project.tree("."), other.tree("."));
    }
}

#[test]
fn what_cannot_be_proved_is_left() {
    let file = "---\ntitle: &t x\ntitle: *t\nslug: s\ndate: 8.6.2025\n---\nT\n";
    let project = site(&[("a.md", file), ("b.md", "---\ntitle: y\nslug: t\ndate: 8.6.2025\n---\nT\n")]);
    let reported = project.run(&["check", "--fix", "--report", "json"]).ends(1);
    assert_eq!(project.read("content/a.md"), file, "the whole file is left");
    assert!(project.read("content/b.md").contains("date: 2025-06-08\n"), "the others are mended");
    assert_eq!(reported.codes().iter().filter(|code| *code == "A070").count(), 1, "{}", reported.stdout);
    let codes = project.run(&["check", "--report", "json"]).codes();
    assert!(!codes.contains(&"A070".to_owned()), "without --fix there is nothing to tell: {codes:?}");
}

#[test]
fn what_the_config_allows_is_left() {
    let file = "```\n---\ntitle: x\ntitle: y\ndate: 2025-06-08\n---\nT\n```\n";
    let project = site(&[("a.md", file)]);
    project.write(
        "feedmill.yaml",
        format!("{CONFIG}policy: {{levels: {{A008: allow, A009: allow, missing-slug: allow}}}}\n"),
    );
    project.run(&["check", "--fix"]).ends(0);
    assert_eq!(project.read("content/a.md"), file);
}

#[test]
fn only_those_named_are_mended_and_nobodys_date_is_taken_from_another() {
    let settles = "---\ntitle: x\nslug: a\ndate: 13/04/2020\n---\nT\n";
    let settled = "---\ntitle: y\nslug: b\ndate: 03/04/2020\n---\nT\n";
    let project = site(&[("a.md", settles), ("b.md", settled), ("c.md", "---\ntitle: z\ndate: 2020-01-01\n---\nT\n")]);
    project.run(&["check", "--fix", "--lenient", "content/a.md"]);
    assert_eq!(project.read("content/a.md"), settles, "without it b.md could not be read");
    project.run(&["check", "--fix", "--lenient", "content/c.md"]);
    assert!(project.read("content/c.md").contains("slug: c\n"));
    project.run(&["check", "--fix"]);
    assert!(project.read("content/a.md").contains("date: 2020-04-13\n"));
    assert!(project.read("content/b.md").contains("date: 2020-04-03\n"), "{}", project.read("content/b.md"));
    project.run(&["check"]).ends(0);
}

#[test]
fn feeds_are_the_same_before_and_after() {
    let project =
        TestProject::copy_of(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/sites/fix-dry-run"));
    project.run(&["build", "--out", "before"]).ends(0);
    project.run(&["check", "--fix"]).ends(1);
    project.run(&["build", "--out", "after"]).ends(0);
    let feeds = |folder: &str| -> BTreeMap<String, String> {
        let all = tree(&project.path(folder)).into_iter().filter(|(path, _)| !path.starts_with(".feedmill"));
        all.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap().replace(&format!("/{folder}/"), "/feeds/")))
            .collect()
    };
    let (before, after) = (feeds("before"), feeds("after"));
    // The title could not be read before; it is there now.
    assert!(!before["rss.xml"].contains("Are you there") && after["rss.xml"].contains("Are you there"), "{after:?}");
    assert!(after["rss.xml"].contains("<title>Well</title>"));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_a_file_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let file = "---\ntitle: x\ndate: 8.6.2025\n---\nT\n";
    let project = site(&[("a.md", file), ("b.md", file)]);
    let mode = |path: &str, mode: u32| {
        std::fs::set_permissions(project.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode("content/a.md", 0o444);
    mode("content/b.md", 0o640);
    let reported = project.run(&["check", "--fix"]).ends(3);
    assert!(
        reported.stderr.contains("a.md") && reported.stderr.contains("content/b.md:3: mended"),
        "{}",
        reported.stderr
    );
    assert_eq!(project.read("content/a.md"), file);
    assert_eq!(std::fs::metadata(project.path("content/b.md")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_dir(project.path("content")).unwrap().count(), 2, "no file is left beside them");
}
