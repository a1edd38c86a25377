//! A project folder, and how a run over it ended.

use super::run::{self, Goal};
use super::stopwatch::Timings;
use super::{Commit, FixMode, ProbeScope, RunOptions};
use crate::diagnostic::{Diagnostic, Mode, Policy, Sink, Verdict, in_order};
use crate::diff::DiffReport;
use crate::edge::{EdgeError, ledger, people, project};
use crate::model::{Accept, Admit, Progress, Report, Site};
use crate::parse::{self, Overrides};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The config's file name.
pub const CONFIG_FILE: &str = "feedmill.yaml";

/// A folder with articles and, if there is one, a config.
#[derive(Debug, Clone)]
pub struct Project {
    pub(crate) dir: PathBuf,
    pub(crate) overrides: Overrides,
    pub(super) endpoint: Option<String>,
    pub(super) progress: Arc<dyn Progress>,
}

/// How a run ended.
#[derive(Debug)]
pub struct FinishedRun {
    /// Articles, feeds and findings.
    pub report: Report,
    /// The policy that the run was judged by.
    pub policy: Policy,
    /// Clean, warned, refused or failed.
    pub verdict: Verdict,
    /// The exit code of the command line: 0 done, 1 refused, 2 config, 3 disk or network, 4 and 5 hubs.
    pub exit: u8,
    /// The config, where it could be read.
    pub site: Option<Site>,
    /// What `check --fix --dry-run` would change.
    pub fixes: FixPreview,
    /// What `diff` found.
    pub diff: Option<DiffReport>,
    /// How long each step took.
    pub timings: Timings,
}

/// What fixes would change.
#[derive(Debug, Default)]
pub struct FixPreview {
    /// A unified diff.
    pub diff: Vec<u8>,
    /// The fixed files, by the path that findings name.
    pub texts: BTreeMap<String, Vec<u8>>,
}

impl Project {
    /// Opens a project folder. Each run reads the config anew. Fails if the folder does not exist.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, EdgeError> {
        let dir = dir.into();
        if !dir.is_dir() {
            return Err(EdgeError::NoProject(dir));
        }
        Ok(Self { dir, overrides: Overrides::default(), endpoint: None, progress: Arc::new(()) })
    }

    /// The same project with other values than its config has.
    pub fn with_overrides(self, overrides: Overrides) -> Self {
        Self { overrides, ..self }
    }

    /// The same project, whose `s3://` target is reached at this URL.
    pub fn with_endpoint(self, endpoint: Option<String>) -> Self {
        Self { endpoint, ..self }
    }

    /// The same project, whose runs report their progress.
    pub fn with_progress(self, progress: Arc<dyn Progress>) -> Self {
        Self { progress, ..self }
    }

    /// Writes the feeds of everything and of every tag to the output folder: `feedmill build`.
    pub fn build(&self, options: &RunOptions) -> FinishedRun {
        run::run(self, options, Goal::Build)
    }

    /// Reports what is wrong with the articles and their feeds: `feedmill check`. An empty `paths` checks everything.
    pub fn check(&self, options: &RunOptions, paths: &[PathBuf], fix: FixMode) -> FinishedRun {
        run::run(self, options, Goal::Check { paths, fix })
    }

    /// Asks for the images that `options.probe` selects and writes `images.lock`: `feedmill probe`.
    pub fn probe(&self, options: &RunOptions) -> FinishedRun {
        run::run(self, options, Goal::Images)
    }

    /// Whether a run writes `feedmill.ids`: a build or what was agreed to, of the site as it is now, by somebody who can commit
    /// the file.
    pub(super) fn may_write_ledger(&self, site: &Site, options: &RunOptions, goal: Goal<'_>) -> bool {
        (matches!(goal, Goal::Build) || matches!(goal, Goal::Publish) && options.accept != Accept::NONE)
            && options.commit == Commit::Write
            && !options.locked
            && options.now.is_none()
            && options.against.is_none()
            && (options.drafts, options.future) == (Admit::No, Admit::No)
            && !ledger::is_ci()
            && !self.has_other_url(site)
    }

    /// Whether `--url` names another site than the config.
    fn has_other_url(&self, site: &Site) -> bool {
        if self.overrides.url.is_none() {
            return false;
        }
        let overrides = Overrides { url: None, ..self.overrides.clone() };
        let own = read_config(&self.dir, &overrides, &mut Vec::new());
        own.ok().flatten().is_some_and(|own| own.url != site.url)
    }

    /// Lists the feeds that a build would make now: a dry build that agrees to everything.
    pub fn list(&self, options: &RunOptions) -> FinishedRun {
        let options = RunOptions { commit: Commit::Dry, probe: ProbeScope::Nothing, ..options.clone() };
        self.build(&options)
    }

    /// Reads the config with its findings, for what needs no articles; otherwise how the run ended.
    pub fn site(&self) -> Result<(Site, Vec<Diagnostic>), Box<FinishedRun>> {
        let mut findings = Vec::new();
        match read_config(&self.dir, &self.overrides, &mut findings) {
            Ok(Some(site)) => Ok((site, findings)),
            Ok(None) => Err(Box::new(FinishedRun::failed("the config has errors".into(), findings, 2))),
            Err(fault) => Err(Box::new(FinishedRun::failed(fault.to_string(), findings, 3))),
        }
    }
}

impl FinishedRun {
    /// The end of a run that reached its goal, judged by its findings.
    pub(super) fn judged(report: Report, policy: Policy) -> Self {
        let findings = in_order(report.findings);
        let verdict = policy.verdict(&findings);
        let exit = u8::from(verdict >= Verdict::Refused);
        let (fixes, timings) = (FixPreview::default(), Timings::default());
        Self { report: Report { findings, ..report }, policy, verdict, exit, site: None, fixes, diff: None, timings }
    }

    /// The end of a run that the config, the disk or the network stopped.
    pub(crate) fn failed(why: String, findings: Vec<Diagnostic>, exit: u8) -> Self {
        let policy = Policy::new(None, &Default::default(), Mode::Lenient);
        let mut failed = Self::judged(Report { findings, ..Report::default() }, policy);
        failed.fail(why);
        Self { exit, ..failed }
    }

    /// The disk or the network failed after there was something to report.
    pub(super) fn fail(&mut self, why: String) {
        self.report.failure = Some(why);
        (self.verdict, self.exit) = (Verdict::Failed, 3);
    }
}

impl From<EdgeError> for FinishedRun {
    fn from(fault: EdgeError) -> Self {
        Self::failed(fault.to_string(), Vec::new(), 3)
    }
}

impl From<EdgeError> for Box<FinishedRun> {
    fn from(fault: EdgeError) -> Self {
        Self::new(fault.into())
    }
}

/// Reads the config of a project folder. `None` when it has an error, which has been reported.
pub(crate) fn read_config(dir: &Path, overrides: &Overrides, sink: &mut dyn Sink) -> Result<Option<Site>, EdgeError> {
    let bytes = project::config(dir, CONFIG_FILE)?;
    let text = match bytes.as_deref().map(|bytes| parse::config_text(bytes, CONFIG_FILE, sink)) {
        Some(None) => return Ok(None),
        text => text.flatten(),
    };
    Ok(parse::config(text, CONFIG_FILE, overrides, sink).map(|mut site| {
        site.people = people::read(dir, &site, sink);
        site
    }))
}

/// The threads of a run. Deep nesting in an article needs deep stacks in html5ever; they cost address space only.
pub(crate) fn thread_pool(jobs: Option<NonZeroUsize>) -> Option<rayon::ThreadPool> {
    let threads = jobs.map_or(0, NonZeroUsize::get);
    rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(32 << 20).build().ok()
}

/// Does the work on threads of its own, or on the caller's where none can be had.
pub(crate) fn in_thread_pool<T: Send>(pool: Option<&rayon::ThreadPool>, work: impl FnOnce() -> T + Send) -> T {
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}
