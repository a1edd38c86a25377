//! Literals of a JavaScript or TypeScript config: `key: "text"` with the keys around it, and `const NAME = "text"`.
//!
//! Nothing is executed: a value that is computed is no value, except `x || "text"` and `x ?? "text"`, whose text is the
//! one that holds on another machine. One pass, without recursion.

mod scan;

use std::collections::BTreeMap;

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct Literals {
    /// Dotted keys with their texts, in the order written. Calls and lists add nothing to a key.
    values: Vec<(String, Value)>,
    constants: BTreeMap<String, Value>,
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

    /// All texts of a key.
    pub fn all(&self, key: &str) -> Vec<&str> {
        let whole: Vec<_> =
            self.values.iter().filter(|(k, _)| k == key).filter_map(|(_, v)| self.resolved(v)).collect();
        if !whole.is_empty() || !key.contains('.') {
            return whole;
        }
        let ends = |k: &str| k.strip_suffix(key).is_some_and(|before| before.ends_with('.'));
        self.values.iter().filter(|(k, _)| ends(k)).filter_map(|(_, v)| self.resolved(v)).collect()
    }

    /// A word such as `true`, or a text, as written.
    pub fn word(&self, key: &str) -> Option<&str> {
        let (_, value) = self.values.iter().find(|(k, _)| k == key)?;
        match value {
            Value::Text(text) | Value::Word(text) => Some(text),
        }
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
