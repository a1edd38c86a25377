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
    match text.char_indices().find(|(_, c)| !is_xml_char(*c)) {
        None => (Cow::Borrowed(text), None),
        Some((at, _)) => (Cow::Owned(text.chars().filter(|c| is_xml_char(*c)).collect()), Some(at)),
    }
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
        assert!(!is_xml_char('\u{fffe}') && !is_xml_char('\u{85}') && is_xml_char('😀'));
    }
}
