//! The steps of a run, what is counted in them, and who is informed while it is under way. The pure layers report; only `cli/`
//! knows of terminals and only the layers above them have clocks.

use std::fmt::Debug;

/// A step of a run, in the order in which a run takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Files are looked for.
    Discover,
    /// The cache of the last runs is read, and what this run made is kept in it.
    Cache,
    /// Images are requested.
    Probe,
    /// Heads of articles are read and understood.
    Heads,
    /// Articles are put into feeds.
    Select,
    /// Bodies become entries.
    Render,
    /// Entries become documents, which are verified and staged.
    Serialise,
    /// Documents are compared with what was published.
    Plan,
    /// Documents are put in their place.
    Commit,
    /// Hubs are informed.
    Push,
}

impl Step {
    /// All, in their order.
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
    /// Files that were found.
    Files,
    /// Articles whose heads were asked for.
    Heads,
    /// Files of which heads were read; the other heads were known.
    Read,
    /// Bytes of these files that were read for it.
    BytesRead,
    /// Articles that stand in feeds, or in a check all.
    Entries,
    /// Entries that were rendered; the other entries were known.
    Rendered,
    /// Documents that were made.
    Made,
    /// Their bytes.
    BytesMade,
    /// Documents that stand as they would be written.
    Kept,
    /// Documents that were written.
    Written,
    /// Their bytes.
    BytesWritten,
    /// Documents that were removed.
    Removed,
}

impl Count {
    /// All, by the order of their steps.
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

    /// Its name, for machines.
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

/// What happens in a run that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressEvent {
    /// Work that may take long begins: the step it belongs to, and how many pieces it has. It ends before the next begins.
    Began(Step, usize),
    /// One more piece is done. Several threads may report it.
    Done,
    /// The work is over, whether or not all pieces were done.
    Ended,
    /// The run enters a step; from now on its time counts. Work that has begun goes on.
    Entered(Step),
    /// The run has left the step.
    Left,
    /// So many more were counted. Several threads may report it.
    Counted(Count, u64),
}

/// Is informed of how far a run is.
pub trait Progress: Debug + Send + Sync {
    /// Takes one event.
    fn report(&self, event: ProgressEvent);
}

/// Ignores all events.
impl Progress for () {
    fn report(&self, _: ProgressEvent) {}
}

/// Does the work of a step.
pub fn within<T>(step: Step, progress: &dyn Progress, work: impl FnOnce() -> T) -> T {
    progress.report(ProgressEvent::Entered(step));
    let done = work();
    progress.report(ProgressEvent::Left);
    done
}

/// A length as it is counted.
pub fn many(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
