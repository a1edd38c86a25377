//! Matches end tags with start tags. A tag without its partner is used alone; the cost does not depend on the nesting.

use super::tokens::{Family, Leftover, LeftoverKind, PairSide, TemplateTag};
use std::collections::HashMap;

/// Partners by the numbers of tokens.
#[derive(Debug, Default)]
pub struct TagPairs {
    partner: Vec<Option<usize>>,
    branch_of: Vec<Option<usize>>,
}

impl TagPairs {
    /// Matches the tags of a body.
    pub fn new(tokens: &[Leftover<'_>]) -> Self {
        let mut pairs = Self { partner: vec![None; tokens.len()], branch_of: vec![None; tokens.len()] };
        let mut open: Vec<(usize, Key<'_>)> = Vec::new();
        let mut by_key: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
        let mut branching: Vec<usize> = Vec::new();
        for (number, token) in tokens.iter().enumerate() {
            let LeftoverKind::Tag(tag) = &token.kind else { continue };
            match tag.side {
                PairSide::Alone => {}
                PairSide::Between => pairs.set_branch(number, branching.last().copied()),
                PairSide::Open if is_assignment(tag) => {}
                PairSide::Open => {
                    let key = key(tag);
                    open.push((number, key));
                    by_key.entry(key).or_default().push(number);
                    if BRANCHING.contains(&tag.name.as_str()) {
                        branching.push(number);
                    }
                }
                PairSide::Close => {
                    let wanted = keys(tag).into_iter().find(|key| by_key.get(key).is_some_and(|open| !open.is_empty()));
                    let Some(beginning) = wanted.and_then(|key| by_key.get(&key)?.last().copied()) else { continue };
                    while let Some((last, key)) = open.pop() {
                        by_key.entry(key).or_default().pop();
                        branching.pop_if(|branch| *branch == last);
                        if last == beginning {
                            break;
                        }
                    }
                    pairs.join(beginning, number);
                }
            }
        }
        pairs
    }

    /// The other side of a tag.
    pub fn partner(&self, number: usize) -> Option<usize> {
        self.partner.get(number).copied().flatten()
    }

    /// The `{% if %}` to which an `{% else %}` belongs, if it has an end.
    pub fn branch_of(&self, number: usize) -> Option<usize> {
        self.branch_of.get(number).copied().flatten().filter(|branch| self.partner(*branch).is_some())
    }

    fn join(&mut self, beginning: usize, end: usize) {
        for (one, other) in [(beginning, end), (end, beginning)] {
            if let Some(partner) = self.partner.get_mut(one) {
                *partner = Some(other);
            }
        }
    }

    fn set_branch(&mut self, number: usize, branch: Option<usize>) {
        if let Some(of) = self.branch_of.get_mut(number) {
            *of = branch;
        }
    }
}

const BRANCHING: [&str; 6] = ["if", "unless", "case", "for", "ifchanged", "switch"];

type Key<'t> = (Family, &'t str, usize);

fn key<'t>(tag: &'t TemplateTag<'_>) -> Key<'t> {
    let name = match tag.family {
        // `{% end %}` names nothing, and neither do colons.
        Family::Zola | Family::Container => "",
        Family::Component => tag.display_name,
        Family::Liquid | Family::Hugo => tag.name.as_str(),
    };
    (tag.family, name, tag.colons)
}

/// What an end may belong to: colons to as many, else to fewer.
fn keys<'t>(tag: &'t TemplateTag<'_>) -> Vec<Key<'t>> {
    let exact = key(tag);
    match tag.family {
        Family::Container => (2..=tag.colons.min(16)).rev().map(|colons| (tag.family, "", colons)).collect(),
        _ => vec![exact],
    }
}

/// `{% set a = b %}`, which has no end, while `{% set a %}` has one.
fn is_assignment(tag: &TemplateTag<'_>) -> bool {
    tag.family == Family::Liquid && matches!(tag.name.as_str(), "set" | "assign") && tag.arguments.text().contains('=')
}
