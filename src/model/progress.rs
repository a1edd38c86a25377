//! What a run tells of itself while it is under way. The pure floors count; only `cli/` knows of terminals and clocks.

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
}

/// Nobody listens.
impl Progress for () {
    fn begin(&self, _: Step, _: usize) {}

    fn advance(&self) {}

    fn end(&self) {}
}
