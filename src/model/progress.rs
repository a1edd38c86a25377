//! What a run tells of itself while it is under way. The pure floors count; only `cli/` knows of terminals and clocks.

use super::{Count, Part};
use std::fmt::Debug;

/// A part of a run that may take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Heads of articles are read.
    Read,
    /// Bodies are rendered and feeds are made of them.
    Make,
    /// Documents are put in their place.
    Put,
    /// Images are asked for.
    Probe,
    /// Hubs are told.
    Push,
}

impl Step {
    /// Its name, for machines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Make => "make",
            Self::Put => "put",
            Self::Probe => "probe",
            Self::Push => "push",
        }
    }

    /// What is going on, for people.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Read => "reading articles",
            Self::Make => "making feeds",
            Self::Put => "writing feeds",
            Self::Probe => "asking for images",
            Self::Push => "telling hubs",
        }
    }
}

/// Hears how far a run is. One step ends before the next begins; within one, many threads may speak.
pub trait Progress: Debug + Send + Sync {
    /// A step begins, with this much to do.
    fn begin(&self, step: Step, of: usize);

    /// One more is done.
    fn advance(&self);

    /// The step is over, whether or not all was done.
    fn end(&self);

    /// The run comes to a part of the line. Whoever has a clock may look at it; most need not know.
    fn enter(&self, _: Part) {}

    /// It has left that part.
    fn leave(&self) {}

    /// So many more were counted; many threads may.
    fn count(&self, _: Count, _: u64) {}
}

/// Does the work of a part of the line.
pub fn within<T>(part: Part, progress: &dyn Progress, work: impl FnOnce() -> T) -> T {
    progress.enter(part);
    let done = work();
    progress.leave();
    done
}

/// A length as it is counted.
pub fn many(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Nobody listens.
impl Progress for () {
    fn begin(&self, _: Step, _: usize) {}

    fn advance(&self) {}

    fn end(&self) {}
}
