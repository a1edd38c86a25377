//! Thousands of topics in one run, and the pace that spares hubs.

use crate::frame::frame;
use crate::mill::Mill;
use crate::web::{Reply, Web};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

#[test]
fn six_thousand_topics_are_paid_in_one_run() {
    let mill = Mill::empty();
    let web =
        Web::serve(mill.path("feeds"), |asked| if asked.method == "POST" { Reply::status(204) } else { Reply::File });
    for n in 0..6000 {
        let topic = format!("{}tags/t{n}/atom.xml", web.base);
        let text = format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"self\" href=\"{topic}\"/>\
             <link rel=\"hub\" href=\"{}hub\"/></feed>",
            web.base
        );
        mill.write(&format!("feeds/tags/t{n}/atom.xml"), text);
    }
    mill.write("feedmill.yaml", "push: {at_once: 16, per_second: 1000}\n");
    let hub = format!("{}hub", web.base);
    let ran = mill.run_at(None, &["push", "--hub", &hub, "--report", "json"]).ends(0);
    assert_eq!(ran.json()["push"].as_array().unwrap().len(), 6000);
    let mut topics = web.topics();
    topics.dedup();
    assert_eq!(topics.len(), 6000);
    assert_eq!(mill.read("feeds/.feedmill/pushed").lines().count(), 6000);
    web.forget();
    mill.run_at(None, &["push", "--hub", &hub]).ends(0);
    assert!(web.asked().is_empty());
}

#[test]
fn four_at_once_and_twenty_a_second() {
    // Under way, most at once, and all so far.
    let seen = Arc::new((Mutex::new((0, 0, 0)), Condvar::new()));
    let hub = Arc::clone(&seen);
    let site = frame(move |asked| {
        if asked.method != "POST" {
            return Reply::File;
        }
        let (counts, come) = &*hub;
        let mut now = counts.lock().unwrap();
        *now = (now.0 + 1, now.1.max(now.0 + 1), now.2 + 1);
        come.notify_all();
        // The first four are answered when all of them are there.
        let (now, _) = come.wait_timeout_while(now, Duration::from_secs(20), |now| now.2 < 4).unwrap();
        drop(now);
        std::thread::sleep(Duration::from_millis(300));
        counts.lock().unwrap().0 -= 1;
        Reply::status(204)
    });
    let began = Instant::now();
    site.push(&["--verify", "off"]).ends(0);
    let at: Vec<_> = site.web.pings().iter().map(|ping| ping.at - began).collect();
    assert!(at[3] - at[0] >= Duration::from_millis(145), "{at:?}");
    assert_eq!(seen.0.lock().unwrap().1, 4, "four at once, and the fifth waits for a place: {at:?}");
}
