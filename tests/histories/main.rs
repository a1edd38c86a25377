//! Issue 15: random histories of a site. After each step every entry that a subscriber had keeps its id and its date in every format,
//! no old entry enters a feed for the first time, and no id passes to another article; or the run refuses, and the step is undone.
//!
//! `FEEDMILL_HISTORIES=200 cargo test --test histories` runs more of them. Nothing depends on the clock: all dates are old.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;
mod site;
mod subscriber;

use proptest::prelude::*;
use site::{Site, Step};
use subscriber::Subscriber;

fn histories() -> u32 {
    std::env::var("FEEDMILL_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: histories(), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn subscribers_keep_what_they_have(steps in proptest::collection::vec(site::step(), 1..14)) {
        let mut site = Site::new();
        let mut subscriber = Subscriber::default();
        site.run(&Step::EditBody(0)).expect("a first build is not refused");
        subscriber.fetch(&site, None).expect("a first fetch finds nothing wrong");
        for (number, step) in steps.iter().enumerate() {
            site.take_copy();
            site.apply(step);
            match site.run(step) {
                Ok(()) => prop_assert!(
                    subscriber.fetch(&site, Some(step)).is_ok(),
                    "step {number} {step:?} of {steps:?}: {}",
                    subscriber.fetch(&site, Some(step)).unwrap_err()
                ),
                Err(_refused) => site.undo(),
            }
        }
    }
}
