//! The steps of a run, what is counted in them, and the trait that observes them. The pure layers report events; only
//! `cli/` knows about terminals, and only the layers above the pure ones have clocks.

use std::fmt::Debug;

/// A step of a run, in the order in which a run takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Content files are searched for.
    Discover,
    /// The cache of the last runs is read, and the results of this run are stored in it.
    Cache,
    /// Images are requested.
    Probe,
    /// Heads of articles are read and parsed.
    Heads,
    /// Articles are assigned to feeds.
    Select,
    /// Bodies are rendered to entries.
    Render,
    /// Entries are written to documents, which are validated and staged.
    Serialise,
    /// Documents are compared with those published before.
    Plan,
    /// Documents are moved to their final place.
    Commit,
    /// Hubs are pinged.
    Push,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 10] = [
        Self::Discover,
        Self::Cache,
        Self::Probe,
        Self::Heads,
        Self::Select,
        Self::Render,
        Self::Serialise,
        Self::Plan,
        Self::Commit,
        Self::Push,
    ];

    /// Its name in the timings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discover => "discover",
            Self::Cache => "cache",
            Self::Probe => "probe",
            Self::Heads => "heads",
            Self::Select => "select",
            Self::Render => "render",
            Self::Serialise => "serialise",
            Self::Plan => "plan",
            Self::Commit => "commit",
            Self::Push => "push",
        }
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Files found in the content folder.
    Files,
    /// Articles whose heads were needed.
    Heads,
    /// Files whose heads were read; the other heads came from the cache.
    Read,
    /// Bytes read for these heads.
    BytesRead,
    /// Articles in feeds; in a check, all articles.
    Entries,
    /// Entries that were rendered; the other entries came from the cache.
    Rendered,
    /// Documents that were made.
    Made,
    /// Bytes of these documents.
    BytesMade,
    /// Documents that already are in the target as they would be written.
    Kept,
    /// Documents that were written.
    Written,
    /// Bytes of these documents.
    BytesWritten,
    /// Documents that were removed.
    Removed,
}

impl Count {
    /// All counts in the order of their steps.
    pub const ALL: [Self; 12] = [
        Self::Files,
        Self::Heads,
        Self::Read,
        Self::BytesRead,
        Self::Entries,
        Self::Rendered,
        Self::Made,
        Self::BytesMade,
        Self::Kept,
        Self::Written,
        Self::BytesWritten,
        Self::Removed,
    ];

    /// The step in which it is counted.
    pub const fn step(self) -> Step {
        match self {
            Self::Files => Step::Discover,
            Self::Heads | Self::Read | Self::BytesRead => Step::Heads,
            Self::Entries | Self::Rendered => Step::Render,
            Self::Made | Self::BytesMade => Step::Serialise,
            Self::Kept | Self::Written | Self::BytesWritten | Self::Removed => Step::Commit,
        }
    }

    /// Its name in machine-readable output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Heads => "heads",
            Self::Read => "files_read",
            Self::BytesRead => "bytes_read",
            Self::Entries => "entries",
            Self::Rendered => "entries_rendered",
            Self::Made => "documents_made",
            Self::BytesMade => "bytes_made",
            Self::Kept => "documents_kept",
            Self::Written => "documents_written",
            Self::BytesWritten => "bytes_written",
            Self::Removed => "documents_removed",
        }
    }
}

/// An event of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressEvent {
    /// A part of a step that may take long begins, with its number of pieces. It ends before the next begins.
    Began(Step, usize),
    /// One more piece is done. Several threads may report it.
    Done,
    /// The part is over, whether or not all pieces were done.
    Ended,
    /// The run enters a step; its time counts from now. A part that has begun continues.
    Entered(Step),
    /// The run has left the step.
    Left,
    /// The count grows by this number. Several threads may report it.
    Counted(Count, u64),
}

/// Observes the progress of a run.
pub trait Progress: Debug + Send + Sync {
    /// Takes one event.
    fn report(&self, event: ProgressEvent);
}

/// Ignores all events.
impl Progress for () {
    fn report(&self, _: ProgressEvent) {}
}

/// Runs `work` as a step and reports when it begins and ends.
pub fn within<T>(step: Step, progress: &dyn Progress, work: impl FnOnce() -> T) -> T {
    progress.report(ProgressEvent::Entered(step));
    let done = work();
    progress.report(ProgressEvent::Left);
    done
}

/// Converts a length to a count.
pub fn many(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
