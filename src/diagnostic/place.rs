//! Where a finding points to in a text file. Lines and columns count from 1, columns in characters.

/// A line, a column and a length in a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Line, from 1. Zero: the file as a whole.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Length in characters on that line, for the caret; zero when unknown.
    pub length: u32,
}

impl Place {
    /// The file as a whole.
    pub const WHOLE: Self = Self { line: 0, column: 0, length: 0 };

    /// A place of `length` characters at `line` and `column`.
    pub const fn new(line: u32, column: u32, length: u32) -> Self {
        Self { line, column, length }
    }

    /// The same place `lines` further down.
    pub const fn down(self, lines: u32) -> Self {
        Self { line: self.line + lines, column: self.column, length: self.length }
    }
}
