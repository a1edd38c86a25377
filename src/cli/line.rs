//! One line for every command that reads articles: config, discover, grind, judge, and for those that write: plan, commit.
//! `check` stops after judge; `build` commits to a folder. No command has logic of its own.

use super::args::{Brake, Commit, Options};
use crate::diagnostic::{Code, Diagnostic, Mode, Policy, Sink, Verdict, in_order};
use crate::edge::lock::{Afterwards, Lock};
use crate::edge::store::{Dir, Nowhere};
use crate::edge::{EdgeError, clock, discover, disk::Disk, people};
use crate::model::{ArticlePath, Change, FeedLine, Place, Report, Site, Stage, TimeRule};
use crate::parse::{self, Overrides};
use crate::pipeline::{self, Depth, Ground, Job};
use crate::plan::{self, Consent, Plan};
use std::path::{Path, PathBuf};

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
}

/// Where a command leaves the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// After judge: `check`.
    Judge,
    /// After commit: `build`; with `--dry-run` just before it.
    Commit,
}

/// Runs the line as far as a command wants, over the articles named, or over all.
pub fn run(options: &Options, named: &[PathBuf], stop: Stop) -> Ended {
    let default = if stop == Stop::Judge { Mode::Strict } else { Mode::Lenient };
    let mut findings = Vec::new();
    let Some(site) = (match config(&options.dir, &options.overrides, &mut findings) {
        Ok(site) => site,
        Err(fault) => return failed(fault.to_string(), findings, 3),
    }) else {
        return failed("the config has errors".into(), findings, 2);
    };
    let policy = Policy::new(options.mode, &site.policy, default);
    match on_threads(options, || walk(options, named, &site, stop, &policy, findings)) {
        Ok((report, verdict)) => {
            let exit = u8::from(verdict == Verdict::Refused);
            Ended { report, policy, verdict, exit, site: Some(site) }
        }
        Err((fault, findings)) => failed(fault, findings, 3),
    }
}

type Walked = Result<(Report, Verdict), (String, Vec<Diagnostic>)>;

fn walk(
    options: &Options,
    named: &[PathBuf],
    site: &Site,
    stop: Stop,
    policy: &Policy,
    mut findings: Vec<Diagnostic>,
) -> Walked {
    let content = options.dir.join(&site.content.dir);
    let out = options.dir.join(&site.output.dir);
    let told = |fault: EdgeError| (fault.to_string(), Vec::new());
    let now = clock::now(options.now).map_err(told)?;
    let mut paths = discover::articles(&content, site, std::slice::from_ref(&out), &mut findings).map_err(told)?;
    only_named(&mut paths, named, &options.dir, &content, site, &mut findings);
    let time = TimeRule { now, drafts: options.drafts, future: options.future };
    let depth = if stop == Stop::Judge { Depth::Check } else { Depth::Build };
    let world = Disk::new(&content);
    let grind = |stage: &dyn Stage| pipeline::grind(&paths, &Job { site, time, depth, world: &world, stage });
    if stop == Stop::Judge {
        let ground = grind(&Nowhere);
        return report(ground, None, findings, site, policy);
    }
    let writes = options.commit == Commit::Write;
    let (mut dir, _lock) = if writes {
        let dir = Dir::open(&out).map_err(told)?;
        let lock = Lock::hold(&out.join(".feedmill/lock"), Afterwards::Keep).map_err(told)?;
        dir.clear_stage().map_err(told)?;
        (dir, Some(lock))
    } else {
        (Dir::look(&out), None)
    };
    let before = dir.before().map_err(told)?;
    let consent = if options.brake == Brake::Released { Consent::Accepted } else { Consent::Ask };
    let ground = grind(&dir);
    let plan = plan::plan(&ground, &before, consent);
    let ended = report(ground, Some(&plan), findings, site, policy);
    if writes {
        match &ended {
            Ok((_, verdict)) if *verdict < Verdict::Refused => dir.commit(&plan),
            _ => dir.clear_stage(),
        }
        .map_err(told)?;
    }
    ended
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
    let feeds = match plan {
        Some(plan) => plan.lines(site),
        None => ground.staged.iter().map(|s| FeedLine::of(s, Change::Unchanged)).collect(),
    };
    let verdict = policy.verdict(&findings);
    Ok((
        Report { articles: ground.articles, feeds, findings, next_due: ground.next_due, failure: None, push: None },
        verdict,
    ))
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
    }
}

/// Reads the config of a project folder; `None` when it has an error, which has been reported.
pub fn config(dir: &Path, overrides: &Overrides, sink: &mut dyn Sink) -> Result<Option<Site>, EdgeError> {
    let path = dir.join(CONFIG);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound && dir.is_dir() => None,
        Err(why) => return Err(EdgeError::disk(&path, why)),
    };
    Ok(parse::config(text.as_deref(), CONFIG, overrides, sink).map(|mut site| {
        site.people = people::read(dir, &site, sink);
        site
    }))
}

/// Keeps the paths named on the command line, whether they are given from the project folder or from the content folder.
fn only_named(
    paths: &mut Vec<ArticlePath>,
    named: &[PathBuf],
    dir: &Path,
    content: &Path,
    site: &Site,
    sink: &mut dyn Sink,
) {
    if named.is_empty() {
        return;
    }
    let full = |path: &PathBuf| Some(dir.join(path)).filter(|p| p.exists()).unwrap_or_else(|| content.join(path));
    let wanted: Vec<PathBuf> = named.iter().map(full).collect();
    for (path, full) in named.iter().zip(&wanted) {
        if !paths.iter().any(|p| content.join(p.as_str()).starts_with(full)) {
            let help = format!("articles are the files under {} that content.include names", site.content.dir);
            let text = format!("{} is no article of this site", path.display());
            sink.report(Diagnostic::new(Code::Unreadable, &path.display().to_string(), Place::WHOLE, text).help(help));
        }
    }
    paths.retain(|p| wanted.iter().any(|n| content.join(p.as_str()).starts_with(n)));
}

/// What is said of a lock whose holder died.
pub fn taken_over(lock: &Lock) -> Option<Diagnostic> {
    let dead = lock.dead.as_ref()?;
    let text = format!("the run that held the lock of the target died ({dead}); its lock was taken over");
    let help = "nothing to do: this run completes what it began";
    Some(Diagnostic::new(Code::LockTakenOver, "", Place::WHOLE, text).help(help))
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
