//! Obsidian's comments, `%%…%%`, which only the editor displays.
//!
//! Other texts use `%%` for a percent sign, in URLs and date formats, and nothing in a copied vault says that it came
//! from Obsidian. So two marks are a comment only where an Obsidian author would write one.

use std::ops::Range;

const MARK: &str = "%%";

/// How many bytes around a mark are examined, so that a line of a megabyte costs no more than others.
const NEAR: usize = 1000;

/// The comments of a text, ascending. `code` holds the ranges, ascending, in which marks have no meaning.
pub fn ranges(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let marks = marks(text, code);
    let mut found = Vec::new();
    let mut rest = marks.as_slice();
    while let Some((&open, after)) = rest.split_first() {
        rest = after;
        if let Some(&close) = after.first()
            && opens(text, open)
            && closes(text, open, close)
        {
            found.push(open..with_space(text, open, close + MARK.len()));
            rest = after.get(1..).unwrap_or_default();
        }
    }
    found
}

/// The text with spaces in place of comments, so that all other offsets stay the same.
pub fn blanked(text: &str, code: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for comment in ranges(text, code) {
        out.push_str(text.get(at..comment.start).unwrap_or_default());
        let inside = text.get(comment.clone()).unwrap_or_default();
        out.extend(inside.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        at = comment.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The offsets of exactly two percent signs, outside code and formulas.
fn marks(text: &str, code: &[Range<usize>]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let lone = |at: usize| at.checked_sub(1).and_then(|before| bytes.get(before)) != Some(&b'%');
    let two = |at: &usize| lone(*at) && bytes.get(at + MARK.len()) != Some(&b'%');
    let found: Vec<usize> = memchr::memmem::find_iter(bytes, MARK).filter(two).collect();
    if found.is_empty() {
        return found;
    }
    let formulas = formulas(text, code);
    found.into_iter().filter(|at| !is_in(*at, code) && !is_in(*at, &formulas)).collect()
}

fn is_in(at: usize, ranges: &[Range<usize>]) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    before.checked_sub(1).and_then(|last| ranges.get(last)).is_some_and(|range| at < range.end)
}

/// `$…$` within a line and `$$…$$`. A dollar sign followed by a space is a price.
fn formulas(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('$')).map(|length| at + length) {
        let after = text.get(start..).unwrap_or_default();
        let mark = if after.starts_with("$$") { "$$" } else { "$" };
        at = start + mark.len();
        if is_in(start, code) {
            continue;
        }
        let inside = text.get(at..).unwrap_or_default();
        let inside = if mark == "$" { first_line(inside) } else { inside };
        match inside.find(mark).and_then(|length| inside.get(..length)) {
            Some(price) if mark == "$" && price.trim() != price => {}
            Some(formula) => {
                at += formula.len() + mark.len();
                found.push(start..at);
            }
            None if mark == "$$" => break,
            None => {}
        }
    }
    found
}

/// The rest of a line, up to the maximum length of a formula.
fn first_line(text: &str) -> &str {
    let near = (0..4).find_map(|less| text.get(..NEAR.min(text.len()).saturating_sub(less))).unwrap_or_default();
    near.split('\n').next().unwrap_or_default()
}

/// Whether a comment may begin here: not after a digit (`100%%`), in an address, in a tag, or after a backslash.
fn opens(text: &str, at: usize) -> bool {
    let line = line_before(text, at);
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_spaced = after(text, at).is_none_or(char::is_whitespace);
    let is_amount = is_spaced && line.trim_end().ends_with(|c: char| c.is_ascii_digit()) && !line.is_empty();
    let refused = word.ends_with(|c: char| c.is_ascii_digit() || "/=&?\\$:@#".contains(c))
        || word.ends_with("](")
        || word.ends_with("=\"")
        || word.ends_with("='")
        || word.contains("://");
    !refused && !is_amount
}

/// Whether the comment that begins at `open` may end here.
fn closes(text: &str, open: usize, close: usize) -> bool {
    let inside = text.get(open + MARK.len()..close).unwrap_or_default();
    let starts_line = line_before(text, open).trim_matches([' ', '\t', '>', '-', '*', '+']).is_empty();
    if !starts_line && inside.split('\n').skip(1).any(|line| line.trim_matches([' ', '\t', '>']).is_empty()) {
        return false;
    }
    let is_spaced = inside.starts_with(char::is_whitespace);
    match after(text, close) {
        // `%%d and %%s`; `%%20`.
        Some(next) if next.is_alphanumeric() => {
            !next.is_ascii_digit() && inside.ends_with(|c: char| c.is_alphanumeric() || ".!?)".contains(c))
        }
        Some('=' | '/') => false,
        // `100 %% … 50%%`.
        _ => !(is_spaced && inside.ends_with(|c: char| c.is_ascii_digit())),
    }
}

/// The part of the line before a mark that decides about it.
fn line_before(text: &str, at: usize) -> &str {
    let from = at.saturating_sub(NEAR);
    let near = (0..4).find_map(|more| text.get((from + more).min(at)..at)).unwrap_or_default();
    near.rsplit('\n').next().unwrap_or_default()
}

fn after(text: &str, mark: usize) -> Option<char> {
    text.get(mark + MARK.len()..)?.chars().next()
}

/// Removes one of the spaces on both sides of a comment with it.
fn with_space(text: &str, start: usize, end: usize) -> usize {
    let around = (line_before(text, start).chars().next_back(), text.as_bytes().get(end));
    if around == (Some(' '), Some(&b' ')) { end + 1 } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        ranges(text, &[]).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_are_found() {
        assert_eq!(found("a %%b%% c"), ["%%b%% "]);
        assert_eq!(found("%% b %%"), ["%% b %%"]);
        assert_eq!(found("a%%b%%c. (%%d%%), **%%e f%%**"), ["%%b%%", "%%d%%", "%%e f%%"]);
        assert_eq!(found("a\n\n%%\nb\n\n- c `d`\n%%\n\ne"), ["%%\nb\n\n- c `d`\n%%"]);
        assert_eq!(found("> %% a\n> b %%\n\n%%c%%"), ["%% a\n> b %%", "%%c%%"]);
        assert_eq!(found("текст %%секрет 5%% дальше"), ["%%секрет 5%% "]);
        assert_eq!(found("$5 %%a%% $6"), ["%%a%% "]);
    }

    #[test]
    fn percent_signs_stay() {
        for text in [
            "100%% sure … 50%% off",
            "100 %% sure, 50 %% off",
            "lone %% mark",
            "%%%% and %%%a%%%",
            "https://e.org/a%%20b%%20c",
            "[a](%%20b%%20) <https://e.org/ %%20>",
            "<a href=\"%%URL%%\">",
            "print %%d and %%s",
            "$a %% b$ and $c %% d$",
            "$$\na %% b\n$$\n\n$$\nc %% d\n$$",
            "a %% b\n\nc %% d",
            "for %%a in (*) do echo %%a",
            "\\%%a%%",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
        assert!(ranges("`%%a%%`", std::slice::from_ref(&(0..7))).is_empty());
    }

    #[test]
    fn all_else_keeps_its_place() {
        assert_eq!(blanked("a %%я\nb%% c", &[]), "a     \n    c");
    }
}
