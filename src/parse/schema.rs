//! JSON Schemas of `feedmill.yaml` and of front matter, for editors. They are made only from the tables of keys.
//!
//! The dialect is draft-07, because every editor reads it and few read later ones. A schema accepts everything that
//! feedmill accepts, except rare spellings (numbers in quotes, codes in lower case).

#[cfg(feature = "internals")]
mod reference;

#[cfg(feature = "internals")]
pub use reference::{ReferenceTable, reference};

use super::config::keys;
use super::fields::usual;
use super::key_shape::{self, ValueShape};
use serde_json::{Map, Value, json};

const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of `feedmill.yaml`.
pub fn config() -> Value {
    let mut schema = json!({
        "$schema": DIALECT,
        "title": "feedmill.yaml",
        "description": "The config of feedmill, which makes RSS, Atom and JSON Feed from Markdown articles.",
    });
    let condition = key_shape::mapping(&keys::CONDITION, key_shape::Blank::Refused);
    if let Value::Object(all) = &mut schema {
        all.extend(object(key_shape::mapping(&keys::ROOT, key_shape::Blank::Allowed)));
        let mut definition = object(condition);
        definition.insert("minProperties".into(), json!(1));
        all.insert("definitions".into(), json!({ keys::CONDITION_NAME: definition }));
    }
    schema
}

/// The schema of an article's front matter. Keys that feedmill does not know are other programs' own.
pub fn article() -> Value {
    let mut properties = Map::new();
    for row in usual::rows() {
        for name in &row.keys {
            insert(&mut properties, name, &row.shape(), &row.says);
        }
    }
    json!({
        "$schema": DIALECT,
        "title": "front matter",
        "description": "The keys of an article's front matter that feedmill reads; other keys are ignored.",
        "type": "object",
        "properties": properties,
    })
}

/// The fields of an article: name, keys, what they take.
#[cfg(feature = "internals")]
pub fn fields() -> Vec<(&'static str, &'static [String], &'static str)> {
    let rows = usual::rows().iter().filter(|row| !row.beside);
    rows.map(|row| (row.name.as_str(), row.keys.as_slice(), row.says.as_str())).collect()
}

/// A property by its name; `a.b` is `b` inside `a`. A key that means two things may hold either.
fn insert(properties: &mut Map<String, Value>, name: &str, shape: &ValueShape, says: &str) {
    if let Some((outer, inner)) = name.split_once('.') {
        let outer = properties.entry(outer).or_insert_with(|| json!({}));
        let inside = outer.as_object_mut().map(|outer| outer.entry("properties").or_insert_with(|| json!({})));
        if let Some(inside) = inside.and_then(Value::as_object_mut) {
            insert(inside, inner, shape, says);
        }
        return;
    }
    let schema = shape.schema(key_shape::Blank::Allowed);
    let says = says.to_owned();
    let (schema, says) = match properties.remove(name) {
        Some(before) => {
            let said = before.get("description").and_then(Value::as_str).unwrap_or_default();
            let says = format!("{said}; or: {says}");
            (json!({ "anyOf": [before, schema] }), says)
        }
        None => (schema, says),
    };
    let mut schema = object(schema);
    schema.insert("description".into(), says.into());
    properties.insert(name.to_owned(), schema.into());
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests;
