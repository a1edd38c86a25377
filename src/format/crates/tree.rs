//! Media RSS as a tree, which both crates take as extensions.

use crate::model::Enclosure;
use std::collections::BTreeMap;

/// An element of Media RSS.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// The local name.
    pub name: &'static str,
    /// The element's attributes, sorted.
    pub attributes: BTreeMap<&'static str, String>,
    /// The element's text.
    pub text: String,
    /// The element's children.
    pub children: Vec<Media>,
}

/// `media:content` without children.
pub(super) fn content(image: &Enclosure) -> Media {
    let mut attributes = pixels(image);
    attributes.insert("url", image.url.as_str().to_owned());
    attributes.insert("type", image.media_type.to_string());
    if image.length > 0 {
        attributes.insert("fileSize", image.length.to_string());
    }
    if image.media_type.is_image() {
        attributes.insert("medium", "image".to_owned());
    }
    Media { name: "content", attributes, text: String::new(), children: Vec::new() }
}

fn pixels(image: &Enclosure) -> BTreeMap<&'static str, String> {
    [("width", image.width), ("height", image.height)]
        .into_iter()
        .filter_map(|(name, size)| Some((name, size.filter(|s| *s > 0)?.to_string())))
        .collect()
}
