//! `feedmill publish`: builds, commits, pings hubs; and the faults that a target folder may have.

use crate::frame::{Frame, frame, outcomes};
use crate::project::Ran;
use crate::web::Reply;

fn publish(site: &Frame, more: &[&str]) -> Ran {
    site.project.run(&[&["publish", "--report", "json"], more].concat())
}

#[test]
fn one_command_builds_and_tells_and_a_second_does_nothing() {
    let site = frame(|_| Reply::status(204));
    site.article(4, "New.");
    let ran = publish(&site, &[]).ends(0);
    let report = ran.json();
    assert_eq!(
        (&report["command"], &report["verdict"], &report["articles"]["accepted"]),
        (&"publish".into(), &"clean".into(), &4.into())
    );
    assert_eq!((outcomes(&ran), site.web.pings().len()), (vec![("accepted".into(), 204.into(), 1)], 6));
    site.web.forget();
    let quiet = site.project.run(&["publish", "--quiet"]).ends(0);
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
    assert!(site.web.asked().is_empty());
}

#[test]
fn one_changed_article_pings_only_the_feeds_that_hold_it() {
    let site = frame(|_| Reply::status(204));
    site.project
        .write("content/old.md", "---\ntitle: Old\nslug: old\ndate: 2024-01-01T10:00:00Z\ntags: [rare]\n---\n\nX.\n");
    publish(&site, &[]).ends(0);
    site.web.forget();
    site.project
        .write("content/old.md", "---\ntitle: Old\nslug: old\ndate: 2024-01-01T10:00:00Z\ntags: [rare]\n---\n\nY.\n");
    let written: Vec<String> = {
        let report = publish(&site, &[]).ends(0).json();
        let feeds = report["feeds"].as_array().unwrap().clone();
        feeds.iter().filter(|f| f["change"] == "written").map(|f| f["url"].as_str().unwrap().to_owned()).collect()
    };
    let mut written = written;
    written.sort();
    assert_eq!(written.len(), 6, "{written:?}");
    assert!(written.iter().all(|url| !url.contains("tags/news")), "{written:?}");
    assert_eq!(site.web.topics(), written);
}

#[test]
fn hubs_change_nothing_of_what_is_published() {
    for (status, exit) in [(403, 5), (204, 0)] {
        let site = frame(move |_| Reply::status(status));
        site.article(4, "New.");
        let ran = publish(&site, &[]).ends(exit);
        assert!(site.project.read("feeds/rss.xml").contains("Article number 4"));
        assert_eq!(ran.json()["feeds"][0]["change"], "written");
    }
    let site = frame(|_| Reply::status(503));
    site.article(4, "New.");
    let ran = publish(&site, &["--deadline", "1"]).ends(4);
    assert_eq!(ran.json()["verdict"], "warned", "{}", ran.stdout);
    let quiet = site.project.run(&["publish", "--quiet", "--deadline", "1"]).ends(4);
    assert!(quiet.stderr.contains("W002") && quiet.stdout.is_empty(), "{quiet:?}");
    let site = frame(|_| Reply::status(503));
    assert!(publish(&site, &["--no-push"]).ends(0).json().get("push").is_none());
    assert!(site.web.asked().is_empty());
    let strict = publish(&site, &["--strict", "--deadline", "1"]).ends(4);
    assert_ne!(strict.json()["verdict"], "refused", "what is published is not refused");
}

#[test]
fn what_is_refused_is_neither_published_nor_pushed() {
    let site = frame(|_| Reply::status(204));
    publish(&site, &[]).ends(0);
    site.web.forget();
    let before = site.project.tree("feeds");
    site.config("unknown: 1");
    publish(&site, &[]).ends(2);
    site.config("");
    (1..=3).for_each(|n| std::fs::remove_file(site.project.path(&format!("content/0{n}.md"))).unwrap());
    publish(&site, &[]).ends(1);
    site.project.write("content/1.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    publish(&site, &["--strict"]).ends(1);
    assert_eq!(site.project.tree("feeds"), before);
    assert!(site.web.asked().is_empty());
}

#[test]
fn one_bad_article_never_halts_cron_and_the_next_due_is_told() {
    let site = frame(|_| Reply::status(204));
    site.project.write("content/bad.md", "---\ntitle: Bad\ndate: yesterday\n---\n");
    site.project.write("content/later.md", "---\ntitle: Later\nslug: later\ndate: 2031-02-03T04:05:06Z\n---\n\nX.\n");
    site.article(4, "New.");
    let report = publish(&site, &[]).ends(0).json();
    assert_eq!((&report["verdict"], &report["next_due"]), (&"warned".into(), &"2031-02-03T04:05:06Z".into()));
    assert!(!site.web.pings().is_empty());
}

#[test]
fn the_target_may_be_another_folder() {
    let site = frame(|_| Reply::status(204));
    let web = crate::web::Web::serve(site.project.path("www"), |a| {
        if a.method == "POST" { Reply::status(204) } else { Reply::File }
    });
    let config = site
        .project
        .read("feedmill.yaml")
        .replace(&site.web.base, &web.base)
        .replace("output: {", "output: {target: www, ");
    site.project.write("feedmill.yaml", &config);
    let before = site.project.tree("feeds");
    publish(&site, &[]).ends(0);
    assert_eq!((web.pings().len(), site.project.tree("feeds")), (6, before), "publish writes to its target alone");
    assert!(site.project.has("www/rss.xml") && site.project.has("www/.feedmill/pushed"));
    site.project.run(&["build"]).ends(0);
    assert!(site.project.read("feeds/rss.xml").contains(&web.base), "build writes to output.dir");
    publish(&site, &["--out", "third", "--no-push"]).ends(0);
    assert!(site.project.has("third/rss.xml"));
    for bad in ["gs://bucket/x", "s3://", "https://example.org/"] {
        publish(&site, &["--out", bad]).ends(2);
    }
    site.project.run(&["build", "--out", "s3://bucket/x"]).ends(2);
    assert!(!site.project.has("s3:"));
}

#[test]
fn the_machine_is_not_asked_for_credentials_where_that_is_forbidden() {
    let site = frame(|_| Reply::status(204));
    for word in ["true", "TRUE"] {
        let mut command =
            site.project.command(&["publish", "--no-push", "--out", "s3://bucket/x", "--endpoint", &site.web.base]);
        for name in ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"] {
            command.env_remove(name);
        }
        command.env("HOME", site.project.root()).env("AWS_EC2_METADATA_DISABLED", word);
        let ran = crate::project::Ran::new(command.output().unwrap(), &["publish"]).ends(3);
        assert!(ran.stderr.contains("no credentials, and AWS_EC2_METADATA_DISABLED"), "{}", ran.stderr);
    }
    assert_eq!(site.web.pings().len(), 0);
}

#[test]
fn a_dry_run_of_publish_sends_and_writes_nothing() {
    let site = frame(|_| Reply::status(204));
    site.article(4, "New.");
    let before = site.project.tree(".");
    publish(&site, &["--dry-run"]).ends(0);
    publish(&site, &["--dry-run", "--out", "nowhere"]).ends(0);
    assert_eq!(site.project.tree("."), before);
    assert!(site.web.asked().is_empty());
}

#[test]
fn publishes_that_overlap_are_safe() {
    let site = frame(|_| Reply::status(204));
    site.article(4, "New.");
    std::thread::scope(|scope| {
        (0..4).for_each(|_| {
            scope.spawn(|| publish(&site, &[]).ends(0));
        });
    });
    let mut topics = site.web.topics();
    assert_eq!(topics.len(), 6, "no topic is told twice: {topics:?}");
    topics.dedup();
    assert_eq!(topics.len(), 6);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_exit_3_and_the_next_run_completes() {
    let site = frame(|_| Reply::status(204));
    let args = ["publish", "--no-push", "--now", crate::project::NOW];
    let program = env!("CARGO_BIN_EXE_feedmill");
    (4..=9).for_each(|n| site.article(n, &"Long. ".repeat(500)));
    let before = site.project.tree("feeds");
    // No file may grow beyond 4 KiB: what a full disk looks like, halfway through a document.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec {program} \"$@\"");
    let full = std::process::Command::new("bash")
        .args([&["-c", &script, "bash"], &args[..]].concat())
        .current_dir(site.project.root())
        .output()
        .unwrap();
    let full = Ran::new(full, &args).ends(3);
    assert!(full.stderr.contains("feeds/.feedmill/stage/"), "{}", full.stderr);
    assert_eq!(site.project.tree("feeds"), before, "nothing is left behind");
    // A file where a folder must be, as a read-only folder would be for root too.
    std::fs::rename(site.project.path("feeds/tags"), site.project.path("tags")).unwrap();
    site.project.write("feeds/tags", "in the way");
    site.project.run_at(None, &args).ends(3);
    assert!(!site.project.has("feeds/.feedmill/stage"), "no orphan in the stage");
    std::fs::remove_file(site.project.path("feeds/tags")).unwrap();
    std::fs::rename(site.project.path("tags"), site.project.path("feeds/tags")).unwrap();
    site.project.run_at(None, &args).ends(0);
    let whole = site.project.tree("feeds");
    std::fs::remove_dir_all(site.project.path("feeds")).unwrap();
    site.project.run_at(None, &args).ends(0);
    assert_eq!(site.project.tree("feeds"), whole, "a folder that vanished comes back");
}

#[test]
fn what_fails_after_the_commit_is_not_told_as_if_nothing_was_written() {
    let site = frame(|_| Reply::status(204));
    site.article(4, "New.");
    std::fs::create_dir_all(site.project.path("feeds/.feedmill/pushed")).unwrap();
    let ran = site.project.run(&["publish", "-v"]).ends(3);
    assert!(ran.stderr.contains("published, but hubs were not pinged: ./feeds/.feedmill/pushed"), "{}", ran.stderr);
    assert!(ran.stdout.contains(" 6 written, 0 unchanged, 0 removed") && !ran.stdout.contains("to write"), "{ran:?}");
}

#[test]
fn a_state_that_names_another_file_leaves_it_alone() {
    let site = frame(|_| Reply::status(204));
    let config = site.project.read("feedmill.yaml");
    for args in [&["push", "--state", "feedmill.yaml"][..], &["push", "--dry-run", "--state", "feedmill.yaml"]] {
        let ran = site.project.run_at(None, args).ends(3);
        assert!(ran.stderr.contains("feedmill.yaml: it is not a record of accepted pings"), "{}", ran.stderr);
    }
    assert_eq!(site.project.read("feedmill.yaml"), config);
    assert!(site.web.pings().is_empty());
}
