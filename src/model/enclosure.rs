//! Enclosures, and the facts known about an image or media file.

use super::AbsUrl;

/// A media type, `type/subtype`, in lower case, without parameters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct MediaType(Box<str>);

impl MediaType {
    /// Takes `type/subtype` (RFC 2045 section 5.1); `image/jpg` becomes `image/jpeg`.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.split(';').next()?.trim().to_ascii_lowercase();
        let (kind, sub) = text.split_once('/')?;
        let token =
            |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b));
        if !token(kind) || !token(sub) {
            return None;
        }
        Some(Self(if text == "image/jpg" { "image/jpeg".into() } else { text.into() }))
    }

    /// Derives it from the extension of a URL's path; `None` if the extension is unknown or missing.
    pub fn of_url(url: &AbsUrl) -> Option<Self> {
        let name = url.path().rsplit('/').next()?;
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let registered = EXTENSIONS.iter().find(|(known, _)| extension.as_deref() == Some(known));
        Self::new(registered.map(|(_, media_type)| *media_type).or_else(|| mime_guess::from_path(name).first_raw())?)
    }

    /// The type as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the main type is `image`.
    pub fn is_image(&self) -> bool {
        self.0.starts_with("image/")
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Media types that podcast apps expect where `mime_guess` has an unregistered or another one (IANA, "Media Types"; RFC
/// 8216 section 4; Apple, "Podcast RSS feed requirements").
const EXTENSIONS: [(&str, &str); 8] = [
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("m4a", "audio/x-m4a"),
    ("m4b", "audio/mp4"),
    ("m4v", "video/x-m4v"),
    ("mka", "audio/matroska"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("ts", "video/mp2t"),
];

/// The largest length, in bytes, that feedmill writes: 2^53−1, up to which every JSON parser reads integers exactly
/// (RFC 8259 section 6). Go's parser, which Miniflux uses, refuses a whole feed for a number beyond 2^63−1.
pub const MAX_LENGTH: u64 = (1 << 53) - 1;

/// What is known about an image, audio or video file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImageFacts {
    /// The length in bytes; zero if unknown (RSS profile, enclosure).
    pub length: u64,
    /// The media type by the file's magic number.
    pub media_type: Option<MediaType>,
    /// The width in pixels.
    pub width: Option<u32>,
    /// The height in pixels.
    pub height: Option<u32>,
    /// Why no reader can display it.
    pub flaw: Option<ImageFlaw>,
}

/// Why no reader can display a file, whatever its type and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFlaw {
    /// Its host answers that it does not exist (404, 410).
    Gone,
    /// An SVG that contains a script.
    Script,
}

/// A file that belongs to an entry (RSS `enclosure`, Atom `link rel=enclosure`, JSON `attachments`).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Enclosure {
    /// The URL, byte-identical wherever it appears.
    pub url: AbsUrl,
    /// The media type.
    pub media_type: MediaType,
    /// The length in bytes; zero if unknown.
    pub length: u64,
    /// The width of an image in pixels.
    pub width: Option<u32>,
    /// The height of an image in pixels.
    pub height: Option<u32>,
    /// The alternative text of an image.
    pub alt: Option<String>,
    /// The duration of an audio or video in seconds.
    pub duration: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_give_registered_types() {
        for (name, media_type) in [
            ("ep.m4a", "audio/x-m4a"),
            ("BOOK.M4B", "audio/mp4"),
            ("live.m3u8?x=1", "application/vnd.apple.mpegurl"),
            ("v.ts", "video/mp2t"),
            ("v.m4v", "video/x-m4v"),
            ("a.opus", "audio/ogg"),
            ("a.oga", "audio/ogg"),
            ("a.mp3", "audio/mpeg"),
            ("m4a.png", "image/png"),
        ] {
            let url = AbsUrl::parse(&format!("https://e.org/a/{name}")).unwrap();
            assert_eq!(MediaType::of_url(&url).unwrap().as_str(), media_type, "{name}");
        }
        for name in ["", "m4a", "a.m4a.unknown-thing"] {
            let url = AbsUrl::parse(&format!("https://e.org/a/{name}")).unwrap();
            assert_eq!(MediaType::of_url(&url), None, "{name}");
        }
    }
}
