//! `--against`: a machine that keeps nothing between two runs takes ids, dates and feeds from those that are live.

use crate::project::{Ran, TestProject, tree};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

const BEFORE: &str = "site: {title: T, url: \"https://e.org/\"}\noutput: {limit: 3}\n";
/// Every id would be another by this config, and older entries would enter.
const AFTER: &str =
    "site: {title: T, url: \"https://e.org/\"}\ncontent: {permalink: \"/{year}/{slug}/\"}\noutput: {limit: 9}\n";

fn article(project: &TestProject, slug: &str, day: u32, tag: &str) {
    let head = format!("title: About {slug}\nslug: {slug}\ndate: 2024-05-{day:02}T10:00:00Z\ntags: [{tag}]");
    project.write(&format!("content/{slug}.md"), format!("---\n{head}\n---\nWords about {slug}.\n"));
}

/// A site with this config and five articles.
fn site(config: &str, tag: &str) -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", config);
    for (slug, day) in [("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5)] {
        article(&project, slug, day, tag);
    }
    project
}

/// The feeds that subscribers have of it, as a run long ago wrote them.
fn live() -> TestProject {
    let project = site(BEFORE, "news");
    project.run(&["build"]).ends(0);
    project
}

fn ids(project: &TestProject) -> Vec<String> {
    let text = project.read("feeds/rss.xml");
    let guid = |rest: &str| rest.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    text.split("<guid").skip(1).map(guid).collect()
}

fn copy(from: &Path, to: &TestProject, folder: &str) {
    for (path, bytes) in tree(from) {
        to.write(&format!("{folder}/{path}"), bytes);
    }
}

#[test]
fn a_folder_of_live_feeds_keeps_ids_and_old_entries_out() {
    let live = live();
    let subscribers = ids(&live);
    assert_eq!(subscribers.len(), 3);
    for has_manifest in [true, false] {
        let fresh = site(AFTER, "news");
        copy(&live.path("feeds"), &fresh, "live");
        if !has_manifest {
            let _ = std::fs::remove_dir_all(fresh.path("live/.feedmill"));
        }
        std::fs::rename(fresh.path("content/four.md"), fresh.path("content/fourth.md")).unwrap();
        fresh.run(&["check", "--against", "live", "--lenient"]).ends(0);
        let ran = fresh.run_at(None, &["build", "--report", "short", "--against", "live"]).ends(0);
        assert_eq!(ids(&fresh), subscribers, "{}", ran.stdout);
        assert!(ran.stderr.contains("P022") && !fresh.has("feedmill.ids"), "{}", ran.stderr);
        article(&fresh, "six", 6, "news");
        fresh.run(&["publish", "--no-push", "--against", "live", "--out", "published"]).ends(0);
        let published = fresh.read("published/rss.xml");
        assert!(subscribers.iter().all(|id| published.contains(id)) && published.contains("https://e.org/2024/six/"));
    }
}

#[test]
fn without_live_feeds_nothing_would_be_known() {
    let fresh = site(AFTER, "news");
    fresh.run(&["build"]).ends(0);
    assert!(ids(&fresh).len() == 5 && ids(&fresh)[0] != ids(&live())[0]);
}

#[test]
fn a_live_feed_of_a_tag_that_is_gone_stays() {
    let fresh = site(AFTER, "renamed");
    copy(&live().path("feeds"), &fresh, "live");
    std::fs::remove_dir_all(fresh.path("live/.feedmill")).unwrap();
    let ran = fresh.run(&["build", "--report", "short", "--against", "live"]).ends(0);
    assert!(ran.stderr.contains("P019"), "{}", ran.stderr);
    assert!(fresh.read("feeds/tags/news/rss.xml").contains("About five"));
}

#[test]
fn live_feeds_are_fetched_from_a_server() {
    let live = live();
    let base = serve(live.path("feeds"));
    for source in [format!("{base}/"), format!("{base}/rss.xml")] {
        let fresh = site(AFTER, "renamed");
        fresh.run(&["build", "--against", &source, "--allow-private"]).ends(0);
        let rss = ids(&fresh);
        assert_eq!(rss[..3], ids(&live)[..], "{source}");
        assert_eq!(fresh.has("feeds/tags/news/rss.xml"), source.ends_with('/'), "{source}");
    }
    let fresh = site(AFTER, "news");
    let stopped = |ran: Ran, why: &str| {
        let ran = ran.ends(3);
        assert!(ran.stderr.contains(why) || ran.stdout.contains(why), "{}{}", ran.stdout, ran.stderr);
        assert!(!fresh.has("feeds/rss.xml"));
    };
    stopped(fresh.run(&["build", "--against", &format!("{base}/")]), "--against");
    stopped(fresh.run(&["build", "--against", &format!("{base}/none/"), "--allow-private"]), "there is no feed");
    stopped(fresh.run(&["build", "--against", "nowhere"]), "nowhere");
    fresh.run(&["build", "--allow-private"]).ends(2);
}

/// Serves a folder over HTTP until the test ends.
fn serve(folder: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or_default();
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default().trim_start_matches("/feeds/").to_owned();
            let (status, body) = match std::fs::read(folder.join(path)) {
                Ok(bytes) => ("200 OK", bytes),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(&[head.as_bytes(), &body].concat());
        }
    });
    format!("http://{address}/feeds")
}
