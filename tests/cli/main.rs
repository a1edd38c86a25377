//! The real binary in throwaway folders: what a user, cron and a second run may rely on. Offline; no sleep longer
//! than a lock's patience.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/project.rs"]
mod project;

mod adopt;
mod against;
mod aids;
mod arguments;
mod brake;
#[cfg(unix)]
mod cache;
mod costs;
mod diff;
mod emptied;
mod fix;
mod folder;
mod hosting;
mod ids;
mod init;
mod keeps;
mod ledger;
#[cfg(unix)]
mod links;
mod merges;
mod named;
mod old_addresses;
mod others;
mod pages;
mod paths;
mod repeat;
mod report;
mod scanning;
mod site;
mod terminal;
mod timings;
#[cfg(unix)]
mod world;
