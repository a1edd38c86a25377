//! What is known of images, and learning it: `probe`, `build --probe` and `images`. The network is asked only here.
//!
//! Only `images.lock` is written, and only what was learned or forgotten. Findings stand at the line that names the image.

use super::args::{Commit, Learn, Options, Prune};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edge::EdgeError;
use crate::edge::disk::Disk;
use crate::edge::images::lock::ImageLock;
use crate::edge::probe::{self, Answer, Ask, Manner};
use crate::model::{AbsUrl, ImageCount, ImageLine, ImageReport, Progress, Site, Step, Timestamp};
use crate::pipeline::{ImageUse, Purpose};
use crate::render;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Answers after which what was learned is saved, so that an interrupted run has not asked for nothing.
const SAVE_EVERY: usize = 256;

/// How long a publish asks; the rest is left to the next one.
const BUDGET: Duration = Duration::from_secs(30);

/// What a run knows of its images and of the world around them.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The options of the run.
    pub options: &'a Options,
    /// The config.
    pub site: &'a Site,
    /// The instant of the run.
    pub now: Timestamp,
    /// Files of the site itself.
    pub disk: &'a Disk,
    /// Where images are used, newest first.
    pub uses: &'a [ImageUse],
    /// Who hears how far the probe is.
    pub progress: &'a dyn Progress,
}

/// Learns what the options ask for, and saves it.
pub fn learn(scene: Scene<'_>, lock: &mut ImageLock, sink: &mut dyn Sink) -> Result<ImageCount, EdgeError> {
    let Scene { options, site, now, .. } = scene;
    let mut count = ImageCount::default();
    let mut asks = Vec::new();
    for (url, uses) in by_url(scene.uses) {
        count.all += 1;
        let Some(first) = uses.first() else { continue };
        if scene.disk.own_image(first.image).is_some() {
            count.own += 1;
            continue;
        }
        let before = lock.known(url);
        let wanted = match options.learn {
            Learn::Nothing => false,
            Learn::Stale => before.is_none_or(|known| known.is_stale(now, &site.images)),
            Learn::Unknown => before.is_none(),
            Learn::All => true,
        };
        match (wanted, before.is_some()) {
            (true, _) => asks.push((first.rank, Ask { url: url.clone(), before: before.cloned() })),
            (false, true) => count.known += 1,
            (false, false) => count.unknown += 1,
        }
    }
    asks.sort_by_key(|(rank, _)| *rank);
    let asks: Vec<Ask> = asks.into_iter().map(|(_, ask)| ask).collect();
    if options.prune == Prune::Unused {
        let used: BTreeSet<&AbsUrl> = scene.uses.iter().map(|used| &used.image.url).collect();
        count.forgotten = lock.prune(|url| used.contains(url));
    }
    if options.commit != Commit::Write {
        count.unknown += asks.len();
        return Ok(count);
    }
    let budget = (options.learn == Learn::Unknown).then_some(BUDGET);
    let manner = Manner { budget, ..Manner::new(site.images.reach, now) };
    let (mut failed, mut since, mut unsaved) = (BTreeMap::new(), 0, None);
    let asked = asks.len();
    scene.progress.begin(Step::Probe, asked);
    let probed = probe::all(asks, manner, |url, answer| {
        scene.progress.advance();
        match answer {
            Answer::Learned(known) => {
                count.learned += 1;
                lock.learn(url, known);
            }
            Answer::Confirmed(known) => {
                count.confirmed += 1;
                lock.learn(url, known);
            }
            Answer::Failed(why) => {
                count.failed += 1;
                failed.insert(url, why);
            }
        }
        since += 1;
        if since >= SAVE_EVERY {
            since = 0;
            unsaved = lock.save(&options.dir).err();
        }
    });
    scene.progress.end();
    probed?;
    if let Some(fault) = unsaved {
        return Err(fault);
    }
    lock.save(&options.dir)?;
    count.unknown += asked - count.learned - count.confirmed - count.failed;
    for used in scene.uses {
        if let Some(why) = failed.get(&used.image.url) {
            sink.report(unanswered(used, why, lock));
        }
    }
    Ok(count)
}

/// Tells which images no reader could show, at the lines that name them.
pub fn tell_faults(scene: Scene<'_>, lock: &ImageLock, sink: &mut dyn Sink) {
    for used in scene.uses.iter().filter(|used| used.purpose == Purpose::Picture) {
        let facts = scene.disk.own_image(&used.image).or_else(|| lock.facts(&used.image.url));
        if let Some(fault) = facts.and_then(|facts| render::image_fault(&used.image, &facts, &used.shown)) {
            sink.report(fault);
        }
    }
}

/// Every image with what is known of it: those in use and those that are only remembered.
pub fn report(scene: Scene<'_>, lock: &ImageLock, count: ImageCount) -> ImageReport {
    let mut lines = Vec::new();
    let used = by_url(scene.uses);
    for (url, uses) in &used {
        let Some(first) = uses.first() else { continue };
        let own = scene.disk.own_image(first.image);
        let known = lock.known(url).filter(|_| own.is_none());
        let is_own = own.is_some();
        let facts = own.or_else(|| known.map(|known| known.facts.clone()));
        let fault = facts.as_ref().filter(|_| first.purpose == Purpose::Picture);
        lines.push(ImageLine {
            url: (*url).clone(),
            own: is_own,
            fault: fault
                .and_then(|facts| render::image_fault(first.image, facts, ""))
                .map(|finding| finding.message.to_string()),
            facts,
            learned: known.map(|known| known.learned),
            stale: known.is_some_and(|known| known.is_stale(scene.now, &scene.site.images)),
            used_by: uses.iter().map(|used| used.shown.to_owned()).collect(),
        });
    }
    let unused = lock.iter().filter(|(url, _)| !used.contains_key(url)).map(|(url, known)| ImageLine {
        url: url.clone(),
        own: false,
        facts: Some(known.facts.clone()),
        learned: Some(known.learned),
        stale: known.is_stale(scene.now, &scene.site.images),
        used_by: Vec::new(),
        fault: None,
    });
    lines.extend(unused);
    lines.sort_by(|a, b| a.url.cmp(&b.url));
    ImageReport { count, now: scene.now, lines }
}

/// A use with its rank in the order of all.
struct Ranked<'a> {
    rank: usize,
    shown: &'a str,
    image: &'a crate::model::Image,
    purpose: Purpose,
}

fn by_url(uses: &[ImageUse]) -> BTreeMap<&AbsUrl, Vec<Ranked<'_>>> {
    let mut all: BTreeMap<&AbsUrl, Vec<Ranked<'_>>> = BTreeMap::new();
    for (rank, ImageUse { shown, image, purpose }) in uses.iter().enumerate() {
        all.entry(&image.url).or_default().push(Ranked { rank, shown, image, purpose: *purpose });
    }
    all
}

fn unanswered(used: &ImageUse, why: &str, lock: &ImageLock) -> Diagnostic {
    let kept = match lock.known(&used.image.url) {
        Some(known) => format!("what was learned on {} is kept", known.learned.datetime().date_naive()),
        None => "nothing is known of it but its extension".to_owned(),
    };
    let message = format!("{} could not be asked: {why}; {kept}", used.image.url);
    let help = "look at the address, or run `feedmill probe` again later";
    Diagnostic::new(Code::ProbeFailed, &used.shown, used.image.at, message).help(help)
}
