//! Plain text → HTML text and attribute values (HTML, "Serialising HTML fragments").
//!
//! Text is the bulk of every body, so runs without a special character are copied whole, sixteen bytes looked at at once.

/// Appends text as HTML text: `&`, `<` and `>` become entities.
pub fn text(out: &mut String, text: &str) {
    escape(out, text, |b| (b == b'&') | (b == b'<') | (b == b'>'));
}

/// Appends text as the value of a double-quoted attribute: also `"` becomes an entity.
pub fn attribute(out: &mut String, value: &str) {
    escape(out, value, |b| (b == b'&') | (b == b'<') | (b == b'>') | (b == b'"'));
}

fn escape(out: &mut String, text: &str, special: impl Fn(u8) -> bool + Copy) {
    let mut rest = text;
    while let Some((plain, found)) = position(rest.as_bytes(), special).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = found.chars();
        out.push_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn position(bytes: &[u8], special: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let (blocks, tail) = bytes.as_chunks::<16>();
    let plain = blocks.iter().take_while(|block| !block.iter().fold(false, |any, &b| any | special(b))).count();
    let from = plain * 16;
    let rest = if plain < blocks.len() { bytes.get(from..)? } else { tail };
    rest.iter().position(|&b| special(b)).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_special_character_is_found_wherever_it_stands() {
        for at in 0..70 {
            let text = format!("{}<{}", "я".repeat(at), "b".repeat(40));
            let mut out = String::new();
            super::text(&mut out, &text);
            assert_eq!(out, text.replace('<', "&lt;"));
        }
        let mut out = String::new();
        super::attribute(&mut out, "a&b\"c>");
        assert_eq!(out, "a&amp;b&quot;c&gt;");
    }
}
