//! Verifies a fix: the fixed file, read again, must be the same except for the intended change. Places are not
//! compared; texts, their kind and order, and every byte of the body are.

use super::super::article;
use super::super::fence::{self, Dialect, FoundFence, FrontMatter, Wrap};
use super::super::tree::{Node, NodeKind};
use super::super::{Extent, body};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Place, Slug};

/// What a file says.
#[derive(Debug, Clone)]
pub(super) struct Reading<'a> {
    /// What its head is written in.
    pub(super) dialect: Dialect,
    /// Whether a code fence is around it.
    pub(super) wrapped: bool,
    /// Its front matter, and where that lies.
    pub(super) front: FrontMatter<'a>,
    /// The head, a mapping.
    pub(super) root: Node,
    /// Where the body begins.
    body: &'a [u8],
}

impl<'a> Reading<'a> {
    /// Reads a whole file; `None` if its head cannot be read or is not a mapping.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        Self::or_fault(bytes).ok()
    }

    /// The same, with the place at which the reader stopped.
    pub(super) fn or_fault(bytes: &'a [u8]) -> Result<Self, Option<Place>> {
        let FoundFence::Head(front) = fence::find(bytes, Extent::Whole) else { return Err(None) };
        let mut findings: Vec<Diagnostic> = Vec::new();
        let Some(mut root) = article::tree(&front, "", &mut findings) else {
            return Err(findings.iter().find(|f| f.code == Code::FrontMatterSyntax).map(|f| f.at));
        };
        match root.kind {
            NodeKind::Null => root.kind = NodeKind::Map(Vec::new()),
            NodeKind::Map(_) => {}
            _ => return Err(None),
        }
        let rest = bytes.get(usize::try_from(front.body.offset).unwrap_or(usize::MAX)..).unwrap_or_default();
        let body = match std::str::from_utf8(bytes) {
            Ok(whole) if front.body.fenced => body(whole, front.body).as_bytes(),
            _ => rest,
        };
        Ok(Self { dialect: front.dialect, wrapped: front.wrap != Wrap::None, root, body, front })
    }

    /// Whether the fixed bytes have the same meaning as this, plus this slug if one was to be inserted.
    pub(super) fn is_proved_by(&self, mended: &[u8], slug: Option<&Slug>) -> bool {
        let Some(mut found) = Reading::new(mended) else { return false };
        let mut expected = self.root.clone();
        if let Some(slug) = slug {
            let (NodeKind::Map(found), NodeKind::Map(expected)) = (&mut found.root.kind, &mut expected.kind) else {
                return false;
            };
            let is_slug = |key: &str| key.eq_ignore_ascii_case("slug");
            let written = found.iter().filter(|(key, _)| is_slug(&key.value)).collect::<Vec<_>>();
            let ([(_, value)], true) =
                (written.as_slice(), expected.iter().filter(|(k, _)| is_slug(&k.value)).count() < 2)
            else {
                return false;
            };
            if value.text() != Some(slug.as_str()) {
                return false;
            }
            found.retain(|(key, _)| !is_slug(&key.value));
            expected.retain(|(key, _)| !is_slug(&key.value));
        }
        // Blank lines behind the closing fence stay, and end the body now.
        let same_body = match self.front.body.fenced {
            true => self.body.trim_ascii_end() == found.body.trim_ascii_end(),
            false => self.body == found.body,
        };
        same_body && self.dialect == found.dialect && self.wrapped == found.wrapped && alike(&expected, &found.root)
    }
}

/// Whether two nodes say the same.
pub(super) fn alike(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (NodeKind::List(a), NodeKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (NodeKind::Map(a), NodeKind::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k.value == l.value && alike(a, b))
        }
        (a, b) => a == b,
    }
}

/// The first scalar or empty value at a place.
pub(super) fn at(node: &mut Node, place: Place) -> Option<&mut Node> {
    if node.at == place && matches!(node.kind, NodeKind::Scalar(..) | NodeKind::Null) {
        return Some(node);
    }
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().find_map(|item| at(item, place)),
        NodeKind::Map(entries) => entries.iter_mut().find_map(|(_, value)| at(value, place)),
        _ => None,
    }
}
