//! What the cache may never do: show a feed that a run without it would not have made. And what it is
//! for: a run that finds nothing changed writes nothing.

use crate::project::{Ran, TestProject, without_history};
use std::collections::BTreeMap;
use std::fs::{File, FileTimes};
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

const CONFIG: &str = "site: {url: https://e.org/}\nfeeds: [{by: tag}]\n";

fn article(n: u32, text: &str) -> String {
    format!("---\ntitle: Number {n}\ndate: 2024-02-{n:02}\ntags: [t{}]\n---\n{text}\n", n % 3)
}

fn site() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    (1..10).for_each(|n| project.write(&format!("content/{n}.md"), article(n, "One two three.")));
    project
}

/// The same project without a cache and without earlier outputs: what must come out.
fn cold(project: &TestProject) -> BTreeMap<String, Vec<u8>> {
    let other = TestProject::empty();
    for (path, bytes) in project.tree(".") {
        if !path.starts_with("feeds/") && !path.starts_with(".feedmill-cache/") {
            other.write(&path, bytes);
        }
    }
    other.run(&["build", "--no-cache"]).ends(0);
    documents(&other)
}

/// The output folder without what earlier runs left in it.
fn documents(project: &TestProject) -> BTreeMap<String, Vec<u8>> {
    without_history(project.tree("feeds"))
}

/// Builds with the cache, and holds the feeds to those of a cold build.
#[track_caller]
fn build(project: &TestProject) -> Ran {
    let ran = project.run(&["build", "--accept", "--report", "json"]).ends(0);
    assert!(documents(project) == cold(project), "the feeds are not those of a cold build");
    ran
}

/// How many documents a run wrote.
fn written(ran: &Ran) -> usize {
    ran.json()["feeds"].as_array().unwrap().iter().filter(|feed| feed["change"] == "written").count()
}

/// Every file and folder of the project with its times, to the nanosecond.
fn times(project: &TestProject) -> BTreeMap<String, (i64, i64, i64, i64)> {
    let mut times = BTreeMap::new();
    let mut open = vec![project.root().to_owned()];
    while let Some(path) = open.pop() {
        let about = path.symlink_metadata().unwrap();
        if about.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        let seen = (about.mtime(), about.mtime_nsec(), about.ctime(), about.ctime_nsec());
        times.insert(path.to_string_lossy().into_owned(), seen);
    }
    times
}

fn put_back(project: &TestProject, path: &str, at: SystemTime) {
    let file = File::options().append(true).open(project.path(path)).unwrap();
    file.set_times(FileTimes::new().set_modified(at)).unwrap();
}

fn modified(project: &TestProject, path: &str) -> SystemTime {
    project.path(path).metadata().unwrap().modified().unwrap()
}

#[test]
fn a_run_that_finds_nothing_changed_touches_no_file_at_all() {
    let project = site();
    let first = build(&project);
    let before = times(&project);
    let second = project.run(&["build", "--report", "json"]).ends(0);
    assert_eq!(times(&project), before);
    let (first, second) = (first.json(), second.json());
    for part in ["articles", "diagnostics", "next_due", "verdict"] {
        assert_eq!(first[part], second[part], "{part}");
    }
    assert_eq!(project.read(".feedmill-cache/.gitignore"), "*\n");
    for style in ["human", "short", "json", "sarif", "github"] {
        let without_time = |ran: Ran| {
            let lines = |text: String| {
                let timed = |l: &&str| ["  time", "  stage", "  slowest"].iter().any(|word| l.starts_with(word));
                text.lines().filter(|l| !timed(l) && !l.contains("elapsed")).collect::<String>()
            };
            (lines(ran.stdout), lines(ran.stderr))
        };
        let cached = project.run(&["build", "-v", "--report", style]).ends(0);
        let plain = project.run(&["build", "-v", "--no-cache", "--report", style]).ends(0);
        assert_eq!(without_time(cached), without_time(plain), "{style}");
    }
    assert_eq!(
        project.run(&["build", "--strict", "-q"]).code,
        project.run(&["build", "--strict", "--no-cache", "-q"]).code
    );
}

#[test]
fn an_edit_of_one_size_within_one_second_is_seen() {
    let project = site();
    build(&project);
    for text in ["Three two one.", "Two three one.", "One two three."] {
        let then = modified(&project, "content/5.md");
        project.write("content/5.md", article(5, text));
        put_back(&project, "content/5.md", then);
        assert!(written(&build(&project)) > 0, "{text}");
    }
}

#[test]
fn a_time_that_goes_backwards_is_seen() {
    let project = site();
    build(&project);
    project.write("content/5.md", article(5, "Three two one."));
    put_back(&project, "content/5.md", SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
    assert!(written(&build(&project)) > 0);
}

#[test]
fn a_file_renamed_over_another_and_two_that_are_swapped_are_seen() {
    let project = site();
    project.write("content/6.md", article(6, "Three two one."));
    build(&project);
    let then = modified(&project, "content/5.md");
    project.write("new", article(5, "Two three one."));
    put_back(&project, "new", then);
    std::fs::rename(project.path("new"), project.path("content/5.md")).unwrap();
    assert!(written(&build(&project)) > 0);
    for (from, to) in [("content/7.md", "x"), ("content/8.md", "content/7.md"), ("x", "content/8.md")] {
        std::fs::rename(project.path(from), project.path(to)).unwrap();
    }
    build(&project);
}

#[test]
fn a_checkout_that_sets_all_times_to_now_writes_no_feed() {
    let project = site();
    build(&project);
    for (path, bytes) in project.tree("content") {
        std::fs::remove_file(project.path(&format!("content/{path}"))).unwrap();
        project.write(&format!("content/{path}"), bytes);
    }
    let feeds = |project: &TestProject| -> Vec<_> {
        let of_feeds = |(path, _): &(String, _)| path.contains("/feeds/") && !path.ends_with("lock");
        times(project).into_iter().filter(of_feeds).filter(|(path, _)| project.path(path).is_file()).collect()
    };
    let before = feeds(&project);
    assert_eq!(written(&build(&project)), 0);
    assert_eq!(feeds(&project), before);
}

#[test]
fn by_bytes_only_what_an_article_holds_counts() {
    let project = site();
    project.write("feedmill.yaml", format!("{CONFIG}content: {{change_detection: hash}}\n"));
    build(&project);
    let before = times(&project);
    let text = project.read("content/5.md");
    std::fs::remove_file(project.path("content/5.md")).unwrap();
    project.write("content/5.md", text);
    project.run(&["build"]).ends(0);
    let ours = |times: BTreeMap<String, _>| -> BTreeMap<_, _> {
        times.into_iter().filter(|(path, _)| !path.contains("/content")).collect()
    };
    assert_eq!(ours(times(&project)), ours(before), "nothing was changed but times");
    project.write("content/5.md", article(5, "Three two one."));
    assert!(written(&build(&project)) > 0);
}

#[test]
fn a_document_edited_or_deleted_by_hand_is_mended() {
    let project = site();
    build(&project);
    let (whole, then) = (project.read("feeds/rss.xml"), modified(&project, "feeds/rss.xml"));
    project.write("feeds/rss.xml", whole.replace("One two", "Two one"));
    put_back(&project, "feeds/rss.xml", then);
    build(&project);
    for gone in ["feeds/tags/t1/atom.xml", "feeds/index.html", "feeds/feeds.opml", "feeds/.feedmill/manifest.json"] {
        std::fs::remove_file(project.path(gone)).unwrap();
        build(&project);
    }
}

#[test]
fn the_clock_the_flags_and_the_config_have_their_say() {
    let project = site();
    project.write("content/soon.md", "---\ntitle: Soon\ndate: 2030-01-02\n---\nSoon.\n");
    project.write("content/gone.md", "---\ntitle: Gone\ndate: 2024-01-02\nexpires: 2030-01-03T00:00:00Z\n---\nGone.\n");
    project.write("content/draft.md", "---\ntitle: Draft\ndate: 2024-01-02\ndraft: true\n---\nDraft.\n");
    let at = |now: &str, more: &[&str]| {
        let args = [&["build", "--accept", "--report", "json"], more].concat();
        project.run_at(Some(now), &args).ends(0);
        let other = TestProject::copy_of(&project.path("."));
        std::fs::remove_dir_all(other.path("feeds")).unwrap();
        other.run_at(Some(now), &[&["build", "--no-cache"], more].concat()).ends(0);
        assert!(documents(&project) == documents(&other), "{now} {more:?}");
        project.read("feeds/rss.xml")
    };
    for now in ["2030-01-01T00:00:00Z", "2030-01-02T12:00:00Z", "2030-01-03T12:00:00Z", "2030-01-01T12:00:00Z"] {
        let rss = at(now, &[]);
        assert_eq!(rss.contains(">Soon<"), now > "2030-01-02", "{now}");
        assert_eq!(rss.contains(">Gone<"), now < "2030-01-03", "{now}");
        assert!(!rss.contains(">Draft<"));
        assert!(at(now, &["--drafts"]).contains(">Draft<"));
        assert!(at(now, &["--url", "https://other.org/"]).contains("other.org"));
    }
    project.write("feedmill.yaml", CONFIG.replace("by: tag", "by: tag, limit: 1"));
    build(&project);
    project.write("images.lock", "");
    build(&project);
}

#[test]
fn an_image_of_the_site_that_changes_or_comes_is_seen() {
    const GIF: &[u8] = b"GIF89a\x02\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x03D\x02\x05\x00;";
    let project = site();
    project.write("content/5.md", article(5, "Text.").replace("---\nText", "image: /i/a.gif\n---\nText"));
    build(&project);
    project.write("content/i/a.gif", GIF);
    assert!(written(&build(&project)) > 0, "it has come");
    let mut larger = GIF.to_vec();
    larger[6] = 9;
    project.write("content/i/a.gif", larger);
    assert!(written(&build(&project)) > 0, "it is wider now");
    std::fs::remove_file(project.path("content/i/a.gif")).unwrap();
    assert!(written(&build(&project)) > 0, "it has gone");
}

#[test]
fn a_damaged_cache_is_a_note_and_no_wrong_feed() {
    let project = site();
    build(&project);
    assert!(!build(&project).codes().contains(&"P011".to_owned()));
    for (path, whole) in project.tree(".feedmill-cache").into_iter().filter(|(path, _)| !path.starts_with('.')) {
        let path = format!(".feedmill-cache/{path}");
        let changed = |at: usize| {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x20;
            bytes
        };
        let (length, version) = (whole.len(), 8);
        let mut foreign = whole.clone();
        foreign[version..version + 4].reverse();
        let spoilt = [whole[..length / 2].to_vec(), vec![], foreign, changed(20), changed(80), changed(length - 1)];
        for bytes in spoilt {
            project.write(&path, &bytes);
            // So that also the files behind the note on the whole run are asked for.
            let text = project.read("content/5.md");
            project.write("content/5.md", format!("{text}More.\n"));
            let ran = build(&project);
            assert!(ran.codes().contains(&"P011".to_owned()), "{path} of {} bytes: {}", bytes.len(), ran.stdout);
            assert!(!build(&project).codes().contains(&"P011".to_owned()), "it was not mended");
        }
    }
}

#[test]
fn what_a_killed_run_left_behind_goes_and_what_another_writes_now_stays() {
    let project = site();
    build(&project);
    let left = |name: &str, age: Duration| {
        let path = format!(".feedmill-cache/{name}");
        project.write(&path, "half of a fi");
        put_back(&project, &path, SystemTime::now() - age);
        path
    };
    let (hours, minutes) = (Duration::from_secs(3 * 3600), Duration::from_secs(10 * 60));
    let [old, older] = [".new-Ab12Cd", ".new-000000"].map(|name| left(name, hours));
    let young = left(".new-Ef34Gh", minutes);
    let foreign = ["new-of-somebody", ".new-of-somebody", ".new-"].map(|name| left(name, hours));
    project.write("content/5.md", article(5, "Three two one."));
    assert!(written(&build(&project)) > 0);
    let there: Vec<_> = project.tree(".feedmill-cache").into_keys().collect();
    assert_eq!([&old, &older].map(|path| project.has(path)), [false; 2], "{there:?}");
    assert!(project.has(&young) && foreign.iter().all(|path| project.has(path)), "{there:?}");
    let before = times(&project);
    project.run(&["build"]).ends(0);
    assert_eq!(times(&project), before, "the cache holds");
}

#[test]
fn a_cache_that_cannot_be_written_is_a_note() {
    let project = site();
    project.write(".feedmill-cache", "a file");
    assert!(build(&project).codes().contains(&"P012".to_owned()));
    assert!(build(&project).codes().contains(&"P012".to_owned()));
    let ran = project.run(&["build", "--no-cache", "--report", "json"]).ends(0);
    assert!(!ran.codes().contains(&"P012".to_owned()));
}

#[cfg(unix)]
#[test]
fn what_lies_in_the_place_of_the_cache_and_is_none_is_a_note() {
    let project = site();
    let elsewhere = TestProject::empty();
    std::os::unix::fs::symlink(elsewhere.root(), project.path(".feedmill-cache")).unwrap();
    assert!(build(&project).codes().contains(&"P012".to_owned()), "a link is not followed");
    assert!(elsewhere.tree(".").is_empty());
    std::fs::remove_file(project.path(".feedmill-cache")).unwrap();
    build(&project);
    for name in ["run-build", "heads-0000", "documents-build"] {
        let path = project.path(&format!(".feedmill-cache/{name}"));
        std::fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every unix");
        project.write("content/5.md", article(5, name));
        assert!(build(&project).codes().contains(&"P011".to_owned()), "nobody waits for a pipe's other end");
    }
    assert!(!build(&project).codes().contains(&"P011".to_owned()), "they were mended");
}

#[test]
fn without_a_cache_none_is_read_and_none_is_made() {
    let project = site();
    for command in [&["build", "--no-cache"][..], &["build", "--dry-run"], &["list"], &["check", "--lenient"]] {
        project.run(command).ends(0);
        assert!(!project.has(".feedmill-cache"), "{command:?}");
    }
    build(&project);
    let before = project.tree(".feedmill-cache");
    project.write("content/5.md", article(5, "Other."));
    for command in [&["build", "--no-cache"][..], &["build", "--dry-run"], &["list"], &["check", "--lenient"]] {
        project.run(command).ends(0);
        assert!(project.tree(".feedmill-cache") == before, "{command:?}");
    }
    build(&project);
}
