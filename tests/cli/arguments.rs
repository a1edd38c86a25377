//! The command line: what each flag does, and what is refused with which exit code.

use crate::project::TestProject;
use crate::site::{CONFIG, twelve};

#[test]
fn a_bare_folder_works_with_content_and_url() {
    let project = twelve();
    std::fs::remove_file(project.path("feedmill.yaml")).unwrap();
    std::fs::rename(project.path("content"), project.path("posts")).unwrap();
    project
        .run(&["build", "--content", "posts", "--url", "https://bare.example/blog/", "--out", "public/feeds"])
        .ends(0);
    let rss = project.read("public/feeds/rss.xml");
    assert!(rss.contains("https://bare.example/blog/feeds/rss.xml"), "{rss}");
    assert!(rss.contains("https://bare.example/blog/article-12/"), "{rss}");
    assert!(rss.contains("<title>bare.example</title>"), "the title comes from the host: {rss}");
    assert!(!project.has("feeds"));
}

#[test]
fn no_base_url_is_exit_2_and_says_how() {
    let project = twelve();
    project.write("feedmill.yaml", "site: {title: Test}\n");
    let ran = project.run(&["build"]).ends(2);
    assert!(ran.stderr.contains("C004") && ran.stderr.contains("--url") && ran.stderr.contains("site.url"), "{ran:?}");
    let report = project.run(&["build", "--report", "json"]).ends(2).json();
    assert_eq!((&report["verdict"], &report["diagnostics"][0]["code"]), (&"failed".into(), &"C004".into()));
    assert!(report["error"].is_string());
    project.run(&["build", "--url", "https://given.example/"]).ends(0);
    std::fs::remove_file(project.path("feedmill.yaml")).unwrap();
    assert_eq!(project.run(&["check", "--report", "json"]).ends(2).codes(), ["C004"]);
}

#[test]
fn a_flag_stands_above_the_config() {
    let project = twelve();
    project.write("feedmill.yaml", format!("{CONFIG}policy: {{mode: strict}}\noutput: {{dir: public}}\n"));
    project.write("content/13.md", "No front matter, a note.\n");
    project.write("content/14.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    project.run(&["build"]).ends(1);
    assert!(!project.has("public/rss.xml"));
    project.run(&["build", "--lenient", "--out", "feeds"]).ends(0);
    assert!(project.has("feeds/rss.xml") && !project.has("public/rss.xml"));
}

#[test]
fn check_is_strict_and_writes_nothing() {
    let project = twelve();
    project.run(&["check"]).ends(0);
    project.write("content/14.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    let before = project.tree(".");
    let reported = project.run(&["check"]).ends(1);
    assert!(reported.stderr.contains("A010"), "{}", reported.stderr);
    project.run(&["check", "--lenient"]).ends(0);
    assert_eq!(project.tree("."), before);
    assert_eq!(project.run(&["check", "--report", "json"]).json()["command"], "check");
}

#[test]
fn check_reads_what_it_is_given() {
    let project = twelve();
    project.write("content/14.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    project.write("content/deep/15.md", "---\ntitle: Bad\ndate: tomorrow\n---\n");
    project.run(&["check", "content/03.md"]).ends(0);
    project.run(&["check", "content/03.md", "content/14.md"]).ends(1);
    let deep = project.run(&["check", "--report", "json", "content/deep"]).ends(1).json();
    assert_eq!(deep["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == "A010").count(), 1, "{deep}");
    let unknown = project.run(&["check", "content/nowhere.md"]);
    assert!(unknown.code != 0 && unknown.stderr.contains("nowhere.md"), "{unknown:?}");
}

#[test]
fn check_renders_bodies_that_no_feed_holds() {
    let project = twelve();
    project.write("feedmill.yaml", format!("{CONFIG}output: {{limit: 2}}\n"));
    let old = project.read("content/01.md");
    project.write("content/01.md", format!("{old}\n<script>alert(1)</script>\n"));
    assert!(!project.run(&["build", "--report", "json"]).ends(0).codes().contains(&"M002".to_owned()));
    assert!(project.run(&["check", "--report", "json"]).ends(1).codes().contains(&"M002".to_owned()));
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let project = twelve();
    let before = project.tree(".");
    let report = project.run(&["build", "--dry-run", "--report", "json"]).ends(0).json();
    assert!(report["feeds"].as_array().unwrap().iter().all(|f| f["change"] == "written"), "{report}");
    assert_eq!(project.tree("."), before);
    assert!(!project.has("feeds"), "not even the folder");
    project.run(&["build"]).ends(0);
    let built = project.tree(".");
    project.write("content/12.md", project.read("content/12.md").replace("As first", "As second"));
    let changed = project.tree(".");
    project.run(&["build", "--dry-run"]).ends(0);
    assert_eq!(project.tree("."), changed);
    assert_ne!(built, changed);
}

#[test]
fn levels_move_codes() {
    let project = twelve();
    project.write("content/14.md", "---\ntitle: a-title-like-a-slug\nslug: s\ndate: 2025-01-01T00:00:00Z\n---\n\nX.\n");
    project.run(&["build", "--strict"]).ends(1);
    project.write("feedmill.yaml", format!("{CONFIG}policy: {{levels: {{A021: allow}}}}\n"));
    let allowed = project.run(&["build", "--strict", "--report", "json"]).ends(0);
    assert!(!allowed.codes().contains(&"A021".to_owned()), "what is allowed is not shown");
    project.write("feedmill.yaml", format!("{CONFIG}policy: {{levels: {{title-is-slug: deny}}}}\n"));
    let denied = project.run(&["build", "--lenient", "--report", "json"]);
    assert!(matches!(denied.code, 1 | 2), "denied by name, or the name is no code: {denied:?}");
    project.write("feedmill.yaml", format!("{CONFIG}policy: {{levels: {{A021: deny}}}}\n"));
    project.run(&["build", "--lenient"]).ends(1);
}

#[test]
fn explain_lists_all_tells_one_and_refuses_others() {
    let project = TestProject::empty();
    let explain = |args: &[&str]| project.run_at(None, &[&["explain"], args].concat());
    let all = explain(&[]).ends(0).stdout;
    for code in feedmill::internals::diagnostic::Code::ALL {
        assert!(all.contains(code.id()) && all.contains(code.name()), "{code} is not listed:\n{all}");
        assert!(explain(&[code.id()]).ends(0).stdout.contains(code.name()));
    }
    assert_eq!(explain(&["bad-date"]).ends(0).stdout, explain(&["a010"]).ends(0).stdout);
    let unknown = explain(&["A999"]).ends(2);
    assert!(unknown.stderr.contains("A999"), "{}", unknown.stderr);
}

#[test]
fn quiet_says_nothing_of_a_good_run() {
    let project = twelve();
    let ran = project.run(&["build", "-q"]).ends(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn help_and_version_are_no_faults() {
    let project = TestProject::empty();
    let help = project.run_at(None, &["--help"]).ends(0);
    assert!(help.stdout.contains("build") && help.stdout.contains("explain"), "{}", help.stdout);
    assert!(project.run_at(None, &["--version"]).ends(0).stdout.contains(env!("CARGO_PKG_VERSION")));
    project.run_at(None, &["build", "--help"]).ends(0);
    project.run_at(None, &["grind"]).ends(2);
    project.run_at(Some("yesterday"), &["build"]).ends(2);
}

#[test]
fn source_date_epoch_is_a_clock() {
    let project = twelve();
    let epoch = |seconds: &str| {
        let mut command = project.command(&["build", "--dry-run", "--report", "json"]);
        crate::project::Ran::new(command.env("SOURCE_DATE_EPOCH", seconds).output().unwrap(), &[])
    };
    assert_eq!(epoch("1741255200").ends(0).json()["articles"]["left_out"]["future"], 6);
    assert!(matches!(epoch("soon").code, 2 | 3));
}

#[test]
fn secrets_of_urls_on_the_command_line_are_not_repeated() {
    let project = twelve();
    let (user, query) = ("https://u:geheim@h.example/", "https://h.example/?X-Amz-Signature=geheim");
    for url in [user, query] {
        for args in [
            &["build", "--url", url][..],
            &["build", "--out", url],
            &["build", &format!("--nwo={url}")],
            &["build", "--jobs", url],
            &["build", "--now", url, "--report", "json"],
            &["build", "--log", "json", "--now", url],
            &["check", url],
            &["push", "--hub", url, "--deadline", "x"],
            &["publish", "--out", &url.replace("https", "s3")],
            &["init", "--url", url],
            &["explain", url],
            &[url],
        ] {
            let ran = project.run_at(None, args);
            let said = format!("{}{}", ran.stdout, ran.stderr);
            assert!(ran.code != 0 && !said.contains("geheim"), "{args:?}: {said}");
        }
    }
    let said = project.run_at(None, &["build", "--now", "yes?no=maybe"]).ends(2).stderr;
    assert!(said.contains("'yes?no=maybe'"), "{said}");
}

#[test]
fn secrets_of_urls_in_the_config_are_not_repeated() {
    for hub in ["http://hub.example/?token=geheim", "hub.example/?token=geheim", "https://u:geheim@hub.example/"] {
        let project = TestProject::empty();
        project.write("feedmill.yaml", format!("{CONFIG}\nwebsub:\n  hubs:\n  - \"{hub}\"\n"));
        let said = project.run(&["build", "--report", "short"]).ends(2).stderr;
        assert!(said.contains("C003") && !said.contains("geheim"), "{said}");
    }
}

#[test]
fn a_report_quotes_a_line_as_it_is_written() {
    for value in ["yes?no=maybe", "a//b@c", "//b@c https://h.example/?when=now"] {
        let project = twelve();
        project.write("content/13.md", format!("---\ntitle: Bad\nslug: bad\ndate: \"{value}\"\n---\n\nX.\n"));
        let said = project.run(&["build"]).ends(0).stderr;
        assert_eq!(said.matches(&format!("\"{value}\"")).count(), 2, "{said}");
        for style in ["json", "github", "sarif"] {
            let said = project.run(&["build", "--report", style]).ends(0).stdout;
            assert!(said.contains(value), "{said}");
        }
    }
    let project = twelve();
    project.write("content/13.md", "---\ntitle: T\nslug: t\nimage: \"https://u:geheim@h.example/a.png\"\n---\n\nX.\n");
    let said = project.run(&["build"]).ends(0).stderr;
    assert!(said.contains("content/13.md:4:1: ") && said.contains("A042") && !said.contains("geheim"), "{said}");
}
