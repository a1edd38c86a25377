//! What a hub's answer means for a topic. Pure: status, headers and the beginning of the body in, a verdict out.

use crate::model::{without_secrets, without_secrets_in};
use serde_json::Value;
use std::time::Duration;
use url::form_urlencoded;

/// An answer, its body cut at [`super::ask::BODY`].
#[derive(Debug, Clone, Default)]
pub(super) struct HubAnswer {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<Duration>,
    pub body: String,
    /// Values of the hub's URL query, which the hub may repeat and which are never printed.
    pub secrets: Vec<String>,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HubVerdict {
    Accepted,
    NoSubscribers,
    /// Worth another attempt, after this at least.
    Again(String, Duration),
    /// Not accepted, and another attempt now would fail too.
    Owed(String),
    /// Something must be changed first.
    Refused(String),
}

/// Reads an answer. Redirects that are to be followed have been.
pub(super) fn verdict(answer: &HubAnswer, topic: &str) -> HubVerdict {
    match answer.status {
        207 => multi_status(answer, topic),
        200..=299 => HubVerdict::Accepted,
        500 if answer.body.to_ascii_lowercase().contains("topic not found") => HubVerdict::NoSubscribers,
        408 | 425 | 429 | 500..=599 => {
            HubVerdict::Again(format!("the hub answers {}", said(answer)), answer.retry_after.unwrap_or_default())
        }
        status => HubVerdict::Refused(format!("the hub answers {}: {}", said(answer), advice(status, answer))),
    }
}

/// What must be changed.
fn advice(status: u16, answer: &HubAnswer) -> String {
    let to = answer.location.as_deref().map(|to| format!(" to {}", redirect_target(to))).unwrap_or_default();
    match status {
        301..=303 => format!("it has moved{to}; put its new URL into websub.hubs"),
        307 | 308 => format!("it redirects{to}, too many times; put its final URL into websub.hubs"),
        300..=399 => "it sends a redirect that a ping cannot follow; check its URL".into(),
        400 => "it rejects this topic; ask its operator which topics it accepts".into(),
        401 | 403 => {
            "this site is not allowed to publish there; register it with the hub, or remove the hub from websub.hubs"
                .into()
        }
        404 | 405 | 410 => "there is no hub at this URL; check it, or remove it from websub.hubs".into(),
        _ => "it rejects the ping; ask its operator, or remove it from websub.hubs".into(),
    }
}

/// squeep answers a JSON list, one object a topic.
fn multi_status(answer: &HubAnswer, topic: &str) -> HubVerdict {
    let unread =
        || HubVerdict::Owed("the hub answers 207 with a body that does not say what became of the topic".into());
    let Ok(Value::Array(parts)) = serde_json::from_str::<Value>(&answer.body) else { return unread() };
    let of_topic = |part: &&Value| part.get("href").and_then(Value::as_str) == Some(topic);
    let Some(part) = parts.iter().find(of_topic) else { return unread() };
    let Some(status) = part.get("status").and_then(Value::as_u64).and_then(|s| u16::try_from(s).ok()) else {
        return unread();
    };
    if status == 207 {
        return unread();
    }
    let errors = part.get("errors").and_then(Value::as_array).into_iter().flatten();
    let body = errors.filter_map(Value::as_str).collect::<Vec<_>>().join("; ");
    verdict(&HubAnswer { status, body, secrets: answer.secrets.clone(), ..HubAnswer::default() }, topic)
}

/// The values of a hub's query, as written and decoded. A value of fewer than four characters is not treated as a
/// secret, because it would match any text.
pub(super) fn secrets(hub: &str) -> Vec<String> {
    let query = hub.split_once('?').map_or("", |(_, query)| query);
    let written = query.split('&').map(|piece| piece.split_once('=').map_or(piece, |(_, value)| value).to_owned());
    let meant = form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.into_owned());
    let mut secrets: Vec<String> = written.chain(meant).filter(|secret| secret.chars().count() > 3).collect();
    // The longest first: one may hold another.
    secrets.sort_unstable_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// `429 (slow down)`.
pub(super) fn said(answer: &HubAnswer) -> String {
    let body = answer.secrets.iter().fold(answer.body.clone(), |body, secret| body.replace(secret, "…"));
    match plain(&body) {
        text if text.is_empty() => answer.status.to_string(),
        text => format!("{} ({text})", answer.status),
    }
}

/// Where a redirect leads, for a message.
pub(super) fn redirect_target(location: &str) -> String {
    plain(&without_secrets(location))
}

/// The beginning of a foreign text on one line, without secrets of URLs and characters that steer a terminal.
pub(super) fn plain(text: &str) -> String {
    const MAX_QUOTED_CHARACTERS: usize = 120;
    let text = without_secrets_in(text);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > MAX_QUOTED_CHARACTERS {
            return line.chars().take(MAX_QUOTED_CHARACTERS).chain(['…']).collect();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "https://e.org/feeds/rss.xml";

    fn from_status(status: u16, body: &str) -> HubVerdict {
        verdict(&HubAnswer { status, body: body.into(), ..HubAnswer::default() }, TOPIC)
    }

    #[test]
    fn a_2xx_is_accepted() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(from_status(status, "whatever"), HubVerdict::Accepted);
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_the_hub_may_say_when() {
        for status in [408, 425, 429, 500, 502, 503, 504, 599] {
            assert!(
                matches!(from_status(status, "busy"), HubVerdict::Again(why, _) if why == format!("the hub answers {status} (busy)"))
            );
        }
        let wait = Duration::from_secs(120);
        let asked = HubAnswer { status: 503, retry_after: Some(wait), ..HubAnswer::default() };
        assert_eq!(verdict(&asked, TOPIC), HubVerdict::Again("the hub answers 503".into(), wait));
    }

    #[test]
    fn no_subscribers_is_no_fault() {
        assert_eq!(from_status(500, "Topic not found for topic URL."), HubVerdict::NoSubscribers);
        assert!(matches!(from_status(404, "Topic not found for topic URL."), HubVerdict::Refused(_)));
    }

    #[test]
    fn what_must_be_changed_is_said() {
        for (status, advice) in [
            (301, "websub.hubs"),
            (302, "websub.hubs"),
            (303, "websub.hubs"),
            (308, "final URL"),
            (304, "URL"),
            (400, "topic"),
            (401, "register"),
            (403, "register"),
            (404, "no hub"),
            (410, "no hub"),
            (413, "operator"),
            (100, "operator"),
        ] {
            let HubVerdict::Refused(why) = from_status(status, "") else { panic!("{status}") };
            assert!(why.starts_with(&format!("the hub answers {status}: ")) && why.contains(advice), "{why}");
        }
        let moved =
            HubAnswer { status: 301, location: Some("https://new.example/\u{1b}[0m".into()), ..HubAnswer::default() };
        assert!(
            matches!(verdict(&moved, TOPIC), HubVerdict::Refused(why) if why.contains("moved to https://new.example/ [0m;"))
        );
    }

    #[test]
    fn a_207_is_read_for_its_topic() {
        let list = |status: &str| {
            format!(
                r#"[{{"href":"https://e.org/other","status":409}},{{"href":"{TOPIC}","status":{status},"errors":["topic not supported"]}}]"#
            )
        };
        assert_eq!(from_status(207, &list("202")), HubVerdict::Accepted);
        assert!(
            matches!(from_status(207, &list("409")), HubVerdict::Refused(why) if why.contains("409 (topic not supported)"))
        );
        assert!(matches!(from_status(207, &list("503")), HubVerdict::Again(..)));
        for unread in
            ["", "{", "[]", "null", "[{\"href\":1}]", &list("207"), &list("99999"), &list("null"), "<multistatus/>"]
        {
            assert!(matches!(from_status(207, unread), HubVerdict::Owed(_)), "{unread}");
        }
    }

    #[test]
    fn what_a_hub_repeats_of_its_query_is_not_shown() {
        let hub = "https://h.example/?token=ge%68eim&v=2&geheimer";
        let body = "bad token geheim (ge%68eim, geheimer), v=2".to_owned();
        let message = said(&HubAnswer { status: 400, body, secrets: secrets(hub), ..HubAnswer::default() });
        assert_eq!(message, "400 (bad token … (…, …), v=2)");
        let long = format!("{}geheimer", "x".repeat(116));
        let message = said(&HubAnswer { status: 400, body: long, secrets: secrets(hub), ..HubAnswer::default() });
        assert!(!message.contains("geh"), "{message}");
        assert!(secrets("https://h.example/").is_empty());
    }

    #[test]
    fn foreign_text_is_one_plain_short_line() {
        assert_eq!(plain("a\u{1b}[31m<b>x</b>\r\n\u{9b}\u{7f}y\u{2028}z"), "a [31m<b>x</b> y z");
        assert_eq!(plain(&"я".repeat(3000)).chars().count(), 121);
        assert_eq!(plain(" \n "), "");
    }
}
