//! JavaScript expressions between braces, as far as a feed needs them: their end, and their value if it is a text.

use super::Scanner;

/// The longest expression that is looked for, in bytes.
const MAX_EXPRESSION_BYTES: usize = 1 << 16;

impl Scanner<'_, '_> {
    /// Where the brace that opens at `at` is closed; strings and templates are passed over.
    pub(super) fn balanced(&mut self, at: usize) -> Option<usize> {
        let reach = MAX_EXPRESSION_BYTES.min(self.fuel);
        let mut depth = 0_usize;
        let mut quote: Option<u8> = None;
        let mut escaped = false;
        let bytes = self.text.as_bytes();
        for (index, byte) in bytes.iter().enumerate().skip(at).take(reach) {
            match (quote, byte) {
                _ if escaped => escaped = false,
                (Some(_), b'\\') => escaped = true,
                (Some(open), byte) if *byte == open => quote = None,
                // A string ends with its line; an apostrophe in text is none.
                (Some(b'"' | b'\''), b'\n') => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'' | b'`') => quote = Some(*byte),
                (None, b'{') => depth += 1,
                (None, b'}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return Some(index + 1);
                    }
                }
                (None, _) => {}
            }
        }
        self.burnt(reach.min(self.text.len() - at))
    }
}

/// The value of an expression that is a text: a string, a template without holes, a number, `require("…")`.
pub fn constant(expression: &str) -> Option<&str> {
    let expression = expression.trim();
    for quote in ['"', '\'', '`'] {
        let inside = expression.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(text) = inside.filter(|text| !text.contains(quote) && !text.contains("${")) {
            return Some(text);
        }
    }
    if let Some(call) = expression.strip_prefix("require(").or(expression.strip_prefix("useBaseUrl(")) {
        let (path, _) = call.split_once(')')?;
        return constant(path).filter(|path| !path.is_empty());
    }
    let number = !expression.is_empty() && expression.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number.then_some(expression)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known() {
        for (expression, text) in [
            ("\"a\"", Some("a")),
            (" 'b c' ", Some("b c")),
            ("`d`", Some("d")),
            ("`d${e}`", None),
            ("12", Some("12")),
            ("require('./a.png').default", Some("./a.png")),
            ("name", None),
            ("\"a\" + \"b\"", None),
            ("", None),
        ] {
            assert_eq!(constant(expression), text, "{expression}");
        }
    }
}
