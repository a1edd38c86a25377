//! Fast check whether a body could contain a template leftover. One pass, no allocation.
//!
//! It may report too much, but never too little: a body it rejects has no leftover. Most bodies need no further step.

use super::scan::Flavour;
use memchr::{memchr_iter, memchr2_iter, memchr3_iter, memmem};

/// Whether the text holds the beginning of anything that [`scan`](super::scan) knows.
///
/// Every body passes here, so it is searched for the rare bytes that leftovers begin with, several times over: that is
/// faster than one look at each byte.
pub fn any(text: &str, flavour: Flavour) -> bool {
    let bytes = text.as_bytes();
    let look = Look { text, bytes, flavour };
    let begins = |index: usize| look.begins(index, look.at(index));
    look.opens_line(0)
        || memchr3_iter(b'{', b'<', b'[', bytes).any(begins)
        || memchr_iter(b'\n', bytes).any(|index| look.opens_line(index + 1))
        || memchr2_iter(b'(', b'"', bytes).any(begins)
        || memmem::find(bytes, b"%%").is_some()
        || memmem::find_iter(bytes, ".m").any(begins)
        || memmem::find_iter(bytes, " =").any(|index| begins(index + 1))
        || memmem::find(bytes, b"==").is_some()
}

struct Look<'t> {
    text: &'t str,
    bytes: &'t [u8],
    flavour: Flavour,
}

impl Look<'_> {
    fn at(&self, index: usize) -> u8 {
        self.bytes.get(index).copied().unwrap_or(b'\n')
    }

    fn begins(&self, index: usize, byte: u8) -> bool {
        let (before, next, second) = (self.at(index.wrapping_sub(1)), self.at(index + 1), self.at(index + 2));
        match byte {
            b'{' => {
                self.flavour == Flavour::Mdx
                    || matches!(next, b'%' | b'{' | b':' | b'/' | b'.' | b'#')
                    || (next == b' ' && matches!(second, b'/' | b'.' | b'#'))
                    || matches!(before, b')' | b'`' | b'*' | b'(' | b'"' | b'\'' | b'<' | b'=' | b'$')
                    || (before == b' ' && self.at(index.wrapping_sub(2)) == b':')
                    || before == b']'
                    || self.is_named(index)
            }
            b'<' => {
                next.is_ascii_uppercase()
                    || next == b'<'
                    || (next == b'/' && second.is_ascii_uppercase())
                    || (self.flavour == Flavour::Mdx && matches!(next, b'>' | b'/'))
            }
            b'[' => matches!(before, b'@' | b'%') || matches!(next, b'!' | b'['),
            b'(' | b'"' => {
                (byte == b'(' && next == b'|') || (matches!(next, b'@' | b'p') && matches!(second, b'/' | b's' | b'a'))
            }
            b'.' => next == b'm' && matches!(second, b'd' | b'a') && ends_file(self.text, index + 1),
            b'=' => before == b' ' && (next.is_ascii_digit() || next == b'x'),
            _ => false,
        }
    }

    /// Whether `:name` directly precedes a brace.
    fn is_named(&self, brace: usize) -> bool {
        let behind = self.bytes.get(..brace).unwrap_or_default().iter().rev();
        let part = |b: &&u8| b.is_ascii_lowercase() || b.is_ascii_digit() || **b == b'-';
        let name = behind.clone().take_while(part).count();
        name > 0 && behind.clone().nth(name) == Some(&b':')
    }

    /// Marks that count only at the beginning of a line, after quotation marks and blanks.
    fn opens_line(&self, start: usize) -> bool {
        let line = self.bytes.get(start..).unwrap_or_default();
        let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>')).count();
        match (self.at(start + blanks), self.at(start + blanks + 1)) {
            (b'[', next) => matches!(next, b'T' | b't' | b'['),
            pair => matches!(pair, (b':', b':') | (b'i', b'm') | (b'e', b'x')),
        }
    }
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
    use proptest::prelude::{prop_assert_eq, proptest};

    /// The same, byte by byte.
    fn plainly(text: &str, flavour: Flavour) -> bool {
        let bytes = text.as_bytes();
        let at = |index: usize| bytes.get(index).copied().unwrap_or(b'\n');
        let mut line_start = true;
        let named = |before: &str| {
            let name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let word = before.trim_end_matches(name);
            word.len() < before.len() && word.ends_with(':')
        };
        for (index, byte) in bytes.iter().enumerate() {
            let (before, next) = (at(index.wrapping_sub(1)), at(index + 1));
            let found = match byte {
                b'{' => {
                    flavour == Flavour::Mdx
                        || matches!(next, b'%' | b'{' | b':' | b'/' | b'.' | b'#')
                        || (next == b' ' && matches!(at(index + 2), b'/' | b'.' | b'#'))
                        || matches!(before, b')' | b'`' | b'*' | b'(' | b'"' | b'\'' | b'<' | b'=' | b'$')
                        || (before == b' ' && at(index.wrapping_sub(2)) == b':')
                        || before == b']'
                        || named(&text[..index])
                }
                b'<' => {
                    next.is_ascii_uppercase()
                        || next == b'<'
                        || (next == b'/' && at(index + 2).is_ascii_uppercase())
                        || (flavour == Flavour::Mdx && matches!(next, b'>' | b'/'))
                }
                b'[' => {
                    matches!(before, b'@' | b'%')
                        || matches!(next, b'!' | b'[')
                        || (line_start && matches!(next, b'T' | b't' | b'['))
                }
                b':' => line_start && next == b':',
                b'|' => before == b'(',
                b'@' | b'p' => matches!(before, b'(' | b'"') && matches!(next, b'/' | b's' | b'a'),
                b'm' => before == b'.' && (next == b'd' || next == b'a') && ends_file(text, index),
                b'=' => next == b'=' || (before == b' ' && (next.is_ascii_digit() || next == b'x')),
                b'%' => next == b'%',
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

    proptest! {
        #[test]
        fn blocks_hide_nothing(text in "[a-z{}%:/.#$ <>A\\[\\]!@|(=\"\\ntTxpsmdi'1]{0,80}", pad in "[я ]{0,40}") {
            for flavour in [Flavour::Markdown, Flavour::Mdx] {
                let text = format!("{pad}{text}");
                prop_assert_eq!(any(&text, flavour), plainly(&text, flavour), "{}", text);
            }
        }
    }

    #[test]
    fn plain_bodies_end_here() {
        let any = |text| any(text, Flavour::Markdown);
        assert!(!any(
            "A *plain* body: [a](b), `c`, 10 % {d} > e <b>f</b>\n\n- [ ] g\n\n1. import of goods\n\n```\nx\n```\n"
        ));
        for text in [
            "{% a %}",
            "a :icon{b=c}",
            "a :badge[b]{c=d}",
            "{{ a }}",
            "a {:b}",
            "x {/* c */}",
            "![]({static}/a)",
            "<Tabs>",
            "a </Tabs>",
            "> [!NOTE]",
            "@[card](x)",
            "%[x]",
            "%%x%%",
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
