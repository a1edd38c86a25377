//! Literals of a JavaScript or TypeScript config: `key: "text"` with the keys around it, and `const NAME = "text"`.
//!
//! Nothing is executed. Computed values are skipped, except `x || "text"` and `x ?? "text"`, whose text is the value on
//! a machine without the variable. One pass, without recursion.

mod scan;

use std::collections::BTreeMap;

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct Literals {
    /// Dotted keys with their texts, in the order written. Calls and lists add nothing to a key.
    values: Vec<Said>,
    constants: BTreeMap<String, Value>,
}

#[derive(Debug, Clone)]
struct Said {
    key: String,
    value: Value,
    /// How many brackets are open around it: the config itself lies higher up than what a function in it returns.
    depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Text(String),
    /// A name, a number, `true`.
    Word(String),
}

impl Literals {
    /// Reads a file.
    pub fn new(text: &str) -> Self {
        scan::literals(text)
    }

    /// The first text of a key: the whole dotted key, or else one that ends with it.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.all(key).into_iter().next()
    }

    /// All texts of a key, of those that lie highest up.
    pub fn all(&self, key: &str) -> Vec<&str> {
        let whole = self.highest(|known| known == key);
        if !whole.is_empty() || !key.contains('.') {
            return whole;
        }
        self.highest(|known| known.strip_suffix(key).is_some_and(|before| before.ends_with('.')))
    }

    fn highest(&self, is_meant: impl Fn(&str) -> bool) -> Vec<&str> {
        let texts = || {
            let meant = self.values.iter().filter(|said| is_meant(&said.key));
            meant.filter_map(|said| Some((said.depth, self.resolved(&said.value)?)))
        };
        let least = texts().map(|(depth, _)| depth).min();
        texts().filter(|(depth, _)| Some(*depth) == least).map(|(_, text)| text).collect()
    }

    /// A word such as `true`, or a text, as written.
    pub fn word(&self, key: &str) -> Option<&str> {
        let said = self.values.iter().filter(|said| said.key == key).min_by_key(|said| said.depth)?;
        match &said.value {
            Value::Text(text) | Value::Word(text) => Some(text),
        }
    }

    /// All texts and words of a key, or of one that ends with it, as written.
    pub fn written(&self, key: &str) -> Vec<&str> {
        let is_meant =
            |known: &str| known.strip_suffix(key).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        let meant = self.values.iter().filter(|said| is_meant(&said.key));
        meant
            .map(|said| match &said.value {
                Value::Text(text) | Value::Word(text) => text.as_str(),
            })
            .collect()
    }

    /// The text of a constant.
    pub fn constant(&self, name: &str) -> Option<&str> {
        match self.constants.get(name)? {
            Value::Text(text) => Some(text),
            Value::Word(_) => None,
        }
    }

    fn resolved<'a>(&'a self, value: &'a Value) -> Option<&'a str> {
        match value {
            Value::Text(text) => Some(text),
            Value::Word(name) => self.constant(name),
        }
    }
}

#[cfg(test)]
mod tests;
