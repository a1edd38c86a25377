//! Media RSS 1.5.1 for the image of an entry, as both XML formats contain it.
//!
//! Unknown values are left out, also a size of zero or none in pixels (validators require positive numbers).

use super::text::push_end;
use crate::model::Enclosure;

/// The prefix of Media RSS.
pub(super) const PREFIX: &str = "media";

/// The namespace of Media RSS, with its slash.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// Writes ` name="value"`, as a format escapes it.
pub(super) type Pair = fn(&mut String, &str, &str);

/// `media:content` without children; attributes are sorted.
///
/// Without `media:description` (feedparser takes it for the entry's text), `media:thumbnail` (FreshRSS displays it besides
/// the image) and `media:credit` (articles do not name the author of their image).
pub(super) fn push_content(out: &mut String, image: &Enclosure, pair: Pair) {
    let size = |out: &mut String, name: &str, pixels: Option<u32>| {
        if let Some(pixels) = pixels.filter(|pixels| *pixels > 0) {
            pair(out, name, &pixels.to_string());
        }
    };
    out.push_str("<media:content");
    if image.length > 0 {
        pair(out, "fileSize", &image.length.to_string());
    }
    size(out, "height", image.height);
    if image.media_type.is_image() {
        pair(out, "medium", "image");
    }
    pair(out, "type", image.media_type.as_str());
    pair(out, "url", image.url.as_str());
    size(out, "width", image.width);
    out.push('>');
    push_end(out, "media:content");
}
