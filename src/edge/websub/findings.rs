//! What people should know of a push: one finding for each hub and each thing that went wrong, however many topics it
//! befell. The report has every topic.

use super::PublishedDocument;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AbsUrl, Ping, PingOutcome, Place};
use std::collections::BTreeMap;

/// Reports the pings that failed.
pub(super) fn report_failures(pings: &[Ping], findings: &mut Vec<Diagnostic>) {
    let mut kinds: BTreeMap<(&str, PingOutcome, &str), Vec<&Ping>> = BTreeMap::new();
    for ping in pings.iter().filter(|ping| ping.outcome != PingOutcome::Accepted) {
        // What a public URL gives is the same for every hub.
        let hub = if ping.outcome == PingOutcome::NotLive { "" } else { ping.hub.as_str() };
        kinds.entry((hub, ping.outcome, ping.message.as_str())).or_default().push(ping);
    }
    for ((hub, outcome, why), pings) in kinds {
        let mut topics: Vec<&str> = pings.iter().map(|ping| ping.topic.as_str()).collect();
        topics.dedup();
        let (code, help) = match outcome {
            PingOutcome::NoSubscribers => {
                (Code::NoSubscribers, "if you expect subscribers, check that they use this hub and this feed URL")
            }
            PingOutcome::Refused => (
                Code::HubRefused,
                "correct websub.hubs or register the site with the hub, then run `feedmill push` again",
            ),
            PingOutcome::NotLive => {
                (Code::NotLive, "make the server or CDN serve the new files, then run `feedmill push` again")
            }
            _ => (Code::StillOwed, "run `feedmill push` again later"),
        };
        let text = match hub {
            "" => format!("{why} ({})", named(&topics)),
            hub => format!("{hub}: {why} ({})", named(&topics)),
        };
        findings.push(Diagnostic::new(code, "", Place::WHOLE, text).help(help));
    }
}

/// Hubs that no document names: their subscribers cannot have found them there.
pub(super) fn unadvertised(hubs: &[AbsUrl], documents: &[PublishedDocument], findings: &mut Vec<Diagnostic>) {
    for hub in hubs {
        let without: Vec<&str> = documents
            .iter()
            .filter(|d| d.hubs.as_ref().is_some_and(|hubs| !hubs.contains(hub)))
            .map(|document| document.topic.as_str())
            .collect();
        if !without.is_empty() {
            let text = format!("{hub} is not advertised as a hub in {}", named(&without));
            let help = "add it to websub.hubs and build again, so that feed readers can find it";
            findings.push(Diagnostic::new(Code::HubNotAdvertised, "", Place::WHOLE, text).help(help));
        }
    }
}

/// The purge command failed; public URLs are looked at all the same.
pub(super) fn unpurged(why: &str) -> Diagnostic {
    let help = "correct push.purge; the public URLs are checked in any case";
    Diagnostic::new(Code::PurgeFailed, "", Place::WHOLE, why).help(help)
}

fn named(topics: &[&str]) -> String {
    match topics {
        [] => "no topic".into(),
        [one] => (*one).to_owned(),
        [one, rest @ ..] => format!("{} topics, such as {one}", rest.len() + 1),
    }
}
