//! A file's change as a unified diff that `patch -p1` and `git apply` take. Lines end at LF, as those programs have it, and
//! the bytes are those of the files.

use similar::TextDiff;

/// Unchanged lines around a change.
const CONTEXT: usize = 3;

/// The diff of one file; empty where nothing changes.
pub(super) fn unified(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let lines = |bytes| <[u8]>::split_inclusive(bytes, |byte| *byte == b'\n').collect::<Vec<&[u8]>>();
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut out = Vec::new();
    // A vector takes every byte.
    let _ = diff.unified_diff().context_radius(CONTEXT).header(&name("a", path), &name("b", path)).to_writer(&mut out);
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, new: &str) -> String {
        String::from_utf8(unified("content/a.md", old.as_bytes(), new.as_bytes())).unwrap()
    }

    #[test]
    fn hunks_have_three_lines_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\r\n15";
        let new = "2\n2½\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\nx\r\n";
        assert_eq!(
            diff(old, new),
            "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,5 +1,5 @@\n-1\n 2\n+2½\n 3\n 4\n 5\n\
             @@ -11,5 +11,4 @@\n 11\n 12\n 13\n-14\r\n-15\n\\ No newline at end of file\n+x\r\n"
        );
        assert_eq!(diff(old, old), "");
    }

    #[test]
    fn bare_line_ends_stay_in_their_line() {
        assert_eq!(
            diff("a\rb\rc\nd\n", "b\rC\nd\n"),
            "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,2 +1,2 @@\n-a\rb\rc\n+b\rC\n d\n"
        );
    }

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(name("a", "b c/d.md"), "a/b c/d.md\t");
        assert_eq!(name("a", "b\"c\nж.md"), "\"a/b\\\"c\\012ж.md\"");
    }
}
