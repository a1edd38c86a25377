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

/// What a newsroom does to an article on an ordinary day.
fn daily(n: usize, what: usize) -> Step {
    match what % 12 {
        0..=2 => Step::Add,
        3 => Step::EditSlug(n),
        4 => Step::EditTag(n),
        5 => Step::EditTitle(n),
        6 => Step::EditDate(n),
        7 => Step::Rename(n),
        _ => Step::EditBody(n),
    }
}

/// A year of daily edits: no run is refused, and subscribers are shown what is new and nothing else.
/// `FEEDMILL_DAYS=2000` makes it longer.
#[test]
fn a_newsroom_is_never_refused() {
    let days = std::env::var("FEEDMILL_DAYS").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let mut site = Site::new(30, 10);
    let mut subscriber = Subscriber::default();
    site.run(&Step::EditBody(0)).unwrap();
    subscriber.fetch(&site, None).unwrap();
    let mut dice = 7_usize;
    for day in 0..days {
        site.take_copy();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let steps: Vec<Step> = (0..1 + dice % 3).map(|k| daily(dice >> (8 + 7 * k), dice >> (40 + 5 * k))).collect();
        steps.iter().for_each(|step| site.apply(step));
        // Once in three weeks an article is withdrawn, or one comes back.
        if day % 20 == 7 {
            let step = if day % 40 == 7 { Step::Delete(dice >> 20) } else { Step::Return };
            site.apply(&step);
        }
        site.run(&Step::EditBody(0)).unwrap_or_else(|why| panic!("day {day} {steps:?}: {why}"));
        subscriber.fetch(&site, None).unwrap_or_else(|why| panic!("day {day} {steps:?}: {why}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: histories(), failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn subscribers_keep_what_they_have(steps in proptest::collection::vec(site::step(), 1..14)) {
        let mut site = Site::new(7, 4);
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
