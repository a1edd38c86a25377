//! `feedmill diff`: reads what subscribers have, builds without writing, and compares.

use super::ledger::LedgerFile;
use super::project::{FinishedRun, Project};
use super::run::{self, Builder, Goal, LastStep};
use super::target::{self, TargetPlace};
use super::{Commit, ProbeScope, RunOptions};
use crate::diagnostic::{Code, Diagnostic, Verdict};
use crate::diff::{self, DiffContext, FeedDocument, FeedDocuments, KeptBack};
use crate::edge::http::document::{FetchFault, Fetcher};
use crate::edge::store::bucket;
use crate::edge::{EdgeError, files::Root, revision, sources};
use crate::ledger::Ledger;
use crate::model::{AbsUrl, Accept, ArticlePath, Document, DocumentPaths, Listed, Reach, Stage, Staged};
use crate::parse::feed::{FeedFault, MAX_SOURCE_BYTES};
use crate::pipeline::Build;
use crate::plan::{self, Before, PlanContext};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The pause between two requests for live feeds.
const PAUSE: Duration = Duration::from_millis(100);

/// What is compared, and for whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiffOptions {
    /// Names of readers; none: all.
    pub readers: Vec<String>,
    /// What subscribers have: a folder of feeds, the URL of live ones, or a git revision of a committed output folder. `None`: what
    /// lies in the target.
    pub against: Option<String>,
    /// What may be connected to.
    pub reach: Reach,
}

/// Keeps the entries of the feeds that a build makes.
#[derive(Debug, Default)]
struct DocumentStage {
    documents: Mutex<FeedDocuments>,
}

impl Stage for DocumentStage {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let staged = Staged::for_document(&document);
        if document.format.is_feed() {
            let read = FeedDocument::read(&document.feed, &document.bytes);
            let read = read.map_err(|why| format!("{}: {why}", document.path))?;
            self.documents.lock().unwrap_or_else(PoisonError::into_inner).insert(document.path, read);
        }
        Ok(staged)
    }
}

impl DocumentStage {
    fn documents(self) -> FeedDocuments {
        self.documents.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Project {
    /// Compares what a build would give with what subscribers have: `feedmill diff`. Writes nothing.
    pub fn diff(&self, options: &RunOptions, diff: &DiffOptions) -> FinishedRun {
        let options = RunOptions { commit: Commit::Dry, probe: ProbeScope::Nothing, ..options.clone() };
        run::run(self, &options, Goal::Other(diff))
    }
}

impl LastStep for DiffOptions {
    fn take(&self, builder: &Builder<'_>, findings: Vec<Diagnostic>) -> Result<FinishedRun, Box<FinishedRun>> {
        compare(builder, self, findings)
    }
}

/// Builds as the next run would, agreed to where it would be refused, and compares.
fn compare(
    builder: &Builder<'_>,
    options: &DiffOptions,
    mut findings: Vec<Diagnostic>,
) -> Result<FinishedRun, Box<FinishedRun>> {
    let run = builder.run;
    let mut file = LedgerFile::new(&run.project.dir);
    file.read(&mut findings)?;
    let before =
        target::open(run.place, (run.site, DocumentPaths::new(run.site)), Commit::Dry, &mut findings)?.before()?;
    let given = file.with(&before);
    let mut stage = DocumentStage::default();
    let mut build = builder.build(&stage, &given);
    if build.failure.is_some() || build.is_misconfigured {
        return run.built(build, None, findings);
    }
    let old = OldDocuments { builder, options, build: &build, before: &before }.read()?;
    let context = PlanContext { site: run.site, ledger: &given, accept: run.options.accept };
    let mut needs = refusals(&plan::plan(&build, &before, &context).findings);
    if !run.options.accept.foreign && matches!(before, Before::Nothing) && !old.is_empty() {
        needs.push("foreign");
    }
    if !needs.is_empty() {
        stage = DocumentStage::default();
        build = builder.build_accepted(&stage, &given);
    }
    let accept = if needs.is_empty() { run.options.accept } else { Accept::ALL };
    let kept = KeptBack { edited: edited(&build, &before), ..kept_back(&build, &given, accept) };
    let next = build.ledger.clone().unwrap_or_else(|| given.clone());
    let new = stage.documents();
    let context = DiffContext { before: &old, after: &new, given: &given, next: &next, kept: &kept, site: run.site };
    let readers: Vec<&str> = options.readers.iter().map(String::as_str).collect();
    let report = diff::DiffReport { needs, ..diff::diff(&context, &readers) };
    let mut finished = run.built(build, None, findings)?;
    // Findings are for `check`: what an article lacks does not refuse a comparison.
    (finished.verdict, finished.exit) = (Verdict::Clean, 0);
    finished.diff = Some(report);
    Ok(finished)
}

/// The kinds of `--accept` that a plan asks for.
fn refusals(findings: &[Diagnostic]) -> Vec<&'static str> {
    let kind = |finding: &Diagnostic| match finding.code {
        Code::ChangedId => Some("ids"),
        Code::ChangedDates => Some("dates"),
        Code::LostEntries => Some("entries"),
        Code::LostFeeds => Some("feeds"),
        Code::ChangedAddresses => Some("addresses"),
        Code::OtherHost => Some("host"),
        _ => None,
    };
    findings.iter().filter_map(kind).collect::<BTreeSet<_>>().into_iter().collect()
}

fn kept_back(build: &Build, given: &Ledger, accept: Accept) -> KeptBack {
    let kept = &build.kept;
    let held = kept.assigned.ids.iter().filter(|_| !accept.ids).map(|change| change.path.clone());
    let held_feed = |key| {
        let line = given.feeds.get(key)?;
        let entries = given.entries.values().filter(|entry| entry.feeds.contains(key)).count();
        Some((line.label.to_string(), entries.min(line.limit as usize)))
    };
    let gone = kept.vanished.iter().filter_map(|key| given.feeds.get(key));
    KeptBack {
        edited: BTreeSet::new(),
        missed: kept.missed.iter().cloned().collect(),
        kept_out: kept.kept_out.iter().map(|(_, count)| *count).max().unwrap_or_default(),
        held: held.collect(),
        held_feeds: kept.held.iter().filter_map(held_feed).collect(),
        gone_feeds: gone.map(|line| line.label.to_string()).collect(),
    }
}

/// Articles whose body is another than in the last run.
fn edited(build: &Build, before: &Before) -> BTreeSet<ArticlePath> {
    let old: BTreeMap<_, _> = before
        .known()
        .map(|manifest| manifest.entries.values())
        .into_iter()
        .flatten()
        .map(|listed| (&listed.path, &listed.body))
        .collect();
    let is_other = |listed: &&Listed| old.get(&listed.path).is_some_and(|body| **body != listed.body);
    build.listed.values().filter(is_other).map(|listed| listed.path.clone()).collect()
}

/// What is read as the documents that subscribers have.
struct OldDocuments<'a> {
    builder: &'a Builder<'a>,
    options: &'a DiffOptions,
    build: &'a Build,
    before: &'a Before,
}

impl OldDocuments<'_> {
    fn read(&self) -> Result<FeedDocuments, Box<FinishedRun>> {
        let run = self.builder.run;
        let bytes = match &self.options.against {
            None => match run.place {
                TargetPlace::Folder(folder) => self.in_folder(&Root::new(folder)),
                TargetPlace::Bucket(url, endpoint) => {
                    let objects = bucket::objects(url, endpoint.as_deref())?;
                    self.each(|path| Ok(objects.get(path)?.map(|object| object.bytes)))
                }
            }?,
            Some(against) => match AbsUrl::parse(against) {
                Ok(url) => self.fetched(&url)?,
                Err(_) => {
                    let folder = Path::new(against);
                    let folder = if folder.exists() { folder.to_owned() } else { run.project.dir.join(folder) };
                    if folder.is_dir() { saved(&folder)? } else { self.committed(against)? }
                }
            },
        };
        let name = |path: &str| self.build.staged.iter().find(|staged| staged.path == path);
        let mut documents = FeedDocuments::new();
        for (path, bytes) in bytes {
            let feed = name(&path).map(|staged| staged.feed.clone()).unwrap_or_default();
            match FeedDocument::read(&feed, &bytes) {
                Ok(document) => {
                    documents.insert(path, document);
                }
                // Another file of the site.
                Err(FeedFault::NotAFeed(_)) => {}
                Err(why) => return Err(Box::new(FinishedRun::failed(format!("{path}: {why}"), Vec::new(), 3))),
            }
        }
        Ok(documents)
    }

    /// The paths of feeds: those of the build and those of the last run.
    fn paths(&self) -> BTreeSet<&str> {
        let new = self.build.staged.iter().filter(|staged| staged.format.is_feed()).map(|staged| staged.path.as_str());
        let listed = self.before.known().map(|manifest| &manifest.documents);
        let old = listed.into_iter().flat_map(|documents| documents.keys()).map(String::as_str);
        let is_feed = |path: &&str| crate::model::Format::of_path(path).is_none_or(|format| format.is_feed());
        new.chain(old.filter(is_feed)).collect()
    }

    fn each(
        &self,
        mut read: impl FnMut(&str) -> Result<Option<Vec<u8>>, EdgeError>,
    ) -> Result<BTreeMap<String, Vec<u8>>, EdgeError> {
        let mut found = BTreeMap::new();
        for path in self.paths() {
            found.extend(read(path)?.map(|bytes| (path.to_owned(), bytes)));
        }
        Ok(found)
    }

    fn in_folder(&self, root: &Root) -> Result<BTreeMap<String, Vec<u8>>, EdgeError> {
        self.each(|path| {
            let mut bytes = Vec::new();
            match root.open(path).and_then(|file| file.take(MAX_SOURCE_BYTES + 1).read_to_end(&mut bytes)) {
                Ok(_) => Ok(Some(bytes)),
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(why) => Err(EdgeError::disk(&root.join(path), why)),
            }
        })
    }

    /// Live feeds: each document at its path below the URL. What answers 404 or 410 has no subscribers.
    fn fetched(&self, url: &AbsUrl) -> Result<BTreeMap<String, Vec<u8>>, Box<FinishedRun>> {
        let mut fetcher = Fetcher::new(self.options.reach, MAX_SOURCE_BYTES, PAUSE)?;
        let mut found = BTreeMap::new();
        let base = url.as_str().trim_end_matches('/');
        for path in self.paths() {
            let is_named = base.ends_with(&format!("/{path}"));
            let address = if is_named { Ok(url.clone()) } else { AbsUrl::parse(&format!("{base}/{path}")) };
            let Ok(address) = address else { continue };
            match fetcher.fetch(&address) {
                Ok(fetched) => {
                    found.insert(path.to_owned(), fetched.bytes);
                }
                Err(FetchFault::Status(status)) if matches!(status.as_u16(), 404 | 410) => {}
                Err(why) => {
                    let why = format!("{}: {why}", crate::model::without_secrets(address.as_str()));
                    return Err(Box::new(FinishedRun::failed(why, Vec::new(), 3)));
                }
            }
            if is_named {
                break;
            }
        }
        if found.is_empty() {
            let why = format!("{}: this site has no such feed", crate::model::without_secrets(url.as_str()));
            return Err(Box::new(FinishedRun::failed(why, Vec::new(), 3)));
        }
        Ok(found)
    }

    /// The documents of the output folder as they were committed.
    fn committed(&self, name: &str) -> Result<BTreeMap<String, Vec<u8>>, Box<FinishedRun>> {
        let run = self.builder.run;
        let folder = run.project.dir.join(&run.site.output.dir);
        let failed = |why: String| Box::new(FinishedRun::failed(why, Vec::new(), 3));
        revision::files(&folder, name, MAX_SOURCE_BYTES).map_err(failed)
    }
}

/// The feeds of a folder, by their paths in it.
fn saved(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, EdgeError> {
    let mut found = BTreeMap::new();
    for file in sources::files(folder)? {
        let path = file.strip_prefix(folder).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
        if let Some(path) = path {
            found.insert(path, sources::read(&file, MAX_SOURCE_BYTES)?);
        }
    }
    Ok(found)
}
