//! Probes: asks hosts for the size, type and dimensions of images, within limits per host.
//!
//! One ranged GET of at most 64 KiB an image, a HEAD only if that leaves the length open; 16 at once, 4 a host; two
//! retries. A known image is requested with its validators and costs no body. Refuses what `http::address` and
//! `hosts` refuse. The caller saves the results; this module writes nothing.

mod ask;
mod body;
mod hosts;
#[cfg(test)]
mod tests;

use super::EdgeError;
use super::http::address::Bounds;
use super::images::lock::ImageRecord;
use crate::model::{AbsUrl, Reach, Timestamp};
use ask::Asker;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

/// Probes in hand at one time, those that wait for a second try among them.
const IN_HAND: usize = 64;

/// Requests to one host at one time.
const A_HOST: usize = 4;

/// An image to probe, with its known facts.
#[derive(Debug, Clone)]
pub struct Ask {
    /// URL of the image.
    pub url: AbsUrl,
    /// What was learned before.
    pub before: Option<ImageRecord>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeOutcome {
    /// Facts; also that it is gone.
    Learned(ImageRecord),
    /// The known facts are still valid.
    Confirmed(ImageRecord),
    /// No usable response, with the reason.
    Failed(String),
}

/// The limits of a probe.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// What may be connected to.
    pub bounds: Bounds,
    /// The instant that facts are learned at.
    pub now: Timestamp,
    /// How long one image may take.
    pub timeout: Duration,
    /// Time for all images; those not probed by then are left to the next run.
    pub budget: Option<Duration>,
}

impl Manner {
    /// Twenty seconds an image, no end for all.
    pub const fn new(reach: Reach, now: Timestamp) -> Self {
        Self { bounds: Bounds::new(reach), now, timeout: Duration::from_secs(20), budget: None }
    }
}

/// Probes all images, in the order given as far as the hosts' limits allow, and passes on each answer as it arrives.
pub fn all(asks: Vec<Ask>, manner: Manner, mut each: impl FnMut(AbsUrl, ProbeOutcome)) -> Result<(), EdgeError> {
    if asks.is_empty() {
        return Ok(());
    }
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|why| EdgeError::network(&why))?;
    let asker = Arc::new(Asker::new(manner).map_err(|why| EdgeError::network(&why))?);
    runtime.block_on(async {
        let (tell, mut answers) = mpsc::channel(IN_HAND);
        let mut workers = workers(asks, &asker, &tell);
        drop(tell);
        let hear = async {
            while let Some((url, answer)) = answers.recv().await {
                each(url, answer);
            }
        };
        match manner.budget {
            Some(budget) => drop(tokio::time::timeout(budget, hear).await),
            None => hear.await,
        }
        workers.abort_all();
    });
    // A name that is still being looked up must not hold the run.
    runtime.shutdown_background();
    Ok(())
}

type Queue = Arc<Mutex<VecDeque<Ask>>>;
type Tell = mpsc::Sender<(AbsUrl, ProbeOutcome)>;

/// Up to four workers a host, each with the host's queue; hosts begin in the order of their first image.
fn workers(asks: Vec<Ask>, asker: &Arc<Asker>, tell: &Tell) -> JoinSet<()> {
    let mut queues: Vec<(usize, Queue)> = Vec::new();
    let mut by_host: BTreeMap<String, usize> = BTreeMap::new();
    for ask in asks {
        let at = *by_host.entry(ask.url.host()).or_insert(queues.len());
        if at == queues.len() {
            queues.push((0, Queue::default()));
        }
        if let Some((count, queue)) = queues.get_mut(at) {
            *count += 1;
            queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(ask);
        }
    }
    let in_hand = Arc::new(Semaphore::new(IN_HAND));
    let mut workers = JoinSet::new();
    // Round by round, so that many images of one host do not keep the others waiting.
    for round in 0..A_HOST {
        for (_, queue) in queues.iter().filter(|(count, _)| *count > round) {
            workers.spawn(work(queue.clone(), asker.clone(), in_hand.clone(), tell.clone()));
        }
    }
    workers
}

async fn work(queue: Queue, asker: Arc<Asker>, in_hand: Arc<Semaphore>, tell: Tell) {
    loop {
        let Ok(_permit) = in_hand.acquire().await else { return };
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let Some(ask) = next else { return };
        let answer = Box::pin(asker.answer(&ask)).await;
        if tell.send((ask.url, answer)).await.is_err() {
            return;
        }
    }
}
