//! One hub: its queue, its pace, its deadline, and the workers that bring it one topic a request.

use super::answer::{HubVerdict, verdict};
use super::ask::{Silence, ping};
use super::limits::{ATTEMPTS, Deadline, FIRST_WAIT, RateLimit};
use super::queue::Queue;
use super::{ContentDigest, PublishedDocument, PushRun, PushState};
use crate::edge::EdgeError;
use crate::edge::http::Clients;
use crate::edge::http::backoff::backoff;
use crate::model::{AbsUrl, Ping, PingOutcome, Progress, ProgressEvent};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// A hub and the topics to ping it about.
pub(super) struct Hub {
    pub url: AbsUrl,
    pub queue: Queue<Owed>,
    pub deadline: Deadline,
    rate_limit: RateLimit,
    pings: Mutex<Vec<(usize, Ping)>>,
    progress: std::sync::Arc<dyn Progress>,
}

/// A topic that a hub has not yet accepted in its present state.
pub(super) struct Owed {
    /// Index of the document.
    pub document: usize,
    /// Digest of the bytes that were seen live, or that are in the target.
    pub print: ContentDigest,
    pub attempts: u32,
    pub waited: Duration,
    pub status: Option<u16>,
}

/// What workers share.
pub(super) struct HubRun {
    pub push_run: PushRun,
    pub documents: Vec<PublishedDocument>,
    pub push_state: std::sync::Arc<dyn PushState>,
    pub shelf: std::sync::Arc<dyn super::PublishedDocuments>,
    pub clients: Clients,
    /// Our own side failed: no further ping may go out.
    pub failure: Mutex<Option<EdgeError>>,
}

/// How an attempt ended.
enum Step {
    End(PingOutcome, String),
    Again(Duration),
}

impl Hub {
    pub fn new(url: AbsUrl, push_run: &PushRun) -> Self {
        Self {
            url,
            queue: Queue::new(),
            deadline: Deadline::new(push_run.deadline),
            rate_limit: RateLimit::new(push_run.rules.per_second),
            pings: Mutex::new(Vec::new()),
            progress: std::sync::Arc::clone(&push_run.progress),
        }
    }

    /// Brings topics to the hub until there is none left.
    pub async fn work(&self, run: &HubRun) {
        while let Some(mut owed) = self.queue.take().await {
            if run.has_failed() {
                self.queue.stop();
                return;
            }
            let Some(document) = run.documents.get(owed.document) else {
                self.queue.done();
                continue;
            };
            match self.attempt(&mut owed, document, run).await {
                Step::Again(wait) => {
                    owed.waited += wait;
                    self.queue.again(owed, Instant::now() + wait);
                }
                Step::End(outcome, message) => {
                    self.record(owed.document, owed.ping(&self.url, document, outcome, message));
                    self.queue.done();
                }
            }
        }
    }

    /// Notes what became of a topic.
    pub fn record(&self, document: usize, ping: Ping) {
        self.pings.lock().unwrap_or_else(PoisonError::into_inner).push((document, ping));
        self.progress.report(ProgressEvent::Done);
    }

    /// The outcome of every topic, in the order of the documents.
    pub fn pings(&self) -> Vec<Ping> {
        let mut pings = std::mem::take(&mut *self.pings.lock().unwrap_or_else(PoisonError::into_inner));
        pings.sort_by_key(|(document, _)| *document);
        pings.into_iter().map(|(_, ping)| ping).collect()
    }

    async fn attempt(&self, owed: &mut Owed, document: &PublishedDocument, run: &HubRun) -> Step {
        self.rate_limit.wait().await;
        if self.deadline.left().is_zero() {
            return Step::End(PingOutcome::Owed, format!("{} is over", self.deadline.described()));
        }
        owed.attempts += 1;
        let answer = ping(&run.clients, &self.url, &document.topic, self.deadline.end()).await;
        owed.status = answer.as_ref().ok().map(|answer| answer.status).or(owed.status);
        let (why, least) = match answer.map(|answer| verdict(&answer, document.topic.as_str())) {
            Ok(verdict @ (HubVerdict::Accepted | HubVerdict::NoSubscribers)) => {
                return self.accepted(&verdict, owed, document, run);
            }
            Ok(HubVerdict::Refused(why)) | Err(Silence::Barred(why)) => return Step::End(PingOutcome::Refused, why),
            Ok(HubVerdict::Owed(why)) => return Step::End(PingOutcome::Owed, why),
            Ok(HubVerdict::Again(why, least)) => (why, least),
            Err(Silence::Failed(why)) => (format!("the hub cannot be reached: {why}"), Duration::ZERO),
        };
        if owed.attempts >= ATTEMPTS {
            return Step::End(PingOutcome::Owed, format!("{why}; {ATTEMPTS} attempts were made"));
        }
        let wait = backoff(FIRST_WAIT, owed.attempts).max(least);
        if wait >= self.deadline.left() {
            let why = format!("{why}; the next attempt would be after {}", self.deadline.described());
            return Step::End(PingOutcome::Owed, why);
        }
        Step::Again(wait)
    }

    /// Saves the acceptance before this worker continues.
    fn accepted(&self, verdict: &HubVerdict, owed: &Owed, document: &PublishedDocument, run: &HubRun) -> Step {
        if let Err(fault) = run.push_state.accept(&self.url, &document.topic, &owed.print.digest) {
            run.fail(fault);
            self.queue.stop();
        }
        self.deadline.renew();
        match verdict {
            HubVerdict::NoSubscribers => {
                Step::End(PingOutcome::NoSubscribers, "the hub has no subscribers for it".into())
            }
            _ => Step::End(PingOutcome::Accepted, String::new()),
        }
    }
}

impl Owed {
    /// A topic that was not yet sent to any hub.
    pub fn new(document: usize, print: ContentDigest) -> Self {
        Self { document, print, attempts: 0, waited: Duration::ZERO, status: None }
    }

    /// The line of the report.
    pub fn ping(&self, hub: &AbsUrl, document: &PublishedDocument, outcome: PingOutcome, message: String) -> Ping {
        Ping {
            hub: hub.to_string(),
            topic: document.topic.as_str().to_owned(),
            outcome,
            status: self.status,
            attempts: self.attempts,
            waited_ms: u64::try_from(self.waited.as_millis()).unwrap_or(u64::MAX),
            message,
        }
    }
}

impl HubRun {
    /// Records a failure on our own side; only the first is kept.
    pub fn fail(&self, fault: EdgeError) {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(fault);
    }

    /// Whether it did.
    pub fn has_failed(&self) -> bool {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}
