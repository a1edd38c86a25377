//! JSON → the untyped tree. Strings become texts; numbers and words keep their source text; duplicate keys are kept.
//!
//! Each level is read into raw slices of the text, which keep their offsets. Nesting is bounded, so that reading a
//! slice once per level stays cheap. Half a surrogate pair (`\ud800`) becomes U+FFFD, which the field reader removes.

use super::tree::{Node, NodeKind, Style, TreeFault};
use crate::model::{Lines, Located};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Levels of arrays and objects.
const DEPTH: usize = 64;

/// Reads a JSON document. `first_line`: the line of the file on which the text begins.
pub fn tree(text: &str, first_line: u32) -> Result<Node, TreeFault> {
    let text = super::escapes::readable(text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = super::escapes::without_lone_surrogates(&text);
    let lines = Lines::new(&*text, first_line);
    if text.trim().is_empty() {
        return Ok(Node { at: lines.place(0..0), kind: NodeKind::Map(Vec::new()) });
    }
    let raw: &RawValue = serde_json::from_str(&text).map_err(|error| syntax(&error, &text, &lines))?;
    Reader { text: &text, lines: &lines }.node(raw, 0)
}

struct Reader<'t> {
    text: &'t str,
    lines: &'t Lines<'t>,
}

impl Reader<'_> {
    fn node(&self, raw: &RawValue, depth: usize) -> Result<Node, TreeFault> {
        let start = self.offset(raw.get());
        let at = self.lines.place(start..start + raw.get().len());
        let fault = |message: String| TreeFault { at, message };
        if depth > DEPTH {
            return Err(fault(format!("it is nested deeper than {DEPTH} levels")));
        }
        let plain = |error: serde_json::Error| fault(words(&error));
        let kind = match raw.get().as_bytes().first() {
            Some(b'{') => {
                let Entries(entries) = serde_json::from_str(raw.get()).map_err(plain)?;
                let mut end = start + 1;
                let mut read = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let from = self.offset(value.get());
                    read.push((self.key(key, end, from), self.node(value, depth + 1)?));
                    end = from + value.get().len();
                }
                NodeKind::Map(read)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(plain)?;
                NodeKind::List(items.into_iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => NodeKind::Scalar(serde_json::from_str(raw.get()).map_err(plain)?, Style::Quoted),
            Some(b'n') => NodeKind::Null,
            _ => NodeKind::Scalar(raw.get().to_owned(), Style::Plain),
        };
        Ok(Node { at, kind })
    }

    /// A key lies between the value before it and its own: from the first quote to the last.
    fn key(&self, key: String, from: usize, to: usize) -> Located<String> {
        let gap = self.text.get(from..to).unwrap_or_default();
        let open = from + gap.find('"').unwrap_or(0);
        let close = from + gap.rfind('"').map_or(gap.len(), |i| i + 1);
        Located::new(key, self.lines.place(open..close))
    }

    /// Where a slice of the text begins in it.
    fn offset(&self, slice: &str) -> usize {
        (slice.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }
}

/// The entries of an object in the order written, including duplicates.
struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn syntax(error: &serde_json::Error, text: &str, lines: &Lines<'_>) -> TreeFault {
    // The reader gives a line and a column in bytes, both from 1; the column is that of the last byte it took.
    let line_start = match error.line().checked_sub(2) {
        Some(n) => text.match_indices('\n').nth(n).map_or(text.len(), |(i, _)| i + 1),
        None => 0,
    };
    let byte = (line_start + error.column().saturating_sub(1)).min(text.trim_end().len());
    TreeFault { at: lines.place(byte..byte + 1), message: words(error) }
}

fn words(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "it ends before all brackets and quotes are closed".into();
    }
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    match message {
        "trailing comma" => "a value is expected after a comma".into(),
        "trailing characters" => "there is more text after the closing bracket".into(),
        "key must be a string" => "a key in double quotes is expected here".into(),
        "recursion limit exceeded" => format!("it is nested deeper than {DEPTH} levels"),
        other => other.to_owned(),
    }
}

/// Why serde refused JSON, without the text that it refused: of a file that may hold anything, nothing is repeated.
pub(crate) fn refusal(why: &serde_json::Error) -> String {
    match why.classify() {
        serde_json::error::Category::Data => {
            format!("a key is missing or has another kind of value at line {} column {}", why.line(), why.column())
        }
        _ => why.to_string(),
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
        let node = ok(r#"{"a": "x\n\u0436\/", "b": 1.50, "c": true, "d": null, "e": "null", "f": [], "a": -1e3}"#);
        let kinds: Vec<_> = node.entries().unwrap().iter().map(|(_, n)| n.kind.clone()).collect();
        assert_eq!(kinds[0], NodeKind::Scalar("x\nж/".into(), Style::Quoted));
        assert_eq!(kinds[1], NodeKind::Scalar("1.50".into(), Style::Plain));
        assert_eq!(kinds[2..4], [NodeKind::Scalar("true".into(), Style::Plain), NodeKind::Null]);
        assert_eq!(kinds[4..6], [NodeKind::Scalar("null".into(), Style::Quoted), NodeKind::List(vec![])]);
        assert_eq!(node.entry("a").unwrap().text(), Some("-1e3"));
        assert_eq!(ok(" \n").kind, NodeKind::Map(vec![]));
        assert_eq!(ok("[1]").items().len(), 1);
    }

    #[test]
    fn places_are_those_of_the_file() {
        let node = tree("\u{feff}{\r\n\t\"ж\": [1,\r\n  {\"a\\\"b\" : \"y\"}],\r\n\t\"z\"\r\n: 2}", 3).unwrap();
        assert_eq!(node.at, Place::new(3, 1, 2));
        let keys: Vec<_> = node.entries().unwrap().iter().map(|(k, _)| k.at).collect();
        assert_eq!(keys, [Place::new(4, 2, 3), Place::new(6, 2, 3)]);
        let inner = &node.entry("ж").unwrap().items()[1];
        assert_eq!(inner.entries().unwrap()[0].0, Located::new("a\"b".into(), Place::new(5, 4, 6)));
        assert_eq!(node.entry("z").unwrap().at, Place::new(7, 3, 1));
    }

    #[test]
    fn half_characters_and_controls_are_left_to_the_field() {
        let node = ok("{\"a\": \"x\\ud800y\", \"b\\udc00\": \"\u{1}\", \"c\": \"\\u0000\"}");
        assert_eq!(node.entry("a").unwrap().text(), Some("x\u{fffd}y"));
        assert_eq!(node.entry("b\u{fffd}").unwrap().text(), Some("\u{fffd}"));
        assert_eq!(node.entry("c").unwrap().text(), Some("\0"));
    }

    #[test]
    fn faults_point_to_the_culprit() {
        let cases = [
            ("{\n \"a\": 1,\n}", (3, 1), "a key in double quotes"),
            ("{\n \"a\": nope}", (2, 8), "expected ident"),
            ("{\"a\": 1} x", (1, 10), "there is more text"),
            ("{\"a\": [1}", (1, 9), "expected `,` or `]`"),
            ("{a: 1}", (1, 2), "a key"),
            ("{\"a\": \"x\n", (1, 9), ""),
            ("{\"a\": 1\n\n", (1, 9), "it ends"),
        ];
        for (text, (line, column), words) in cases {
            let fault = tree(text, 1).unwrap_err();
            assert!(fault.message.starts_with(words), "{text:?}: {}", fault.message);
            assert!(fault.at.line == line && fault.at.column.abs_diff(column) <= 1, "{text:?}: {:?}", fault);
            assert!(!fault.message.contains("line"), "{}", fault.message);
        }
    }

    #[test]
    fn a_refusal_repeats_nothing_of_the_text() {
        for text in ["{\"version\": \"SECRET\"}", "{\"SECRET\": 1", "[SECRET]", "\"SECRET\"", "{\"version\": 1} SECRET"]
        {
            let why = serde_json::from_str::<std::collections::BTreeMap<String, u32>>(text).unwrap_err();
            assert!(!refusal(&why).contains("SECRET") && refusal(&why).contains("line 1"), "{}", refusal(&why));
        }
    }

    #[test]
    fn bombs_end() {
        let texts = [
            "[".repeat(65_000),
            "{\"a\":".repeat(12_000),
            "[".repeat(100) + &"]".repeat(100),
            "[".repeat(60) + &"1,".repeat(30_000) + "1" + &"]".repeat(60),
            "{".to_owned() + &"\"a\":1,".repeat(10_000) + "\"a\":1}",
            "\"".to_owned() + &"\\ud800".repeat(10_000) + "\"",
        ];
        for text in &texts {
            drop(tree(text, 1));
        }
        assert!(tree(&texts[2], 1).unwrap_err().message.contains("nested deeper"));
    }
}
