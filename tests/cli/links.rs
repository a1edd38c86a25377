//! Links, pipes and sockets where feedmill reads or writes files of its own, as a cloned repository may bring them. The run
//! ends, names the path, and changes, makes and prints nothing behind it. The owner's own link to the output folder works.

use crate::project::{Ran, TestProject};
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::time::Duration;

/// What may lie at a path.
const OBSTACLES: [&str; 5] = ["link to a file", "link to nothing", "link to a folder", "pipe", "socket"];

const BUILD: &[&str] = &["build"];
const PUSH: &[&str] = &["push", "--out", "feeds", "--hub", "http://127.0.0.1:9/"];

/// Files and folders of the output: without them there is nothing to publish.
const NEEDED: &[(&str, &[&str])] = &[
    ("feeds/.feedmill", BUILD),
    ("feeds/.feedmill/lock", BUILD),
    ("feeds/.feedmill/manifest.json", BUILD),
    ("feeds/.feedmill/.gitignore", BUILD),
    ("feeds/.feedmill/stage", BUILD),
    ("feeds/tags", BUILD),
    ("feeds/tags/red", BUILD),
    ("images.lock", BUILD),
];

/// Documents. A link in the place of one is replaced by the document; anything else is refused.
const DOCUMENTS: &[&str] = &["feeds/rss.xml", "feeds/feed.json", "feeds/atom.xml.gz", "feeds/tags/red/atom.xml"];

/// Files that the site may have made itself: they stay, and a warning names them.
const SITES_OWN: &[&str] = &[
    "feeds/index.html",
    "feeds/feeds.opml",
    "feeds/tags/red/index.html",
    "feeds/_headers",
    "feeds/.htaccess",
    "feeds/.feedmill/nginx.conf",
    "feeds/.feedmill/Caddyfile",
];

/// The cache: a note names the path, and all is made without it.
const CACHE: &[&str] = &[
    ".feedmill-cache",
    ".feedmill-cache/.gitignore",
    ".feedmill-cache/run-build",
    ".feedmill-cache/documents-build",
    ".feedmill-cache/heads-0000",
];

/// What a push reads and writes in a folder that was built.
const PUSHED: &[&str] = &[
    "feeds/.feedmill",
    "feeds/.feedmill/pushed",
    "feeds/.feedmill/pushed.new",
    "feeds/.feedmill/pushed.lock",
    "feeds/.feedmill/manifest.json",
    "feeds/rss.xml",
];

/// A site that has not been built, with a file and a folder that nobody may touch.
fn site() -> TestProject {
    let project = TestProject::empty();
    project.write(
        "feedmill.yaml",
        "site: {title: Test, url: \"https://example.org/\", language: en}\n\
         output: {precompress: [gz], headers: [netlify, nginx, apache, caddy]}\n",
    );
    article(&project, 1, "First.");
    article(&project, 2, "Second.");
    project.write("victim", "SECRET_KEY=abcd1234\n");
    project.write("victims/stage/file", "SECRET");
    project
}

fn article(project: &TestProject, n: usize, body: &str) {
    let text = format!(
        "---\ntitle: Article {n}\nslug: article-{n}\ndate: 2025-03-0{n}T10:00:00Z\ntags: [red]\n---\n\n{body}\n"
    );
    project.write(&format!("content/{n}.md"), text);
}

/// Puts an obstacle at a path where nothing lies.
fn put(project: &TestProject, path: &str, kind: &str) {
    let full = project.path(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    match kind {
        "link to a file" => symlink(project.path("victim"), &full).unwrap(),
        "link to nothing" => symlink(project.path("created"), &full).unwrap(),
        "link to a folder" => symlink(project.path("victims"), &full).unwrap(),
        "socket" => drop(UnixListener::bind(&full).unwrap()),
        _ => {
            let made = std::process::Command::new("mkfifo").arg(&full).status();
            assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of every unix");
        }
    }
}

/// Runs a command that may not hang, and checks that nothing behind the obstacle was touched.
#[track_caller]
fn run(project: &TestProject, args: &[&str], path: &str, kind: &str) -> Ran {
    let args = if args[0] == "push" { args.to_vec() } else { [args, &["--now", crate::project::NOW]].concat() };
    let ran = Ran::new(project.command(&args).timeout(Duration::from_secs(60)).output().unwrap(), &args);
    let said = format!("{path}, {kind}:\n{}{}", ran.stdout, ran.stderr);
    assert!(said.matches(path).count() > 1, "the path is not named: {said}");
    assert!(!said.contains("SECRET"), "{said}");
    untouched(project, &said);
    ran
}

/// Checks that nothing behind a link was changed, made or removed.
#[track_caller]
fn untouched(project: &TestProject, said: &str) {
    assert_eq!(project.read("victim"), "SECRET_KEY=abcd1234\n", "{said}");
    assert!(!project.has("created"), "{said}");
    assert_eq!(project.tree("victims").into_keys().collect::<Vec<_>>(), ["stage/file"], "{said}");
}

#[test]
fn what_lies_in_place_of_the_output_is_refused_with_its_path() {
    for (path, command) in NEEDED {
        for kind in OBSTACLES {
            let project = site();
            put(&project, path, kind);
            run(&project, command, path, kind).ends(3);
            assert!(!project.has("feeds/feed.json"), "{path}, {kind}: something was written");
        }
    }
}

#[test]
fn a_document_replaces_a_link_and_nothing_else() {
    for path in DOCUMENTS {
        for kind in OBSTACLES {
            let project = site();
            put(&project, path, kind);
            if kind.starts_with("link") {
                let ran = project.run(BUILD).ends(0);
                untouched(&project, &format!("{path}, {kind}: {ran:?}"));
                assert!(project.path(path).symlink_metadata().unwrap().is_file(), "{path}, {kind}");
            } else {
                run(&project, BUILD, path, kind).ends(3);
                assert!(!project.has("feeds/tags/red/rss.xml"), "{path}, {kind}: something was written");
            }
        }
    }
}

#[test]
fn files_that_may_be_the_sites_own_stay() {
    for path in SITES_OWN {
        for kind in OBSTACLES {
            let project = site();
            put(&project, path, kind);
            let ran = run(&project, BUILD, path.trim_start_matches("feeds/"), kind).ends(0);
            assert!(ran.stderr.contains("P008"), "{path}, {kind}: {}", ran.stderr);
            assert!(project.has("feeds/rss.xml") && !project.path(path).is_file() | project.path(path).is_symlink());
        }
    }
}

#[test]
fn the_cache_is_not_read_or_written_through_them() {
    for path in CACHE {
        for kind in OBSTACLES {
            let project = site();
            put(&project, path, kind);
            let ran = run(&project, BUILD, path, kind).ends(0);
            assert!(ran.stderr.contains("P011") || ran.stderr.contains("P012"), "{}", ran.stderr);
            assert!(project.has("feeds/rss.xml"));
        }
    }
}

#[test]
fn a_push_refuses_before_it_asks_a_hub() {
    for path in PUSHED {
        for kind in OBSTACLES {
            let project = site();
            project.run(BUILD).ends(0);
            let full = project.path(path);
            let _ = fs::remove_file(&full).or_else(|_| fs::remove_dir_all(&full));
            put(&project, path, kind);
            let ran = run(&project, PUSH, path, kind).ends(3);
            assert!(ran.stderr.contains("remove it"), "{}", ran.stderr);
        }
    }
}

/// The same bytes behind a link are not the file: neither the cache nor the manifest may say that all is as it was.
#[test]
fn what_was_moved_away_and_linked_is_refused_too() {
    let moved = [
        "feeds/.feedmill",
        "feeds/.feedmill/lock",
        "feeds/.feedmill/manifest.json",
        "feeds/.feedmill/.gitignore",
        "feeds/tags",
        "feeds/tags/red",
    ];
    for path in moved {
        for (edit, args) in [(false, &["build"][..]), (true, &["build"]), (true, &["build", "--no-cache"])] {
            let project = site();
            project.run(BUILD).ends(0);
            fs::rename(project.path(path), project.path("moved")).unwrap();
            symlink(project.path("moved"), project.path(path)).unwrap();
            if edit {
                article(&project, 1, "Edited.");
                fs::remove_file(project.path("content/2.md")).unwrap();
            }
            let before = everything(&project.path("moved"));
            run(&project, args, path, "link to what it was").ends(3);
            assert_eq!(everything(&project.path("moved")), before, "{path}");
        }
    }
}

/// A tag that is gone takes its folder along, but not what a link leads to.
#[test]
fn nothing_is_deleted_behind_a_link() {
    let project = site();
    article(&project, 3, "Third.");
    project.write("content/3.md", project.read("content/3.md").replace("[red]", "[rare, red]"));
    project.run(BUILD).ends(0);
    fs::rename(project.path("feeds/tags/rare"), project.path("moved")).unwrap();
    symlink(project.path("moved"), project.path("feeds/tags/rare")).unwrap();
    fs::remove_file(project.path("content/3.md")).unwrap();
    let before = everything(&project.path("moved"));
    let ran = project.run(&["build", "--accept"]);
    assert!([0, 3].contains(&ran.code), "{}", ran.stderr);
    assert_eq!(everything(&project.path("moved")), before);
}

#[test]
fn the_owner_may_link_the_output_folder() {
    let project = site();
    fs::create_dir(project.path("real")).unwrap();
    symlink("real", project.path("feeds")).unwrap();
    let plain = site();
    for at in [&project, &plain] {
        at.run(BUILD).ends(0);
        article(at, 1, "Edited.");
        at.run(BUILD).ends(0);
        fs::remove_file(at.path("content/2.md")).unwrap();
        at.run(&["build", "--accept"]).ends(0);
        at.run(&["build", "--no-cache"]).ends(0);
    }
    assert!(project.path("feeds").is_symlink());
    assert_eq!(project.tree("real"), plain.tree("feeds"));

    let project = site();
    symlink("created", project.path("feeds")).unwrap();
    run(&project, BUILD, "feeds", "link to nothing").ends(3);
}

#[test]
fn a_lock_file_is_repeated_only_in_its_own_form() {
    for (text, displayed) in [
        ("pid 4711 since 2030-01-01T00:00:00Z\n", "(pid 4711 since 2030-01-01T00:00:00Z)"),
        ("SECRET_KEY=abcd1234\n", "(holder unknown)"),
        ("pid 1 since SECRET\n", "(pid 1)"),
        ("pid 1 since 2030-01-01T00:00:00Z SECRET\n", "(pid 1)"),
    ] {
        let project = site();
        project.write("feeds/.feedmill/lock", text);
        let ran = project.run(BUILD).ends(0);
        assert!(ran.stderr.contains("P009") && ran.stderr.contains(displayed), "{text}: {}", ran.stderr);
        assert!(!ran.stderr.contains("SECRET"), "{}", ran.stderr);
    }
    let project = site();
    project.write("feeds/.feedmill/manifest.json", "{\"version\": \"SECRET\"}");
    project.write("images.lock", "SECRET\n{\"url\": {\"SECRET\": 1}}\n");
    let ran = project.run(BUILD).ends(0);
    assert!(ran.stderr.contains("P005") && ran.stderr.matches("P007").count() == 2, "{}", ran.stderr);
    assert!(!ran.stderr.contains("SECRET"), "{}", ran.stderr);
}

#[test]
fn init_and_man_write_through_no_link() {
    let project = TestProject::empty();
    let elsewhere = TestProject::empty();
    symlink(elsewhere.root(), project.path("content")).unwrap();
    let args = ["init", "--url", "https://e.org/"];
    let ran = Ran::new(project.command(&args).output().unwrap(), &args).ends(0);
    assert!(ran.stdout.contains("content is a symbolic link") && elsewhere.tree(".").is_empty(), "{}", ran.stdout);
    assert!(project.has("feedmill.yaml"));

    symlink("created", project.path("feedmill-check.1")).unwrap();
    let args = ["man", "."];
    let ran = Ran::new(project.command(&args).output().unwrap(), &args).ends(3);
    assert!(ran.stderr.contains("symbolic link") && !project.has("created"), "{}", ran.stderr);
}

/// The files of a folder, or one file, with their bytes.
fn everything(path: &Path) -> Vec<(String, Vec<u8>)> {
    match path.is_dir() {
        true => crate::project::tree(path).into_iter().collect(),
        false => vec![(String::new(), fs::read(path).unwrap())],
    }
}
