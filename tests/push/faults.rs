//! Faulty responses of hubs and their results: outcome, exit code, waits.

use crate::frame::{frame, outcomes};
use crate::web::Reply;
use serde_json::Value;
use std::time::{Duration, Instant};

/// One topic owed, so that waits are short.
fn one_owed(hub: impl Fn(&crate::web::Asked) -> Reply + Send + Sync + 'static) -> crate::frame::Frame {
    let site = frame(move |asked| if asked.path == "/ok" { Reply::status(204) } else { hub(asked) });
    site.config("feeds: []\n");
    site.project
        .write("feedmill.yaml", site.project.read("feedmill.yaml").replace("output: {", "output: {formats: [atom], "));
    site.project.run(&["build", "--accept"]).ends(0);
    site
}

fn message(ran: &crate::project::Ran) -> String {
    ran.json()["push"][0]["message"].as_str().unwrap().to_owned()
}

#[test]
fn what_may_pass_is_tried_again_until_it_is_paid() {
    for status in [500, 429] {
        let site = one_owed(move |asked| Reply::status(if asked.nth < 2 { status } else { 202 }));
        let ran = site.push(&[]).ends(0);
        assert_eq!(outcomes(&ran), [("accepted".into(), 202.into(), 3)]);
        let times: Vec<_> = site.web.pings().iter().map(|ping| ping.at).collect();
        let gaps: Vec<_> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
        assert!(gaps[0] >= 0.99 && gaps[1] >= 1.99, "{gaps:?}");
        assert!(ran.json()["push"][0]["waited_ms"].as_u64().unwrap() >= 3000);
    }
}

#[test]
fn the_hub_says_how_long_at_least() {
    let date = || {
        let at = std::time::SystemTime::now() + Duration::from_secs(4);
        chrono::DateTime::<chrono::Utc>::from(at).format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    };
    for wait in [None, Some("3".to_owned())] {
        let site = one_owed(move |asked| match asked.nth {
            0 => Reply::Status(503, vec![("Retry-After", wait.clone().unwrap_or_else(date))], String::new()),
            _ => Reply::status(204),
        });
        let ran = site.push(&[]).ends(0);
        assert_eq!(outcomes(&ran), [("accepted".into(), 204.into(), 2)]);
        let times: Vec<_> = site.web.pings().iter().map(|ping| ping.at).collect();
        assert!(times[1] - times[0] >= Duration::from_millis(2950), "{:?}", times[1] - times[0]);
    }
}

#[test]
fn the_deadline_cuts_every_wait() {
    let site = one_owed(|_| Reply::Status(503, vec![("Retry-After", "120".into())], String::new()));
    // Without a deadline it would outlast the patience of the frame.
    let ran = site.push(&["--deadline", "5"]).ends(4);
    assert_eq!(outcomes(&ran), [("owed".into(), 503.into(), 1)]);
    assert!(message(&ran).contains("the deadline of 5 s"), "{}", message(&ran));
    assert_eq!(ran.codes(), ["W002"]);
    let site = one_owed(|_| Reply::Silence(Duration::from_secs(60)));
    let began = Instant::now();
    let ran = site.push(&["--deadline", "2"]).ends(4);
    assert!(began.elapsed().as_secs() >= 2, "{:?}", began.elapsed());
    assert_eq!(outcomes(&ran), [("owed".into(), Value::Null, 1)]);
    assert!(site.project.read("feeds/atom.xml").contains("<feed"));
    let quiet = site.project.run_at(None, &["push", "-q", "--deadline", "1"]).ends(4);
    assert!(quiet.stdout.is_empty() && quiet.stderr.contains("W002"), "cron hears of what is owed: {quiet:?}");
}

#[test]
fn a_hub_that_is_not_there_is_owed() {
    let site = one_owed(|_| Reply::status(204));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let ran = site.push(&["--hub", &format!("http://127.0.0.1:{port}/"), "--deadline", "2"]).ends(4);
    assert!(message(&ran).contains("cannot be reached"), "{}", message(&ran));
}

#[test]
fn what_must_be_changed_is_exit_5() {
    for (status, advice) in [(400, "topic"), (401, "register"), (403, "register"), (404, "no hub"), (413, "operator")] {
        let site = one_owed(move |_| Reply::Status(status, Vec::new(), "no\u{1b}[31m <b>x</b>\n".repeat(100)));
        let ran = site.push(&[]).ends(5);
        assert_eq!(outcomes(&ran), [("refused".into(), status.into(), 1)]);
        let message = message(&ran);
        assert!(message.contains(advice) && message.len() < 400, "{message}");
        assert!(!message.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'));
        assert_eq!((ran.codes(), &ran.json()["verdict"]), (vec!["W003".to_owned()], &"warned".into()));
    }
    for status in [301, 302, 303] {
        let site = one_owed(move |_| Reply::to(status, "https://new.example/?key=secret"));
        let ran = site.push(&[]).ends(5);
        assert!(message(&ran).contains("moved to https://new.example/?key=…"), "{}", message(&ran));
        assert_eq!(site.web.pings().len(), 1);
    }
}

#[test]
fn redirects_that_keep_the_request_are_followed_three_times() {
    let site = one_owed(|asked| match asked.path.as_str() {
        "/hub" => Reply::to(307, "/b"),
        "/b" => Reply::to(308, "/c"),
        "/c" => Reply::to(307, "/ok"),
        _ => Reply::status(404),
    });
    assert_eq!(outcomes(&site.push(&[]).ends(0)), [("accepted".into(), 204.into(), 1)]);
    assert!(site.web.pings().iter().all(|ping| ping.topic().ends_with("atom.xml")));
    let site = one_owed(|_| Reply::to(307, "/hub"));
    let ran = site.push(&[]).ends(5);
    assert_eq!((outcomes(&ran), site.web.pings().len()), (vec![("refused".into(), 307.into(), 1)], 4));
    for place in ["ftp://example.org/", "https://u:secret@example.org/", "http://"] {
        let site = one_owed(move |_| Reply::to(307, place));
        let ran = site.push(&[]).ends(5);
        assert!(message(&ran).contains("redirects to") && !ran.stdout.contains("secret"), "{}", ran.stdout);
    }
}

#[test]
fn a_2xx_counts_whatever_its_body_does() {
    let heads = [
        "Content-Length: 100\r\n\r\nonly ten b",
        "Transfer-Encoding: chunked\r\n\r\n64\r\nhalf",
        "Content-Length: 0\r\n\r\n",
    ];
    for head in heads {
        let site = one_owed(move |_| Reply::Raw(format!("HTTP/1.1 202 Accepted\r\n{head}").into_bytes()));
        assert_eq!(outcomes(&site.push(&[]).ends(0)), [("accepted".into(), 202.into(), 1)]);
    }
    let site = one_owed(|_| Reply::Status(200, Vec::new(), "z".repeat(8 << 20)));
    assert_eq!(outcomes(&site.push(&[]).ends(0)), [("accepted".into(), 200.into(), 1)]);
}

#[test]
fn nobody_there_is_told_and_paid() {
    let site = one_owed(|_| Reply::Status(500, Vec::new(), "Topic not found for topic URL.".into()));
    let ran = site.push(&[]).ends(0);
    assert_eq!(
        (outcomes(&ran), ran.codes()),
        (vec![("no_subscribers".into(), 500.into(), 1)], vec!["W005".to_owned()])
    );
    assert_eq!(site.push(&[]).ends(0).json()["push"], serde_json::json!([]));
}

#[test]
fn a_207_speaks_of_each_topic() {
    let list = |status: u16| {
        move |asked: &crate::web::Asked| {
            let body = serde_json::json!([{"href": asked.topic(), "status": status}]).to_string();
            Reply::Status(207, Vec::new(), body)
        }
    };
    assert_eq!(outcomes(&one_owed(list(202)).push(&[]).ends(0)), [("accepted".into(), 207.into(), 1)]);
    assert_eq!(outcomes(&one_owed(list(409)).push(&[]).ends(5)), [("refused".into(), 207.into(), 1)]);
    let site = one_owed(|_| Reply::Status(207, Vec::new(), "<multistatus/>".into()));
    assert_eq!(outcomes(&site.push(&[]).ends(4)), [("owed".into(), 207.into(), 1)]);
}

#[test]
fn one_failing_hub_never_holds_another_up() {
    let site = frame(|asked| match asked.path.as_str() {
        "/hangs" => Reply::Silence(Duration::from_secs(60)),
        "/refuses" => Reply::status(403),
        _ => Reply::status(204),
    });
    let url = |name: &str| format!("{}{name}", site.web.base);
    let (hangs, refuses, hub) = (url("hangs"), url("refuses"), url("hub"));
    let hubs = ["--hub", &hangs, "--hub", &refuses, "--hub", &hub, "--deadline", "4"];
    let ran = site.push(&hubs).ends(4);
    let at = |path: &str| site.web.pings().into_iter().filter(|p| p.path == path).collect::<Vec<_>>();
    // The first hangs until the deadline, after which no hub is pinged.
    assert_eq!((at("/hub").len(), at("/refuses").len()), (6, 6));
    let outcomes: Vec<_> = outcomes(&ran).into_iter().map(|(outcome, ..)| outcome).collect();
    assert_eq!(
        (&outcomes[0], &outcomes[outcomes.len() - 2..]),
        (&"owed".into(), &["refused".to_owned(), "accepted".into()][..])
    );
    site.push(&["--hub", &refuses, "--hub", &hub]).ends(5);
}
