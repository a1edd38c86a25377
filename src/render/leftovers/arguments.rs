//! The arguments in a tag after its name, in the dialects of Liquid, Nunjucks, Hugo, Zola and Hexo:
//! `a "b c" key=d key: 'e', f=["g"]` → positional texts and named ones.
//!
//! Nothing is refused: what cannot be split is a text. Of thousands of arguments, only the first ones are read.

/// Arguments read of one tag.
const MAX_ARGUMENTS: usize = 64;

/// The arguments of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments {
    /// In order, quotes taken off.
    pub positional: Vec<String>,
    /// Name (lower case) and value, in order.
    pub named: Vec<(String, String)>,
}

impl Arguments {
    /// Splits the source of the arguments.
    pub fn parse(written: &str) -> Self {
        let mut found = Self::default();
        let mut rest = written.trim_start_matches(separates);
        while !rest.is_empty() && found.positional.len() + found.named.len() < MAX_ARGUMENTS {
            let (name, after) = key(rest).unwrap_or(("", rest));
            let (text, next) = value(after);
            match name {
                "" => found.positional.push(text),
                name => found.named.push((name.to_lowercase(), text)),
            }
            rest = next.trim_start_matches(separates);
        }
        found
    }

    /// The first of these names that is there with a value.
    pub fn named(&self, names: &[&str]) -> Option<&str> {
        let find = |name: &&str| self.named.iter().find(|(known, value)| known == name && !value.is_empty());
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    /// The positional argument at this place, from 0.
    pub fn at(&self, place: usize) -> Option<&str> {
        self.positional.get(place).map(String::as_str).filter(|text| !text.is_empty())
    }
}

fn separates(c: char) -> bool {
    c.is_whitespace() || c == ','
}

/// `key=` or `key: ` at the beginning, and the rest.
fn key(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric() && !"_-.@".contains(c)).filter(|end| *end > 0)?;
    let (name, after) = text.split_at_checked(end)?;
    let after = after.trim_start_matches([' ', '\t']);
    match after.strip_prefix('=') {
        Some(value) if !value.starts_with('=') => Some((name, value.trim_start())),
        Some(_) => None,
        None => after
            .strip_prefix(": ")
            .or(after.strip_prefix(":\"").and(after.strip_prefix(':')))
            .map(|v| (name, v.trim_start())),
    }
}

fn value(text: &str) -> (String, &str) {
    let pair = match text.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => Some((quote, quote)),
        Some('“') => Some(('“', '”')),
        Some('[') => Some(('[', ']')),
        _ => None,
    };
    let quoted = pair.and_then(|(open, close)| quoted(text.strip_prefix(open)?, close));
    quoted.unwrap_or_else(|| {
        let end = text.find(separates).filter(|end| *end > 0).unwrap_or(text.len());
        let (bare, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        (bare.to_owned(), rest)
    })
}

/// Up to the closing quote; a backslash keeps the next one.
fn quoted(text: &str, close: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == close => return Some((out, text.get(at + c.len_utf8()..).unwrap_or_default())),
            '\\' if close != '`' => match chars.next() {
                Some((_, next)) if next == close || next == '\\' => out.push(next),
                Some((_, next)) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_split() {
        let of = Arguments::parse(
            " figure.html src=\"a b.png\", Alt='it\\'s' width=10 n: \"x\" `y z` [\"q\", 1] 16:9 “s t” ",
        );
        assert_eq!(of.positional, ["figure.html", "y z", "\"q\", 1", "16:9", "s t"]);
        assert_eq!(of.named(&["title", "alt"]), Some("it's"));
        assert_eq!(of.named(&["src"]), Some("a b.png"));
        assert_eq!((of.named(&["width"]), of.named(&["n"]), of.at(0)), (Some("10"), Some("x"), Some("figure.html")));
        assert_eq!(Arguments::parse("\"unclosed a=b").positional, ["\"unclosed"]);
        assert_eq!(Arguments::parse("a lang:rust http://x.y/z").positional, ["a", "lang:rust", "http://x.y/z"]);
        assert_eq!(Arguments::parse(&"\"".repeat(100_001)).positional.len(), MAX_ARGUMENTS);
    }
}
