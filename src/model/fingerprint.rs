//! Fingerprints: they show that two values are equal without storing either. A fingerprint is half of a BLAKE3 hash.

use serde::{Deserialize, Serialize};
use std::fmt::{Debug, Write};

/// A fingerprint. Values with equal fingerprints are taken to be equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Hashes several parts; the boundaries between the parts count.
    pub fn from_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let parts: Vec<&[u8]> = parts.into_iter().collect();
        let size = parts.iter().map(|part| size_of::<u64>() + part.len()).sum::<usize>();
        let mut all = Vec::with_capacity(filled(size));
        for part in parts {
            all.extend_from_slice(&(part.len() as u64).to_le_bytes());
            all.extend_from_slice(part);
        }
        all.resize(filled(size), 0);
        Self::of_bytes(&all)
    }

    /// Hashes the `Debug` form of a value.
    pub fn of_debug(thing: &impl Debug) -> Self {
        let mut text = String::with_capacity(512);
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{thing:?}");
        Self::of_bytes(text.as_bytes())
    }

    /// The bytes, for use in another fingerprint.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).as_bytes().first_chunk().copied().unwrap_or_default())
    }
}

/// The size to which the parts are filled up with zeros: whole groups of the four chunks that BLAKE3 hashes at once,
/// because a full group costs less than half of one that lacks a chunk. Half a group or less is not filled up. Each
/// part begins with its length, so the zeros cannot be mistaken for a part's end.
const fn filled(size: usize) -> usize {
    const CHUNKS: usize = 4 << 10;
    if size <= CHUNKS / 2 { size } else { size.next_multiple_of(CHUNKS) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let of = |parts: &[&str]| Fingerprint::from_parts(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["", "a"]), of(&["a"]));
        assert_ne!(Fingerprint::of_debug(&Some(1)), Fingerprint::of_debug(&Some(2)));
    }
}
