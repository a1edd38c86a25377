//! Whether the client that asks has the thing already (RFC 9110, section 13).

use crate::model::Timestamp;
use hyper::header::{HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH};

/// Whether the client has it already. `If-None-Match` takes precedence over `If-Modified-Since` (section 13.2.2).
pub(super) fn is_known(headers: &HeaderMap, etag: &str, modified: Option<Timestamp>) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        let mut tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let is_own = |tag: &str| tag == "*" || tag == etag;
        return tags.any(|tags| tags.split(',').any(|tag| is_own(tag.trim().trim_start_matches("W/"))));
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(|value| moment(value.to_str().ok()?));
    since.zip(modified).is_some_and(|(since, modified)| modified.unix() <= since)
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

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        all.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
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
}
