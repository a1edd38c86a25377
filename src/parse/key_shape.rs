//! A key of a schema: its name, its value as the docs describe it, and its shape as JSON Schema.

use crate::parse::tree::{Node, NodeKind, Style};
use crate::parse::yaml;
use serde_json::{Map, Value, json};

/// A key of the config. The docs show these very words.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it takes, as Markdown.
    pub says: &'static str,
    /// What holds where nothing is written: a value in backticks, or words.
    pub unset: &'static str,
    /// Values in backticks.
    pub example: &'static str,
    /// What a value looks like.
    pub shape: ValueShape,
}

/// The shape of a value.
// The tables of docs/config.md show all of it; a build for users only the schema.
#[cfg_attr(not(feature = "internals"), allow(dead_code))]
#[derive(Debug, Clone, Copy)]
pub enum ValueShape {
    /// One line of text; numbers and words like `no` are texts as well.
    Text,
    /// A text that matches an expression.
    Like(&'static str),
    /// A date: YAML readers may take it for one, or for a number.
    Date(&'static str),
    /// One of a few words.
    Choice(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Flag,
    /// A whole number of a range.
    Number(usize, usize),
    /// A mapping of known keys.
    Mapping(&'static [Key]),
    /// A mapping of known keys for one of several uses.
    Rule(&'static [Key], &'static [Use]),
    /// A mapping of names to values of one shape.
    Named(MappingNames, &'static ValueShape),
    /// One value, or a list of them.
    Several(&'static ValueShape),
    /// A list of values of one shape.
    List(&'static ValueShape),
    /// Any of these.
    Either(&'static [ValueShape]),
    /// A mapping of known keys that may hold itself, by its name among the definitions. Never empty.
    Defined(&'static str, fn() -> &'static [Key]),
    /// Any value at all.
    Any,
}

/// A use of a mapping: the keys it needs, and those that have no meaning in it.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// All of these must be there.
    pub needs: &'static [&'static str],
    /// None of these may be there.
    pub refuses: &'static [&'static str],
}

/// The names of a mapping whose keys are names.
// The tables of docs/config.md show all of it; a build for users only the schema.
#[cfg_attr(not(feature = "internals"), allow(dead_code))]
#[derive(Debug, Clone, Copy)]
pub enum MappingNames {
    /// Any name; as the docs call it.
    Any(&'static str),
    /// Names that match an expression; as the docs call them.
    Like(&'static str, &'static str),
    /// These, with what they stand for.
    Of(fn() -> Vec<(&'static str, &'static str)>),
}

/// Whether the value may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// It means the default.
    Allowed,
    /// It is a fault.
    Refused,
}

impl ValueShape {
    /// The schema of a value.
    pub fn schema(&self, blank: Blank) -> Value {
        match self {
            Self::Text => json!({ "type": types(&["string", "number", "boolean"], blank) }),
            Self::Like(pattern) => json!({ "type": types(&["string"], blank), "pattern": pattern }),
            Self::Date(pattern) => json!({ "type": types(&["string", "integer"], blank), "pattern": pattern }),
            Self::Choice(words) => {
                let mut words: Vec<Value> = words().into_iter().map(Value::from).collect();
                if blank == Blank::Allowed {
                    words.push(Value::Null);
                }
                json!({ "enum": words })
            }
            Self::Flag => json!({
                "type": types(&["boolean", "string"], blank),
                "pattern": "^([Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff])$",
            }),
            Self::Number(least, most) => {
                json!({ "type": types(&["integer"], blank), "minimum": least, "maximum": most })
            }
            Self::Mapping(keys) => mapping(keys, blank),
            Self::Rule(keys, uses) => {
                let mut schema = mapping(keys, blank);
                let one_use = |one: &Use| {
                    let refused: Vec<Value> = one.refuses.iter().map(|key| json!({ "required": [key] })).collect();
                    json!({ "required": one.needs, "not": { "anyOf": refused } })
                };
                if let Value::Object(schema) = &mut schema {
                    schema.insert("oneOf".into(), uses.iter().map(one_use).collect());
                }
                schema
            }
            Self::Named(names, value) => named(names, value, blank),
            Self::Several(item) => any_of([item.schema(blank), list(item, Blank::Refused)]),
            Self::List(item) => list(item, blank),
            Self::Either(shapes) => any_of(shapes.iter().map(|shape| shape.schema(blank))),
            Self::Defined(name, _) => json!({ "$ref": format!("#/definitions/{name}") }),
            Self::Any => json!({}),
        }
    }
}

fn types(names: &[&str], blank: Blank) -> Value {
    let null = (blank == Blank::Allowed).then_some("null");
    names.iter().copied().chain(null).collect::<Vec<_>>().into()
}

fn any_of(shapes: impl IntoIterator<Item = Value>) -> Value {
    json!({ "anyOf": shapes.into_iter().collect::<Vec<_>>() })
}

fn list(item: &ValueShape, blank: Blank) -> Value {
    json!({ "type": types(&["array"], blank), "items": item.schema(Blank::Refused) })
}

/// The schema of a mapping of known keys.
pub fn mapping(keys: &[Key], blank: Blank) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), property(key, blank))).collect();
    json!({ "type": types(&["object"], blank), "properties": properties, "additionalProperties": false })
}

fn named(names: &MappingNames, value: &ValueShape, blank: Blank) -> Value {
    let value = value.schema(blank);
    let kind = types(&["object"], blank);
    match names {
        MappingNames::Any(_) => json!({ "type": kind, "additionalProperties": value }),
        MappingNames::Like(_, pattern) => {
            json!({ "type": kind, "patternProperties": { *pattern: value }, "additionalProperties": false })
        }
        MappingNames::Of(names) => {
            let property = |(name, says): (&str, &str)| {
                let mut value = value.clone();
                if let (Value::Object(value), false) = (&mut value, says.is_empty()) {
                    value.insert("description".into(), says.into());
                }
                (name.to_owned(), value)
            };
            let properties: Map<String, Value> = names().into_iter().map(property).collect();
            json!({ "type": kind, "properties": properties, "additionalProperties": false })
        }
    }
}

/// A key's own schema, with the words of the docs.
fn property(key: &Key, blank: Blank) -> Value {
    let mut schema = match key.shape.schema(blank) {
        // In draft-07 nothing counts beside a reference.
        reference if reference.get("$ref").is_some() => json!({ "allOf": [reference] }),
        other => other,
    };
    if let Value::Object(schema) = &mut schema {
        schema.insert("description".into(), key.says.into());
        if let Some(default) = key.default() {
            schema.insert("default".into(), default);
        }
        let examples = key.examples();
        if !examples.is_empty() {
            schema.insert("examples".into(), examples.into_iter().map(value_of).collect());
        }
    }
    schema
}

impl Key {
    /// A key; the words of the docs last.
    pub const fn new(
        name: &'static str,
        shape: ValueShape,
        unset: &'static str,
        example: &'static str,
        says: &'static str,
    ) -> Self {
        Self { name, says, unset, example, shape }
    }

    /// The value that holds where nothing is written, where it is one.
    pub fn default(&self) -> Option<Value> {
        let text = self.unset.strip_prefix('`')?.strip_suffix('`').filter(|text| !text.contains('`'))?;
        Some(value_of(text))
    }

    /// The values of the example, as YAML.
    pub fn examples(&self) -> Vec<&'static str> {
        self.example.split('`').skip(1).step_by(2).collect()
    }
}

/// A value of the docs as JSON.
pub(super) fn value_of(text: &str) -> Value {
    yaml::tree(text, 1).map_or(Value::Null, |node| json_of(&node))
}

fn json_of(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar(text, Style::Quoted) => text.as_str().into(),
        NodeKind::Scalar(text, Style::Plain) => match (node.boolean(), text.parse::<u64>()) {
            (Some(flag), _) if matches!(text.as_str(), "true" | "false") => flag.into(),
            (_, Ok(number)) => number.into(),
            _ => text.as_str().into(),
        },
        NodeKind::List(items) => items.iter().map(json_of).collect(),
        NodeKind::Map(entries) => entries.iter().map(|(key, node)| (key.value.clone(), json_of(node))).collect(),
    }
}
