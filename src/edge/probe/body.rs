//! The first bytes of a response, with bounded memory use whatever the server sends, and the total length by its
//! headers. Headers are used only as far as the received bytes agree with them.

use super::super::images::START;
use crate::model::MAX_LENGTH;
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, HeaderName};
use std::io::Read;

/// What was read of a body.
#[derive(Debug)]
pub struct ImageStart {
    /// At most 64 KiB, uncompressed.
    pub start: Vec<u8>,
    /// Bytes of the whole file, where they are known.
    pub length: Option<u64>,
    /// Whether the bytes have a content coding that was not requested and cannot be decoded.
    pub opaque: bool,
}

/// Reads the body of a 200 or 206. `Err` where it breaks off.
pub async fn read(mut response: Response) -> Result<ImageStart, reqwest::Error> {
    let limit = usize::try_from(START).unwrap_or(usize::MAX);
    let partial = response.status() == reqwest::StatusCode::PARTIAL_CONTENT;
    let range = header(&response, &CONTENT_RANGE).and_then(|text| content_range(&text));
    let declared = header(&response, &CONTENT_LENGTH).and_then(|text| length(&text));
    let encoding = header(&response, &CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
    let (mut start, mut ended) = (Vec::new(), true);
    while let Some(chunk) = response.chunk().await? {
        let room = limit - start.len();
        start.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
        // Exactly full is not yet cut: one more look lets the connection be used again.
        if chunk.len() > room {
            ended = false;
            break;
        }
    }
    let received = start.len() as u64;
    if !matches!(encoding.as_str(), "" | "identity") {
        return Ok(decoded(&start, &encoding, ended && !partial));
    }
    let length = match (partial, range) {
        (true, Some((0, end, Some(total)))) if end.checked_add(1) == Some(received) && total >= received => Some(total),
        (true, _) => None,
        (false, _) if ended => Some(received),
        (false, _) => declared.filter(|length| *length >= received),
    };
    Ok(ImageStart { start, length, opaque: false })
}

/// A number of bytes that a header names; `None` where no feed could carry it.
pub fn length(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|length| *length <= MAX_LENGTH)
}

/// A header as text.
pub fn header(response: &Response, name: &HeaderName) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

/// `bytes 0-65535/70000`: first, last, whole.
fn content_range(text: &str) -> Option<(u64, u64, Option<u64>)> {
    let (range, total) = text.trim().strip_prefix("bytes")?.trim().split_once('/')?;
    let (first, last) = range.split_once('-')?;
    Some((length(first)?, length(last)?, length(total)))
}

/// Decodes a response compressed against our request. The decoded size has the same limit as the encoded one, so that
/// a gzip bomb has no effect.
fn decoded(start: &[u8], encoding: &str, whole: bool) -> ImageStart {
    let mut plain = Vec::new();
    if !matches!(encoding, "gzip" | "x-gzip") {
        return ImageStart { start: plain, length: None, opaque: true };
    }
    let mut decoder = flate2::read::GzDecoder::new(start).take(START + 1);
    // A cut stream ends in a fault after its last good byte.
    let clean = decoder.read_to_end(&mut plain).is_ok();
    let cut = plain.len() as u64 > START;
    plain.truncate(usize::try_from(START).unwrap_or(usize::MAX));
    let length = (whole && clean && !cut).then_some(plain.len() as u64);
    ImageStart { opaque: plain.is_empty(), start: plain, length }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn ranges() {
        assert_eq!(content_range("bytes 0-65535/70000"), Some((0, 65535, Some(70000))));
        assert_eq!(content_range("bytes 0-9/*"), Some((0, 9, None)));
        assert_eq!(content_range("bytes */70000"), None);
        assert_eq!(content_range("0-9/10"), None);
    }

    #[test]
    fn lengths_are_what_a_feed_can_carry() {
        assert_eq!(length(" 9007199254740991 "), Some(MAX_LENGTH));
        for odd in ["9007199254740992", "18446744073709551615", "99999999999999999999", "-1", "1e3", "1, 1", ""] {
            assert_eq!(length(odd), None, "{odd}");
        }
        assert_eq!(content_range("bytes 0-9/18446744073709551615"), Some((0, 9, None)));
    }

    #[test]
    fn a_bomb_stays_small() {
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(&vec![0; 8 << 20]).unwrap();
        let bomb = bomb.finish().unwrap();
        let body = decoded(&bomb, "gzip", true);
        assert_eq!((body.start.len() as u64, body.length), (START, None));
        let mut small = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        small.write_all(b"<svg/>").unwrap();
        let small = small.finish().unwrap();
        assert_eq!(decoded(&small, "gzip", true).length, Some(6));
        assert_eq!(decoded(&small, "gzip", false).length, None);
        assert!(decoded(&small, "br", true).opaque && decoded(b"rubbish", "gzip", true).opaque);
    }
}
