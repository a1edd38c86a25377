//! Thousands of topics in one run, and the pace that spares hubs.

use crate::frame::frame;
use crate::mill::Mill;
use crate::web::{Reply, Web};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

#[test]
fn six_thousand_topics_are_paid_in_one_run() {
    // Six thousand times to disk is a matter of the disk: where memory can be had as a folder, it is taken.
    let memory = Path::new("/dev/shm");
    let mill = if memory.is_dir() { Mill::below(memory) } else { Mill::empty() };
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
