//! Makes text safe to print: one visible character for each that [`visible`] replaces. Lengths in characters stay, so that
//! columns stay true. JSON keeps its characters, written as escapes.

use crate::model::visible;
use serde::Serialize;

/// A message, a path or another piece of one line as a terminal may see it.
pub fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// The same for a text of several lines.
pub fn harmless_lines(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\r' | '\n') { c } else { visible(c) }).collect()
}

/// A value as JSON on one line. Serde escapes the C0 controls alone; here the others are `\u` escapes too, so that a
/// program reads the text as it is, and a terminal or a log shows no more than its characters.
pub fn json_line(value: &impl Serialize) -> serde_json::Result<String> {
    let plain = serde_json::to_string(value)?;
    if plain.bytes().all(|b| b < 0x7f) {
        return Ok(plain + "\n");
    }
    let mut out = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        match visible(c) == c {
            true => out.push(c),
            false => out.push_str(&format!("\\u{:04x}", c as u32)),
        }
    }
    out.push('\n');
    Ok(out)
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
        assert_eq!(harmless_lines("a\r\nb\u{2066}c\u{1b}"), "a\r\nb\u{fffd}c␛");
    }

    #[test]
    fn programs_read_the_same_text() {
        let text: String = ('\0'..='\u{fffd}').chain('\u{1f600}'..='\u{1f610}').collect();
        let line = json_line(&text).unwrap();
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
        assert!(line.trim_end().chars().all(|c| visible(c) == c));
    }
}
