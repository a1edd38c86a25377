//! Authors: a name, a list, mappings, and names with an e-mail address or a page in keys of their own.

mod name;

pub(super) use name::read as named;

use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, source, texts};
use crate::model::RawAuthor;

/// The authors of the first key that names any.
pub(super) fn read(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Vec<RawAuthor> {
    let mut found = Vec::new();
    for (name, node) in keys.each(own.keys(Field::Author)) {
        collect(name, node, report, &mut found);
        if !found.is_empty() {
            break;
        }
    }
    if let [only] = found.as_mut_slice() {
        let page = keys.each(Field::AuthorPage.keys()).find_map(|(_, node)| texts::written(node));
        only.url = only.url.take().or_else(|| page.as_ref().and_then(source::web));
        let address = keys.each(Field::AuthorEmail.keys()).find_map(|(_, node)| texts::written(node));
        only.email = only.email.take().or_else(|| address.map(|a| a.value).filter(|a| name::is_address(a)));
    }
    found
}

fn collect(key: &str, node: &Node, report: &mut Report<'_>, found: &mut Vec<RawAuthor>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(..) if texts::is_bool(node) => report.bad_field(key, node, "a name"),
        NodeKind::Scalar(..) => {
            let Some(text) = texts::written(node) else { return };
            found.extend(name::several(&text.value).into_iter().filter_map(|one| name::read(&one, text.at)));
        }
        NodeKind::List(items) => items.iter().for_each(|item| one(key, item, report, found)),
        NodeKind::Map(_) => one(key, node, report, found),
    }
}

/// An item of a list is one author, whatever commas it has.
fn one(key: &str, node: &Node, report: &mut Report<'_>, found: &mut Vec<RawAuthor>) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(..) => found.extend(texts::written(node).and_then(|text| name::read(&text.value, text.at))),
        NodeKind::List(_) => report.bad_field(key, node, "a name"),
        NodeKind::Map(_) => {
            let author = Keys::inside(node).and_then(|keys| mapping(&keys));
            match author {
                Some(author) => found.push(author),
                None => report.bad_field(key, node, "a mapping with `name`"),
            }
        }
    }
}

fn mapping(keys: &Keys<'_>) -> Option<RawAuthor> {
    let text = |names: &[&str]| keys.each(names.iter().copied()).find_map(|(_, node)| texts::written(node));
    let name = text(&["name", "display_name"])?;
    let mut author = name::read(&name.value, name.at)?;
    author.email = text(&["email", "mail"]).map(|t| t.value).filter(|t| name::is_address(t)).or(author.email);
    author.url =
        text(&["url", "homepage", "website", "link", "uri", "to"]).as_ref().and_then(source::web).or(author.url);
    Some(author)
}
