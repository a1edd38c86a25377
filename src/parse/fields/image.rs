//! The image of an article. Themes keep booleans, ids of a data file and credits under the same keys: these are no images.

use super::super::tree::{Kind, Node};
use super::keys::Keys;
use super::{Own, texts};
use crate::model::{Located, RawImage};

const NAMES: &[&str] = &[
    "img",
    "image",
    "cover",
    "thumbnail",
    "banner",
    "og_image",
    "hero",
    "featured_image",
    "featured-image",
    "header-img",
    "ogImage",
    "heroImage",
    "featuredImage",
    "coverImage",
    "cover_image",
    "images",
    "extra.image",
];

/// The first key that holds an address.
pub(super) fn read(keys: &Keys<'_>, own: Own<'_>) -> Option<RawImage> {
    let names = own.and("image", NAMES);
    let (name, (url, alt)) = keys.each(&names).find_map(|(name, node)| address(node).map(|found| (name, found)))?;
    let beside = [format!("{name}_alt"), format!("{name}Alt"), format!("{name}-alt"), "alt".to_owned()];
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    let alt = alt.or_else(|| keys.each(&own.and("alt", &beside)).find_map(|(_, node)| texts::written(node)));
    Some(RawImage { url, alt })
}

/// The address that a value holds, and the words beside it.
fn address(node: &Node) -> Option<(Located<String>, Option<Located<String>>)> {
    match &node.kind {
        Kind::Null => None,
        Kind::Scalar(..) => texts::written(node).filter(|t| is_address(&t.value)).map(|url| (url, None)),
        Kind::List(items) => items.iter().find_map(|item| match item.kind {
            Kind::List(_) => None,
            _ => address(item),
        }),
        Kind::Map(_) => {
            let keys = Keys::inside(node)?;
            let plain = |node: &Node| texts::written(node).filter(|t| is_address(&t.value));
            let url = keys.each(&["src", "url", "image", "desktop", "cover"]).find_map(|(_, node)| plain(node))?;
            Some((url, keys.find("alt").and_then(texts::written)))
        }
    }
}

/// An address has a slash, or is a file name; `true`, `web-team-logo` and markup are none.
fn is_address(text: &str) -> bool {
    if text.contains(['<', '>', '\n']) || text.contains("](") {
        return false;
    }
    text.contains('/')
        || text.rsplit_once('.').is_some_and(|(stem, extension)| {
            !stem.is_empty() && IMAGE_EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str())
        })
}

const IMAGE_EXTENSIONS: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "tif", "tiff", "jxl"];
