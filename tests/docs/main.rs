//! What the docs say is what happens. In README.md and docs/*.md every command is run with the real binary, or marked with what it
//! needs; configs and articles are read by their readers, tables of keys are those of the schema, and links lead somewhere.
//!
//! A block's info string says what it is, and a comment above it what it is for:
//!
//! ```text
//! sh                  each command is run, in one folder for each page, and ends with 0; `exit=1` for another code
//! sh needs=WHAT       is not run; the test lists it
//! yaml, yaml article  a config, the front matter of an article
//! <!-- file: PATH -->     the block is written to that file (`markdown broken`: it is not an article)
//! <!-- stdout -->         what the command before it printed, <!-- stderr --> likewise
//! <!-- part of: PATH -->  what that file holds, among other things
//! ```
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

#[path = "../support/project.rs"]
mod project;

mod architecture;
mod commands;
mod links;
mod pages;
mod reference;
mod texts;
