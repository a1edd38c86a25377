//! Whether the end of a text is within a URL: of a link or an image in Markdown, of a link reference definition, or of
//! an HTML attribute. A URL has no white space, so only the last word and the line before it matter.

/// Follows a text as it grows.
#[derive(Debug, Default)]
pub struct AddressState {
    /// Behind `](`, before `)`.
    link: bool,
    /// Behind `href="` or another attribute that holds an address, before `"`.
    attribute: bool,
    /// The word after `]:`.
    definition: bool,
}

impl AddressState {
    /// Updates the state with the text written from this byte on.
    pub fn follow(&mut self, text: &str, from: usize) {
        let line = text.get(from..).and_then(|part| part.rfind('\n')).map(|at| from + at + 1);
        if line.is_some() {
            *self = Self::default();
        }
        let bytes = text.as_bytes();
        for at in line.unwrap_or(from)..bytes.len() {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            match (before, bytes.get(at)) {
                (Some(b' ' | b'\t'), Some(b' ' | b'\t')) => {}
                (_, Some(b' ' | b'\t')) => *self = Self { definition: ends(text, at, &["]:"]), ..Self::default() },
                (Some(b']'), Some(b'(')) => self.link = true,
                (_, Some(b')')) => self.link = false,
                (Some(b'='), Some(b'"')) => self.attribute = ends(text, at - 1, &["href", "src", "poster", "cite"]),
                (_, Some(b'"')) => self.attribute = false,
                _ => {}
            }
        }
    }

    /// Whether the next text is part of a URL.
    pub const fn is_inside(&self) -> bool {
        self.link || self.attribute || self.definition
    }
}

fn ends(text: &str, at: usize, words: &[&str]) -> bool {
    text.get(..at).is_some_and(|before| words.iter().any(|word| before.ends_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_known_however_they_are_written() {
        let long = "x".repeat(5000);
        for (text, inside) in [
            ("", false),
            ("[a](", true),
            ("[a](b", true),
            ("[a](b)", false),
            ("[a](b \"", false),
            ("[a](b\nc", false),
            ("<a href=\"", true),
            ("<a href=\"b\"", false),
            ("<a title=\"", false),
            ("<a href=\"b=\"", false),
            ("[a]: ", true),
            ("[a]:  \tb", true),
            ("[a]: b c", false),
            ("[a]:\n b", false),
            ("  я", false),
            (&format!("[a]({long}"), true),
            (&format!("<img src=\"{long}"), true),
            (&format!("{long}[a]: {long}"), true),
        ] {
            let mut state = AddressState::default();
            state.follow(text, 0);
            assert_eq!(state.is_inside(), inside, "{text}");
            let mut state = AddressState::default();
            for (at, c) in text.char_indices() {
                state.follow(&text[..at + c.len_utf8()], at);
            }
            assert_eq!(state.is_inside(), inside, "{text}, letter by letter");
        }
    }
}
