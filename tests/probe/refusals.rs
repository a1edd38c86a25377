//! What a probe refuses: private addresses, proxies, and any request that the user did not ask for.

use crate::server::{Server, good};
use crate::site::{self, image};

fn server() -> Server {
    Server::start(|request, out| good(request, out, "image/png", &image("plain.png")))
}

#[test]
fn private_addresses_are_refused_by_number_and_by_name() {
    let server = server();
    let port = server.address.port();
    let inside = [
        format!("http://127.0.0.1:{port}/a.png"),
        format!("http://localhost:{port}/b.png"),
        format!("http://[::ffff:127.0.0.1]:{port}/c.png"),
        format!("http://2130706433:{port}/d.png"),
        "http://169.254.169.254/latest/e.png".to_owned(),
    ];
    let project = site::with_images(&inside);
    project.write("feedmill.yaml", site::CONFIG.replace("true", "false"));
    let ran = project.run(&["probe", "--report", "json"]).ends(0);
    let report = ran.json();
    assert_eq!(report["images"]["count"]["failed"], 5, "{report}");
    let reported = report["diagnostics"].as_array().unwrap();
    assert!(reported.iter().all(|d| d["message"].as_str().unwrap().contains("private address")), "{reported:?}");
    assert_eq!(server.connections(), 0);
    assert!(!project.has("images.lock"));
}

#[test]
fn no_proxy_of_the_environment_is_used() {
    let (proxy, server) = (server(), server());
    let mut project = site::with_images(&[server.url("/a.png")]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"] {
        project.env.push((name.into(), proxy.url("/")));
    }
    project.run(&["probe"]).ends(0);
    assert_eq!((proxy.connections(), server.lines().len()), (0, 1));
}

#[test]
fn only_those_who_ask_for_the_network_open_a_socket() {
    let server = server();
    let project = site::with_images(&[server.url("/a.png"), server.url("/b.png")]);
    for command in [
        &["build"][..],
        &["check"],
        &["images"],
        &["images", "--prune"],
        &["probe", "--dry-run"],
        &["build", "--dry-run", "--probe"],
    ] {
        project.run(command).ends(0);
        assert_eq!(server.connections(), 0, "{command:?}");
        assert!(!project.has("images.lock"), "{command:?}");
    }
    project.run(&["build", "--probe"]).ends(0);
    assert_eq!(server.lines().len(), 2);
}

#[test]
fn passwords_are_neither_sent_nor_printed() {
    let server = server();
    let project = site::with_images(&[format!("http://user:hunter2@{}/a.png", server.address)]);
    for command in [&["probe"][..], &["images"], &["images", "--report", "json"]] {
        let ran = project.run(command).ends(0);
        assert!(!ran.stdout.contains("hunter2") && !ran.stderr.contains("hunter2"), "{ran:?}");
    }
    assert_eq!(server.connections(), 0);
}
