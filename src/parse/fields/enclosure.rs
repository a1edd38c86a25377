//! The audio, video or other file of an article: a URL, or a mapping with its properties. Values that are not a URL
//! (`video: true`, the id of a hosted video) are ignored.

use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, Report, texts};
use crate::model::{Located, RawEnclosure};

const FIELDS: [Field; 3] = [Field::Audio, Field::Video, Field::Enclosure];

/// The first key that holds a URL; audio comes before video, and both before other files.
pub(super) fn read(keys: &Keys<'_>, own: Own<'_>, report: &mut Report<'_>) -> Option<RawEnclosure> {
    FIELDS
        .into_iter()
        .find_map(|field| keys.each(own.keys(field)).find_map(|(_, node)| enclosure(field.name(), node, report)))
}

fn enclosure(field: &'static str, node: &Node, report: &mut Report<'_>) -> Option<RawEnclosure> {
    let bare = |url| RawEnclosure { field, url, media_type: None, length: None, duration: None };
    match &node.kind {
        NodeKind::Null => None,
        NodeKind::Scalar(..) => address(node).map(bare),
        NodeKind::List(items) => items.iter().find_map(|item| match item.kind {
            NodeKind::List(_) => None,
            _ => enclosure(field, item, report),
        }),
        NodeKind::Map(_) => {
            let keys = Keys::inside(node)?;
            let url = keys.each(["url", "src", "file", "href"]).find_map(|(_, node)| address(node))?;
            let mut first = |names: &[&'static str]| {
                let mut given = keys.each(names.iter().copied());
                given.find_map(|(name, node)| texts::one(&format!("{field}.{name}"), node, report))
            };
            Some(RawEnclosure {
                media_type: first(&["type", "mime_type", "mime"]),
                length: first(&["length", "size", "size_in_bytes"]),
                duration: first(&["duration", "duration_in_seconds"]),
                ..bare(url)
            })
        }
    }
}

/// An address has a slash, or is a name with an extension; markup is none.
fn address(node: &Node) -> Option<Located<String>> {
    texts::written(node).filter(|text| {
        let text = text.value.as_str();
        let extension = |text: &str| {
            let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
            (2..=5).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        !text.contains(['<', '>', '\n']) && (text.contains('/') || extension(text))
    })
}
