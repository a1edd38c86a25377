//! Lines of a file that may have been read only in part: LF, CRLF and bare CR all end a line.
//!
//! A last line without its end is returned only if the whole file is known, so that a partial read is never mistaken
//! for a short file. Works on bytes: what follows the head need not be UTF-8.

use super::Extent;

/// A line of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileLine<'a> {
    /// Its bytes without the line end.
    pub text: &'a [u8],
    /// Where it begins, in bytes of the file.
    pub start: usize,
    /// Where the next line begins.
    pub next: usize,
    /// Its number, from 1.
    pub number: u32,
}

/// What comes next.
#[derive(Debug, Clone, Copy)]
pub(super) enum LineStep<'a> {
    /// A line whose end is known.
    Line(FileLine<'a>),
    /// The bytes end here, the file does not.
    Cut,
    /// The file ends here.
    End,
}

/// Walks over lines.
#[derive(Debug, Clone)]
pub(super) struct FileLines<'a> {
    bytes: &'a [u8],
    extent: Extent,
    at: usize,
    number: u32,
}

impl<'a> FileLines<'a> {
    /// From a byte of the file that begins the line of this number.
    pub(super) const fn from(bytes: &'a [u8], extent: Extent, at: usize, number: u32) -> Self {
        Self { bytes, extent, at, number }
    }

    /// The next line.
    pub(super) fn step(&mut self) -> LineStep<'a> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = memchr::memchr2(b'\n', b'\r', rest);
        let (length, end) = match length.map(|n| (n, rest.get(n..n + 2).unwrap_or_default())) {
            None if self.extent == Extent::Start => return LineStep::Cut,
            None if rest.is_empty() => return LineStep::End,
            None => (rest.len(), 0),
            Some((n, b"\r\n")) => (n, 2),
            // A CR at the very end of a cut read may be half of a CRLF.
            Some((n, [])) if self.extent == Extent::Start && rest.get(n) == Some(&b'\r') => return LineStep::Cut,
            Some((n, _)) => (n, 1),
        };
        let text = rest.get(..length).unwrap_or_default();
        let line = FileLine { text, start: self.at, next: self.at + length + end, number: self.number };
        self.at = line.next;
        self.number = self.number.saturating_add(1);
        LineStep::Line(line)
    }

    /// The next line that holds more than white space.
    pub(super) fn step_written(&mut self) -> LineStep<'a> {
        loop {
            match self.step() {
                LineStep::Line(line) if line.text.trim_ascii().is_empty() => {}
                step => return step,
            }
        }
    }

    /// How much of the file is known.
    pub(super) const fn extent(&self) -> Extent {
        self.extent
    }

    /// Where the next line begins, in bytes of the file.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The number of the next line.
    pub(super) const fn number(&self) -> u32 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8], extent: Extent) -> Vec<(String, usize, u32)> {
        let mut lines = FileLines::from(bytes, extent, 0, 1);
        let mut out = Vec::new();
        while let LineStep::Line(line) = lines.step() {
            out.push((String::from_utf8_lossy(line.text).into_owned(), line.next, line.number));
        }
        out
    }

    #[test]
    fn every_line_end_counts_once() {
        let whole = texts(b"a\r\nb\rc\nd", Extent::Whole);
        assert_eq!(whole, [("a".into(), 3, 1), ("b".into(), 5, 2), ("c".into(), 7, 3), ("d".into(), 8, 4)]);
        assert!(texts(b"", Extent::Whole).is_empty());
        assert_eq!(texts(b"\n\n", Extent::Whole).len(), 2);
    }

    #[test]
    fn a_cut_read_gives_no_half_line() {
        assert_eq!(texts(b"a\nb", Extent::Start).len(), 1);
        assert_eq!(texts(b"a\r", Extent::Start).len(), 0);
        assert_eq!(texts(b"a\r", Extent::Whole).len(), 1);
        assert_eq!(texts(b"a\rb", Extent::Start).len(), 1);
    }
}
