//! Where images are allowed: the one enclosure of an entry, and the site's image in the types and sizes that each
//! format allows.

use crate::model::{Enclosure, Entry, Feed, MediaType};

/// The largest channel image of RSS 2.0.
const CHANNEL: (u32, u32) = (144, 400);

/// The narrowest banner, in pixels.
const BANNER: u32 = 800;

/// The one enclosure of an entry: its audio, video or other file, else its image, where the site wants that (`part`).
pub(super) fn enclosure(entry: &Entry, part: bool) -> Option<&Enclosure> {
    entry.media.as_ref().or_else(|| entry.image.as_ref().filter(|_| part))
}

/// Whether an image is wide enough to display above an article: at least 16:9.
pub(super) fn is_banner(image: &Enclosure) -> bool {
    let size = image.width.zip(image.height);
    size.is_some_and(|(width, height)| width >= BANNER && u64::from(width) * 9 >= u64::from(height) * 16)
}

/// The type of the site's image, by its bytes, else by its extension.
pub(super) fn site_type(feed: &Feed) -> Option<MediaType> {
    let known = feed.image_facts.as_ref().and_then(|facts| facts.media_type.clone());
    known.or_else(|| MediaType::of_url(feed.image.as_ref()?))
}

/// The size at which RSS displays the site's image: its own, scaled down to the specification's limits.
pub(super) fn channel_size(feed: &Feed) -> Option<(u32, u32)> {
    let (width, height) = site_size(feed)?;
    let (most_width, most_height) = CHANNEL;
    if width <= most_width && height <= most_height {
        return Some((width, height));
    }
    // An image that exceeds the width by more than the height is limited by its width.
    let wide = u64::from(width) * u64::from(most_height) >= u64::from(height) * u64::from(most_width);
    let scaled = |side: u32, most: u32, by: u32| {
        u32::try_from((u64::from(side) * u64::from(most) + u64::from(by) / 2) / u64::from(by)).unwrap_or(most).max(1)
    };
    Some(if wide {
        (most_width, scaled(height, most_width, width))
    } else {
        (scaled(width, most_height, height), most_height)
    })
}

/// Whether the site's image is known to be square: an Atom `icon` (RFC 4287 section 4.2.5), where others are a `logo`.
pub(super) fn is_icon(feed: &Feed) -> bool {
    site_size(feed).is_some_and(|(width, height)| width == height)
}

fn site_size(feed: &Feed) -> Option<(u32, u32)> {
    let facts = feed.image_facts.as_ref()?;
    facts.width.zip(facts.height).filter(|(width, height)| *width > 0 && *height > 0)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::model::{ContentMode, ImageFacts};

    #[test]
    fn the_channel_image_fits() {
        let fitted = |width, height| {
            let facts = ImageFacts { width: Some(width), height: Some(height), ..ImageFacts::default() };
            let feed = sample::feed("all", "", ContentMode::Both, sample::entries());
            channel_size(&Feed { image_facts: Some(facts), ..feed })
        };
        assert_eq!(fitted(88, 31), Some((88, 31)));
        assert_eq!(fitted(144, 400), Some((144, 400)));
        assert_eq!(fitted(512, 512), Some((144, 144)));
        assert_eq!(fitted(100, 800), Some((50, 400)));
        assert_eq!(fitted(40_000, 1), Some((144, 1)));
        assert_eq!(fitted(1, u32::MAX), Some((1, 400)));
        assert_eq!(fitted(0, 5), None);
    }

    #[test]
    fn banners_are_wide() {
        let image = |width, height| Enclosure { width, height, ..sample::full_entry(0).image.unwrap() };
        assert!(is_banner(&image(Some(1200), Some(630))) && is_banner(&image(Some(1280), Some(720))));
        assert!(!is_banner(&image(Some(1200), Some(1200))) && !is_banner(&image(Some(320), Some(180))));
        assert!(!is_banner(&image(Some(1200), None)));
    }
}
