//! Drafts and articles of the future, and what readers make of a feed.

use crate::site::{Served, article, project, served};

fn with_drafts(args: &[&str]) -> Served {
    let project = project();
    project.write("content/08.md", article(8, "draft: true\n", "Not yet."));
    project.write("content/09.md", article(9, "", "Much later.").replace("2025-03-09", "2099-03-09"));
    Served::over(project, args)
}

#[test]
fn drafts_and_the_future_are_shown_and_marked() {
    let served = with_drafts(&[]);
    let page = served.get("/feeds/", "").text();
    assert!(page.contains("Article number 8") && page.contains("Article number 9"));
    for mark in [
        "&quot;https://example.org/article-8/&quot;:&quot;Draft&quot;",
        "&quot;https://example.org/article-9/&quot;:&quot;Future&quot;",
    ] {
        assert!(page.contains(mark), "{page}");
    }
    assert!(page.contains("Not in a build yet:") && !page.contains("article-1/&quot;"));
    let table = served.get("/_preview/all", "").text();
    assert!(table.contains(">Draft</span>") && table.contains(">Future</span>"));
    let modified = served.get("/feeds/rss.xml", "").header("last-modified").to_owned();
    assert!(!modified.contains("2099"), "never after now: {modified}");
}

#[test]
fn published_is_what_a_build_gives() {
    let served = with_drafts(&["--published"]);
    let page = served.get("/feeds/", "").text();
    assert!(!page.contains("number 8") && !page.contains("number 9") && !page.contains("Not in a build yet"));
    served.project.run_at(None, &["build", "-q"]).ends(0);
    assert_eq!(served.get("/feeds/atom.xml", "").text(), served.project.read("feeds/atom.xml"));
}

#[test]
fn a_page_may_load_from_its_own_server_and_nothing_else() {
    let served = served(&[]);
    let page = served.get("/feeds/", "").text();
    let policy =
        page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(policy.starts_with("default-src 'none'; ") && policy.contains("script-src 'self' 'sha256-"), "{policy}");
    assert!(policy.contains("connect-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert!(page.contains("<script src=\"/_preview/live.js\"") && page.ends_with("</body></html>"), "{page}");
    for path in ["/_preview/", "/_preview/all", "/nothing"] {
        let answer = served.get(path, "");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; "), "{path}");
        assert!(!answer.text().contains(" style=") && !answer.text().contains(" onclick="), "{path}");
    }
    for path in ["/_preview/live.js", "/_preview/live.css", "/_preview/preview.css"] {
        assert_eq!(served.get(path, "").status, 200, "{path}");
    }
}

#[test]
fn the_table_tells_what_each_reader_takes_and_drops() {
    let served = served(&[]);
    let list = served.get("/_preview/", "").text();
    assert!(list.contains("href=\"/_preview/all\"") && list.contains("href=\"/_preview/tag/news\""), "{list}");
    for path in ["/_preview/all", "/_preview/tag/news", "/_preview/all/"] {
        let table = served.get(path, "").text();
        for reader in ["NetNewsWire", "Miniflux", "FreshRSS", "Mail digest"] {
            assert_eq!(table.matches(&format!("<th scope=\"row\">{reader}</th>")).count(), 3, "{path} {reader}");
        }
        assert!(table.contains("media:content") && table.contains("content:encoded"), "{path}");
    }
    let json = served.get("/_preview/all?format=json", "").text();
    assert!(json.contains("content_html") && !json.contains("content:encoded"));
    assert!(json.contains("aria-current=\"page\">JSON Feed</a>"));
    assert!(served.get("/_preview/all?format=nonsense", "").text().contains("aria-current=\"page\">RSS</a>"));
}
