//! After any edits, a build with the cache gives the same result as a build without one: the same bytes in the output
//! folder, including the manifest, and the same report. Sequences of edits are made from a seed. A few always run;
//! `FEEDMILL_SEQUENCES=500` runs more, `FEEDMILL_SEQUENCE=17` runs that one alone.
#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;

mod dice;
mod edits;
mod pair;
mod site;

use dice::Dice;
use edits::Edits;
use pair::Pair;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Sequences that run always.
const FEW: u64 = 8;

/// Builds in a sequence.
const BUILDS: usize = 12;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

#[test]
fn after_any_edits_a_build_with_the_cache_is_one_without() {
    match number("FEEDMILL_SEQUENCE") {
        Some(seed) => sequence(seed),
        None => (0..number("FEEDMILL_SEQUENCES").unwrap_or(FEW)).into_par_iter().for_each(sequence),
    }
}

/// Runs the sequence of a seed; where it fails, tells how to run it again and what it did.
fn sequence(seed: u64) {
    let mut reported = Vec::new();
    let ran = catch_unwind(AssertUnwindSafe(|| {
        let mut dice = Dice::new(seed);
        let pair = Pair::new();
        let mut edits = Edits::begin(&pair, &mut dice);
        for build in 0..BUILDS {
            for _ in 0..1 + dice.below(3) {
                reported.push(format!("  {}", edits.step(&pair, &mut dice)));
            }
            // Within a tick of the edit, or after it.
            std::thread::sleep(std::time::Duration::from_millis([0, 0, 7, 30][dice.below(4)]));
            let flags = edits.flags(&mut dice);
            reported.push(format!("build {build}: {}", flags.join(" ")));
            pair.build(&flags, edits.damage());
            if dice.below(3) == 0 {
                reported.push("and again".into());
                pair.build(&flags, edits.damage());
            }
        }
    }));
    if let Err(fault) = ran {
        let why = fault.downcast_ref::<String>().cloned().unwrap_or_default();
        panic!("FEEDMILL_SEQUENCE={seed} cargo test --test equivalence\n{}\n{why}", reported.join("\n"));
    }
}
