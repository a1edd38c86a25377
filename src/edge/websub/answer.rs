//! What a hub's answer means for a topic. Pure: status, headers and the beginning of the body in, a verdict out.

use crate::model::{without_secrets, without_secrets_in};
use serde_json::Value;
use std::time::Duration;
use url::form_urlencoded;

/// An answer, its body cut at [`super::ask::BODY`].
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<Duration>,
    pub body: String,
    /// What the hub was told in its URL's query, and may repeat: never shown.
    pub secrets: Vec<String>,
}

/// What follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Accepted,
    NoSubscribers,
    /// Worth another attempt, after this at least.
    Again(String, Duration),
    /// Owed, and another attempt now would bring nothing.
    Owed(String),
    /// Something must be changed first.
    Refused(String),
}

/// Reads an answer. Redirects that are to be followed have been.
pub(super) fn verdict(answer: &Answer, topic: &str) -> Verdict {
    match answer.status {
        207 => multi_status(answer, topic),
        200..=299 => Verdict::Accepted,
        500 if answer.body.to_ascii_lowercase().contains("topic not found") => Verdict::NoSubscribers,
        408 | 425 | 429 | 500..=599 => {
            Verdict::Again(format!("the hub answers {}", said(answer)), answer.retry_after.unwrap_or_default())
        }
        status => Verdict::Refused(format!("the hub answers {}: {}", said(answer), advice(status, answer))),
    }
}

/// What must be changed.
fn advice(status: u16, answer: &Answer) -> String {
    let to = answer.location.as_deref().map(|to| format!(" to {}", redirect_target(to))).unwrap_or_default();
    match status {
        301..=303 => format!("it has moved{to}; put its new URL into websub.hubs"),
        307 | 308 => format!("it redirects{to}, more often than is followed; put its real URL into websub.hubs"),
        300..=399 => "it redirects in a way that a ping cannot follow; check its URL".into(),
        400 => "it does not take this topic; ask its operator what it takes".into(),
        401 | 403 => {
            "it does not let this site publish; register the site with it, or remove it from websub.hubs".into()
        }
        404 | 405 | 410 => "there is no hub at this URL; check it, or remove it from websub.hubs".into(),
        _ => "it will not take the ping; ask its operator, or remove it from websub.hubs".into(),
    }
}

/// squeep answers a JSON list, one object a topic.
fn multi_status(answer: &Answer, topic: &str) -> Verdict {
    let unread = || Verdict::Owed("the hub answers 207 with a body that does not say what became of the topic".into());
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
    verdict(&Answer { status, body, secrets: answer.secrets.clone(), ..Answer::default() }, topic)
}

/// The values of a hub's query, as written and as meant. What is shorter than four characters is no secret, and would be found
/// in any text.
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
pub(super) fn said(answer: &Answer) -> String {
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
    const LONGEST: usize = 120;
    let text = without_secrets_in(text);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > LONGEST {
            return line.chars().take(LONGEST).chain(['…']).collect();
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "https://e.org/feeds/rss.xml";

    fn of(status: u16, body: &str) -> Verdict {
        verdict(&Answer { status, body: body.into(), ..Answer::default() }, TOPIC)
    }

    #[test]
    fn a_2xx_is_accepted() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(of(status, "whatever"), Verdict::Accepted);
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_the_hub_may_say_when() {
        for status in [408, 425, 429, 500, 502, 503, 504, 599] {
            assert!(
                matches!(of(status, "busy"), Verdict::Again(why, _) if why == format!("the hub answers {status} (busy)"))
            );
        }
        let wait = Duration::from_secs(120);
        let asked = Answer { status: 503, retry_after: Some(wait), ..Answer::default() };
        assert_eq!(verdict(&asked, TOPIC), Verdict::Again("the hub answers 503".into(), wait));
    }

    #[test]
    fn no_subscribers_is_no_fault() {
        assert_eq!(of(500, "Topic not found for topic URL."), Verdict::NoSubscribers);
        assert!(matches!(of(404, "Topic not found for topic URL."), Verdict::Refused(_)));
    }

    #[test]
    fn what_must_be_changed_is_said() {
        for (status, advice) in [
            (301, "websub.hubs"),
            (302, "websub.hubs"),
            (303, "websub.hubs"),
            (308, "real URL"),
            (304, "URL"),
            (400, "topic"),
            (401, "register"),
            (403, "register"),
            (404, "no hub"),
            (410, "no hub"),
            (413, "operator"),
            (100, "operator"),
        ] {
            let Verdict::Refused(why) = of(status, "") else { panic!("{status}") };
            assert!(why.starts_with(&format!("the hub answers {status}: ")) && why.contains(advice), "{why}");
        }
        let moved = Answer { status: 301, location: Some("https://new.example/\u{1b}[0m".into()), ..Answer::default() };
        assert!(
            matches!(verdict(&moved, TOPIC), Verdict::Refused(why) if why.contains("moved to https://new.example/ [0m;"))
        );
    }

    #[test]
    fn a_207_is_read_for_its_topic() {
        let list = |status: &str| {
            format!(
                r#"[{{"href":"https://e.org/other","status":409}},{{"href":"{TOPIC}","status":{status},"errors":["topic not supported"]}}]"#
            )
        };
        assert_eq!(of(207, &list("202")), Verdict::Accepted);
        assert!(matches!(of(207, &list("409")), Verdict::Refused(why) if why.contains("409 (topic not supported)")));
        assert!(matches!(of(207, &list("503")), Verdict::Again(..)));
        for unread in
            ["", "{", "[]", "null", "[{\"href\":1}]", &list("207"), &list("99999"), &list("null"), "<multistatus/>"]
        {
            assert!(matches!(of(207, unread), Verdict::Owed(_)), "{unread}");
        }
    }

    #[test]
    fn what_a_hub_repeats_of_its_query_is_not_shown() {
        let hub = "https://h.example/?token=ge%68eim&v=2&geheimer";
        let body = "bad token geheim (ge%68eim, geheimer), v=2".to_owned();
        let told = said(&Answer { status: 400, body, secrets: secrets(hub), ..Answer::default() });
        assert_eq!(told, "400 (bad token … (…, …), v=2)");
        let long = format!("{}geheimer", "x".repeat(116));
        let told = said(&Answer { status: 400, body: long, secrets: secrets(hub), ..Answer::default() });
        assert!(!told.contains("geh"), "{told}");
        assert!(secrets("https://h.example/").is_empty());
    }

    #[test]
    fn foreign_text_is_one_plain_short_line() {
        assert_eq!(plain("a\u{1b}[31m<b>x</b>\r\n\u{9b}\u{7f}y\u{2028}z"), "a [31m<b>x</b> y z");
        assert_eq!(plain(&"я".repeat(3000)).chars().count(), 121);
        assert_eq!(plain(" \n "), "");
    }
}
