//! Hashes of the ledger: short ones for what is compared, and the keys of lines.

use super::LineKey;
use crate::model::Fingerprint;

/// Digits of a line's key at first; it grows where another line has it.
const KEY_DIGITS: usize = 12;

/// Digits of a feed's key.
const FEED_KEY_DIGITS: usize = 8;

/// The hash of a text, never 0: that says that there is none.
pub fn short(text: &str) -> u32 {
    u32::try_from(long(text) >> 32).unwrap_or(1).max(1)
}

/// The hash of the condition by which a feed chooses its entries.
pub fn condition_hash(condition: &str) -> u32 {
    let parts = Fingerprint::from_parts([condition.as_bytes()]);
    parts.bytes().first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

/// The first eight bytes of a text's BLAKE3 hash, never 0.
pub(super) fn long(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().first_chunk().map_or(1, |bytes| u64::from_be_bytes(*bytes)).max(1)
}

/// What a hexadecimal BLAKE3 hash begins with, as [`long`] gives it.
pub(super) fn from_hex(hex: &str) -> u64 {
    hex.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

/// The key of a new line, from its first id; longer where it is taken.
pub(super) fn entry_key(id: &str, is_taken: impl Fn(&str) -> bool) -> LineKey {
    let hash = blake3::hash(id.as_bytes()).to_hex();
    let lengths = (KEY_DIGITS..=hash.len()).step_by(4);
    let key = lengths.filter_map(|n| hash.get(..n)).find(|key| !is_taken(key));
    key.unwrap_or(&hash).into()
}

/// The key of a feed's line.
pub(super) fn feed_key(family: &str, value: &str) -> LineKey {
    let parts = Fingerprint::from_parts([family.as_bytes(), value.as_bytes()]);
    blake3::hash(parts.bytes()).to_hex().get(..FEED_KEY_DIGITS).unwrap_or_default().into()
}

/// A withdrawn article's path: its name may say what should be forgotten.
pub(super) fn hidden_path(path: &str) -> Box<str> {
    format!("~{:016x}", long(path)).into()
}
