//! A whole push: which hubs to ping about which topics, the purge, the checks of public URLs, and all hubs in
//! parallel.

use super::ask::{WRITTEN, cause};
use super::hub::{Hub, HubRun, Owed};
use super::live::{self, Seen, Sight};
use super::queue::Queue;
use super::{PublishedDocuments, PushMode, PushRun, PushState, Pushed, Scope, findings, purge};
use crate::edge::EdgeError;
use crate::edge::http::Clients;
use crate::model::{AbsUrl, PingOutcome, ProgressEvent, Step, Verify};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// Document → the hubs that have not accepted it, both by index.
type Debts = BTreeMap<usize, Vec<usize>>;

/// A topic that is looked at.
struct Look {
    document: usize,
    looks: u32,
    end: Option<Instant>,
}

/// Runs the push.
pub(super) fn run(
    push_run: &PushRun,
    shelf: Arc<dyn PublishedDocuments>,
    push_state: Arc<dyn PushState>,
    folder: &Path,
) -> Result<Pushed, EdgeError> {
    let documents = shelf.documents()?;
    let mut pushed = Pushed::default();
    findings::unadvertised(&push_run.hubs, &documents, &mut pushed.findings);
    let topics: Vec<AbsUrl> = documents.iter().map(|document| document.topic.clone()).collect();
    let debts = debts(push_run, &documents, push_state.as_ref());
    if push_run.mode == PushMode::Dry {
        pushed.pings = planned(push_run, &documents, &debts);
        return Ok(pushed);
    }
    if debts.is_empty() {
        push_state.close(&topics)?;
        return Ok(pushed);
    }
    let began = std::time::Instant::now();
    let changed = changed(push_run, &documents, &debts, push_state.as_ref());
    if !push_run.rules.purge.is_empty() {
        let urls = purge::urls(&changed, &shelf.pages()?);
        if let Err(why) = purge::purge(&push_run.rules.purge, &urls, folder, began + push_run.deadline) {
            pushed.findings.push(findings::unpurged(&why));
        }
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|why| EdgeError::network(&why))?;
    let clients = Clients::new(WRITTEN).map_err(|why| EdgeError::network(&cause(&why)))?;
    let hubs: Vec<Arc<Hub>> = push_run.hubs.iter().map(|url| Arc::new(Hub::new(url.clone(), push_run))).collect();
    let ended = Arc::clone(&push_state);
    let run = HubRun { push_run: push_run.clone(), documents, push_state, shelf, clients, failure: Mutex::new(None) };
    let run = Arc::new(run);
    push_run.progress.report(ProgressEvent::Began(Step::Push, debts.values().map(Vec::len).sum()));
    runtime.block_on(work(&run, &hubs, Arc::new(debts)));
    push_run.progress.report(ProgressEvent::Ended);
    runtime.shutdown_background();
    pushed.pings = hubs.iter().flat_map(|hub| hub.pings()).collect();
    findings::report_failures(&pushed.pings, &mut pushed.findings);
    let failure = run.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
    match failure {
        Some(fault) => Err(fault),
        None => ended.close(&topics).map(|()| pushed),
    }
}

fn debts(push_run: &PushRun, documents: &[super::PublishedDocument], push_state: &dyn PushState) -> Debts {
    let owes = |hub: &AbsUrl, document: &super::PublishedDocument| {
        push_run.scope == Scope::All || push_state.last(hub, &document.topic).as_ref() != Some(&document.print.digest)
    };
    let of = |document: &super::PublishedDocument| -> Vec<usize> {
        push_run.hubs.iter().enumerate().filter(|(_, hub)| owes(hub, document)).map(|(at, _)| at).collect()
    };
    documents.iter().map(of).enumerate().filter(|(_, hubs)| !hubs.is_empty()).collect()
}

/// What a dry run would send.
fn planned(push_run: &PushRun, documents: &[super::PublishedDocument], debts: &Debts) -> Vec<crate::model::Ping> {
    let mut pings = Vec::new();
    for (at, hub) in push_run.hubs.iter().enumerate() {
        for document in debts.iter().filter(|(_, hubs)| hubs.contains(&at)).filter_map(|(d, _)| documents.get(*d)) {
            let owed = Owed::new(0, document.print.clone());
            pings.push(owed.ping(hub, document, PingOutcome::Owed, "a dry run sends nothing".into()));
        }
    }
    pings
}

/// Topics that no hub has accepted in their present state. A topic that only a new hub lacks has not changed.
fn changed<'d>(
    push_run: &PushRun,
    documents: &'d [super::PublishedDocument],
    debts: &Debts,
    push_state: &dyn PushState,
) -> Vec<&'d super::PublishedDocument> {
    let known = |document: &super::PublishedDocument| {
        push_run.hubs.iter().any(|hub| push_state.last(hub, &document.topic).as_ref() == Some(&document.print.digest))
    };
    debts.keys().filter_map(|d| documents.get(*d)).filter(|d| !known(d)).collect()
}

async fn work(run: &Arc<HubRun>, hubs: &[Arc<Hub>], debts: Arc<Debts>) {
    let mut tasks = JoinSet::new();
    for hub in hubs {
        for _ in 0..run.push_run.rules.at_once.max(1) {
            let (hub, run) = (Arc::clone(hub), Arc::clone(run));
            tasks.spawn(async move { hub.work(&run).await });
        }
    }
    let looks = Arc::new(Queue::new());
    let now = Instant::now();
    debts.keys().for_each(|document| looks.give(Look { document: *document, looks: 0, end: None }, now));
    looks.done();
    let lookers = if run.push_run.rules.verify == Verify::Off { 1 } else { live::AT_ONCE };
    let (mut looking, last) = (JoinSet::new(), Arc::new(Mutex::new(now)));
    for _ in 0..lookers {
        let (run, hubs, debts, looks) = (Arc::clone(run), hubs.to_vec(), Arc::clone(&debts), Arc::clone(&looks));
        let last = Arc::clone(&last);
        looking.spawn(async move { look(&run, &hubs, &debts, &looks, &last).await });
    }
    while looking.join_next().await.is_some() {}
    hubs.iter().for_each(|hub| hub.queue.done());
    while tasks.join_next().await.is_some() {}
}

/// Checks topics and passes those that are live to their hubs. The time limit of a topic starts anew whenever any
/// topic is seen live: many topics of a slow site all get their time, and a site where nothing is live costs it once.
async fn look(run: &HubRun, hubs: &[Arc<Hub>], debts: &Debts, looks: &Queue<Look>, last: &Mutex<Instant>) {
    let lock = || last.lock().unwrap_or_else(PoisonError::into_inner);
    while let Some(mut look) = looks.take().await {
        let Some(document) = run.documents.get(look.document).filter(|_| !run.has_failed()) else {
            looks.done();
            continue;
        };
        let owing = || debts.get(&look.document).into_iter().flatten().filter_map(|at| hubs.get(*at));
        let end = *look.end.get_or_insert_with(|| *lock() + run.push_run.deadline.min(live::POLL));
        let seen = match run.push_run.rules.verify {
            Verify::Off => Seen::Live(document.print.clone()),
            Verify::Bytes => live::look(run.clients.within(WRITTEN), document, run.shelf.as_ref(), end).await,
        };
        match seen {
            Seen::Live(print) => {
                *lock() = Instant::now();
                owing().for_each(|hub| hub.queue.give(Owed::new(look.document, print.clone()), Instant::now()));
            }
            Seen::NotYet(_) if Instant::now() + live::pause(look.looks) < end => {
                let due = Instant::now() + live::pause(look.looks);
                look.looks += 1;
                looks.again(look, due);
                continue;
            }
            Seen::NotYet(sight) | Seen::Never(sight) => {
                let Sight { status, what } = sight;
                for hub in owing() {
                    let owed = Owed { status, ..Owed::new(look.document, document.print.clone()) };
                    let ping = owed.ping(&hub.url, document, PingOutcome::NotLive, what.clone());
                    hub.record(look.document, ping);
                }
            }
        }
        looks.done();
    }
}
