//! Size, type and dimensions of images: `probe`, `build --probe` and `images`. Only this step asks image hosts.
//!
//! It writes `images.lock` and nothing else. Its findings are at the line that names the image.

use super::run::PreparedRun;
use super::{Commit, ProbeScope, PruneImages};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edge::EdgeError;
use crate::edge::disk::Disk;
use crate::edge::images::lock::ImageLock;
use crate::edge::probe::{self, Ask, Manner, ProbeOutcome};
use crate::model::{AbsUrl, ImageCount, ImageLine, ImageReport, ProgressEvent, Step, Timestamp};
use crate::pipeline::{ImagePurpose, ImageUse};
use crate::render;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Number of answers after which results are saved, so that an interrupted run keeps what it learned.
const SAVE_EVERY: usize = 256;

/// How long a publish asks; the rest is left to the next one.
const BUDGET: Duration = Duration::from_secs(30);

/// The run, the images that its articles use, and the folder of the site's own files.
#[derive(Clone, Copy)]
pub(super) struct ProbeContext<'a> {
    pub(super) run: &'a PreparedRun<'a>,
    pub(super) now: Timestamp,
    pub(super) disk: &'a Disk,
    /// Uses of images, newest article first.
    pub(super) uses: &'a [ImageUse],
}

/// Asks for the images that the options select, and saves the answers.
pub(super) fn probe(
    context: ProbeContext<'_>,
    lock: &mut ImageLock,
    sink: &mut dyn Sink,
) -> Result<ImageCount, EdgeError> {
    let options = context.run.options;
    let (asks, mut count) = asks(context, lock);
    if options.prune == PruneImages::Unused {
        let used: BTreeSet<&AbsUrl> = context.uses.iter().map(|used| &used.image.url).collect();
        count.forgotten = lock.prune(|url| used.contains(url));
    }
    if options.commit != Commit::Write {
        count.unknown += asks.len();
        return Ok(count);
    }
    let asked = asks.len();
    let failed = send(context, asks, lock, &mut count)?;
    lock.save(&context.run.project.dir)?;
    count.unknown += asked - count.learned - count.confirmed - count.failed;
    for used in context.uses {
        if let Some(why) = failed.get(&used.image.url) {
            sink.report(unanswered(used, why, lock));
        }
    }
    Ok(count)
}

/// The images to probe, those of the newest articles first, and the count of all others.
fn asks(context: ProbeContext<'_>, lock: &ImageLock) -> (Vec<Ask>, ImageCount) {
    let mut count = ImageCount::default();
    let mut asks = Vec::new();
    for (url, uses) in by_url(context.uses) {
        count.all += 1;
        let Some(first) = uses.first() else { continue };
        if context.disk.own_image(first.image).is_some() {
            count.own += 1;
            continue;
        }
        let before = lock.known(url);
        let wanted = match context.run.options.probe {
            ProbeScope::Nothing => false,
            ProbeScope::Stale => before.is_none_or(|known| known.is_stale(context.now, &context.run.site.images)),
            ProbeScope::Unknown => before.is_none(),
            ProbeScope::All => true,
        };
        match (wanted, before.is_some()) {
            (true, _) => asks.push((first.rank, Ask { url: url.clone(), before: before.cloned() })),
            (false, true) => count.known += 1,
            (false, false) => count.unknown += 1,
        }
    }
    asks.sort_by_key(|(rank, _)| *rank);
    (asks.into_iter().map(|(_, ask)| ask).collect(), count)
}

/// Sends the requests and keeps the answers; gives the images that gave none, and why.
fn send(
    context: ProbeContext<'_>,
    asks: Vec<Ask>,
    lock: &mut ImageLock,
    count: &mut ImageCount,
) -> Result<BTreeMap<AbsUrl, String>, EdgeError> {
    let PreparedRun { options, site, project, progress, .. } = *context.run;
    let budget = (options.probe == ProbeScope::Unknown).then_some(BUDGET);
    let manner = Manner { budget, ..Manner::new(site.images.reach, context.now) };
    let (mut failed, mut since, mut unsaved) = (BTreeMap::new(), 0, None);
    progress.report(ProgressEvent::Began(Step::Probe, asks.len()));
    let probed = probe::all(asks, manner, |url, answer| {
        progress.report(ProgressEvent::Done);
        match answer {
            ProbeOutcome::Learned(known) => {
                count.learned += 1;
                lock.learn(url, known);
            }
            ProbeOutcome::Confirmed(known) => {
                count.confirmed += 1;
                lock.learn(url, known);
            }
            ProbeOutcome::Failed(why) => {
                count.failed += 1;
                failed.insert(url, why);
            }
        }
        since += 1;
        if since >= SAVE_EVERY {
            since = 0;
            unsaved = lock.save(&project.dir).err();
        }
    });
    progress.report(ProgressEvent::Ended);
    probed?;
    unsaved.map_or(Ok(failed), Err)
}

/// Reports images that no reader can show, at the lines that name them.
pub(super) fn report_faults(context: ProbeContext<'_>, lock: &ImageLock, sink: &mut dyn Sink) {
    for used in context.uses.iter().filter(|used| used.purpose == ImagePurpose::Picture) {
        let facts = context.disk.own_image(&used.image).or_else(|| lock.facts(&used.image.url));
        if let Some(fault) = facts.and_then(|facts| render::image_fault(&used.image, &facts, &used.display_path)) {
            sink.report(fault);
        }
    }
}

/// Every image with its known facts, in use or only in `images.lock`.
pub(super) fn report(context: ProbeContext<'_>, lock: &ImageLock, count: ImageCount) -> ImageReport {
    let mut lines = Vec::new();
    let used = by_url(context.uses);
    for (url, uses) in &used {
        let Some(first) = uses.first() else { continue };
        let own = context.disk.own_image(first.image);
        let known = lock.known(url).filter(|_| own.is_none());
        let is_own = own.is_some();
        let facts = own.or_else(|| known.map(|known| known.facts.clone()));
        let fault = facts.as_ref().filter(|_| first.purpose == ImagePurpose::Picture);
        lines.push(ImageLine {
            url: (*url).clone(),
            own: is_own,
            fault: fault
                .and_then(|facts| render::image_fault(first.image, facts, ""))
                .map(|finding| finding.message.to_string()),
            facts,
            learned: known.map(|known| known.learned),
            stale: known.is_some_and(|known| known.is_stale(context.now, &context.run.site.images)),
            used_by: uses.iter().map(|used| used.display_path.to_owned()).collect(),
        });
    }
    let unused = lock.iter().filter(|(url, _)| !used.contains_key(url)).map(|(url, known)| ImageLine {
        url: url.clone(),
        own: false,
        facts: Some(known.facts.clone()),
        learned: Some(known.learned),
        stale: known.is_stale(context.now, &context.run.site.images),
        used_by: Vec::new(),
        fault: None,
    });
    lines.extend(unused);
    lines.sort_by(|a, b| a.url.cmp(&b.url));
    ImageReport { count, now: context.now, lines }
}

/// A use of an image with its rank among all uses.
struct Ranked<'a> {
    rank: usize,
    display_path: &'a str,
    image: &'a crate::model::Image,
    purpose: ImagePurpose,
}

fn by_url(uses: &[ImageUse]) -> BTreeMap<&AbsUrl, Vec<Ranked<'_>>> {
    let mut all: BTreeMap<&AbsUrl, Vec<Ranked<'_>>> = BTreeMap::new();
    for (rank, ImageUse { display_path, image, purpose }) in uses.iter().enumerate() {
        all.entry(&image.url).or_default().push(Ranked { rank, display_path, image, purpose: *purpose });
    }
    all
}

fn unanswered(used: &ImageUse, why: &str, lock: &ImageLock) -> Diagnostic {
    let kept = match lock.known(&used.image.url) {
        Some(known) => format!("using what was learned on {}", known.learned.datetime().date_naive()),
        None => "only its extension is known".to_owned(),
    };
    let message = format!("{} could not be probed: {why}; {kept}", used.image.url);
    let help = "check the URL in a browser, or run `feedmill probe` again later";
    Diagnostic::new(Code::ProbeFailed, &used.display_path, used.image.at, message).help(help)
}
