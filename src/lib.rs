//! feedmill turns a folder of Markdown articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! * [`Project`] builds, checks and publishes a folder, as the command line does (feature `app`).
//! * [`feeds`](feeds()) makes feeds of articles that are not files.
//!
//! Both have an example in `docs/library.md`. The modules are layers, and each uses lower ones only (`docs/architecture.md`).

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

pub mod feeds;

#[cfg(feature = "edge")]
pub mod edge;

#[cfg(feature = "app")]
pub mod app;

#[cfg(feature = "serve")]
pub mod serve;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "app")]
pub use app::{FinishedRun, Project, PushOptions, RunOptions};
pub use feeds::{ArticleInput, FeedSet, feeds, feeds_at};
pub use model::Site;

/// The examples of docs/library.md, compiled and run by `cargo test --doc`.
#[cfg(doctest)]
#[doc = include_str!("../docs/library.md")]
pub struct LibraryPage;
