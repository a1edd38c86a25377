//! The untyped tree that every front matter dialect and the config are read into, with a place at every node.
//! A scalar keeps its text and how it was written: the field decides its type (`lang: no` is Norwegian).

use crate::model::{Located, Place};

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it begins.
    pub at: Place,
    /// What it is.
    pub kind: Kind,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: `null`, `~`, empty.
    Null,
    /// A scalar: its text as written (quotes and escapes resolved).
    Scalar(String, Style),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order written; twins are kept, for the reader to report.
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
