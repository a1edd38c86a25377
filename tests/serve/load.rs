//! Ten thousand requests over 64 connections with no error, while articles change.

use crate::client::Connection;
use crate::site::{article, served};

const CONNECTIONS: usize = 64;
const EACH: usize = 10_000_usize.div_ceil(CONNECTIONS);

#[test]
fn ten_thousand_requests_over_64_connections() {
    let served = served(&["-q"]);
    let address = served.address;
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|worker| {
            std::thread::spawn(move || {
                let mut connection = Connection::to(address);
                let mut good = 0;
                for n in 0..EACH {
                    let path = match (worker + n) % 5 {
                        0 => "/feeds/rss.xml",
                        1 => "/feeds/atom.xml",
                        2 => "/feeds/",
                        3 => "/feeds/feed.json",
                        _ => "/_preview/all",
                    };
                    let answer = connection.ask(&format!("GET {path} HTTP/1.1\nHost: {{host}}"));
                    good += usize::from(answer.status == 200 && !answer.body.is_empty());
                }
                good
            })
        })
        .collect();
    for n in 0..20 {
        served.project.write("content/03.md", article(3, "", &format!("Edit {n}.")));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let good: usize = workers.into_iter().map(|worker| worker.join().unwrap()).sum();
    assert!(good >= 10_000 && good == CONNECTIONS * EACH, "{good} good answers");
    served.shows("/feeds/rss.xml", "Edit 19.");
}
