//! Probes against an image server on loopback: what hosts do, and what feedmill makes of it. Nothing leaves the machine.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;

mod behaviours;
mod feeds;
mod hosts;
mod refusals;
mod server;
mod site;
