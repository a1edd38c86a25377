//! Media RSS 1.5.1 for the image of an entry, as both XML formats contain it.
//!
//! Unknown values are left out, also a size of zero or none in pixels (validators require positive numbers).

use super::Carried;
use super::references::EntityStyle;
use super::text::{push_element, push_end, push_text};
use crate::model::{Enclosure, Entry};

/// The prefix of Media RSS.
pub(super) const PREFIX: &str = "media";

/// The namespace of Media RSS, with its slash.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// Writes ` name="value"`, as a format escapes it.
pub(super) type Pair = fn(&mut String, &str, &str);

/// `media:content` with `media:credit`, `media:description` and `media:thumbnail`, a line each; attributes are
/// sorted.
///
/// The description is written only if the entry has a summary and content: feedparser takes it for a missing one of
/// the two. `media:credit` names the source.
pub(super) fn push_content(out: &mut String, image: &Enclosure, entry: &Entry, carried: &Carried<'_>, pair: Pair) {
    let size = |out: &mut String, name: &str, pixels: Option<u32>| {
        if let Some(pixels) = pixels.filter(|pixels| *pixels > 0) {
            pair(out, name, &pixels.to_string());
        }
    };
    let is_image = image.media_type.is_image();
    out.push_str("<media:content");
    if image.length > 0 {
        pair(out, "fileSize", &image.length.to_string());
    }
    size(out, "height", image.height);
    if is_image {
        pair(out, "medium", "image");
    }
    pair(out, "type", image.media_type.as_str());
    pair(out, "url", image.url.as_str());
    size(out, "width", image.width);
    out.push('>');
    if let Some(source) = &entry.attribution {
        push_element(out, "media:credit", &source.name);
    }
    let carried_here = matches!(carried, Carried::Both(..));
    if let Some(alt) = image.alt.as_deref().filter(|alt| carried_here && !alt.trim().is_empty()) {
        out.push_str("<media:description type=\"plain\">");
        push_text(out, alt, EntityStyle::Numeric);
        push_end(out, "media:description");
    }
    if is_image {
        out.push_str("<media:thumbnail");
        size(out, "height", image.height);
        pair(out, "url", image.url.as_str());
        size(out, "width", image.width);
        out.push('>');
        push_end(out, "media:thumbnail");
    }
    push_end(out, "media:content");
}
