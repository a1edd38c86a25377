//! Reads paths of YAML files, one a line; writes the tree of each as one line of JSON: `{"tree": …}` or `{"fault": "…"}`.
//! A mapping is `{"map": [[key, value], …]}` with its twins, a list `{"list": […]}`, a scalar its text, nothing `null`.
//! `yaml_trees.py` compares them with PyYAML's.
#![allow(clippy::print_stdout)]

use feedmill::internals::parse::tree::{Node, NodeKind};
use feedmill::internals::parse::yaml_tree;
use serde_json::{Value, json};
use std::io::BufRead;

fn main() -> std::io::Result<()> {
    for path in std::io::stdin().lock().lines() {
        let text = std::fs::read_to_string(path?)?;
        let line = match yaml_tree(&text) {
            Ok(node) => json!({"tree": value(&node)}),
            Err(fault) => json!({"fault": fault.message}),
        };
        println!("{line}");
    }
    Ok(())
}

fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar(text, _) => json!(text),
        NodeKind::List(items) => json!({"list": items.iter().map(value).collect::<Vec<_>>()}),
        NodeKind::Map(pairs) => {
            json!({"map": pairs.iter().map(|(key, node)| json!([key.value, value(node)])).collect::<Vec<_>>()})
        }
    }
}
