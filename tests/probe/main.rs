//! Probes against an image server on loopback: responses of hosts, and the resulting facts and findings. Nothing
//! leaves the machine.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;

mod adopt;
mod behaviours;
mod feeds;
mod hosts;
mod refusals;
mod server;
mod site;
