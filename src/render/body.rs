//! The body of an article as clean text: line ends are `\n`, every character is allowed in a feed.
//!
//! A body that cannot be read is an error (M008); removed characters are a warning with their place (M004, M005).

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, BodyFault, Lines, Place, World, strip_forbidden};
use memchr::{memchr, memmem};
use std::borrow::Cow;

/// The body as written; `None` when it cannot be had.
pub fn written(article: &Article, display_path: &str, world: &dyn World, sink: &mut dyn Sink) -> Option<String> {
    match world.body(article) {
        Ok(text) => Some(text),
        Err(BodyFault::NotUtf8 { line, rest }) => {
            let message = format!("line {line} contains bytes that are not UTF-8; they were removed");
            let finding = Diagnostic::new(Code::BodyNotUtf8, display_path, Place::new(line, 0, 0), message);
            sink.report(finding.help("save the file as UTF-8"));
            Some(rest)
        }
        Err(fault @ BodyFault::Unreadable(_)) => {
            let finding = Diagnostic::new(Code::UnreadableBody, display_path, Place::WHOLE, fault.to_string());
            sink.report(
                finding.help("check the file's permissions, and run again when no other program is writing to it"),
            );
            None
        }
    }
}

/// The text of a body without carriage returns and forbidden characters.
pub fn clean<'t>(written: &'t str, first_line: u32, display_path: &str, sink: &mut dyn Sink) -> Cow<'t, str> {
    let text = line_ends(written);
    let (cleaned, first) = match &text {
        Cow::Borrowed(text) => strip_forbidden(text),
        Cow::Owned(text) => strip_forbidden(text),
    };
    let Some(first) = first else { return text };
    let at = Lines::new(&*text, first_line.max(1)).place(first..first);
    let which = text.get(first..).and_then(|t| t.chars().next()).map_or(0, u32::from);
    let count = text.chars().count() - cleaned.chars().count();
    let others = match count {
        1 => String::new(),
        n => format!(", the first of {n}"),
    };
    let message =
        format!("the body contains the character U+{which:04X}{others}, which is not allowed in feeds; it was removed");
    let place = Place::new(at.line, at.column, 1);
    sink.report(
        Diagnostic::new(Code::ForbiddenBodyCharacter, display_path, place, message).help("delete it from the file"),
    );
    Cow::Owned(cleaned.into_owned())
}

fn line_ends(text: &str) -> Cow<'_, str> {
    // U+2028 and U+2029 part lines in JavaScript and Python and nothing in HTML: a space says the same everywhere.
    let bytes = text.as_bytes();
    // U+2028 and U+2029 begin as a dash does.
    let parts_lines = |at: usize| matches!(bytes.get(at + 2), Some(0xA8 | 0xA9));
    if memchr(b'\r', bytes).is_none() && !memmem::find_iter(bytes, b"\xE2\x80").any(parts_lines) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' => out.push(' '),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_and_forbidden_characters_are_told() {
        let mut found = Vec::new();
        assert_eq!(clean("a\r\nb\rc\n\u{a0}]]>", 1, "a.md", &mut found), "a\nb\nc\n\u{a0}]]>");
        assert_eq!(clean("a\u{2028}b\u{2029}", 1, "a.md", &mut found), "a b ");
        assert!(found.is_empty());
        assert_eq!(clean("a\r\nbя\u{8}c\u{b}", 5, "a.md", &mut found), "a\nbяc");
        let finding = found.pop().unwrap();
        assert_eq!((finding.code, finding.at), (Code::ForbiddenBodyCharacter, Place::new(6, 3, 1)));
        assert!(finding.message.contains("U+0008, the first of 2"));
    }
}
