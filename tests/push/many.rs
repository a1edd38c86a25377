//! Thousands of topics in one run, and the pace that spares hubs.

use crate::frame::frame;
use crate::project::TestProject;
use crate::web::{Reply, Web};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

#[test]
fn thousands_of_topics_are_paid_in_one_run() {
    // CI wants 6000.
    let topics: usize = std::env::var("FEEDMILL_TOPICS").ok().and_then(|n| n.parse().ok()).unwrap_or(1500);
    let project = TestProject::empty();
    let web = Web::serve(
        project.path("feeds"),
        |asked| if asked.method == "POST" { Reply::status(204) } else { Reply::File },
    );
    for n in 0..topics {
        let topic = format!("{}tags/t{n}/atom.xml", web.base);
        let text = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"{topic}\"/>\
             <link rel=\"hub\" href=\"{}hub\"/></feed>",
            web.base
        );
        project.write(&format!("feeds/tags/t{n}/atom.xml"), text);
    }
    project.write("feedmill.yaml", "push: {at_once: 16, per_second: 1000}\n");
    let hub = format!("{}hub", web.base);
    let ran = project.run_at(None, &["push", "--hub", &hub, "--report", "json"]).ends(0);
    assert_eq!(ran.json()["push"].as_array().unwrap().len(), topics);
    let mut reported = web.topics();
    reported.dedup();
    assert_eq!(reported.len(), topics);
    assert_eq!(project.read("feeds/.feedmill/pushed").lines().count(), topics);
    web.forget();
    project.run_at(None, &["push", "--hub", &hub]).ends(0);
    assert!(web.asked().is_empty());
}

#[test]
fn four_at_once_and_twenty_a_second() {
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, highest) = (Arc::clone(&open), Arc::clone(&most));
    let site = frame(move |_| {
        highest.fetch_max(counted.fetch_add(1, SeqCst) + 1, SeqCst);
        std::thread::sleep(Duration::from_millis(700));
        counted.fetch_sub(1, SeqCst);
        Reply::status(204)
    });
    site.push(&["--verify", "off"]).ends(0);
    assert_eq!(most.load(SeqCst), 4);
    // Fifty milliseconds lie between two that are sent; how late one is seen is the machine's.
    let at: Vec<_> = site.web.pings().iter().map(|ping| ping.at).collect();
    assert!(at[3] - at[0] >= Duration::from_millis(100), "{:?}", at[3] - at[0]);
}
