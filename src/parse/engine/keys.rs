//! Look-ups in the trees of YAML, TOML and JSON configs. Keys are dotted and case-insensitive, as in Hugo.

use crate::parse::tree::Node;
use crate::parse::{json, toml, yaml};

/// The tree of a file, by the extension of its name.
pub fn tree(path: &str, text: &str) -> Option<Node> {
    match path.rsplit_once('.')?.1 {
        "yml" | "yaml" => yaml::tree(text, 1),
        "toml" => toml::tree(text, 1),
        "json" => json::tree(text, 1),
        _ => return None,
    }
    .ok()
}

/// The value of a dotted key.
pub fn at<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    key.split('.').try_fold(node, |node, part| {
        let entries = node.entries()?;
        entries.iter().rev().find(|(name, _)| name.value.eq_ignore_ascii_case(part)).map(|(_, value)| value)
    })
}

/// The text of the first of some dotted keys that has one.
pub fn text<'n>(node: &'n Node, keys: &[&str]) -> Option<&'n str> {
    keys.iter().filter_map(|key| at(node, key)?.text()).find(|text| !text.trim().is_empty())
}

/// The names in a mapping.
pub fn names(node: &Node) -> impl Iterator<Item = &str> {
    node.entries().unwrap_or_default().iter().map(|(name, _)| name.value.as_str())
}
