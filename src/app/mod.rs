//! What feedmill does, without a command line: [`Project`] opens a folder, and its methods build, check, probe, publish and push.
//!
//! Nothing here prints or parses arguments. Every method returns a [`FinishedRun`]: the report, the verdict and the exit code
//! that the command line would give. The order of the steps of a run is written once, in `run.rs`:
//! config → discover → images → build → judge → plan → commit → push.

mod adopt;
mod against;
mod commit;
mod diff;
mod fix;
mod init;
mod inputs;
mod ledger;
mod options;
mod probe;
mod project;
mod publish;
mod push;
mod run;
mod sources;
mod stopwatch;
mod target;
mod unified;

pub(crate) use crate::diff::reader_names;
pub use crate::diff::{Cause, DiffReport, FeedChanges, ReaderChanges};
pub use crate::edge::websub::Scope as PushScope;
pub use crate::model::Accept;
pub use adopt::AdoptOptions;
pub use diff::DiffOptions;
pub use init::{InitFault, Initialised};
pub use options::{CacheMode, Commit, FixMode, LiveSource, ProbeScope, PruneImages, PushOptions, RunOptions};
pub use project::{CONFIG_FILE, FinishedRun, FixPreview, Project};
pub use stopwatch::{StepTiming, Timings};

pub(crate) use inputs::{InputSource, Inputs};
pub(crate) use ledger::LedgerFile;
pub(crate) use project::{in_thread_pool, read_config, thread_pool};
pub(crate) use target::{TargetPlace, before};
