//! Which hubs are accepted, and what is never printed.

use crate::frame::frame;
use crate::web::Reply;

#[test]
fn a_hub_with_a_password_is_a_config_error_and_is_not_shown() {
    let site = frame(|_| Reply::status(204));
    site.project.write("feedmill.yaml", "websub: {hubs: [\"https://user:geheim@hub.example/\"]}\n");
    for args in [&["push"][..], &["push", "--report", "short"], &["push", "--report", "json"]] {
        let ran = site.project.run_at(None, args).ends(2);
        assert!(!ran.stdout.contains("geheim") && !ran.stderr.contains("geheim"), "{ran:?}");
        assert!(format!("{}{}", ran.stdout, ran.stderr).contains("C003"), "{ran:?}");
    }
    site.config("");
    for report in ["human", "json"] {
        let ran = site
            .project
            .run_at(None, &["push", "--hub", "https://user:geheim@hub.example/", "--report", report])
            .ends(2);
        assert!(!ran.stdout.contains("geheim") && !ran.stderr.contains("geheim"), "{ran:?}");
    }
    assert!(site.web.asked().is_empty());
}

#[test]
fn only_https_unless_it_is_loopback_or_allowed() {
    let site = frame(|_| Reply::status(204));
    let ran = site.push(&["--hub", "http://hub.example/"]).ends(2);
    assert!(ran.stdout.contains("https"), "{}", ran.stdout);
    site.push(&["--hub", "ftp://hub.example/"]).ends(2);
    site.push(&["--hub", "hub"]).ends(2);
    let config = site.project.read("feedmill.yaml");
    let plain = config.replace("hubs: [", "hubs: [\"http://hub.example/\", ");
    site.project.write("feedmill.yaml", &plain);
    site.push(&["--dry-run"]).ends(2);
    site.project.write("feedmill.yaml", plain.replace("websub: {", "websub: {allow_http: true, "));
    site.push(&["--dry-run"]).ends(0);
    site.push(&["--dry-run", "--hub", "http://other.example/"]).ends(0);
}

#[test]
fn queries_of_hubs_and_topics_are_redacted_everywhere() {
    let site = frame(|_| Reply::status(403));
    let hub = format!("{}hub?token=geheim", site.web.base);
    for style in ["human", "short", "json"] {
        let ran = site.project.run_at(None, &["push", "-v", "--hub", &hub, "--report", style]).ends(5);
        let reported = format!("{}{}", ran.stdout, ran.stderr);
        assert!(reported.contains("?token=…") && !reported.contains("geheim"), "{reported}");
    }
    let talks = frame(|_| Reply::Status(400, Vec::new(), "no such token: geheim".into()));
    let ran = talks.push(&["--hub", &format!("{}hub?token=geheim", talks.web.base)]).ends(5);
    assert!(ran.stdout.contains("400 (no such token: …)") && !ran.stdout.contains("geheim"), "{}", ran.stdout);
    assert!(site.web.pings().iter().all(|ping| ping.path == "/hub?token=geheim"), "the hub itself gets the whole URL");
    let paid = frame(|_| Reply::status(204));
    paid.push(&["--hub", &format!("{}hub?token=geheim", paid.web.base)]).ends(0);
    assert!(!paid.project.read("feeds/.feedmill/pushed").contains("geheim"));
}

#[test]
fn usage() {
    let site = frame(|_| Reply::status(204));
    for args in
        [&["--deadline", "0"][..], &["--deadline", "x"], &["--verify", "maybe"], &["--content", "x"], &["stray"]]
    {
        site.push(args).ends(2);
    }
    let help = site.project.run_at(None, &["push", "--help"]).ends(0).stdout;
    assert!(help.contains("--deadline") && help.contains("Exit codes"), "{help}");
}
