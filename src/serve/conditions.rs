//! What a request asks for beside its path (RFC 9110): which coding, whether it has the thing already, which part of it.

use crate::edge::store::Packing;
use crate::model::Timestamp;
use hyper::header::{ACCEPT_ENCODING, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE};
use std::ops::Range;

/// The best coding that is accepted: brotli before gzip where both are liked alike (section 12.5.3).
pub(super) fn packing(headers: &HeaderMap) -> Packing {
    let accepted = joined(headers, &ACCEPT_ENCODING);
    let weight = |wanted: &str| {
        let named = accepted.split(',').filter_map(|part| {
            let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
            let q = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse::<f32>().ok())?;
            Some((name.trim().to_ascii_lowercase(), q))
        });
        let mut any = 0.0;
        for (name, q) in named {
            match name.as_str() {
                name if name == wanted => return q,
                "*" => any = q,
                _ => {}
            }
        }
        any
    };
    let (brotli, gzip) = (weight("br"), weight("gzip"));
    match (brotli > 0.0 && brotli >= gzip, gzip > 0.0) {
        (true, _) => Packing::Brotli,
        (_, true) => Packing::Gzip,
        _ => Packing::Identity,
    }
}

/// Whether the client has it already. `If-None-Match` stands above `If-Modified-Since` (section 13.2.2).
pub(super) fn is_known(headers: &HeaderMap, etag: &str, modified: Option<Timestamp>) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        let named = joined(headers, &IF_NONE_MATCH);
        return named.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == "*" || tag == etag);
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(|value| moment(value.to_str().ok()?));
    since.zip(modified).is_some_and(|(since, modified)| modified.unix() <= since)
}

/// What part is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// These bytes.
    Some(Range<usize>),
    /// None that is there.
    Outside,
}

/// A single range of bytes (section 14.2); several at once, other units and what cannot be read give the whole.
pub(super) fn part(headers: &HeaderMap, length: usize, etag: &str, modified: Option<Timestamp>) -> Part {
    let range = headers.get(RANGE).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("bytes="));
    let Some((from, to)) = range.and_then(|range| range.trim().split_once('-')) else { return Part::Whole };
    if headers.get(IF_RANGE).is_some_and(|value| !is_the_same(value.to_str().unwrap_or_default(), etag, modified)) {
        return Part::Whole;
    }
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().unwrap_or(usize::MAX));
    let last = length.saturating_sub(1);
    let (first, end) = match (from.is_empty(), to.is_empty(), number(from), number(to)) {
        (true, false, _, Some(0)) => return Part::Outside,
        (true, false, _, Some(suffix)) => (length.saturating_sub(suffix), last),
        (false, true, Some(first), _) => (first, last),
        (false, false, Some(first), Some(end)) if first <= end => (first, end.min(last)),
        _ => return Part::Whole,
    };
    if first < length { Part::Some(first..end.saturating_add(1)) } else { Part::Outside }
}

/// `If-Range` wants a strong tag, or the very date (section 13.1.5).
fn is_the_same(written: &str, etag: &str, modified: Option<Timestamp>) -> bool {
    written == etag || moment(written).zip(modified).is_some_and(|(at, modified)| at == modified.unix())
}

/// An HTTP date in its one good form, in seconds.
fn moment(text: &str) -> Option<i64> {
    let at = chrono::NaiveDateTime::parse_from_str(text.trim(), "%a, %d %b %Y %H:%M:%S GMT").ok()?;
    Some(at.and_utc().timestamp())
}

/// A moment as an HTTP date.
pub(super) fn http_date(at: Timestamp) -> String {
    at.datetime().to_utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn codings_by_weight() {
        let of = |text: &str| packing(&headers(&[("accept-encoding", text)]));
        for text in ["gzip, deflate, br, zstd", "br", "*", "gzip;q=0.5, br;q=0.9", "BR;q=1", "gzip;q=0, *"] {
            assert_eq!(of(text), Packing::Brotli, "{text}");
        }
        for text in ["gzip", "br;q=0, gzip", "gzip, br;q=0.5", "deflate, gzip;q=0.1", "br;q=x, gzip"] {
            assert_eq!(of(text), Packing::Gzip, "{text}");
        }
        for text in ["", "identity", "deflate", "*;q=0", "gzip;q=0, br;q=0.0"] {
            assert_eq!(of(text), Packing::Identity, "{text}");
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let at = Timestamp::from_unix(1_750_000_000);
        let known = |name, value: &str| is_known(&headers(&[(name, value)]), "\"a\"", at);
        for tag in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(known("if-none-match", tag), "{tag}");
        }
        assert!(!known("if-none-match", "\"b\"") && !known("if-none-match", "a") && !known("if-none-match", ""));
        let date = http_date(at.unwrap());
        assert_eq!(date, "Sun, 15 Jun 2025 15:06:40 GMT");
        assert!(known("if-modified-since", &date) && known("if-modified-since", "Mon, 16 Jun 2025 15:06:40 GMT"));
        assert!(
            !known("if-modified-since", "Sun, 15 Jun 2025 15:06:39 GMT") && !known("if-modified-since", "yesterday")
        );
        let both = headers(&[("if-none-match", "\"b\""), ("if-modified-since", date.as_str())]);
        assert!(!is_known(&both, "\"a\"", at), "the tag has the say");
    }

    #[test]
    fn single_ranges() {
        let of = |range: &str| part(&headers(&[("range", range)]), 10, "\"a\"", None);
        assert_eq!(of("bytes=0-3"), Part::Some(0..4));
        assert_eq!(of("bytes=5-"), Part::Some(5..10));
        assert_eq!(of("bytes=-3"), Part::Some(7..10));
        assert_eq!(of("bytes=-30"), Part::Some(0..10));
        assert_eq!(of("bytes=8-99999999999999999999999"), Part::Some(8..10));
        for outside in ["bytes=10-", "bytes=99-100", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(of(outside), Part::Outside, "{outside}");
        }
        for whole in ["bytes=3-2", "bytes=0-1,3-4", "items=0-1", "bytes=-", "bytes=a-b", "bytes", "bytes=+1-2"] {
            assert_eq!(of(whole), Part::Whole, "{whole}");
        }
        assert_eq!(part(&headers(&[("range", "bytes=0-")]), 0, "\"a\"", None), Part::Outside);
        let with = |tag| part(&headers(&[("range", "bytes=0-3"), ("if-range", tag)]), 10, "\"a\"", None);
        assert_eq!((with("\"a\""), with("\"b\""), with("W/\"a\"")), (Part::Some(0..4), Part::Whole, Part::Whole));
    }
}
