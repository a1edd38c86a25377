//! `feedmill push` and `feedmill publish` against hubs and servers in the test's own process. Offline but
//! for loopback; nothing needs to be installed.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;
#[path = "../support/web.rs"]
mod web;

mod faults;
mod frame;
mod live;
mod many;
mod owed;
mod publish;
mod secrets;
