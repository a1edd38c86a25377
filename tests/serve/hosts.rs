//! Who may ask, and where the preview may listen.

use crate::site::{project, served};

#[test]
fn only_those_who_name_this_machine_are_answered() {
    let served = served(&[]);
    let port = served.address.port();
    let ask = |line: &str, host: &str| served.ask(&format!("GET {line} HTTP/1.1\nHost: {host}")).status;
    for good in [
        format!("localhost:{port}"),
        "localhost".into(),
        format!("127.0.0.1:{port}"),
        "127.0.0.1:8080".into(),
        "[::1]".into(),
    ] {
        assert_eq!(ask("/feeds/rss.xml", &good), 200, "{good}");
    }
    for bad in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.168.0.1",
        "0.0.0.0",
    ] {
        for path in ["/feeds/rss.xml", "/", "/_preview/events", "/_preview/findings.json"] {
            let answer = served.ask(&format!("GET {path} HTTP/1.1\nHost: {bad}"));
            assert_eq!(answer.status, 421, "{bad} {path}");
            assert!(!answer.text().contains("Article"), "{bad}");
        }
    }
    // A target that names another host counts above the header.
    assert_eq!(ask("http://evil.example/feeds/rss.xml", "localhost"), 421);
    assert_eq!(served.ask("GET /feeds/rss.xml HTTP/1.1").status, 400);
    assert_eq!(served.ask("GET /feeds/rss.xml HTTP/1.1\nHost: localhost\nHost: evil.example").status / 100, 4);
}

#[test]
fn other_machines_see_nothing_unless_they_are_to() {
    let project = project();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let ran = project.run_at(None, &["serve", "--addr", address]).ends(2);
        assert!(ran.stderr.contains("--public") && ran.stdout.is_empty(), "{}", ran.stderr);
    }
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = busy.local_addr().unwrap().to_string();
    let ran = project.run_at(None, &["serve", "--addr", &address]).ends(3);
    assert!(ran.stderr.contains(&address), "{}", ran.stderr);
    project.run_at(None, &["serve", "--addr", "nonsense"]).ends(2);
}
