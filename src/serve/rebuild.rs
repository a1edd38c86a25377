//! Builds again whenever something changed, and reuses what did not. On any error, the last good set stays: an
//! article with an error is left out and reported; a config with an error or a missing folder is reported until it is
//! fixed.

use super::snapshot::{HeldBack, Mark, Snapshot};
use super::stamps::Stamps;
use super::watch::{Changed, Deep};
use super::{Preview, Shows};
use crate::app::{InputSource, Inputs, LedgerFile, TargetPlace, before, in_thread_pool, read_config, thread_pool};
use crate::diagnostic::{Diagnostic, Mode, Policy, Severity, in_order};
use crate::edge::discover::StampMode;
use crate::edge::store::MemoryStage as Store;
use crate::edge::{EdgeError, clock};
use crate::model::{Accept, Admit, Forgetful, Outcome, Site, TimeRule, Timestamp};
use crate::pipeline::{self, Build, BuildMemory, Depth, Job};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often a folder that is gone is looked for.
const SEARCH: Duration = Duration::from_millis(300);

/// Builds one project again and again.
pub(super) struct Rebuilder {
    preview: Preview,
    threads: Option<rayon::ThreadPool>,
    memory: BuildMemory,
    stamps: Stamps,
    /// Fingerprints of the config and of the facts of images; if either changes, the memory is discarded.
    prints: (u64, u64),
    displayed: Arc<Snapshot>,
    wanted: BTreeMap<PathBuf, Deep>,
    next_due: Option<Timestamp>,
    lost: bool,
}

/// Why a run gave no set.
struct Failed {
    why: String,
    findings: Vec<Diagnostic>,
    policy: Policy,
}

impl Rebuilder {
    pub(super) fn new(preview: Preview) -> Self {
        let threads = thread_pool(preview.jobs);
        let wanted = BTreeMap::from([(real(&preview.project.dir), Deep::Flat)]);
        let displayed = Arc::new(Snapshot { base: "/".into(), ..Snapshot::default() });
        let (memory, stamps) = (BuildMemory::default(), Stamps::default());
        Self { preview, threads, memory, stamps, prints: (0, 0), displayed, wanted, next_due: None, lost: false }
    }

    /// What to watch, by the last config that could be read.
    pub(super) fn folders(&self) -> &BTreeMap<PathBuf, Deep> {
        &self.wanted
    }

    /// How long nothing will change by itself.
    pub(super) fn rests(&self) -> Option<Duration> {
        let due = self.next_due.zip(clock::now(None).ok()).map(|(due, now)| {
            Duration::from_secs(u64::try_from(due.unix().saturating_sub(now.unix())).unwrap_or_default() + 1)
        });
        if self.lost { Some(due.map_or(SEARCH, |due| due.min(SEARCH))) } else { due }
    }

    /// Builds. `None`: nothing changed.
    pub(super) fn rebuild(&mut self, changed: Changed) -> Option<Arc<Snapshot>> {
        let began = Instant::now();
        let run = catch_unwind(AssertUnwindSafe(|| self.run(changed)));
        let (mut next, findings, policy) = match run {
            Ok(Ok(done)) => {
                self.lost = false;
                done
            }
            Ok(Err(Failed { why, findings, policy })) => {
                let last = Snapshot { failure: Some(why), renewed: 0, ..self.displayed.as_ref().clone() };
                (last, findings, policy)
            }
            Err(_) => {
                (self.memory, self.stamps, self.prints) = (BuildMemory::default(), Stamps::default(), (0, 0));
                let why = "feedmill itself failed at this input; please report it".to_owned();
                let last = Snapshot { failure: Some(why), renewed: 0, ..self.displayed.as_ref().clone() };
                (last, Vec::new(), Policy::new(None, &Default::default(), Mode::Lenient))
            }
        };
        next.findings = graded(findings, &policy);
        let old = &self.displayed;
        let same_set = old.documents.len() == next.documents.len()
            && old.documents.iter().zip(&next.documents).all(|((a, x), (b, y))| a == b && Arc::ptr_eq(x, y));
        let same = same_set
            && (&old.base, &old.marks, &old.findings, &old.failure, &old.hubs)
                == (&next.base, &next.marks, &next.findings, &next.failure, &next.hubs);
        if same && old.revision > 0 {
            return None;
        }
        next.revision = old.revision + 1;
        next.took = began.elapsed();
        if old.revision > 0 && (!same_set || old.marks != next.marks) {
            next.changed = clock::now(None).ok();
        }
        self.displayed = Arc::new(next);
        Some(Arc::clone(&self.displayed))
    }

    fn run(&mut self, changed: Changed) -> Result<(Snapshot, Vec<Diagnostic>, Policy), Failed> {
        let mut findings = Vec::new();
        let unread = Policy::new(self.preview.mode, &Default::default(), Mode::Lenient);
        let fault = |why: String, findings: Vec<Diagnostic>, policy: &Policy| {
            Err(Failed { why, findings, policy: policy.clone() })
        };
        let project = &self.preview.project;
        let site = match read_config(&project.dir, &project.overrides, &mut findings) {
            Ok(Some(site)) => site,
            Ok(None) => return fault("the config has errors".into(), findings, &unread),
            Err(why) => {
                self.lost = true;
                return fault(why.to_string(), findings, &unread);
            }
        };
        let policy = Policy::new(self.preview.mode, &site.policy, Mode::Lenient);
        self.wanted = folders(&self.preview.project.dir, &site);
        match self.build(&site, changed, &mut findings) {
            Ok((build, next)) => {
                findings.extend(build.findings);
                match build.failure {
                    Some(why) => {
                        // Remembered documents may belong to a set that is never served.
                        (self.memory, self.stamps, self.prints) = (BuildMemory::default(), Stamps::default(), (0, 0));
                        fault(why, findings, &policy)
                    }
                    None => Ok((next, findings, policy)),
                }
            }
            Err(why) => {
                self.lost = true;
                fault(why.to_string(), findings, &policy)
            }
        }
    }

    fn build(
        &mut self,
        site: &Site,
        changed: Changed,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<(Build, Snapshot), EdgeError> {
        let dir = self.preview.project.dir.clone();
        let admit = if self.preview.shows == Shows::Everything { Admit::Yes } else { Admit::No };
        let future = if site.content.future { Admit::Yes } else { admit };
        let time = TimeRule { now: clock::now(self.preview.now)?, drafts: admit, future };
        let now = time.now;
        let (out, named, stamps) = (dir.join(&site.output.dir), &[][..], StampMode::None);
        let source = InputSource { project: &dir, site, out, time, named, stamps, writes_ledger: false };
        let inputs = Inputs::discover(source, findings)?;
        let known = inputs.images(findings)?;
        self.forget(print(&format!("{site:?}")), print(&known.to_bytes()), changed);
        let paths = &inputs.found.paths;
        for path in self.stamps.look(&inputs.content, paths) {
            self.memory.forget(&path);
        }
        let world = inputs.world(known);
        let last = Arc::clone(&self.displayed);
        let store = Store::after(&last.documents, clock::now(None)?);
        let before = before(&TargetPlace::Folder(inputs.out.clone()));
        let mut file = LedgerFile::new(&dir);
        file.read(findings)?;
        let ledger = file.with(&before);
        let (depth, stage, accept) = (Depth::Build, &store, Accept::NONE);
        let job = Job {
            site,
            time,
            depth,
            world: &world,
            stage,
            progress: &(),
            archive: &Forgetful,
            ledger: &ledger,
            accept,
        };
        let memory = &mut self.memory;
        let build = in_thread_pool(self.threads.as_ref(), || pipeline::rebuild(paths, &job, memory));
        // A folder that is removed during the read looks like one whose articles are all broken.
        std::fs::metadata(&inputs.content).map_err(|why| EdgeError::disk(&inputs.content, why))?;
        self.next_due = build.next_due.or_else(|| self.next_of_future(now));
        let documents = store.set(&build.staged);
        let anew =
            |(path, kept): &(&String, &Arc<_>)| last.documents.get(*path).is_none_or(|old| !Arc::ptr_eq(old, kept));
        let next = Snapshot {
            renewed: documents.iter().filter(anew).count(),
            base: site.output.url.path().to_owned(),
            directory: build.directory.clone(),
            marks: self.marks(now),
            failure: None,
            hubs: site.hubs.iter().map(|hub| hub.as_str().to_owned()).collect(),
            articles: build.articles.values().filter(|outcome| **outcome == Outcome::Accepted).count(),
            documents,
            ..last.as_ref().clone()
        };
        Ok((build, next))
    }

    /// Drops what no longer holds: everything under another config, the bodies under other images.
    fn forget(&mut self, config: u64, images: u64, changed: Changed) {
        if self.prints.0 != config {
            (self.memory, self.stamps) = (BuildMemory::default(), Stamps::default());
        } else if self.prints.1 != images || changed == Changed::Images {
            self.memory.forget_bodies();
        }
        self.prints = (config, images);
    }

    /// What a build would leave out; nothing where this run left it out as well.
    fn marks(&self, now: Timestamp) -> BTreeMap<String, Mark> {
        if self.preview.shows == Shows::Published {
            return BTreeMap::new();
        }
        let mark = |article: &crate::model::Article| match (article.draft, article.published > now) {
            (true, _) => Some(HeldBack::Draft),
            (_, true) => Some(HeldBack::Future),
            _ => None,
        };
        self.memory
            .articles()
            .filter_map(|article| Some((mark(article)?, article)))
            .map(|(why, article)| {
                (article.permalink.as_str().to_owned(), Mark { why, title: article.title.to_string() })
            })
            .collect()
    }

    /// When a mark changes.
    fn next_of_future(&self, now: Timestamp) -> Option<Timestamp> {
        self.memory.articles().map(|article| article.published).filter(|published| *published > now).min()
    }
}

/// The project folder, the content with its parent folder, and the folders of images.
fn folders(dir: &Path, site: &Site) -> BTreeMap<PathBuf, Deep> {
    let project = real(dir);
    let mut wanted = BTreeMap::from([(project.clone(), Deep::Flat)]);
    let rules = &site.content;
    let content = real(&dir.join(&rules.dir));
    // A folder that is removed is seen from above, and so is its return; while it is away, from the nearest that is there.
    if let Some(above) = content.ancestors().skip(1).find(|folder| folder.is_dir()) {
        wanted.insert(above.to_owned(), Deep::Flat);
    }
    let images = [&rules.static_dir, &rules.image_dir].into_iter().flatten().map(|folder| real(&dir.join(folder)));
    for folder in images.filter(|folder| folder.is_dir() && !project.starts_with(folder)) {
        wanted.insert(folder, Deep::Whole);
    }
    if let Some(people) = rules.authors_file.as_ref().map(|file| real(&dir.join(file))) {
        let folder = if people.is_dir() { Some(people.as_path()) } else { people.parent() };
        let deep = if people.is_dir() { Deep::Whole } else { Deep::Flat };
        wanted.extend(folder.filter(|folder| folder.is_dir() && **folder != project).map(|f| (f.to_owned(), deep)));
    }
    wanted.insert(content, Deep::Whole);
    wanted
}

/// The path without links where it is there, else made whole.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

fn print(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    // Zero is of no config.
    hasher.finish() | 1
}

/// Errors first, then warnings; notes are for `check`.
fn graded(findings: Vec<Diagnostic>, policy: &Policy) -> Vec<(Severity, Diagnostic)> {
    let severity = |finding: Diagnostic| Some((policy.severity(finding.code)?, finding));
    let displayed = in_order(findings).into_iter().filter_map(severity);
    let mut displayed: Vec<_> = displayed.filter(|(severity, _)| *severity > Severity::Note).collect();
    displayed.sort_by_key(|(severity, _)| std::cmp::Reverse(*severity));
    displayed
}
