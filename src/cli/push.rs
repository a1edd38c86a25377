//! `feedmill push`: tells hubs what they are owed. Needs no content, and no config where `--out` and `--hub` say all.

use super::args::{Commit, Log, PushOptions, Telling, Verbosity};
use super::line::{self, Ended, Stop};
use super::progress;
use super::target::{self, Place};
use crate::diagnostic::{Code, Diagnostic, Mode, Policy, Verdict, in_order};
use crate::edge::EdgeError;
use crate::edge::files::{self, Root};
use crate::edge::lock::{Afterwards, Lock};
use crate::edge::store::FolderShelf;
use crate::edge::store::bucket::{self, BucketLedger, BucketShelf};
use crate::edge::websub::{self, Conduct, Errand, FileLedger, Pushed, Scope, Shelf};
use crate::model::{PingOutcome, Place as At, Report, Site};
use crate::parse::Overrides;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A push of feeds has no use for the site's own address, so that a config may leave it out.
const NOWHERE: &str = "https://push.invalid/";

/// Runs the command.
pub fn run(options: &PushOptions) -> Ended {
    let mut findings = Vec::new();
    let overrides = Overrides {
        url: Some(NOWHERE.into()),
        target: options.out.clone(),
        hubs: options.hubs.clone(),
        ..Overrides::default()
    };
    let Some(site) = (match line::config(&options.dir, &overrides, &mut findings) {
        Ok(site) => site,
        Err(fault) => return line::failed(fault.to_string(), findings, 3),
    }) else {
        return line::failed("the config has errors".into(), findings, 2);
    };
    if site.hubs.is_empty() {
        let help = "name one in websub.hubs of the config, or by --hub";
        findings.push(Diagnostic::new(Code::NoHub, "", At::WHOLE, "there is no hub to tell").help(help));
    }
    let policy = Policy::new(None, &site.policy, Mode::Lenient);
    match tell(&site, &options.dir, &options.telling, options.scope, options.commit, (options.verbosity, options.log)) {
        Ok(told) => {
            findings.extend(told.findings);
            let report = Report { push: Some(told.pings), findings: in_order(findings), ..Report::default() };
            let exit = exit(&report, options.commit);
            Ended {
                verdict: verdict(&policy, &report),
                report,
                policy,
                exit,
                site: Some(site),
                shown: line::Shown::default(),
                timings: Default::default(),
            }
        }
        Err(fault) => line::failed(fault.to_string(), findings, 3),
    }
}

/// Tells the site's hubs what its target owes them; without hubs nothing is even looked at.
pub fn tell(
    site: &Site,
    dir: &Path,
    telling: &Telling,
    scope: Scope,
    commit: Commit,
    faces: (Verbosity, Log),
) -> Result<Pushed, EdgeError> {
    if site.hubs.is_empty() {
        return Ok(Pushed::default());
    }
    let mut rules = site.push.clone();
    rules.verify = telling.verify.unwrap_or(rules.verify);
    let conduct = if commit == Commit::Write { Conduct::Send } else { Conduct::Dry };
    let progress = progress::of(faces.0, faces.1);
    let errand = Errand { hubs: site.hubs.clone(), rules, deadline: telling.deadline, scope, conduct, progress };
    let place = target::place(dir, site, Stop::Publish, telling.endpoint.as_deref());
    match &place {
        Place::Folder(folder) => {
            // A folder that is not there shall not be made by looking at it.
            std::fs::metadata(folder).map_err(|why| EdgeError::disk(folder, why))?;
            let state = match &telling.state {
                Some(file) => State::named(&dir.join(file)),
                None => State { files: Root::new(folder), name: ".feedmill/pushed".into(), by: NamedBy::Target },
            };
            kept_in_a_file(&errand, Arc::new(FolderShelf::new(folder)), &state, dir)
        }
        Place::Bucket(url, endpoint) => {
            let objects = bucket::objects(url, endpoint.as_deref())?;
            let shelf = Arc::new(BucketShelf::new(objects.clone()));
            if let Some(file) = &telling.state {
                return kept_in_a_file(&errand, shelf, &State::named(&dir.join(file)), dir);
            }
            let ledger = BucketLedger::open(objects)?;
            let damage = damaged(&ledger.unread(), "the bucket's .feedmill/pushed");
            let mut pushed = websub::push(&errand, shelf, Arc::new(ledger), dir)?;
            pushed.findings.extend(damage);
            Ok(pushed)
        }
    }
}

/// The file that says what hubs accepted.
struct State {
    files: Root,
    name: PathBuf,
    by: NamedBy,
}

/// Who named the state file.
#[derive(PartialEq, Eq)]
enum NamedBy {
    /// It lies with the target.
    Target,
    /// `--state`, which may name a file of another kind.
    User,
}

impl State {
    fn named(path: &Path) -> Self {
        let folder = path.parent().unwrap_or(Path::new(""));
        Self { files: Root::new(folder), name: path.file_name().unwrap_or_default().into(), by: NamedBy::User }
    }
}

fn kept_in_a_file(errand: &Errand, shelf: Arc<dyn Shelf>, state: &State, dir: &Path) -> Result<Pushed, EdgeError> {
    let path = &state.files.join(&state.name);
    state.files.check(&state.name).map_err(|why| EdgeError::disk(path, why))?;
    let mut findings = Vec::new();
    let _lock = match errand.conduct {
        Conduct::Send => Some(lock(state, &mut findings)?),
        Conduct::Dry => None,
    };
    let ledger = FileLedger::open(path)?;
    if state.by == NamedBy::User && ledger.is_anothers() {
        let why = "it holds something else than what hubs accepted; --state names a file of its own";
        return Err(EdgeError::disk(path, std::io::Error::other(why)));
    }
    findings.extend(damaged(&ledger.unread(), &path.display().to_string()));
    let mut pushed = websub::push(errand, shelf, Arc::new(ledger), dir)?;
    pushed.findings.append(&mut findings);
    Ok(pushed)
}

fn damaged(unread: &[usize], name: &str) -> Option<Diagnostic> {
    let first = unread.first()?;
    let text = match unread.len() {
        1 => format!("line {first} of {name} cannot be read"),
        more => format!("{more} lines of {name} cannot be read, such as line {first}"),
    };
    let help = "nothing to do: what they said is owed again, and it is written anew";
    Some(Diagnostic::new(Code::DamagedPushState, "", At::WHOLE, text).help(help))
}

/// What a report of pings means for the process.
pub fn exit(report: &Report, commit: Commit) -> u8 {
    let some = |wanted: &[PingOutcome]| report.push.iter().flatten().any(|ping| wanted.contains(&ping.outcome));
    match () {
        // It owes nothing that it could have paid.
        () if commit != Commit::Write => 0,
        () if some(&[PingOutcome::Owed, PingOutcome::NotLive]) => 4,
        () if some(&[PingOutcome::Refused]) => 5,
        () => 0,
    }
}

/// After documents are in their place nothing can be refused any more: what hubs say is a warning at most.
pub fn verdict(policy: &Policy, report: &Report) -> Verdict {
    policy.verdict(&report.findings).min(Verdict::Warned)
}

fn lock(state: &State, findings: &mut Vec<Diagnostic>) -> Result<Lock, EdgeError> {
    let path = files::with_suffix(&state.files.join(&state.name), ".lock");
    state.files.make_folders(&state.name).map_err(|why| EdgeError::disk(&path, why))?;
    let lock = Lock::hold(&path, Afterwards::Remove)?;
    findings.extend(target::taken_over(lock.dead.as_deref()));
    Ok(lock)
}
