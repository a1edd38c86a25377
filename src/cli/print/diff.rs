//! Edits as a unified diff that `patch -p1` and `git apply` take. Lines end at LF, as those programs have it; bytes are
//! those of the files. Nothing is hidden or replaced here, or the diff could not be applied: a terminal is another matter.

use super::harmless::visible;
use crate::parse::mend::Swap;
use std::io::{self, Write};
use std::ops::Range;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// The diff of one file; empty where nothing changes.
pub fn unified(path: &str, old: &[u8], swaps: &[Swap]) -> Vec<u8> {
    let lines: Vec<&[u8]> = old.split_inclusive(|b| *b == b'\n').collect();
    let blocks = blocks(old, &lines, swaps);
    if blocks.is_empty() {
        return Vec::new();
    }
    let mut out = format!("--- {}\n+++ {}\n", name("a", path), name("b", path)).into_bytes();
    let mut added = 0_isize;
    for hunk in blocks.chunk_by(|a, b| b.old.start <= a.old.end + 2 * CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let range = first.old.start.saturating_sub(CONTEXT)..lines.len().min(last.old.end + CONTEXT);
        let grown: isize = hunk.iter().map(|b| signed(b.new.len()) - signed(b.old.len())).sum();
        let length = signed(range.len()) + grown;
        let header = format!(
            "@@ -{} +{} @@\n",
            span(signed(range.start), signed(range.len())),
            span(signed(range.start) + added, length)
        );
        out.extend_from_slice(header.as_bytes());
        let mut at = range.start;
        for block in hunk {
            put(&mut out, b' ', lines.get(at..block.old.start));
            put(&mut out, b'-', lines.get(block.old.clone()));
            put(&mut out, b'+', Some(&block.new.iter().map(Vec::as_slice).collect::<Vec<_>>()));
            at = block.old.end;
        }
        put(&mut out, b' ', lines.get(at..range.end));
        added += grown;
    }
    out
}

/// The diff for eyes: what would move a cursor is made visible.
pub fn to_terminal(diff: &[u8], out: &mut dyn Write) -> io::Result<()> {
    for line in diff.split_inclusive(|b| *b == b'\n') {
        let text = String::from_utf8_lossy(line);
        let text: String = text.trim_end_matches(['\n', '\r', '\t']).chars().map(visible).collect();
        writeln!(out, "{text}")?;
    }
    Ok(())
}

/// A run of old lines and what takes its place.
struct Block {
    old: Range<usize>,
    new: Vec<Vec<u8>>,
}

fn blocks(old: &[u8], lines: &[&[u8]], swaps: &[Swap]) -> Vec<Block> {
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |next, line| {
            let start = *next;
            *next += line.len();
            Some(start)
        })
        .collect();
    let row = |byte: usize| starts.partition_point(|start| *start <= byte).saturating_sub(1);
    let of = |swap: &Swap| row(swap.old.start)..row(swap.old.end.saturating_sub(1).max(swap.old.start)) + 1;
    let mut blocks = Vec::new();
    // Lines that end in a bare CR are one line here: several of them may share a block.
    for group in swaps.chunk_by(|a, b| of(a).end > of(b).start) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let rows = of(first).start..of(last).end;
        let end = starts.get(rows.end).copied().unwrap_or(old.len());
        let mut new = Vec::new();
        let mut done = starts.get(rows.start).copied().unwrap_or(0);
        for swap in group {
            new.extend_from_slice(old.get(done..swap.old.start).unwrap_or_default());
            new.extend_from_slice(&swap.new);
            done = swap.old.end;
        }
        new.extend_from_slice(old.get(done..end).unwrap_or_default());
        let new: Vec<&[u8]> = new.split_inclusive(|b| *b == b'\n').collect();
        blocks.extend(without_common_ends(rows, lines, &new));
    }
    blocks
}

/// A new line before an old one is no change of that.
fn without_common_ends(rows: Range<usize>, lines: &[&[u8]], new: &[&[u8]]) -> Option<Block> {
    let old = lines.get(rows.clone())?;
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(head..)?, new.get(head..)?);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let new = new.get(..new.len() - tail)?;
    let old = rows.start + head..rows.end - tail;
    (!old.is_empty() || !new.is_empty()).then(|| Block { old, new: new.iter().map(|line| line.to_vec()).collect() })
}

fn put(out: &mut Vec<u8>, mark: u8, lines: Option<&[&[u8]]>) {
    for line in lines.unwrap_or_default() {
        out.push(mark);
        out.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            out.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}

/// `first,count`; of nothing, the line before it (POSIX, `diff -u`).
fn span(before: isize, count: isize) -> String {
    format!("{},{count}", if count == 0 { before } else { before + 1 })
}

/// A name as `git` writes it: in quotes and with escapes where it holds what would end it, and with a tab behind it where
/// `patch` would take it to end at a blank.
fn name(side: &str, path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        let end = if path.contains(char::is_whitespace) { "\t" } else { "" };
        return format!("{side}/{path}{end}");
    }
    let escaped: String = path
        .chars()
        .map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => c.to_string().bytes().map(|b| format!("\\{b:03o}")).collect(),
            c => c.to_string(),
        })
        .collect();
    format!("\"{side}/{escaped}\"")
}

fn signed(number: usize) -> isize {
    isize::try_from(number).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::mend::{Change, Edit, swaps};

    fn diff(old: &str, edits: &[(u32, Change)]) -> String {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(line, change)| Edit { line: *line, change: change.clone(), what: String::new() })
            .collect();
        String::from_utf8(unified("content/a.md", old.as_bytes(), &swaps(old.as_bytes(), &edits))).unwrap()
    }

    fn text(text: &str) -> Vec<u8> {
        text.as_bytes().to_vec()
    }

    #[test]
    fn hunks_have_three_lines_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\r\n15";
        let edits = [
            (1, Change::Remove),
            (3, Change::Before(text("2½"))),
            (14, Change::Replace(text("x"))),
            (15, Change::Remove),
        ];
        assert_eq!(
            diff(old, &edits),
            "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,5 +1,5 @@\n-1\n 2\n+2½\n 3\n 4\n 5\n\
             @@ -11,5 +11,4 @@\n 11\n 12\n 13\n-14\r\n+x\r\n-15\n\\ No newline at end of file\n"
        );
        assert_eq!(diff(old, &[]), "");
    }

    #[test]
    fn bare_line_ends_stay_in_their_line() {
        assert_eq!(
            diff("a\rb\rc\nd\n", &[(1, Change::Remove), (3, Change::Replace(text("C")))]),
            "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n-a\rb\rc\n+b\rC\n d\n"
        );
    }

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(name("a", "b c/d.md"), "a/b c/d.md\t");
        assert_eq!(name("a", "b\"c\nж.md"), "\"a/b\\\"c\\012ж.md\"");
    }
}
