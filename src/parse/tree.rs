//! The untyped tree that every front matter dialect and the config are read into, with a place at every node.
//! A scalar keeps its text and how it was written: the field decides its type (`lang: no` is Norwegian).

use crate::model::{Located, Place};

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it begins.
    pub at: Place,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing: `null`, `~`, empty.
    Null,
    /// A scalar: its text as written (quotes and escapes resolved).
    Scalar(String, Style),
    /// A list of nodes.
    List(Vec<Node>),
    /// A mapping in the order written; duplicates are kept, for the reader to report.
    Map(Vec<(Located<String>, Node)>),
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Bare: it may be a boolean, a number or a date.
    Plain,
    /// In quotes or as a block: it is a text.
    Quoted,
}

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFault {
    /// Where reading stopped.
    pub at: Place,
    /// In words, one line, without a position.
    pub message: String,
}

impl Node {
    /// The text of a scalar, whatever its style.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        self.kind == NodeKind::Null
    }

    /// A bare `true` or `false`, or one of YAML 1.1's words for them. A quoted word is a text, never a boolean.
    pub fn boolean(&self) -> Option<bool> {
        match &self.kind {
            NodeKind::Scalar(text, Style::Plain) => match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "y" => Some(true),
                "false" | "no" | "off" | "n" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// The items of a list; a single value is a list of one, and nothing is an empty list.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            NodeKind::List(items) => items,
            NodeKind::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a mapping, including duplicates; `None` for anything else.
    pub fn entries(&self) -> Option<&[(Located<String>, Node)]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key; of duplicates, the last one.
    pub fn entry(&self, key: &str) -> Option<&Node> {
        self.entries()?.iter().rev().find(|(k, _)| k.value == key).map(|(_, node)| node)
    }

    /// What it is, in words: `a text`, `a list`.
    pub fn noun(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "nothing",
            NodeKind::Scalar(..) => "a text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}
