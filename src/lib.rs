//! feedmill turns a folder of Markdown articles into RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! * [`Project`] builds, checks and publishes a folder, as the command line does (feature `app`).
//! * [`feeds`](feeds()) makes feeds of articles that are not files.
//!
//! Both have an example in `docs/library.md`. The modules are layers, and each uses lower ones only (`docs/architecture.md`).

// Without `app` only `feeds` is reachable, and much of the modules below it is not used.
#![cfg_attr(not(feature = "app"), allow(dead_code, unused_imports))]

mod diagnostic;
mod ledger;
mod model;

mod parse;

#[cfg(feature = "app")]
mod adopt;
#[cfg(feature = "app")]
mod diff;

mod normalise;
mod render;
mod select;

mod format;
mod readers;
mod validate;

mod pipeline;
mod plan;

mod feeds;

#[cfg(feature = "edge")]
mod edge;

#[cfg(feature = "app")]
mod app;

#[cfg(feature = "serve")]
mod serve;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals;

#[cfg(feature = "app")]
pub use adopt::{AdoptedEntry, Adoption};
#[cfg(feature = "app")]
pub use app::{
    Accept, AdoptOptions, CacheMode, Commit, FinishedRun, FixMode, FixPreview, InitFault, Initialised, ProbeScope,
    Project, PruneImages, PushOptions, PushScope, RunOptions, StepTiming, Timings,
};
pub use diagnostic::{Code, Diagnostic, Mode, Place, Policy, Severity, Verdict};
#[cfg(feature = "app")]
pub use edge::EdgeError;
pub use feeds::{ArticleInput, FeedSet, feeds, feeds_at};
pub use model::{
    Admit, ArticlePath, Change, Count, Directory, FeedLine, Format, ImageCount, ImageLine, ImageReport, Mended,
    Outcome, PageCount, Ping, PingOutcome, Progress, ProgressEvent, Reach, Report, Site, Step, Summary, Timestamp,
    Verify,
};
pub use parse::Overrides;

/// The examples of docs/library.md, compiled and run by `cargo test --doc`.
#[cfg(all(doctest, feature = "app"))]
#[doc = include_str!("../docs/library.md")]
pub struct LibraryPage;
