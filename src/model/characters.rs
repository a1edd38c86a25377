//! Which characters may reach an XML 1.0 document (XML 1.0 section 2.2), and how others are removed.
//!
//! U+FFFD and the C1 controls are legal but taken for damage by validators (W3C class BadCharacters), so they go as well.

use std::borrow::Cow;

/// Whether a character may stand in the text of a feed.
pub const fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{FFFC}' | '\u{10000}'..='\u{10FFFF}')
        && !is_noncharacter(c)
}

/// The text without forbidden characters, and the byte offset of the first one removed, if any.
pub fn strip_forbidden(text: &str) -> (Cow<'_, str>, Option<usize>) {
    if !is_suspicious(text.as_bytes()) {
        return (Cow::Borrowed(text), None);
    }
    match text.char_indices().find(|(_, c)| !is_xml_char(*c)) {
        None => (Cow::Borrowed(text), None),
        Some((at, _)) => (Cow::Owned(text.chars().filter(|c| is_xml_char(*c)).collect()), Some(at)),
    }
}

/// Whether the UTF-8 of a text may hold a forbidden character. Every body passes here, so the bytes are looked at in
/// blocks first: no look at each character of a clean text.
fn is_suspicious(bytes: &[u8]) -> bool {
    const BLOCK: usize = 32;
    let rare = |b: u8| (b < 0x20) | (b == 0x7F) | (b == 0xC2) | (b >= 0xEF);
    bytes.chunks(BLOCK).enumerate().filter(|(_, block)| block.iter().fold(false, |any, &b| any | rare(b))).any(
        |(at, block)| {
            let from = bytes.get(at * BLOCK..).unwrap_or_default();
            (0..block.len()).any(|i| match from.get(i..).unwrap_or_default() {
                [b'\t' | b'\n' | b'\r', ..] => false,
                [0..0x20 | 0x7F, ..] | [0xC2, 0x80..0xA0, ..] | [0xEF, 0xB7 | 0xBF, ..] => true,
                [0xF0..=0xFF, _, 0xBF, 0xBE | 0xBF, ..] => true,
                _ => false,
            })
        },
    )
}

const fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_breaks_and_spaces_and_drops_controls() {
        assert_eq!(strip_forbidden("a\u{a0}b\t\n"), (Cow::Borrowed("a\u{a0}b\t\n"), None));
        assert_eq!(strip_forbidden("a\u{8}b\u{fffd}").0, "ab");
        assert_eq!(strip_forbidden("a\u{8}b").1, Some(1));
        let planes = ('\0'..='\u{11000}').chain('\u{1fff0}'..='\u{20010}').chain('\u{10fff0}'..=char::MAX);
        for c in planes {
            let text = format!("{}{c}я", "x".repeat(30 + c as usize % 3));
            assert_eq!(strip_forbidden(&text).1.is_some(), !is_xml_char(c), "{c:?}");
        }
        assert!(!is_xml_char('\u{fffe}') && !is_xml_char('\u{85}') && is_xml_char('😀'));
    }
}
