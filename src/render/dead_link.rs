//! Dead links: URLs of which only the site's engine knew a part.
//!
//! [`leftovers`](super::leftovers) marks them with a character that no body contains, because
//! [`body::clean`](super::body::clean) removes it. A dead link keeps its text and loses its URL; the removed leftover
//! has been reported. Where Markdown saw no link (in raw HTML, after a missing bracket), the brackets are removed too.

/// Marks a dead link: a Unicode noncharacter, which no feed may carry.
pub const DEAD_LINK: &str = "\u{FDD0}";

/// Whether an address is dead, or a text holds a dead link.
pub fn is_in(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), DEAD_LINK.as_bytes()).is_some()
}

/// Text or HTML without the dead addresses that are not part of a link.
pub fn remove(text: &str) -> String {
    let Some((mut head, mut rest)) = text.split_once(DEAD_LINK) else { return text.to_owned() };
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
            out.push_str(&address.replace(DEAD_LINK, ""));
        }
        match rest.split_once(DEAD_LINK) {
            Some((before, after)) => (head, rest) = (before, after),
            None => break,
        }
    }
    out.push_str(rest);
    out
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
    fn a_dead_address_is_removed_with_its_brackets() {
        for (written, left) in [
            ("a", "a"),
            ("x [y](†/z) c", "x y c"),
            ("[y](† to", "y to"),
            ("[y](†\"t\")", "y\"t\")"),
            ("](†) †x", "] x"),
            ("††", ""),
        ] {
            assert_eq!(remove(&written.replace('†', DEAD_LINK)), left, "{written}");
        }
        assert!(remove(&"](\u{FDD0}".repeat(100_000)).len() < 200_000);
    }
}
