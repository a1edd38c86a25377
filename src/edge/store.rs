//! Targets: where documents are staged, committed and remembered.

mod dir;
mod durable;
mod memory;
#[cfg(feature = "net")]
mod shelf;

pub use dir::Dir;
pub use memory::Nowhere;
#[cfg(feature = "net")]
pub use shelf::FolderShelf;

use super::EdgeError;
use crate::model::Stage;
use crate::plan::{Before, Plan};

/// A place that documents are committed to: a stage that remembers.
pub trait Target: Stage {
    /// What subscribers were given before.
    fn before(&mut self) -> Result<Before, EdgeError>;

    /// Carries a plan out: documents, deletions, the manifest last.
    fn commit(&mut self, plan: &Plan) -> Result<Committed, EdgeError>;

    /// Lets staged documents go: the run is refused, or was dry.
    fn discard(&mut self) -> Result<(), EdgeError>;
}

/// How a commit came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// The target holds the plan's set.
    Done,
    /// Another publisher was faster; what is said of it. Read again, plan again, and try again.
    Overtaken(String),
}
