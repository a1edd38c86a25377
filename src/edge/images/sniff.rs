//! The media type of a file by its magic number, whatever its name and server claim (WHATWG MIME Sniffing; ISO/IEC
//! 23008-12 for HEIF and AVIF brands). Recognises text, so that an error page is never taken for an image.

use super::svg;
use crate::model::MediaType;

/// The media type; `None` if the bytes match no known type.
pub fn media_type(start: &[u8]) -> Option<MediaType> {
    MediaType::new(known(start)?)
}

fn known(start: &[u8]) -> Option<&'static str> {
    if let Some(brand) = image_brand(start) {
        return Some(brand);
    }
    if svg::read(start).is_some() {
        return Some("image/svg+xml");
    }
    match infer::get(start).map(|found| found.mime_type()) {
        Some("image/bmp") if !is_bmp(start) => {}
        Some("image/gif") if !start.starts_with(b"GIF8") => {}
        Some("image/vnd.microsoft.icon") if start.get(4..6).is_none_or(|count| count == [0, 0]) => {}
        Some(found) => return Some(found),
        None => {}
    }
    is_text(start).then_some("text/plain")
}

/// HEIF and AVIF by their brands; other files of that family are audio and video.
fn image_brand(start: &[u8]) -> Option<&'static str> {
    if start.get(4..8)? != b"ftyp" {
        return None;
    }
    let length = u32::from_be_bytes(*start.first_chunk()?);
    let brands = start.get(8..)?.get(..usize::try_from(length).ok()?.checked_sub(8)?.min(512)).or(start.get(8..))?;
    let mut brands = brands.as_chunks::<4>().0.iter();
    let major = brands.next()?;
    let brands: Vec<&[u8; 4]> = brands.skip(1).collect();
    let has = |names: &[&[u8; 4]]| brands.iter().any(|brand| names.contains(brand));
    match major {
        b"avif" | b"avis" => Some("image/avif"),
        b"heic" | b"heix" | b"heim" | b"heis" => Some("image/heic"),
        b"hevc" | b"hevx" | b"hevm" | b"hevs" => Some("image/heic-sequence"),
        b"mif1" | b"msf1" | b"mif2" | b"miaf" if has(&[b"avif", b"avis"]) => Some("image/avif"),
        b"mif1" | b"mif2" | b"miaf" if has(&[b"heic", b"heix"]) => Some("image/heic"),
        b"mif1" | b"mif2" | b"miaf" => Some("image/heif"),
        b"msf1" => Some("image/heif-sequence"),
        _ => None,
    }
}

/// Many texts begin with `BM`, so the size of the second header must be a defined one.
fn is_bmp(start: &[u8]) -> bool {
    let size = start.get(14..18).and_then(|bytes| bytes.first_chunk()).map(|bytes| u32::from_le_bytes(*bytes));
    matches!(size, Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}

fn is_text(start: &[u8]) -> bool {
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The last character may have been cut.
        Err(fault) if fault.error_len().is_none() => {
            start.get(..fault.valid_up_to()).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.trim().is_empty() && !text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}
