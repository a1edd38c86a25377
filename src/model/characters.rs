//! Which characters may reach an XML 1.0 document (XML 1.0 section 2.2), and how others are removed; and which may be
//! printed as they are.
//!
//! U+FFFD and the C1 controls are legal, but validators report them as damage (W3C class BadCharacters): also removed.
//! C1 controls of old word processors stand for a character of Windows-1252, as browsers read the numeric references to
//! them (HTML, "Numeric character reference end state").

use std::borrow::Cow;

/// Whether a character may occur in the text of a feed.
pub const fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{FFFC}' | '\u{10000}'..='\u{10FFFF}')
        && !is_noncharacter(c)
}

/// The text without forbidden characters, and the byte offset of the first one removed, if any. A C1 control becomes
/// its character of Windows-1252.
pub fn strip_forbidden(text: &str) -> (Cow<'_, str>, Option<usize>) {
    if first_forbidden(text).is_none() {
        return (Cow::Borrowed(text), None);
    }
    let removed = text.char_indices().find(|(_, c)| feed_char(*c).is_none()).map(|(at, _)| at);
    (Cow::Owned(text.chars().filter_map(feed_char).collect()), removed)
}

/// The character that a feed gets for this one; `None` if it has to be removed.
pub fn feed_char(c: char) -> Option<char> {
    let c = match u32::from(c).checked_sub(0x80) {
        Some(at @ 0..0x20) => WINDOWS_1252.chars().nth(at as usize).filter(|c| *c != ' ')?,
        _ => c,
    };
    is_xml_char(c).then_some(c)
}

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; a space where there is none.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// The first forbidden character and its byte offset. Every body and every document is checked here, so the bytes are
/// checked in blocks: characters are decoded only in a block with a byte that may begin a forbidden character.
pub fn first_forbidden(text: &str) -> Option<(usize, char)> {
    const BLOCK: usize = 64;
    let (blocks, tail) = text.as_bytes().as_chunks::<BLOCK>();
    let mut last = [b' '; BLOCK];
    if let Some(start) = last.get_mut(..tail.len()) {
        start.copy_from_slice(tail);
    }
    let forbidden = |block: &[u8], from: usize| {
        let starts = block.iter().zip(from..).filter(|(b, _)| may_begin_forbidden(**b));
        starts.filter_map(|(_, at)| Some((at, text.get(at..)?.chars().next()?))).find(|(_, c)| !is_xml_char(*c))
    };
    let suspicious = |block: &[u8; BLOCK]| block.iter().fold(false, |any, b| any | may_begin_forbidden(*b));
    let among = blocks.iter().zip(0..).filter(|(block, _)| suspicious(block));
    among
        .map(|(block, n)| forbidden(block, n * BLOCK))
        .find_map(|found| found)
        .or_else(|| suspicious(&last).then(|| forbidden(tail, blocks.len() * BLOCK)).flatten())
}

/// Whether a byte may begin a forbidden character: a control other than the line feed, or one of U+0080 to U+00BF,
/// U+F000 to U+FFFF and everything beyond. No branches and few comparisons, so that the compiler can vectorise it.
const fn may_begin_forbidden(b: u8) -> bool {
    ((b.wrapping_sub(0x20) >= 0xEF - 0x20) & (b != b'\n')) | (b == 0x7F) | (b == 0xC2)
}

/// The character itself if it may be printed, else a visible one in its place: a character that would move the cursor,
/// start an escape sequence, turn the direction of writing (UAX 9, "Trojan source") or not be seen at all.
pub const fn visible(c: char) -> char {
    match c {
        '\t' => ' ',
        // Unicode's own pictures of the C0 controls.
        '\0'..='\x1f' => match char::from_u32(c as u32 + 0x2400) {
            Some(picture) => picture,
            None => '\u{fffd}',
        },
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => '\u{fffd}',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => '\u{fffd}',
        '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
        _ => c,
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
        let planes = ('\0'..='\u{11000}').chain('\u{1fff0}'..='\u{20010}').chain('\u{10fff0}'..=char::MAX);
        for c in planes {
            let text = format!("{}{c}я", "x".repeat(62 + c as usize % 3));
            assert_eq!(strip_forbidden(&text).1.is_some(), feed_char(c).is_none(), "{c:?}");
            assert_eq!(
                first_forbidden(&text).map(|(at, _)| text[at..].starts_with(c)),
                (!is_xml_char(c)).then_some(true)
            );
        }
        assert_eq!(WINDOWS_1252.chars().count(), 32);
        for byte in 0x80..=0x9F_u8 {
            let bytes = [byte];
            let (read, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            assert_eq!(feed_char(char::from(byte)), read.chars().next().filter(|c| is_xml_char(*c)), "{byte:X}");
        }
        assert_eq!(strip_forbidden("It\u{92}s \u{80}5\u{85}").0, "It’s €5…");
        assert_eq!(strip_forbidden("\u{96}\u{81}"), (Cow::Owned("–".into()), Some(2)));
        assert!(!is_xml_char('\u{fffe}') && !is_xml_char('\u{85}') && is_xml_char('😀'));
    }
}
