//! Byte offsets of a text or document → places in the file. A line ends at `\n`; columns count characters, not bytes.
//!
//! Built once per text. Each look-up then takes a few hundred steps at most, however long a line is, so that a list of
//! a million items on one line does not take quadratic time.

use super::Place;
use memchr::memchr_iter;
use std::cell::OnceCell;
use std::ops::Range;

const STEP: usize = 256;

/// Bytes that are counted anew for each look-up.
const SHORT: usize = 2048;

/// The lines of a text that begins on a known line of its file.
#[derive(Debug)]
pub struct Lines<'t> {
    bytes: &'t [u8],
    first_line: u32,
    /// Byte offsets at which lines begin.
    starts: Vec<usize>,
    /// Characters before every `STEP`th byte; counted when a long line asks for them.
    characters: OnceCell<Vec<usize>>,
}

impl<'t> Lines<'t> {
    /// Reads a text once.
    pub fn new(text: &'t (impl AsRef<[u8]> + ?Sized), first_line: u32) -> Self {
        let bytes = text.as_ref();
        let starts = std::iter::once(0).chain(memchr_iter(b'\n', bytes).map(|at| at + 1)).collect();
        Self { bytes, first_line, starts, characters: OnceCell::new() }
    }

    /// The place of a range of bytes, cut at the end of its first line.
    pub fn place(&self, bytes: Range<usize>) -> Place {
        let start = bytes.start.min(self.bytes.len());
        let index = self.starts.partition_point(|s| *s <= start).saturating_sub(1);
        let line_start = self.starts.get(index).copied().unwrap_or(0);
        let line_end = self.starts.get(index + 1).map_or(self.bytes.len(), |next| next - 1);
        let end = bytes.end.clamp(start, line_end.max(start));
        Place::new(
            self.first_line.saturating_add(narrow(index)),
            narrow(self.characters(line_start..start)).saturating_add(1),
            narrow(self.characters(start..end)),
        )
    }

    /// How many characters begin in a range of bytes.
    fn characters(&self, bytes: Range<usize>) -> usize {
        match bytes.len() {
            0..=SHORT => self.bytes.get(bytes).map_or(0, count),
            _ => self.before(bytes.end).saturating_sub(self.before(bytes.start)),
        }
    }

    /// How many characters begin before this byte.
    fn before(&self, byte: usize) -> usize {
        let characters = self.characters.get_or_init(|| {
            let sums = self.bytes.chunks(STEP).scan(0, |seen, chunk| {
                *seen += count(chunk);
                Some(*seen)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let block = byte / STEP;
        let rest = self.bytes.get(block * STEP..byte).map_or(0, count);
        characters.get(block).copied().unwrap_or(0) + rest
    }
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_from_one() {
        let lines = Lines::new("аб: в\r\nx: y", 3);
        assert_eq!(lines.place(0..4), Place::new(3, 1, 2));
        assert_eq!(lines.place(6..8), Place::new(3, 5, 1));
        assert_eq!(lines.place(10..99), Place::new(4, 1, 4));
        assert_eq!(lines.place(99..99).line, 4);
        let long = "я".repeat(STEP);
        assert_eq!(Lines::new(&long, 1).place(long.len()..long.len()), Place::new(1, STEP as u32 + 1, 0));
        assert_eq!(Lines::new(&b"a\n\xFFb"[..], 1).place(3..3), Place::new(2, 2, 0));
    }

    #[test]
    fn agrees_with_a_plain_count_on_long_lines() {
        let text = format!("a\n{}", "жx".repeat(2000));
        let lines = Lines::new(&text, 1);
        for (n, (byte, _)) in text.char_indices().enumerate().skip(2) {
            assert_eq!(lines.place(byte..byte), Place::new(2, n as u32 - 1, 0));
        }
    }
}
