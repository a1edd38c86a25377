//! Makes text safe to print on a terminal: one visible character for each character that would move the cursor, start an
//! escape sequence or turn the direction of writing. Lengths in characters stay, so that columns stay true.
//!
//! JSON needs none of this: its writer escapes.

/// A message, a path or another piece of one line as a terminal may see it.
pub fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The character itself where it is harmless, else a picture of it.
pub const fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        // Unicode's own pictures of the C0 controls.
        '\0'..='\x1f' => match char::from_u32(c as u32 + 0x2400) {
            Some(picture) => picture,
            None => '\u{fffd}',
        },
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{feff}' => '\u{fffd}',
        // Marks and overrides of direction (UAX 9): "Trojan source".
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_reaches_a_terminal() {
        assert_eq!(harmless("a\u{1b}[31m\tb\0\u{7f}\u{9b}c"), "a␛[31m b␀␡\u{fffd}c");
        assert_eq!(harmless("a\u{202e}b yes?no=maybe"), "a\u{fffd}b yes?no=maybe");
        assert_eq!(harmless("a\nb?c=d.md"), "a␊b?c=d.md");
        assert_eq!(harmless("Привет, 世界 👩‍🚀"), "Привет, 世界 👩‍🚀");
    }
}
