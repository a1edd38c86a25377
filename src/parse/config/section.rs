//! A mapping of the config, which records the keys that were read from it.

use super::reader::ConfigReader;
use super::value::{ConfigValue, short};
use crate::diagnostic::{Code, nearest};
use crate::model::Located;
use crate::parse::tree::Node;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A mapping being read. Ask for every key with [`Section::take`], then call [`Section::finish`].
#[derive(Debug)]
pub struct Section<'n> {
    /// `site`, `sources.DeFiBank`; empty for the whole config.
    pub name: String,
    entries: &'n [(Located<String>, Node)],
    asked: Vec<&'static str>,
}

impl<'n> Section<'n> {
    /// The whole config, which is known to be a mapping.
    pub fn root(node: &'n Node, reader: &mut ConfigReader<'_>) -> Self {
        Self::new(String::new(), node.entries().unwrap_or_default(), reader)
    }

    /// An item that should be a mapping; anything else is reported, and taken for an empty one.
    pub fn from_field(field: ConfigValue<'n>, reader: &mut ConfigReader<'_>) -> Self {
        match field.node.entries() {
            Some(entries) => Self::new(field.name, entries, reader),
            None => {
                reader.wrong(&field, "a mapping of keys");
                Self::new(field.name, &[], reader)
            }
        }
    }

    /// The mapping under a key, empty when nothing is written there.
    pub fn section(&mut self, key: &'static str, reader: &mut ConfigReader<'_>) -> Self {
        match self.take(key) {
            Some(field) => Self::from_field(field, reader),
            None => Self::new(full_name(&self.name, key), &[], reader),
        }
    }

    /// The value of a key, unless nothing is written there.
    pub fn take(&mut self, key: &'static str) -> Option<ConfigValue<'n>> {
        self.asked.push(key);
        let (_, node) = self.entries.iter().rev().find(|(k, node)| k.value == key && !node.is_null())?;
        Some(ConfigValue { name: full_name(&self.name, key), node })
    }

    /// Every entry, for a mapping whose keys are names. Nothing is unknown in it.
    pub fn names(self) -> impl Iterator<Item = (&'n Located<String>, ConfigValue<'n>)> {
        self.entries.iter().map(move |(key, node)| (key, ConfigValue { name: full_name(&self.name, &key.value), node }))
    }

    /// Reports the keys that no section has read.
    pub fn finish(self, reader: &mut ConfigReader<'_>) {
        for (key, _) in self.entries.iter().filter(|(key, _)| !self.asked.contains(&key.value.as_str())) {
            let help = match (nearest(&key.value, self.asked.iter().copied()), reader.section_that_knows(&key.value)) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, Some(section)) if section != self.name => format!("`{}` belongs under `{section}:`", key.value),
                _ => format!("known keys: {}", self.asked.join(", ")),
            };
            let message = match self.name.as_str() {
                "" => format!("the config has no key `{}`", short(&key.value)),
                name => format!("`{}` has no key `{}`", short(name), short(&key.value)),
            };
            reader.report(Code::UnknownKey, key.at, message, Some(help));
        }
        reader.learn(&self.name, &self.asked);
    }

    fn new(name: String, entries: &'n [(Located<String>, Node)], reader: &mut ConfigReader<'_>) -> Self {
        let mut lines = BTreeMap::new();
        for (key, _) in entries {
            match lines.entry(key.value.as_str()) {
                Entry::Vacant(first) => {
                    first.insert(key.at.line);
                }
                Entry::Occupied(first) => {
                    let name = full_name(&name, &key.value);
                    let message = format!("`{}` is written twice, first on line {}", short(&name), first.get());
                    reader.report(Code::BadValue, key.at, message, Some("keep one of them".into()));
                }
            }
        }
        Self { name, entries, asked: Vec::new() }
    }
}

fn full_name(section: &str, key: &str) -> String {
    if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") }
}
