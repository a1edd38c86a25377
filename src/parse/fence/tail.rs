//! Removes the closing line of a code fence around the whole document from the body.

/// The body without the last written line, when that is the fence's closing line. A body whose last code block is
/// still open keeps it: that line closes the block.
pub(in super::super) fn without_closing_fence(body: &str) -> &str {
    let trimmed = body.trim_end_matches(|c: char| c.is_ascii_whitespace());
    let start = trimmed.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let (before, last) = trimmed.split_at_checked(start).unwrap_or((trimmed, ""));
    let is_fence = run(last.trim()).is_some_and(|(_, _, rest)| rest.trim().is_empty());
    if is_fence && !ends_in_code(before) { before } else { body }
}

/// Whether a code block is open at the end (CommonMark section 4.5).
fn ends_in_code(text: &str) -> bool {
    let mut open: Option<(char, usize)> = None;
    for line in text.split(['\n', '\r']) {
        let line = line.trim_end();
        let inner = line.trim_start_matches(' ');
        if line.len() - inner.len() > 3 {
            continue;
        }
        let Some((mark, length, rest)) = run(inner) else { continue };
        open = match open {
            None if mark == '`' && rest.contains('`') => None,
            None => Some((mark, length)),
            Some((m, n)) if m == mark && length >= n && rest.trim().is_empty() => None,
            still => still,
        };
    }
    open.is_some()
}

/// A run of at least three backticks or tildes, and what follows.
fn run(line: &str) -> Option<(char, usize, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then_some((mark, length, rest))
}

#[cfg(test)]
mod tests {
    use super::without_closing_fence;

    #[test]
    fn drops_the_last_fence_only_when_it_is_the_documents() {
        assert_eq!(without_closing_fence("Text.\n```"), "Text.\n");
        assert_eq!(without_closing_fence("Text.\r\n```  \n\n"), "Text.\r\n");
        assert_eq!(without_closing_fence("```"), "");
        assert_eq!(without_closing_fence("Text."), "Text.");
        assert_eq!(without_closing_fence("a\n```rust\nx\n```\n"), "a\n```rust\nx\n```\n");
        assert_eq!(without_closing_fence("a\n```rust\nx\n```\n```\n"), "a\n```rust\nx\n```\n");
        assert_eq!(without_closing_fence("a\n~~~\n```\n"), "a\n~~~\n```\n");
    }
}
