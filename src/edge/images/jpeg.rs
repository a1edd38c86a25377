//! The displayed dimensions of a JPEG: those of the frame, rotated by the orientation tag (ITU-T T.81 annex B; Exif
//! 2.32, orientation). Browsers rotate the image, so the stored width and height would distort it.

/// Width and height; `None` where the frame does not begin within these bytes.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    let mut turned = false;
    loop {
        rest = rest.strip_prefix(b"\xFF")?;
        // Any number of fill bytes may precede a marker.
        let (marker, after) = rest.split_first()?;
        match marker {
            0xFF => continue,
            0x01 | 0xD0..=0xD7 => rest = after,
            0xD8..=0xDA => return None,
            _ => {
                let (length, _) = after.split_first_chunk()?;
                let length = usize::from(u16::from_be_bytes(*length));
                let segment = after.get(2..).filter(|_| length >= 2)?;
                match marker {
                    0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return frame(segment, turned),
                    0xE1 => turned |= segment.get(..length - 2).and_then(orientation).is_some_and(|o| o >= 5),
                    _ => {}
                }
                rest = after.get(length..)?;
            }
        }
    }
}

fn frame(segment: &[u8], turned: bool) -> Option<(u32, u32)> {
    let [_, h1, h2, w1, w2] = *segment.first_chunk()?;
    let (width, height) = (u32::from(u16::from_be_bytes([w1, w2])), u32::from(u16::from_be_bytes([h1, h2])));
    Some(if turned { (height, width) } else { (width, height) })
}

/// Tag 0x0112 of the first directory: 5 to 8 are quarter turns.
fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let bytes = *tiff.get(4..)?.first_chunk()?;
    let first = usize::try_from(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) }).ok()?;
    let entries = usize::from(short(first)?);
    (0..entries).find_map(|n| {
        let at = first.checked_add(2 + n * 12)?;
        (short(at)? == 0x0112).then(|| short(at.checked_add(8)?)).flatten()
    })
}
