//! feedmill grinds a folder of Markdown articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! The house has floors, and a module may use only lower ones (`docs/architecture.md`):
//! `model` and `diagnostic` are the ground; `parse` reads text; `normalise`, `select` and `render` find the
//! meaning; `format`, `validate` and `preview` write bytes, check them and
//! look at them as readers do; `pipeline` and `plan` decide; `edge` alone touches
//! disk, network and clock; `cli` talks to people.

pub mod diagnostic;
pub mod model;

pub mod parse;

pub mod normalise;
pub mod render;
pub mod select;

pub mod format;
pub mod preview;
pub mod validate;

pub mod pipeline;
pub mod plan;

#[cfg(feature = "edge")]
pub mod edge;

#[cfg(feature = "app")]
pub mod app;

#[cfg(feature = "serve")]
pub mod serve;

#[cfg(feature = "cli")]
pub mod cli;

/// The examples of docs/library.md, compiled and run by `cargo test --doc`.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
pub struct LibraryPage;
