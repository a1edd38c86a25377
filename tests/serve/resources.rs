//! Types, validators, and missing resources.

use crate::site::served;

#[test]
fn types_validators_and_links_of_every_document() {
    let served = served(&[]);
    for (path, media_type, feed) in [
        ("/feeds/rss.xml", "application/rss+xml; charset=utf-8", true),
        ("/feeds/atom.xml", "application/atom+xml; charset=utf-8", true),
        ("/feeds/feed.json", "application/feed+json", true),
        ("/feeds/tags/news/rss.xml", "application/rss+xml; charset=utf-8", true),
        ("/feeds/", "text/html; charset=utf-8", false),
        ("/feeds/index.html", "text/html; charset=utf-8", false),
        ("/feeds/feeds.opml", "text/x-opml; charset=utf-8", false),
    ] {
        let answer = served.get(path, "");
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{path}");
        assert!(answer.header("etag").starts_with('"') && answer.header("etag").len() > 20, "{path}: a strong tag");
        let newest = "Mon, 03 Mar 2025 10:00:00 GMT";
        assert_eq!(answer.header("last-modified"), newest, "{path}: the newest article's");
        assert_eq!(answer.headers.contains_key("link"), feed, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
        let head = served.head(path);
        let without_date = |a: &crate::client::Answer| {
            let mut headers = a.headers.clone();
            headers.remove("date");
            (a.status, headers)
        };
        assert_eq!(without_date(&head), without_date(&answer), "{path}: HEAD says what GET says");
    }
    let links = served.get("/feeds/atom.xml", "").header("link").to_owned();
    assert_eq!(links, "<https://hub.example/>; rel=\"hub\"\n<https://example.org/feeds/atom.xml>; rel=\"self\"");
}

#[test]
fn a_feed_is_what_a_build_writes() {
    let served = served(&[]);
    served.project.run(&["build", "-q"]).ends(0);
    for path in ["rss.xml", "atom.xml", "feed.json", "tags/news/feed.json", "feeds.opml"] {
        assert_eq!(
            served.get(&format!("/feeds/{path}"), "").text(),
            served.project.read(&format!("feeds/{path}")),
            "{path}"
        );
    }
}

#[test]
fn whoever_has_it_is_told_so() {
    let served = served(&[]);
    for path in ["/feeds/rss.xml", "/feeds/", "/feeds/feeds.opml"] {
        let first = served.get(path, "");
        let (etag, date) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
        for condition in [
            format!("If-None-Match: {etag}"),
            format!("If-None-Match: \"x\", W/{etag}"),
            "If-None-Match: *".to_owned(),
            format!("If-Modified-Since: {date}"),
            format!("If-None-Match: {etag}\nIf-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT"),
        ] {
            let answer = served.get(path, &condition);
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{path} {condition}");
            assert_eq!((answer.header("etag"), answer.header("last-modified")), (etag.as_str(), date.as_str()));
        }
        for condition in [
            "If-None-Match: \"x\"".to_owned(),
            "If-Modified-Since: Mon, 01 Jan 2001 00:00:00 GMT".to_owned(),
            format!("If-None-Match: \"x\"\nIf-Modified-Since: {date}"),
            "If-Modified-Since: yesterday".to_owned(),
        ] {
            assert_eq!(served.get(path, &condition).status, 200, "{path} {condition}");
        }
    }
}

#[test]
fn one_answer_whatever_coding_or_part_is_asked_for() {
    let served = served(&[]);
    let plain = served.get("/feeds/rss.xml", "");
    for wish in ["Accept-Encoding: gzip, br", "Range: bytes=10-19", "Range: bytes=0-1\nIf-Range: \"old\""] {
        let answer = served.get("/feeds/rss.xml", wish);
        assert_eq!((answer.status, &answer.body), (200, &plain.body), "{wish}");
        assert!(!answer.headers.contains_key("content-encoding"), "{wish}");
    }
}

#[test]
fn ways_that_lead_elsewhere() {
    let served = served(&[]);
    for (path, status, to) in [
        ("/", 302, "/feeds/"),
        ("/feeds", 301, "/feeds/"),
        ("/feeds/tags/news", 301, "/feeds/tags/news/"),
        ("/_preview", 301, "/_preview/"),
    ] {
        let answer = served.get(path, "");
        assert_eq!((answer.status, answer.header("location")), (status, to), "{path}");
    }
    assert!(served.said.contains(&format!("http://{}/feeds/", served.address)), "{}", served.said);
}

#[test]
fn what_is_not_there_and_what_may_not_be_asked() {
    let served = served(&[]);
    served.project.write("secret.txt", "secret");
    for path in [
        "/feeds/nothing.xml",
        "/nothing",
        "/feeds/tags/",
        "/_preview/nothing",
        "/feedmill.yaml",
        "//feeds/",
        "/feeds/%D1%84/",
    ] {
        let answer = served.get(path, "");
        assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        assert!(answer.text().contains("Nothing here"), "{path}");
    }
    assert!(served.get("/<script>alert(1)</script>", "").status >= 400);
    assert!(!served.get("/%3Cscript%3Ealert(1)%3C/script%3E", "").text().contains("<script>alert"));
    for path in [
        "/feeds/../secret.txt",
        "/../secret.txt",
        "/feeds/%2e%2e/secret.txt",
        "/feeds/%2E%2E%2fsecret.txt",
        "/feeds/..%5csecret.txt",
        "/feeds/%00",
        "/feeds/rss.xml%00.html",
        "/feeds/./rss.xml",
        "/feeds/%0d%0aX:1",
        "/feeds/%ff",
        "/_preview/../feeds/rss.xml",
    ] {
        let answer = served.get(path, "");
        assert_eq!(answer.status, 400, "{path}");
        assert!(!answer.text().contains("secret"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
        let answer = served.ask(&format!("{method} /feeds/rss.xml HTTP/1.1\nHost: {{host}}\nContent-Length: 0"));
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}
