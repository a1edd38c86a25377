//! Values that know where they were written. Lines and columns count from 1, columns in characters.

/// Where something stands in a text file.
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

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub at: Place,
}

impl<T> Located<T> {
    /// A value at a place.
    pub const fn new(value: T, at: Place) -> Self {
        Self { value, at }
    }

    /// Another value at the same place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located { value: f(self.value), at: self.at }
    }

    /// A borrowed view at the same place.
    pub fn as_ref(&self) -> Located<&T> {
        Located { value: &self.value, at: self.at }
    }
}
