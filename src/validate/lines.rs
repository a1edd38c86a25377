//! From a byte of a document to its line and column. Lines of any length are answered in constant time, because a
//! hostile document may be one line with a fault at every step.

use crate::model::Place;

const BLOCK: usize = 4096;

/// Where the lines of a text begin, and how many characters precede each block of it.
#[derive(Debug)]
pub(super) struct DocumentLines<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
    marks: Vec<usize>,
}

impl<'a> DocumentLines<'a> {
    /// Reads the bytes once.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let breaks = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        let marks = bytes
            .chunks(BLOCK)
            .scan(0, |sum, block| {
                let before = *sum;
                *sum += characters(block);
                Some(before)
            })
            .collect();
        Self { bytes, starts, marks }
    }

    /// The place of a byte.
    pub(super) fn place(&self, at: usize) -> Place {
        let at = at.min(self.bytes.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.before(at).saturating_sub(self.before(start)) + 1;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place::new(number(line), number(column), 0)
    }

    fn before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        // Past the last block there is no mark: the end of a text whose length is a multiple of the block.
        let Some(mark) = self.marks.get(block) else { return self.bytes.chunks(BLOCK).map(characters).sum() };
        mark + self.bytes.get(block * BLOCK..at).map_or(0, characters)
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| *b & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ab\nдом x\n";
        let lines = DocumentLines::new(text.as_bytes());
        assert_eq!(lines.place(0), Place::new(1, 1, 0));
        assert_eq!(lines.place(text.find('x').unwrap()), Place::new(2, 5, 0));
        assert_eq!(lines.place(text.len()), Place::new(3, 1, 0));
        let long = "я".repeat(BLOCK);
        assert_eq!(DocumentLines::new(long.as_bytes()).place(long.len()), Place::new(1, BLOCK as u32 + 1, 0));
        assert_eq!(DocumentLines::new(long.as_bytes()).place(BLOCK + 6), Place::new(1, BLOCK as u32 / 2 + 4, 0));
    }
}
