//! The last steps of a run that writes: plan, judge, commit. Where another publisher was faster, everything is read and built again.

use super::ledger::LedgerFile;
use super::project::FinishedRun;
use super::run::Builder;
use super::target::{self, TargetPlace};
use super::{Commit, ProbeScope};
use crate::diagnostic::{Diagnostic, Verdict};
use crate::edge::EdgeError;
use crate::edge::cache::{Cache, CacheContext, Done, HeadCache, Learned, Whole};
use crate::edge::store::{Committed, Target};
use crate::format;
use crate::ledger::{Ledger, to_bytes};
use crate::model::{Change, Count, DocumentPaths, Progress, ProgressEvent, Site, Step, many, within};
use crate::pipeline::Build;
use crate::plan::{self, Before, Plan, PlanContext};
use std::time::SystemTime;

/// How often another publisher may commit first before this one fails.
const MAX_OVERTAKEN: usize = 3;

/// What a committed run leaves for the next one.
pub(super) struct Keep<'a> {
    pub(super) cache: Option<(&'a Cache, &'a HeadCache<'a>)>,
    /// Findings of the probe, which the next run does not repeat while nothing changes.
    pub(super) learned: Vec<Diagnostic>,
}

/// Plans and commits, or on a dry run only plans.
pub(super) fn commit(
    builder: &Builder<'_>,
    keep: &Keep<'_>,
    mut findings: Vec<Diagnostic>,
) -> Result<FinishedRun, Box<FinishedRun>> {
    let run = builder.run;
    let mut file = ledger_file(builder, &mut findings)?;
    let paths = document_paths(run.site, &file.ledger);
    let mut target = target::open(run.place, (run.site, paths), run.options.commit, &mut findings)?;
    let mut winner = String::new();
    let writes = run.project.may_write_ledger(run.site, run.options, run.goal);
    for _ in 0..=MAX_OVERTAKEN {
        let before = within(Step::Plan, run.progress, || target.before())?;
        let (build, given) = build(builder, target.as_ref(), &before, (&mut file, &mut findings))?;
        if build.failure.is_some() || build.is_misconfigured {
            // The set is not whole: a plan would report articles and feeds as gone that only could not be read.
            let _ = target.discard();
            return run.built(build, None, findings);
        }
        let (mut plan, mut companions) = match plan(builder, target.as_mut(), &build, (&before, &given)) {
            Ok(planned) => planned,
            Err(fault) => {
                // The first fault is the one to report.
                let _ = target.discard();
                return Err(fault.into());
            }
        };
        if run.options.locked {
            plan.findings.extend(build.ledger.as_ref().and_then(|next| file.locked(next)));
        }
        plan.manifest.given = given_lines(&build, &before, &file, writes);
        let groups = [findings.as_slice(), &build.findings, &plan.findings];
        let verdict = groups.map(|findings| run.policy.verdict(findings)).into_iter().max();
        if run.options.commit != Commit::Write || verdict >= Some(Verdict::Refused) {
            let discarded = target.discard();
            let outcome = run.built(build, Some(&plan), findings)?;
            discarded?;
            return Ok(outcome);
        }
        if let Some(next) = build.ledger.as_ref().filter(|_| writes) {
            file.write(next)?;
        }
        let at = SystemTime::now();
        match within(Step::Commit, run.progress, || target.commit(&plan, run.progress))? {
            Committed::Done => {
                count(&plan, run.progress);
                companions.extend(target.beside());
                findings.extend(keep.keep(builder, &build, &plan, (&companions, at, file.learned)));
                return run.built(build, Some(&plan), findings);
            }
            Committed::Overtaken(by) => winner = by,
        }
    }
    let why = format!("another publisher was faster {} times; the last was {winner}", MAX_OVERTAKEN + 1);
    Err(Box::new(FinishedRun::failed(why, findings, 3)))
}

/// The ledger's file: read, unless the last run's choice may hold. With what the live feeds say, where they are asked.
fn ledger_file(builder: &Builder<'_>, findings: &mut Vec<Diagnostic>) -> Result<LedgerFile, Box<FinishedRun>> {
    let mut file = LedgerFile::new(&builder.run.project.dir);
    if !builder.may_amend() {
        file.read(findings)?;
    }
    builder.ask_live(&mut file)?;
    Ok(file)
}

/// The plan, and the paths of server files that are not written because the site has its own.
fn plan(
    builder: &Builder<'_>,
    target: &mut dyn Target,
    build: &Build,
    (before, ledger): (&Before, &Ledger),
) -> Result<(Plan, Vec<String>), EdgeError> {
    let run = builder.run;
    let accept = run.options.accept;
    let context = PlanContext { site: run.site, ledger, accept };
    let mut plan = within(Step::Plan, run.progress, || plan::plan(build, before, &context));
    let documents: Vec<_> = plan.documents.iter().map(|(staged, _)| (staged.path.as_str(), staged.format)).collect();
    let companions = target.host(format::hosting(run.site, &documents))?;
    plan.findings.extend(companions.iter().map(|path| plan::foreign_host_file(path)));
    plan.settle(accept, &target.others(), |path| target.removal(path), target.removed_beside());
    Ok((plan, companions))
}

/// The build, and what subscribers were given: nothing, where the last run's choice holds and the ledger was not read.
fn build(
    builder: &Builder<'_>,
    target: &dyn Target,
    before: &Before,
    (file, findings): (&mut LedgerFile, &mut Vec<Diagnostic>),
) -> Result<(Build, Ledger), EdgeError> {
    if let Some(amended) = builder.amend(target, before) {
        return Ok((amended, Ledger::default()));
    }
    file.read(findings)?;
    let given = file.with(before);
    Ok((builder.build(target, &given), given))
}

/// What the manifest keeps: the lines that the file does not have after the run.
fn given_lines(build: &Build, before: &Before, file: &LedgerFile, writes: bool) -> Vec<String> {
    match (&build.ledger, before.known()) {
        (Some(_), _) if writes => Vec::new(),
        (Some(next), _) => ledger_lines(next.without(&file.ledger), build),
        (None, Some(manifest)) if !manifest.given.is_empty() => ledger_lines(manifest.ledger(), build),
        (None, _) => Vec::new(),
    }
}

/// The paths at which the site has documents, by its config, or had them for its subscribers.
fn document_paths(site: &Site, ledger: &Ledger) -> DocumentPaths {
    let addresses = ledger.feeds.values().map(|line| &line.addresses);
    addresses.fold(DocumentPaths::new(site), |paths, addresses| paths.with_addresses(addresses, site))
}

/// The lines of a ledger as the manifest keeps them: with the hashes of the bodies that the run gives out.
fn ledger_lines(mut ledger: Ledger, build: &Build) -> Vec<String> {
    ledger.refresh(&build.listed);
    let text = String::from_utf8(to_bytes(&ledger)).unwrap_or_default();
    text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
}

/// Counts what a plan did.
fn count(plan: &Plan, progress: &dyn Progress) {
    for (staged, change) in &plan.documents {
        if *change == Change::Written {
            progress.report(ProgressEvent::Counted(Count::Written, 1));
            progress.report(ProgressEvent::Counted(Count::BytesWritten, staged.size));
        } else {
            progress.report(ProgressEvent::Counted(Count::Kept, 1));
        }
    }
    progress.report(ProgressEvent::Counted(Count::Removed, many(plan.delete.len())));
}

impl Keep<'_> {
    /// Writes the cache; gives its findings.
    fn keep(
        &self,
        builder: &Builder<'_>,
        build: &Build,
        plan: &Plan,
        (beside, at, ledger): (&[String], SystemTime, Learned),
    ) -> Vec<Diagnostic> {
        let Some((cache, heads)) = self.cache else { return Vec::new() };
        let run = builder.run;
        let context = CacheContext { disk: builder.world, ledger, ..builder.inputs.cache_context() };
        let done = Done { context, build, plan, beside, found: &self.learned, at };
        // A later run does not repeat the findings of a probe, so a run that probed is not cached as a whole.
        let is_whole = matches!(run.place, TargetPlace::Folder(_)) && run.options.probe == ProbeScope::Nothing;
        let whole = if is_whole { Whole::Stands } else { Whole::No };
        let mut notes = Vec::new();
        within(Step::Cache, run.progress, || cache.keep(heads, done, whole, &mut notes));
        notes
    }
}
