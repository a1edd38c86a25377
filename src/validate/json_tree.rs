//! JSON with places, for messages that point to a key. serde_json checks the syntax first, so the input is
//! well-formed and its depth limited.

use std::borrow::Cow;

/// A value and the byte where it begins.
#[derive(Debug)]
pub(super) struct JsonNode<'a> {
    pub at: usize,
    pub kind: JsonKind<'a>,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum JsonKind<'a> {
    /// `null`, `true`, `false`, or a number, as written.
    Literal(&'a str),
    /// A string, escapes resolved.
    Text(Cow<'a, str>),
    /// A JSON array.
    List(Vec<JsonNode<'a>>),
    /// An object, keys in order, twins kept.
    Object(Vec<(Cow<'a, str>, JsonNode<'a>)>),
}

impl<'a> JsonNode<'a> {
    /// The value of a key.
    pub(super) fn key(&self, name: &str) -> Option<&JsonNode<'a>> {
        match &self.kind {
            JsonKind::Object(pairs) => pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            JsonKind::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a whole text that serde_json has accepted.
pub(super) fn read(text: &str) -> Option<JsonNode<'_>> {
    Reader { text, at: 0 }.value()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.get(self.at..)?;
        self.at += rest.len() - rest.trim_ascii_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn value(&mut self) -> Option<JsonNode<'a>> {
        let first = self.peek()?;
        let at = self.at;
        let kind = match first {
            b'{' => JsonKind::Object(self.pairs()?),
            b'[' => JsonKind::List(self.list()?),
            b'"' => JsonKind::Text(self.string()?),
            _ => {
                let rest = self.text.get(at..)?;
                let end = rest.find(|c: char| c.is_ascii_whitespace() || ",]}".contains(c)).unwrap_or(rest.len());
                self.at += end;
                JsonKind::Literal(rest.get(..end)?)
            }
        };
        Some(JsonNode { at, kind })
    }

    fn list(&mut self) -> Option<Vec<JsonNode<'a>>> {
        let mut values = Vec::new();
        self.at += 1;
        while self.peek()? != b']' {
            values.push(self.value()?);
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(values)
    }

    fn pairs(&mut self) -> Option<Vec<(Cow<'a, str>, JsonNode<'a>)>> {
        let mut pairs = Vec::new();
        self.at += 1;
        while self.peek()? != b'}' {
            let key = self.string()?;
            self.peek()?;
            self.at += 1; // The colon.
            pairs.push((key, self.value()?));
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(pairs)
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let rest = self.text.get(self.at + 1..)?;
        let mut escaped = false;
        let end = rest.bytes().position(|b| {
            let ends = b == b'"' && !escaped;
            escaped = b == b'\\' && !escaped;
            ends
        })?;
        let raw = rest.get(..end)?;
        let whole = self.text.get(self.at..self.at + end + 2)?;
        self.at += end + 2;
        if raw.contains('\\') { serde_json::from_str(whole).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(raw)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_are() {
        let text = "{ \"a\\n\\\"\" : [1, \"b\", {}, []] , \"c\":null}";
        let root = read(text).unwrap();
        let JsonKind::List(list) = &root.key("a\n\"").unwrap().kind else { panic!() };
        assert_eq!(list.iter().map(|v| text.as_bytes()[v.at]).collect::<Vec<_>>(), b"1\"{[");
        assert!(matches!(root.key("c").unwrap().kind, JsonKind::Literal("null")));
    }
}
