//! Media RSS as a tree, which both crates take as extensions.

use super::super::Carried;
use crate::model::{Enclosure, Entry};
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

/// `media:content` with `media:credit`, `media:description` and `media:thumbnail`.
///
/// The description is written only if the entry has a summary and content: feedparser takes it for a missing one of
/// the two. `media:credit` names the source.
pub(super) fn content(image: &Enclosure, entry: &Entry, carried: &Carried<'_>) -> Media {
    let mut attributes = pixels(image);
    attributes.insert("url", image.url.as_str().to_owned());
    attributes.insert("type", image.media_type.to_string());
    if image.length > 0 {
        attributes.insert("fileSize", image.length.to_string());
    }
    let mut children = Vec::new();
    if let Some(source) = &entry.attribution {
        children.push(Media { name: "credit", text: source.name.clone(), ..Media::default() });
    }
    let carried_here = matches!(carried, Carried::Both(..));
    if let Some(alt) = image.alt.as_deref().filter(|alt| carried_here && !alt.trim().is_empty()) {
        let attributes = BTreeMap::from([("type", "plain".to_owned())]);
        children.push(Media { name: "description", attributes, text: alt.to_owned(), children: Vec::new() });
    }
    if image.media_type.is_image() {
        attributes.insert("medium", "image".to_owned());
        let mut attributes = pixels(image);
        attributes.insert("url", image.url.as_str().to_owned());
        children.push(Media { name: "thumbnail", attributes, ..Media::default() });
    }
    Media { name: "content", attributes, text: String::new(), children }
}

fn pixels(image: &Enclosure) -> BTreeMap<&'static str, String> {
    [("width", image.width), ("height", image.height)]
        .into_iter()
        .filter_map(|(name, size)| Some((name, size.filter(|s| *s > 0)?.to_string())))
        .collect()
}
