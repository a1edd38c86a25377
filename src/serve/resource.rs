//! One resource of the server: its bytes, with their headers.

use crate::edge::store::Kept;
use crate::model::{Format, Timestamp};
use bytes::Bytes;

/// A resource with its validators.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    /// The resource's bytes.
    pub(super) bytes: Bytes,
    /// Of its bytes, for the strong `ETag`.
    pub(super) digest: String,
    /// The header `Content-Type`.
    pub(super) media_type: &'static str,
    /// The header `Last-Modified`.
    pub(super) modified: Option<Timestamp>,
    /// The header `Link`.
    pub(super) links: Vec<String>,
}

impl Resource {
    /// A feed or the list of all feeds, unchanged.
    pub(super) fn document(kept: &Kept, hubs: &[String]) -> Self {
        let hubs = hubs.iter().map(|hub| format!("<{hub}>; rel=\"hub\""));
        let own = format!("<{}>; rel=\"self\"", kept.topic.as_str());
        Self {
            bytes: kept.bytes.clone(),
            digest: kept.digest.clone(),
            media_type: content_type(kept.format),
            modified: Some(kept.modified),
            links: if kept.format.is_feed() { hubs.chain([own]).collect() } else { Vec::new() },
        }
    }

    /// Bytes that are made for the preview alone.
    pub(super) fn made(bytes: impl Into<Bytes>, media_type: &'static str) -> Self {
        let bytes = bytes.into();
        let digest = blake3::hash(&bytes).to_hex().to_string();
        Self { bytes, digest, media_type, modified: None, links: Vec::new() }
    }

    /// The same with a date.
    pub(super) fn changed(self, modified: Option<Timestamp>) -> Self {
        Self { modified, ..self }
    }

    /// Its strong `ETag`.
    pub(super) fn etag(&self) -> String {
        format!("\"{}\"", self.digest.get(..32).unwrap_or_default())
    }
}

/// The header's value: our documents are UTF-8 and declare it; RFC 8259 defines no charset for JSON.
const fn content_type(format: Format) -> &'static str {
    match format {
        Format::Rss => "application/rss+xml; charset=utf-8",
        Format::Atom => "application/atom+xml; charset=utf-8",
        Format::Json => "application/feed+json",
        Format::Page => "text/html; charset=utf-8",
        Format::Opml => "text/x-opml; charset=utf-8",
    }
}
