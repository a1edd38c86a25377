//! Front matter bytes → text for the parsers: UTF-8, LF line ends, no character that is forbidden in a feed.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Lines, Place, feed_char, first_forbidden};
use std::borrow::Cow;

/// The place of bytes that are not UTF-8: line and column, counted from the first of the given bytes.
pub(super) fn utf8(bytes: &[u8], first_line: u32) -> Result<&str, Place> {
    simdutf8::compat::from_utf8(bytes).map_err(|fault| {
        let good = bytes.get(..fault.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
        end_of(good, first_line)
    })
}

/// The text without forbidden characters, which are reported line by line, and with LF alone at the end of lines.
/// Lines keep their numbers.
pub(super) fn clean<'t>(text: &'t str, first_line: u32, display_path: &str, sink: &mut dyn Sink) -> Cow<'t, str> {
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    };
    if first_forbidden(&text).is_none() {
        return text;
    }
    for (line, number) in text.split('\n').zip(first_line..) {
        let mut forbidden = line.chars().zip(1u32..).filter(|(c, _)| feed_char(*c).is_none());
        let Some((first, column)) = forbidden.next() else { continue };
        sink.report(forbidden_character(first, forbidden.count(), display_path, Place::new(number, column, 1)));
    }
    Cow::Owned(text.chars().filter_map(feed_char).collect())
}

/// The finding for a forbidden character, and how many more there are.
pub(super) fn forbidden_character(first: char, more: usize, display_path: &str, at: Place) -> Diagnostic {
    let name = match first {
        '\0' => "NUL".to_owned(),
        '\u{fffd}' => "U+FFFD, the replacement character,".to_owned(),
        c => format!("U+{:04X}", u32::from(c)),
    };
    let message = match more {
        0 => format!("{name} is not allowed in a feed and was removed"),
        n => format!("{name} and {n} more on this line are not allowed in a feed and were removed"),
    };
    Diagnostic::new(Code::ForbiddenCharacter, display_path, at, message)
        .help("delete it, or retype the intended character")
}

/// The place right behind a text.
fn end_of(text: &str, first_line: u32) -> Place {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Place { length: 1, ..Lines::new(&text, first_line).place(text.len()..text.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_line_and_column_of_what_it_removes() {
        let mut found = Vec::new();
        assert_eq!(clean("a: b\r\nc: \u{8}d\u{0}\re", 2, "x.md", &mut found), "a: b\nc: d\ne");
        let said: Vec<_> = found.iter().map(|d| (d.at.line, d.at.column, d.code)).collect();
        assert_eq!(said, [(3, 4, Code::ForbiddenCharacter)]);
        assert!(found[0].message.starts_with("U+0008 and 1 more"));
        found.clear();
        assert_eq!(clean("a: It\u{92}s \u{80}5", 2, "x.md", &mut found), "a: It’s €5");
        assert!(found.is_empty());
    }

    #[test]
    fn keeps_what_is_only_unusual() {
        let mut found = Vec::new();
        assert_eq!(clean("a\u{a0}b\u{2028}\u{feff}\t]]>", 1, "x.md", &mut found), "a\u{a0}b\u{2028}\u{feff}\t]]>");
        assert!(found.is_empty());
    }

    #[test]
    fn bad_bytes_have_a_place() {
        assert_eq!(utf8(b"a\r\n\xd0\xb6\xff", 4), Err(Place::new(5, 2, 1)));
        assert!(utf8("ж".as_bytes(), 1).is_ok());
    }
}
