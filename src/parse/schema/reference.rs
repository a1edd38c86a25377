//! The keys of the config as `docs/config.md` shows them: one table for each mapping, in the order of the config.

use super::shape::{Key, Names, Shape};
use crate::parse::config::keys;

/// The table of one mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceTable {
    /// `site`, `site.authors`, `sources.<name>`; empty for the whole config.
    pub name: String,
    /// Each key with what it takes, its default and an example, as Markdown.
    pub rows: Vec<[&'static str; 4]>,
}

impl ReferenceTable {
    /// As Markdown.
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
    /// Definitions that have their table: what may hold itself is told once.
    told: Vec<&'static str>,
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

    fn inside(&mut self, name: &str, shape: &Shape) {
        match shape {
            Shape::Mapping(keys) | Shape::Rule(keys, _) => self.table(name, keys),
            Shape::Named(Names::Any(called) | Names::Like(called, _), value) => {
                self.inside(&format!("{name}.<{called}>"), value);
            }
            Shape::Several(item) | Shape::List(item) => self.inside(name, item),
            Shape::Either(shapes) => shapes.iter().for_each(|shape| self.inside(name, shape)),
            Shape::Defined(definition, keys) if !self.told.contains(definition) => {
                self.told.push(definition);
                self.table(name, keys());
            }
            _ => {}
        }
    }
}
