//! Pings WebSub hubs for the topics that changed. Needs no articles.

use super::project::{FinishedRun, Project};
use super::target::{self, TargetPlace};
use super::{Commit, PushOptions};
use crate::diagnostic::{Code, Diagnostic, Mode, Place, Policy, Verdict};
use crate::edge::EdgeError;
use crate::edge::files::{self, Root};
use crate::edge::lock::{Afterwards, Lock};
use crate::edge::store::FolderDocuments;
use crate::edge::store::bucket::{self, BucketDocuments, BucketPushState};
use crate::edge::websub::{self, FilePushState, PublishedDocuments, PushMode, PushRun, Pushed};
use crate::model::{PingOutcome, Report, Site};
use crate::parse::Overrides;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A push has no use for the site's own address, so a config may leave it out.
const NO_SITE_URL: &str = "https://push.invalid/";

impl Project {
    /// Pings the hubs of the config for what changed in the target: `feedmill push`.
    pub fn push(&self, options: &PushOptions) -> FinishedRun {
        let overrides = Overrides { url: Some(NO_SITE_URL.into()), ..self.overrides.clone() };
        let (site, mut findings) = match self.clone().with_overrides(overrides).site() {
            Ok(read) => read,
            Err(failed) => return *failed,
        };
        if site.hubs.is_empty() {
            let help = "add one to websub.hubs in the config, or use --hub URL";
            findings.push(Diagnostic::new(Code::NoHub, "", Place::WHOLE, "no WebSub hub is configured").help(help));
        }
        match ping_hubs(self, &site, options) {
            Ok(pushed) => {
                findings.extend(pushed.findings);
                let report = Report { push: Some(pushed.pings), findings, ..Report::default() };
                let policy = Policy::new(None, &site.policy, Mode::Lenient);
                let (verdict, exit) = (verdict(&policy, &report), exit(&report, options.commit));
                FinishedRun { verdict, exit, site: Some(site), ..FinishedRun::judged(report, policy) }
            }
            Err(fault) => FinishedRun::failed(fault.to_string(), findings, 3),
        }
    }
}

/// Pings the site's hubs for the documents of its target that they have not yet accepted. Without hubs the target is
/// not read.
pub(super) fn ping_hubs(project: &Project, site: &Site, options: &PushOptions) -> Result<Pushed, EdgeError> {
    if site.hubs.is_empty() {
        return Ok(Pushed::default());
    }
    let mut rules = site.push.clone();
    rules.verify = options.verify.unwrap_or(rules.verify);
    let mode = if options.commit == Commit::Write { PushMode::Send } else { PushMode::Dry };
    let progress = Arc::clone(&project.progress);
    let (deadline, scope) = (options.deadline, options.scope);
    let push_run = PushRun { hubs: site.hubs.clone(), rules, deadline, scope, mode, progress };
    match &target::published(project, site) {
        TargetPlace::Folder(folder) => {
            // A folder that is not there must not be made by looking at it.
            std::fs::metadata(folder).map_err(|why| EdgeError::disk(folder, why))?;
            let state = match &options.state {
                Some(file) => StateFile::named(&project.dir.join(file)),
                None => StateFile { files: Root::new(folder), name: ".feedmill/pushed".into(), by: NamedBy::Target },
            };
            push_with_file(&push_run, Arc::new(FolderDocuments::new(folder)), &state, &project.dir)
        }
        TargetPlace::Bucket(url, endpoint) => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            let shelf = Arc::new(BucketDocuments::new(objects.clone()));
            if let Some(file) = &options.state {
                return push_with_file(&push_run, shelf, &StateFile::named(&project.dir.join(file)), &project.dir);
            }
            let push_state = BucketPushState::open(objects)?;
            let damage = damaged(&push_state.unread(), "the bucket's .feedmill/pushed");
            let mut pushed = websub::push(&push_run, shelf, Arc::new(push_state), &project.dir)?;
            pushed.findings.extend(damage);
            Ok(pushed)
        }
    }
}

/// The file that records what hubs accepted.
struct StateFile {
    files: Root,
    name: PathBuf,
    by: NamedBy,
}

/// Who named the state file.
#[derive(PartialEq, Eq)]
enum NamedBy {
    /// Stored with the target.
    Target,
    /// `--state`, which may name a file of another kind.
    User,
}

impl StateFile {
    fn named(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        Self { files: Root::new(folder), name: path.file_name().unwrap_or_default().into(), by: NamedBy::User }
    }
}

fn push_with_file(
    push_run: &PushRun,
    shelf: Arc<dyn PublishedDocuments>,
    state: &StateFile,
    dir: &Path,
) -> Result<Pushed, EdgeError> {
    let path = &state.files.join(&state.name);
    state.files.check(&state.name).map_err(|why| EdgeError::disk(path, why))?;
    let mut findings = Vec::new();
    let _lock = match push_run.mode {
        PushMode::Send => Some(lock(state, &mut findings)?),
        PushMode::Dry => None,
    };
    let push_state = FilePushState::open(path)?;
    if state.by == NamedBy::User && push_state.is_anothers() {
        let why = "it is not a record of accepted pings; use --state FILE with another file";
        return Err(EdgeError::disk(path, std::io::Error::other(why)));
    }
    findings.extend(damaged(&push_state.unread(), &path.display().to_string()));
    let mut pushed = websub::push(push_run, shelf, Arc::new(push_state), dir)?;
    pushed.findings.append(&mut findings);
    Ok(pushed)
}

fn damaged(unread: &[usize], name: &str) -> Option<Diagnostic> {
    let first = unread.first()?;
    let text = match unread.len() {
        1 => format!("line {first} of {name} cannot be read"),
        more => format!("{more} lines of {name} cannot be read, such as line {first}"),
    };
    let help = "the pings they recorded are sent again, and the file is rewritten";
    Some(Diagnostic::new(Code::DamagedPushState, "", Place::WHOLE, text).help(help))
}

/// What a report of pings means for the process.
pub(super) fn exit(report: &Report, commit: Commit) -> u8 {
    let some = |wanted: &[PingOutcome]| report.push.iter().flatten().any(|ping| wanted.contains(&ping.outcome));
    match () {
        // A dry run commits nothing, so no ping is due.
        () if commit != Commit::Write => 0,
        () if some(&[PingOutcome::Owed, PingOutcome::NotLive]) => 4,
        () if some(&[PingOutcome::Refused]) => 5,
        () => 0,
    }
}

/// A published document cannot be refused any more: what hubs answer is a warning at most.
pub(super) fn verdict(policy: &Policy, report: &Report) -> Verdict {
    policy.verdict(&report.findings).min(Verdict::Warned)
}

fn lock(state: &StateFile, findings: &mut Vec<Diagnostic>) -> Result<Lock, EdgeError> {
    let path = files::with_suffix(&state.files.join(&state.name), ".lock");
    state.files.make_folders(&state.name).map_err(|why| EdgeError::disk(&path, why))?;
    let lock = Lock::hold(&path, Afterwards::Remove)?;
    findings.extend(target::taken_over(lock.dead.as_deref()));
    Ok(lock)
}
