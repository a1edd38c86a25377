//! Live before ping: fetches a topic's public URL, bypassing caches, until it gives the document byte for byte. A hub
//! fetches the topic at once, so an early ping would make it distribute the old bytes.

use super::answer::redirect_target;
use super::ask::{TOTAL, cause};
use super::{ContentDigest, PublishedDocument, PublishedDocuments};
use crate::edge::http::CONNECT;
use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, HeaderValue, LOCATION};
use reqwest::{Client, Response};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long one topic is looked at.
pub(super) const POLL: Duration = Duration::from_secs(120);

/// Looks under way at one time.
pub(super) const AT_ONCE: usize = 8;

const SLOWEST: Duration = Duration::from_secs(5);

/// What a look saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// The public URL serves these bytes, which are in the target.
    Live(ContentDigest),
    /// Something that may change in a moment.
    NotYet(Sight),
    /// Something that will not.
    Never(Sight),
}

/// What was seen instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sight {
    pub status: Option<u16>,
    pub what: String,
}

/// The wait before the next look.
pub(super) fn pause(looks: u32) -> Duration {
    Duration::from_millis(500).saturating_mul(1 << looks.min(8)).min(SLOWEST)
}

/// Fetches the topic once.
pub(super) async fn look(
    client: &Client,
    document: &PublishedDocument,
    shelf: &dyn PublishedDocuments,
    end: Instant,
) -> Seen {
    let end = end.min(Instant::now() + TOTAL.max(CONNECT));
    let request = client
        .get(document.topic.as_str())
        .header(CACHE_CONTROL, HeaderValue::from_static("no-cache"))
        .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let not_yet = |status, what: String| Seen::NotYet(Sight { status, what });
    let response = match timeout_at(end, request.send()).await {
        Ok(Ok(response)) => response,
        Ok(Err(why)) => return not_yet(None, format!("the public URL cannot be read: {}", cause(&why))),
        Err(_) => return not_yet(None, "the public URL did not answer in time".into()),
    };
    let status = Some(response.status().as_u16());
    if response.status().is_redirection() {
        let to =
            response.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(redirect_target).unwrap_or_default();
        let what = format!("the public URL answers {} and redirects to {to}", response.status().as_u16());
        return Seen::Never(Sight { status, what });
    }
    if response.status().as_u16() != 200 {
        return not_yet(status, format!("the public URL answers {}", response.status().as_u16()));
    }
    let seen = match timeout_at(end, read(response, document.print.size)).await {
        Ok(Ok(seen)) => seen,
        Ok(Err(why)) => return not_yet(status, format!("the public URL cannot be read: {}", cause(&why))),
        Err(_) => return not_yet(status, "the download from the public URL timed out".into()),
    };
    // Another run may have put newer bytes into the target meanwhile: they are live as well.
    if seen == document.print || shelf.print(&document.path).is_some_and(|now| now == seen) {
        return Seen::Live(seen);
    }
    not_yet(status, other(&seen, &document.print))
}

fn other(seen: &ContentDigest, wanted: &ContentDigest) -> String {
    match seen.size == wanted.size {
        true => format!("the public URL gives other bytes, as many as the document: {}", seen.size),
        false => format!("the public URL returns {} bytes, but the document has {}", seen.size, wanted.size),
    }
}

/// Reads not much further than the document is long: enough to know that it is another one, also a newer one.
async fn read(mut response: Response, size: u64) -> reqwest::Result<ContentDigest> {
    let most = size.saturating_mul(2).saturating_add(1 << 20);
    let (mut hasher, mut seen) = (blake3::Hasher::new(), 0_u64);
    while let Some(chunk) = response.chunk().await? {
        hasher.update(&chunk);
        seen += chunk.len() as u64;
        if seen > most {
            break;
        }
    }
    Ok(ContentDigest { size: seen, digest: hasher.finalize().to_hex().to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_become_rarer() {
        let pauses: Vec<_> = (0..6).map(|n| pause(n).as_millis()).collect();
        assert_eq!(pauses, [500, 1000, 2000, 4000, 5000, 5000]);
    }
}
