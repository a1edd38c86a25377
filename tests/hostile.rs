//! Inputs too large, too odd or too dangerous to keep in a repository. Each is made in a temporary folder beside a
//! valid article, which must be published; nothing may hang, panic or leave the output folder.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/project.rs"]
mod project;

use project::TestProject;
use std::time::{Duration, Instant};

const SITE: &str = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n";

/// A site with one healthy article.
fn healthy() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", SITE);
    project.write("content/healthy.md", article("title: Healthy\nslug: healthy", "Well."));
    project
}

fn article(head: &str, body: &str) -> String {
    format!("---\n{head}\ndate: 2025-01-02T03:04:05Z\n---\n\n{body}\n")
}

/// Builds and checks the site; the healthy article is in the feed and no file stands where none should.
/// Gives the codes reported by the check.
#[track_caller]
fn survived(project: &TestProject) -> Vec<String> {
    let reported = project.run(&["check", "--report", "json"]);
    assert!(reported.code <= 1, "{reported:?}");
    project.run(&["build"]).ends(0);
    let entries = project.read("feeds/feed.json");
    let feed: serde_json::Value = serde_json::from_str(&entries).unwrap();
    assert!(feed["items"].as_array().unwrap().iter().any(|item| item["title"] == "Healthy"), "{entries}");
    let strangers = project.tree(".").into_keys().filter(|path| {
        let feed =
            ["rss.xml", "atom.xml", "feed.json", "index.html", "feeds.opml"].iter().any(|name| path.ends_with(name));
        let place = path.starts_with("feeds/") && (feed || path.starts_with("feeds/.feedmill/"));
        !place && !path.starts_with("content/") && !path.starts_with(".feedmill-cache/") && path != "feedmill.yaml"
    });
    assert_eq!(strangers.collect::<Vec<_>>(), Vec::<String>::new(), "written where nothing belongs");
    reported.codes()
}

/// One more file beside the healthy one.
#[track_caller]
fn beside(bytes: impl AsRef<[u8]>) -> (TestProject, Vec<String>) {
    let project = healthy();
    project.write("content/x.md", bytes);
    let codes = survived(&project);
    (project, codes)
}

#[track_caller]
fn reported(bytes: impl AsRef<[u8]>, code: &str) {
    let (_, codes) = beside(bytes);
    assert!(codes.iter().any(|c| c == code), "{code} is not among {codes:?}");
}

#[test]
fn a_file_of_200_megabytes() {
    let project = healthy();
    let file = std::fs::File::create(project.path("content/x.md")).unwrap();
    file.set_len(200 << 20).unwrap();
    assert!(survived(&project).contains(&"A003".to_owned()));
}

#[test]
fn a_line_of_ten_megabytes() {
    beside(article("title: Long\nslug: long", &"word ".repeat(2 << 20)));
    reported(format!("---\ntitle: {}\n---\n", "x".repeat(10 << 20)), "A007");
    reported(format!("---\n{}", "x".repeat(10 << 20)), "A007");
}

#[test]
fn front_matter_just_below_and_above_its_limit() {
    let (_, codes) = beside(article(&format!("title: T\nslug: t\nnote: {}", "x".repeat(60_000)), "Text."));
    assert!(!codes.contains(&"A007".to_owned()), "{codes:?}");
    reported(article(&format!("title: T\nslug: t\nnote: {}", "x".repeat(66_000)), "Text."), "A007");
}

#[test]
fn heads_that_end_near_the_first_read() {
    for length in 3960..4060 {
        let project = healthy();
        let text = article(&format!("title: Boundary\nslug: boundary\nnote: {}я", "я".repeat(length / 2)), "Text.");
        project.write("content/x.md", format!("{}{text}", if length % 2 == 0 { "\u{feff}" } else { "" }));
        let report = project.run(&["build", "--dry-run", "--report", "json"]).ends(0).json();
        assert_eq!(report["articles"]["accepted"], 2, "length {length}: {report}");
    }
}

#[test]
fn yaml_bombs() {
    let doubling = (1..30).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}, *a{0}, *a{0}]\n", n - 1)).collect::<String>();
    reported(article(&format!("title: T\na0: &a0 [x, x]\n{doubling}"), "Text."), "A006");
    for (nest, broken) in [
        ("[", true),
        ("{a: ", true),
        ("- ", false),
        ("? ", false),
        ("!!", false),
        ("&a ", false),
        ("\"", false),
        ("'", false),
    ] {
        let deep = nest.repeat(60_000 / nest.len());
        let (_, codes) = beside(format!("---\ntitle: T\nslug: t\ndate: 2025-01-01\nx: {deep}\n---\n\nText.\n"));
        assert!(!broken || codes.contains(&"A006".to_owned()), "{nest:?}: {codes:?}");
    }
}

#[test]
fn other_dialects_bombs() {
    for text in [
        format!("+++\ntitle = \"T\"\nx = {}\n+++\n\nText.\n", "[".repeat(60_000)),
        format!("{{\"title\": \"T\", \"x\": {}\n\nText.\n", "[".repeat(60_000)),
        "{\"title\": \"\\ud800\", \"slug\": \"t\", \"date\": \"2025-01-01\"}\n\nText.\n".to_owned(),
    ] {
        beside(text);
    }
}

/// Bodies of about this many characters that a parser may choke on.
fn bombs(n: usize) -> Vec<String> {
    vec![
        "[".repeat(n),
        "![".repeat(n),
        "*a **a ".repeat(n / 4),
        "> ".repeat(n / 4) + "deep",
        format!("{}x", "- ".repeat(n / 10)),
        "<div>".repeat(n),
        "<".repeat(n),
        "<!--".repeat(n),
        "`".repeat(n),
        (1..n / 25).map(|n| "`".repeat(n % 200) + " ").collect::<String>(),
        "[a](".repeat(n),
        "&".repeat(n),
        format!("<a title=\"{}\" href=x>y</a>", "&".repeat(n)),
        format!("<b>x</b> {}", "\u{a0}".repeat(n / 2)),
        "|a".repeat(n / 10) + "\n" + &"|-".repeat(n / 10) + "\n" + &"|a\n".repeat(500),
        "[^a]: ".repeat(n / 10) + "x [^a]",
        (0..n / 10).map(|n| format!("[^{n}] ")).collect::<String>(),
        (0..n / 10).map(|_| "# Same heading\n\n").collect::<String>(),
        "\u{202e}".repeat(n / 50),
        "a\u{0}b\u{8}\u{1b}[31m\u{ffff}\u{fffe}".repeat(n / 1000),
    ]
}

/// Bodies of about this many characters in which very much is open at once.
fn depths(n: usize) -> Vec<String> {
    let deep = [">".repeat(n / 2), "- ".repeat(n / 4)];
    let full = ["[a](b) ".repeat(n / 14), "<b>x</b> ".repeat(n / 18)];
    deep.iter().flat_map(|deep| full.iter().map(move |full| format!("{deep} {full}"))).collect()
}

/// How long a check of this body takes.
fn time_of_check(body: &str) -> Duration {
    let project = healthy();
    project.write("content/x.md", article("title: Bomb\nslug: bomb", body));
    let began = Instant::now();
    project.run(&["check", "--report", "json"]);
    began.elapsed()
}

#[test]
fn markdown_bombs() {
    for body in bombs(50_000) {
        beside(article("title: Bomb\nslug: bomb", &body));
    }
}

#[test]
fn markdown_bombs_of_four_times_the_size_take_four_times_as_long() {
    let (small, large) = (bombs(5_000), bombs(20_000));
    for (small, large) in small.into_iter().chain(depths(40_000)).zip(large.into_iter().chain(depths(160_000))) {
        // Where the square counted, it would be sixteen times. What else the machine does only makes one of them longer.
        let linear = |times: &(Duration, Duration)| times.1 < times.0 * 8 + Duration::from_millis(300);
        let both = |_| (time_of_check(&small), time_of_check(&large));
        let times: Vec<_> = (0..3).map(both).take_while(|times| !linear(times)).collect();
        assert!(times.len() < 3, "{:?}…: {times:?}", large.chars().take(20).collect::<String>());
    }
}

/// 1 MB in 51 feeds, 200 kB in 201, and notes that are named again and again; the same with one feed, or with summaries.
#[test]
fn an_article_that_would_fill_the_disk() {
    let tags = |n: usize| (0..n).map(|n| format!("t{n}")).collect::<Vec<_>>().join(", ");
    let words = |n: usize| "word ".repeat(n / 5);
    let notes = |n: usize| format!("[^a]: note\n\n{}", "[^a] ".repeat(n / 5));
    let by_tag = "feeds: [{by: tag}]\n";
    for (config, tags, body, fits) in [
        (by_tag, tags(50), words(1_000_000), false),
        (by_tag, tags(200), words(200_000), false),
        (by_tag, tags(50), notes(100_000), false),
        (by_tag, tags(10), words(1_000_000), true),
        ("feeds: []\n", tags(50), words(1_000_000), true),
        ("feeds: [{by: tag, content: summary}]\n", tags(50), words(1_000_000), true),
    ] {
        let project = healthy();
        project.write("feedmill.yaml", format!("{SITE}{config}"));
        project.write("content/x.md", article(&format!("title: Large\nslug: large\ntags: [{tags}]"), &body));
        let ran = project.run(&["build", "--report", "json"]).ends(0);
        assert_eq!(ran.codes().contains(&"M013".to_owned()), !fits, "{tags}: {:?}", ran.codes());
        let size: usize = project.tree("feeds").values().map(Vec::len).sum();
        assert!(size < 100_000_000 && (fits || size < 1_000_000), "{size} bytes");
        assert_eq!(project.read("feeds/rss.xml").contains("<title>Large</title>"), fits);
    }
}

#[test]
fn tags_and_slugs_that_want_out() {
    let long = "т".repeat(400);
    let names =
        ["../../etc/passwd", "a/b", ".", "..", "", "\\\\0", "C:\\\\x", "%2e%2e%2f", "\\u0000", "\\u202e", &long];
    for name in names {
        let project = healthy();
        project.write("content/x.md", article(&format!("title: Tagged\nslug: tagged\ntag: \"{name}\""), "Text."));
        project.write("content/y.md", article(&format!("title: Named\nslug: \"{name}\""), "Text."));
        survived(&project);
        for path in project.tree("feeds").into_keys() {
            assert!(path.len() < 260 && !path.contains("..") && path.matches('/').count() <= 2, "{name:?}: {path}");
        }
    }
}

#[test]
fn paths_of_images_that_want_out() {
    for path in
        ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "//", "http://", "\\\\\\\\host\\\\x", "%00.png"]
    {
        let head = format!("title: Pictured\nslug: pictured\nimg: \"{path}\"");
        let (project, _) = beside(article(&head, &format!("![x]({path})")));
        assert!(!project.read("feeds/feed.json").contains("file:"), "{path}");
    }
}

#[test]
fn names_of_files() {
    let project = healthy();
    for name in ["with space", "#hash", "q?uestion", "100%", "%2e%2e", "line\nbreak", "\u{202e}rtl", "-C", "...", "é"]
    {
        project
            .write(&format!("content/{name}.md"), article(&format!("title: \"{}\"", name.escape_default()), "Text."));
    }
    survived(&project);
    let report = project.run(&["build", "--report", "short", "-v"]).ends(0);
    assert!(!report.stderr.contains("line\nbreak") && !report.stderr.contains('\u{202e}'), "{}", report.stderr);
}

#[test]
fn a_directory_with_an_articles_name() {
    let project = healthy();
    project.write("content/x.md/inner.md", article("title: Inner\nslug: inner", "Text."));
    assert!(survived(&project).contains(&"A061".to_owned()));
    assert!(project.read("feeds/rss.xml").contains("Inner"), "what lies inside is read as in any folder");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_out_of_the_content_folder() {
        let project = healthy();
        project.write("secret/secret.md", article("title: Secret\nslug: secret", "Text."));
        symlink(project.path("secret/secret.md"), project.path("content/link.md")).unwrap();
        symlink(project.path("secret"), project.path("content/folder")).unwrap();
        symlink("loop.md", project.path("content/loop.md")).unwrap();
        symlink(".", project.path("content/self")).unwrap();
        let report = project.run(&["check", "--report", "json"]).ends(0);
        let named = |path: &str| report.json()["diagnostics"].as_array().unwrap().iter().any(|d| d["path"] == path);
        assert!(named("content/link.md") && named("content/folder"), "{}", report.stdout);
        assert!(report.codes().contains(&"A060".to_owned()));
        project.run(&["build"]).ends(0);
        assert!(!project.read("feeds/rss.xml").contains("Secret"));
    }

    #[test]
    fn links_out_of_the_output_folder() {
        let project = healthy();
        project.write("precious/rss.xml", "mine");
        std::fs::create_dir_all(project.path("feeds")).unwrap();
        symlink(project.path("precious/rss.xml"), project.path("feeds/rss.xml")).unwrap();
        project.run(&["build"]).ends(0);
        assert_eq!(project.read("precious/rss.xml"), "mine", "a file is put in place of the link, not through it");
        assert!(project.read("feeds/rss.xml").contains("Healthy"));
    }

    #[test]
    fn files_that_cannot_be_read() {
        let project = healthy();
        project.write("content/x.md", article("title: Shut\nslug: shut", "Text."));
        std::fs::set_permissions(project.path("content/x.md"), PermissionsExt::from_mode(0o000)).unwrap();
        // Root reads everything; then the case is that of the file's name alone.
        let shut = std::fs::read(project.path("content/x.md")).is_err();
        let odd = std::ffi::OsString::from_vec(b"not-utf8-\xff.md".to_vec());
        let _ = std::fs::write(project.path("content").join(odd), article("title: Odd\nslug: odd", "Text."));
        let report = project.run(&["check", "--report", "json"]).ends(1);
        let unreadable = report.codes().iter().filter(|c| *c == "A001").count();
        assert_eq!(unreadable, 1 + usize::from(shut), "{}", report.stdout);
        project.run(&["build"]).ends(0);
    }

    #[test]
    fn pipes_with_the_names_of_articles_and_images() {
        let project = healthy();
        for pipe in ["content/pipe.md", "content/pipe.png"] {
            let made = std::process::Command::new("mkfifo").arg(project.path(pipe)).status();
            assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every unix");
        }
        project.write("content/x.md", article("title: Piped\nslug: piped\nimg: /pipe.png", "Text."));
        let report = project.run(&["check", "--report", "json"]);
        assert!(report.codes().contains(&"A061".to_owned()), "{}", report.stdout);
        project.run(&["build"]).ends(0);
        assert!(project.read("feeds/rss.xml").contains("https://example.org/pipe.png"));
    }
}

#[test]
fn two_thousand_articles_of_one_day() {
    let project = healthy();
    for n in 0..2_000 {
        project
            .write(&format!("content/{n}.md"), format!("---\ntitle: T{n}\nslug: t-{n}\ndate: 01.01.2025\n---\n\nX.\n"));
    }
    let mut instants: Vec<String> = Vec::new();
    project.write("feedmill.yaml", format!("{SITE}output: {{limit: 5000}}\n"));
    survived(&project);
    let feed: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
    instants.extend(feed["items"].as_array().unwrap().iter().map(|item| item["date_published"].to_string()));
    let all = instants.len();
    instants.sort();
    instants.dedup();
    assert_eq!((all, instants.len()), (2_001, 2_001), "every entry has an instant of its own");
}
