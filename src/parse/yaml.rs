//! YAML → the untyped tree, through the event parser that the YAML crate re-exports.
//!
//! Uses events, not serde, because the written form matters: `no`, `2020-01-02` and `0123` stay texts, quotes are
//! known, duplicate keys are kept, every node has its place. Refused, quickly: more than one document, keys that are
//! not texts, nesting beyond 64 levels, aliases that grow the tree beyond a fixed weight. Merge keys (`<<`) are
//! resolved here; own keys win over merged ones, earlier merges over later ones.

use super::tree::{Node, NodeKind, Style, TreeFault};
use crate::model::{Lines, Located, Place};
use mend::Mend;
use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span, StructureStyle, Tag};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

mod mend;
mod wording;

/// Levels of lists and mappings, aliases followed.
const DEPTH: usize = 64;
/// How often a text is fixed and read again.
const MENDS: usize = 16;
/// What copies of anchored nodes may weigh together, in bytes.
const COPIES: usize = 4 << 20;

/// Reads one YAML document. `first_line`: the line of the file on which the text begins.
pub fn tree(text: &str, first_line: u32) -> Result<Node, TreeFault> {
    let mut text = super::escapes::readable(text.strip_prefix('\u{feff}').unwrap_or(text));
    // An error that remains is reported as first met, because an unclosed quote swallows lines until the next one.
    let mut first = None;
    for _ in 0..MENDS {
        let Stop { fault, mend } = match read(&text, first_line) {
            Ok(node) => return Ok(node),
            Err(stop) => stop,
        };
        let fault = first.get_or_insert(fault).clone();
        match mend.and_then(|mend| mend.apply(&text)) {
            Some(mended) => text = Cow::Owned(mended),
            None => return Err(fault),
        }
    }
    read(&text, first_line).map_err(|stop| first.unwrap_or(stop.fault))
}

struct Stop {
    fault: TreeFault,
    mend: Option<Mend>,
}

impl From<TreeFault> for Stop {
    fn from(fault: TreeFault) -> Self {
        Self { fault, mend: None }
    }
}

fn read(text: &str, first_line: u32) -> Result<Node, Stop> {
    let mut builder = Builder {
        lines: Lines::new(text, first_line),
        stack: Vec::new(),
        anchors: BTreeMap::new(),
        copied: 0,
        root: None,
    };
    for event in Parser::new_from_str_with_options(text, limits()) {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => {
                // An end of the text is reported on the line after it.
                let byte = error.marker().byte_offset().unwrap_or(text.len()).min(text.trim_end().len());
                let line = |byte: usize| builder.lines.place(byte..byte).line;
                let message = wording::fault(error.kind(), text, byte, line);
                let fault = TreeFault { at: builder.lines.place(byte..byte + 1), message };
                return Err(Stop { fault, mend: Mend::for_error(error.kind(), byte) });
            }
        }
    }
    let start = builder.lines.place(0..0);
    Ok(match builder.root {
        Some(node) if !node.is_null() => node,
        _ => Node { at: start, kind: NodeKind::Map(Vec::new()) },
    })
}

fn limits() -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    options
}

struct Builder<'t> {
    lines: Lines<'t>,
    stack: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    copied: usize,
    root: Option<Node>,
}

/// A list or mapping that is not closed yet.
struct Open {
    start: usize,
    style: StructureStyle,
    anchor: usize,
    items: Items,
}

enum Items {
    List(Vec<Node>),
    Map { entries: Vec<(Located<String>, Node)>, key: Option<Key>, merged: Vec<Node> },
}

enum Key {
    Text(Located<String>),
    Merge,
}

/// A node that aliases may name.
struct Anchored {
    node: Node,
    weight: usize,
    depth: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), TreeFault> {
        let bytes = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let at = self.lines.place(bytes.clone());
                let merges = style == ScalarStyle::Plain && text == "<<";
                let empty = style == ScalarStyle::Plain && bytes.is_empty();
                let is_key = matches!(self.stack.last(), Some(Open { items: Items::Map { key: None, .. }, .. }));
                let kind = match scalar(if empty { Cow::Borrowed("") } else { text.clone() }, style, tag.as_deref()) {
                    // A key is its text: `null: …` as well.
                    NodeKind::Null if is_key && !empty => NodeKind::Scalar(text.into_owned(), Style::Plain),
                    kind => kind,
                };
                self.remember(anchor, || Node { at, kind: kind.clone() })?;
                self.place(Node { at, kind }, if merges { Role::Merge } else { Role::Plain })
            }
            Event::Alias(id) => {
                let at = self.lines.place(bytes);
                let node = self.copy(id, at)?;
                self.place(Node { at, ..node }, Role::Plain)
            }
            Event::SequenceStart(style, anchor, _) => self.open(bytes.start, style, anchor, Items::List(Vec::new())),
            Event::MappingStart(style, anchor, _) => {
                let items = Items::Map { entries: Vec::new(), key: None, merged: Vec::new() };
                self.open(bytes.start, style, anchor, items)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes.end),
            _ => Ok(()),
        }
    }

    fn open(&mut self, start: usize, style: StructureStyle, anchor: usize, items: Items) -> Result<(), TreeFault> {
        if self.stack.len() >= DEPTH {
            return Err(self.fault(start, too_deep()));
        }
        if let Some(Open { items: Items::Map { key: None, .. }, .. }) = self.stack.last() {
            return Err(self.fault(
                start,
                "a key must be a string, not a list or a mapping; a value that begins with a bracket needs quotes",
            ));
        }
        self.stack.push(Open { start, style, anchor, items });
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), TreeFault> {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let flow = open.style == StructureStyle::Flow;
        let at = self.lines.place(open.start..if flow { end } else { open.start + 1 });
        let node = match open.items {
            Items::List(items) => {
                let first = items.first().map_or(at, |item| item.at);
                Node { at: if flow { at } else { first }, kind: NodeKind::List(items) }
            }
            Items::Map { entries, merged, .. } => {
                let entries = merge(entries, merged)?;
                let first = entries.first().map_or(at, |(key, _)| key.at);
                Node { at: if flow { at } else { first }, kind: NodeKind::Map(entries) }
            }
        };
        self.remember(open.anchor, || node.clone())?;
        self.place(node, Role::Plain)
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node, role: Role) -> Result<(), TreeFault> {
        match self.stack.last_mut().map(|open| &mut open.items) {
            None if self.root.as_ref().is_some_and(|root| !root.is_null()) && !node.is_null() => {
                return Err(TreeFault {
                    at: node.at,
                    message: "a second document begins here, but only one is allowed".into(),
                });
            }
            None if self.root.is_none() || !node.is_null() => self.root = Some(node),
            None => {}
            Some(Items::List(items)) => items.push(node),
            Some(Items::Map { entries, key, merged }) => match (key.take(), role) {
                (None, Role::Merge) => *key = Some(Key::Merge),
                (None, Role::Plain) => *key = Some(Key::Text(key_text(node)?)),
                (Some(Key::Merge), _) => merged.push(node),
                (Some(Key::Text(name)), _) => {
                    // An empty value lies nowhere: its key is the place to point to.
                    let at = if node.is_null() && node.at.length == 0 { name.at } else { node.at };
                    entries.push((name, Node { at, ..node }));
                }
            },
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: impl FnOnce() -> Node) -> Result<(), TreeFault> {
        if anchor > 0 {
            let node = node();
            let (weight, depth) = measure(&node);
            self.charge(weight, node.at)?;
            self.anchors.insert(anchor, Anchored { node, weight, depth });
        }
        Ok(())
    }

    fn copy(&mut self, id: usize, at: Place) -> Result<Node, TreeFault> {
        let Some(Anchored { node, weight, depth }) = self.anchors.get(&id) else {
            return Err(TreeFault { at, message: "an alias is used inside its own anchor".into() });
        };
        if self.stack.len() + depth > DEPTH {
            return Err(TreeFault { at, message: too_deep() });
        }
        let (node, weight) = (node.clone(), *weight);
        self.charge(weight, at)?;
        Ok(node)
    }

    fn charge(&mut self, weight: usize, at: Place) -> Result<(), TreeFault> {
        self.copied = self.copied.saturating_add(weight);
        if self.copied > COPIES {
            return Err(TreeFault { at, message: "its aliases expand to more than feedmill reads".into() });
        }
        Ok(())
    }

    fn fault(&self, start: usize, message: impl Into<String>) -> TreeFault {
        TreeFault { at: self.lines.place(start..start + 1), message: message.into() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    Merge,
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>) -> NodeKind {
    let is_text = tag.is_some_and(|t| t.is_yaml_core_schema_tag("str") || (t.handle().is_empty() && t.suffix() == "!"));
    match style {
        ScalarStyle::Plain if !is_text => match &*text {
            "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
            _ => NodeKind::Scalar(text.into_owned(), Style::Plain),
        },
        _ => NodeKind::Scalar(text.into_owned(), Style::Quoted),
    }
}

fn key_text(node: Node) -> Result<Located<String>, TreeFault> {
    match node.kind {
        NodeKind::Scalar(text, _) => Ok(Located::new(text, node.at)),
        NodeKind::Null => Ok(Located::new(String::new(), node.at)),
        _ => Err(TreeFault { at: node.at, message: "a key must be a string, not a list or a mapping".into() }),
    }
}

fn merge(
    mut entries: Vec<(Located<String>, Node)>,
    merged: Vec<Node>,
) -> Result<Vec<(Located<String>, Node)>, TreeFault> {
    if merged.is_empty() {
        return Ok(entries);
    }
    let mut known: BTreeSet<String> = entries.iter().map(|(key, _)| key.value.clone()).collect();
    let maps = merged.into_iter().flat_map(|node| match node.kind {
        NodeKind::List(items) => items,
        _ => vec![node],
    });
    for map in maps {
        let NodeKind::Map(more) = map.kind else {
            return Err(TreeFault {
                at: map.at,
                message: "a merge key `<<` needs a mapping or a list of mappings".into(),
            });
        };
        for (key, node) in more {
            if known.insert(key.value.clone()) {
                entries.push((key, node));
            }
        }
    }
    Ok(entries)
}

/// What a node weighs in bytes, roughly, and how many levels it has. Its depth is bounded, so recursion is safe.
fn measure(node: &Node) -> (usize, usize) {
    const NODE: usize = size_of::<Node>();
    let all = |nodes: &mut dyn Iterator<Item = (usize, usize)>| {
        nodes.fold((NODE, 0), |(weight, depth), (w, d)| (weight.saturating_add(w), depth.max(d)))
    };
    match &node.kind {
        NodeKind::Null => (NODE, 0),
        NodeKind::Scalar(text, _) => (NODE + text.len(), 0),
        NodeKind::List(items) => {
            let (weight, depth) = all(&mut items.iter().map(measure));
            (weight, depth + 1)
        }
        NodeKind::Map(entries) => {
            let (weight, depth) = all(&mut entries.iter().map(|(key, value)| {
                let (weight, depth) = measure(value);
                (weight + NODE + key.value.len(), depth)
            }));
            (weight, depth + 1)
        }
    }
}

fn too_deep() -> String {
    format!("it is nested deeper than {DEPTH} levels")
}

#[cfg(test)]
mod tests;
