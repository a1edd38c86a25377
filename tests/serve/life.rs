//! The server after each edit: it serves the change, reports errors, keeps the last good set, and drops an error once
//! it is fixed.

use crate::client::Connection;
use crate::project::TestProject;
use crate::site::{CONFIG, Served, article, project, served};
use serde_json::Value;

fn codes(findings: &Value) -> Vec<String> {
    findings["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap().to_owned()).collect()
}

/// Opens the stream of events for a page as it is now.
fn listen(served: &Served, page: &str) -> Connection {
    let text = served.get(page, "").text();
    let mark = text.split("data-mark=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let mut connection = Connection::to(served.address);
    connection.send(&format!("GET /_preview/events?page={page}&mark={mark} HTTP/1.1\nHost: {{host}}"));
    let head = connection.head();
    assert_eq!((head.status, head.header("content-type")), (200, "text/event-stream"));
    connection
}

/// The next event: its name and its data.
fn event(connection: &mut Connection) -> (String, String) {
    let (mut name, mut data) = (String::new(), String::new());
    loop {
        let line = connection.line();
        if let Some(value) = line.strip_prefix("event: ") {
            name = value.to_owned();
        } else if let Some(value) = line.strip_prefix("data:") {
            data += value.trim_start();
        } else if line.is_empty() && !name.is_empty() {
            return (name, data);
        }
    }
}

/// Waits for an event; an edit may be seen half written first.
fn until_event(connection: &mut Connection, wanted: &str) {
    while event(connection).0 != wanted {}
}

#[test]
fn an_edit_reloads_the_pages_that_show_it_and_no_others() {
    let project = project();
    project.write("content/09.md", article(9, "", "Another.").replace("[news]", "[other]"));
    let served = Served::over(project, &[]);
    let mut news = listen(&served, "/feeds/tags/news/");
    let mut other = listen(&served, "/feeds/tags/other/");
    assert_eq!([event(&mut news).0, event(&mut other).0], ["state", "state"]);
    let before = served.get("/feeds/tags/other/rss.xml", "").header("etag").to_owned();
    served.project.write("content/02.md", article(2, "", "Mended.").replace("Article number 2", "A new title"));
    until_event(&mut news, "reload");
    assert_eq!(event(&mut other).0, "state", "it hears of the change and stays");
    served.shows("/feeds/tags/news/", "A new title");
    assert_eq!(served.get("/feeds/tags/other/rss.xml", "").header("etag"), before);
    let changed = served.get("/feeds/rss.xml", "If-Modified-Since: Mon, 03 Mar 2025 10:00:00 GMT");
    assert_eq!(changed.status, 200, "other bytes are newer, whatever the article's date says");
}

#[test]
fn files_come_move_and_go() {
    let served = served(&[]);
    served.project.write("content/deep/er/07.md", article(7, "", "New."));
    served.shows("/feeds/rss.xml", "Article number 7");
    std::fs::rename(served.project.path("content/deep"), served.project.path("content/elsewhere")).unwrap();
    served.project.write("content/elsewhere/er/07.md", article(7, "", "Moved and edited."));
    served.shows("/feeds/rss.xml", "Moved and edited.");
    // As editors save: a new file takes the old one's name.
    served.project.write("content/.07.tmp", article(7, "", "Saved by renaming."));
    std::fs::rename(served.project.path("content/.07.tmp"), served.project.path("content/elsewhere/er/07.md")).unwrap();
    served.shows("/feeds/rss.xml", "Saved by renaming.");
    std::fs::remove_file(served.project.path("content/elsewhere/er/07.md")).unwrap();
    served.until("number 7 is gone", |s| (!s.get("/feeds/rss.xml", "").text().contains("number 7")).then_some(()));
}

#[test]
fn a_broken_article_is_told_with_its_place_and_forgotten_when_mended() {
    let served = served(&[]);
    let mut page = listen(&served, "/feeds/");
    assert_eq!(event(&mut page), ("state".to_owned(), String::new()));
    served.project.write("content/02.md", article(2, "", "x").replace("2025-03-02T10:00:00Z", "\"<b>soon</b>\""));
    let finding =
        served.until("a finding", |s| s.findings()["findings"].as_array().and_then(|all| all.first().cloned()));
    assert_eq!(
        (&finding["severity"], &finding["code"], &finding["path"]),
        (&"error".into(), &"A010".into(), &"content/02.md".into())
    );
    assert_eq!((&finding["line"], &finding["column"]), (&4.into(), &7.into()));
    until_event(&mut page, "reload");
    let mut page = listen(&served, "/feeds/");
    let (_, overlay) = event(&mut page);
    assert!(
        overlay.contains("content/02.md:4:7") && overlay.contains("1 error") && !overlay.contains("<b>soon"),
        "{overlay}"
    );
    assert!(
        !served.get("/feeds/rss.xml", "").text().contains("number 2") && served.get("/feeds/rss.xml", "").status == 200
    );
    served.project.write("content/02.md", article(2, "", "x"));
    served.until("no finding", |s| s.findings()["findings"].as_array().unwrap().is_empty().then_some(()));
    served.shows("/feeds/rss.xml", "number 2");
}

#[test]
fn a_broken_config_leaves_the_last_good_feeds() {
    let mut served = served(&[]);
    let good = served.get("/feeds/rss.xml", "").body;
    served
        .project
        .write("feedmill.yaml", "site: {title: Test, url: \"https://example.org/\"}\noutput: {limit: many}\n");
    // A write empties the file first, and the server may read it then: wait for the finding about the text written.
    let findings = served.until("the finding about the limit", |s| {
        Some(s.findings()).filter(|f| f["findings"][0]["path"] == "feedmill.yaml" && f.to_string().contains("many"))
    });
    assert_eq!(findings["failure"], "the config has errors");
    assert!(codes(&findings).iter().any(|code| code.starts_with('C')), "{findings}");
    assert_eq!(served.get("/feeds/rss.xml", "").body, good);
    // Gone altogether, it is an empty one, which knows no address.
    std::fs::remove_file(served.project.path("feedmill.yaml")).unwrap();
    served.until("another failure", |s| Some(s.findings()).filter(|f| *f != findings));
    assert_eq!(served.get("/feeds/rss.xml", "").body, good);
    served.project.write("feedmill.yaml", format!("{CONFIG}output: {{url: \"https://example.org/news/\"}}\n"));
    served.until("all is well", |s| s.findings()["failure"].is_null().then_some(()));
    assert_eq!((served.get("/news/rss.xml", "").status, served.get("/feeds/rss.xml", "").status), (200, 404));
    assert_eq!(served.get("/", "").header("location"), "/news/");
    assert!(served.lives());
}

#[test]
fn the_content_folder_goes_and_comes_back() {
    let mut served = served(&[]);
    let good = served.get("/feeds/rss.xml", "").body;
    for n in [5, 6] {
        std::fs::rename(served.project.path("content"), served.project.path("away")).unwrap();
        served.until("a failure", |s| s.findings()["failure"].is_string().then_some(()));
        assert_eq!(served.get("/feeds/rss.xml", "").status, 200);
        std::fs::rename(served.project.path("away"), served.project.path("content")).unwrap();
        served.until("all is well", |s| s.findings()["failure"].is_null().then_some(()));
        served.project.write(&format!("content/{n:02}.md"), article(n, "", "After its return."));
        served.shows("/feeds/rss.xml", &format!("Article number {n}"));
    }
    std::fs::remove_file(served.project.path("content/05.md")).unwrap();
    std::fs::remove_file(served.project.path("content/06.md")).unwrap();
    served.until("as before", |s| (s.get("/feeds/rss.xml", "").body == good).then_some(()));
    assert!(served.lives());
}

#[test]
fn it_begins_over_anything() {
    for (config, article_text) in [("", ""), ("site: [", "---\ntitle: [\n---\n"), (CONFIG, "\u{0}\u{1}")] {
        let project = TestProject::empty();
        project.write("feedmill.yaml", config);
        project.write("content/a.md", article_text);
        let mut served = Served::over(project, &[]);
        assert_eq!(served.get("/_preview/", "").status, 200);
        served.project.write("feedmill.yaml", CONFIG);
        served.project.write("content/a.md", article(1, "", "Well."));
        served.shows("/feeds/rss.xml", "Article number 1");
        assert!(served.lives());
    }
    let mut nowhere = Served::over(TestProject::empty(), &[]);
    assert_eq!(nowhere.get("/_preview/findings.json", "").status, 200);
    nowhere.project.write("feedmill.yaml", CONFIG);
    nowhere.project.write("content/a.md", article(1, "", "Well."));
    nowhere.shows("/feeds/rss.xml", "Article number 1");
    assert!(nowhere.lives());
}

#[test]
fn facts_of_images_are_read_again() {
    let served = served(&[]);
    assert!(!served.get("/feeds/rss.xml", "").text().contains("length=\"4321\""));
    let line = r#"{"url":"https://images.example/2.png","size":4321,"type":"image/png","width":800,"height":600,"learned":"2025-01-01T00:00:00Z"}"#;
    served.project.write("images.lock", format!("# feedmill\n{line}\n"));
    served.shows("/feeds/rss.xml", "length=\"4321\"");
}

#[test]
fn an_image_of_the_site_itself_is_looked_at_again() {
    let project = project();
    project.write("content/02.md", article(2, "", "x").replace("https://images.example/2.png", "picture.png"));
    let served = Served::over(project, &[]);
    let picture = include_bytes!("../images/plain.png");
    assert!(!served.get("/feeds/rss.xml", "").text().contains(&format!("length=\"{}\"", picture.len())));
    served.project.write("content/picture.png", picture);
    served.shows("/feeds/rss.xml", &format!("length=\"{}\"", picture.len()));
}
