//! One line for every command that reads articles: config, discover, grind, judge, and for those that write: plan, commit.
//! `check` stops after judge; `build` commits to a folder. No command has logic of its own.

use super::args::{Brake, Caching, Commit, Learn, Options};
use super::fix;
use super::images::{self, Scene};
use super::progress;
use super::stopwatch::{Stopwatch, Timings};
use super::target::{self, Place};
use crate::diagnostic::{Diagnostic, Mode, Policy, Sink, Verdict, in_order};
use crate::edge::cache::{But, Cache, Done, Learned, Recalled, Scene as Standing, Vouched, Whole};
use crate::edge::discover::{self, Field, Found, Marks};
use crate::edge::store::{Committed, Dir, Nowhere};
use crate::edge::{EdgeError, clock, disk::Disk, images::lock, images::lock::ImageLock, people, project};
use crate::format;
use crate::model::{
    Archive, Change, Count, FeedLine, Forgetful, PageCount, Part, Progress, Report, Site, Stage, TimeRule, many, within,
};
use crate::parse::{self, Overrides};
use crate::pipeline::{self, Depth, Ground, Job};
use crate::plan::{self, Before, Consent, Plan};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The config's file name.
pub const CONFIG: &str = "feedmill.yaml";

/// How a command ended.
pub struct Ended {
    /// What there is to tell.
    pub report: Report,
    /// The policy it was judged by.
    pub policy: Policy,
    /// How it came out.
    pub verdict: Verdict,
    /// The process's exit code.
    pub exit: u8,
    /// The config, where it could be read.
    pub site: Option<Site>,
    /// What `--fix --dry-run` would change.
    pub shown: Shown,
    /// Where the time went.
    pub timings: Timings,
}

/// What a dry run of `--fix` would change.
#[derive(Debug, Default)]
pub struct Shown {
    /// A unified diff.
    pub diff: Vec<u8>,
    /// The files as they would be, by the path that findings name.
    pub texts: BTreeMap<String, Vec<u8>>,
}

/// Where a command leaves the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Before the bodies: `probe`, `images`.
    Images,
    /// After judge: `check`.
    Judge,
    /// After commit to the output folder: `build`; with `--dry-run` just before it.
    Commit,
    /// After commit to the target: `publish`, which then pushes.
    Publish,
}

/// Runs the line as far as a command wants, over the articles named, or over all.
pub fn run(options: &Options, named: &[PathBuf], stop: Stop) -> Ended {
    let default = if stop == Stop::Judge { Mode::Strict } else { Mode::Lenient };
    let (site, findings) = match site(options) {
        Ok(read) => read,
        Err(ended) => return *ended,
    };
    let policy = Policy::new(options.mode, &site.policy, default);
    let watch = Stopwatch::before(progress::of(options.verbosity, options.log));
    let walked = on_threads(options, || walk(options, named, &site, stop, &policy, findings, &watch));
    let timings = watch.timings();
    drop(watch);
    match walked {
        Ok((report, verdict, shown)) => {
            let exit = match verdict {
                Verdict::Clean | Verdict::Warned => 0,
                Verdict::Refused => 1,
                Verdict::Failed => 3,
            };
            Ended { report, policy, verdict, exit, site: Some(site), shown, timings }
        }
        Err((fault, findings)) => Ended { timings, ..failed(fault, findings, 3) },
    }
}

type Walked<T = ()> = Result<(Report, Verdict, T), (String, Vec<Diagnostic>)>;

fn walk(
    options: &Options,
    named: &[PathBuf],
    site: &Site,
    stop: Stop,
    policy: &Policy,
    mut findings: Vec<Diagnostic>,
    progress: &dyn Progress,
) -> Walked<Shown> {
    let content = options.dir.join(&site.content.dir);
    let place = target::place(&options.dir, site, stop, options.endpoint.as_deref());
    let out = match &place {
        Place::Folder(folder) => folder.clone(),
        Place::Bucket(..) => options.dir.join(&site.output.dir),
    };
    let told = |fault: EdgeError| (fault.to_string(), Vec::new());
    let now = clock::now(options.now).map_err(told)?;
    let cache = cache(options, stop, &mut findings);
    let marks = if cache.is_some() { Marks::Taken } else { Marks::None };
    let field = Field { content: &content, site, skip: &out, marks };
    progress.enter(Part::Discover);
    let found = match named {
        [] => discover::articles(field, &mut findings),
        names => {
            let paths = discover::named(field, names, &options.dir, &mut findings);
            paths.map(Found::unmarked)
        }
    }
    .map_err(told)?;
    let paths = &found.paths;
    progress.count(Count::Files, many(paths.len()));
    progress.leave();
    if cache.is_some() {
        progress.enter(Part::Cache);
    }
    let time = TimeRule { now, drafts: options.drafts, future: options.future };
    let depth = if stop == Stop::Judge { Depth::Check } else { Depth::Build };
    let disk = Disk::new(&content, Arc::default()).beside(&options.dir, &site.content);
    let (learned, began) = (Learned::at(&options.dir.join(lock::NAME)), SystemTime::now());
    let standing = Standing { site, time, found: &found, disk: &disk, out: &out, learned, began };
    let recalled = match (&cache, options.learn, &place) {
        (Some(cache), Learn::Nothing, Place::Folder(folder)) if !Dir::is_outdated(folder) => {
            cache.recall(standing, &mut findings)
        }
        _ => None,
    };
    // With --accept what several want may pass to another.
    let recalled = recalled.filter(|recalled| options.brake != Brake::Released || !recalled.competes());
    let last = match recalled {
        Some(Recalled::Whole { outcomes, mut report }) => {
            progress.count(Count::Kept, many(report.feeds.len() + report.pages.unchanged));
            report.articles = found.paths.into_iter().zip(outcomes).collect();
            if !findings.is_empty() {
                findings.append(&mut report.findings);
                report.findings = in_order(findings);
            }
            let verdict = policy.verdict(&report.findings);
            return Ok((*report, verdict, Shown::default()));
        }
        Some(Recalled::But(but)) => Some(but),
        None => None,
    };
    let heads = cache.as_ref().map(|cache| cache.heads(standing, last.as_deref(), &mut findings));
    progress.leave();
    let archive: &dyn Archive = heads.as_ref().map_or(&Forgetful, |heads| heads);
    let before = findings.len();
    let mut known = ImageLock::read(&options.dir, &mut findings).map_err(told)?;
    let mut shared = target::shared_facts(&place, stop, &mut known, &mut findings).map_err(told)?;
    let mut seen = None;
    if stop == Stop::Images || options.learn != Learn::Nothing {
        let world = &Vouched::of(&disk, site, &found);
        let job = Job { site, time, depth, world, stage: &Nowhere, progress, archive, published: None };
        let uses = within(Part::Heads, progress, || pipeline::image_uses(paths, &job));
        if stop == Stop::Images {
            progress.count(Count::Heads, many(paths.len()));
        }
        progress.enter(Part::Probe);
        let scene = Scene { options, site, now, disk: &disk, uses: &uses, progress };
        let count = images::learn(scene, &mut known, &mut findings).map_err(told)?;
        if let Some(shared) = shared.as_mut().filter(|_| options.commit == Commit::Write) {
            shared.save(&mut known).map_err(told)?;
        }
        progress.leave();
        seen = Some(images::report(scene, &known, count));
        if stop == Stop::Images {
            images::tell_faults(scene, &known, &mut findings);
            let findings = in_order(findings);
            let verdict = policy.verdict(&findings);
            return Ok((Report { findings, images: seen, ..Report::default() }, verdict, Shown::default()));
        }
    }
    let asked = fix::Job { paths, named, field, time, policy, mend: options.mend };
    let mut fixed = fix::run(&asked).map_err(told)?;
    findings.append(&mut fixed.findings);
    let world = Disk::new(&content, Arc::new(known)).beside(&options.dir, &site.content).with(fixed.texts);
    let vouched = Vouched::of(&world, site, &found);
    let last = Cell::new(last);
    let grind = |stage: &dyn Stage, before: &Before| {
        let published = before.known().filter(|_| options.brake != Brake::Released);
        let job = Job { site, time, depth, world: &vouched, stage, progress, archive, published };
        // Once: what another publisher has done since, the last run does not know.
        match (last.take().filter(|last| last.stands()), before) {
            (Some(last), Before::Known(manifest)) => {
                let But { last, images, .. } = *last;
                let amended = pipeline::amend(paths, last, manifest, &job);
                amended.inspect(|_| world.take_over(images)).unwrap_or_else(|| pipeline::grind(paths, &job))
            }
            _ => pipeline::grind(paths, &job),
        }
    };
    if stop == Stop::Judge {
        let (ended, verdict, ()) = report(grind(&Nowhere, &target::published(&place)), None, findings, site, policy)?;
        let failure = fixed.failure.map(|fault| fault.to_string());
        let verdict = if failure.is_some() { Verdict::Failed } else { verdict };
        return Ok((Report { mended: fixed.lines, failure, ..ended }, verdict, fixed.shown));
    }
    let learned = findings.get(before..).unwrap_or_default().to_vec();
    let keep = |ground: &Ground, plan: &Plan, beside: &[String], at: SystemTime| {
        let mut notes = Vec::new();
        let scene = Standing { disk: &world, ..standing };
        let done = Done { scene, ground, plan, beside, found: &learned, at };
        // What was found while learning is not found again.
        let again = matches!(place, Place::Folder(_)) && options.learn == Learn::Nothing;
        if let (Some(cache), Some(heads)) = (&cache, &heads) {
            let whole = if again { Whole::Stands } else { Whole::No };
            within(Part::Cache, progress, || cache.keep(heads, done, whole, &mut notes));
        }
        notes
    };
    let work = Work { grind: &grind, keep: &keep, progress };
    let (report, verdict, ()) = commit(options, site, policy, &place, findings, &work)?;
    Ok((Report { images: seen, ..report }, verdict, Shown::default()))
}

/// What the last runs came to, for commands that build.
fn cache(options: &Options, stop: Stop, sink: &mut dyn Sink) -> Option<Cache> {
    let run = match stop {
        Stop::Commit => "build",
        Stop::Publish => "publish",
        Stop::Images | Stop::Judge => return None,
    };
    (options.cache == Caching::Used).then(|| Cache::open(&options.dir, run, sink)).flatten()
}

/// Publishers that may be faster than this one, before it gives up.
const OVERTAKEN: usize = 3;

/// What is done around a commit.
struct Work<'a> {
    /// Makes the documents.
    grind: &'a dyn Fn(&dyn Stage, &Before) -> Ground,
    /// Keeps what a committed run came to; gives what there is to tell of that.
    keep: &'a Keep<'a>,
    progress: &'a dyn Progress,
}

/// Takes what was made, what was done, what stands beside the documents, and when all was made and nothing yet in place.
type Keep<'a> = dyn Fn(&Ground, &Plan, &[String], SystemTime) -> Vec<Diagnostic> + 'a;

/// Plans and commits, or on a dry run only plans. Where another publisher was faster, everything is read and made again.
fn commit(
    options: &Options,
    site: &Site,
    policy: &Policy,
    place: &Place,
    mut findings: Vec<Diagnostic>,
    work: &Work<'_>,
) -> Walked {
    let Work { grind, keep, progress } = *work;
    let told = |fault: EdgeError| (fault.to_string(), Vec::new());
    let writes = options.commit == Commit::Write;
    let mut target = target::open(place, site, options.commit, &mut findings).map_err(told)?;
    let consent = if options.brake == Brake::Released { Consent::Accepted } else { Consent::Ask };
    let mut winner = String::new();
    for _ in 0..=OVERTAKEN {
        let before = within(Part::Plan, progress, || target.before()).map_err(told)?;
        let ground = grind(target.as_ref(), &before);
        if ground.failure.is_some() {
            // What was made is not whole: a plan of it would tell of articles and feeds that only seem to be gone.
            let _ = target.discard();
            return report(ground, None, findings, site, policy);
        }
        let mut plan = within(Part::Plan, progress, || plan::plan(&ground, &before, consent));
        let documents: Vec<_> =
            plan.documents.iter().map(|(staged, _)| (staged.path.as_str(), staged.format)).collect();
        let mut beside = match target.host(format::hosting(site, &documents)) {
            Ok(beside) => beside,
            Err(fault) => {
                // The fault is what is told.
                let _ = target.discard();
                return Err(told(fault));
            }
        };
        plan.findings.extend(beside.iter().map(|path| plan::foreign_host_file(path)));
        plan.settle(consent, &target.others(), |path| target.removal(path), target.removed_beside());
        let told_so_far = [findings.as_slice(), &ground.findings, &plan.findings];
        let verdict = told_so_far.map(|findings| policy.verdict(findings)).into_iter().max();
        if !writes || verdict >= Some(Verdict::Refused) {
            let discarded = target.discard();
            let ended = report(ground, Some(&plan), findings, site, policy);
            return ended.and_then(|ended| discarded.map_err(told).map(|()| ended));
        }
        let at = SystemTime::now();
        match within(Part::Commit, progress, || target.commit(&plan, progress)).map_err(told)? {
            Committed::Done => {
                tally(&plan, progress);
                beside.extend(target.beside());
                findings.extend(keep(&ground, &plan, &beside, at));
                return report(ground, Some(&plan), findings, site, policy);
            }
            Committed::Overtaken(by) => winner = by,
        }
    }
    let why = format!("another publisher was faster {} times; the last was {winner}", OVERTAKEN + 1);
    Err((why, in_order(findings)))
}

/// Counts what a plan did.
fn tally(plan: &Plan, progress: &dyn Progress) {
    for (staged, change) in &plan.documents {
        if *change == Change::Written {
            progress.count(Count::Written, 1);
            progress.count(Count::BytesWritten, staged.size);
        } else {
            progress.count(Count::Kept, 1);
        }
    }
    progress.count(Count::Removed, many(plan.delete.len()));
}

fn report(ground: Ground, plan: Option<&Plan>, mut findings: Vec<Diagnostic>, site: &Site, policy: &Policy) -> Walked {
    findings.extend(ground.findings);
    if let Some(plan) = plan {
        findings.extend(plan.findings.iter().cloned());
    }
    let findings = in_order(findings);
    if let Some(why) = ground.failure {
        return Err((why, findings));
    }
    let (feeds, pages) = match plan {
        Some(plan) => (plan.lines(site), plan.pages()),
        None => {
            let feeds = ground.staged.iter().filter(|s| s.format.is_feed());
            let pages = ground.staged.iter().map(|s| (Some(s.format), Change::Unchanged));
            (feeds.map(|s| FeedLine::of(s, Change::Unchanged)).collect(), PageCount::of(pages))
        }
    };
    let verdict = policy.verdict(&findings);
    let (articles, directory, next_due) = (ground.articles, ground.directory, ground.next_due);
    let removed = plan.map(Plan::removed).unwrap_or_default();
    let report = Report { articles, feeds, pages, removed, directory, findings, next_due, ..Report::default() };
    Ok((report, verdict, ()))
}

/// The end of a run that the config or the world failed.
pub fn failed(why: String, findings: Vec<Diagnostic>, exit: u8) -> Ended {
    let report = Report { findings: in_order(findings), failure: Some(why), ..Report::default() };
    Ended {
        report,
        policy: Policy::new(None, &Default::default(), Mode::Lenient),
        verdict: Verdict::Failed,
        exit,
        site: None,
        shown: Shown::default(),
        timings: Timings::default(),
    }
}

/// The config with what was found in it, for commands that read no article as well; else how the run ended.
pub fn site(options: &Options) -> Result<(Site, Vec<Diagnostic>), Box<Ended>> {
    let mut findings = Vec::new();
    match config(&options.dir, &options.overrides, &mut findings) {
        Ok(Some(site)) => Ok((site, findings)),
        Ok(None) => Err(Box::new(failed("the config has errors".into(), findings, 2))),
        Err(fault) => Err(Box::new(failed(fault.to_string(), findings, 3))),
    }
}

/// Reads the config of a project folder; `None` when it has an error, which has been reported.
pub fn config(dir: &Path, overrides: &Overrides, sink: &mut dyn Sink) -> Result<Option<Site>, EdgeError> {
    let bytes = project::config(dir, CONFIG)?;
    let text = match bytes.as_deref().map(|bytes| parse::config_text(bytes, CONFIG, sink)) {
        Some(None) => return Ok(None),
        text => text.flatten(),
    };
    Ok(parse::config(text, CONFIG, overrides, sink).map(|mut site| {
        site.people = people::read(dir, &site, sink);
        site
    }))
}

/// Deep nesting in an article needs deep stacks in html5ever; they cost address space only.
fn on_threads<T: Send>(options: &Options, work: impl FnOnce() -> T + Send) -> T {
    let builder = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, std::num::NonZeroUsize::get))
        .stack_size(32 << 20);
    match builder.build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}
