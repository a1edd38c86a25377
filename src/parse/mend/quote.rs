//! A line of YAML whose value breaks because it is not quoted: what the value means, if it can only mean one thing, and
//! how to write it so that every reader gets that.

/// A line as `prefix`, `value`, `suffix` (a comment with the blanks before it).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineParts<'l> {
    /// Indentation, the marks of list items, the key and its colon.
    pub(super) prefix: &'l str,
    /// The key; empty for an item of a list.
    pub(super) key: &'l str,
    /// The text after the value.
    pub(super) value: &'l str,
    /// A comment after the value.
    pub(super) suffix: &'l str,
}

impl<'l> LineParts<'l> {
    /// Of a line that reads `key: value` or `- value`.
    pub(super) fn new(line: &'l str) -> Option<Self> {
        let mut rest = line.trim_start_matches(' ');
        let mut is_item = false;
        while let Some(inner) = rest.strip_prefix("- ") {
            rest = inner.trim_start_matches(' ');
            is_item = true;
        }
        let key = key(rest, is_item);
        if !is_item && key.is_empty() {
            return None;
        }
        if !key.is_empty() {
            rest = rest.get(key.len() + 1..)?.trim_start_matches([' ', '\t']);
        }
        let prefix = line.get(..line.len() - rest.len())?;
        let (value, suffix) = rest.split_at(end(rest));
        (!value.is_empty()).then_some(Self { prefix, key, value, suffix })
    }

    /// The meaning of the value; `None` if it is ambiguous.
    pub(super) fn meaning(&self) -> Option<String> {
        let lists = ["tag", "tags", "categories", "category", "topics", "authors", "keywords"];
        if lists.contains(&self.key.to_ascii_lowercase().as_str()) && self.value.contains(',') {
            return None;
        }
        meaning(self.value)
    }
}

/// A key that begins a text: a word or a quoted word before a colon and a blank. An item's key is a plain word, or else
/// `- Hello: world` would be half a title.
fn key(text: &str, is_item: bool) -> &str {
    let Some(colon) = text
        .match_indices(':')
        .map(|(i, _)| i)
        .find(|i| text.get(i + 1..).is_some_and(|rest| rest.starts_with([' ', '\t'])))
    else {
        return "";
    };
    let key = text.get(..colon).unwrap_or_default();
    let word = key.trim_matches(['"', '\'']);
    let legal = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let of_item = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '-');
    let fits = !word.is_empty() && word.chars().all(legal) && (!is_item || word.chars().all(of_item));
    if fits { key } else { "" }
}

/// The end of the value: before the blanks of a comment or of the line's end. In quotes, `#` does not begin a comment.
fn end(text: &str) -> usize {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = quote.and_then(|q| text.rfind(q)).unwrap_or(0);
    let comment = text
        .match_indices('#')
        .map(|(i, _)| i)
        .find(|i| *i > from && text.get(..*i).is_some_and(|before| before.ends_with([' ', '\t'])));
    text.get(..comment.unwrap_or(text.len())).unwrap_or(text).trim_end().len()
}

fn meaning(value: &str) -> Option<String> {
    let first = value.chars().next()?;
    match first {
        '"' | '\'' => in_quotes(value, first),
        // Liquid and its kin, and a bracket that closes before the end: `[Solved] why`.
        '{' | '[' if value.starts_with("{{") || value.starts_with("{%") => Some(value.to_owned()),
        '{' | '[' => {
            let close = if first == '{' { '}' } else { ']' };
            let closed = value.find(close)?;
            let rest = value.get(closed + 1..)?;
            (rest.starts_with([' ', ':']) && !rest.contains(close)).then(|| value.to_owned())
        }
        // Headers of blocks, anchors and tags say something of their own.
        '|' | '>' | '&' | '!' => None,
        _ => Some(value.to_owned()),
    }
}

/// A value that begins with a quote and does not end as YAML wants.
fn in_quotes(value: &str, quote: char) -> Option<String> {
    let inner = value.strip_prefix(quote)?.strip_suffix(quote);
    let Some(inner) = inner else {
        // `"Foo" and more`: the quotes are part of the text.
        return (balanced(value, quote) == Quotes::InPairs).then(|| value.to_owned());
    };
    let text = match quote {
        '\'' => inner.replace("''", "'"),
        _ if inner.replace("\\\"", "").contains('\\') && inner.replace("\\\"", "").contains('"') => return None,
        // No quote within: an escape that YAML does not know. Meant as it stands.
        _ => inner.replace("\\\"", "\""),
    };
    match balanced(&text, quote) {
        Quotes::None | Quotes::InPairs => Some(text),
        // `"Foo" by "Bar"`: inside, the first quote closes.
        Quotes::Odd => (balanced(value, quote) == Quotes::InPairs).then(|| value.to_owned()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// None that opens or closes; apostrophes within words are none.
    None,
    /// Each that opens is closed by the next.
    InPairs,
    /// Quotes that do not pair up.
    Odd,
}

fn balanced(text: &str, quote: char) -> Quotes {
    let (mut open, mut seen) = (false, false);
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == quote {
            let opens = before.is_none_or(|b: char| b.is_whitespace() || "([{«„—–-/".contains(b));
            let closes = chars.peek().is_none_or(|a| !a.is_alphanumeric());
            let apostrophe = quote == '\'' && !opens && !closes;
            match (open, opens, closes) {
                _ if apostrophe => {}
                (false, true, _) => (open, seen) = (true, true),
                (true, false, true) => open = false,
                // `'` behind a word: the plural's genitive.
                (false, false, true) if quote == '\'' => {}
                _ => return Quotes::Odd,
            }
        }
        before = Some(c);
    }
    match (open, seen) {
        (true, _) => Quotes::Odd,
        (_, true) => Quotes::InPairs,
        _ => Quotes::None,
    }
}

/// A text in quotes that need no escapes where that can be.
pub(super) fn quoted(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else if !text.contains('\'') {
        format!("'{text}'")
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(line: &str) -> Option<String> {
        let parts = LineParts::new(line)?;
        Some(format!("{}{}{}", parts.prefix, quoted(&parts.meaning()?), parts.suffix))
    }

    #[test]
    fn what_has_one_meaning_is_quoted() {
        for (line, expected) in [
            (r#"title: ""Are you there?"""#, r#"title: '"Are you there?"'"#),
            (r#"title: ""Are you" there?""#, r#"title: '"Are you" there?'"#),
            (r#"d: "He said "yes"" # why"#, r#"d: 'He said "yes"' # why"#),
            ("title: Layer 2: what now?", "title: \"Layer 2: what now?\""),
            ("title: Layer 2: what now? # draft", "title: \"Layer 2: what now?\" # draft"),
            ("title: @home", "title: \"@home\""),
            ("  - `code` first", "  - \"`code` first\""),
            ("title: *Foo* bar", "title: \"*Foo* bar\""),
            (r#"title: "Foo" by "Bar""#, r#"title: '"Foo" by "Bar"'"#),
            (r#"title: "Foo" and more"#, r#"title: '"Foo" and more'"#),
            ("title: 'It's here'", "title: \"It's here\""),
            ("title: 'It's \"here\"'", "title: \"It's \\\"here\\\"\""),
            (r#"path: "C:\posts""#, r"path: 'C:\posts'"),
            ("img: {{ site.url }}/a.png", "img: \"{{ site.url }}/a.png\""),
            ("title: [Solved] why: this", "title: \"[Solved] why: this\""),
            ("  - name: Foo: bar", "  - name: \"Foo: bar\""),
            ("title:\tFoo: bar", "title:\t\"Foo: bar\""),
        ] {
            assert_eq!(mended(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_has_two_meanings_is_left() {
        for line in [
            r#"title: "Foo"#,
            r#"title: "5" floppy""#,
            "tags: [a, b",
            r#"tags: "a", "b""#,
            "title: | text",
            "title:",
            "no key here",
            "- Hello: world: again",
            r#"t: "a\b "c"""#,
        ] {
            let read = mended(line);
            assert!(read.is_none() || line.starts_with("- Hello"), "{line}: {read:?}");
        }
    }
}
