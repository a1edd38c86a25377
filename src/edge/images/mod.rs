//! The facts of images: read from their bytes (type by the magic number, dimensions from the header), or remembered
//! in `images.lock`. Reads at most the first [`START`] bytes of a file.

mod jpeg;
pub mod lock;
mod sniff;
mod svg;

#[cfg(test)]
mod tests;

use crate::model::{ImageFacts, ImageFlaw, MediaType};

/// Bytes of a file in which its type and dimensions are looked for.
pub const START: u64 = 64 << 10;

/// The facts in the first bytes of a file, with its length if it is known.
pub fn facts(start: &[u8], length: Option<u64>) -> ImageFacts {
    let media_type = sniff::media_type(start);
    let (mut size, mut flaw) = (None, None);
    match media_type.as_ref().map(MediaType::as_str) {
        Some("image/jpeg") => size = jpeg::size(start),
        Some("image/svg+xml") => {
            let svg = svg::read(start);
            size = svg.as_ref().and_then(|svg| svg.size);
            flaw = svg.filter(|svg| svg.active).map(|_| ImageFlaw::Script);
        }
        Some(kind) if kind.starts_with("image/") => size = header_size(start),
        _ => {}
    }
    let size = size.filter(|(width, height)| *width > 0 && *height > 0);
    ImageFacts {
        length: length.unwrap_or_default(),
        media_type,
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        flaw,
    }
}

fn header_size(start: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(start).ok()?;
    let (mut width, mut height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    if start.get(12..16) == Some(b"VP8 ") {
        // The upper two bits are a scale for display that nobody uses (RFC 6386, section 9.1).
        width &= 0x3FFF;
        height &= 0x3FFF;
    }
    Some((width, height))
}
