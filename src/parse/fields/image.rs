//! The image of an article. Themes use the same keys for booleans, ids of a data file and credits: these are ignored.

use super::super::tree::{Node, NodeKind};
use super::keys::Keys;
use super::usual::Field;
use super::{Own, texts};
use crate::model::{Located, RawImage};

/// The first key that holds an address.
pub(super) fn read(keys: &Keys<'_>, own: Own<'_>) -> Option<RawImage> {
    let (name, image) =
        keys.each(own.keys(Field::Image)).find_map(|(name, node)| address(node).map(|found| (name, found)))?;
    let stem = keys.may_extend(name).then_some(name);
    Some(RawImage {
        alt: image.alt.or_else(|| beside(keys, own, stem, Field::Alt)),
        caption: image.caption.or_else(|| beside(keys, own, stem, Field::Caption)),
        url: image.url,
    })
}

/// The words that stand beside the image: `image_alt`, `imageAlt`, `image-alt` where keys go on behind the image's,
/// `alt`.
fn beside(keys: &Keys<'_>, own: Own<'_>, stem: Option<&str>, field: Field) -> Option<Located<String>> {
    let what = field.name();
    let words = |node: &Node| texts::written(node).filter(|_| !texts::is_bool(node));
    let compound = |stem: &str| {
        let capital: String = what.chars().take(1).flat_map(char::to_uppercase).chain(what.chars().skip(1)).collect();
        let names = [format!("{stem}_{what}"), format!("{stem}{capital}"), format!("{stem}-{what}")];
        keys.each(names.iter().map(String::as_str)).find_map(|(_, node)| words(node))
    };
    let own = keys.each(own.named(field)).find_map(|(_, node)| words(node));
    own.or_else(|| stem.and_then(compound)).or_else(|| keys.find(what).and_then(words))
}

/// The address that a value holds, and the words inside it.
fn address(node: &Node) -> Option<RawImage> {
    match &node.kind {
        NodeKind::Null => None,
        NodeKind::Scalar(..) => {
            texts::written(node).filter(|t| is_address(&t.value)).map(|url| RawImage { url, alt: None, caption: None })
        }
        NodeKind::List(items) => items.iter().find_map(|item| match item.kind {
            NodeKind::List(_) => None,
            _ => address(item),
        }),
        NodeKind::Map(_) => {
            let keys = Keys::inside(node)?;
            let plain = |node: &Node| texts::written(node).filter(|t| is_address(&t.value));
            let url =
                keys.each(["src", "url", "image", "desktop", "cover", "path"]).find_map(|(_, node)| plain(node))?;
            let words = |name| keys.find(name).and_then(texts::written);
            Some(RawImage { url, alt: words("alt"), caption: words("caption") })
        }
    }
}

/// An address has a slash, or is a file name; `true`, `web-team-logo` and markup are none.
fn is_address(text: &str) -> bool {
    if text.contains(['<', '>', '\n']) || text.contains("](") {
        return false;
    }
    let file = text.split(['?', '#']).next().unwrap_or_default();
    text.contains('/')
        || file.rsplit_once('.').is_some_and(|(stem, extension)| {
            !stem.is_empty() && IMAGE_EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str())
        })
}

const IMAGE_EXTENSIONS: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "tif", "tiff", "jxl"];
