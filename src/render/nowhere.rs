//! The address that leads nowhere: what stands for a part of an address that only the site's engine knew.
//!
//! A link that has it loses its address and keeps its text; the loss is told where the leftover is told. Where Markdown
//! saw no link (in raw HTML, by a missing bracket) the brackets around it go too, so that it never reaches a reader.

use memchr::memmem;
use std::borrow::Cow;

/// It has a scheme that nobody has.
pub const NOWHERE: &str = "feedmill-nowhere:";

/// Whether a text holds it. Every body, every excerpt and every address is asked.
pub fn stands_in(text: &str) -> bool {
    memmem::find(text.as_bytes(), NOWHERE.as_bytes()).is_some()
}

/// Text or HTML without the address that leads nowhere.
pub fn scrub(text: &str) -> Cow<'_, str> {
    if !stands_in(text) {
        return Cow::Borrowed(text);
    }
    let (mut head, mut rest) = text.split_once(NOWHERE).unwrap_or((text, ""));
    let mut out = String::with_capacity(text.len());
    loop {
        out.push_str(head);
        let (address, after) = rest.split_at_checked(rest.find(ends).unwrap_or(rest.len())).unwrap_or((rest, ""));
        rest = after;
        if out.ends_with("](") {
            out.truncate(out.len() - 2);
            match bracket(&out) {
                Some(at) => drop(out.remove(at)),
                None => out.push(']'),
            }
            rest = rest.strip_prefix(')').unwrap_or(rest);
        } else if !out.ends_with(['"', '=']) {
            out.push_str(&address.replace(NOWHERE, ""));
        }
        match rest.split_once(NOWHERE) {
            Some((before, after)) => (head, rest) = (before, after),
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The bracket that opens a link at the end of a text, if it is near.
fn bracket(text: &str) -> Option<usize> {
    let from = (text.len().saturating_sub(2000)..text.len()).find(|at| text.is_char_boundary(*at))?;
    let near = text.get(from..)?;
    let at = near.rfind(['[', '\n', '<', ']'])?;
    near.get(at..)?.starts_with('[').then_some(from + at)
}

fn ends(c: char) -> bool {
    c.is_whitespace() || matches!(c, ')' | '"' | '<' | '&' | '>' | ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_nowhere() {
        for (written, left) in [
            ("a", "a"),
            ("x [y](feedmill-nowhere:/z) c", "x y c"),
            ("[y](feedmill-nowhere: to", "y to"),
            ("[y](feedmill-nowhere:\"t\")", "y\"t\")"),
            ("](feedmill-nowhere:) feedmill-nowhere:x", "] x"),
            ("feedmill-nowhere:feedmill-nowhere:", ""),
        ] {
            assert_eq!(scrub(written), left);
        }
        assert!(scrub(&"](feedmill-nowhere:".repeat(100_000)).len() < 200_000);
    }
}
