//! Key look-up: by several names, nested ones with dots; reports duplicate keys.

use super::super::tree::{Node, NodeKind};
use super::Report;
use crate::diagnostic::Code;
use crate::model::Located;

/// A mapping as written.
pub(super) type KeyPairs = [(Located<String>, Node)];

/// The keys of a mapping.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys<'a> {
    pairs: &'a KeyPairs,
    /// A bit for what each key looks like.
    looks: u64,
    /// Whether a name with a dot may find anything.
    has_dotted: bool,
}

impl<'a> Keys<'a> {
    /// Of a head.
    pub(super) fn new(pairs: &'a KeyPairs) -> Self {
        let looks = pairs.iter().fold(0, |all, (key, _)| all | look(&key.value));
        let dotted =
            |(key, node): &(Located<String>, Node)| matches!(node.kind, NodeKind::Map(_)) || key.value.contains('.');
        Self { pairs, looks, has_dotted: pairs.iter().any(dotted) }
    }

    /// Of a node, when it is a mapping.
    pub(super) fn inside(node: &'a Node) -> Option<Self> {
        match &node.kind {
            NodeKind::Map(pairs) => Some(Self::new(pairs)),
            _ => None,
        }
    }

    /// The value of a key, `a.b` being `b` inside `a`, or a key with a dot in its name (`ms.date`). The last of twins
    /// counts; as written goes before with a capital.
    #[inline]
    pub(super) fn find(&self, name: &str) -> Option<&'a Node> {
        // Asked for some eighty names per article, of which few are there.
        if !self.has_dotted && self.looks & look(name) == 0 { None } else { self.look_up(name) }
    }

    fn look_up(&self, name: &str) -> Option<&'a Node> {
        if let Some(node) = self.value(name) {
            return Some(node);
        }
        if !name.contains('.') {
            return None;
        }
        let mut keys = *self;
        let mut parts = name.split('.').peekable();
        while let Some(part) = parts.next() {
            let node = keys.value(part)?;
            if parts.peek().is_none() {
                return Some(node);
            }
            keys = Keys::inside(node)?;
        }
        None
    }

    /// The values that are there, in the order of the names.
    pub(super) fn each<'n, N: IntoIterator<Item = &'n str>>(
        &self,
        names: N,
    ) -> impl Iterator<Item = (&'n str, &'a Node)> + use<'a, 'n, N> {
        let keys = *self;
        names.into_iter().filter_map(move |name| keys.find(name).map(|node| (name, node)))
    }

    /// Whether a key may begin with this name and go on.
    pub(super) fn may_extend(&self, name: &str) -> bool {
        let extends =
            |key: &str| key.get(..name.len()).is_some_and(|start| start == name || is_capitalised(start, name));
        self.has_dotted || self.pairs.iter().any(|(key, _)| key.value.len() > name.len() && extends(&key.value))
    }

    /// All keys with their values; of duplicates, only the last one.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a str, &'a Node)> + use<'a> {
        let pairs = self.pairs;
        pairs.iter().enumerate().filter_map(move |(at, (key, node))| {
            let again = pairs.iter().skip(at + 1).any(|(other, _)| other.value == key.value);
            (!again).then_some((key.value.as_str(), node))
        })
    }

    fn value(&self, name: &str) -> Option<&'a Node> {
        if self.looks & look(name) == 0 {
            return None;
        }
        let mut capitalised = None;
        for (key, node) in self.pairs.iter().rev().filter(|(key, _)| key.value.len() == name.len()) {
            if key.value == name {
                return Some(node);
            }
            if capitalised.is_none() && is_capitalised(&key.value, name) {
                capitalised = Some(node);
            }
        }
        capitalised
    }
}

/// Reports keys that are written more than once, at the last of them.
pub(super) fn report_twins(pairs: &KeyPairs, report: &mut Report<'_>) {
    if may_hold_twins(pairs) {
        report_same(pairs, report);
    }
    for (_, node) in pairs {
        // One level is enough: what lies deeper is read by no field.
        if let NodeKind::Map(inner) = &node.kind
            && !inner.iter().any(|(_, node)| matches!(node.kind, NodeKind::Map(_)))
        {
            report_twins(inner, report);
        }
    }
}

/// Whether sorting the keys to find duplicates pays; a few keys are compared pairwise.
fn may_hold_twins(pairs: &KeyPairs) -> bool {
    const FEW: usize = 24;
    let again = |(at, key): (usize, &Located<String>)| pairs.iter().skip(at + 1).any(|(k, _)| k.value == key.value);
    pairs.len() > FEW || pairs.iter().map(|(key, _)| key).enumerate().any(again)
}

fn report_same(pairs: &KeyPairs, report: &mut Report<'_>) {
    let mut sorted: Vec<&Located<String>> = pairs.iter().map(|(key, _)| key).collect();
    sorted.sort_by_key(|key| (&key.value, key.at));
    for twins in sorted.chunk_by(|a, b| a.value == b.value) {
        let [earlier @ .., last] = twins else { continue };
        if earlier.is_empty() {
            continue;
        }
        let lines: Vec<String> = earlier.iter().take(5).map(|key| key.at.line.to_string()).collect();
        let message = format!(
            "`{}` appears on line {} and again on line {}; the last one is used",
            cut(&last.value),
            lines.join(", "),
            last.at.line
        );
        report.tell(Code::DuplicateKey, last.at, message, "delete all of these lines but one");
    }
}

/// One of 64 bits, the same for a name and for the name with a capital.
fn look(name: &str) -> u64 {
    let first = name.bytes().next().unwrap_or_default().to_ascii_lowercase();
    1 << ((usize::from(first) ^ (name.len() << 2)) % 64)
}

fn is_capitalised(key: &str, name: &str) -> bool {
    match (key.as_bytes().split_first(), name.as_bytes().split_first()) {
        (Some((a, key)), Some((b, name))) => *a == b.to_ascii_uppercase() && key == name,
        _ => false,
    }
}

/// The beginning of a text, on one line.
pub(super) fn cut(text: &str) -> String {
    let mut out: String = text.trim().chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().chars().nth(60).is_some() {
        out.push('…');
    }
    out
}
