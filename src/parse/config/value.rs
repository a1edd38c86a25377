//! A value of the config, and how messages show it.

use crate::parse::tree::Node;

/// A value of the config under its full name.
#[derive(Debug, Clone)]
pub struct ConfigValue<'n> {
    /// The full name, such as `site.title`.
    pub name: String,
    /// What was written; never null.
    pub node: &'n Node,
}

/// A value as messages show it: not longer than a line bears.
pub fn short(text: &str) -> String {
    const MAX_QUOTED_CHARACTERS: usize = 60;
    match text.char_indices().nth(MAX_QUOTED_CHARACTERS) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}
