//! The fast reader of front matter is allowed because of this: whatever it takes, the full reader reads to the same tree with
//! the same places.
#![no_main]

use feedmill::internals::parse;
use libfuzzer_sys::fuzz_target;

/// Whether YAML 1.2 section 5.1 calls the character printable. The readers never see another: `parse/escapes.rs` replaces them.
fn printable(c: char) -> bool {
    c != '\u{FEFF}'
        && matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}

fuzz_target!(|text: &str| {
    if !text.chars().all(printable) {
        return;
    }
    if let Some(fast) = parse::fast::tree(text, 2) {
        assert_eq!(Ok(fast), parse::yaml::tree(text, 2));
    }
});
