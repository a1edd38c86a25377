//! `feedmill adopt URL` against a host on loopback: pages of every engine, limits, and the guard of addresses.

use crate::project::{Ran, TestProject};
use crate::server::{Behaviour, Request, Server, answer};
use std::net::TcpStream;

/// A site of six articles.
fn six() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", "site: {title: T, url: \"https://e.org/\"}\ncontent: {permalink: \"/{slug}/\"}\n");
    for n in 1..=6 {
        let text = format!("---\ntitle: Article {n}\nslug: a{n}\ndate: 2024-05-{n:02}T10:00:00Z\n---\nText {n}.\n");
        project.write(&format!("content/a{n}.md"), text);
    }
    project
}

fn adopt(project: &TestProject, url: &str, more: &[&str]) -> Ran {
    project.run_at(None, &[&["adopt", url, "--report", "json"], more].concat())
}

/// Two items of a page, from 1, of a feed of three pages.
fn items(page: usize) -> String {
    if page > 3 {
        return String::new();
    }
    let item = |n: usize| {
        format!("<item><guid isPermaLink=\"false\">https://e.org/?p={n}</guid><link>https://e.org/a{n}/</link></item>")
    };
    [item(2 * page - 1), item(2 * page)].concat()
}

fn rss(generator: &str, head: &str, page: usize) -> String {
    let items = items(page);
    format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>T</title>\
         <generator>{generator}</generator>{head}{items}</channel></rss>"
    )
}

fn wordpress(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let page = request.path.split_once("paged=").map_or(1, |(_, page)| page.parse().unwrap());
    if page > 3 {
        return answer(out, "404 Not Found", &[], rss("https://wordpress.org/?v=6.4", "", page).as_bytes());
    }
    answer(out, "200 OK", &[], rss("https://wordpress.org/?v=6.4", "", page).as_bytes())
}

fn ghost(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let page = request.path.trim_matches('/').split('/').nth(1).map_or(1, |page| page.parse().unwrap());
    // Ghost leads back to the first page from one that it does not have.
    if page > 3 {
        return answer(out, "302 Found", &[("Location", "/rss/")], b"");
    }
    answer(out, "200 OK", &[], rss("Ghost 5.8", "", page).as_bytes())
}

fn blogger(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let start = request.path.split_once("start-index=").map_or(1, |(_, index)| index.parse::<usize>().unwrap());
    answer(out, "200 OK", &[], rss("Blogger", "", start.div_ceil(2)).as_bytes())
}

fn named(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let page = request.path.trim_start_matches("/page").parse().unwrap_or(1);
    let next = format!("<atom:link rel=\"next\" href=\"page{}\"/>", page + 1);
    answer(out, "200 OK", &[], rss("x", if page < 3 { &next } else { "" }, page).as_bytes())
}

fn json(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let page = request.path.trim_start_matches("/page").parse::<usize>().unwrap_or(1);
    let item = |n: usize| format!("{{\"id\": \"{n}\", \"url\": \"https://e.org/a{n}/\"}}");
    let next = if page < 3 { format!("\"next_url\": \"/page{}\",", page + 1) } else { String::new() };
    let items = [item(2 * page - 1), item(2 * page)].join(",");
    let feed = format!("{{\"version\": \"https://jsonfeed.org/version/1\", {next} \"items\": [{items}]}}");
    answer(out, "200 OK", &[], feed.as_bytes())
}

#[test]
fn pages_are_followed_as_each_engine_has_them() {
    for (behaviour, path, requests) in [
        (wordpress as Behaviour, "/feed/", 4),
        (ghost, "/rss/", 5),
        (blogger, "/feeds/posts/default?alt=rss", 4),
        (named, "/feed", 3),
        (json, "/feed.json", 3),
    ] {
        let server = Server::start(behaviour);
        let project = six();
        let ran = adopt(&project, &server.url(path), &["--allow-private"]).ends(0);
        assert_eq!(ran.json()["adopt"]["kept"], 6, "{path}: {}", ran.stdout);
        assert_eq!(server.lines().len(), requests, "{path}: {:?}", server.lines());
    }
}

#[test]
fn the_address_of_the_feed_is_kept() {
    let server = Server::start(named);
    let project = six();
    let url = server.url("/feed");
    adopt(&project, &url, &["--allow-private"]).ends(0);
    assert!(project.read("feedmill.ids").contains(&url));
    let built = project.run_at(None, &["build", "--report", "json"]).ends(0);
    assert_eq!(built.codes(), ["P021"], "{}", built.stdout);
    assert!(built.stdout.contains(&format!("{url} → https://e.org/feeds/rss.xml")), "{}", built.stdout);
}

#[test]
fn private_addresses_and_broken_hosts_leave_the_ledger() {
    fn broken(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
        match request.path.as_str() {
            "/loop" => answer(out, "301 Moved", &[("Location", "/loop")], b""),
            "/gone" => answer(out, "410 Gone", &[], b""),
            "/next" => {
                let head = "<atom:link rel=\"next\" href=\"/gone\"/>";
                answer(out, "200 OK", &[], rss("x", head, 1).as_bytes())
            }
            _ => answer(out, "200 OK", &[], b"<html></html>"),
        }
    }
    let server = Server::start(broken);
    let project = six();
    let refused = adopt(&project, &server.url("/feed"), &[]).ends(3);
    assert!(refused.stdout.contains("private address"), "{}", refused.stdout);
    assert_eq!(server.connections(), 0);
    for (path, why) in [("/loop", "301"), ("/gone", "410"), ("/next", "410"), ("/page", "<html>")] {
        let ran = adopt(&project, &server.url(path), &["--allow-private"]).ends(3);
        assert!(ran.stdout.contains(why), "{path}: {}", ran.stdout);
    }
    assert!(!project.has("feedmill.ids"));
}
