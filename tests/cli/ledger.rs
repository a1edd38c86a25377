//! What subscribers keep: ids and dates stay whatever moves, and `feedmill.ids` remembers them in a fresh checkout. Each test changes
//! one thing that a site changes over the years.

use crate::project::{Ran, TestProject};

const CONFIG: &str = "site: {title: T, url: \"https://old.example/\", since: 2020}\nfeeds: [{by: tag}]\n";

/// Six articles without slugs, three of each tag.
fn six() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    (1..=6).for_each(|n| write(&project, n, &format!("Article {n}"), &format!("Text of number {n}.")));
    project
}

fn write(project: &TestProject, n: u32, title: &str, body: &str) {
    let tag = if n.is_multiple_of(2) { "Even" } else { "Odd" };
    let text = format!("---\ntitle: {title}\ndate: 2024-05-{n:02}T10:00:00\ntags: [{tag}]\n---\n{body}\n");
    project.write(&format!("content/{n}.md"), text);
}

/// A build in a working copy, by the clock.
fn build(project: &TestProject, more: &[&str]) -> Ran {
    project.run_at(None, &[&["build", "--report", "json"], more].concat())
}

/// The codes of a run about subscribers.
fn codes(ran: &Ran) -> Vec<String> {
    ran.codes().into_iter().filter(|code| code.starts_with('P')).collect()
}

/// Guids and dates of the main feed, the newest first.
fn entries(project: &TestProject) -> Vec<(String, String)> {
    let feed = project.read("feeds/rss.xml");
    let between = |item: &str, open: &str, close: &str| {
        let from = item.find(open).unwrap() + open.len();
        let text = &item[from..from + item[from..].find(close).unwrap()];
        text.rsplit('>').next().unwrap().to_owned()
    };
    let items = feed.split("<item>").skip(1);
    items.map(|item| (between(item, "<guid", "</guid>"), between(item, "<pubDate>", "</pubDate>"))).collect()
}

/// What a fresh checkout has not.
fn fresh_checkout(project: &TestProject) {
    std::fs::remove_dir_all(project.path("feeds")).unwrap();
    std::fs::remove_dir_all(project.path(".feedmill-cache")).unwrap();
}

#[test]
fn a_build_in_a_working_copy_writes_the_ledger_and_no_other_run_does() {
    let project = six();
    for args in [
        &["publish"][..],
        &["check"],
        &["list"],
        &["build", "--dry-run"],
        &["build", "--locked"],
        &["build", "--drafts"],
        &["build", "--future"],
        &["build", "--now", "2030-01-01T00:00:00Z"],
        &["build", "--url", "https://old.example/preview/", "--accept"],
    ] {
        project.run_at(None, args);
        assert!(!project.has("feedmill.ids"), "{args:?}");
        let _ = std::fs::remove_dir_all(project.path("feeds"));
    }
    let mut ci = project.command(&["build"]);
    ci.env("CI", "true").output().unwrap();
    assert!(!project.has("feedmill.ids"), "a run of CI has nobody to commit it");
    build(&project, &[]).ends(0);
    let ledger = project.read("feedmill.ids");
    let lines: Vec<&str> = ledger.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 6 + 3, "{ledger}");
    assert!(lines.is_sorted() && lines.iter().all(|line| line.len() < 1000), "{ledger}");
    let then = project.path("feedmill.ids").metadata().unwrap().modified().unwrap();
    build(&project, &[]).ends(0);
    write(&project, 3, "Article 3", "Text of number 3, a typo mended.");
    build(&project, &[]).ends(0);
    assert_eq!(project.read("feedmill.ids"), ledger, "an edit of the text is no change of the ledger");
    assert_eq!(project.path("feedmill.ids").metadata().unwrap().modified().unwrap(), then);
}

#[test]
fn a_fresh_checkout_keeps_ids_and_dates() {
    let project = six();
    build(&project, &[]).ends(0);
    let before = entries(&project);
    fresh_checkout(&project);
    project.write("feedmill.yaml", CONFIG.replace("since: 2020", "since: 2021, timezone: Asia/Tokyo"));
    let refused = build(&project, &[]).ends(1);
    assert_eq!(codes(&refused), ["P002"], "{}", refused.stdout);
    assert!(refused.stdout.contains("write `since: 2020`"), "{}", refused.stdout);
    assert!(!project.has("feeds/rss.xml"));
    project.write("feedmill.yaml", CONFIG.replace("since: 2020", "since: 2020, timezone: Asia/Tokyo"));
    assert_eq!(codes(&build(&project, &[]).ends(0)), [""; 0]);
    assert_eq!(entries(&project), before, "nor does another zone move a date");
}

#[test]
fn a_renamed_file_keeps_its_id_also_where_title_or_body_change() {
    for (title, body) in [("Article 3", "Text of number 3."), ("Another", "Text of number 3."), ("Article 3", "Other.")]
    {
        let project = six();
        build(&project, &[]).ends(0);
        let before = entries(&project);
        std::fs::rename(project.path("content/3.md"), project.path("content/third.md")).unwrap();
        let text = project.read("content/third.md").replace("Article 3", title).replace("Text of number 3.", body);
        project.write("content/third.md", text);
        fresh_checkout(&project);
        assert_eq!(codes(&build(&project, &[]).ends(0)), ["P016"], "{title} {body}");
        assert_eq!(entries(&project), before, "{title} {body}");
        assert_eq!(codes(&build(&project, &[]).ends(0)), [""; 0], "told once");
        build(&project, &["--accept=ids"]).ends(0);
        assert!(project.read("feeds/rss.xml").contains("2020:third<"), "agreed to");
    }
}

#[test]
fn an_article_that_returns_has_its_id_and_its_path_was_forgotten() {
    let project = six();
    build(&project, &[]).ends(0);
    let before = entries(&project);
    let text = project.read("content/3.md");
    std::fs::rename(project.path("content/3.md"), project.path("content/secret-name.md")).unwrap();
    build(&project, &[]).ends(0);
    std::fs::remove_file(project.path("content/secret-name.md")).unwrap();
    build(&project, &[]).ends(0);
    assert!(!project.read("feedmill.ids").contains("secret-name"));
    fresh_checkout(&project);
    project.write("content/back.md", text);
    build(&project, &[]).ends(0);
    assert_eq!(entries(&project), before);
}

#[test]
fn a_reused_file_is_a_new_entry() {
    let project = six();
    build(&project, &[]).ends(0);
    let text =
        "---\ntitle: Something else\ndate: 2024-06-01T10:00:00\ntags: [Even]\n---\nAnother article altogether.\n";
    project.write("content/2.md", text);
    assert_eq!(codes(&build(&project, &[]).ends(0)), ["P017"]);
    let guid = entries(&project)[0].0.clone();
    assert_eq!(guid, "tag:old.example,2020:2#2024-06-01");
    build(&project, &["--no-cache"]).ends(0);
    assert_eq!(entries(&project)[0].0, guid);
}

#[test]
fn another_host_is_refused_and_the_key_that_keeps_the_ids_is_named() {
    let project = six();
    build(&project, &[]).ends(0);
    let before = entries(&project);
    for url in ["https://site-abc123.preview.example/", "https://new.example/"] {
        fresh_checkout(&project);
        let refused = build(&project, &["--url", url]).ends(1);
        assert_eq!(codes(&refused), ["P015"]);
        assert!(refused.stdout.contains("site.id_host: old.example"), "{}", refused.stdout);
        build(&project, &["--url", url, "--accept=ids"]).ends(1);
        build(&project, &[]).ends(0);
    }
    project.write("feedmill.yaml", CONFIG.replace("old.example/\"", "new.example/\", id_host: old.example"));
    build(&project, &["--accept=host"]).ends(1);
    assert_eq!(codes(&build(&project, &["--accept=host,addresses"]).ends(0)), [""; 0]);
    assert_eq!(entries(&project), before);
}

#[test]
fn dates_that_an_author_changes_pass_and_many_at_once_are_refused() {
    let project = six();
    build(&project, &[]).ends(0);
    project.write("content/1.md", project.read("content/1.md").replace("2024-05-01", "2024-04-01"));
    assert_eq!(codes(&build(&project, &[]).ends(0)), [""; 0]);
    assert!(project.read("feeds/rss.xml").contains("01 Apr 2024"));
    for n in [2, 3, 4] {
        let path = format!("content/{n}.md");
        project.write(&path, project.read(&path).replace("T10:00:00", "T11:00:00"));
    }
    assert_eq!(codes(&build(&project, &[]).ends(1)), ["P018"]);
    build(&project, &["--accept=ids"]).ends(1);
    build(&project, &["--accept=dates"]).ends(0);
}

#[test]
fn the_feed_of_a_renamed_tag_stays_until_it_is_an_alias_or_given_up() {
    let project = six();
    build(&project, &[]).ends(0);
    let rename = |project: &TestProject| {
        for n in [1, 3, 5] {
            let path = format!("content/{n}.md");
            project.write(&path, project.read(&path).replace("[Odd]", "[\"Not even\"]"));
        }
    };
    let feed = project.read("feeds/tags/odd/rss.xml");
    rename(&project);
    fresh_checkout(&project);
    let held = build(&project, &[]).ends(0);
    assert_eq!(codes(&held), ["P019"], "{}", held.stdout);
    let items = |feed: &str| feed.matches("<item>").count();
    assert_eq!(
        items(&project.read("feeds/tags/odd/rss.xml")),
        items(&feed),
        "it has its entries, without a manifest too"
    );
    assert!(project.has("feeds/tags/not-even/rss.xml"));
    build(&project, &["--accept=feeds"]).ends(0);
    assert!(!project.has("feeds/tags/odd"));
    // As an alias the new tag keeps the address.
    let project = six();
    build(&project, &[]).ends(0);
    rename(&project);
    project.write("feedmill.yaml", format!("{CONFIG}tags: {{aliases: {{Odd: Not even}}}}\n"));
    assert_eq!(codes(&build(&project, &[]).ends(0)), [""; 0]);
    assert!(project.read("feeds/tags/odd/rss.xml").contains("Not even") && !project.has("feeds/tags/not-even"));
    build(&project, &["--no-cache"]).ends(0);
    assert!(project.has("feeds/tags/odd/rss.xml"));
}

#[test]
fn a_feed_that_moves_is_a_warning_and_many_are_refused() {
    let project = six();
    project.write("feedmill.yaml", CONFIG.replace("{by: tag}", ""));
    build(&project, &[]).ends(0);
    let moved = CONFIG.to_owned() + "output: {url: \"https://old.example/news/\"}\n";
    project.write("feedmill.yaml", moved.replace("{by: tag}", ""));
    assert_eq!(codes(&build(&project, &[]).ends(0)), ["P021"]);
    let project = six();
    build(&project, &[]).ends(0);
    project.write("feedmill.yaml", &moved);
    assert_eq!(codes(&build(&project, &[]).ends(1)), ["P020"]);
    build(&project, &["--accept=addresses"]).ends(0);
}

#[test]
fn old_entries_do_not_enter_where_a_limit_is_raised_or_a_rule_widened() {
    let project = six();
    let config = |limit: u32, tags: &str| {
        format!("{CONFIG}output: {{limit: {limit}}}\n")
            .replace("{by: tag}", &format!("{{name: picks, where: {{any: [{tags}]}}}}"))
    };
    let items = |project: &TestProject, path: &str| project.read(path).matches("<item>").count();
    project.write("feedmill.yaml", config(2, "{tag: Odd}"));
    build(&project, &[]).ends(0);
    project.write("feedmill.yaml", config(50, "{tag: Odd}"));
    assert_eq!(codes(&build(&project, &[]).ends(0)), ["P022", "P022"], "both feeds");
    assert_eq!((items(&project, "feeds/rss.xml"), items(&project, "feeds/picks/rss.xml")), (2, 2));
    assert_eq!(codes(&build(&project, &["--no-cache"]).ends(0)), [""; 0], "told once");
    write(&project, 7, "Article 7", "New.");
    build(&project, &[]).ends(0);
    assert_eq!(items(&project, "feeds/rss.xml"), 3, "the window grows with new entries");
    // An article that leaves makes no room for one that the feed never listed.
    std::fs::remove_file(project.path("content/6.md")).unwrap();
    build(&project, &[]).ends(0);
    assert_eq!(items(&project, "feeds/rss.xml"), 2);
    project.write("feedmill.yaml", config(50, "{tag: Odd}, {tag: Even}"));
    build(&project, &[]).ends(0);
    assert_eq!(items(&project, "feeds/picks/rss.xml"), 3, "7, 5 and 3, and no old one of the other tag");
    build(&project, &["--accept=limit"]).ends(0);
    assert_eq!((items(&project, "feeds/rss.xml"), items(&project, "feeds/picks/rss.xml")), (6, 6));
}

#[test]
fn a_burst_above_the_limit_is_reported_and_min_age_keeps_it() {
    for (min_age, listed, expected) in [("", 2, &["P023"][..]), (", min_age: 3000d", 4, &[])] {
        let project = TestProject::empty();
        let config =
            |n: u32| format!("site: {{url: \"https://e.org/\"}}\noutput: {{limit: {n}{min_age}}}\nfeeds: []\n");
        project.write("feedmill.yaml", config(2));
        write(&project, 1, "Article 1", "Old.");
        build(&project, &[]).ends(0);
        (2..=5).for_each(|n| write(&project, n, &format!("Article {n}"), "New."));
        assert_eq!(codes(&build(&project, &[]).ends(0)), expected);
        assert!(project.read("feeds/rss.xml").matches("<item>").count() >= listed);
    }
}

#[test]
fn a_ledger_that_is_damaged_locked_or_a_link_is_never_written() {
    let project = six();
    build(&project, &[]).ends(0);
    let good = project.read("feedmill.ids");
    let cut = good.trim_end().rsplit_once('\t').unwrap().0.to_owned();
    let conflict = good.replacen("\n", "\n<<<<<<< HEAD\n", 3);
    for bad in [cut, conflict, "not a ledger\n".to_owned(), "\u{0}\u{1}\n".to_owned()] {
        project.write("feedmill.ids", &bad);
        write(&project, 7, "Article 7", "New.");
        let refused = build(&project, &[]).ends(1);
        assert!(
            codes(&refused).contains(&"P024".to_owned()) && refused.stdout.contains("feedmill.ids"),
            "{}",
            refused.stdout
        );
        assert_eq!(project.read("feedmill.ids"), bad);
    }
    // Lines in any order, and twice.
    let turned: Vec<&str> = good.lines().rev().chain(good.lines()).collect();
    project.write("feedmill.ids", turned.join("\n") + "\n");
    build(&project, &["--locked"]).ends(0);
    std::fs::rename(project.path("content/2.md"), project.path("content/two.md")).unwrap();
    assert!(!codes(&build(&project, &["--locked"]).ends(0)).contains(&"P025".to_owned()), "subscribers see no change");
    project.write("content/two.md", project.read("content/two.md").replace("T10:00", "T11:00"));
    assert!(codes(&build(&project, &["--locked"]).ends(1)).contains(&"P025".to_owned()));
    #[cfg(unix)]
    {
        std::fs::remove_file(project.path("feedmill.ids")).unwrap();
        project.write("victim", "mine");
        std::os::unix::fs::symlink("victim", project.path("feedmill.ids")).unwrap();
        build(&project, &[]).ends(3);
        assert_eq!(project.read("victim"), "mine");
    }
}

#[test]
fn two_branches_that_each_add_an_article_merge() {
    let base = six();
    build(&base, &[]).ends(0);
    let before = base.read("feedmill.ids");
    let branch = |n: u32| {
        let branch = TestProject::copy_of(base.root());
        write(&branch, n, &format!("Article {n}"), "New.");
        build(&branch, &[]).ends(0);
        branch.read("feedmill.ids")
    };
    let merged = before + &branch(7) + &branch(8);
    [7, 8].into_iter().for_each(|n| write(&base, n, &format!("Article {n}"), "New."));
    base.write("feedmill.ids", merged);
    build(&base, &["--no-cache"]).ends(0);
    let lines = base.read("feedmill.ids").lines().filter(|line| line.contains("\tlive\t")).count();
    assert_eq!(lines, 8);
}

#[test]
fn what_a_publisher_gave_out_waits_in_the_manifest_for_the_ledger() {
    let project = six();
    project.run_at(None, &["publish", "--report", "json"]).ends(0);
    let before = entries(&project);
    std::fs::rename(project.path("content/3.md"), project.path("content/third.md")).unwrap();
    project.run_at(None, &["publish"]).ends(0);
    assert_eq!(entries(&project), before);
    build(&project, &[]).ends(0);
    assert_eq!(entries(&project), before);
    assert!(project.read("feedmill.ids").contains("2020:3\t"));
    assert!(!project.read("feeds/.feedmill/manifest.json").contains("\"given\""), "the ledger has it now");
}

#[test]
fn a_clock_that_is_set_back_withdraws_nothing() {
    let project = six();
    project.run_at(Some("2024-06-01T00:00:00Z"), &["build"]).ends(0);
    let before = entries(&project);
    project.run_at(Some("2024-05-03T00:00:00Z"), &["build"]).ends(0);
    assert_eq!(entries(&project), before);
}
