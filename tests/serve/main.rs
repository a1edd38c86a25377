//! `feedmill serve` through the real binary on a free port of the loopback, at the level of `curl -I`,
//! and its life under edits, faults and many requests. Offline; nothing needs to be installed.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;

mod client;
mod hosts;
mod life;
mod load;
mod preview;
mod resources;
mod site;
