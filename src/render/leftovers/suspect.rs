//! A first look at a body: whether anything in it could be a leftover of a template. One pass, no memory.
//!
//! It may be wrong in one direction only: what it lets pass by holds no leftover. Most bodies end here.

use super::scan::Flavour;

/// Whether the text holds the beginning of anything that [`scan`](super::scan) knows.
pub fn any(text: &str, flavour: Flavour) -> bool {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b'\n');
    let mut line_start = true;
    for (index, byte) in bytes.iter().enumerate() {
        let (before, next) = (at(index.wrapping_sub(1)), at(index + 1));
        let found = match byte {
            b'{' => {
                flavour == Flavour::Mdx
                    || matches!(next, b'%' | b'{' | b':' | b'/' | b'.' | b'#')
                    || (next == b' ' && at(index + 2) == b'/')
                    || matches!(before, b'(' | b'"' | b'\'' | b'<' | b'=' | b'$')
                    || (before == b' ' && at(index.wrapping_sub(2)) == b':')
            }
            b'<' => {
                next.is_ascii_uppercase()
                    || next == b'<'
                    || (next == b'/' && at(index + 2).is_ascii_uppercase())
                    || (flavour == Flavour::Mdx && matches!(next, b'>' | b'/'))
            }
            b'[' => matches!(before, b'@' | b'%') || next == b'!' || (line_start && matches!(next, b'T' | b't' | b'[')),
            b':' => line_start && next == b':',
            b'|' => before == b'(',
            b'@' | b'p' => matches!(before, b'(' | b'"') && matches!(next, b'/' | b's' | b'a'),
            b'm' => before == b'.' && (next == b'd' || next == b'a') && ends_file(text, index),
            b'=' => before == b' ' && (next.is_ascii_digit() || next == b'x'),
            b'i' => line_start && next == b'm',
            b'e' => line_start && next == b'x',
            _ => false,
        };
        if found {
            return true;
        }
        line_start = *byte == b'\n' || (line_start && matches!(byte, b' ' | b'\t' | b'>'));
    }
    false
}

/// Whether `.md`, `.mdx` or `.markdown` ends an address here.
fn ends_file(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let after = ["mdx", "md", "markdown"].iter().find_map(|extension| rest.strip_prefix(extension));
    after.is_some_and(|after| after.starts_with([')', '#', '"', '?', ' ', '>', '\n']) || after.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_bodies_end_here() {
        let any = |text| any(text, Flavour::Markdown);
        assert!(!any(
            "A *plain* body: [a](b), `c`, 10 % {d} > e <b>f</b>\n\n- [ ] g\n\n1. import of goods\n\n```\nx\n```\n"
        ));
        for text in [
            "{% a %}",
            "{{ a }}",
            "a {:b}",
            "x {/* c */}",
            "![]({static}/a)",
            "<Tabs>",
            "a </Tabs>",
            "> [!NOTE]",
            "@[card](x)",
            "%[x]",
            "[TOC]",
            "[[toc]]",
            ":::tip",
            "  ::: tip",
            "import a",
            "export b",
            "![](a =1x)",
            "[a](|filename|b)",
            "<b c={d}>",
            "[a]: {static}/b",
            "a {.b}",
            "![](@site/static/a)",
            "[a](b.md)",
            "[a]: b.mdx",
        ] {
            assert!(any(text), "{text}");
        }
    }
}
