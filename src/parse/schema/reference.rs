//! The keys of the config as `docs/config.md` shows them: one table for each mapping, in the order of the config.

use crate::parse::config::keys;
use crate::parse::key_shape::{Key, MappingNames, ValueShape};

/// The table of one mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTable {
    /// `site`, `site.authors`, `sources.<name>`; empty for the whole config.
    pub name: String,
    /// Each key with what it takes, its default and an example, as Markdown.
    pub rows: Vec<[&'static str; 4]>,
}

impl ReferenceTable {
    /// The table as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = "| key | what it takes | default | example |\n|---|---|---|---|\n".to_owned();
        for [name, says, unset, example] in &self.rows {
            out.push_str(&format!("| `{name}` | {says} | {unset} | {example} |\n"));
        }
        out
    }
}

/// Every mapping of known keys.
pub fn reference() -> Vec<ReferenceTable> {
    let mut walk = Walk::default();
    walk.table("", &keys::ROOT);
    walk.tables
}

#[derive(Default)]
struct Walk {
    tables: Vec<ReferenceTable>,
    /// Definitions that have a table: a mapping that may hold itself is listed once.
    written: Vec<&'static str>,
}

impl Walk {
    fn table(&mut self, name: &str, keys: &[Key]) {
        let rows = keys.iter().map(|key| [key.name, key.says, key.unset, key.example]).collect();
        self.tables.push(ReferenceTable { name: name.to_owned(), rows });
        for key in keys {
            let full = if name.is_empty() { key.name.to_owned() } else { format!("{name}.{}", key.name) };
            self.inside(&full, &key.shape);
        }
    }

    fn inside(&mut self, name: &str, shape: &ValueShape) {
        match shape {
            ValueShape::Mapping(keys) | ValueShape::Rule(keys, _) => self.table(name, keys),
            ValueShape::Named(MappingNames::Any(called) | MappingNames::Like(called, _), value) => {
                self.inside(&format!("{name}.<{called}>"), value);
            }
            ValueShape::Several(item) | ValueShape::List(item) => self.inside(name, item),
            ValueShape::Either(shapes) => shapes.iter().for_each(|shape| self.inside(name, shape)),
            ValueShape::Defined(definition, keys) if !self.written.contains(definition) => {
                self.written.push(definition);
                self.table(name, keys());
            }
            _ => {}
        }
    }
}
