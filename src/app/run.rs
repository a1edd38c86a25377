//! One run over the articles, step by step. Each command stops at its own step: `probe` after the images, `check` after the
//! judgement, `build` and `publish` after the commit.

use super::against;
use super::commit;
use super::fix::{self, Fixed};
use super::inputs::{InputSource, Inputs};
use super::ledger::LedgerFile;
use super::probe::{self, ProbeContext};
use super::project::{FinishedRun, Project, in_thread_pool, thread_pool};
use super::stopwatch::Stopwatch;
use super::target::{self, TargetPlace};
use super::{CacheMode, Commit, FixMode, ProbeScope, RunOptions};
use crate::diagnostic::{Diagnostic, Mode, Policy};
use crate::edge::EdgeError;
use crate::edge::cache::{Cache, CacheHit, CheckedDisk, PartialHit};
use crate::edge::clock;
use crate::edge::discover::StampMode;
use crate::edge::disk::Disk;
use crate::edge::images::lock::ImageLock;
use crate::edge::store::{Dir, Nowhere};
use crate::ledger::Ledger;
use crate::model::{
    Accept, Archive, Change, Count, FeedLine, Forgetful, ImageReport, PageCount, Progress, ProgressEvent, Report, Site,
    Stage, Step, TimeRule, many, within,
};
use crate::pipeline::{self, Build, Depth, Job};
use crate::plan::{Before, Plan};
use std::cell::Cell;
use std::path::PathBuf;

/// The last step of a run.
#[derive(Clone, Copy)]
pub(super) enum Goal<'a> {
    /// The known facts of images, loaded before any body is read: `probe`, `images`.
    Images,
    /// The judgement: `check`.
    Check {
        /// Files or folders to check; none: everything.
        paths: &'a [PathBuf],
        /// Whether articles are fixed first.
        fix: FixMode,
    },
    /// Another step that takes the build and writes nothing: `diff`.
    Other(&'a dyn LastStep),
    /// The commit to the output folder: `build`.
    Build,
    /// The commit to the target: `publish`, which pushes afterwards.
    Publish,
}

/// The last step of a command that has a file of its own.
pub(super) trait LastStep: Sync {
    /// Builds, and makes of it what the command is for.
    fn take(&self, builder: &Builder<'_>, findings: Vec<Diagnostic>) -> Result<FinishedRun, Box<FinishedRun>>;
}

/// A run, as far as it is decided before it reads an article.
#[derive(Clone, Copy)]
pub(super) struct PreparedRun<'a> {
    pub(super) project: &'a Project,
    pub(super) options: &'a RunOptions,
    pub(super) goal: Goal<'a>,
    pub(super) site: &'a Site,
    pub(super) policy: &'a Policy,
    pub(super) place: &'a TargetPlace,
    pub(super) progress: &'a dyn Progress,
}

/// Runs all steps up to the goal.
pub(super) fn run(project: &Project, options: &RunOptions, goal: Goal<'_>) -> FinishedRun {
    let (site, findings) = match project.site() {
        Ok(read) => read,
        Err(failed) => return *failed,
    };
    let default = if matches!(goal, Goal::Check { .. }) { Mode::Strict } else { Mode::Lenient };
    let policy = Policy::new(options.mode, &site.policy, default);
    let place = match goal {
        Goal::Publish | Goal::Other(_) => target::published(project, &site),
        Goal::Images | Goal::Check { .. } | Goal::Build => target::built(project, &site),
    };
    let stopwatch = Stopwatch::before(project.progress.clone());
    let run = PreparedRun { project, options, goal, site: &site, policy: &policy, place: &place, progress: &stopwatch };
    let ended = in_thread_pool(thread_pool(options.jobs).as_ref(), || run.steps(findings));
    let timings = stopwatch.timings();
    match ended {
        Ok(finished) => FinishedRun { site: Some(site), timings, ..finished },
        Err(failed) => FinishedRun { timings, ..*failed },
    }
}

impl<'a> PreparedRun<'a> {
    fn steps(&self, mut findings: Vec<Diagnostic>) -> Result<FinishedRun, Box<FinishedRun>> {
        let cache = self.cache(&mut findings);
        let inputs = self.discover(if cache.is_some() { StampMode::Taken } else { StampMode::None }, &mut findings)?;
        let previous = match self.recall(cache.as_ref(), &inputs, &mut findings) {
            Some(CacheHit::Whole { outcomes, mut report }) => {
                report.articles = inputs.found.paths.into_iter().zip(outcomes).collect();
                return Ok(self.unchanged(*report, findings));
            }
            Some(CacheHit::Partial(partial)) => Some(partial),
            None => None,
        };
        let context = inputs.cache_context();
        let heads = cache.as_ref().map(|cache| cache.heads(context, previous.as_deref(), &mut findings));
        self.progress.report(ProgressEvent::Left);
        let archive: &dyn Archive = heads.as_ref().map_or(&Forgetful, |heads| heads);
        let before = findings.len();
        let (images, seen) = self.images(&inputs, archive, &mut findings)?;
        if matches!(self.goal, Goal::Images) {
            return Ok(self.outcome(Report { images: seen, ..Report::default() }, findings));
        }
        let mut fixed = self.fix(&inputs)?;
        findings.append(&mut fixed.findings);
        let world = inputs.world(images).with(std::mem::take(&mut fixed.texts));
        let read = CheckedDisk::new(&world, self.site, &inputs.found);
        let previous = Cell::new(previous);
        let builder = Builder { run: self, inputs: &inputs, world: &world, read, previous, archive };
        if let Goal::Check { .. } = self.goal {
            let before = target::before(self.place);
            let mut file = LedgerFile::new(&self.project.dir);
            file.read(&mut findings)?;
            builder.ask_live(&mut file)?;
            let ledger = file.with(&before);
            return self.judge(builder.build(&Nowhere, &ledger), findings, fixed);
        }
        if let Goal::Other(step) = self.goal {
            return step.take(&builder, findings);
        }
        let learned = findings.get(before..).unwrap_or_default().to_vec();
        let keep = commit::Keep { cache: cache.as_ref().zip(heads.as_ref()), learned };
        let mut finished = commit::commit(&builder, &keep, findings)?;
        finished.report.images = seen;
        Ok(finished)
    }

    fn discover(&self, stamps: StampMode, findings: &mut Vec<Diagnostic>) -> Result<Inputs<'a>, EdgeError> {
        let out = match self.place {
            TargetPlace::Folder(folder) => folder.clone(),
            TargetPlace::Bucket(..) => self.project.dir.join(&self.site.output.dir),
        };
        let RunOptions { now, drafts, future, .. } = *self.options;
        let future = if self.site.content.future { crate::model::Admit::Yes } else { future };
        let time = TimeRule { now: clock::now(now)?, drafts, future };
        let named: &[PathBuf] = if let Goal::Check { paths, .. } = self.goal { paths } else { &[] };
        let writes_ledger = self.project.may_write_ledger(self.site, self.options, self.goal);
        let source =
            InputSource { project: &self.project.dir, site: self.site, out, time, named, stamps, writes_ledger };
        let inputs = within(Step::Discover, self.progress, || Inputs::discover(source, findings))?;
        self.progress.report(ProgressEvent::Counted(Count::Files, many(inputs.found.paths.len())));
        Ok(inputs)
    }

    /// The cache of commands that build, a name for each: two targets have two last runs.
    fn cache(&self, findings: &mut Vec<Diagnostic>) -> Option<Cache> {
        let name = match self.goal {
            Goal::Build => "build",
            Goal::Publish => "publish",
            Goal::Images | Goal::Check { .. } | Goal::Other(_) => return None,
        };
        (self.options.cache == CacheMode::Use && self.options.against.is_none())
            .then(|| Cache::open(&self.project.dir, name, findings))
            .flatten()
    }

    /// The cached result of the last run, if it still holds. The caller leaves the step `Cache` once the heads are
    /// read.
    fn recall(&self, cache: Option<&Cache>, inputs: &Inputs<'_>, findings: &mut Vec<Diagnostic>) -> Option<CacheHit> {
        let cache = cache?;
        self.progress.report(ProgressEvent::Entered(Step::Cache));
        let recalled = match (self.options.probe, self.place) {
            (ProbeScope::Nothing, TargetPlace::Folder(folder)) if !Dir::is_outdated(folder) => {
                cache.recall(inputs.cache_context(), findings)
            }
            _ => None,
        };
        // What was agreed to is decided anew.
        recalled.filter(|_| self.options.accept == Accept::NONE)
    }

    /// The last run's report, where nothing has changed since.
    fn unchanged(&self, mut report: Report, mut findings: Vec<Diagnostic>) -> FinishedRun {
        self.progress.report(ProgressEvent::Counted(Count::Kept, many(report.feeds.len() + report.pages.unchanged)));
        findings.append(&mut report.findings);
        self.outcome(report, findings)
    }

    /// The known facts of images, after probing those that the options select.
    fn images(
        &self,
        inputs: &Inputs<'_>,
        archive: &dyn Archive,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<(ImageLock, Option<ImageReport>), EdgeError> {
        let mut known = inputs.images(findings)?;
        let mut shared = target::shared_facts(self.place, &mut known, findings)?;
        if !matches!(self.goal, Goal::Images) && self.options.probe == ProbeScope::Nothing {
            return Ok((known, None));
        }
        let uses = self.image_uses(inputs, archive);
        self.progress.report(ProgressEvent::Entered(Step::Probe));
        let context = ProbeContext { run: self, now: inputs.time.now, disk: inputs.disk(), uses: &uses };
        let count = probe::probe(context, &mut known, findings)?;
        if let Some(shared) = shared.as_mut().filter(|_| self.options.commit == Commit::Write) {
            shared.save(&mut known)?;
        }
        self.progress.report(ProgressEvent::Left);
        let report = probe::report(context, &known, count);
        if matches!(self.goal, Goal::Images) {
            probe::report_faults(context, &known, findings);
        }
        Ok((known, Some(report)))
    }

    fn image_uses(&self, inputs: &Inputs<'_>, archive: &dyn Archive) -> Vec<pipeline::ImageUse> {
        let paths = &inputs.found.paths;
        let world = &CheckedDisk::new(inputs.disk(), self.site, &inputs.found);
        let ledger = Ledger::default();
        let job = self.job(inputs, world, (&Nowhere, archive), &ledger);
        let uses = within(Step::Heads, self.progress, || pipeline::image_uses(paths, &job));
        if matches!(self.goal, Goal::Images) {
            self.progress.report(ProgressEvent::Counted(Count::Heads, many(paths.len())));
        }
        uses
    }

    fn job<'j>(
        &'j self,
        inputs: &Inputs<'_>,
        world: &'j CheckedDisk<'j>,
        (stage, archive): (&'j dyn Stage, &'j dyn Archive),
        ledger: &'j Ledger,
    ) -> Job<'j> {
        let depth = if matches!(self.goal, Goal::Check { .. }) { Depth::Check } else { Depth::Build };
        let (site, time, progress, accept) = (self.site, inputs.time, self.progress, self.options.accept);
        Job { site, time, depth, world, stage, progress, archive, ledger, accept }
    }

    fn fix(&self, inputs: &Inputs<'_>) -> Result<Fixed, EdgeError> {
        match self.goal {
            Goal::Check { fix: FixMode::Off, .. } => Ok(Fixed::default()),
            Goal::Images | Goal::Other(_) | Goal::Build | Goal::Publish => Ok(Fixed::default()),
            Goal::Check { paths, fix } => {
                fix::fix(&fix::FixTask { inputs, is_whole: paths.is_empty(), policy: self.policy, mode: fix })
            }
        }
    }

    /// The end of a check.
    fn judge(&self, build: Build, findings: Vec<Diagnostic>, fixed: Fixed) -> Result<FinishedRun, Box<FinishedRun>> {
        let mut finished = self.built(build, None, findings)?;
        (finished.report.mended, finished.fixes) = (fixed.lines, fixed.preview);
        if let Some(fault) = fixed.failure {
            finished.fail(fault.to_string());
        }
        Ok(finished)
    }

    /// The outcome of a build and of its plan.
    pub(super) fn built(
        &self,
        build: Build,
        plan: Option<&Plan>,
        mut findings: Vec<Diagnostic>,
    ) -> Result<FinishedRun, Box<FinishedRun>> {
        findings.extend(build.findings);
        if build.is_misconfigured {
            return Err(Box::new(FinishedRun::failed("the config has errors".into(), findings, 2)));
        }
        if let Some(plan) = plan {
            findings.extend(plan.findings.iter().cloned());
        }
        if let Some(why) = build.failure {
            return Err(Box::new(FinishedRun::failed(why, findings, 3)));
        }
        let (feeds, pages) = match plan {
            Some(plan) => (plan.lines(self.site), plan.pages()),
            None => {
                let feeds = build.staged.iter().filter(|s| s.format.is_feed());
                let pages = build.staged.iter().map(|s| (Some(s.format), Change::Unchanged));
                (feeds.map(|s| FeedLine::from_staged(s, Change::Unchanged)).collect(), PageCount::from_changes(pages))
            }
        };
        let (articles, directory, next_due) = (build.articles, build.directory, build.next_due);
        let removed = plan.map(Plan::removed).unwrap_or_default();
        Ok(self.outcome(Report { articles, feeds, pages, removed, directory, next_due, ..Report::default() }, findings))
    }

    fn outcome(&self, report: Report, findings: Vec<Diagnostic>) -> FinishedRun {
        FinishedRun::judged(Report { findings, ..report }, self.policy.clone())
    }
}

/// The build step of a run, which is repeated where another publisher was faster.
pub(super) struct Builder<'a> {
    pub(super) run: &'a PreparedRun<'a>,
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) world: &'a Disk,
    read: CheckedDisk<'a>,
    previous: Cell<Option<Box<PartialHit>>>,
    archive: &'a dyn Archive,
}

impl Builder<'_> {
    /// Makes and stages the documents.
    pub(super) fn build(&self, stage: &dyn Stage, ledger: &Ledger) -> Build {
        let job = self.run.job(self.inputs, &self.read, (stage, self.archive), ledger);
        pipeline::build(&self.inputs.found.paths, &job)
    }

    /// The same, as if everything that it would change for subscribers had been agreed to.
    pub(super) fn build_accepted(&self, stage: &dyn Stage, ledger: &Ledger) -> Build {
        let job = self.run.job(self.inputs, &self.read, (stage, self.archive), ledger);
        pipeline::build(&self.inputs.found.paths, &Job { accept: Accept::ALL, ..job })
    }

    /// Reads what the live feeds say, with `--against`.
    pub(super) fn ask_live(&self, file: &mut LedgerFile) -> Result<(), Box<FinishedRun>> {
        if let Some(live) = &self.run.options.against {
            let given = against::given(live, self.inputs, self.world, &file.ledger);
            file.live = given.map_err(|why| FinishedRun::failed(why, Vec::new(), 3))?;
        }
        Ok(())
    }

    /// Whether the last run's choice may hold.
    pub(super) fn may_amend(&self) -> bool {
        let previous = self.previous.take();
        let is_there = previous.is_some();
        self.previous.set(previous);
        is_there
    }

    /// The same, derived from the last run, where only texts have changed since: the ledger is not needed then. The last run is
    /// used once: it does not know what another publisher has done since.
    pub(super) fn amend(&self, stage: &dyn Stage, before: &Before) -> Option<Build> {
        let PartialHit { last, images, .. } = *self.previous.take().filter(|previous| previous.stands())?;
        let ledger = Ledger::default();
        let job = self.run.job(self.inputs, &self.read, (stage, self.archive), &ledger);
        let amended = pipeline::amend(&self.inputs.found.paths, last, before.known()?, &job)?;
        self.world.reuse(images);
        Some(amended)
    }
}
