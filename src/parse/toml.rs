//! TOML → the untyped tree. Dates and numbers keep their source text; strings become texts.
//!
//! TOML refuses duplicate keys, but front matter has them: if a plain `key = value` line of the top table has a
//! duplicate, both are kept, as in YAML. Any other syntax error is reported.

use super::tree::{Node, NodeKind, Style, TreeFault};
use crate::model::{Lines, Located};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Error};

/// The maximum number of duplicates; each costs a reading of the rest.
const TWINS: usize = 16;

/// Reads a TOML document. `first_line`: the line of the file on which the text begins.
pub fn tree(text: &str, first_line: u32) -> Result<Node, TreeFault> {
    let text = super::escapes::readable(text.strip_prefix('\u{feff}').unwrap_or(text));
    read(&text, first_line).or_else(|fault| match super::escapes::without_lone_surrogates(&text) {
        Cow::Owned(mended) => read(&mended, first_line),
        Cow::Borrowed(_) => Err(fault),
    })
}

fn read(text: &str, first_line: u32) -> Result<Node, TreeFault> {
    let lines = Lines::new(text, first_line);
    let reader = Reader { text, lines: &lines, offset: 0 };
    let (table, errors) = DeTable::parse_recoverable(text);
    let (twins, faults): (Vec<_>, Vec<_>) = errors.into_iter().partition(|e| e.message() == "duplicate key");
    if let Some(error) = faults.first() {
        return Err(reader.fault(error));
    }
    let mut entries = reader.entries(table.get_ref());
    for (n, error) in twins.iter().enumerate() {
        let twin = if n < TWINS { reader.twin(error, &entries) } else { None };
        entries.push(twin.ok_or_else(|| reader.fault(error))?);
    }
    entries.sort_by_key(|(key, _)| key.at);
    Ok(Node { at: entries.first().map_or(lines.place(0..0), |(key, _)| key.at), kind: NodeKind::Map(entries) })
}

struct Reader<'t> {
    text: &'t str,
    lines: &'t Lines<'t>,
    /// Where the text that was parsed begins in the whole.
    offset: usize,
}

type Entry = (Located<String>, Node);

impl Reader<'_> {
    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let bytes = self.bytes(value.span());
        let kind = match value.get_ref() {
            DeValue::String(text) => NodeKind::Scalar(text.to_string(), Style::Quoted),
            DeValue::Array(items) => NodeKind::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => NodeKind::Map(self.entries(table)),
            _ => NodeKind::Scalar(self.text.get(bytes.clone()).unwrap_or_default().trim().to_owned(), Style::Plain),
        };
        Node { at: self.lines.place(bytes), kind }
    }

    /// The table sorts its keys; the places tell the order written.
    fn entries(&self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut entries: Vec<_> = table.iter().map(|(key, value)| (self.key(key), self.node(value))).collect();
        entries.sort_by_key(|(key, _)| key.at);
        entries
    }

    fn key(&self, key: &Spanned<DeString<'_>>) -> Located<String> {
        Located::new(key.get_ref().to_string(), self.lines.place(self.bytes(key.span())))
    }

    /// The entry of the top table that the parser refused because its key was there already.
    fn twin(&self, error: &Error, known: &[Entry]) -> Option<Entry> {
        let start = error.span()?.start;
        let (before, rest) = self.text.split_at_checked(start)?;
        let in_top_table = !before.lines().any(|line| line.trim_start().starts_with('['));
        let begins_line = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        let (table, _) = DeTable::parse_recoverable(rest);
        let (key, value) = table.get_ref().iter().find(|(key, _)| key.span().start == 0)?;
        let reader = Reader { offset: start, ..*self };
        let entry = (reader.key(key), reader.node(value));
        let has_twin = known.iter().any(|(key, _)| key.value == entry.0.value);
        (in_top_table && begins_line && has_twin).then_some(entry)
    }

    fn bytes(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.offset..span.end + self.offset
    }

    fn fault(&self, error: &Error) -> TreeFault {
        let span = error.span().unwrap_or(0..0);
        // An end of the text is reported on the line after it.
        let start = span.start.min(self.text.trim_end().len());
        let message = match error.message() {
            "duplicate key" => "a key is written twice".into(),
            other => other.lines().collect::<Vec<_>>().join("; "),
        };
        TreeFault { at: self.lines.place(start..span.end.max(start + 1)), message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn ok(text: &str) -> Node {
        tree(text, 1).unwrap()
    }

    #[test]
    fn values_keep_what_was_written() {
        let node = ok("a = \"x\"\nb = 2020-01-02 # day\nc = 2020-01-02 03:04:05Z\nd = 1_000\ne = true\nf = 1e3\n");
        let kinds: Vec<_> = node.entries().unwrap().iter().map(|(_, n)| n.kind.clone()).collect();
        let plain = |s: &str| NodeKind::Scalar(s.into(), Style::Plain);
        assert_eq!(kinds[0], NodeKind::Scalar("x".into(), Style::Quoted));
        assert_eq!(kinds[1..4], [plain("2020-01-02"), plain("2020-01-02 03:04:05Z"), plain("1_000")]);
        assert_eq!(kinds[4..], [plain("true"), plain("1e3")]);
        assert_eq!(ok("").kind, NodeKind::Map(vec![]));
    }

    #[test]
    fn places_and_order_are_those_of_the_file() {
        let node = tree("\u{feff}title = 'ж'\r\nb.c = 1\r\n[extra]\r\nz = [1,\r\n 2]\r\na = {k = 'v'}\r\n", 2).unwrap();
        let keys: Vec<_> = node.entries().unwrap().iter().map(|(k, _)| (k.value.as_str(), k.at.line)).collect();
        assert_eq!(keys, [("title", 2), ("b", 3), ("extra", 4)]);
        assert_eq!(node.entry("title").unwrap().at, Place::new(2, 9, 3));
        let extra = node.entry("extra").unwrap();
        assert_eq!(extra.entry("z").unwrap().items()[1].at, Place::new(6, 2, 1));
        assert_eq!(extra.entry("a").unwrap().entry("k").unwrap().at, Place::new(7, 10, 3));
    }

    #[test]
    fn twins_of_the_top_table_are_kept() {
        let node = ok("a = 1\nb = 2\na = 'x'\n[t]\nc = 1\n");
        let seen: Vec<_> =
            node.entries().unwrap().iter().map(|(k, v)| (k.value.as_str(), k.at.line, v.text())).collect();
        assert_eq!(seen, [("a", 1, Some("1")), ("b", 2, Some("2")), ("a", 3, Some("x")), ("t", 4, None)]);
        for text in ["[t]\na = 1\na = 2\n", "[t]\n[t]\n", "a.b = 1\na.b = 2\n", "x = {a = 1, a = 2}"] {
            let fault = tree(text, 1).unwrap_err();
            assert_eq!(fault.message, "a key is written twice", "{text}");
        }
    }

    #[test]
    fn faults_have_places_and_bad_characters_do_not_count() {
        let fault = tree("a = 1\nb = \n", 5).unwrap_err();
        assert_eq!(fault.at.line, 6, "{}", fault.message);
        assert!(!fault.message.contains('\n') && !fault.message.contains("line"));
        assert_eq!(ok("b = '\\ud800'").entry("b").unwrap().text(), Some("\\ud800"));
        assert!(tree("a = b", 1).is_err() && tree("a = \"x\n", 1).is_err());
        assert_eq!(ok("a = 'x\u{8}'\nb = \"\\ud800\"").entry("a").unwrap().text(), Some("x\u{fffd}"));
    }

    #[test]
    fn bombs_end() {
        let texts = [
            "a = ".to_owned() + &"[".repeat(65_000),
            "a = ".to_owned() + &"{a=".repeat(20_000),
            "a".to_owned() + &".a".repeat(30_000) + " = 1",
            "[".to_owned() + &"a.".repeat(30_000) + "a]",
            "a = 1\n".repeat(10_000),
            "[[a]]\n".repeat(10_000),
            "\\ud800".repeat(10_000),
            "=\n".repeat(30_000),
        ];
        for text in texts {
            drop(tree(&text, 1));
        }
    }
}
