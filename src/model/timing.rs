//! The parts of a run whose time is told, and what each has to do. The pure floors say where they are and how much they did;
//! clocks are for whoever listens (`Progress`).

/// A part of the line. One is left before the next is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Files are looked for.
    Discover,
    /// What the last runs came to is read, and what this one came to is kept.
    Cache,
    /// Images are asked for.
    Probe,
    /// Heads are read and understood.
    Heads,
    /// Articles are put into feeds.
    Select,
    /// Bodies become entries.
    Render,
    /// Entries become documents, which are verified and staged.
    Serialise,
    /// Documents are held against what was published.
    Plan,
    /// Documents are put in their place.
    Commit,
    /// Hubs are told.
    Push,
}

impl Part {
    /// All, in the order of the line.
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

    /// Its name.
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
    /// All, by the order of their parts.
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

    /// The part in which it is counted.
    pub const fn part(self) -> Part {
        match self {
            Self::Files => Part::Discover,
            Self::Heads | Self::Read | Self::BytesRead => Part::Heads,
            Self::Entries | Self::Rendered => Part::Render,
            Self::Made | Self::BytesMade => Part::Serialise,
            Self::Kept | Self::Written | Self::BytesWritten | Self::Removed => Part::Commit,
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
