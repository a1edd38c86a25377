//! Limits per host: requests at once, retries and their times, and that a slow host does not delay the others.

use crate::server::{Request, Server, answer, chunked, good};
use crate::site::{self, article, image, line};
use feedmill::internals::edge::probe::{self, Ask, Manner, ProbeOutcome};
use feedmill::internals::model::{AbsUrl, Reach, Timestamp};
use std::net::TcpStream;
use std::time::Duration;

fn host(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    std::thread::sleep(Duration::from_millis(20));
    match request.path.as_str() {
        "/closed.png" => answer(out, "429 Too Many Requests", &[("Retry-After", "3600")], b""),
        "/drip.png" => {
            answer(out, "200 OK", &[("Transfer-Encoding", "chunked")], b"")?;
            chunked(out, 10_000, b"x", Duration::from_millis(20))
        }
        "/silent.png" => {
            std::thread::sleep(Duration::from_secs(5));
            Ok(false)
        }
        _ => good(request, out, "image/png", &image("plain.png")),
    }
}

fn asked(urls: &[String], manner: impl Fn(Manner) -> Manner) -> Vec<(String, ProbeOutcome)> {
    let asks = urls.iter().map(|url| Ask { url: AbsUrl::parse(url).unwrap(), before: None }).collect();
    let mut reported = Vec::new();
    let usual = Manner::new(Reach::Anywhere, Timestamp::from_unix(1_750_000_000).unwrap());
    probe::all(asks, manner(usual), |url, answer| reported.push((url.to_string(), answer))).unwrap();
    reported
}

fn why(answer: &ProbeOutcome) -> &str {
    match answer {
        ProbeOutcome::Failed(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn four_a_host_and_sixteen_in_all() {
    let servers: Vec<Server> = (1..=6).map(|n| Server::start_at(&format!("127.0.0.{n}:0"), host)).collect();
    let urls: Vec<String> = (0..120).map(|n| servers[n % servers.len()].url(&format!("/{n}.png"))).collect();
    assert_eq!(asked(&urls, |m| m).len(), 120);
    assert!(servers.iter().all(|s| (1..=4).contains(&s.most_at_once())));
    assert!(servers.iter().all(|s| s.connections() <= 8), "connections are used again");
}

#[test]
fn slow_drips_and_silence_end() {
    let server = Server::start(host);
    let hasty = |m: Manner| Manner { timeout: Duration::from_millis(200), ..m };
    let reported = asked(&[server.url("/drip.png"), server.url("/silent.png")], hasty);
    assert_eq!(reported.len(), 2);
    assert!(reported.iter().all(|(_, answer)| why(answer).contains("no complete response within")), "{reported:?}");
}

#[test]
fn a_budget_leaves_the_rest_to_the_next_run() {
    let server = Server::start(host);
    let urls: Vec<String> = (0..200).map(|n| server.url(&format!("/{n}.png"))).collect();
    let reported = asked(&urls, |m| Manner { budget: Some(Duration::from_millis(300)), ..m });
    assert!(!reported.is_empty() && reported.len() < 200, "{}", reported.len());
    assert!(reported.iter().any(|(url, _)| url.ends_with("/0.png")), "the newest come first");
}

#[test]
fn a_host_that_wants_to_be_left_alone_is() {
    let server = Server::start(host);
    let urls: Vec<String> = std::iter::once("/closed.png".to_owned())
        .chain((0..40).map(|n| format!("/{n}.png")))
        .map(|p| server.url(&p))
        .collect();
    let reported = asked(&urls, |m| m);
    assert_eq!(reported.len(), 41);
    assert!(server.lines().len() <= 8, "those under way, no more: {:?}", server.lines());
    assert!(
        reported.iter().any(|(_, a)| matches!(a, ProbeOutcome::Failed(why) if why.contains("asks to wait"))),
        "{reported:?}"
    );
}

#[test]
fn a_dead_host_is_given_up() {
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let urls: Vec<String> = (0..300).map(|n| format!("http://{dead}/{n}.png")).collect();
    let reported = asked(&urls, |m| m);
    assert_eq!(reported.len(), 300);
    assert!(reported.iter().all(|(_, answer)| !why(answer).is_empty()));
    let given_up = reported.iter().filter(|(_, answer)| why(answer).contains("was not asked again")).count();
    assert!(given_up >= 288, "{given_up} of 300 were not asked again; the others had three tries with pauses");
}

#[test]
fn what_is_known_is_not_asked_for_and_what_is_old_costs_no_body() {
    let server = Server::start(host);
    let project = site::with_images(&[server.url("/a.png"), server.url("/b.png")]);
    let run =
        |now: &str| project.run_at(Some(now), &["probe", "--report", "json"]).ends(0).json()["images"]["count"].clone();
    assert_eq!(run("2026-01-01T00:00:00Z")["learned"], 2);
    assert!(server.requests().iter().all(|r| r.header("if-none-match").is_empty()));
    let first = project.read("images.lock");
    assert!(first.is_ascii() && first.lines().count() == 3 && first.contains("\"etag\":\"\\\"174\\\"\""), "{first}");
    server.forget();
    let count = run("2026-01-30T00:00:00Z");
    assert_eq!((&count["known"], server.connections()), (&2.into(), 0));
    assert_eq!(project.read("images.lock"), first);
    let count = run("2026-02-01T00:00:00Z");
    assert_eq!((&count["confirmed"], server.lines().len()), (&2.into(), 2));
    assert!(server.requests().iter().all(|r| r.header("if-none-match") == "\"174\""));
    assert_eq!(project.read("images.lock"), first.replace("2026-01-01T", "2026-02-01T"));
    project.write("feedmill.yaml", site::CONFIG.replace("allow_private", "max_age: 1h, allow_private"));
    server.forget();
    assert_eq!(run("2026-02-01T01:00:00Z")["confirmed"], 2);
}

#[test]
fn a_failed_probe_keeps_what_was_known() {
    let server = Server::start(|request, out| match request.before {
        0 => good(request, out, "image/png", &image("plain.png")),
        _ => answer(out, "403 Forbidden", &[], b""),
    });
    let project = site::with_images(&[server.url("/a.png")]);
    project.run_at(Some("2026-01-01T00:00:00Z"), &["probe"]).ends(0);
    let before = project.read("images.lock");
    let ran = project.run_at(Some("2026-03-01T00:00:00Z"), &["probe", "--report", "short"]).ends(0);
    assert!(ran.stderr.contains("content/0000.md:5:") && ran.stderr.contains("A047"), "{}", ran.stderr);
    assert!(ran.stderr.contains("403 Forbidden") && ran.stderr.contains("2026-01-01"), "{}", ran.stderr);
    assert_eq!(project.read("images.lock"), before);
    project.run_at(Some("2026-03-01T00:00:00Z"), &["probe", "--strict"]).ends(1);
}

#[test]
fn what_is_gone_is_asked_for_again_after_a_day() {
    let server = Server::start(|request, out| match request.before {
        0 => answer(out, "404 Not Found", &[], b""),
        _ => good(request, out, "image/png", &image("plain.png")),
    });
    let project = site::with_images(&[server.url("/a.png")]);
    project.run_at(Some("2026-01-01T00:00:00Z"), &["probe"]).ends(0);
    assert_eq!(line(&project, "/a.png")["flaw"], "gone");
    project.run_at(Some("2026-01-01T23:00:00Z"), &["probe"]).ends(0);
    assert_eq!(server.lines().len(), 1);
    project.run_at(Some("2026-01-02T00:00:00Z"), &["probe"]).ends(0);
    assert_eq!(
        (&line(&project, "/a.png")["flaw"], &line(&project, "/a.png")["size"]),
        (&serde_json::Value::Null, &174.into())
    );
    article(&project, 0, "https://example.org/elsewhere.png");
}
